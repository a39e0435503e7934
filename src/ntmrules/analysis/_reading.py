"""From the steps of an evaluation to a formula over what is still open."""

from __future__ import annotations

from fractions import Fraction

from ntmrules.analysis._formula import (
    Branch,
    Counted,
    Every,
    Flag,
    Formula,
    Guarded,
    Key,
    Known,
    Reverse,
    Some,
    Test,
    leaves,
    number_of,
)
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    ProvisionTrace,
    RulesetTrace,
    Step,
    ValueStep,
)
from ntmrules.exact import MIRRORED
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Indicator
from ntmrules.verdict import Bound, Verdict


_BOUNDED = {
    Bound.AT_LEAST: frozenset({">=", ">"}),
    Bound.AT_MOST: frozenset({"<=", "<"}),
}
_ANYTHING = Known(Verdict.MET)


def read(found: ProvisionTrace | RulesetTrace | Step) -> Formula:
    """Read whatever was evaluated."""
    match found:
        case IndicatorTrace():
            requirement = found.requirement
            formula = (
                _judged(found.indicator)
                if requirement is None
                else condition(requirement)
            )
            return _guarded(found.applies, formula)
        case CriterionTrace():
            inside = (
                Every(tuple(read(one) for one in found.indicators))
                if found.passes is None
                else condition(found.passes)
            )
            return _guarded(found.applies, inside)
        case RulesetTrace():
            if found.when is not None:
                return condition(found.when)
            traces = (*found.preconditions, *found.criteria)
            return Every(tuple(read(one) for one in traces))
        case ConditionStep() | ValueStep():
            return condition(found)


def _judged(indicator: Indicator) -> Formula:
    requirement = indicator.requirement
    by = requirement.by if isinstance(requirement, Attested) else ""
    return Flag(("attested", indicator.label, by), None)


def _guarded(applies: Step | None, formula: Formula) -> Formula:
    if applies is None:
        return formula
    test = condition(applies)
    return formula if test == Known(Verdict.MET) else Guarded(test, formula)


def condition(step: Step) -> Formula:
    """Read the step of a condition."""
    if isinstance(step, ValueStep):
        return Flag(key_of(step), step)
    if step.verdict is not Verdict.UNKNOWN:
        return Known(step.verdict)
    parts = step.steps
    match step.node:
        case e.Comparison():
            return _comparison(step, step.node)
        case e.Between():
            return _between(step)
        case e.IsTrue():
            return Flag(key_of(parts[0]), parts[0])
        case e.Defined():
            return condition(parts[0])
        case e.Not():
            return Reverse(condition(parts[0]))
        case e.AllOf() | e.AnyOf():
            join = Every if isinstance(step.node, e.AllOf) else Some
            return join(tuple(condition(part) for part in parts))
        case e.If():
            test, then, otherwise = (condition(part) for part in parts)
            if test == Known(Verdict.MET):
                return then
            if test == Known(Verdict.NOT_MET):
                return otherwise
            return Branch(test, then, otherwise)
        case e.Choice() | e.CriteriaChoice():
            return _choice(step, step.node)
        case e.ProvisionVerdict() | e.Meets() if step.provision is not None:
            return read(step.provision)
        case e.Holds() if _is_now(step):
            return Flag(("title", step.node.title.name), step)
        case e.Quantified() if isinstance(step.node.collection, e.Years):
            return _years(step, step.node)
        case _:
            return _opaque(step)


def _opaque(step: ConditionStep) -> Formula:
    return Flag(("condition", step.node, step.year), step)


def _is_now(step: ConditionStep) -> bool:
    """Tell whether a step is about the year of the case, and not an earlier one."""
    as_of = step.unit.as_of
    return as_of is not None and step.year == as_of.year


def _years(step: ConditionStep, node: e.Quantified) -> Formula:
    """Read what is asked of each year."""
    parts = tuple(condition(x.predicate) for x in step.members if x.predicate)
    # A judgement is one for all years, and a year beyond the date says nothing.
    judged = any(leaf.key[0] == "attested" for leaf in leaves(*parts))
    if not parts or judged or Known(Verdict.UNKNOWN) in parts:
        return _opaque(step)
    if node.quantity.word == "all":
        return Every(parts)
    names = tuple(("year", member.year) for member in step.members)
    return Counted(node.quantity, parts, names)


def _choice(step: ConditionStep, node: e.Choice | e.CriteriaChoice) -> Formula:
    parts = tuple(condition(part) for part in step.steps)
    quantity = node.quantity
    if quantity.word == "any":
        return Some(parts)
    if quantity.word == "all":
        return Every(parts)
    return Counted(quantity, parts, tuple(_name(part) for part in step.steps))


def _name(step: Step) -> Key:
    """Name an operand so that the same one of another ruleset has the same name."""
    node = e.plain(step.node)
    if isinstance(node, e.ProvisionVerdict):
        return ("provision", node.kind, node.label)
    return ("operand", node)


def key_of(step: Step) -> Key:
    """Tell an open figure from all others."""
    node, year = e.plain(step.node), step.year
    if isinstance(node, e.AtYear) and isinstance(step, ValueStep):
        inner = _inner(step)
        if isinstance(e.plain(inner.node), e.FactValue):
            return key_of(inner)
    if isinstance(node, e.FactValue):
        return ("fact", node.fact.name, year)
    return ("value", node, year)


def _inner(step: ValueStep) -> Step:
    """Look through definitions and ``at`` to what they stand for."""
    found: Step = step
    while isinstance(found.node, e.Defined | e.AtYear) and found.steps:
        if isinstance(found.node, e.AtYear) and len(found.steps) < 2:
            break  # its year is not known
        found = found.steps[0]
    return found


def _comparison(step: ConditionStep, node: e.Comparison) -> Formula:
    left, right = step.steps
    assert isinstance(left, ValueStep)
    assert isinstance(right, ValueStep)
    if left.value is None and right.value is not None:
        return _test(left, node.operator, right)
    if left.value is not None and right.value is None:
        return _test(right, MIRRORED[node.operator], left)
    if left.value is None and right.value is None:
        if _left_open(right):
            return _delegated(left, node.operator, right)
        if _left_open(left):
            return _delegated(right, MIRRORED[node.operator], left)
        if _no_figure(left) or _no_figure(right):
            return Known(Verdict.UNKNOWN)
    return Flag(("condition", node, step.year), step)


def _no_figure(step: ValueStep) -> bool:
    """Tell whether a table has nothing for the year."""
    return step.reason is not None and step.reason.cause is Cause.NO_COLUMN


def _left_open(step: ValueStep) -> bool:
    return step.reason is not None and step.reason.cause is Cause.NOT_SET


def _delegated(left: ValueStep, sign: str, right: ValueStep) -> Formula:
    """Take a value that is left open at its bound: nothing less will do."""
    node = e.plain(right.node)
    if not isinstance(node, e.Delegated):
        return Flag(("condition", node, sign, key_of(left)), None)
    if node.bound is None or node.limit is None or sign not in _BOUNDED[node.bound]:
        return Flag(("delegated", node.name, sign, key_of(left)), None)
    limit = number_of(node.limit.value, node.type)
    if limit is None:
        return Known(Verdict.UNKNOWN)
    return Test(key_of(left), sign, limit, left, right)


def _test(left: ValueStep, sign: str, right: ValueStep) -> Formula:
    assert right.value is not None
    limit = number_of(right.value, right.node.type)
    if limit is None:
        return Known(Verdict.UNKNOWN)
    return Test(key_of(left), sign, limit, left, right)


def _between(step: ConditionStep) -> Formula:
    middle, low, high = step.steps
    for one in (middle, low, high):
        assert isinstance(one, ValueStep)
    assert isinstance(middle, ValueStep)
    assert isinstance(low, ValueStep)
    assert isinstance(high, ValueStep)
    if low.value is None or high.value is None or middle.value is not None:
        return Flag(("condition", step.node, step.year), step)
    return Every((_test(middle, ">=", low), _test(middle, "<=", high)))


def is_open(formula: Formula) -> bool:
    """Tell whether a formula is what a decree leaves to others, without a bound."""
    return isinstance(formula, Flag) and formula.key[0] == "delegated"


def limit_of(formula: Formula) -> Fraction | None:
    """Give what a formula that is one comparison compares with."""
    return formula.limit if isinstance(formula, Test) else None
