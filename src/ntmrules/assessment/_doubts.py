"""Whether an assessment rests on figures that are not law yet, at any remove."""

from __future__ import annotations

from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    ProvisionTrace,
    RulesetTrace,
    Step,
)
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset


Trace = RulesetTrace | ProvisionTrace


def rests_on_unverified(whole: RulesetTrace) -> bool:
    """Tell whether any figure that was looked at is marked as unverified."""
    seen: set[int] = set()
    traces: list[Trace] = [whole]
    steps: list[Step | None] = []
    while traces or steps:
        if not steps:
            trace = traces.pop()
            if id(trace) in seen:
                continue
            seen.add(id(trace))
            if isinstance(trace, IndicatorTrace) and trace.indicator.unverified:
                return True
            steps += _steps(trace)
            traces += _parts(trace)
            continue
        step = steps.pop()
        if step is None:
            continue
        if _is_unverified(step, whole.ruleset):
            return True
        steps += step.steps
        if isinstance(step, ConditionStep):
            for member in step.members:
                steps += (member.where, member.predicate)
            traces += () if step.provision is None else (step.provision,)
    return False


def _steps(trace: Trace) -> tuple[Step | None, ...]:
    match trace:
        case RulesetTrace():
            return (trace.when,)
        case CriterionTrace():
            return (trace.applies, trace.passes)
        case IndicatorTrace():
            return (trace.applies, trace.requirement)


def _parts(trace: Trace) -> tuple[ProvisionTrace, ...]:
    match trace:
        case RulesetTrace():
            return (*trace.preconditions, *trace.criteria)
        case CriterionTrace():
            return trace.indicators
        case IndicatorTrace():
            return ()


def _is_unverified(step: Step, ruleset: Ruleset) -> bool:
    if step.reason is not None and step.reason.cause is Cause.UNVERIFIED_CELL:
        return True
    node = step.node
    if not isinstance(node, e.ThresholdOf):
        return False
    # Any version that could be meant: better said once too often.
    return any(
        version.indicators[node.label].unverified
        for version in _versions(ruleset, node.ruleset)
        if node.label in version.indicators
    )


def _versions(ruleset: Ruleset, name: str | None) -> list[Ruleset]:
    """Give the versions of a ruleset that is referred to, at any remove."""
    waiting, found, seen = [ruleset], [], set()
    while waiting:
        at_hand = waiting.pop()
        if id(at_hand) in seen:
            continue
        seen.add(id(at_hand))
        if name in {None, at_hand.id}:
            found.append(at_hand)
        for versions in at_hand.references.values():
            waiting += versions
    return found
