"""What a ruleset asks of a frame: facts, sub-units, other years."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import attrs

from ntmrules.batch._columns import KEPT, MET, OF
from ntmrules.batch._titles import TITLES
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Ruleset
from ntmrules.model.vocabulary import Fact


@attrs.frozen
class Needs:
    """
    What the rules look at.

    Attributes:
        facts: Of the unit itself.
        inside: By the plural of a level, the facts of its units.
        other_years: Whether they look at another year, or at years one by one.
    """

    facts: dict[str, Fact] = attrs.field(factory=dict)
    inside: dict[str, dict[str, Fact]] = attrs.field(factory=dict)
    other_years: list[bool] = attrs.field(factory=list)


def needs_of(ruleset: Ruleset) -> Needs:
    """Read the rules, those of other rulesets that they refer to included."""
    needs = Needs()
    _ruleset(ruleset, needs, needs.facts, set())
    return needs


def _ruleset(
    ruleset: Ruleset, needs: Needs, facts: dict[str, Fact], seen: set[tuple[int, int]]
) -> None:
    place = (id(ruleset), id(facts))
    if place in seen:
        return
    seen.add(place)
    for node in _expressions(ruleset):
        _walk(node, ruleset, needs, facts, seen)


def _expressions(ruleset: Ruleset) -> Iterator[e.Expression]:
    for criterion in ruleset.provisions():
        for part in (criterion.applies, criterion.passes):
            if part is not None:
                yield part
        for indicator in criterion.indicators:
            if indicator.applies is not None:
                yield indicator.applies
            if not isinstance(indicator.requirement, Attested):
                yield indicator.requirement
    if ruleset.confers is not None and ruleset.confers.when is not None:
        yield ruleset.confers.when


def _walk(
    node: e.Expression,
    ruleset: Ruleset,
    needs: Needs,
    facts: dict[str, Fact],
    seen: set[tuple[int, int]],
) -> None:
    inner = facts
    match node:
        case e.FactValue():
            facts[node.fact.name] = node.fact
        case e.AtYear():
            needs.other_years.append(True)
        case e.CountOf() | e.Aggregate():
            inner = needs.inside.setdefault(node.collection.level.plural, {})
        case e.Quantified() if isinstance(node.collection, e.Collection):
            inner = needs.inside.setdefault(node.collection.level.plural, {})
        case e.Quantified():
            needs.other_years.append(True)
        case e.Meets() | e.ProvisionVerdict() | e.ThresholdOf() | e.CriteriaChoice():
            for version in ruleset.references.get(node.ruleset or "", ()):
                _ruleset(version, needs, facts, seen)
        case _:
            pass
    for child in e.children(node):
        _walk(child, ruleset, needs, inner, seen)


def wanted_of(names: Collection[str]) -> Callable[[str], bool]:
    """Say which columns have values that count, where such facts are asked for."""

    def wanted(column: str) -> bool:
        base = column.removesuffix(MET).removesuffix(OF)
        return base in names or column in KEPT or column.startswith(TITLES)

    return wanted
