"""
Exact numbers and shares: reading, rounding and writing them.

There is no float between input and verdict (language.md section 3).  A number is
an `int`, or a `Fraction` when it is not whole.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs


Exact = int | Fraction

MAX_DIGITS = 60
"""The most digits a number may have on either side of the decimal point."""

MAX_WRITTEN = 1_000
"""A number with more digits than this is not written out."""

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        ">=": operator.ge,
        ">": operator.gt,
        "<=": operator.le,
        "<": operator.lt,
        "=": operator.eq,
        "!=": operator.ne,
    }
)
"""What each sign of comparison does with two values that order alike."""

MIRRORED = MappingProxyType(
    {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}
)
"""The sign that says the same with the sides exchanged."""

_NUMBER = re.compile(r"[+-]?(\d+(?:_\d+)*)(?:\.(\d+))?", re.ASCII)


def normal(value: Exact) -> Exact:
    """Give a whole `Fraction` as an `int`, and any other number as it is."""
    # Most are whole already, and `isinstance` of a Fraction is slow to say no.
    if isinstance(value, int) or value.denominator != 1:
        return value
    return value.numerator


def quotient(value: Exact, divisor: Exact) -> Exact:
    """Divide exactly; *divisor* is not 0."""
    # Of two whole numbers a Fraction is made in a third of the time.
    part = value.numerator * divisor.denominator
    return normal(Fraction(part, value.denominator * divisor.numerator))


def less(first: Exact, second: Exact) -> bool:
    """Tell whether *first* is below *second*, in whole numbers: that is faster."""
    one = first.numerator * second.denominator
    return one < second.numerator * first.denominator


def read_number(text: str) -> Exact | None:
    """
    Read a plain decimal number such as ``-1_200.50``.

    Gives `None` for anything else (exponents, commas, infinities included).

    Raises:
        OverflowError: It has more than `MAX_DIGITS` digits on one side.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    whole, decimals = match[1].replace("_", ""), match[2] or ""
    if len(whole) > MAX_DIGITS or len(decimals) > MAX_DIGITS:
        raise OverflowError
    value = normal(Fraction(int(whole + decimals), 10 ** len(decimals)))
    return -value if text.startswith("-") else value


def exact(value: object) -> Exact | None:
    """
    Take a Python number exactly: int, Decimal, Fraction, or float.

    A float counts by its shortest decimal form, so 0.1 is one tenth.  Gives
    `None` for anything that is not a finite number; a `bool` is not a number.

    Raises:
        OverflowError: It has more than `MAX_DIGITS` digits on one side.
    """
    match value:
        case bool():
            return None
        case int():
            number: Exact = value
        case Fraction():
            number = normal(value)
        case Decimal() if value.is_finite():
            _check_size(value)
            number = normal(Fraction(value))
        case float():
            return exact(Decimal(repr(value)))
        case _:
            return None
    whole = abs(number.numerator) // number.denominator
    if whole >= 10**MAX_DIGITS or number.denominator >= 10 ** (2 * MAX_DIGITS):
        raise OverflowError
    return number


def _check_size(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise OverflowError
    if max(value.adjusted() + 1, -exponent) > MAX_DIGITS:
        raise OverflowError


def rounded(value: Exact, digits: int) -> Exact:
    """Round to *digits* decimals, half away from zero (language.md section 3)."""
    scaled = abs(value) * 10**digits
    nearest = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    result = normal(Fraction(nearest, 10**digits))
    return -result if value < 0 else result


def ceiling(value: Exact) -> int:
    """Give the least whole number that is not below *value*."""
    return -((-value.numerator) // value.denominator)


def decimal_text(value: Exact, digits: int | None = None) -> str:
    """
    Write *value* as a decimal such as ``1234.5``.

    With *digits* it is rounded to so many decimals and trailing zeros go.
    Without, it is written in full if it ends, and as ``n/d`` if it does not.  What
    has more than `MAX_WRITTEN` digits only gives its size, such as ``≈10^4200``.
    """
    value = normal(value) if digits is None else rounded(value, digits)
    sizes = _digits(value.numerator), _digits(value.denominator)
    if max(sizes) > MAX_WRITTEN:
        return f"{'-' if value < 0 else ''}≈10^{sizes[0] - sizes[1]}"
    if isinstance(value, int):
        return str(value)
    places = _decimal_places(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value.numerator) * (10**places // value.denominator)
    text = str(scaled).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{text[:-places]}.{text[-places:]}"


def _digits(number: int) -> int:
    """Count the digits, or one more: a bit is log 2 of a digit."""
    return number.bit_length() * 30_103 // 100_000 + 1


def _decimal_places(denominator: int) -> int | None:
    twos = (denominator & -denominator).bit_length() - 1
    rest = denominator >> twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


@attrs.frozen
class Share:
    """
    A part of a whole, keeping both where they are known.

    Attributes:
        part: The numerator; with `counted` false the share itself.
        whole: The denominator, 1 with `counted` false; 0 leaves the share unknown.
        counted: Whether the two are counts of things, not just a percentage.
    """

    part: Exact
    whole: Exact = 1
    counted: bool = False

    @property
    def value(self) -> Exact | None:
        """The share as a number (95% is 19/20), or `None` when `whole` is 0."""
        if self.whole == 1:
            return self.part
        return None if self.whole == 0 else quotient(self.part, self.whole)


def same(first: object, second: object) -> bool:
    """Tell whether two values are one: 1/2 and 50% are, two shares of 0 are not."""
    if isinstance(first, Share) and isinstance(second, Share):
        return first.value is not None and first.value == second.value
    return first == second
