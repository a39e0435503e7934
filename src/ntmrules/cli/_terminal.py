"""Writing to the terminal: its width, and whether it likes colours."""

from __future__ import annotations

import os
import shutil
import sys

import click


_NARROWEST, _USUAL, _WIDEST = 40, 100, 120


def width() -> int:
    """
    Give the number of columns that text is laid out for.

    ``COLUMNS`` counts, then the terminal, then 100; longer lines than 120 columns are
    hard to read, and so not used.
    """
    columns = shutil.get_terminal_size((_USUAL, 24)).columns
    return max(_NARROWEST, min(columns, _WIDEST))


def write(text: str = "", *, to_errors: bool = False) -> None:
    """Write a line, or several; colours are taken out where they are not wanted."""
    click.echo(text, err=to_errors, color=_colour())


def for_people() -> bool:
    """Tell whether somebody reads along, rather than a program or a file."""
    return sys.stdout.isatty() or _colour() is True


def _colour() -> bool | None:
    """Tell what the environment says of colours; `None` leaves it to the stream."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None
