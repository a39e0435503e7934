"""Bad unit files: each guilty line carries its code (errors.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntmrules.errors import FactError
from ntmrules.units import bind, read_unit
from tests.unit.units.given import told
from tests.unit.units.vocabulary import VOCABULARY


BAD = Path(__file__).parents[2] / "golden" / "bad" / "units"
FILES = sorted(BAD.glob("*.yaml"))


def _guilty(path: Path) -> list[tuple[str, int]]:
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    return [
        (code, number)
        for number, line in enumerate(lines, start=1)
        if "#!" in line
        for code in re.findall(r"NTM\d{3}", line.split("#!", 1)[1])
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_guilty_lines_are_found(path: Path) -> None:
    """Those, and no others."""
    try:
        found = bind(read_unit(path), VOCABULARY).findings
    except FactError as error:
        found = error.diagnostics

    assert sorted(_guilty(path)) == sorted(told(found))
    assert _guilty(path)


def test_there_are_bad_units() -> None:
    """The folder was not lost."""
    assert len(FILES) > 15
