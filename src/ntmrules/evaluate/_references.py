"""References: to rulesets, of which the date picks the version, and to provisions."""

from __future__ import annotations

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.evaluate._collections import decide, tally_members
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._steps import joined
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    MemberStep,
    ProvisionTrace,
    Reason,
)
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset, describe_dates
from ntmrules.text import Fill, Text
from ntmrules.verdict import Verdict, any_of


def version_on(name: str | None, here: Context) -> Ruleset | Reason:
    """
    Pick the version in force on the date looked at; `None` is the ruleset at hand.

    With none in force the reference is unknown, and that is a finding.
    """
    if name is None:
        return here.ruleset
    versions = here.ruleset.references[name]
    for version in versions:
        if version.in_force(here.date):
            return version
    date = here.date
    values: dict[str, Fill] = {
        "name": name,
        "date": date,
        "detail": describe_dates(versions),
    }
    place = here.ruleset.id
    here.sink.add(Diagnostic(codes.REFERENCE_OUT_OF_FORCE, None, values, place=place))
    return Reason(Cause.NOT_IN_FORCE, {"name": name, "date": date})


def not_there(label: str, version: Ruleset, here: Context) -> Reason:
    """
    Say that a version of another ruleset has no such provision.

    The checker saw those that are in force with the ruleset at hand; a look into an
    earlier year may come upon an older one.
    """
    name = Text(f"{label} of {version.id}", f"{label} của {version.id}")
    return Reason(Cause.NOT_IN_FORCE, {"name": name, "date": here.date})


def meets(node: e.Meets, here: Context) -> ConditionStep:
    """Decide whether the unit meets a ruleset."""
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return joined(node, here, Verdict.UNKNOWN, (), version)
    whole = here.verdicts.whole(here.under(version), version)
    return joined(node, here, whole.verdict, (), provision=whole)


def provision(node: e.ProvisionVerdict, here: Context) -> ConditionStep:
    """Take the verdict of a criterion or indicator."""
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return joined(node, here, Verdict.UNKNOWN, (), version)
    label, there = node.label, here.under(version)
    trace: ProvisionTrace
    if node.kind == "indicator" and label in version.indicators:
        trace = here.verdicts.indicator(there, version, label)
    elif node.kind == "criterion" and (
        label in version.criteria or label in version.preconditions
    ):
        trace = here.verdicts.criterion(there, version, label)
    else:
        reason = not_there(label, version, here)
        return joined(node, here, Verdict.UNKNOWN, (), reason)
    return joined(node, here, trace.verdict, (), provision=trace)


def choice(
    node: e.Choice | e.CriteriaChoice,
    here: Context,
    quantity: e.Quantity,
    steps: tuple[ConditionStep, ...],
) -> ConditionStep:
    """Decide how many of several conditions are met."""
    tally = tally_members(
        MemberStep(here.unit, here.year, None, step) for step in steps
    )
    verdict = decide(quantity, tally)
    return ConditionStep(node, here.unit, here.year, verdict, steps=steps, tally=tally)


def criteria(node: e.CriteriaChoice, here: Context) -> ConditionStep:
    """Decide how many criteria of a ruleset are met."""
    version = version_on(node.ruleset, here)
    if isinstance(version, Reason):
        return joined(node, here, Verdict.UNKNOWN, (), version)
    steps = tuple(
        provision(
            e.ProvisionVerdict("criterion", label, node.ruleset, span=node.span), here
        )
        for label in version.criteria
        if label not in node.excepted
    )
    if node.quantity.word == "any":
        return joined(node, here, any_of(step.verdict for step in steps), steps)
    return choice(node, here, node.quantity, steps)
