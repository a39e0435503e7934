"""Values of a frame: whole-number columns over whole numbers, with their bounds."""

from __future__ import annotations

import math

import attrs
import polars

from ntmrules.batch._columns import MOST
from ntmrules.exact import Exact


class UnsupportedError(Exception):
    """A construct that columns do not express; the rows are decided one by one."""


@attrs.frozen
class Value:
    """
    ``part / (scale * whole)``, in every row.

    Attributes:
        part: A column of whole numbers, null where unknown, or one number.
        scale: Greater than 0.
        top: No part is greater, whatever its sign.
        whole: A column of whole numbers that may be 0, or `None` for 1.
        whole_top: No whole is greater.
        dash: Where it does not apply, never null; `None` for nowhere.
    """

    part: polars.Expr | int
    scale: int = 1
    top: int = 0
    whole: polars.Expr | None = None
    whole_top: int = 1
    dash: polars.Expr | None = None


def constant(value: Exact) -> Value:
    """Give one number."""
    return Value(value.numerator, value.denominator, abs(value.numerator))


def times(value: Value, factor: Exact) -> Value:
    """Multiply by a number."""
    down = math.gcd(factor.numerator, value.scale)
    up = factor.numerator // down
    return attrs.evolve(
        value,
        part=scaled(value.part, up, value.top * abs(up)),
        scale=value.scale // down * factor.denominator,
        top=value.top * abs(up),
    )


def scaled(part: polars.Expr | int, factor: int, top: int) -> polars.Expr | int:
    """Multiply a column by a number, wide enough for what comes out."""
    if factor == 1:
        return part
    if isinstance(part, int):
        return part * factor
    return widened(part, top) * _literal(factor, top)


def _literal(factor: int, top: int) -> polars.Expr:
    wide = polars.Int128 if max(top, abs(factor)) > MOST else polars.Int64
    return polars.lit(factor, dtype=wide)


def widened(part: polars.Expr, top: int) -> polars.Expr:
    """Give a column the width that numbers up to *top* need."""
    if top <= MOST:
        return part
    if top >= 2**127:
        msg = "numbers of more than 127 bits"
        raise UnsupportedError(msg)
    return part.cast(polars.Int128)


def compare(sign: str, left: Value, right: Value) -> polars.Expr:
    """Give the codes of ``left sign right``: 0, 1, 2, null where it does not apply."""
    down = math.gcd(left.scale, right.scale)
    up_left, up_right = right.scale // down, left.scale // down
    first_top = left.top * up_left * max(right.whole_top, 1)
    second_top = right.top * up_right * max(left.whole_top, 1)
    top = max(first_top, second_top, up_left, up_right, right.whole_top, left.whole_top)
    first = _side(left.part, up_left, right.whole, top)
    second = _side(right.part, up_right, left.whole, top)
    code = _signed(sign, first, second).cast(polars.Int8) * 2
    code = code.fill_null(polars.lit(1, dtype=polars.Int8))
    return dashed(code, (left.dash, right.dash))


def _side(
    part: polars.Expr | int, factor: int, whole: polars.Expr | None, top: int
) -> polars.Expr:
    if isinstance(part, int):
        if whole is None:
            return _literal(part * factor, max(top, abs(part * factor)))
        side = _literal(part * factor, max(top, abs(part * factor)))
    else:
        side = widened(part, top)
        side = side if factor == 1 else side * _literal(factor, top)
    if whole is None:
        return side
    # A denominator 0 leaves the share unknown.
    return side * polars.when(whole != 0).then(widened(whole, top))


def _signed(sign: str, first: polars.Expr, second: polars.Expr) -> polars.Expr:
    match sign:
        case ">=":
            return first >= second
        case ">":
            return first > second
        case "<=":
            return first <= second
        case "<":
            return first < second
        case "=":
            return first == second
        case _:
            return first != second


def dashed(code: polars.Expr, dashes: tuple[polars.Expr | None, ...]) -> polars.Expr:
    """Take out the rows where something does not apply."""
    for dash in dashes:
        if dash is not None:
            code = polars.when(~dash).then(code)
    return code
