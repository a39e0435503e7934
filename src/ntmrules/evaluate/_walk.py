"""
The walk over an expression: one function for values, one for conditions.

Every operand is visited, so the explanation is complete, and order never matters
(language.md section 8).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ntmrules.evaluate._arithmetic import calculate, call, negative
from ntmrules.evaluate._compare import compare
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._facts import fact_value, granted_year, holding
from ntmrules.evaluate._over import aggregate, count_of, over_units, over_years
from ntmrules.evaluate._references import (
    choice,
    criteria,
    meets,
    not_there,
    provision,
    version_on,
)
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
    Origin,
    Reason,
    ValueStep,
)
from ntmrules.exact import same
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import threshold
from ntmrules.model.types import compatible
from ntmrules.text import Fill, Text
from ntmrules.tree import make
from ntmrules.verdict import Verdict, all_of, any_of, negate


_CONSTANT, _TABLE = Origin.CONSTANT, Origin.TABLE


def value(node: e.Expression, here: Context) -> ValueStep:
    """Work out a value."""
    return VALUES[node.__class__](node, here)


def condition(node: e.Expression, here: Context) -> ConditionStep:
    """Decide a condition."""
    return CONDITIONS[node.__class__](node, here)


# Values.


def _constant(node: e.Constant, here: Context) -> ValueStep:
    value_, unit, year = node.value, here.unit, here.year
    fields = (node, unit, year, value_, False, None, _CONSTANT, None, None, ())
    return make(ValueStep, fields)


def _defined_value(node: e.Defined, here: Context) -> ValueStep:
    return taken(node, here, value(node.expression, here))


def _current_year(node: e.CurrentYear, here: Context) -> ValueStep:
    return known(node, here, here.year, Origin.ASSESSMENT)


def _granted_year(node: e.GrantedYear, here: Context) -> ValueStep:
    return granted_year(node, node.title, here)


def _count_of(node: e.CountOf, here: Context) -> ValueStep:
    return count_of(node, here, condition)


def _aggregate(node: e.Aggregate, here: Context) -> ValueStep:
    return aggregate(node, here, value, condition)


def _delegated(node: e.Delegated, here: Context) -> ValueStep:
    """Take what it was set to; nobody knows while it is not set."""
    if node.value is None:
        level = Text(node.level.name, node.level.label.vi.lower())
        values: dict[str, Fill] = {"what": node.name, "level": level}
        return unknown(node, here, Reason(Cause.NOT_SET, values))
    step = value(node.value, here)
    return taken(node, here, step)._replace(origin=Origin.SET)


def _operation(
    node: e.Negative | e.Arithmetic | e.Function, here: Context
) -> ValueStep:
    """Calculate; a dash in any operand makes the result not applicable."""
    steps = tuple(value(operand, here) for operand in e.children(node))
    if any(step.not_applicable for step in steps):
        return dash(node, here, steps)
    values = [step.value for step in steps if step.value is not None]
    if len(values) < len(steps):
        return unknown(node, here, None, steps)
    match node:
        case e.Negative():
            result = negative(values[0], node.type)
        case e.Arithmetic():
            result = calculate(node.operator, values[0], values[1], node.type)
        case e.Function():
            result = call(node.name, values, node.type, node.digits)
    return resulting(node, here, result, steps)


def _lookup(node: e.Lookup, here: Context) -> ValueStep:
    keys: list[e.Key] = []
    read: list[ValueStep] = []
    missing = dashed = False
    for axis in node.axes:
        if isinstance(axis, e.YearAxis):
            keys.append(here.year if here.year in axis.keys else None)
            continue
        step = value(axis.value, here)
        read.append(step)
        keys.append(str(step.value))
        missing = missing or step.value is None
        dashed = dashed or step.not_applicable
    steps = tuple(read)
    if dashed:
        return dash(node, here, steps)
    if missing:
        return unknown(node, here, None, steps, Origin.TABLE)
    key = tuple(keys)
    if key not in node.cells:
        reason = Reason(Cause.NO_COLUMN, {"year": here.year})
        return unknown(node, here, reason, steps, Origin.TABLE)
    cell = node.cells[key]
    if cell is None:
        return dash(node, here, steps)
    doubt: Reason | None = None
    if not cell.verified:
        doubt = Reason(Cause.UNVERIFIED_CELL, {"figure": cell.text})
        here.verdicts.doubts.append(doubt)
        if not here.accept_unverified:
            return unknown(node, here, doubt, steps, Origin.TABLE)
    unit, year = here.unit, here.year
    fields = (node, unit, year, cell.value, False, doubt, _TABLE, None, None, steps)
    return make(ValueStep, fields)


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
        return unknown(node, here, not_there(node.label, version, here))
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
    if then.value is not None and same(then.value, otherwise.value):
        return ValueStep(node, here.unit, here.year, then.value, steps=steps)
    # An unknown condition may still turn out not to apply, so what both branches
    # share stands in either case.
    branches_known = not then.unknown and not otherwise.unknown
    if test.verdict is Verdict.NOT_APPLICABLE and branches_known:
        return dash(node, here, steps)
    return unknown(node, here, None, steps)


# Conditions.


def _comparison(node: e.Comparison, here: Context) -> ConditionStep:
    first, second = node.left, node.right
    # Nearly every requirement is one of these: `value`, written out.
    left = VALUES[first.__class__](first, here)
    right = VALUES[second.__class__](second, here)
    verdict, reason = compare(node.operator, left, right)
    steps, unit, year = (left, right), here.unit, here.year
    return make(
        ConditionStep, (node, unit, year, verdict, reason, steps, (), None, None)
    )


def _is_true(node: e.IsTrue, here: Context) -> ConditionStep:
    truth = value(node.value, here)
    return joined(node, here, _truth(truth), (truth,))


def _not(node: e.Not, here: Context) -> ConditionStep:
    step = condition(node.operand, here)
    return joined(node, here, negate(step.verdict), (step,))


def _all_of(node: e.AllOf, here: Context) -> ConditionStep:
    steps = tuple([condition(operand, here) for operand in node.operands])
    return joined(node, here, all_of([step.verdict for step in steps]), steps)


def _any_of(node: e.AnyOf, here: Context) -> ConditionStep:
    steps = tuple([condition(operand, here) for operand in node.operands])
    return joined(node, here, any_of([step.verdict for step in steps]), steps)


def _defined_condition(node: e.Defined, here: Context) -> ConditionStep:
    step = condition(node.expression, here)
    return joined(node, here, step.verdict, (step,))


def _holds(node: e.Holds, here: Context) -> ConditionStep:
    verdict, reason = holding(node.title, here)
    return joined(node, here, verdict, (), reason)


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


def _quantified(node: e.Quantified, here: Context) -> ConditionStep:
    over = node.collection
    if isinstance(over, e.Years):
        return over_years(node, over, here, value, condition)
    return over_units(node, over, here, condition)


def _some_of(node: e.Choice, here: Context) -> ConditionStep:
    steps = tuple([condition(operand, here) for operand in node.operands])
    return choice(node, here, node.quantity, steps)


VALUES: dict[type, Callable[[Any, Context], ValueStep]] = {
    e.Constant: _constant,
    e.FactValue: fact_value,
    e.Lookup: _lookup,
    e.Defined: _defined_value,
    e.Delegated: _delegated,
    e.CurrentYear: _current_year,
    e.GrantedYear: _granted_year,
    e.Negative: _operation,
    e.Arithmetic: _operation,
    e.Function: _operation,
    e.AtYear: _at_year,
    e.CountOf: _count_of,
    e.Aggregate: _aggregate,
    e.ThresholdOf: _threshold_of,
    e.If: _if_value,
}
"""How each kind of value is worked out."""

CONDITIONS: dict[type, Callable[[Any, Context], ConditionStep]] = {
    e.Comparison: _comparison,
    e.Between: _between,
    e.IsTrue: _is_true,
    e.Not: _not,
    e.AllOf: _all_of,
    e.AnyOf: _any_of,
    e.If: _if_condition,
    e.Defined: _defined_condition,
    e.Holds: _holds,
    e.Meets: meets,
    e.ProvisionVerdict: provision,
    e.Quantified: _quantified,
    e.Choice: _some_of,
    e.CriteriaChoice: criteria,
}
"""How each kind of condition is decided."""
