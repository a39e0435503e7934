"""Looks for a unit that a change of a ruleset decides otherwise."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from ntmrules.analysis._mutate import Mutant, any_part
from ntmrules.analysis._near import near_facts, roots, roots_of
from ntmrules.evaluate import evaluate
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.types import CountType
from ntmrules.model.unit import Counts, Given, TitleRecord, Unit
from ntmrules.testing._cases import WHOLE
from ntmrules.testing._mutation import Trial, leans, verdicts, with_only
from ntmrules.verdict import Verdict


MAX_WORK = 8_000
"""The most units, those inside counted, that are looked at for one change."""

_MOST_BASES = 40
_MOST_PAIRED = 6
_HUNDRED = 100


@attrs.frozen
class Witness:
    """
    A unit whose verdict a change turns.

    Attributes:
        label: Of what the verdict is; `WHOLE` for the whole.
        verdict: What the ruleset says as it is.
    """

    mutant: Mutant
    unit: Unit
    date: datetime.date
    label: str
    verdict: Verdict


def witness(mutant: Mutant, trials: Sequence[Trial]) -> Witness | None:
    """Find a unit like those of cases that tells the changed ruleset from the other."""
    search = _Search(mutant)
    bases = _bases(mutant, trials)
    singles = ((base, [step]) for base in bases for step in search.steps(base))
    pairs = (
        (base, list(steps))
        for base in bases[:_MOST_PAIRED]
        for steps in itertools.combinations(list(search.steps(base)), 2)
    )
    nothing: Iterable[tuple[_Place, list[_Step]]] = ((base, []) for base in bases)
    work = 0
    for base, steps in itertools.chain(nothing, singles, pairs):
        place = base
        for step in steps:
            place = step.taken(place)
        work += _work(place.unit)
        if work > MAX_WORK:
            return None
        found = search.tell(place)
        if found is not None:
            return search.smaller(place, found)
    return None


def _bases(mutant: Mutant, trials: Sequence[Trial]) -> list[_Place]:
    """Give the units of cases that look at the provision, the smallest first."""
    ruleset = mutant.ruleset
    own = [t for t in trials if {mutant.label, mutant.criterion} & t.case.want.keys()]
    others = [t for t in trials if t not in own]
    chosen = sorted(own, key=_size) + sorted(others, key=_size)[:4]
    bases = [_Place(trial.unit, trial.date) for trial in chosen[:_MOST_BASES]]
    last = ruleset.end or max(ruleset.start, datetime.date(2024, 12, 31))
    bases.append(_Place(Unit(ruleset.level, ruleset.vocabulary), last))
    return bases


def _work(unit: Unit) -> int:
    """Count a unit with those inside it."""
    return 1 + sum(
        _work(inner)
        for known in unit.collections.values()
        if not isinstance(known, Counts)
        for inner in known
    )


def _size(trial: Trial) -> int:
    unit = trial.unit
    return len(unit.facts) + 3 * len(unit.collections) + 2 * len(unit.history)


@attrs.frozen
class _Place:
    unit: Unit
    date: datetime.date


@attrs.frozen
class _Step:
    """A change of a unit: some of its parts anew, or another date."""

    parts: Mapping[str, Any]
    date: datetime.date | None = None

    def taken(self, place: _Place) -> _Place:
        unit = attrs.evolve(place.unit, **self.parts)
        facts = self.parts.get("facts")
        if isinstance(facts, Mapping):
            unit = attrs.evolve(unit, facts={**place.unit.facts, **facts})
        if self.date is None:
            return _Place(unit, place.date)
        if unit.as_of is not None:
            unit = attrs.evolve(unit, as_of=self.date)
        return _Place(unit, self.date)


class _Search:
    """What one change turns on."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        ruleset = mutant.ruleset
        self._ruleset = ruleset
        provision = mutant.provision
        self._before, self._after = ruleset, mutant.changed
        if provision is None:
            self._roots = list(roots(ruleset))
        else:
            # The figures of the rule as it is, not of the changed one.
            own = {**ruleset.preconditions, **ruleset.criteria}[provision.label]
            self._roots = list(roots_of(own))
            if not any_part(own, leans) and not any_part(provision, leans):
                # Nothing else matters, and one criterion is quicker than all.
                self._before = with_only(ruleset, own)
                self._after = with_only(ruleset, provision)
        self._parts = list(_all_parts(self._roots))
        self._near = near_facts(self._roots)
        self._levels = {
            inside.level.name: inside.level
            for node in self._parts
            if isinstance(inside := getattr(node, "collection", None), e.Collection)
        }.values()

    def tell(self, place: _Place) -> tuple[str, Verdict] | None:
        """Give the label whose decided verdict the change turns."""
        before = self._verdicts(self._before, place)
        after = self._verdicts(self._after, place)
        first = (self._mutant.label or WHOLE, self._mutant.criterion or WHOLE)
        for label in (*first, *before):
            verdict = before.get(label, Verdict.UNKNOWN)
            if verdict is not Verdict.UNKNOWN and after[label] is not verdict:
                return label, verdict
        return None

    def _verdicts(self, ruleset: Ruleset, place: _Place) -> dict[str, Verdict]:
        trace = evaluate(ruleset, place.unit, place.date)
        found = dict(verdicts(trace))
        return found if ruleset.confers is None else {**found, WHOLE: trace.verdict}

    def smaller(self, place: _Place, found: tuple[str, Verdict]) -> Witness:
        """Leave out of a unit whatever is not needed."""
        for name in ("facts", "collections", "history", "attestations"):
            for key in list(getattr(place.unit, name)):
                rest = {k: v for k, v in getattr(place.unit, name).items() if k != key}
                parts: dict[str, Any] = {name: rest}
                fewer = _Place(attrs.evolve(place.unit, **parts), place.date)
                if self.tell(fewer) == found:
                    place = fewer
        if place.unit.titles is not None:
            fewer = _Place(attrs.evolve(place.unit, titles=None), place.date)
            place = fewer if self.tell(fewer) == found else place
        return Witness(self._mutant, place.unit, place.date, *found)

    # Steps.

    def steps(self, place: _Place) -> Iterator[_Step]:
        """Give what may be changed about a unit."""
        unit = place.unit
        yield from self._facts(unit)
        yield from self._inside(unit)
        for titles in self._titles(unit):
            yield _Step({"titles": titles})
        for year, known in unit.history.items():
            for name in known:
                for value in self._near.get(name, ()):
                    facts = {**known, name: Given(value)}
                    yield _Step({"history": {**unit.history, year: facts}})
        yield from self._attested(unit)
        for year in self._years():
            date = datetime.date(year, 12, 31)
            if self._ruleset.in_force(date) and date != place.date:
                yield _Step({}, date)

    def _facts(self, unit: Unit) -> Iterator[_Step]:
        for name, values in self._near.items():
            known = unit.facts.get(name)
            for value in values:
                if known is None or known.value != value:
                    yield _Step({"facts": {name: Given(value)}})

    def _years(self) -> list[int]:
        found = {
            year
            for node in self._parts
            for year in _named_years(node)
            if 1 < year < datetime.MAXYEAR
        }
        return sorted({near for year in found for near in (year - 1, year, year + 1)})

    def _titles(self, unit: Unit) -> Iterator[Mapping[str, TitleRecord]]:
        known = unit.titles or {}
        wanted = {
            node.title.name
            for node in self._parts
            if isinstance(node, e.Holds | e.GrantedYear)
        }
        for title in wanted:
            if title.startswith(f"{unit.level.name}."):
                yield {name: rec for name, rec in known.items() if name != title}
                for year in self._years() or [2020]:
                    yield {**known, title: TitleRecord(year)}

    def _attested(self, unit: Unit) -> Iterator[_Step]:
        """Have so many judgements met, and the others not."""
        for name, judged in unit.attestations.items():
            labels = list(judged)
            for number in range(len(labels) + 1):
                for order in (labels, labels[::-1]):
                    turned = {
                        label: attrs.evolve(
                            judged[label],
                            verdict=Verdict.MET if at < number else Verdict.NOT_MET,
                        )
                        for at, label in enumerate(order)
                    }
                    yield _Step({"attestations": {**unit.attestations, name: turned}})

    def _inside(self, unit: Unit) -> Iterator[_Step]:
        """Change units inside: what one of them has, and how many are like which."""
        numbers = sorted(set(self._numbers()))
        for plural, known in unit.collections.items():
            if isinstance(known, Counts):
                for other in _counted(known, numbers):
                    yield _Step({"collections": {**unit.collections, plural: other}})
                continue
            for units in self._lists(known, numbers):
                yield _Step({"collections": {**unit.collections, plural: units}})
        for level in self._levels:
            if level.plural not in unit.collections:
                member = Unit(level, unit.vocabulary, id="u0")
                for units in ((), *self._lists((member,), numbers)):
                    inside = {**unit.collections, level.plural: units}
                    yield _Step({"collections": inside})

    def _lists(
        self, known: tuple[Unit, ...], numbers: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[Unit, ...]]:
        if not known:
            return
        yield known[1:]
        first, last = known[0], known[-1]
        changed = [attrs.evolve(first, **parts) for parts in self._variants(first)]
        for other in changed:
            yield (other, *known[1:])
        for one, two in [(first, last), *((first, other) for other in changed)]:
            for many, few in numbers:
                yield _copies(one, many, two, few)
                yield _copies(two, many, one, few)

    def _variants(self, unit: Unit) -> Iterator[dict[str, Any]]:
        for step in self._facts(unit):
            facts = step.parts["facts"]
            assert isinstance(facts, Mapping)
            yield {"facts": {**unit.facts, **facts}}
        for titles in self._titles(unit):
            yield {"titles": titles}

    def _numbers(self) -> Iterator[tuple[int, int]]:
        """Give how many members of two kinds come close to what is wanted."""
        for node in self._parts:
            match node:
                case e.Constant(type=CountType(), value=int(wanted)) if (
                    wanted < _HUNDRED
                ):
                    for number in (wanted - 1, wanted, wanted + 1):
                        yield max(number, 0), 0
                case e.Quantified(quantity=e.Quantity(number=int(wanted))):
                    for number in (wanted - 1, wanted):
                        yield from ((max(number, 0), few) for few in (0, 1))
                case e.Quantified():
                    yield from _shares(node.quantity)
                case _:
                    pass


def _shares(quantity: e.Quantity) -> Iterator[tuple[int, int]]:
    percent = _HUNDRED * quantity.part // quantity.whole
    for number in (percent - 1, percent, percent + 1):
        if 0 <= number <= _HUNDRED:
            yield number, _HUNDRED - number
    yield 1, 1


def _all_parts(found: Iterable[e.Expression]) -> Iterator[e.Expression]:
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(e.children(node))


def _named_years(node: e.Expression) -> Iterator[int]:
    match node:
        case e.Constant() if isinstance(node.value, int):
            year = node.value
            if 1900 < year < 2200:
                yield year
        case e.Lookup():
            for axis in node.axes:
                if isinstance(axis, e.YearAxis):
                    yield from axis.keys
        case _:
            return


def _copies(one: Unit, many: int, two: Unit, few: int) -> tuple[Unit, ...]:
    units = [one] * many + [two] * few
    return tuple(attrs.evolve(unit, id=f"u{at}") for at, unit in enumerate(units))


def _counted(known: Counts, numbers: Sequence[tuple[int, int]]) -> Iterator[Counts]:
    for title in known.hold:
        for many, few in numbers:
            hold = {**known.hold, title: many}
            if all(number <= many + few for number in hold.values()):
                yield attrs.evolve(known, total=many + few, hold=hold)
        for number in (known.hold[title] - 1, known.hold[title] + 1):
            if 0 <= number <= known.total:
                yield attrs.evolve(known, hold={**known.hold, title: number})
