"""Floats and decimals of a column are read as `ntmrules.exact.exact` reads them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmrules.batch._numbers import NotFiniteError, TooLargeError, as_whole
from ntmrules.exact import exact


few_places = st.builds(
    lambda number, places: float(Decimal(number).scaleb(-places)),
    st.integers(-(10**9), 10**9),
    st.integers(0, 9),
)
any_float = st.floats(allow_nan=False, allow_infinity=False, width=64)
floats = few_places | st.floats(-(10**6), 10**6) | any_float


def read(series: polars.Series) -> list[Fraction | None] | None:
    """Read a column; `None` where it is too large."""
    try:
        found = as_whole(series)
    except TooLargeError:
        return None
    return [None if n is None else Fraction(n, found.scale) for n in found.series]


@given(st.lists(st.none() | few_places, max_size=8))
def test_floats_of_few_places(values: list[float | None]) -> None:
    """Each by its shortest form, all on one scale."""
    wanted = [None if value is None else exact(value) for value in values]

    assert wanted == read(polars.Series(values, dtype=polars.Float64))


@given(st.lists(st.none() | floats, max_size=8))
def test_any_floats(values: list[float | None]) -> None:
    """By their shortest form, or refused where that is too long."""
    found = read(polars.Series(values, dtype=polars.Float64))

    if found is not None:
        assert [None if value is None else exact(value) for value in values] == found


@given(st.lists(st.none() | st.integers(-(10**12), 10**12), max_size=8))
def test_decimals(values: list[int | None]) -> None:
    """With the places they are declared with."""
    numbers = [None if n is None else Decimal(n).scaleb(-4) for n in values]
    series = polars.Series(numbers, dtype=polars.Decimal(20, 4))

    assert numbers == read(series)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number(wrong: float) -> None:
    """Refused, with its row."""
    with pytest.raises(NotFiniteError) as caught:
        as_whole(polars.Series([1.5, None, wrong]))

    assert 2 == caught.value.row
