"""
The cases in which thresholds may differ: what chooses a column, and the date.

Source: language.md sections 5 and 9.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs

from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset, threshold
from ntmrules.model.types import Condition, EnumType
from ntmrules.model.unit import Given
from ntmrules.model.vocabulary import Fact


MAX_CASES = 500
"""The most combinations of cases that are looked at, and of years the most dates."""

MOST_YEARS = 60


@attrs.frozen
class Chosen:
    """A fact that chooses a column, and what it is in a case."""

    fact: Fact
    value: str | bool

    @property
    def given(self) -> Given:
        """The fact as a unit would give it."""
        text = str(self.value)
        return Given(self.value, text.lower() if isinstance(self.value, bool) else text)


Chosens = tuple[Chosen, ...]


@attrs.frozen
class Case:
    """A date, and what is chosen by facts."""

    date: datetime.date
    chosen: Chosens = ()


@attrs.define
class Choosers:
    """
    What a requirement turns on before any figure is looked at.

    Attributes:
        facts: The facts that choose columns.
        dated: Whether the date matters.
    """

    facts: dict[str, Fact] = attrs.field(factory=dict)
    dated: bool = False

    def add(self, node: e.Expression, ruleset: Ruleset) -> None:
        """Look into an expression of a ruleset, and into what it refers to."""
        seen: set[tuple[str, str]] = set()
        waiting = [(node, ruleset)]
        while waiting:
            here, owner = waiting.pop()
            match here:
                case e.Lookup():
                    self._table(here)
                case e.CurrentYear() | e.Meets():
                    self.dated = True
                case e.ThresholdOf() | e.ProvisionVerdict() | e.CriteriaChoice():
                    waiting += self._there(here, owner, seen)
                case _:
                    pass
            # Sub-units have cases of their own.
            if isinstance(here, e.Quantified | e.Aggregate | e.CountOf):
                continue
            waiting += [(child, owner) for child in e.children(here)]

    def _table(self, table: e.Lookup) -> None:
        for axis in table.axes:
            if isinstance(axis, e.YearAxis):
                self.dated = True
                continue
            for part in _parts(axis.value):
                if isinstance(part, e.FactValue) and isinstance(
                    part.type, EnumType | Condition
                ):
                    self.facts[part.fact.name] = part.fact

    def _there(
        self,
        node: e.ThresholdOf | e.ProvisionVerdict | e.CriteriaChoice,
        owner: Ruleset,
        seen: set[tuple[str, str]],
    ) -> Iterator[tuple[e.Expression, Ruleset]]:
        versions: Iterable[Ruleset] = (owner,)
        if node.ruleset is not None:
            self.dated = True
            versions = owner.references.get(node.ruleset, ())
        label = getattr(node, "label", "")
        for version in versions:
            key = (f"{version.id} {version.start} {type(node).__name__}", label)
            if key not in seen:
                seen.add(key)
                for part in _referred(node, version):
                    yield part, version

    def cases(self, dates: Sequence[datetime.date]) -> list[Case] | None:
        """Give every case; nothing if there are too many."""
        values = [_values(fact) for fact in self.facts.values()]
        count = 1
        for found in values:
            count *= len(found)
        wanted = dates if self.dated else dates[-1:]
        if count * len(wanted) > MAX_CASES:
            return None
        return [
            Case(date, tuple(map(Chosen, self.facts.values(), chosen)))
            for date in wanted
            for chosen in itertools.product(*values)
        ]


def _parts(node: e.Expression) -> Iterator[e.Expression]:
    yield node
    for child in e.children(node):
        yield from _parts(child)


def _values(fact: Fact) -> Sequence[str | bool]:
    if isinstance(fact.type, EnumType):
        return fact.type.enum.names
    return (True, False)


def _referred(
    node: e.ThresholdOf | e.ProvisionVerdict | e.CriteriaChoice, ruleset: Ruleset
) -> Iterator[e.Expression]:
    """Give the expressions of the provisions that a node refers to."""
    match node:
        case e.ThresholdOf():
            indicator = ruleset.indicators.get(node.label)
            wanted = None if indicator is None else threshold(indicator.requirement)
            if wanted is not None:
                yield wanted
        case e.ProvisionVerdict() if node.kind == "indicator":
            if node.label in ruleset.indicators:
                yield from expressions(ruleset.indicators[node.label])
        case e.ProvisionVerdict():
            for criterion in ruleset.provisions():
                if criterion.label == node.label:
                    yield from expressions(criterion)
        case e.CriteriaChoice():
            for criterion in ruleset.criteria.values():
                yield from expressions(criterion)


def expressions(provision: Criterion | Indicator) -> Iterator[e.Expression]:
    """Give every expression of a provision."""
    if provision.applies is not None:
        yield provision.applies
    if isinstance(provision, Indicator):
        if not isinstance(provision.requirement, Attested):
            yield provision.requirement
        return
    if provision.passes is not None:
        yield provision.passes
    for indicator in provision.indicators:
        yield from expressions(indicator)


def provision_expressions(
    provision: Criterion | Indicator | Ruleset,
) -> Iterator[e.Expression]:
    """Give every expression of a provision, or of a whole ruleset."""
    if not isinstance(provision, Ruleset):
        yield from expressions(provision)
        return
    for criterion in provision.provisions():
        yield from expressions(criterion)
    if provision.confers is not None and provision.confers.when is not None:
        yield provision.confers.when


def common_dates(old: Ruleset, new: Ruleset) -> list[datetime.date]:
    """
    Give a day of every year in which both are in force; if none, of the new one.

    It is the last such day, and the last day of each version of what is referred to.
    """
    first, last = max(old.start, new.start), _earlier(old.end, new.end)
    if last is not None and last < first:
        first, last = new.start, new.end
    years = {year for ruleset in (old, new) for year in _named_years(ruleset)}
    final = last or datetime.date(max([first.year, *years]) + 1, 12, 31)
    until = min(final.year, first.year + MOST_YEARS)
    found = {
        min(datetime.date(year, 12, 31), final) for year in range(first.year, until + 1)
    }
    for ruleset in (old, new):
        for versions in ruleset.references.values():
            found |= {v.end for v in versions if v.end and first <= v.end <= final}
    return sorted(found)


def _earlier(
    one: datetime.date | None, other: datetime.date | None
) -> datetime.date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _named_years(ruleset: Ruleset) -> Iterator[int]:
    """Give the years that tables name."""
    for criterion in ruleset.provisions():
        for root in expressions(criterion):
            for part in _parts(root):
                if isinstance(part, e.Lookup):
                    for axis in part.axes:
                        if isinstance(axis, e.YearAxis):
                            yield from axis.keys
