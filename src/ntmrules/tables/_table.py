"""A table in a file, read piece by piece, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import attrs
import polars

from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.diagnostics.words import reason as reason_of
from ntmrules.errors import FactError
from ntmrules.text import Fill, Text


_NO_FILE = Text("there is no such file", "không có tệp này")
_FOLDER = Text("it is a folder", "đây là thư mục")
_FORBIDDEN = Text("reading it is not permitted", "không có quyền đọc")


@attrs.frozen(eq=False)
class Piece:
    """
    Some rows of a table, in their order.

    Attributes:
        frame: The columns that were asked for; those of a CSV file are text.
        places: For each row the line on which it begins, or its number, from 1.
        refused: What is wrong with rows that cannot be read, by index in the piece.
        done: How many bytes of the file have been read, this piece included.
    """

    frame: polars.DataFrame
    places: polars.Series
    refused: Mapping[int, tuple[Diagnostic, ...]]
    done: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.places)


class Table(Protocol):
    """A table in a file."""

    @property
    def path(self) -> Path:
        """Where it lies, as it was named."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    @property
    def columns(self) -> Mapping[str, polars.DataType]:
        """The types of its columns, by name."""

    def pieces(self, wanted: Collection[str]) -> Iterator[Piece]:
        """
        Give its rows, with the columns *wanted*.

        Raises:
            FactError: From some place on, the file cannot be read.
        """


def bad_table(
    problem: Text, place: str, advice: Help | None = None, **values: Fill
) -> Diagnostic:
    """Say why a table cannot be read."""
    filled = Text(problem.en.format(**values), problem.vi.format(**values))
    found: dict[str, Fill] = {"problem": filled}
    return Diagnostic(codes.BAD_TABLE, None, found, place=place, help=advice)


def bad_row(problem: Text, place: str, advice: Help | None = None) -> Diagnostic:
    """Say why a row cannot be read."""
    values: dict[str, Fill] = {"problem": problem}
    return Diagnostic(codes.BAD_ROW, None, values, place=place, help=advice)


def unreadable(path: Path, error: Exception) -> FactError:
    """Say why a file cannot be opened."""
    match error:
        case FileNotFoundError():
            reason = _NO_FILE
        case IsADirectoryError():
            reason = _FOLDER
        case PermissionError():
            reason = _FORBIDDEN
        case _:
            reason = reason_of(error)
    values: dict[str, Fill] = {"path": str(path), "reason": reason}
    return FactError([Diagnostic(codes.UNREADABLE_FILE, None, values)])
