"""Which way a file is read and written, by the end of its name."""

from __future__ import annotations

import enum
from functools import partial
from pathlib import Path

from ntmrules.tables._csv import CsvTable, open_csv
from ntmrules.tables._stored import open_arrow, open_parquet
from ntmrules.tables._table import Table
from ntmrules.tables._writing import CsvForm, Output, StoredForm


class Format(enum.Enum):
    """A way to keep a table, with the ends of names that say so."""

    CSV = (".csv", ".tsv", ".txt")
    PARQUET = (".parquet", ".pq")
    ARROW = (".arrow", ".feather", ".ipc")


def format_of(path: Path) -> Format | None:
    """Tell the format of a file by its name; `None` if it is none of them."""
    suffix = path.suffix.lower()
    return next((one for one in Format if suffix in one.value), None)


def open_table(path: Path, kind: Format) -> Table:
    """
    Open a table; no row is read yet.

    Raises:
        FactError: It cannot be read.
    """
    match kind:
        case Format.CSV:
            return open_csv(path)
        case Format.PARQUET:
            return open_parquet(path)
        case Format.ARROW:
            return open_arrow(path)


def output(path: Path, kind: Format, like: Table) -> Output:
    """
    Make a table to write to.

    Args:
        path: Where it will be.
        kind: Its format.
        like: CSV is written with the separator and the byte-order mark of this one,
            if it is CSV.
    """
    match kind:
        case Format.CSV:
            separator, marked = ",", False
            if isinstance(like, CsvTable):
                separator, marked = like.separator, like.marked
            if path.suffix.lower() == ".tsv":
                separator = "\t"
            return Output(path, partial(CsvForm, separator=separator, marked=marked))
        case Format.PARQUET:
            return Output(path, partial(StoredForm, arrow=False))
        case Format.ARROW:
            return Output(path, partial(StoredForm, arrow=True))
