"""What the command prints, to be read: the files of ``printed/``."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.unit.cli.command import run


HERE = Path(__file__).parent
PRINTED = sorted((HERE / "printed").glob("*.txt"))


def _typed_again(text: str) -> str:
    """Run every ``$`` line of a text anew, and write the text that comes of it."""
    lines = re.findall(r"^\$ .*", text, re.MULTILINE)
    return "\n\n".join(_screen(typed) for typed in lines) + "\n"


def _screen(typed: str) -> str:
    words = shlex.split(typed)[1:]
    settings = [word for word in words if re.match(r"[A-Z_]+=", word)]
    environment = dict(word.split("=", 1) for word in settings)
    name, *arguments = words[len(settings) :]
    assert "ntmrules" == name
    outcome = run(*arguments, **environment)
    shown = [typed, *(line.rstrip() for line in outcome.screen.rstrip().splitlines())]
    if outcome.status:
        shown.append(f"(exit status {outcome.status})")
    return "\n".join(shown)


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_the_command_prints(
    path: Path, *, regen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very text of the file, below every line that is typed."""
    monkeypatch.chdir(HERE)
    wanted = path.read_text(encoding="utf-8")

    shown = _typed_again(wanted)

    if regen:
        path.write_text(shown, encoding="utf-8")
    else:
        assert wanted == shown
