"""The bad files of syntax: each guilty line carries its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntmrules.diagnostics import Sink
from ntmrules.syntax import parse, read_source
from tests.unit.syntax.texts import ROOT


FOLDER = ROOT / "tests" / "golden" / "bad" / "syntax"
FILES = sorted(FOLDER.glob("*.ntm"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_guilty_lines(path: Path) -> None:
    """What is reported is what the lines say, and nothing else."""
    data = path.read_bytes()
    lines = data.decode("utf-8", "replace").split("\n")
    wanted = [
        (number, code)
        for number, line in enumerate(lines, 1)
        for code in re.findall(r"NTM\d{3}", line.partition("#!")[2])
    ]
    sink = Sink()

    file = read_source(path.name, data, sink)
    if file is not None:
        parse(file, sink)

    assert wanted == [(d.span.line, d.code.id) for d in sink.sorted() if d.span]
    assert path.stem[:6] in {code for _, code in wanted}
