"""
Numbers and shares as facts give them, read exactly.

Source: language.md section 3, engine.md section 2.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import attrs

from ntmrules._yaml import Node, Plain, Scalar
from ntmrules.diagnostics import Help
from ntmrules.exact import (
    MAX_DIGITS,
    Exact,
    Share,
    decimal_text,
    exact,
    normal,
    quotient,
    read_number,
    rounded,
)
from ntmrules.model.types import Noun
from ntmrules.model.words import plural_of
from ntmrules.text import Text
from ntmrules.units._complaints import both
from ntmrules.units._repair import A_SHARE, Wanted, advise, bare_share, put


class RefusedError(Exception):
    """
    A value that a fact cannot have.

    Attributes:
        reason: Why.
        advice: What to write.
        node: Where it is, if not where the fact is.
        step: Which item of the fact it is, if it is one of several.
    """

    def __init__(self, reason: Text, advice: Help | None = None) -> None:
        self.reason = reason
        self.advice = advice
        self.node: Node | None = None
        self.step: str | int | None = None

    def inside(self, node: Node, step: str | int) -> RefusedError:
        """Tell which item it is."""
        self.node, self.step = node, step
        return self


@attrs.frozen
class Stated:
    """
    A percentage that is not the share it stands beside.

    Attributes:
        text: As it was written, such as ``93.02%``.
        computed: What it should have been.
        share: The share that counts.
    """

    text: str
    computed: str
    share: Share


@attrs.frozen
class Doubtful:
    """
    A number with three decimals, which may have been meant as thousands.

    Attributes:
        number: As it was written, such as ``1.200``.
        scalar: Where.
    """

    number: str
    scalar: Scalar


_NUMBER = r"([+-]?\d+(?:_\d+)*(?:\.\d+)?)"
_SHARE = re.compile(
    rf"\s*{_NUMBER}\s*(?:%\s*|/\s*{_NUMBER}\s*(?:=\s*({_NUMBER}\s*%)\s*)?)", re.ASCII
)
_GROUPED_ONCE = re.compile(r"\s*([1-9]\d{0,2}\.\d{3})(?![\d.])", re.ASCII)
_PLAIN = re.compile(_NUMBER, re.ASCII)
_GROUPED_PAIR = re.compile(
    r"\s*\d{1,3}(?:\.\d{3})*\s*/\s*\d{1,3}(?:\.\d{3})*\s*(?:=.*)?", re.ASCII
)
MOST = 10**MAX_DIGITS
"""Whole numbers from here on are refused."""

_PERCENT = re.compile(rf"\s*{_NUMBER}\s*%\s*", re.ASCII)

LONGEST = 300
"""The most characters that a number, share or amount may have."""

NEGATIVE = Text("it cannot be below 0", "không thể nhỏ hơn 0")
_WHOLE = Text("it must be a whole number, 0 or more", "phải là số nguyên, từ 0 trở lên")
_A_NUMBER = Text("it must be a number", "phải là một số")
_TOO_LONG = Text(
    "it has more than {limit} digits on one side of the point (`MAX_DIGITS`)",
    "số có hơn {limit} chữ số ở một bên dấu chấm (`MAX_DIGITS`)",
)
_ABOVE = Text(
    "it may not exceed 100%, as the vocabulary declares it",
    "không được vượt 100% theo khai báo trong từ vựng",
)
_OF_NOTHING = Text("{part} of 0 cannot be", "{part} trên tổng số 0 là không thể")
_THINGS = Text(
    "both numbers count {noun}, so they are whole",
    "cả hai số đều đếm {noun} nên phải là số nguyên",
)
_TWO_NUMBERS = Text(
    "a pair is of two numbers; a share as text is `n/d`",
    "một cặp gồm hai số; tỷ lệ dạng chữ viết là `n/d`",
)
_A_PERCENT = Text(
    "a stated percentage is written like `93.02%`",
    "tỷ lệ phần trăm công bố viết như `93.02%`",
)


def too_long() -> Text:
    """Say that a number has too many digits."""
    return both(_TOO_LONG, limit=MAX_DIGITS)


def check_length(text: str) -> None:
    """Refuse a text that no number can be, before looking at it more closely."""
    if len(text) > LONGEST:
        raise RefusedError(too_long())


def grouped_once(scalar: Scalar) -> str:
    """Find a number like ``1.200``, which in Vietnamese texts is a thousand."""
    value = scalar.value
    match = _GROUPED_ONCE.match(value) if isinstance(value, str) else None
    return match[1] if match else ""


def scaled(text: str, times: int = 1, over: int = 1) -> Exact:
    """
    Read a number that has the form of `NUMBER`, times a number, over another.

    The same as `read_number`, `*` and `quotient`, in a third of the time: most of the
    work of reading a unit is done here.
    """
    if len(text) > MAX_DIGITS:
        return quotient(_read_long(text) * times, over)
    whole, _, decimals = text.partition(".")
    part = int(whole + decimals) * times
    over *= 10 ** len(decimals)
    return Fraction(part, over) if part % over else part // over


def _read_long(text: str) -> Exact:
    try:
        number = read_number(text)
    except OverflowError:
        raise RefusedError(too_long()) from None
    assert number is not None  # both expressions describe the same numbers
    return number


def read_exact(scalar: Scalar, wanted: Wanted, times: Exact = 1) -> Exact:
    """Read a plain number, in units of *times*."""
    value = scalar.value
    if isinstance(value, str):
        check_length(value)
        text = value.strip()
    elif type(value) is int and -MOST < value < MOST:
        return value if times == 1 else normal(value * times)
    elif type(value) is float or type(value) is Decimal:
        # A float counts by its shortest decimal form.
        text = repr(value) if type(value) is float else str(value)
        if not _PLAIN.fullmatch(text):
            return normal(_exact(scalar, wanted) * times)
    else:
        return normal(_exact(scalar, wanted) * times)
    if not _PLAIN.fullmatch(text):
        raise RefusedError(*advise(scalar, wanted, _reason(wanted)))
    return scaled(text, times) if type(times) is int else scaled(text) * times


def _exact(scalar: Scalar, wanted: Wanted) -> Exact:
    try:
        number = exact(scalar.value)
    except OverflowError:
        raise RefusedError(too_long()) from None
    if number is None:
        raise RefusedError(*advise(scalar, wanted, _reason(wanted)))
    return number


def _reason(wanted: Wanted) -> Text:
    return _WHOLE if wanted is Wanted.COUNT else _A_NUMBER


def read_count(scalar: Scalar) -> int:
    """Read a whole number that is not negative."""
    # `1.000` in a Vietnamese text is a thousand: no count is written with a point.
    pointed = isinstance(scalar.value, str) and "." in scalar.value
    number = read_exact(scalar, Wanted.COUNT)
    if pointed or not isinstance(number, int) or number < 0:
        raise RefusedError(*advise(scalar, Wanted.COUNT, _WHOLE))
    return number


def read_share(
    scalar: Scalar, noun: Noun | None, *, may_exceed: bool
) -> tuple[Share, str]:
    """
    Read a share; with it comes the percentage stated beside it, or ``""``.
    """
    value = scalar.value
    stated = ""
    quick = quick_share(value)
    if quick is not None:
        return quick, ""
    if isinstance(value, str):
        check_length(value)
        match = _SHARE.fullmatch(value)
        if match is None:
            raise RefusedError(*advise(scalar, Wanted.SHARE, A_SHARE))
        part, whole, found, _ = match.groups()
        if whole is None:
            share = Share(scaled(part, 1, 100))
        else:
            if "." in part or "." in whole:
                _refuse_points(scalar, value, noun)
            share = Share(scaled(part), scaled(whole), counted=True)
            stated = found or ""
    elif isinstance(value, tuple):
        share = _pair(scalar, value, noun)
    elif isinstance(value, Fraction):
        share = Share(_exact(scalar, Wanted.NUMBER))
    else:
        raise RefusedError(*bare_share(scalar))
    _check_range(share, may_exceed=may_exceed)
    return share, stated


def quick_share(value: Plain | tuple[Plain, Plain]) -> Share | None:
    """
    Read ``190113/204379``, its two numbers or ``93.02%`` if nothing is remarkable.

    Nearly all shares look like this, and the long way takes three times as long.
    """
    if isinstance(value, tuple):
        first, second = value
        if type(first) is int and type(second) is int and 0 <= first <= second < MOST:
            return Share(first, second, counted=True) if second else None
        return None
    if not isinstance(value, str) or len(value) > MAX_DIGITS or not value.isascii():
        return None
    return _quick_text(value)


def _quick_text(text: str) -> Share | None:
    part, slash, whole = text.partition("/")
    if slash:
        if not (part.isdecimal() and whole.isdecimal()):
            return None
        first, second = int(part), int(whole)
        return Share(first, second, counted=True) if first <= second != 0 else None
    if text[-1:] != "%":
        return None
    head, point, tail = text[:-1].partition(".")
    if not head or bool(point) is not bool(tail) or not (head + tail).isdecimal():
        return None
    first, second = int(head + tail), 100 * 10 ** len(tail)
    return Share(Fraction(first, second)) if first < second and first else None


def _pair(scalar: Scalar, pair: tuple[Plain, Plain], noun: Noun | None) -> Share:
    first, second = pair
    if isinstance(first, str) or isinstance(second, str):
        raise RefusedError(_TWO_NUMBERS)
    part = read_exact(Scalar(first), Wanted.NUMBER)
    whole = read_exact(Scalar(second), Wanted.NUMBER)
    if not (isinstance(part, int) and isinstance(whole, int)):
        _refuse_points(scalar, None, noun)
    return Share(part, whole, counted=True)


def _refuse_points(scalar: Scalar, text: str | None, noun: Noun | None) -> None:
    """See to it that `1.000/2.000` persons does not pass for one of two."""
    if noun is not None and counts_things(noun):
        advice = None
        if text is not None and _GROUPED_PAIR.fullmatch(text):
            advice = put(scalar, text.replace(".", ""))
        raise RefusedError(both(_THINGS, noun=plural_of(noun)), advice)


def counts_things(noun: Noun) -> bool:
    """Tell persons, which are counted, from hectares, which are measured."""
    return noun.plural not in {"", noun.name}


def _check_range(share: Share, *, may_exceed: bool) -> None:
    part, whole = share.part, share.whole
    # Whole numbers and fractions alike, without the slow comparison of fractions.
    over = part.denominator
    if part.numerator < 0 or whole < 0:
        raise RefusedError(NEGATIVE)
    if not whole and part:
        raise RefusedError(both(_OF_NOTHING, part=decimal_text(part)))
    if part.numerator > whole * over and not may_exceed:
        raise RefusedError(_ABOVE)


def compare_stated(share: Share, text: str) -> Stated | None:
    """Compare a share with a percentage stated for it (engine.md section 2)."""
    check_length(text)
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise RefusedError(*advise(Scalar(text), Wanted.PERCENT, _A_PERCENT))
    digits = len(match[1].partition(".")[2])
    value = share.value
    if value is None:
        return Stated(text.strip(), f"{share.part}/{share.whole}", share)
    computed = rounded(value * 100, digits)
    if computed == scaled(match[1]):
        return None
    return Stated(text.strip(), f"{decimal_text(computed)}%", share)
