"""Writing a table piece by piece; it is in its place when it is whole."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol, Self

import polars

from ntmrules.tables._table import unreadable


_FORMULA = r"^[=+\-@\t\r]"
"""What a spreadsheet would calculate, if a cell began so."""

_TEXTS = ("id", "name")


class Form(Protocol):
    """A way to write tables."""

    def add(self, frame: polars.DataFrame) -> None:
        """Write further rows."""

    def end(self) -> Path:
        """Write what is left; give the whole file."""

    def close(self) -> None:
        """Let go of what is open."""


class Output:
    """
    A table in the making, in a folder beside the place where it will be.

    Args:
        path: Where it will be.
        make: Gives the way to write it, in a folder.
    """

    def __init__(self, path: Path, make: Callable[[Path], Form]) -> None:
        self._path = path
        self._make = make
        self._folder: Path | None = None
        self._form: Form | None = None

    def __enter__(self) -> Self:
        """
        Make the folder.

        Raises:
            FactError: There can be no file in such a place.
        """
        try:
            made = tempfile.mkdtemp(prefix=f".{self._path.name}-", dir=self._parent)
        except OSError as error:
            raise unreadable(self._parent, error) from error
        self._folder = Path(made)
        self._form = self._make(self._folder)
        return self

    @property
    def _parent(self) -> Path:
        return self._path.absolute().parent

    def add(self, frame: polars.DataFrame) -> None:
        """Write further rows."""
        assert self._form is not None
        self._form.add(frame)

    def keep(self) -> None:
        """Move the whole to its place."""
        assert self._form is not None
        self._form.end().replace(self._path)

    def __exit__(self, *_: object) -> None:
        """Take away what was not kept."""
        if self._form is not None:
            self._form.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


class CsvForm:
    """
    Writes CSV.

    Args:
        folder: Where it is written.
        separator: What stands between cells.
        marked: Whether it begins with a byte-order mark.
    """

    def __init__(self, folder: Path, separator: str, *, marked: bool) -> None:
        self._path = folder / "whole.csv"
        self._separator = separator
        self._file: BinaryIO = self._path.open("wb")
        self._first = True
        if marked:
            self._file.write(codecs.BOM_UTF8)

    def add(self, frame: polars.DataFrame) -> None:
        """Write further rows; no cell that people wrote is a formula."""
        frame.with_columns(map(_harmless, _TEXTS)).write_csv(
            self._file, separator=self._separator, include_header=self._first
        )
        self._first = False

    def end(self) -> Path:
        """Give the file."""
        self._file.close()
        return self._path

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _harmless(name: str) -> polars.Expr:
    text = polars.col(name)
    quoted = polars.when(text.str.contains(_FORMULA)).then("'" + text)
    return quoted.otherwise(text).alias(name)


class StoredForm:
    """
    Writes Parquet or Arrow: each piece a file, which then become one.

    Args:
        folder: Where it is written.
        arrow: Whether it is Arrow.
    """

    def __init__(self, folder: Path, *, arrow: bool) -> None:
        self._folder = folder
        self._arrow = arrow
        self._parts: list[Path] = []

    def add(self, frame: polars.DataFrame) -> None:
        """Write further rows."""
        path = self._folder / f"{len(self._parts):06}"
        self._parts.append(path)
        if self._arrow:
            frame.write_ipc(path)
        else:
            frame.write_parquet(path)

    def end(self) -> Path:
        """Put the pieces together."""
        path = self._folder / "whole"
        if self._arrow:
            polars.scan_ipc(self._parts).sink_ipc(path)
        else:
            polars.scan_parquet(self._parts).sink_parquet(path)
        return path

    def close(self) -> None:
        """Do nothing: no file is open."""
