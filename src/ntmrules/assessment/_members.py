"""Members of collections: whose belonging matters, and who has no list of them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ntmrules.evaluate.trace import ConditionStep, MemberStep, Step, ValueStep
from ntmrules.model import expressions as e
from ntmrules.model.unit import Counts, Unit
from ntmrules.model.vocabulary import Level
from ntmrules.verdict import Bound, Tally, Verdict, count_number, count_share


MAY_BELONG = frozenset({Verdict.MET, Verdict.UNKNOWN})
"""What ``where`` comes to for members that belong, or may."""


def verdict_of(step: Step | None) -> Verdict:
    """Give the verdict of a condition; no condition is met."""
    return step.verdict if isinstance(step, ConditionStep) else Verdict.MET


@attrs.frozen
class Membership:
    """
    Tells of whom it matters whether they belong to a collection.

    Attributes:
        maybe_empty: Whether nobody certainly belongs.
        maybe_hollow: Whether all that belong may turn out not applicable.
        only_emptiness: Whether all that is open is if anybody belongs.
    """

    quantity: e.Quantity
    if_none: str | None
    maybe_empty: bool
    maybe_hollow: bool
    only_emptiness: bool

    @classmethod
    def of(cls, node: e.Quantified, step: ConditionStep) -> Membership:
        """Look at the members of a quantifier."""
        tally = step.tally or Tally()
        listed = {verdict_of(member.where) for member in step.members}
        outside = {
            verdict_of(member.predicate)
            for member in step.members
            if verdict_of(member.where) in MAY_BELONG
        }
        hollow = tally.sure == 0 and Verdict.NOT_APPLICABLE in outside
        empty = tally.sure == 0 and Verdict.MET not in listed
        decided = _decide(node.quantity, tally) is not Verdict.UNKNOWN
        return cls(node.quantity, node.if_none, empty, hollow, decided)

    def matters(self, member: MemberStep) -> bool:
        """Tell of a member with an unknown ``where``."""
        verdict = verdict_of(member.predicate)
        if verdict is Verdict.UNKNOWN:
            return True
        if self.maybe_empty and self._alone(verdict) is not self._empty():
            return True
        if verdict is Verdict.NOT_APPLICABLE:
            return False
        if self.maybe_hollow and self.quantity.number is None:
            return True
        return _can_tell(self.quantity, verdict)

    def _alone(self, verdict: Verdict) -> Verdict:
        """Decide a collection of one member."""
        tally = Tally(
            met=int(verdict is Verdict.MET), not_met=int(verdict is Verdict.NOT_MET)
        )
        return _decide(self.quantity, tally)

    def _empty(self) -> Verdict:
        """Decide the collection without members (language.md section 6)."""
        if self.if_none is not None:
            return Verdict(self.if_none)
        quantity = self.quantity
        if quantity.number is None or quantity.bound is Bound.AT_MOST:
            return Verdict.UNKNOWN
        return _decide(quantity, Tally())


def _decide(quantity: e.Quantity, tally: Tally) -> Verdict:
    if quantity.number is not None:
        return count_number(quantity.bound, quantity.number, tally)
    return count_share(quantity.bound, quantity.part, quantity.whole, tally)


def _can_tell(quantity: e.Quantity, verdict: Verdict) -> bool:
    """Tell whether one more member of a verdict can decide a quantity."""
    if quantity.number is not None:
        return verdict is Verdict.MET
    # Of "all" only members that are not met can tell, of "no" only the met.
    if quantity.bound is Bound.AT_LEAST and quantity.part == quantity.whole:
        return verdict is Verdict.NOT_MET
    if quantity.bound is Bound.AT_MOST and quantity.part == 0:
        return verdict is Verdict.MET
    return True


def counts_leave_open(step: ConditionStep) -> bool:
    """Tell whether members known only by number leave the outcome open."""
    if step.tally is None:
        return False
    listed = sum(
        verdict_of(member.predicate) is Verdict.UNKNOWN
        and verdict_of(member.where) in MAY_BELONG
        for member in step.members
    )
    return step.tally.unknown + step.tally.maybe_unknown > listed


def without_list(unit: Unit, level: Level, *, counted: bool) -> Iterator[Unit]:
    """Go the way of `ntmrules.model.unit.members`, gathering who lacks a list."""
    own = unit.collections.get(level.plural)
    if isinstance(own, Counts):
        if counted and own.total:
            yield unit
        return
    if own is not None:
        return
    levels = unit.vocabulary.levels
    between = [
        levels[name].plural
        for name in unit.vocabulary.ancestors(level.name)
        if unit.vocabulary.is_below(name, unit.level.name)
        and levels[name].plural in unit.collections
    ]
    inside = unit.collections[between[-1]] if between else None
    if inside is None:
        yield unit
    elif isinstance(inside, Counts):
        if inside.total:
            yield unit
    else:
        for sub in inside:
            yield from without_list(sub, level, counted=counted)


def aggregated(
    node: e.Aggregate, step: ValueStep
) -> Iterator[tuple[Step | None, tuple[Step, ...]]]:
    """Take apart the steps of an aggregate: per member its where, value, weight."""
    steps = iter(step.steps)
    for first in steps:
        where: Step | None = None
        head = first
        if node.collection.where is not None:
            where = first
            if verdict_of(where) not in MAY_BELONG:
                continue
            head = next(steps)
        values = (head,) if node.weight is None else (head, next(steps))
        yield where, values
