"""Runs `ntmrules` in this process."""

from __future__ import annotations

from pathlib import Path

import attrs
from click.testing import CliRunner

from ntmrules.cli._commands import ntmrules


ROOT = Path(__file__).parents[3]
FILES = ROOT / "tests" / "golden" / "cli" / "files"
WRONG = ROOT / "tests" / "golden" / "cli" / "wrong"

_SURROUNDINGS: dict[str, str | None] = {
    "COLUMNS": "100",
    "FORCE_COLOR": None,
    "NO_COLOR": None,
    "NTMRULES_LANG": None,
    "TERM": "xterm",
}


@attrs.frozen
class Outcome:
    """
    What a command came to.

    Attributes:
        status: Its exit status.
        output: What it printed.
        errors: What it printed to standard error.
        screen: Both, in the order in which they appeared.
    """

    status: int
    output: str
    errors: str
    screen: str


def run(*arguments: str | Path, **environment: str) -> Outcome:
    """Run a command, in no terminal, 100 columns wide."""
    result = CliRunner(env=_SURROUNDINGS).invoke(
        ntmrules,
        [str(argument) for argument in arguments],
        env=environment,
        prog_name="ntmrules",
        catch_exceptions=False,
    )
    return Outcome(result.exit_code, result.stdout, result.stderr, result.output)


def wider(output: str, columns: int) -> list[str]:
    """Give the lines that a terminal would break, those of paths apart."""
    return [
        line
        for line in output.splitlines()
        if len(line) > columns and "-->" not in line
    ]
