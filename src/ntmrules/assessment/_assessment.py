"""
What evaluating a ruleset returns to a caller.

An assessment wraps the trace; everything else is worked out when it is asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import attrs

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._counts import Counts, count
from ntmrules.assessment._line import Line
from ntmrules.assessment._missing import Missing
from ntmrules.assessment._outline import Outline
from ntmrules.assessment._receipt import Receipt, receipt_of
from ntmrules.assessment._results import CriterionResult, Further, results_of
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.text import Fill, Language
from ntmrules.verdict import Verdict


_IN_FORCE = "in force"


@attrs.frozen
class Assessment:
    """
    What a unit came to under a ruleset on a date.

    Attributes:
        trace: Every provision and operand with its value, origin and verdict.
        accept_unverified: Whether figures marked ``unverified`` counted.
    """

    trace: RulesetTrace = attrs.field(repr=False)
    accept_unverified: bool = False
    _facts_hash: Callable[[Unit], str] | None = attrs.field(
        default=None, eq=False, repr=False
    )

    @property
    def verdict(self) -> Verdict:
        """The verdict of the whole."""
        return self.trace.verdict

    @property
    def ruleset(self) -> Ruleset:
        """The version of the ruleset that was applied."""
        return self.trace.ruleset

    @property
    def unit(self) -> Unit:
        """The unit that was assessed."""
        return self.trace.unit

    @property
    def as_of(self) -> datetime.date:
        """The assessment date."""
        return self.trace.date

    @property
    def grants(self) -> str | None:
        """The title that is earned; `None` unless met under a ruleset in force."""
        return self._confers(revokes=False)

    @property
    def revokes(self) -> str | None:
        """The title that must be withdrawn; `None` as for `grants`."""
        return self._confers(revokes=True)

    @property
    def effective(self) -> bool:
        """Whether the ruleset is in force on the date and no draft."""
        ruleset = self.ruleset
        return ruleset.status == _IN_FORCE and ruleset.in_force(self.as_of)

    def _confers(self, *, revokes: bool) -> str | None:
        confers = self.ruleset.confers
        if confers is None or confers.revokes is not revokes or not self.effective:
            return None
        return confers.title.name if self.verdict is Verdict.MET else None

    @cached_property
    def preconditions(self) -> Mapping[str, CriterionResult]:
        """The preconditions by label, in the order of the file."""
        return results_of(self.trace.preconditions, self._further)

    @cached_property
    def criteria(self) -> Mapping[str, CriterionResult]:
        """The criteria by label, in the order of the file."""
        return results_of(self.trace.criteria, self._further)

    @cached_property
    def _further(self) -> Further:
        return Further(self.trace, accept_unverified=self.accept_unverified)

    @property
    def unmet(self) -> tuple[CriterionResult, ...]:
        """The preconditions and criteria that are not met, in the order of the file."""
        return tuple(
            result
            for group in (self.preconditions, self.criteria)
            for result in group.values()
            if result.verdict is Verdict.NOT_MET
        )

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """
        What could still change the verdict, and only that.

        Nothing when the verdict is decided; each result tells what could still
        change its own.
        """
        return self._further.missing(self.trace)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was noticed about the facts, the dates and the ruleset."""
        return (*self.trace.findings, *self._about_the_ruleset())

    def _about_the_ruleset(self) -> tuple[Diagnostic, ...]:
        ruleset = self.ruleset
        found = []
        if ruleset.status != _IN_FORCE:
            values: dict[str, Fill] = {
                "name": ruleset.id,
                "status": p.STATUS.get(ruleset.status, ruleset.status),
            }
            found.append(Diagnostic(codes.DRAFT_USED, ruleset.span, values))
        if not ruleset.in_force(self.as_of):
            end = ruleset.end
            values = {
                "name": ruleset.id,
                "start": ruleset.start,
                "end": p.NO_END if end is None else end,
                "date": self.as_of,
            }
            found.append(Diagnostic(codes.OUTSIDE_DATES, ruleset.span, values))
        return tuple(found)

    @cached_property
    def counts(self) -> Counts:
        """How many criteria came to which verdict."""
        return count(trace.verdict for trace in self.trace.criteria)

    @property
    def group(self) -> str | None:
        """
        The programme's group of a set of 19: 19, 15-18, 10-14 or under 10.

        `None` for other sizes, or where unknown criteria leave it open; then
        ``counts.groups`` has the possible ones.
        """
        groups = self.counts.groups
        return groups[0] if len(groups) == 1 else None

    @cached_property
    def receipt(self) -> Receipt:
        """What it rested on, so that it can be repeated."""
        taken = None if self._facts_hash is None else self._facts_hash(self.unit)
        return receipt_of(self.trace, taken, accept_unverified=self.accept_unverified)

    def lines(self, language: Language | str = Language.VI) -> Iterator[Line]:
        """Tell everything, line by line, in parts that can be coloured."""
        # Telling is imported when it is first asked for: verdicts do not need it.
        from ntmrules.assessment._explain import explain

        return explain(self._outline(), Language(language))

    def explain(self, language: Language | str = Language.VI) -> str:
        """Tell everything as plain text: the verdict, the reasons, what is missing."""
        return "\n".join(line.text for line in self.lines(language))

    def to_dict(self) -> dict[str, object]:
        """
        Give everything as what JSON can hold, exact numbers as text.

        Its shape is fixed by docs/reference/assessment-1.schema.json.
        """
        from ntmrules.assessment._document import document

        return dict(document(self._outline()))

    def _outline(self) -> Outline:
        return Outline(
            self.trace,
            self.accept_unverified,
            self.effective,
            self.grants,
            self.revokes,
            self.preconditions,
            self.criteria,
            self.counts,
            self.missing,
            self.findings,
            self.receipt,
        )


def assess(
    trace: RulesetTrace,
    *,
    accept_unverified: bool,
    facts_hash: Callable[[Unit], str] | None = None,
) -> Assessment:
    """
    Wrap a trace as an assessment.

    Args:
        trace: What `ntmrules.evaluate.evaluate` returned.
        accept_unverified: As it was told to evaluation.
        facts_hash: Gives the fingerprint of a unit, for the receipt.
    """
    return Assessment(trace, accept_unverified, facts_hash)
