"""What is asked of tables: by which rules, on which date, and how they are read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import attrs

from ntmrules.batch._needs import Needs, needs_of
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Fact


@attrs.frozen
class Task:
    """
    A question to tables.

    Attributes:
        ruleset: The rules.
        as_of: The date of the assessment, and of the figures.
        scales: What a share given as one number is, ``"percent"`` or ``"fraction"``,
            by fact; under ``""`` for all others.
        accept_unverified: Whether figures marked ``unverified`` count.
    """

    ruleset: Ruleset
    as_of: datetime.date
    scales: Mapping[str, str]
    accept_unverified: bool
    needs: Needs = attrs.field(init=False)

    @needs.default
    def _needed(self) -> Needs:
        return needs_of(self.ruleset)

    def facts_inside(self, plural: str) -> dict[str, Fact]:
        """Give the facts that are asked of sub-units, those that add up included."""
        adding = {name: f for name, f in self.needs.facts.items() if f.sums_up}
        return {**self.needs.inside.get(plural, {}), **adding}
