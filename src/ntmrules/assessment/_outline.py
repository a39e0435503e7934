"""What an explanation and a document of an assessment are written from."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ntmrules.assessment._counts import Counts
from ntmrules.assessment._missing import Missing
from ntmrules.assessment._receipt import Receipt
from ntmrules.assessment._results import CriterionResult
from ntmrules.diagnostics import Diagnostic
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.tree import Tree


@attrs.frozen(repr=False, eq=False)
class Outline(Tree):
    """
    The parts of an assessment.

    Attributes:
        effective: Whether the ruleset is in force on the date and no draft.
    """

    trace: RulesetTrace
    accept_unverified: bool
    effective: bool
    grants: str | None
    revokes: str | None
    preconditions: Mapping[str, CriterionResult]
    criteria: Mapping[str, CriterionResult]
    counts: Counts
    missing: tuple[Missing, ...]
    findings: tuple[Diagnostic, ...]
    receipt: Receipt

    @property
    def results(self) -> tuple[CriterionResult, ...]:
        """The preconditions and criteria, in the order of the file."""
        return (*self.preconditions.values(), *self.criteria.values())
