"""
The walk over an expression: one function for values, one for conditions.

Every operand is visited, so the explanation is complete, and order never matters
(language.md section 8).
"""

from __future__ import annotations

import attrs

from ntmrules.evaluate._arithmetic import calculate, call, negative, of_list, weighted
from ntmrules.evaluate._collections import (
    MAX_YEARS,
    absent,
    decide,
    decide_empty,
    tally_members,
    verdict_of,
    with_counts,
)
from ntmrules.evaluate._compare import compare
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._facts import fact_value, granted_year, holding
from ntmrules.evaluate._references import version_on
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
from ntmrules.model.ruleset import threshold
from ntmrules.model.types import Value
from ntmrules.model.unit import Unit, members
from ntmrules.verdict import Verdict, all_of, any_of, negate


# Values.


def value(node: e.Expression, here: Context) -> ValueStep:
    """Work out a value."""
    match node:
        case e.Constant():
            return _known(node, here, node.value, Origin.CONSTANT)
        case e.FactValue():
            return fact_value(node, here)
        case e.Lookup():
            return _lookup(node, here)
        case e.Defined():
            return _taken(node, here, value(node.expression, here))
        case e.CurrentYear():
            return _known(node, here, here.year, Origin.ASSESSMENT)
        case e.GrantedYear():
            return granted_year(node, node.title, here)
        case e.Negative() | e.Arithmetic() | e.Function():
            return _operation(node, here)
        case e.AtYear():
            return _at_year(node, here)
        case e.CountOf():
            return _count_of(node, here)
        case e.Aggregate():
            return _aggregate(node, here)
        case e.ThresholdOf():
            return _threshold_of(node, here)
        case e.If():
            return _if_value(node, here)
        case _:
            msg = f"the checker lets no {type(node).__name__} stand as a value"
            raise TypeError(msg)


def _known(
    node: e.Expression, here: Context, known: Value, origin: Origin
) -> ValueStep:
    return ValueStep(node, here.unit, here.year, known, origin=origin)


def _unknown(
    node: e.Expression,
    here: Context,
    reason: Reason | None,
    steps: tuple[Step, ...] = (),
    origin: Origin = Origin.COMPUTED,
) -> ValueStep:
    return ValueStep(
        node, here.unit, here.year, None, reason=reason, origin=origin, steps=steps
    )


def _dash(node: e.Expression, here: Context, steps: tuple[Step, ...]) -> ValueStep:
    return ValueStep(node, here.unit, here.year, None, not_applicable=True, steps=steps)


def _taken(
    node: e.Expression, here: Context, step: ValueStep, *others: Step
) -> ValueStep:
    """Take over the value of another expression."""
    return ValueStep(
        node,
        here.unit,
        step.year,
        step.value,
        not_applicable=step.not_applicable,
        reason=step.reason,
        origin=step.origin,
        bounds=step.bounds,
        steps=(step, *others),
    )


def _operation(
    node: e.Negative | e.Arithmetic | e.Function, here: Context
) -> ValueStep:
    """Calculate; a dash in any operand makes the result not applicable."""
    steps = tuple(value(operand, here) for operand in e.children(node))
    if any(step.not_applicable for step in steps):
        return _dash(node, here, steps)
    known = [step.value for step in steps if step.value is not None]
    if len(known) < len(steps):
        return _unknown(node, here, None, steps)
    match node:
        case e.Negative():
            result = negative(known[0], node.type)
        case e.Arithmetic():
            result = calculate(node.operator, known[0], known[1], node.type)
        case e.Function():
            result = call(node.name, known, node.type, node.digits)
    return _resulting(node, here, result, steps)


def _resulting(
    node: e.Expression, here: Context, result: Value | Cause, steps: tuple[Step, ...]
) -> ValueStep:
    if isinstance(result, Cause):
        return _unknown(node, here, Reason(result), steps)
    return ValueStep(node, here.unit, here.year, result, steps=steps)


def _lookup(node: e.Lookup, here: Context) -> ValueStep:
    keys: list[e.Key] = []
    steps: list[ValueStep] = []
    for axis in node.axes:
        if isinstance(axis, e.YearAxis):
            keys.append(here.year if here.year in axis.keys else None)
        else:
            step = value(axis.value, here)
            steps.append(step)
            keys.append(str(step.value))
    if any(step.not_applicable for step in steps):
        return _dash(node, here, tuple(steps))
    if any(step.value is None for step in steps):
        return _unknown(node, here, None, tuple(steps), Origin.TABLE)
    key = tuple(keys)
    if key not in node.cells:
        reason = Reason(Cause.NO_COLUMN, {"year": here.year})
        return _unknown(node, here, reason, tuple(steps), Origin.TABLE)
    cell = node.cells[key]
    if cell is None:
        return _dash(node, here, tuple(steps))
    return ValueStep(
        node, here.unit, here.year, cell.value, origin=Origin.TABLE, steps=tuple(steps)
    )


def _year(year: int, here: Context) -> Context | Reason:
    """Move to a year; the future is unknown."""
    if year > here.assessed.year:
        return Reason(Cause.YEAR_TO_COME, {"year": year})
    return here.at(year) if year >= 1 else Reason(Cause.FACT_MISSING, {"name": "year"})


def _at_year(node: e.AtYear, here: Context) -> ValueStep:
    year = value(node.year, here)
    if not isinstance(year.value, int):
        return _taken(node, here, year)
    there = _year(year.value, here)
    if isinstance(there, Reason):
        return _unknown(node, here, there, (year,))
    return _taken(node, here, value(node.value, there), year)


def _count_of(node: e.CountOf, here: Context) -> ValueStep:
    found = members(here.unit, node.collection.level)
    steps = tuple(_member(node.collection, None, unit, here) for unit in found.units)
    tally = tally_members(steps)
    tally = with_counts(
        tally, found.counts, node.collection, None, here.unit.vocabulary
    )
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


def _aggregate(node: e.Aggregate, here: Context) -> ValueStep:
    plural = node.collection.level.plural
    found = members(here.unit, node.collection.level)
    steps: list[Step] = []
    known: list[Value] = []
    weights: list[Value] = []
    complete = True
    for unit in found.units:
        there = here.inside(unit)
        where = _where(node.collection, there)
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
        return _unknown(node, here, absent(found, plural), taken)
    if not complete:
        return _unknown(node, here, None, taken)
    if not known:
        reason = Reason(Cause.COLLECTION_EMPTY, {"name": plural})
        return _unknown(node, here, reason, taken)
    if node.weight is not None:
        return _resulting(node, here, weighted(known, weights, node.type), taken)
    return _resulting(node, here, of_list(node.function, known, node.type), taken)


def _threshold_of(node: e.ThresholdOf, here: Context) -> ValueStep:
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return _unknown(node, here, version)
    indicator = version.indicators.get(node.label)
    wanted = None if indicator is None else threshold(indicator.requirement)
    if indicator is None or wanted is None:
        reason = Reason(
            Cause.NOT_IN_FORCE, {"name": node.label, "date": here.date.isoformat()}
        )
        return _unknown(node, here, reason)
    step = value(wanted, here.under(version))
    if indicator.unverified and not here.accept_unverified:
        reason = Reason(Cause.UNVERIFIED, {"why": indicator.unverified})
        return _unknown(node, here, reason, (step,))
    return _taken(node, here, step)


def _if_value(node: e.If, here: Context) -> ValueStep:
    test = condition(node.condition, here)
    then, otherwise = value(node.then, here), value(node.otherwise, here)
    match test.verdict:
        case Verdict.MET:
            return _taken(node, here, then, test, otherwise)
        case Verdict.NOT_MET:
            return _taken(node, here, otherwise, test, then)
        case Verdict.NOT_APPLICABLE:
            return _dash(node, here, (test, then, otherwise))
        case Verdict.UNKNOWN:
            steps = (test, then, otherwise)
            if then.not_applicable and otherwise.not_applicable:
                return _dash(node, here, steps)
            if then.value is not None and then.value == otherwise.value:
                return ValueStep(node, here.unit, here.year, then.value, steps=steps)
            return _unknown(node, here, None, steps)


# Conditions.


def condition(node: e.Expression, here: Context) -> ConditionStep:
    """Decide a condition."""
    match node:
        case e.Comparison():
            left, right = value(node.left, here), value(node.right, here)
            verdict, reason = compare(node.operator, left, right)
            return ConditionStep(
                node, here.unit, here.year, verdict, reason, (left, right)
            )
        case e.Between():
            return _between(node, here)
        case e.IsTrue():
            truth = value(node.value, here)
            return _joined(node, here, _truth(truth), (truth,))
        case e.Not():
            step = condition(node.operand, here)
            return _joined(node, here, negate(step.verdict), (step,))
        case e.AllOf():
            steps = tuple(condition(operand, here) for operand in node.operands)
            return _joined(node, here, all_of(s.verdict for s in steps), steps)
        case e.AnyOf():
            steps = tuple(condition(operand, here) for operand in node.operands)
            return _joined(node, here, any_of(s.verdict for s in steps), steps)
        case e.If():
            return _if_condition(node, here)
        case e.Defined():
            step = condition(node.expression, here)
            return _joined(node, here, step.verdict, (step,))
        case e.Holds():
            verdict, reason = holding(node.title, here)
            return ConditionStep(node, here.unit, here.year, verdict, reason)
        case e.Meets():
            return _meets(node, here)
        case e.ProvisionVerdict():
            return _provision(node, here)
        case e.Quantified():
            return _quantified(node, here)
        case e.Choice():
            steps = tuple(condition(operand, here) for operand in node.operands)
            return _choice(node, here, node.quantity, steps)
        case e.CriteriaChoice():
            return _criteria(node, here)
        case _:
            msg = f"the checker lets no {type(node).__name__} stand as a condition"
            raise TypeError(msg)


def _joined(
    node: e.Expression, here: Context, verdict: Verdict, steps: tuple[Step, ...]
) -> ConditionStep:
    return ConditionStep(node, here.unit, here.year, verdict, steps=steps)


def _truth(step: ValueStep) -> Verdict:
    if step.not_applicable:
        return Verdict.NOT_APPLICABLE
    if step.value is None:
        return Verdict.UNKNOWN
    return Verdict.MET if step.value is True else Verdict.NOT_MET


def _between(node: e.Between, here: Context) -> ConditionStep:
    middle = value(node.value, here)
    low, high = value(node.low, here), value(node.high, here)
    above, first = compare(">=", middle, low)
    below, second = compare("<=", middle, high)
    verdict = all_of((above, below))
    if Verdict.NOT_APPLICABLE in (above, below):
        verdict = Verdict.NOT_APPLICABLE
    return ConditionStep(
        node, here.unit, here.year, verdict, first or second, (middle, low, high)
    )


def _if_condition(node: e.If, here: Context) -> ConditionStep:
    test = condition(node.condition, here)
    then, otherwise = condition(node.then, here), condition(node.otherwise, here)
    verdict = Verdict.UNKNOWN
    if test.verdict is Verdict.MET:
        verdict = then.verdict
    elif test.verdict is Verdict.NOT_MET:
        verdict = otherwise.verdict
    elif test.verdict is Verdict.NOT_APPLICABLE:
        verdict = Verdict.NOT_APPLICABLE
    elif then.verdict is otherwise.verdict:
        verdict = then.verdict
    return _joined(node, here, verdict, (test, then, otherwise))


def _meets(node: e.Meets, here: Context) -> ConditionStep:
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return ConditionStep(node, here.unit, here.year, Verdict.UNKNOWN, version)
    whole = here.verdicts.whole(here.under(version), version)
    return ConditionStep(node, here.unit, here.year, whole.verdict, provision=whole)


def _provision(node: e.ProvisionVerdict, here: Context) -> ConditionStep:
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return ConditionStep(node, here.unit, here.year, Verdict.UNKNOWN, version)
    there = here.under(version)
    trace = (
        here.verdicts.criterion(there, version, node.label)
        if node.kind == "criterion"
        else here.verdicts.indicator(there, version, node.label)
    )
    return ConditionStep(node, here.unit, here.year, trace.verdict, provision=trace)


def _choice(
    node: e.Choice | e.CriteriaChoice,
    here: Context,
    quantity: e.Quantity,
    steps: tuple[ConditionStep, ...],
) -> ConditionStep:
    tally = tally_members(
        MemberStep(here.unit, here.year, None, step) for step in steps
    )
    verdict = decide(quantity, tally)
    return ConditionStep(node, here.unit, here.year, verdict, steps=steps, tally=tally)


def _criteria(node: e.CriteriaChoice, here: Context) -> ConditionStep:
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return ConditionStep(node, here.unit, here.year, Verdict.UNKNOWN, version)
    steps = tuple(
        _provision(
            e.ProvisionVerdict("criterion", label, node.ruleset, span=node.span), here
        )
        for label in version.criteria
        if label not in node.excepted
    )
    if node.quantity.word == "any":
        return _joined(node, here, any_of(step.verdict for step in steps), steps)
    return _choice(node, here, node.quantity, steps)


def _where(collection: e.Collection, here: Context) -> ConditionStep | None:
    return None if collection.where is None else condition(collection.where, here)


def _member(
    collection: e.Collection, predicate: e.Expression | None, unit: Unit, here: Context
) -> MemberStep:
    there = here.inside(unit)
    where = _where(collection, there)
    decided = None if predicate is None else condition(predicate, there)
    return MemberStep(unit, here.year, where, decided)


def _quantified(node: e.Quantified, here: Context) -> ConditionStep:
    if isinstance(node.collection, e.Years):
        return _over_years(node, node.collection, here)
    plural = node.collection.level.plural
    found = members(here.unit, node.collection.level)
    steps = tuple(
        _member(node.collection, node.predicate, unit, here) for unit in found.units
    )
    tally = with_counts(
        tally_members(steps),
        found.counts,
        node.collection,
        node.predicate,
        here.unit.vocabulary,
    )
    belonging = [s for s in steps if verdict_of(s.where) in _MAY_BELONG]
    empty = not belonging and not any(counts.total for counts in found.counts)
    reason: Reason | None
    if found.complete and empty:
        verdict, reason = decide_empty(node.quantity, node.if_none, plural)
    else:
        tally = attrs.evolve(tally, open=not found.complete)
        verdict = decide(node.quantity, tally)
        reason = absent(found, plural) if verdict is Verdict.UNKNOWN else None
    return ConditionStep(
        node, here.unit, here.year, verdict, reason, members=steps, tally=tally
    )


_MAY_BELONG = (Verdict.MET, Verdict.UNKNOWN)


def _over_years(node: e.Quantified, years: e.Years, here: Context) -> ConditionStep:
    first, last = value(years.first, here), value(years.last, here)
    ends = (first, last)
    if not isinstance(first.value, int) or not isinstance(last.value, int):
        return _joined(node, here, Verdict.UNKNOWN, ends)
    if last.value - first.value >= MAX_YEARS:
        reason = Reason(Cause.TOO_MANY_YEARS, {"limit": MAX_YEARS})
        return ConditionStep(node, here.unit, here.year, Verdict.UNKNOWN, reason, ends)
    steps: list[MemberStep] = []
    for year in range(first.value, last.value + 1):
        there = _year(year, here)
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
