"""Columns of PyArrow as columns of Polars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars

from ntmrules.batch._kinds import refused
from ntmrules.text import Text


UNREAD = (
    TypeError,
    ValueError,  # PyArrow's own errors are such
    NotImplementedError,
    polars.exceptions.PolarsError,
    polars.exceptions.PanicException,
)
"""What is raised where a column has no counterpart in Polars."""

_DIGITS = 38
"""Of the widest decimals in Polars."""


def series_of_arrow(name: str, column: Any) -> polars.Series:  # noqa: ANN401 - of PyArrow
    """Take a column; one of wider decimals, if its values are narrow enough."""
    import pyarrow

    if pyarrow.types.is_decimal256(column.type):
        column = column.cast(pyarrow.decimal128(_DIGITS, column.type.scale))
    return polars.Series(name, column)


def polars_of_arrow(
    table: Any,  # noqa: ANN401 - of PyArrow
    owner: str,
    wanted: Callable[[str], bool],
) -> polars.DataFrame:
    """Take a table of PyArrow; of columns that are not wanted, the names alone."""
    names = table.column_names
    nothing = polars.Series([None], dtype=polars.Null)
    nothing = nothing.new_from_index(0, table.num_rows)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        found = Text(f"`{twice[0]}` twice", f"`{twice[0]}` hai lần")
        one = Text("one with different names of columns", "có tên cột khác nhau")
        raise refused(owner, one, found)
    columns = []
    for at, name in enumerate(names):
        if not wanted(name):
            columns.append(nothing.alias(name))
            continue
        column = table.column(at)
        try:
            columns.append(series_of_arrow(name, column))
        except UNREAD:
            which = Text(f"the column `{name}`", f"cột `{name}`")
            plain = Text("of a plain type", "thuộc kiểu đơn giản")
            raise refused(which, plain, f"`{column.type}`") from None
    return polars.DataFrame(columns)
