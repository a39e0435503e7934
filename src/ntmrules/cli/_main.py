"""The entry point: text in UTF-8, and the exit status as a number."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence


USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command, and give its exit status.

    Args:
        arguments: What follows the name; by default what was typed.

    Returns:
        int: 0 fine, 1 problems found, 2 wrong usage, 3 a bug in ntmrules.
    """
    _write_utf8()
    try:
        from ntmrules.cli._commands import BUG, ntmrules, tell_bug
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.stderr.write("the command needs more: pip install 'ntmrules[cli]'\n")
        return USAGE
    try:
        ntmrules.main(arguments, prog_name="ntmrules")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except Exception as error:  # noqa: BLE001 - outside of any command, as in its help
        tell_bug(error)
        return BUG
    raise AssertionError("click always exits")


def _write_utf8() -> None:
    """Write Vietnamese whatever the locale says, and never fail over a letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
