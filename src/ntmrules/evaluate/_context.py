"""Where and when an expression is evaluated."""

from __future__ import annotations

import datetime
from typing import Protocol

import attrs

from ntmrules.diagnostics import Sink
from ntmrules.evaluate.trace import (
    CriterionTrace,
    IndicatorTrace,
    Reason,
    RulesetTrace,
)
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit


class Verdicts(Protocol):
    """What the walk asks back: the verdicts of rulesets and their provisions."""

    doubts: list[Reason]

    def whole(self, here: Context, ruleset: Ruleset) -> RulesetTrace:
        """Evaluate a whole ruleset."""

    def criterion(self, here: Context, ruleset: Ruleset, label: str) -> CriterionTrace:
        """Evaluate one criterion or precondition."""

    def indicator(self, here: Context, ruleset: Ruleset, label: str) -> IndicatorTrace:
        """Evaluate one indicator."""


@attrs.define(on_setattr=None, eq=False)
class Context:
    """
    Where and when; nothing in it ever changes.

    It is not guarded against that: each sub-unit has one of its own, and a frozen
    class takes three times as long to make.

    Attributes:
        unit: The unit at hand.
        ruleset: The ruleset at hand, to which bare labels belong.
        year: The year looked at.
        date: The date looked at: the assessment date in its year, otherwise the
            end of the year.
        assessed: The assessment date.
        facts_date: The date of the unit's plain facts.
        verdicts: Evaluates rulesets and provisions, each once.
        sink: Gathers findings.
        accept_unverified: Whether unverified figures count.
        plain: Whether the unit's plain facts are those of the year looked at.  Facts
            of an earlier date stand for the assessment year too, with a finding;
            facts of a later date than the assessment never count.
    """

    unit: Unit
    ruleset: Ruleset
    year: int
    date: datetime.date
    assessed: datetime.date
    facts_date: datetime.date
    verdicts: Verdicts
    sink: Sink
    accept_unverified: bool
    plain: bool = attrs.field()

    @plain.default
    def _plain_facts_count(self) -> bool:
        if self.facts_date > self.assessed:
            return False
        return self.year in (self.facts_date.year, self.assessed.year)

    def inside(self, unit: Unit) -> Context:
        """Move to a sub-unit."""
        if unit.as_of is not None:
            return self._moved(unit, self.year, self.date, unit.as_of)
        # Every member of every quantifier comes here.
        return Context(
            unit,
            self.ruleset,
            self.year,
            self.date,
            self.assessed,
            self.facts_date,
            self.verdicts,
            self.sink,
            self.accept_unverified,
            self.plain,
        )

    def at(self, year: int) -> Context:
        """Move to the end of a year, which is not after the assessment."""
        if year == self.year:
            return self
        end = min(datetime.date(year, 12, 31), self.assessed)
        return self._moved(self.unit, year, end, self.facts_date)

    def _moved(
        self, unit: Unit, year: int, date: datetime.date, facts_date: datetime.date
    ) -> Context:
        return Context(
            unit,
            self.ruleset,
            year,
            date,
            self.assessed,
            facts_date,
            self.verdicts,
            self.sink,
            self.accept_unverified,
        )

    def under(self, ruleset: Ruleset) -> Context:
        """Move to another ruleset."""
        if ruleset is self.ruleset:
            return self
        return attrs.evolve(self, ruleset=ruleset)

    def accepting(self) -> Context:
        """Let unverified figures count."""
        return attrs.evolve(self, accept_unverified=True)
