"""
Rulesets, criteria and indicators, each evaluated once per unit and date.

Source: language.md section 1.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from ntmrules.diagnostics import Code, Diagnostic, codes, fold
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._walk import CONDITIONS, condition
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    ProvisionTrace,
    Reason,
    RulesetTrace,
)
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset
from ntmrules.model.unit import Attestation
from ntmrules.text import Fill
from ntmrules.tree import make
from ntmrules.verdict import Verdict, all_of


Place = tuple[int, int, datetime.date, bool]

_MET, _UNKNOWN = Verdict.MET, Verdict.UNKNOWN
_NO_DOUBTS: Sequence[Reason] = ()


class _Known:
    """What is known of one ruleset, about one unit, on one date."""

    __slots__ = ("criteria", "indicators", "whole")

    def __init__(self) -> None:
        self.whole: RulesetTrace | None = None
        self.criteria: dict[str, CriterionTrace] = {}
        self.indicators: dict[str, IndicatorTrace] = {}


class Provisions:
    """
    Evaluates rulesets and their provisions, remembering each for one run.

    Attributes:
        doubts: The unverified figures of tables that were come upon.
    """

    def __init__(self) -> None:
        self.doubts: list[Reason] = []
        self._known: dict[Place, _Known] = {}
        # By trace: the unverified figure that a provision rests on, if it does.
        self._doubt_of: dict[int, Reason] = {}

    def _at(self, here: Context, ruleset: Ruleset) -> _Known:
        place = (id(here.unit), id(ruleset), here.date, here.accept_unverified)
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = _Known()
        return known

    def _doubt(self, trace: RulesetTrace | ProvisionTrace) -> None:
        """Come upon the unverified figure of a provision that is known already."""
        doubt = self._doubt_of.get(id(trace))
        if doubt is not None:
            self.doubts.append(doubt)

    def whole(self, here: Context, ruleset: Ruleset) -> RulesetTrace:
        """Evaluate a whole ruleset."""
        known = self._at(here, ruleset)
        if known.whole is not None:
            self._doubt(known.whole)
            return known.whole
        before = len(self.doubts)
        known.whole = trace = self._whole(here, ruleset, known)
        if len(self.doubts) > before:
            self._doubt_of[id(trace)] = self.doubts[before]
        return trace

    def _whole(self, here: Context, ruleset: Ruleset, known: _Known) -> RulesetTrace:
        preconditions, criteria = (
            tuple(
                [self._criterion(here, ruleset, one, known) for one in group.values()]
            )
            for group in (ruleset.preconditions, ruleset.criteria)
        )
        confers = ruleset.confers
        when = None
        if confers is not None and confers.when is not None:
            when = condition(confers.when, here)
            verdict = when.verdict
        else:
            verdict = all_of([one.verdict for one in (*preconditions, *criteria)])
        return RulesetTrace(
            ruleset, here.unit, here.date, verdict, preconditions, criteria, when
        )

    def criterion(self, here: Context, ruleset: Ruleset, label: str) -> CriterionTrace:
        """Evaluate one criterion or precondition."""
        criterion = ruleset.criteria.get(label) or ruleset.preconditions[label]
        return self._criterion(here, ruleset, criterion, self._at(here, ruleset))

    def _criterion(
        self, here: Context, ruleset: Ruleset, criterion: Criterion, known: _Known
    ) -> CriterionTrace:
        found = known.criteria.get(criterion.label)
        if found is not None:
            self._doubt(found)
            return found
        before = len(self.doubts)
        trace = self._decide(here, ruleset, criterion, known)
        known.criteria[criterion.label] = trace
        if len(self.doubts) > before:
            self._doubt_of[id(trace)] = self.doubts[before]
        return trace

    def _decide(
        self, here: Context, ruleset: Ruleset, criterion: Criterion, known: _Known
    ) -> CriterionTrace:
        indicators = tuple(
            [self._indicator(here, ruleset, one, known) for one in criterion.indicators]
        )
        applies = None
        if criterion.applies is not None:
            applies = condition(criterion.applies, here)
        passes = None
        if criterion.passes is not None:
            passes = condition(criterion.passes, here)
            verdict = passes.verdict
        else:
            verdict = all_of([trace.verdict for trace in indicators])
        computed, reason = verdict, None
        if applies is not None:
            computed, reason = _where_it_applies(applies, verdict)
        used: Attestation | None = None
        if criterion.holds_its_requirement:
            # It is its one indicator: attestation, reason and all.
            own = indicators[0]
            computed, used, reason = own.computed, own.recorded, own.reason
        elif here.unit.attestations:
            used = _recorded(here, ruleset, criterion.label, computed)
        return CriterionTrace(
            criterion,
            here.unit,
            computed if used is None else used.verdict,
            computed,
            used,
            applies,
            indicators,
            passes,
            reason if used is None else None,
        )

    def indicator(self, here: Context, ruleset: Ruleset, label: str) -> IndicatorTrace:
        """Evaluate one indicator."""
        indicator = ruleset.indicators[label]
        return self._indicator(here, ruleset, indicator, self._at(here, ruleset))

    def _indicator(
        self, here: Context, ruleset: Ruleset, indicator: Indicator, known: _Known
    ) -> IndicatorTrace:
        found = known.indicators.get(indicator.label)
        if found is not None:
            self._doubt(found)
            return found
        before = len(self.doubts)
        trace = _indicator(here, ruleset, indicator)
        known.indicators[indicator.label] = trace
        if len(self.doubts) > before:
            self._doubt_of[id(trace)] = self.doubts[before]
        return trace


def _where_it_applies(
    applies: ConditionStep, verdict: Verdict
) -> tuple[Verdict, Reason | None]:
    """
    Take ``applies when`` into account.

    False or not applicable makes it not applicable; unknown makes it unknown even
    where the requirement is met.
    """
    if applies.verdict is _MET:
        return verdict, None
    if applies.verdict is _UNKNOWN:
        return _UNKNOWN, Reason(Cause.APPLIES_UNKNOWN)
    return Verdict.NOT_APPLICABLE, None


def _indicator(here: Context, ruleset: Ruleset, indicator: Indicator) -> IndicatorTrace:
    applies = None
    if indicator.applies is not None:
        applies = condition(indicator.applies, here)
    wanted = indicator.requirement
    requirement: ConditionStep | None = None
    reason: Reason | None = None
    known, doubts = here.verdicts.doubts, _NO_DOUBTS
    by = ""
    if isinstance(wanted, Attested):
        by, verdict = wanted.by, _UNKNOWN
        reason = Reason(Cause.NOT_ATTESTED)
    else:
        noted = len(known)
        # Nearly every requirement is one condition: `condition`, written out.
        requirement = CONDITIONS[wanted.__class__](wanted, here)
        verdict = requirement.verdict
        if len(known) > noted:
            doubts = known[noted:]
    unverified_verdict: Verdict | None = None
    if indicator.unverified or doubts:
        unverified_verdict = _accepted(indicator, here) if doubts else verdict
        if applies is not None:
            unverified_verdict, _ = _where_it_applies(applies, unverified_verdict)
    if indicator.unverified:
        reason = Reason(Cause.UNVERIFIED, {"why": indicator.unverified})
        if not here.accept_unverified:
            verdict = _UNKNOWN
    elif doubts:
        reason = doubts[0]
    computed, unsure = verdict, None
    if applies is not None:
        computed, unsure = _where_it_applies(applies, verdict)
    used: Attestation | None = None
    if here.unit.attestations:
        used = _recorded(here, ruleset, indicator.label, computed, by)
    final = computed if used is None else used.verdict
    fields = (
        indicator,
        here.unit,
        final,
        computed,
        used,
        unverified_verdict,
        applies,
        requirement,
        (unsure or reason) if final is _UNKNOWN else None,
    )
    return make(IndicatorTrace, fields)


def _accepted(indicator: Indicator, here: Context) -> Verdict:
    """Say what the requirement would come to if unverified figures counted."""
    if isinstance(indicator.requirement, Attested):
        return Verdict.UNKNOWN
    return condition(indicator.requirement, here.accepting()).verdict


def _recorded(
    here: Context, ruleset: Ruleset, label: str, computed: Verdict, by: str = ""
) -> Attestation | None:
    """
    Let an attestation stand where the facts leave a verdict unknown.

    Where the facts decide they win, and a disagreement is a finding.  It must have
    been made while this version was in force, and by the date looked at.
    """
    attestations = here.unit.attestations.get(ruleset.id)
    found = None if attestations is None else attestations.get(label)
    if found is None or found.verdict is Verdict.UNKNOWN:
        return None
    if found.on is None:
        _notice(here, codes.ATTESTED_UNDATED, found, {"label": label})
        return None
    if found.on > here.date:
        dates = {"on": found.on, "date": here.date}
        _notice(here, codes.ATTESTED_LATER, found, {"label": label, **dates})
        return None
    if found.on < ruleset.start:
        noted: dict[str, Fill] = {
            "label": label,
            "ruleset": ruleset.id,
            "on": found.on,
            "start": ruleset.start,
        }
        _notice(here, codes.ATTESTED_EARLIER, found, noted)
        return None
    if computed is Verdict.UNKNOWN:
        if by and found.by and fold(by) != fold(found.by):
            values: dict[str, Fill] = {"label": label, "wanted": by, "found": found.by}
            _notice(here, codes.ATTESTED_BY_OTHER, found, values)
        return found
    if found.verdict is not computed:
        verdicts = {"recorded": VERDICTS[found.verdict], "computed": VERDICTS[computed]}
        _notice(here, codes.RECORD_CONTRADICTED, found, {"label": label, **verdicts})
    return None


def _notice(
    here: Context, code: Code, found: Attestation, values: Mapping[str, Fill]
) -> None:
    here.sink.add(Diagnostic(code, found.span, values, place=here.unit.called))
