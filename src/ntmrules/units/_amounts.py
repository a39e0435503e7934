"""
Amounts: a number in the unit that the vocabulary declares, or with its own unit.

Source: language.md section 3, engine.md section 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ntmrules._yaml import Scalar
from ntmrules.diagnostics import Help, nearest
from ntmrules.exact import Exact
from ntmrules.measure import SCALES, Dimensions, Measure, product
from ntmrules.model.types import Noun
from ntmrules.text import Text
from ntmrules.units._complaints import both
from ntmrules.units._numbers import (
    NEGATIVE,
    RefusedError,
    check_length,
    read_exact,
    scaled,
)
from ntmrules.units._repair import Wanted, advise


# A unit may hold a digit right after a letter, as m2 does; e5 is an exponent.
_WITH_UNIT = re.compile(
    r"\s*([+-]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?)"
    r"\s*((?![eE]\d)[^\W\d_](?:[^\d.,%]|(?<=[^\W\d_])\d)*)?"
)
_WORD = re.compile(r"\s*([*/]?)\s*(\w+)")

_AN_AMOUNT = Text(
    "it must be a number, with or without a unit such as `{unit}`",
    "phải là một số, có hoặc không kèm đơn vị như `{unit}`",
)
_OTHER_UNIT = Text(
    "it is measured in `{wanted}`, and `{found}` is another thing",
    "số liệu tính bằng `{wanted}`, còn `{found}` là thứ khác",
)
_NO_UNIT = Text(
    "`{name}` is no unit of the vocabulary", "từ vựng không có đơn vị `{name}`"
)
_NEAREST = Text("did you mean `{name}`?", "có phải ý bạn là `{name}`?")
_IN_UNIT = Text(
    "give it in `{unit}`, with or without the unit",
    "hãy ghi theo `{unit}`, có hoặc không kèm đơn vị",
)


def read_amount(scalar: Scalar, measure: Measure, nouns: Mapping[str, Noun]) -> Exact:
    """
    Read an amount into the unscaled unit.

    An amount is never below 0: what the rules of the programme measure (income,
    land, debt, output) has no negative figures, and a stray sign is a mistake.
    """
    value = scalar.value
    if isinstance(value, str):
        check_length(value)
        match = _WITH_UNIT.fullmatch(value)
        if match is None:
            reason = both(_AN_AMOUNT, unit=measure.symbol)
            raise RefusedError(*advise(scalar, Wanted.AMOUNT, reason))
        text, unit = match.groups()
        scale = measure.scale
        if unit and (unit := unit.rstrip()) != measure.symbol:
            scale = _scale_of(unit, measure, nouns)
        number = scaled(text, scale.numerator, scale.denominator)
    else:
        number = read_exact(scalar, Wanted.AMOUNT, measure.scale)
    if number.numerator < 0:
        raise RefusedError(NEGATIVE)
    return number


def _scale_of(text: str, measure: Measure, nouns: Mapping[str, Noun]) -> Exact:
    scale, dimensions = _read_unit(text, measure, nouns)
    if dimensions != measure.dimensions:
        raise RefusedError(
            both(_OTHER_UNIT, wanted=measure.symbol, found=" ".join(text.split())),
            Help(_IN_UNIT, {"unit": measure.symbol}),
        )
    return scale


def _read_unit(
    text: str, measure: Measure, nouns: Mapping[str, Noun]
) -> tuple[int, Dimensions]:
    """Read a unit such as ``million VND/person``."""
    scale = 1
    dimensions: Dimensions = ()
    first, _, rest = text.partition(" ")
    if first in SCALES and not rest:
        raise RefusedError(both(_AN_AMOUNT, unit=measure.symbol))
    if first in SCALES:
        scale, text = SCALES[first], rest
    sign, position = "", 0
    while position < len(text):
        word = _WORD.match(text, position)
        # One sign between two units, none before the first.
        if word is None or bool(word[1]) is not bool(position):
            raise RefusedError(both(_AN_AMOUNT, unit=measure.symbol))
        sign, position = word[1], word.end()
        unit = ((_unit_name(word[2], measure, nouns), 1),)
        dimensions = product(dimensions, unit, -1 if sign == "/" else 1)
    return scale, dimensions


def _unit_name(word: str, measure: Measure, nouns: Mapping[str, Noun]) -> str:
    if word in nouns:
        return word
    for noun in nouns.values():
        if noun.plural == word:
            return noun.name
    close = nearest(word, [*nouns, *SCALES])
    advice = (
        Help(_NEAREST, {"name": close[0]})
        if close
        else Help(_IN_UNIT, {"unit": measure.symbol})
    )
    raise RefusedError(both(_NO_UNIT, name=word), advice)
