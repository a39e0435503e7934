"""
Arithmetic and functions on known values, exactly.

Each gives the value, or the cause why there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ntmrules.evaluate.trace import Cause
from ntmrules.exact import Exact, Share, normal, quotient, rounded
from ntmrules.model.types import Listed, ShareType, Type, Value


def number(value: Value) -> Exact | Cause:
    """Give a value as a number."""
    if isinstance(value, Share):
        share = value.value
        return Cause.ZERO_DENOMINATOR if share is None else share
    if isinstance(value, int | Fraction):
        return value
    msg = f"the checker lets no {type(value).__name__} into arithmetic"
    raise TypeError(msg)


def typed(value: Exact, kind: Type) -> Value:
    """Give a number as a value of a type: of a share type, as `Share`."""
    value = normal(value)
    if isinstance(kind, ShareType):
        return Share(value.numerator, value.denominator)
    return value


def _sum(numbers: Sequence[Exact]) -> Exact:
    total: Exact = 0
    for item in numbers:
        total += item
    return normal(total)


def calculate(sign: str, left: Value, right: Value, kind: Type) -> Value | Cause:
    """Join two values by one of ``+ - * /``."""
    first, second = number(left), number(right)
    if isinstance(first, Cause):
        return first
    if isinstance(second, Cause):
        return second
    match sign:
        case "+":
            return typed(first + second, kind)
        case "-":
            return typed(first - second, kind)
        case "*":
            return typed(first * second, kind)
        case _ if second == 0:
            return Cause.ZERO_DENOMINATOR
        case _:
            return ratio(first, second, kind)


def ratio(part: Exact, whole: Exact, kind: Type) -> Value:
    """Divide; a share keeps both parts, as counts if they are whole."""
    if isinstance(kind, ShareType):
        counted = isinstance(part, int) and isinstance(whole, int)
        return Share(part, whole, counted) if whole > 0 else Share(-part, -whole)
    return quotient(part, whole)


def negative(value: Value, kind: Type) -> Value | Cause:
    """Change the sign."""
    operand = number(value)
    return operand if isinstance(operand, Cause) else typed(-operand, kind)


def call(
    name: str, arguments: Sequence[Value], kind: Type, digits: int
) -> Value | Cause:
    """Apply a function of language.md section 4."""
    first = arguments[0]
    if name == "ratio":
        return calculate("/", first, arguments[1], kind)
    if isinstance(first, Listed):
        return of_list(name, [item for _, item in first.items], kind)
    operand = number(first)
    if isinstance(operand, Cause):
        return operand
    if name == "abs":
        return typed(-operand if operand < 0 else operand, kind)
    # Of a share, the digits are those of the percentage.
    shift = 2 if isinstance(kind, ShareType) else 0
    return typed(rounded(operand, digits + shift), kind)


def of_list(name: str, values: Sequence[Value], kind: Type) -> Value | Cause:
    """Apply ``count``, ``sum``, ``average``, ``min`` or ``max`` to values."""
    if name == "count":
        return len(values)
    if not values:
        return Cause.NO_ITEMS
    numbers: list[Exact] = []
    for value in values:
        item = number(value)
        if isinstance(item, Cause):
            return item
        numbers.append(item)
    match name:
        case "sum":
            return typed(_sum(numbers), kind)
        case "average":
            return typed(quotient(_sum(numbers), len(numbers)), kind)
        case "min":
            return values[numbers.index(min(numbers))]
        case _:
            return values[numbers.index(max(numbers))]


def weighted(
    values: Sequence[Value], weights: Sequence[Value], kind: Type
) -> Value | Cause:
    """Average *values* weighted by *weights*."""
    total: Exact = 0
    weight_total: Exact = 0
    for value, weight in zip(values, weights, strict=True):
        first, second = number(value), number(weight)
        if isinstance(first, Cause):
            return first
        if isinstance(second, Cause):
            return second
        total += first * second
        weight_total += second
    if weight_total == 0:
        return Cause.ZERO_DENOMINATOR
    return typed(quotient(total, weight_total), kind)
