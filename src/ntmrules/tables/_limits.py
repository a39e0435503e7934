"""How much of a table is looked at once, and how long its parts may be."""

from __future__ import annotations

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.text import Fill, Text


PIECE_ROWS = 20_000
"""So many rows are in memory at once; of what is wider than usual, fewer."""

PIECE_BYTES = 64_000_000
"""A piece of a CSV file ends at so many bytes, however few its rows are."""

MAX_LINE_BYTES = 1_000_000
"""The most bytes that a line of a CSV file may have."""

MAX_CELL = 100_000
"""The most characters that a cell may have."""

MAX_COLUMNS = 10_000
"""The most columns that a table may have."""

MAX_CHILD_ROWS = 1_000_000
"""The most rows of sub-units; they are all in memory, unlike those of units."""

MOST_TOLD = 20
"""So many refused rows are told one by one; of more, so many kinds."""

_LINE = Text("the length of the line in bytes", "độ dài dòng tính theo byte")
_CELL = Text("the length of a cell", "độ dài một ô")
_COLUMNS = Text("the number of columns", "số cột")
_CHILDREN = Text("the number of rows", "số dòng")


def line_too_long(found: int, place: str) -> Diagnostic:
    """Say that a line is longer than `MAX_LINE_BYTES`."""
    return _passed("MAX_LINE_BYTES", MAX_LINE_BYTES, _LINE, found, place)


def cell_too_long(found: int, place: str) -> Diagnostic:
    """Say that a cell is longer than `MAX_CELL`."""
    return _passed("MAX_CELL", MAX_CELL, _CELL, found, place)


def too_many_columns(found: int, place: str) -> Diagnostic:
    """Say that a table is wider than `MAX_COLUMNS`."""
    return _passed("MAX_COLUMNS", MAX_COLUMNS, _COLUMNS, found, place)


def too_many_children(place: str) -> Diagnostic:
    """Say that a table of sub-units is longer than `MAX_CHILD_ROWS`."""
    more = Text(f"more than {MAX_CHILD_ROWS}", f"hơn {MAX_CHILD_ROWS}")
    return _passed("MAX_CHILD_ROWS", MAX_CHILD_ROWS, _CHILDREN, more, place)


def _passed(name: str, limit: int, what: Text, found: Fill, place: str) -> Diagnostic:
    values: dict[str, Fill] = {
        "what": what,
        "found": found,
        "limit": limit,
        "name": name,
    }
    return Diagnostic(codes.YAML_LIMIT, None, values, place=place)
