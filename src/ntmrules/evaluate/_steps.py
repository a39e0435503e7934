"""Building steps, and moving to another year."""

from __future__ import annotations

from ntmrules.evaluate._context import Context
from ntmrules.evaluate._facts import written
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    Origin,
    ProvisionTrace,
    Reason,
    RulesetTrace,
    Step,
    ValueStep,
)
from ntmrules.model import expressions as e
from ntmrules.model.types import Value
from ntmrules.tree import make
from ntmrules.verdict import Verdict


def known(node: e.Expression, here: Context, value: Value, origin: Origin) -> ValueStep:
    """Build the step of a known value."""
    fields = (node, here.unit, here.year, value, False, None, origin, None, None, ())
    return make(ValueStep, fields)


def unknown(
    node: e.Expression,
    here: Context,
    reason: Reason | None,
    steps: tuple[Step, ...] = (),
    origin: Origin = Origin.COMPUTED,
) -> ValueStep:
    """Build the step of an unknown value."""
    return ValueStep(
        node, here.unit, here.year, None, reason=reason, origin=origin, steps=steps
    )


def dash(node: e.Expression, here: Context, steps: tuple[Step, ...]) -> ValueStep:
    """Build the step of a value that a table says does not apply."""
    return ValueStep(node, here.unit, here.year, None, not_applicable=True, steps=steps)


def taken(
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


def resulting(
    node: e.Expression, here: Context, result: Value | Cause, steps: tuple[Step, ...]
) -> ValueStep:
    """Build the step of a calculation."""
    if isinstance(result, Cause):
        return unknown(node, here, Reason(result), steps)
    return ValueStep(node, here.unit, here.year, result, steps=steps)


def joined(
    node: e.Expression,
    here: Context,
    verdict: Verdict,
    steps: tuple[Step, ...],
    reason: Reason | None = None,
    provision: ProvisionTrace | RulesetTrace | None = None,
) -> ConditionStep:
    """Build the step of a condition decided by its operands."""
    fields = (node, here.unit, here.year, verdict, reason, steps, (), None, provision)
    return make(ConditionStep, fields)


def at_year(year: Value, here: Context) -> Context | Reason:
    """Move to a year; the future is unknown."""
    if not isinstance(year, int) or year < 1:
        return Reason(Cause.NOT_A_YEAR, {"year": written(year)})
    if year > here.assessed.year:
        return Reason(Cause.YEAR_TO_COME, {"year": year})
    return here.at(year)
