"""
The walk over an expression: one function for values, one for conditions.

Every operand is visited, so the explanation is complete, and order never matters
(language.md section 8).
"""

from __future__ import annotations

import attrs

from ntmrules.evaluate._arithmetic import calculate, call, negative
from ntmrules.evaluate._collections import decide, tally_members
from ntmrules.evaluate._compare import compare
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._facts import fact_value, granted_year, holding
from ntmrules.evaluate._over import aggregate, count_of, over_units, over_years
from ntmrules.evaluate._references import version_on
from ntmrules.evaluate._steps import (
    at_year,
    dash,
    joined,
    known,
    resulting,
    taken,
    unknown,
)
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    MemberStep,
    Origin,
    Reason,
    ValueStep,
)
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset, threshold
from ntmrules.model.types import compatible
from ntmrules.text import Fill, Text
from ntmrules.verdict import Verdict, all_of, any_of, negate


# Values.


def value(node: e.Expression, here: Context) -> ValueStep:
    """Work out a value."""
    match node:
        case e.Constant():
            return known(node, here, node.value, Origin.CONSTANT)
        case e.FactValue():
            return fact_value(node, here)
        case e.Lookup():
            return _lookup(node, here)
        case e.Defined():
            return taken(node, here, value(node.expression, here))
        case e.Delegated():
            return _delegated(node, here)
        case e.CurrentYear():
            return known(node, here, here.year, Origin.ASSESSMENT)
        case e.GrantedYear():
            return granted_year(node, node.title, here)
        case e.Negative() | e.Arithmetic() | e.Function():
            return _operation(node, here)
        case e.AtYear():
            return _at_year(node, here)
        case e.CountOf():
            return count_of(node, here, condition)
        case e.Aggregate():
            return aggregate(node, here, value, condition)
        case e.ThresholdOf():
            return _threshold_of(node, here)
        case e.If():
            return _if_value(node, here)
        case _:
            msg = f"the checker lets no {type(node).__name__} stand as a value"
            raise TypeError(msg)


def _delegated(node: e.Delegated, here: Context) -> ValueStep:
    """Take what it was set to; nobody knows while it is not set."""
    if node.value is None:
        level = Text(node.level.name, node.level.label.vi.lower())
        values: dict[str, Fill] = {"what": node.name, "level": level}
        return unknown(node, here, Reason(Cause.NOT_SET, values))
    step = value(node.value, here)
    return attrs.evolve(taken(node, here, step), origin=Origin.SET)


def _operation(
    node: e.Negative | e.Arithmetic | e.Function, here: Context
) -> ValueStep:
    """Calculate; a dash in any operand makes the result not applicable."""
    steps = tuple(value(operand, here) for operand in e.children(node))
    if any(step.not_applicable for step in steps):
        return dash(node, here, steps)
    known = [step.value for step in steps if step.value is not None]
    if len(known) < len(steps):
        return unknown(node, here, None, steps)
    match node:
        case e.Negative():
            result = negative(known[0], node.type)
        case e.Arithmetic():
            result = calculate(node.operator, known[0], known[1], node.type)
        case e.Function():
            result = call(node.name, known, node.type, node.digits)
    return resulting(node, here, result, steps)


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
        return dash(node, here, tuple(steps))
    if any(step.value is None for step in steps):
        return unknown(node, here, None, tuple(steps), Origin.TABLE)
    key = tuple(keys)
    if key not in node.cells:
        reason = Reason(Cause.NO_COLUMN, {"year": here.year})
        return unknown(node, here, reason, tuple(steps), Origin.TABLE)
    cell = node.cells[key]
    if cell is None:
        return dash(node, here, tuple(steps))
    doubt: Reason | None = None
    if not cell.verified:
        doubt = Reason(Cause.UNVERIFIED_CELL, {"figure": cell.text})
        here.verdicts.doubts.append(doubt)
        if not here.accept_unverified:
            return unknown(node, here, doubt, tuple(steps), Origin.TABLE)
    return ValueStep(
        node,
        here.unit,
        here.year,
        cell.value,
        reason=doubt,
        origin=Origin.TABLE,
        steps=tuple(steps),
    )


def _at_year(node: e.AtYear, here: Context) -> ValueStep:
    year = value(node.year, here)
    if year.not_applicable:
        return dash(node, here, (year,))
    if year.value is None:
        return unknown(node, here, None, (year,))
    there = at_year(year.value, here)
    if isinstance(there, Reason):
        return unknown(node, here, there, (year,))
    return taken(node, here, value(node.value, there), year)


def _threshold_of(node: e.ThresholdOf, here: Context) -> ValueStep:
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return unknown(node, here, version)
    indicator = version.indicators.get(node.label)
    wanted = None if indicator is None else threshold(indicator.requirement)
    if indicator is None or wanted is None or not compatible(wanted.type, node.type):
        return unknown(node, here, _not_there(node.label, version, here))
    step = value(wanted, here.under(version))
    if indicator.unverified and not here.accept_unverified:
        reason = Reason(Cause.UNVERIFIED, {"why": indicator.unverified})
        return unknown(node, here, reason, (step,))
    return taken(node, here, step)


def _if_value(node: e.If, here: Context) -> ValueStep:
    test = condition(node.condition, here)
    then, otherwise = value(node.then, here), value(node.otherwise, here)
    if test.verdict is Verdict.MET:
        return taken(node, here, then, test, otherwise)
    if test.verdict is Verdict.NOT_MET:
        return taken(node, here, otherwise, test, then)
    steps = (test, then, otherwise)
    if then.not_applicable and otherwise.not_applicable:
        return dash(node, here, steps)
    if then.value is not None and then.value == otherwise.value:
        return ValueStep(node, here.unit, here.year, then.value, steps=steps)
    # An unknown condition may still turn out not to apply, so what both branches
    # share stands in either case.
    branches_known = not then.unknown and not otherwise.unknown
    if test.verdict is Verdict.NOT_APPLICABLE and branches_known:
        return dash(node, here, steps)
    return unknown(node, here, None, steps)


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
            return joined(node, here, _truth(truth), (truth,))
        case e.Not():
            step = condition(node.operand, here)
            return joined(node, here, negate(step.verdict), (step,))
        case e.AllOf():
            steps = tuple(condition(operand, here) for operand in node.operands)
            return joined(node, here, all_of(s.verdict for s in steps), steps)
        case e.AnyOf():
            steps = tuple(condition(operand, here) for operand in node.operands)
            return joined(node, here, any_of(s.verdict for s in steps), steps)
        case e.If():
            return _if_condition(node, here)
        case e.Defined():
            step = condition(node.expression, here)
            return joined(node, here, step.verdict, (step,))
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
    elif any(end.unknown and end.bounds is None for end in (low, high)):
        # The end that is missing may turn out a dash, which the other one, failed
        # or not, would not survive.
        verdict = Verdict.UNKNOWN
    return ConditionStep(
        node, here.unit, here.year, verdict, first or second, (middle, low, high)
    )


def _if_condition(node: e.If, here: Context) -> ConditionStep:
    test = condition(node.condition, here)
    then, otherwise = condition(node.then, here), condition(node.otherwise, here)
    branches = (then.verdict, otherwise.verdict)
    verdict = Verdict.UNKNOWN
    if test.verdict is Verdict.MET or then.verdict is otherwise.verdict:
        # What both branches share stands whether the condition is unknown or does
        # not apply: the one may still turn into the other.
        verdict = then.verdict
    elif test.verdict is Verdict.NOT_MET:
        verdict = otherwise.verdict
    elif test.verdict is Verdict.NOT_APPLICABLE and Verdict.UNKNOWN not in branches:
        verdict = Verdict.NOT_APPLICABLE
    return joined(node, here, verdict, (test, then, otherwise))


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
    groups = (version.criteria, version.preconditions)
    if not any(
        node.label in group
        for group in (groups if node.kind == "criterion" else (version.indicators,))
    ):
        reason = _not_there(node.label, version, here)
        return ConditionStep(node, here.unit, here.year, Verdict.UNKNOWN, reason)
    there = here.under(version)
    trace = (
        here.verdicts.criterion(there, version, node.label)
        if node.kind == "criterion"
        else here.verdicts.indicator(there, version, node.label)
    )
    return ConditionStep(node, here.unit, here.year, trace.verdict, provision=trace)


def _not_there(label: str, version: Ruleset, here: Context) -> Reason:
    """
    Say that a version of another ruleset has no such provision.

    The checker saw those that are in force with the ruleset at hand; a look into an
    earlier year may come upon an older one.
    """
    name = f"{label} of {version.id}"
    return Reason(Cause.NOT_IN_FORCE, {"name": name, "date": here.date.isoformat()})


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
        return joined(node, here, any_of(step.verdict for step in steps), steps)
    return _choice(node, here, node.quantity, steps)


def _quantified(node: e.Quantified, here: Context) -> ConditionStep:
    over = node.collection
    if isinstance(over, e.Years):
        return over_years(node, over, here, value, condition)
    return over_units(node, over, here, condition)
