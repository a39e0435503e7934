"""
Columns of pandas, taken as they lie in memory where that keeps every value.

A NumPy column of pandas has no other way to say *missing* than NaN; in any other
column NaN is no number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars

from ntmrules.batch._arrow import UNREAD, series_of_arrow
from ntmrules.batch._columns import KEPT
from ntmrules.batch._decide import Frame
from ntmrules.batch._kinds import refused
from ntmrules.text import Text


_WIDEST = 8
"""Bytes of the widest NumPy number that Polars has too."""


def polars_of_pandas(
    frame: Frame, owner: str, wanted: Callable[[str], bool]
) -> polars.DataFrame:
    """
    Take a frame of pandas; of columns that are not wanted, the names alone.

    Raises:
        FactError: Two columns have one name, or a column has values of several types.
    """
    names = [str(name) for name in frame.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        found = Text(
            f"`{twice[0]}` several times", f"`{twice[0]}` có nhiều lần trong bảng"
        )
        one = Text("one with different names of columns", "có tên cột khác nhau")
        raise refused(owner, one, found)
    nothing = polars.Series([None], dtype=polars.Null).new_from_index(0, len(frame))
    return polars.DataFrame(
        [
            _column(name, frame.iloc[:, at]) if wanted(name) else nothing.alias(name)
            for at, name in enumerate(names)
        ]
    )


def _column(name: str, series: Any) -> polars.Series:  # noqa: ANN401 - of pandas
    from pandas.api.types import is_extension_array_dtype

    kind = series.dtype
    if is_extension_array_dtype(kind):
        taken = _through_arrow(name, series)
        if taken is not None:
            return taken
    elif kind.kind in "iufb" and kind.itemsize <= _WIDEST and kind.isnative:
        return polars.Series(name, series.to_numpy(), nan_to_null=True)
    return _one_by_one(name, series)


def _through_arrow(name: str, series: Any) -> polars.Series | None:  # noqa: ANN401 - of pandas
    """Take nullable and Arrow columns, whose missing values are not NaN."""
    try:
        import pyarrow
    except ModuleNotFoundError:
        return None
    try:
        return series_of_arrow(name, pyarrow.array(series.array, from_pandas=False))
    except UNREAD:
        return None


def _one_by_one(name: str, series: Any) -> polars.Series:  # noqa: ANN401 - of pandas
    missing = series.isna().to_list()
    values = [
        None if gone else value
        for gone, value in zip(missing, series.to_list(), strict=True)
    ]
    try:
        return polars.Series(name, values, strict=True)
    except (TypeError, ValueError, polars.exceptions.PolarsError):
        column = Text(f"the column `{name}`", f"cột `{name}`")
        one = Text("one type of values", "một loại giá trị")
        several = Text("several", "nhiều loại")
        raise refused(column, one, several) from None


def pandas_of_polars(table: polars.DataFrame, original: Frame) -> Frame:
    """
    Give verdicts as a frame of pandas, with the index of *original*.

    Verdicts in words are categories, codes nullable numbers; ``id`` and ``name`` are
    the columns that were given.
    """
    import pandas

    given = {str(name): at for at, name in enumerate(original.columns)}
    columns: dict[str, Any] = {}
    for column in table:
        if column.name in KEPT:
            columns[column.name] = original.iloc[:, given[column.name]].array
        elif isinstance(column.dtype, polars.Enum):
            kind = pandas.CategoricalDtype(column.dtype.categories.to_list())
            places = column.to_physical().to_numpy()
            columns[column.name] = pandas.Categorical.from_codes(places, dtype=kind)
        elif column.dtype == polars.Int8:
            missing = column.is_null().to_numpy()
            values = column.fill_null(0).to_numpy()
            columns[column.name] = pandas.arrays.IntegerArray(values, missing)
        else:
            columns[column.name] = column.to_numpy()
    return pandas.DataFrame(columns, index=original.index)
