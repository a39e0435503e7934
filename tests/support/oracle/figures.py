"""What is done with values (language.md sections 3 and 4)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tests.support.oracle.counting import MET, NAP, NOT, UNK, agreed, all_of, said
from tests.support.oracle.names import GRADES, REGIONS
from tests.support.oracle.people import NA, NEVER, UNKNOWN, ZERO, Pair, Span


SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


def plainly(figure: Any) -> Any:
    """Give a share as a number."""
    if isinstance(figure, Pair):
        return Fraction(figure.part) / figure.whole if figure.whole else ZERO
    if isinstance(figure, list):
        return [plainly(item) for item in figure]
    return figure


def compare(sign: str, left: Any, right: Any) -> str:
    """Compare two values."""
    if left is NA or right is NA:
        return NAP
    if isinstance(left, Span):
        if not isinstance(right, int):
            return UNK
        most = left.least + right + 9 if left.most is None else left.most
        numbers = range(left.least, most + 1)
        return agreed(said(SIGNS[sign](number, right)) for number in numbers)
    if {UNKNOWN, ZERO} & {left, right} or (left is NEVER and right is NEVER):
        return UNK
    if left is NEVER or right is NEVER:
        return said(sign == "!=")
    if left in GRADES:
        left, right = GRADES.index(left), GRADES.index(right)
    elif left in REGIONS:
        left, right = REGIONS.index(left), REGIONS.index(right)
    return said(SIGNS[sign](left, right))


def between(middle: Any, low: Any, high: Any) -> str:
    """Compare a value with two ends."""
    if NA in (middle, low, high):
        return NAP
    # An end that is missing may turn out a dash.
    if UNKNOWN in (low, high):
        return UNK
    return all_of((compare(">=", middle, low), compare("<=", middle, high)))


def chosen(test: str, then: Any, otherwise: Any) -> Any:
    """Choose one of two values."""
    if test == MET:
        return then
    if test == NOT:
        return otherwise
    if UNKNOWN in (then, otherwise):
        return UNKNOWN
    if then == otherwise:
        return then
    return NA if test == NAP else UNKNOWN


def calculate(sign: str, left: Any, right: Any) -> Any:
    """Join two numbers."""
    if NA in (left, right):
        return NA
    if {UNKNOWN, NEVER, ZERO} & {left, right}:
        return UNKNOWN
    if sign == "/":
        return Fraction(left) / right if right else UNKNOWN
    return {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign](left, right)


def applied(function: Callable[[Any], Any], number: Any) -> Any:
    """Apply a function to a number, if it is one."""
    if number is ZERO:
        return UNKNOWN
    return number if number in (NA, UNKNOWN) else function(number)


def half_away(number: Fraction, digits: int) -> Fraction:
    """Round half away from zero."""
    scaled = abs(Fraction(number)) * 10**digits
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Fraction(whole, 10**digits) * (1 if number >= 0 else -1)


def of_list(name: str, values: Any) -> Any:
    """Apply a function to a list."""
    if values is UNKNOWN:
        return UNKNOWN
    if name == "count":
        return len(values)
    if not values or {UNKNOWN, ZERO} & set(values):
        return UNKNOWN
    if name == "sum":
        return sum(values)
    if name == "average":
        return Fraction(sum(values)) / len(values)
    return min(values) if name == "min" else max(values)
