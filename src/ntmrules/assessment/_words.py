"""Words from the vocabulary: nouns, units of measurement, in both languages."""

from __future__ import annotations

import attrs

from ntmrules.measure import SCALES, Measure
from ntmrules.model.types import Noun
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.text import Language, Text


_SCALES_VI = (("thousand", "nghìn"), ("million", "triệu"), ("billion", "tỷ"))


@attrs.frozen
class Words:
    """
    What to call one thing, and several.

    Attributes:
        plural: As rules write it.
    """

    plural: str
    one: Text
    many: Text

    def text(self, language: Language, *, single: bool) -> str:
        """Write the word that goes with a number."""
        return (self.one if single else self.many).fill(language, {})


YEARS = Words("years", Text("year", "năm"), Text("years", "năm"))
POINTS = Words(
    "percentage points",
    Text("percentage point", "điểm %"),
    Text("percentage points", "điểm %"),
)
CONDITIONS = Words(
    "conditions", Text("condition", "điều kiện"), Text("conditions", "điều kiện")
)
CRITERIA = Words(
    "criteria", Text("criterion", "tiêu chí"), Text("criteria", "tiêu chí")
)
NO_UNIT = Words("", Text("", ""), Text("", ""))


def within(label: str) -> str:
    """Put a label inside a sentence: ``Xã`` becomes ``xã``, ``OCOP`` stays."""
    if len(label) > 1 and label[1].isupper():
        return label
    return label[:1].lower() + label[1:]


def counted(noun: Noun | Level) -> Words:
    """Give the words for what is counted."""
    vietnamese = within(noun.label.vi)
    one, many = noun.name.replace("_", " "), noun.plural.replace("_", " ")
    return Words(noun.plural, Text(one, vietnamese), Text(many, vietnamese))


def measured(measure: Measure, vocabulary: Vocabulary) -> Words:
    """Give the words for a unit such as ``million VND/person``."""
    above: list[str] = []
    below: list[str] = []
    for name, exponent in measure.dimensions:
        label = within(_label(name, vocabulary).vi)
        (above if exponent > 0 else below).extend([label] * abs(exponent))
    unit = "/".join([" × ".join(above) or "1", *below])
    scales = dict(_SCALES_VI)
    scale = next((s for s, size in SCALES.items() if size == measure.scale), None)
    symbol = measure.symbol
    vietnamese = unit if measure.scale == 1 else symbol
    if scale is not None:
        vietnamese = f"{scales[scale]} {unit}"
    words = Text(symbol, vietnamese)
    return Words(symbol, words, words)


def _label(name: str, vocabulary: Vocabulary) -> Text:
    noun = vocabulary.nouns.get(name)
    if noun is not None:
        return noun.label
    level = vocabulary.levels.get(name)
    return Text(name, name) if level is None else level.label
