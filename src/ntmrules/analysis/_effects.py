"""What the new ruleset does to a unit."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ntmrules.analysis._changes import Effect, Relation, UnitChange
from ntmrules.analysis._comparison import Comparison
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.model.ruleset import Criterion
from ntmrules.model.unit import Attestation, Unit
from ntmrules.verdict import Verdict


def unit_change(before: RulesetTrace, after: RulesetTrace) -> UnitChange:
    """Compare what a unit came to under the old ruleset and under the new one."""
    old, new = _indicators(before), _indicators(after)
    by = {
        label: (old.get(label), new.get(label))
        for label in {**old, **new}
        if old.get(label) is not new.get(label)
    }
    effect = _effect(before.verdict, after.verdict)
    return UnitChange(
        before.unit, before.date, before.verdict, after.verdict, effect, by
    )


def _indicators(trace: RulesetTrace) -> Mapping[str, Verdict]:
    return {
        indicator.indicator.label: indicator.verdict
        for criterion in (*trace.preconditions, *trace.criteria)
        for indicator in criterion.indicators
    }


def _effect(old: Verdict, new: Verdict) -> Effect:
    if old is new:
        return Effect.SAME
    if new is Verdict.MET:
        return Effect.GAINS
    if new is Verdict.UNKNOWN:
        return Effect.BECOMES_UNKNOWN
    if old is Verdict.MET:
        return Effect.LOSES
    return Effect.BECOMES_KNOWN


def carried_over(unit: Unit, comparison: Comparison) -> Unit:
    """
    Let judgements under the old ruleset count where the new one says the same.

    Else whatever a person has to judge would become unknown, and hide what changes.
    """
    old, new = comparison.old, comparison.new
    given = unit.attestations.get(old.id, {})
    if old.id == new.id or not given:
        return unit
    same = _unchanged(comparison)
    kept: dict[str, Attestation] = {
        label: found for label, found in given.items() if label in same
    }
    kept.update(unit.attestations.get(new.id, {}))
    return attrs.evolve(unit, attestations={**unit.attestations, new.id: kept})


def _unchanged(comparison: Comparison) -> set[str]:
    """Give the labels of the provisions that say what they said."""
    touched = {
        change.label
        for change in comparison.changes
        if change.relation is not Relation.EQUAL
    }
    after = {found.label: found for found in comparison.new.provisions()}
    same = {label for label in comparison.new.indicators if label not in touched}
    same &= comparison.old.indicators.keys()
    for criterion in comparison.old.provisions():
        other = after.get(criterion.label)
        if other is not None and _inside(criterion) == _inside(other) <= same:
            same.add(criterion.label)
    return same - touched


def _inside(criterion: Criterion) -> set[str]:
    return {indicator.label for indicator in criterion.indicators}
