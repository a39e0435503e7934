"""
Numbers and shares as facts give them, read exactly.

Source: language.md section 3, engine.md section 2.
"""

from __future__ import annotations

import re
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
    quotient,
    read_number,
    rounded,
)
from ntmrules.model.types import Noun
from ntmrules.text import Text
from ntmrules.units._complaints import both, write
from ntmrules.units._repair import A_SHARE, Wanted, advise, bare_share


class RefusedError(Exception):
    """
    A value that a fact cannot have.

    Attributes:
        reason: Why.
        advice: What to write.
        node: Where it is, if not where the fact is.
    """

    def __init__(
        self, reason: Text, advice: Help | None = None, node: Node | None = None
    ) -> None:
        self.reason = reason
        self.advice = advice
        self.node = node


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


_NUMBER = r"([+-]?\d+(?:_\d+)*(?:\.\d+)?)"
_SHARE = re.compile(
    rf"\s*{_NUMBER}\s*(?:%\s*|/\s*{_NUMBER}\s*(?:=\s*({_NUMBER}\s*%)\s*)?)", re.ASCII
)
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


def read_exact(scalar: Scalar, wanted: Wanted) -> Exact:
    """Read a plain number."""
    value = scalar.value
    try:
        if isinstance(value, str):
            check_length(value)
            number = read_number(value.strip())
        else:
            number = exact(value)
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
    if isinstance(value, str):
        check_length(value)
        match = _SHARE.fullmatch(value)
        if match is None:
            raise RefusedError(*advise(scalar, Wanted.SHARE, A_SHARE))
        part_text, whole_text, found, _ = match.groups()
        part = _read(part_text)
        if whole_text is None:
            share = Share(quotient(part, 100))
        else:
            if "." in part_text or "." in whole_text:
                _refuse_points(value, noun)
            share = Share(part, _read(whole_text), counted=True)
            stated = found or ""
    elif isinstance(value, tuple):
        share = _pair(value[0], value[1], noun)
    elif isinstance(value, Fraction):
        share = Share(read_exact(scalar, Wanted.NUMBER))
    else:
        raise RefusedError(*bare_share(scalar))
    _check_range(share, may_exceed=may_exceed)
    return share, stated


def _read(text: str) -> Exact:
    # Most numbers are short and whole; `read_number` costs four times as much.
    if len(text) <= MAX_DIGITS and text.isdecimal():
        return int(text)
    try:
        number = read_number(text)
    except OverflowError:
        raise RefusedError(too_long()) from None
    assert number is not None  # both expressions describe the same numbers
    return number


def _pair(first: Plain, second: Plain, noun: Noun | None) -> Share:
    part = read_exact(Scalar(first), Wanted.NUMBER)
    whole = read_exact(Scalar(second), Wanted.NUMBER)
    pair_is_whole = isinstance(part, int) and isinstance(whole, int)
    if noun is not None and counts_things(noun) and not pair_is_whole:
        raise RefusedError(both(_THINGS, noun=noun.plural))
    return Share(part, whole, counted=True)


def _refuse_points(text: str, noun: Noun | None) -> None:
    """See to it that `1.000/2.000` persons does not pass for one of two."""
    if noun is not None and counts_things(noun):
        mended = text.replace(".", "") if "%" not in text else None
        advice = write(mended) if mended else None
        raise RefusedError(both(_THINGS, noun=noun.plural), advice)


def counts_things(noun: Noun) -> bool:
    """Tell persons, which are counted, from hectares, which are measured."""
    return noun.plural not in {"", noun.name}


def _check_range(share: Share, *, may_exceed: bool) -> None:
    part, whole = share.part, share.whole
    if part < 0 or whole < 0:
        raise RefusedError(NEGATIVE)
    if whole == 0 and part > 0:
        raise RefusedError(both(_OF_NOTHING, part=decimal_text(part)))
    if part > whole and not may_exceed:
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
    if computed == _read(match[1]):
        return None
    return Stated(text.strip(), f"{decimal_text(computed)}%", share)
