"""Frames of every library come to the verdicts of Polars, in the same order."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import dask.dataframe
import duckdb
import pandas
import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules import Ruleset
from tests.support.frames import frames, texts
from tests.support.strategies import AS_OF, FILES


few = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
EXACT = 2**53
"""Up to here a float of 64 bits is every whole number."""
LIBRARY: Any = dask.dataframe  # untyped
SCALES = {"poor": "percent"}


def numpy_of(frame: polars.DataFrame) -> Any:
    """Give a frame of pandas whose missing numbers are NaN, where that is exact."""
    table = frame.to_pandas(use_pyarrow_extension_array=True)
    for name, kind in frame.schema.items():
        top = frame[name].max() if kind.is_integer() else None
        exact = top is None or int(str(top)) <= EXACT
        if kind == polars.Float64 or (kind.is_integer() and exact):
            table[name] = table[name].astype("float64")
        elif kind == polars.String:
            table[name] = table[name].astype(object)
    return table


def nullable_of(frame: polars.DataFrame) -> Any:
    """Give a frame of pandas with its own nullable types."""
    table = frame.to_pandas(use_pyarrow_extension_array=True)
    kinds = {
        polars.Int64: "Int64",
        polars.Int32: "Int32",
        polars.Float64: "Float64",
        polars.Boolean: "boolean",
        polars.String: "string",
    }
    for name, kind in frame.schema.items():
        if kind.base_type() in kinds:
            table[name] = table[name].astype(kinds[kind.base_type()])
    return table


def decided(ruleset: Ruleset, frame: Any, **options: Any) -> Any:
    """Decide a frame without a word about columns that are absent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return ntmrules.evaluate_frame(
            ruleset, frame, as_of=AS_OF, share_columns=SCALES, **options
        )


def rows_of(found: Any) -> list[dict[str, Any]]:
    """Give the rows of any frame, missing values as `None`."""
    if isinstance(found, polars.LazyFrame):
        return found.collect(engine="streaming").to_dicts()
    if isinstance(found, duckdb.DuckDBPyRelation):
        names = found.columns
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if isinstance(found, LIBRARY.DataFrame):
        found = found.compute(scheduler="sync")
    if isinstance(found, pandas.DataFrame):
        table = found.astype(object).where(found.notna(), None)
        return [dict(row) for row in table.to_dict(orient="records")]
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def duckdb_of(frame: polars.DataFrame) -> Any:
    """Give a relation of DuckDB."""
    return duckdb.from_arrow(frame.to_arrow())


def dask_of(frame: polars.DataFrame) -> Any:
    """Give a frame of Dask in two partitions."""
    return LIBRARY.from_pandas(nullable_of(frame), npartitions=2)


KINDS: dict[str, Callable[[polars.DataFrame], Any]] = {
    "lazy": lambda frame: frame.lazy(),
    "pandas, NumPy": numpy_of,
    "pandas, nullable": nullable_of,
    "pandas, Arrow": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "PyArrow": lambda frame: frame.to_arrow(),
    "DuckDB": duckdb_of,
    "Dask": dask_of,
}


@few
@given(texts("village", columnar=True), frames("village"), st.booleans())
def test_every_kind(text: str, frame: polars.DataFrame, as_codes: bool) -> None:
    """Nulls, zero denominators, exact hits and huge numbers alike."""
    ruleset = ntmrules.loads(text, files=FILES)
    wanted = decided(ruleset, frame, as_codes=as_codes).to_dicts()

    found = {
        kind: rows_of(decided(ruleset, made(frame), as_codes=as_codes))
        for kind, made in KINDS.items()
    }

    assert dict.fromkeys(KINDS, wanted) == found


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_without_rows(kind: str) -> None:
    """It comes back without rows, its columns told apart all the same."""
    ruleset = ntmrules.loads(EMPTY, files=FILES)
    frame = polars.DataFrame(
        schema={"id": polars.String, "crimes": polars.Int64, "rural": polars.Boolean}
    )

    found = decided(ruleset, KINDS[kind](frame))

    assert [] == rows_of(found)
    assert decided(ruleset, frame).columns == columns_of(found)


def columns_of(found: Any) -> list[str]:
    """Name the columns of any frame."""
    if isinstance(found, polars.LazyFrame):
        return found.collect_schema().names()
    return list(getattr(found, "column_names", found.columns))


EMPTY = """\
ruleset test.world
  name "World"
  for village
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
criterion 1 "C": crimes <= 1
criterion 2 "R": rural
"""
