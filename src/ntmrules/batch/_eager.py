"""Frames that are in memory, or are read into it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

import polars

from ntmrules.batch._arrow import polars_of_arrow
from ntmrules.batch._columns import MET, OF
from ntmrules.batch._decide import Frame
from ntmrules.batch._kinds import Kind, lacking, refused
from ntmrules.batch._pandas import pandas_of_polars, polars_of_pandas
from ntmrules.batch._titles import TITLES
from ntmrules.batch._values import MOST
from ntmrules.text import Text


_COLUMNS = Text("one with columns", "có cột")
_NONE = Text("one without", "không có cột nào")


def taken(
    frame: Frame, kind: Kind, owner: str, wanted: Callable[[str], bool]
) -> polars.DataFrame:
    """
    Take a frame as one of Polars, with the values of the columns that are *wanted*.

    Raises:
        FactError: A column has no values that Polars knows.
    """
    match kind:
        case Kind.POLARS:
            table = frame
        case Kind.LAZY:
            table = frame.collect()
        case Kind.PANDAS:
            table = polars_of_pandas(frame, owner, wanted)
        case Kind.DASK:
            table = polars_of_pandas(frame.compute(), owner, wanted)
        case Kind.ARROW:
            table = polars_of_arrow(frame, owner, wanted)
        case Kind.DUCKDB:
            table = _polars_of_duckdb(frame, owner, wanted)
        case Kind.SPARK:
            table = polars_of_arrow(frame.toArrow(), owner, wanted)
        case _:
            assert_never(kind)
    if not table.columns:
        raise refused(owner, _COLUMNS, _NONE)
    return settled(table, wanted)


def settled(table: polars.DataFrame, wanted: Callable[[str], bool]) -> polars.DataFrame:
    """
    Give numbers of unusual width the one that holds what they say.

    A float of 32 bits that is shown as 95.1 is 95.1, and not the float of 64 bits
    nearest to it.  A whole decimal, such as a sum of DuckDB or Spark, is whole; so are
    counts and years in a NumPy column of pandas, floats as soon as one is missing.
    """
    changes = []
    for name, kind in table.schema.items():
        if not wanted(name):
            continue
        if kind in (polars.Float32, polars.Float16):
            shortest = polars.col(name).cast(polars.String)
            changes.append(shortest.cast(polars.Float64))
        elif _is_whole(table[name]):
            changes.append(polars.col(name).cast(polars.Int64))
    return table.with_columns(changes) if changes else table


def _is_whole(column: polars.Series) -> bool:
    kind = column.dtype
    counted = column.name.startswith(TITLES) or column.name.endswith((MET, OF))
    if kind == polars.Float64 and counted:
        small = column.abs() < MOST
        return bool((small & (column == column.floor())).all())
    if not isinstance(kind, polars.Decimal) or kind.scale:
        return False
    ends = (column.min(), column.max())
    return all(end is None or abs(int(str(end))) <= MOST for end in ends)


def _polars_of_duckdb(
    relation: Frame, owner: str, wanted: Callable[[str], bool]
) -> polars.DataFrame:
    """Read the columns that count, in the order of the rows."""
    _need_pyarrow("duckdb")
    shown = [
        _quoted(name) if wanted(name) else f"NULL::INTEGER AS {_quoted(name)}"
        for name in relation.columns
    ]
    return polars_of_arrow(
        relation.project(", ".join(shown)).to_arrow_table(), owner, wanted
    )


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _need_pyarrow(extra: str) -> None:
    try:
        import pyarrow  # noqa: F401 - whether it is there
    except ModuleNotFoundError as error:
        raise lacking(extra, error) from None


def given_back(table: polars.DataFrame, kind: Kind, original: Frame) -> Frame:
    """Give verdicts as a frame of the library that *original* is of."""
    match kind:
        case Kind.PANDAS:
            return pandas_of_polars(table, original)
        case Kind.ARROW:
            return table.to_arrow()
        case Kind.DUCKDB:
            # DuckDB finds it by the name of this variable, on the connection of
            # the relation that was given, where it can be joined to others.
            ntmrules_verdicts = table.to_arrow()  # noqa: F841 - see above
            return original.query("ntmrules_rows", "FROM ntmrules_verdicts")
        case _:
            return table
