"""
Columns of numbers as whole numbers over a scale, exactly.

A float stands for its shortest decimal form, as everywhere in ntmrules.
"""

from __future__ import annotations

import math

import attrs
import polars

from ntmrules.batch._values import MOST
from ntmrules.exact import exact


MOST_DIGITS = 15
"""A decimal of so many digits is the shortest form of the float nearest to it."""
MOST_PLACES = 6
"""Floats with more places are read one by one."""

SHORT = frozenset(
    {
        polars.Int8,
        polars.Int16,
        polars.Int32,
        polars.Int64,
        polars.UInt8,
        polars.UInt16,
        polars.UInt32,
    }
)
"""The types of whole numbers of which each fits in 64 bits with a sign."""
_EXACT_FLOATS = 10**MOST_DIGITS
_WIDE = 64


@attrs.frozen
class Figures:
    """
    A fact as whole-number columns.

    Attributes:
        column: The figures, or the numerators.
        scale: The value is the figure divided by this.
        top: The greatest figure there is.
        whole: The denominators, if there are.
        whole_top: The greatest denominator there is.
        bits: The width of these columns, 32 or 64.
    """

    column: polars.Expr
    scale: int = 1
    top: int = 0
    whole: polars.Expr | None = None
    whole_top: int = 1
    bits: int = _WIDE

    def wide(self) -> Figures:
        """Give them with 64 bits, which totals need."""
        if self.bits == _WIDE:
            return self
        whole = None if self.whole is None else self.whole.cast(polars.Int64)
        column = self.column.cast(polars.Int64)
        return attrs.evolve(self, column=column, whole=whole, bits=_WIDE)


@attrs.frozen
class Whole:
    """Whole numbers, of which each stands for itself divided by *scale*."""

    series: polars.Series
    scale: int


class NotFiniteError(Exception):
    """A NaN or infinity, and its row."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class TooLargeError(Exception):
    """A number that, with its scale, 63 bits do not hold."""


def as_whole(series: polars.Series) -> Whole:
    """
    Take decimals or floats as whole numbers.

    Raises:
        NotFiniteError: One of them is no number.
        TooLargeError: One of them is too large.
    """
    if series.dtype.is_float():
        return _of_floats(series)
    return _of_decimals(series) or _one_by_one(series)


def _of_floats(series: polars.Series) -> Whole:
    wrong = ~series.is_finite().fill_null(value=True)
    if bool(wrong.any()):
        raise NotFiniteError(int(wrong.arg_true()[0]))
    numbers = series.cast(polars.Float64)
    if series.dtype == polars.Float64:
        for places in range(MOST_PLACES + 1):
            scale = 10**places
            whole = (numbers * scale).round()
            if bool((whole.abs() >= _EXACT_FLOATS).any()):
                break
            # Both are exact, so the quotient is the float nearest to the decimal.
            if bool((_quotient(whole, scale) == numbers).all()):
                return Whole(whole.cast(polars.Int64), scale)
    return _one_by_one(series)


def _quotient(whole: polars.Series, scale: int) -> polars.Series:
    frame = polars.DataFrame({"whole": whole})
    return frame.select(polars.col("whole").truediv(scale)).to_series()


def _of_decimals(series: polars.Series) -> Whole | None:
    places = getattr(series.dtype, "scale", None)
    if not isinstance(places, int):
        return None
    whole = series.to_physical()
    ends = (whole.min(), whole.max())
    if any(end is not None and abs(int(str(end))) > MOST for end in ends):
        # It may fit without the places that nobody uses.
        return None
    return Whole(whole.cast(polars.Int64), 10**places)


def _one_by_one(series: polars.Series) -> Whole:
    try:
        numbers = [None if value is None else exact(value) for value in series]
    except OverflowError:
        raise TooLargeError from None
    scale = math.lcm(*{n.denominator for n in numbers if n is not None})
    taken = [None if n is None else int(n * scale) for n in numbers]
    if any(abs(n) > MOST for n in taken if n is not None):
        raise TooLargeError
    return Whole(polars.Series(series.name, taken, dtype=polars.Int64), scale)
