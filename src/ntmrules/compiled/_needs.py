"""Which facts a ruleset asks of units, level by level."""

from __future__ import annotations

from collections.abc import Iterator

from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Ruleset
from ntmrules.model.vocabulary import Fact, Level, Vocabulary


class Needs:
    """
    What a ruleset asks, itself and through the rulesets it refers to.

    Attributes:
        facts: By level, then by name.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self._vocabulary: Vocabulary = ruleset.vocabulary
        self._seen: set[tuple[int, str]] = set()
        self.facts: dict[str, dict[str, Fact]] = {}
        self._whole(ruleset, ruleset.level)

    def _whole(self, ruleset: Ruleset, level: Level) -> None:
        if not self._first(ruleset, level):
            return
        for node in _expressions(ruleset):
            self._walk(node, ruleset, level)

    def _first(self, what: object, level: Level) -> bool:
        # What is looked at lives as long as the ruleset that holds it.
        key = (id(what), level.name)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _walk(self, node: e.Expression, ruleset: Ruleset, level: Level) -> None:
        if not self._first(node, level):
            return
        match node:
            case e.FactValue():
                self._need(node.fact, level.name)
            case e.Quantified() if isinstance(node.collection, e.Collection):
                self._inside(node.collection, (node.predicate,), ruleset)
                return
            case e.CountOf():
                self._inside(node.collection, (), ruleset)
                return
            case e.Aggregate():
                weight = () if node.weight is None else (node.weight,)
                self._inside(node.collection, (node.value, *weight), ruleset)
                return
            case (
                e.Meets() | e.ProvisionVerdict() | e.CriteriaChoice() | e.ThresholdOf()
            ):
                self._refer(node.ruleset, ruleset, level)
            case _:
                pass
        for child in e.children(node):
            self._walk(child, ruleset, level)

    def _inside(
        self,
        over: e.Collection,
        nodes: tuple[e.Expression, ...],
        ruleset: Ruleset,
    ) -> None:
        where = () if over.where is None else (over.where,)
        for node in (*where, *nodes):
            self._walk(node, ruleset, over.level)

    def _refer(self, name: str | None, ruleset: Ruleset, level: Level) -> None:
        versions = (ruleset,) if name is None else ruleset.references[name]
        for version in versions:
            self._whole(version, level)

    def _need(self, fact: Fact, level: str) -> None:
        known = self.facts.setdefault(level, {})
        if fact.name in known:
            return
        known[fact.name] = fact
        if fact.sums_up:
            for below in self._vocabulary.levels.values():
                if below.parent == level:
                    self._need(fact, below.name)


def _expressions(ruleset: Ruleset) -> Iterator[e.Expression]:
    for criterion in ruleset.provisions():
        found: list[e.Expression | Attested | None] = [
            criterion.applies,
            criterion.passes,
        ]
        for indicator in criterion.indicators:
            found += [indicator.applies, indicator.requirement]
        for node in found:
            if node is not None and not isinstance(node, Attested):
                yield node
    if ruleset.confers is not None and ruleset.confers.when is not None:
        yield ruleset.confers.when
