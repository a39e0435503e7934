"""Which library a frame is of, and what is said when it is none of those known."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from narwhals import dependencies

from ntmrules.batch._decide import Frame
from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.errors import FactError
from ntmrules.text import Fill, Text


class Kind(enum.Enum):
    """A library of frames, or two ways of one."""

    POLARS = "Polars"
    LAZY = "lazy Polars"
    PANDAS = "pandas"
    ARROW = "PyArrow"
    DUCKDB = "DuckDB"
    DASK = "Dask"
    SPARK = "PySpark"


_KNOWN = Text(
    "a frame of Polars, pandas, PyArrow, DuckDB, Dask or PySpark",
    "một bảng của Polars, pandas, PyArrow, DuckDB, Dask hoặc PySpark",
)
_ENVIRONMENT = Text("the environment", "môi trường Python")
_INSTALL = Text("install `ntmrules[{extra}]`", "cài `ntmrules[{extra}]`")
_RECOGNISED: Mapping[Kind, Callable[[Any], bool]] = MappingProxyType(
    {
        Kind.POLARS: dependencies.is_polars_dataframe,
        Kind.LAZY: dependencies.is_polars_lazyframe,
        Kind.PANDAS: dependencies.is_pandas_dataframe,
        Kind.ARROW: dependencies.is_pyarrow_table,
        Kind.DUCKDB: dependencies.is_duckdb_relation,
        Kind.DASK: dependencies.is_dask_dataframe,
        Kind.SPARK: dependencies.is_pyspark_dataframe,
    }
)


def kind_of(frame: Frame, owner: str) -> Kind:
    """
    Say which library *frame* is of.

    Raises:
        FactError: None of those known; its own name is said.
    """
    for kind, recognised in _RECOGNISED.items():
        if recognised(frame):
            return kind
    found = f"`{type(frame).__module__}.{type(frame).__name__}`"
    raise refused(owner, _KNOWN, found)


def refused(
    owner: Fill, wanted: Fill, found: Fill, advice: Help | None = None
) -> FactError:
    """Give the complaint that *owner* must be *wanted*, not *found*."""
    values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
    return FactError([Diagnostic(codes.BAD_SHAPE, None, values, help=advice)])


def lacking(extra: str, error: ModuleNotFoundError) -> FactError:
    """Give the complaint that a library is not installed, and what installs it."""
    found = Text(f"without `{error.name}`", f"thiếu `{error.name}`")
    wanted = Text(f"one with `ntmrules[{extra}]`", f"có `ntmrules[{extra}]`")
    return refused(_ENVIRONMENT, wanted, found, Help(_INSTALL, {"extra": extra}))
