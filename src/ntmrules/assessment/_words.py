"""Words from the vocabulary: nouns, units of measurement, in both languages."""

from __future__ import annotations

import attrs

from ntmrules.measure import Measure
from ntmrules.model.types import Noun
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.model.words import unit_of, within
from ntmrules.text import Language, Text
from ntmrules.tree import Tree


@attrs.frozen(repr=False, eq=False)
class Words(Tree):
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


def counted(noun: Noun | Level) -> Words:
    """Give the words for what is counted."""
    vietnamese = within(noun.label.vi)
    one, many = noun.name.replace("_", " "), noun.plural.replace("_", " ")
    return Words(noun.plural, Text(one, vietnamese), Text(many, vietnamese))


def measured(measure: Measure, vocabulary: Vocabulary) -> Words:
    """Give the words for a unit such as ``million VND/person``."""
    labels = {name: _label(name, vocabulary).vi for name, _ in measure.dimensions}
    words = unit_of(measure, labels)
    return Words(measure.symbol, words, words)


def _label(name: str, vocabulary: Vocabulary) -> Text:
    noun = vocabulary.nouns.get(name)
    if noun is not None:
        return noun.label
    level = vocabulary.levels.get(name)
    return Text(name, name) if level is None else level.label
