"""
Counting and totalling over sub-units and years.

Source: language.md sections 6 to 8.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ntmrules.evaluate._arithmetic import of_list, weighted
from ntmrules.evaluate._collections import (
    MAX_YEARS,
    absent,
    decide,
    decide_empty,
    tally_members,
    verdict_of,
    with_counts,
)
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._facts import written
from ntmrules.evaluate._steps import at_year, joined, resulting, unknown
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    MemberStep,
    Origin,
    Reason,
    Step,
    ValueStep,
)
from ntmrules.model import expressions as e
from ntmrules.model.types import Value
from ntmrules.model.unit import Members, members
from ntmrules.tree import make
from ntmrules.verdict import Verdict


Decide = Callable[[e.Expression, Context], ConditionStep]
Work = Callable[[e.Expression, Context], ValueStep]
"""The walk, which calls these functions and is called back by them."""


def count_of(node: e.CountOf, here: Context, condition: Decide) -> ValueStep:
    """Count the units of a collection."""
    found = members(here.unit, node.collection.level)
    steps = _members(node.collection, None, found, here, condition)
    tally = tally_members(steps)
    tally = with_counts(tally, found.counts, node.collection, None, here)
    plural = node.collection.level.plural
    least = tally.sure
    wheres = tuple(step.where for step in steps if step.where is not None)
    if found.complete and tally.maybe == 0:
        return ValueStep(
            node, here.unit, here.year, least, origin=Origin.COUNTED, steps=wheres
        )
    return ValueStep(
        node,
        here.unit,
        here.year,
        None,
        reason=absent(found, plural),
        origin=Origin.COUNTED,
        bounds=(least, least + tally.maybe if found.complete else None),
        steps=wheres,
    )


def aggregate(
    node: e.Aggregate, here: Context, value: Work, condition: Decide
) -> ValueStep:
    """Total, average, or take the least or most, over a collection."""
    plural = node.collection.level.plural
    found = members(here.unit, node.collection.level)
    steps: list[Step] = []
    known: list[Value] = []
    weights: list[Value] = []
    complete = True
    for unit in found.units:
        there = here.inside(unit)
        where = _where(node.collection, there, condition)
        if where is not None:
            steps.append(where)
        belongs = verdict_of(where)
        if belongs is Verdict.NOT_MET or belongs is Verdict.NOT_APPLICABLE:
            continue
        step = value(node.value, there)
        steps.append(step)
        weight = None if node.weight is None else value(node.weight, there)
        if weight is not None:
            steps.append(weight)
        if step.not_applicable or (weight is not None and weight.not_applicable):
            continue
        if belongs is Verdict.UNKNOWN or step.value is None:
            complete = False
            continue
        known.append(step.value)
        if weight is not None:
            if weight.value is None:
                complete = False
            else:
                weights.append(weight.value)
    taken = tuple(steps)
    if not found.complete or found.counts:
        return unknown(node, here, absent(found, plural), taken)
    if not complete:
        return unknown(node, here, None, taken)
    if not known:
        reason = Reason(Cause.COLLECTION_EMPTY, {"name": plural})
        return unknown(node, here, reason, taken)
    if node.weight is not None:
        return resulting(node, here, weighted(known, weights, node.type), taken)
    return resulting(node, here, of_list(node.function, known, node.type), taken)


def _where(
    collection: e.Collection, there: Context, condition: Decide
) -> ConditionStep | None:
    return None if collection.where is None else condition(collection.where, there)


def _members(
    collection: e.Collection,
    predicate: e.Expression | None,
    found: Members,
    here: Context,
    condition: Decide,
) -> tuple[MemberStep, ...]:
    wanted = collection.where
    year = here.year
    steps: list[MemberStep] = []
    inside = here.inside
    for unit in found.units:
        there = inside(unit)
        where = None if wanted is None else condition(wanted, there)
        decided = None if predicate is None else condition(predicate, there)
        steps.append(make(MemberStep, (unit, year, where, decided)))
    return tuple(steps)


def over_units(
    node: e.Quantified, over: e.Collection, here: Context, condition: Decide
) -> ConditionStep:
    """Decide a quantifier over sub-units."""
    plural = over.level.plural
    found = members(here.unit, over.level)
    steps = _members(over, node.predicate, found, here, condition)
    tally = with_counts(tally_members(steps), found.counts, over, node.predicate, here)
    if not found.complete:
        tally = attrs.evolve(tally, open=True)
    reason: Reason | None = None
    sure, perhaps = _belonging(over, steps, found)
    if found.complete and not sure and not perhaps:
        verdict, reason = decide_empty(node.quantity, node.if_none, plural)
    else:
        ways = [tally]
        if not sure:
            # Those that may belong and do not apply are not in the tally.
            outside = any(map(_perhaps_outside, steps))
            ways = [*tally.with_one(), *([tally] if outside else [])]
        verdicts = {decide(node.quantity, way) for way in ways}
        if not sure:
            # It may turn out empty, which is decided otherwise.
            empty, _ = decide_empty(node.quantity, node.if_none, plural)
            verdicts.add(empty)
        verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN
        if verdict is Verdict.UNKNOWN:
            reason = absent(found, plural)
    return ConditionStep(
        node, here.unit, here.year, verdict, reason, (), steps, tally, None
    )


def _belonging(
    over: e.Collection, steps: tuple[MemberStep, ...], found: Members
) -> tuple[bool, bool]:
    """Tell whether some units surely belong, and whether some perhaps do."""
    counted = any(counts.total for counts in found.counts)
    if over.where is None:
        return bool(steps) or counted, False
    verdicts = [verdict_of(step.where) for step in steps]
    return Verdict.MET in verdicts, Verdict.UNKNOWN in verdicts or counted


def _perhaps_outside(step: MemberStep) -> bool:
    doubtful = verdict_of(step.where) is Verdict.UNKNOWN
    return doubtful and verdict_of(step.predicate) is Verdict.NOT_APPLICABLE


def over_years(
    node: e.Quantified,
    over: e.Years,
    here: Context,
    value: Work,
    condition: Decide,
) -> ConditionStep:
    """Decide a quantifier over years, each as of its end."""
    first, last = value(over.first, here), value(over.last, here)
    ends = (first, last)
    if first.value is None or last.value is None:
        return joined(node, here, Verdict.UNKNOWN, ends)
    for end in (first.value, last.value):
        if not isinstance(end, int):
            no_year = Reason(Cause.NOT_A_YEAR, {"year": written(end)})
            return ConditionStep(
                node, here.unit, here.year, Verdict.UNKNOWN, no_year, ends
            )
    assert isinstance(first.value, int)
    assert isinstance(last.value, int)
    if last.value - first.value >= MAX_YEARS:
        reason = Reason(Cause.TOO_MANY_YEARS, {"limit": MAX_YEARS})
        return ConditionStep(node, here.unit, here.year, Verdict.UNKNOWN, reason, ends)
    steps: list[MemberStep] = []
    for year in range(first.value, last.value + 1):
        there = at_year(year, here)
        if isinstance(there, Reason):
            step = ConditionStep(
                node.predicate, here.unit, year, Verdict.UNKNOWN, there
            )
        else:
            step = condition(node.predicate, there)
        steps.append(MemberStep(here.unit, year, None, step))
    tally = tally_members(steps)
    verdict = decide(node.quantity, tally)
    why: Reason | None = None
    if not steps:
        verdict, why = decide_empty(node.quantity, node.if_none, "years")
    return ConditionStep(
        node, here.unit, here.year, verdict, why, ends, tuple(steps), tally
    )
