"""
What it would take, exactly, in the units people use.

Source: engine.md section 3.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import cached_property

import attrs

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._numbers import number_text
from ntmrules.assessment._words import POINTS, Words
from ntmrules.exact import Exact
from ntmrules.model.unit import Unit
from ntmrules.text import Language, Text
from ntmrules.tree import Tree


MOST_NAMED = 3
"""How many alternatives, or closest units, a sentence names."""


class GapKind(enum.Enum):
    """What a gap is counted in."""

    COUNT = "count"
    POINTS = "percentage points"
    AMOUNT = "amount"
    NUMBER = "number"
    UNITS = "units"
    CONDITIONS = "conditions"


@attrs.frozen(repr=False, eq=False)
class Near(Tree):
    """A sub-unit, or year, that a quantifier still needs; and its own gap if exact."""

    unit: Unit
    year: int
    gap: Gap | None


@attrs.frozen(repr=False, eq=False)
class Gap(Tree):
    """
    What is between a verdict *not met* and *met*.

    Attributes:
        amount: How much; in the declared scale of the fact, as counts of the noun,
            or in percentage points.
        unit: What it is counted in, as rules write it: ``persons``,
            ``million VND/ha``, ``percentage points``, ``communes``.
        kind: What it is counted in, as a kind.
        fewer: Whether it takes less, not more.
        more_than: Whether the exact amount is not enough yet (a strict ``>``).
        at_least: Whether it may take more: not all members are known.
        points: Of a share: the same in percentage points.
        undecided: Of a quantifier or choice: how many members are unknown.
        parts: Of several conditions at once: the gap of each that has one.
        alternatives: Of a choice: the other ways, cheapest first.
    """

    amount: Exact
    unit: str
    kind: GapKind
    fewer: bool = False
    more_than: bool = False
    at_least: bool = False
    points: Exact | None = None
    undecided: int = 0
    parts: tuple[Gap, ...] = ()
    alternatives: tuple[Gap, ...] = ()
    _closest: Callable[[], tuple[Near, ...]] = attrs.field(
        kw_only=True, default=tuple, eq=False, repr=False
    )
    about: Text | None = attrs.field(kw_only=True, default=None, eq=False, repr=False)
    words: Words = attrs.field(kw_only=True, eq=False, repr=False)
    effort: Exact = attrs.field(kw_only=True, eq=False, repr=False)

    @cached_property
    def closest(self) -> tuple[Near, ...]:
        """
        Of a quantifier: what still lacks, nearest first.

        Worked out when it is asked for: there may be a thousand, each with a gap.
        """
        return self._closest()

    def _names(self) -> tuple[str, ...]:
        return (*super()._names(), "closest")

    def named(self, about: Text | None) -> Gap:
        """Give the same gap, said to be about something."""
        return self._like(about, self.alternatives)

    def with_alternatives(self, alternatives: tuple[Gap, ...]) -> Gap:
        """Give the same gap, with other ways to do without it."""
        return self._like(self.about, alternatives)

    def _like(self, about: Text | None, alternatives: tuple[Gap, ...]) -> Gap:
        # Every gap in a criterion comes here; `attrs.evolve` takes six times as long.
        return Gap(
            self.amount,
            self.unit,
            self.kind,
            self.fewer,
            self.more_than,
            self.at_least,
            self.points,
            self.undecided,
            self.parts,
            alternatives,
            closest=self._closest,
            about=about,
            words=self.words,
            effort=self.effort,
        )

    def text(self, language: Language | str = Language.VI) -> str:
        """Say it in a sentence."""
        language = Language(language)
        sentence = self._itself(language)
        if self.parts:
            named = (part.named_text(language) for part in self.parts)
            sentence = f"{sentence}: {'; '.join(named)}"
        if self.closest:
            sentence += self._named_closest(language)
        for other in self.alternatives[:MOST_NAMED]:
            sentence += p.OR.fill(language, {"gap": other.named_text(language)})
        return sentence

    def named_text(self, language: Language) -> str:
        """Say it in a sentence that begins with what it is about."""
        sentence = self.text(language)
        if self.about is None:
            return sentence
        return f"{self.about.fill(language, {})}: {sentence}"

    def _itself(self, language: Language) -> str:
        if self.amount == 0 and self.more_than:
            return (p.AT_THE_LIMIT_BELOW if self.fewer else p.AT_THE_LIMIT).fill(
                language, {}
            )
        number = number_text(self.amount, language, 0)
        if self.more_than:
            number = p.MORE_THAN.fill(language, {"number": number})
        elif self.at_least:
            number = p.AT_LEAST.fill(language, {"number": number})
        noun = self.words.text(language, single=self.amount == 1)
        values = {"number": number, "noun": f" {noun}" if noun else ""}
        sentence = self._phrase().fill(language, values)
        if self.points and self.kind is not GapKind.POINTS:
            points = number_text(self.points, language, 0)
            noun = POINTS.text(language, single=self.points == 1)
            sentence += f" ({points} {noun})"
        if self.undecided:
            sentence += p.UNDECIDED.fill(language, {"number": self.undecided})
        return sentence

    def _phrase(self) -> Text:
        if self.kind is GapKind.UNITS:
            return p.TOO_MANY if self.fewer else p.NEEDED
        if self.kind is GapKind.CONDITIONS:
            return p.CONDITIONS_TOO_MANY if self.fewer else p.CONDITIONS_NEEDED
        if self.kind is GapKind.COUNT:
            return p.FEWER if self.fewer else p.MORE
        if self.fewer:
            return p.OVER_BY
        return p.LACKING_MORE if self.more_than else p.LACKING

    def _named_closest(self, language: Language) -> str:
        named = []
        for near in self.closest[:MOST_NAMED]:
            what = near.unit.called if self.words.plural != "years" else str(near.year)
            if near.gap is not None:
                what += f" ({near.gap.text(language)})"
            named.append(what)
        rest = len(self.closest) - len(named)
        if rest:
            named.append(p.OTHERS.fill(language, {"number": rest}))
        template = p.CLOSEST if rest or len(named) > 1 else p.THE_ONE
        return template.fill(language, {"units": ", ".join(named)})
