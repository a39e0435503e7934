"""Values of a frame: whole-number columns over whole numbers, with their bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import attrs
import polars

from ntmrules.batch._truth import Truth
from ntmrules.exact import Exact


MOST = 2**63 - 1
MOST_SHORT = 2**31 - 1
_MOST_WIDE = 2**127 - 1
WIDTHS: Mapping[int, type[polars.DataType]] = MappingProxyType(
    {32: polars.Int32, 64: polars.Int64, 128: polars.Int128}
)


class UnsupportedError(Exception):
    """A construct that columns do not express; the rows are decided one by one."""


@attrs.frozen
class Value:
    """
    ``part * up / (scale * whole)``, in every row.

    Attributes:
        part: A column of whole numbers, null where unknown, or one number.
        up: A whole number, and where *part* is a number too, 1.
        scale: Greater than 0.
        top: No part is greater, whatever its sign.
        whole: A column of whole numbers that may be 0, or `None` for 1.
        whole_top: No whole is greater.
        dash: Where it does not apply, never null; `None` for nowhere.
        bits: The width of the columns: 32, 64 or 128.
    """

    part: polars.Expr | int
    up: int = 1
    scale: int = 1
    top: int = 0
    whole: polars.Expr | None = None
    whole_top: int = 1
    dash: polars.Expr | None = None
    bits: int = 64


def width(top: int) -> int:
    """
    Say how many bits numbers up to *top* need, whatever their sign.

    Raises:
        UnsupportedError: More than a column can have.
    """
    if top > _MOST_WIDE:
        msg = "numbers of more than 127 bits"
        raise UnsupportedError(msg)
    return 32 if top <= MOST_SHORT else 64 if top <= MOST else 128


def constant(value: Exact) -> Value:
    """Give one number."""
    return Value(value.numerator, 1, value.denominator, abs(value.numerator))


def unknown() -> Value:
    """Give no number, in every row."""
    return Value(polars.lit(None, dtype=polars.Int64))


def times(value: Value, factor: Exact) -> Value:
    """Multiply by a number."""
    if isinstance(value.part, int):
        product = value.part * factor.numerator
        scale = value.scale * factor.denominator
        return attrs.evolve(value, part=product, scale=scale, top=abs(product))
    up, scale = value.up * factor.numerator, value.scale * factor.denominator
    down = math.gcd(up, scale)
    return attrs.evolve(value, up=up // down, scale=scale // down)


def product(left: Value, right: Value) -> Value:
    """Multiply two values without denominators."""
    up, scale = left.up * right.up, left.scale * right.scale
    dash = _either(left.dash, right.dash)
    if isinstance(left.part, int) and isinstance(right.part, int):
        part: polars.Expr | int = left.part * right.part
        return Value(part, 1, scale, abs(left.part * right.part), dash=dash)
    top = left.top * right.top
    bits = _bits(top, left, right)
    part = _column(left, bits) * _column(right, bits)
    return Value(part, up, scale, top, dash=dash, bits=bits)


def total(left: Value, right: Value, sign: int) -> Value:
    """Add or, with *sign* -1, subtract two values without denominators."""
    scale = math.lcm(left.scale, right.scale)
    first = left.up * (scale // left.scale)
    second = right.up * (scale // right.scale) * sign
    dash = _either(left.dash, right.dash)
    top = left.top * abs(first) + right.top * abs(second)
    if isinstance(left.part, int) and isinstance(right.part, int):
        part: polars.Expr | int = left.part * first + right.part * second
        return Value(part, 1, scale, top, dash=dash)
    bits = _bits(top, left, right)
    part = _scaled(left, first, bits) + _scaled(right, second, bits)
    return Value(part, 1, scale, top, dash=dash, bits=bits)


def compare(sign: str, left: Value, right: Value) -> Truth:
    """Compare two values: null where one is unknown or its denominator is 0."""
    first, second = left.up * right.scale, right.up * left.scale
    one = first * left.part if isinstance(left.part, int) else first
    two = second * right.part if isinstance(right.part, int) else second
    down = math.gcd(one, two) or 1
    one, two = one // down, two // down
    first_top = abs(one) * (1 if isinstance(left.part, int) else left.top)
    second_top = abs(two) * (1 if isinstance(right.part, int) else right.top)
    first_top *= max(right.whole_top, 1)
    second_top *= max(left.whole_top, 1)
    top = max(first_top, second_top, abs(one), abs(two))
    top = max(top, left.whole_top, right.whole_top)
    bits = _bits(top, left, right)
    known = _signed(sign, _side(left, one, right, bits), _side(right, two, left, bits))
    for whole in (left.whole, right.whole):
        if whole is not None:
            # A denominator 0 leaves the share unknown.
            known = polars.when(whole != 0).then(known)
    return Truth(known, _either(left.dash, right.dash))


def _side(value: Value, factor: int, other: Value, bits: int) -> polars.Expr:
    """Multiply out one side; a *part* that is a number is in the factor already."""
    whole = None if other.whole is None else _widened(other.whole, other.bits, bits)
    if isinstance(value.part, int):
        side = _literal(factor, bits)
        return side if whole is None else whole if factor == 1 else whole * side
    side = _scaled(value, factor, bits)
    return side if whole is None else side * whole


def _scaled(value: Value, factor: int, bits: int) -> polars.Expr:
    if isinstance(value.part, int):
        return _literal(value.part * factor, bits)
    side = _column(value, bits)
    return side if factor == 1 else side * _literal(factor, bits)


def _bits(top: int, *values: Value) -> int:
    """Say how wide a column of numbers up to *top* is, made of such values."""
    own = [one.bits for one in values if not isinstance(one.part, int)]
    return max([width(top), *own])


def _literal(number: int, bits: int) -> polars.Expr:
    return polars.lit(number, dtype=WIDTHS[bits])


def _column(value: Value, bits: int) -> polars.Expr:
    if isinstance(value.part, int):
        return _literal(value.part, bits)
    return _widened(value.part, value.bits, bits)


def _widened(column: polars.Expr, own: int, bits: int) -> polars.Expr:
    return column if own == bits else column.cast(WIDTHS[bits])


def _either(*dashes: polars.Expr | None) -> polars.Expr | None:
    some = [dash for dash in dashes if dash is not None]
    if len(some) < 2:
        return some[0] if some else None
    return polars.any_horizontal(*some)


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
