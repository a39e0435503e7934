"""
Collections: their members, and how quantifiers count them.

Source: language.md sections 6 and 8.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ntmrules.evaluate._context import Context
from ntmrules.evaluate.trace import Cause, MemberStep, Reason, Step, ValueStep
from ntmrules.model.expressions import Collection, Holds, Quantity
from ntmrules.model.unit import Counts, Members
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.verdict import Bound, Tally, Verdict, count_number, count_share


MAX_YEARS = 200
"""The longest run of years a quantifier looks at."""

_MET, _NOT_MET, _UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def verdict_of(step: Step | None) -> Verdict:
    """Give the verdict of a condition; no condition is met."""
    if step is None:
        return _MET
    if isinstance(step, ValueStep):
        msg = f"the checker lets no {type(step.node).__name__} stand as a condition"
        raise TypeError(msg)
    return step.verdict


def tally_members(members: Iterable[MemberStep]) -> Tally:
    """Count how members came out; a member outside ``where`` is not counted."""
    met = not_met = unknown = 0
    maybe_met = maybe_not_met = maybe_unknown = 0
    for _, _, where, predicate in members:
        sure, maybe = True, False
        if where is not None:
            belongs = verdict_of(where)
            sure, maybe = belongs is _MET, belongs is _UNKNOWN
        outcome = verdict_of(predicate)
        if outcome is _MET:
            met, maybe_met = met + sure, maybe_met + maybe
        elif outcome is _NOT_MET:
            not_met, maybe_not_met = not_met + sure, maybe_not_met + maybe
        elif outcome is _UNKNOWN:
            unknown, maybe_unknown = unknown + sure, maybe_unknown + maybe
    return Tally(met, not_met, unknown, maybe_met, maybe_not_met, maybe_unknown)


def with_counts(
    tally: Tally,
    counts: Iterable[Counts],
    collection: Collection,
    predicate: object,
    here: Context,
) -> Tally:
    """
    Add members of which only counts are known.

    Counts answer ``hold`` quantifiers, in the year of which they are; other
    conditions on them are unknown.
    """
    counts = tuple(counts)
    if not counts:
        return tally
    answers = isinstance(predicate, Holds) and collection.where is None
    current = answers and _current(collection.level, here)
    for group in counts:
        met, most = 0, group.total
        if current and isinstance(predicate, Holds):
            met, most = holders(group, predicate.title.name, here.unit.vocabulary)
        unknown, not_met = most - met, group.total - most
        if collection.where is not None:
            tally = attrs.evolve(tally, maybe_unknown=tally.maybe_unknown + group.total)
            continue
        tally = attrs.evolve(
            tally,
            met=tally.met + met,
            unknown=tally.unknown + unknown,
            not_met=tally.not_met + not_met,
        )
    return tally


def _current(level: Level, here: Context) -> bool:
    """Tell whether all counts of *level* are of the year looked at."""
    for inside in here.unit.collections.values():
        if isinstance(inside, Counts):
            if not here.plain:
                return False
        elif not all(
            unit.level.name == level.name or _current(level, here.inside(unit))
            for unit in inside
        ):
            return False
    return True


def holders(counts: Counts, title: str, vocabulary: Vocabulary) -> tuple[int, int]:
    """
    Give the least and the most units that can hold a title.

    Holders of a higher title hold it too, and every holder holds the lower ones.
    Counts that contradict each other leave it open (and are a finding).
    """
    hold = counts.hold
    if any(
        hold.get(higher, 0) > hold.get(lower, counts.total)
        for higher, lower in vocabulary.ordered(title)
    ):
        return 0, counts.total
    least = max((hold.get(t, 0) for t in vocabulary.implying(title)), default=0)
    most = min(
        (hold[t] for t in vocabulary.implied(title) if t in hold),
        default=counts.total,
    )
    return least, most


def decide(quantity: Quantity, tally: Tally) -> Verdict:
    """Decide a quantity from a tally."""
    if quantity.number is not None:
        return count_number(quantity.bound, quantity.number, tally)
    return count_share(quantity.bound, quantity.part, quantity.whole, tally)


def decide_empty(
    quantity: Quantity, if_none: str | None, name: str
) -> tuple[Verdict, Reason | None]:
    """Decide a quantifier over a collection that certainly has no members."""
    if if_none is not None:
        return Verdict(if_none), None
    if quantity.number is not None and quantity.bound is not Bound.AT_MOST:
        return count_number(quantity.bound, quantity.number, Tally()), None
    return Verdict.UNKNOWN, Reason(Cause.COLLECTION_EMPTY, {"name": name})


def absent(found: Members, name: str) -> Reason | None:
    """Say why a collection is not wholly known, if it is not."""
    if not found.complete:
        return Reason(Cause.COLLECTION_MISSING, {"name": name})
    if found.counts:
        return Reason(Cause.COLLECTION_COUNTED, {"name": name})
    return None
