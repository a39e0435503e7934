"""
Quantifiers over sub-units: whether one implies another, and units that make one true.

Source: language.md sections 6 and 9.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

import attrs

from ntmrules.analysis._cases import Case, Choosers
from ntmrules.analysis._formula import Env, Every, Flag, Formula, Reverse, may_not_apply
from ntmrules.analysis._implication import (
    MET,
    OPEN,
    YES,
    Answer,
    Implication,
    Truth,
)
from ntmrules.analysis._reading import condition
from ntmrules.analysis._realise import Realiser
from ntmrules.evaluate import evaluate_condition
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.verdict import Bound, Tally, Verdict, count_number, count_share


_PASSES = frozenset({"met", "not applicable"})
_MOST_UNITS = 200
_SMALL = (1, 2, 3, 4, 5, 6, 8, 10)


@attrs.frozen(eq=False)
class Sample:
    """A sub-unit, and whether it meets the one predicate and the other."""

    unit: Unit
    new: bool
    old: bool


@attrs.frozen(eq=False)
class Quantifiers:
    """
    Looks into quantifiers of two rulesets on one date.

    Attributes:
        new: The ruleset to which the one that implies belongs.
        old: The one to which the implied one belongs.
    """

    new: Ruleset
    old: Ruleset
    date: datetime.date

    def implication(self) -> Implication:
        """Give what decides implications, quantifiers included."""
        return Implication(self.new.vocabulary, self.pair)

    def pair(self, new: Flag, old: Flag) -> Answer | None:
        """Tell whether one quantifier implies another over the same sub-units."""
        first, second = _quantified(new), _quantified(old)
        if first is None or second is None:
            return None
        over = first.collection
        if not isinstance(over, e.Collection) or over != second.collection:
            return None
        samples, up, down = self._look_into(first, second, over)
        if samples is None:
            return None
        if _accepts_empty(first) and not _accepts_empty(second):
            return Answer(Truth.NO, {("units", over.level.plural): ()})
        if _is_tighter(first.quantity, second.quantity, up=up, down=down):
            return YES
        shown = _counterexample(first.quantity, second.quantity, samples)
        if shown is None:
            return OPEN
        return Answer(Truth.NO, {("units", over.level.plural): shown})

    def _look_into(
        self, new: e.Quantified, old: e.Quantified, over: e.Collection
    ) -> tuple[list[Sample] | None, bool, bool]:
        """
        Look at the predicates in every case of a sub-unit.

        Returns:
            Sub-units of each kind that there can be; whether who meets the new
            predicate meets the old one; and the reverse.
        """
        cases = self._cases(over, (new.predicate, self.new), (old.predicate, self.old))
        if cases is None:
            return None, False, False
        decider = self.implication()
        found: list[Sample] = []
        up = down = True
        for case in cases:
            mine = self._formula(new.predicate, self.new, over, case)
            theirs = self._formula(old.predicate, self.old, over, case)
            belongs = self._belongs(over, case)
            if any(map(may_not_apply, (mine, theirs, *belongs))):
                return None, False, False
            one, other = (Every((*belongs, x)) for x in (mine, theirs))
            up = up and decider.implies(one, theirs, MET).truth is Truth.YES
            down = down and decider.implies(other, mine, MET).truth is Truth.YES
            for has_new, has_old in itertools.product((True, False), repeat=2):
                parts = (
                    *belongs,
                    mine if has_new else Reverse(mine),
                    theirs if has_old else Reverse(theirs),
                )
                unit = self._unit(decider, parts, over, case)
                known = any((x.new, x.old) == (has_new, has_old) for x in found)
                if unit is not None and not known:
                    found.append(Sample(unit, has_new, has_old))
        return found, up, down

    def _unit(
        self,
        decider: Implication,
        parts: tuple[Formula, ...],
        over: e.Collection,
        case: Case,
    ) -> Unit | None:
        env: Env | None = decider.satisfy(Every(parts))
        if env is None:
            return None
        names = (self.new.id, self.old.id)
        realiser = Realiser(over.level, self.new.vocabulary, names, self.units_for)
        unit = realiser.unit(env, parts, case)
        # Its facts are those of the unit that it lies in.
        return None if unit is None else attrs.evolve(unit, as_of=None)

    def _cases(
        self, over: e.Collection, *parts: tuple[e.Expression, Ruleset]
    ) -> list[Case] | None:
        choosers = Choosers()
        for node, ruleset in parts:
            choosers.add(node, ruleset)
        if over.where is not None:
            choosers.add(over.where, self.new)
        return choosers.cases([self.date])

    def _formula(
        self, node: e.Expression, ruleset: Ruleset, over: e.Collection, case: Case
    ) -> Formula:
        facts = {chosen.fact.name: chosen.given for chosen in case.chosen}
        unit = Unit(over.level, ruleset.vocabulary, as_of=self.date, facts=facts)
        return condition(evaluate_condition(ruleset, unit, self.date, node))

    def _belongs(self, over: e.Collection, case: Case) -> tuple[Formula, ...]:
        if over.where is None:
            return ()
        return (self._formula(over.where, self.new, over, case),)

    def units_for(
        self,
        flag: Flag,
        wanted: bool,  # noqa: FBT001 - a callback
    ) -> tuple[str, tuple[Unit, ...]] | None:
        """Give units that make a quantifier true, or not."""
        node = _quantified(flag)
        if node is None or not isinstance(node.collection, e.Collection):
            return None
        over = node.collection
        samples, *_ = self._look_into(node, node, over)
        if samples is None:
            return None
        verdict = Verdict.MET if wanted else Verdict.NOT_MET
        for units in _mixtures(samples, node.quantity):
            if _decide(node.quantity, [sample.new for sample in units]) is verdict:
                return over.level.plural, _named(units)
        return None


def _quantified(flag: Flag) -> e.Quantified | None:
    node = None if flag.step is None else flag.step.node
    return node if isinstance(node, e.Quantified) else None


def _accepts_empty(node: e.Quantified) -> bool:
    if node.if_none is not None:
        return node.if_none in _PASSES
    quantity = node.quantity
    return quantity.number == 0 and quantity.bound is not Bound.AT_MOST


def _is_tighter(new: e.Quantity, old: e.Quantity, *, up: bool, down: bool) -> bool:
    """Tell whether a quantity over an implied predicate leaves nothing out."""
    if new.bound is not old.bound or new.bound is Bound.EXACTLY:
        return False
    if new.bound is Bound.AT_LEAST:
        return up and _at_least(new, old)
    return down and _at_most(new, old)


def _at_least(new: e.Quantity, old: e.Quantity) -> bool:
    if new.number is not None and old.number is not None:
        return new.number >= old.number
    if new.number is None and old.number is None:
        return new.part * old.whole >= old.part * new.whole
    # Any share of some units is at least one of them.
    return new.number is None and new.part > 0 and (old.number or 0) <= 1


def _at_most(new: e.Quantity, old: e.Quantity) -> bool:
    if new.number is not None and old.number is not None:
        return new.number <= old.number
    if new.number is None and old.number is None:
        return new.part * old.whole <= old.part * new.whole
    return new.number is None and new.part == 0


def _decide(quantity: e.Quantity, met: list[bool]) -> Verdict:
    tally = Tally(met=sum(met), not_met=len(met) - sum(met))
    if quantity.number is not None:
        return count_number(quantity.bound, quantity.number, tally)
    return count_share(quantity.bound, quantity.part, quantity.whole, tally)


def _mixtures(samples: list[Sample], *quantities: e.Quantity) -> Iterator[list[Sample]]:
    """Give collections of one or two kinds of units, small ones first."""
    sizes = {*_SMALL}
    for quantity in quantities:
        if quantity.number is not None:
            sizes |= {max(quantity.number, 1), quantity.number + 1}
        else:
            sizes.add(quantity.whole)
    for size in sorted(size for size in sizes if size <= _MOST_UNITS):
        for sample in samples:
            yield [sample] * size
        for one, other in itertools.permutations(samples, 2):
            for number in range(1, size):
                yield [one] * number + [other] * (size - number)


def _counterexample(
    new: e.Quantity, old: e.Quantity, samples: list[Sample]
) -> tuple[Unit, ...] | None:
    for units in _mixtures(samples, new, old):
        accepted = _decide(new, [sample.new for sample in units]) is Verdict.MET
        if accepted and _decide(old, [x.old for x in units]) is Verdict.NOT_MET:
            return _named(units)
    return None


def _named(units: list[Sample]) -> tuple[Unit, ...]:
    return tuple(
        attrs.evolve(sample.unit, id=f"u{number}")
        for number, sample in enumerate(units, 1)
    )
