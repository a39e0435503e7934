"""A ruleset with one figure, sign or count changed at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from ntmrules.analysis._change import Change, changes
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset


@attrs.frozen
class Mutant:
    """
    A ruleset with a change.

    Attributes:
        ruleset: The ruleset as it is.
        criterion: The label of the criterion or precondition that has it, or ``""``
            for the condition of the title.
        label: The label of the indicator, or that of the criterion.
        change: What was changed.
        provision: The criterion with the change, if it is in one.
        changed: The ruleset with the change.
    """

    ruleset: Ruleset
    criterion: str
    label: str
    change: Change
    provision: Criterion | None = attrs.field(eq=False, repr=False)
    changed: Ruleset = attrs.field(eq=False, repr=False)


def mutants(ruleset: Ruleset) -> Iterator[Mutant]:
    """
    Give a ruleset with each change in turn.

    What is not verified is left alone: it decides nothing.
    """
    for criterion in ruleset.provisions():
        for label, change, changed in _of_criterion(criterion):
            yield Mutant(
                ruleset,
                criterion.label,
                label,
                change,
                changed,
                _with(ruleset, changed),
            )
    confers = ruleset.confers
    if confers is not None and confers.when is not None:
        for change, when in changes(confers.when):
            changed_when = attrs.evolve(confers, when=when)
            changed_ruleset = attrs.evolve(ruleset, confers=changed_when)
            yield Mutant(ruleset, "", "", change, None, changed_ruleset)


def _with(ruleset: Ruleset, criterion: Criterion) -> Ruleset:
    label = criterion.label
    if label in ruleset.criteria:
        return attrs.evolve(ruleset, criteria={**ruleset.criteria, label: criterion})
    preconditions = {**ruleset.preconditions, label: criterion}
    return attrs.evolve(ruleset, preconditions=preconditions)


def _of_criterion(criterion: Criterion) -> Iterator[tuple[str, Change, Criterion]]:
    for change, node in _of(criterion.applies):
        yield criterion.label, change, attrs.evolve(criterion, applies=node)
    for change, node in _of(criterion.passes):
        yield criterion.label, change, attrs.evolve(criterion, passes=node)
    for at, indicator in enumerate(criterion.indicators):
        for change, changed in _of_indicator(indicator):
            parts = criterion.indicators
            parts = (*parts[:at], changed, *parts[at + 1 :])
            yield indicator.label, change, attrs.evolve(criterion, indicators=parts)


def _of_indicator(indicator: Indicator) -> Iterator[tuple[Change, Indicator]]:
    if indicator.unverified:
        return
    for change, node in _of(indicator.applies):
        yield change, attrs.evolve(indicator, applies=node)
    if not isinstance(indicator.requirement, Attested):
        for change, node in _of(indicator.requirement):
            yield change, attrs.evolve(indicator, requirement=node)


def _of(node: e.Expression | None) -> Iterator[tuple[Change, e.Expression]]:
    return iter(()) if node is None else changes(node)


def any_part(criterion: Criterion, wanted: Callable[[e.Expression], bool]) -> bool:
    """Tell whether some part of the conditions of a criterion is what is wanted."""
    roots = [criterion.applies, criterion.passes]
    for indicator in criterion.indicators:
        roots.append(indicator.applies)
        if not isinstance(indicator.requirement, Attested):
            roots.append(indicator.requirement)
    waiting = [root for root in roots if root is not None]
    while waiting:
        node = waiting.pop()
        if wanted(node):
            return True
        waiting.extend(e.children(node))
    return False
