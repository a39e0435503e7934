"""
Arithmetic of compiled code: the values of `ntmrules.model.types`, or why there is none.

A value is `None` where it is unknown and `DASH` where a table has ``-``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from ntmrules.compiled._codes import Loose
from ntmrules.exact import Exact, Share, normal, quotient, rounded
from ntmrules.model.types import (
    AmountType,
    Listed,
    ListType,
    NumberType,
    ShareType,
    Type,
    Value,
)


class Percent(Fraction):
    """A share of which only the percentage is known; it unpacks like a pair."""

    __slots__ = ()

    def __iter__(self) -> Loose:
        return iter((self.numerator, self.denominator))


class Dash:
    """The value of a table that has ``-`` there; there is only `DASH`."""

    __slots__ = ()


class Never:
    """The year of a title that was certainly never granted; only `NEVER`."""

    __slots__ = ()


@attrs.frozen
class Bounds:
    """An unknown count that is at least *least* and, if not `None`, at most *most*."""

    least: int
    most: int | None


DASH: Final = Dash()
NEVER: Final = Never()
Found = Value | Dash | Never | Bounds | None


def known(found: Found) -> Value | Dash | None:
    """Forget all that is known of an unknown value."""
    if isinstance(found, Bounds | Never):
        return None
    return found


# Facts, as the plain form gives them.


def exact_number(found: Exact | Decimal) -> Exact:
    """Take a number as it was given."""
    if isinstance(found, Decimal | Percent):
        return normal(Fraction(found))
    return normal(found)


def share(found: Loose) -> Share | None:
    """Take a share: a pair of counts, or a percentage alone."""
    if found is None:
        return None
    if isinstance(found, Fraction):
        return Share(exact_number(found))
    part, whole = found
    return Share(part, whole, counted=True)


def number(found: Exact | Decimal | None) -> Exact | None:
    """Take a number."""
    return None if found is None else exact_number(found)


def amount(found: Exact | Decimal | None, scale: Exact) -> Exact | None:
    """Take an amount into the unscaled unit."""
    return None if found is None else normal(exact_number(found) * scale)


def reader(kind: Type) -> Callable[[Any], Any] | None:
    """Give what turns a fact of the plain form into a value; `None` for nothing."""
    match kind:
        case ShareType():
            return share
        case AmountType():
            scale = kind.measure.scale
            return lambda found: amount(found, scale)
        case ListType():
            item = reader(kind.item)
            return lambda found: _listed(found, item)
        case NumberType():
            return number
        case _:
            return None


def _listed(found: Loose, item: Callable[[Any], Any] | None) -> Listed | None:
    if found is None:
        return None
    pairs = found.items() if isinstance(found, dict) else (("", one) for one in found)
    if item is None:
        return Listed(tuple(pairs))
    return Listed(tuple((label, item(one)) for label, one in pairs))


# Arithmetic: see `ntmrules.evaluate`, whose words these are.


def _number(value: Loose) -> Exact | None:
    return value.value if isinstance(value, Share) else value


def _typed(value: Exact, *, shares: bool) -> Value:
    value = normal(value)
    return Share(value.numerator, value.denominator) if shares else value


def calculate(sign: str, left: Loose, right: Loose, shares: bool) -> Loose:  # noqa: FBT001 - generated code has no keywords
    """Join two values by one of ``+ - * /``."""
    if left is DASH or right is DASH:
        return DASH
    if left is None or right is None:
        return None
    first, second = _number(left), _number(right)
    if first is None or second is None:
        return None
    match sign:
        case "+":
            return _typed(first + second, shares=shares)
        case "-":
            return _typed(first - second, shares=shares)
        case "*":
            return _typed(first * second, shares=shares)
        case _ if second == 0:
            return None
        case _ if not shares:
            return quotient(first, second)
        case _:
            counted = isinstance(first, int) and isinstance(second, int)
            if second > 0:
                return Share(first, second, counted)
            return Share(-first, -second)


def negative(value: Loose, shares: bool) -> Loose:  # noqa: FBT001 - as above
    """Change the sign."""
    if value is DASH or value is None:
        return value
    operand = _number(value)
    return None if operand is None else _typed(-operand, shares=shares)


def absolute(value: Loose, shares: bool) -> Loose:  # noqa: FBT001 - as above
    """Apply ``abs``."""
    if value is DASH or value is None:
        return value
    operand = _number(value)
    if operand is None:
        return None
    return _typed(-operand if operand < 0 else operand, shares=shares)


def rounding(value: Loose, digits: int, shares: bool) -> Loose:  # noqa: FBT001 - as above
    """Apply ``rounded``; of a share, the digits are those of the percentage."""
    if value is DASH or value is None:
        return value
    operand = _number(value)
    if operand is None:
        return None
    return _typed(rounded(operand, digits + 2 if shares else digits), shares=shares)


def of_list(name: str, value: Loose, shares: bool) -> Loose:  # noqa: FBT001 - as above
    """Apply a function to the items of a list."""
    if value is DASH or value is None:
        return value
    return of_values(name, [item for _, item in value.items], shares=shares)


def of_values(name: str, values: Sequence[Any], *, shares: bool) -> Loose:
    """Apply ``count``, ``sum``, ``average``, ``min`` or ``max`` to values."""
    if name == "count":
        return len(values)
    numbers = [_number(value) for value in values]
    if not numbers or None in numbers:
        return None
    exact: list[Exact] = [one for one in numbers if one is not None]
    match name:
        case "sum":
            return _typed(_sum(exact), shares=shares)
        case "average":
            return _typed(quotient(_sum(exact), len(exact)), shares=shares)
        case "min":
            return values[exact.index(min(exact))]
        case _:
            return values[exact.index(max(exact))]


def weighted(values: Iterable[Any], weights: Iterable[Any], *, shares: bool) -> Loose:
    """Average *values* weighted by *weights*."""
    total: Exact = 0
    weight_total: Exact = 0
    for value, weight in zip(values, weights, strict=True):
        first, second = _number(value), _number(weight)
        if first is None or second is None:
            return None
        total += first * second
        weight_total += second
    if weight_total == 0:
        return None
    return _typed(quotient(total, weight_total), shares=shares)


def _sum(numbers: Iterable[Exact]) -> Exact:
    total: Exact = 0
    for one in numbers:
        total += one
    return normal(total)
