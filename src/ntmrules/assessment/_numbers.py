"""
Exact numbers for people: enough digits, in the marks of the language.

What is shown stays on its side of the figure it was compared with, so that no
explanation says "95%" beside "not met".
"""

from __future__ import annotations

from ntmrules.exact import Exact, decimal_text, rounded
from ntmrules.text import Language


_USUAL = 2
_IN_FULL = 4


def places(value: Exact) -> int | None:
    """Count the decimals of *value*; `None` when it takes more than a few."""
    for digits in range(_IN_FULL + 1):
        if rounded(value, digits) == value:
            return digits
    return None


def digits_for(value: Exact, *rivals: Exact) -> int:
    """
    Tell how many decimals show *value* apart from each rival it differs from.
    """
    needed = [places(shown) or 0 for shown in (value, *rivals)]
    digits = max(_USUAL, *needed)
    while any(
        _order(rounded(value, digits), rounded(rival, digits)) != _order(value, rival)
        for rival in rivals
    ):
        digits += 1
    return digits


def _order(first: Exact, second: Exact) -> int:
    return (first > second) - (first < second)


def number_text(value: Exact, language: Language, *rivals: Exact) -> str:
    """Write *value*, such as ``190.113`` or ``93,02``, apart from its rivals."""
    return _localised(decimal_text(value, digits_for(value, *rivals)), language)


def _localised(text: str, language: Language) -> str:
    """Put a plain decimal in the marks of the language, thousands grouped."""
    if "^" in text:
        return text
    sign = "-" if text.startswith("-") else ""
    whole, _, decimals = text.removeprefix("-").partition(".")
    group, mark = (".", ",") if language is Language.VI else (",", ".")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{sign}{grouped}{mark if decimals else ''}{decimals}"


def percent_text(share: Exact, language: Language, *rivals: Exact) -> str:
    """Write a share as a percentage; *rivals* are shares too."""
    others = (rival * 100 for rival in rivals)
    return f"{number_text(share * 100, language, *others)}%"
