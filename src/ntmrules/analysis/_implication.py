"""
Whether whatever one formula accepts, another accepts too.

Structure first; where the open figures are few, every choice that can make a difference
is tried, which decides it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from ntmrules.analysis import _linear as linear
from ntmrules.analysis._formula import (
    Asked,
    Counted,
    Env,
    Every,
    Flag,
    Formula,
    Guarded,
    Key,
    Known,
    Leaf,
    Reverse,
    Some,
    leaves,
    may_not_apply,
    parts_of,
)
from ntmrules.analysis._space import MAX_CHOICES, choices, every, size, together
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.verdict import Bound, Verdict


class Truth(enum.Enum):
    """Whether something is so."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@attrs.frozen(eq=False)
class Answer:
    """
    An answer, and what shows it.

    Attributes:
        shown_by: Where the answer is no: a choice of open figures that the one accepts
            and the other does not.
    """

    truth: Truth
    shown_by: Env = attrs.field(factory=dict)


YES, OPEN = Answer(Truth.YES), Answer(Truth.OPEN)

PASSES = frozenset({Verdict.MET, Verdict.NOT_APPLICABLE})
"""What stands in nobody's way."""

MET = frozenset({Verdict.MET})
"""What counts as met where criteria are counted."""


@attrs.frozen(eq=False)
class Implication:
    """
    Decides implications between formulas of one level.

    Attributes:
        pair: Decides those between two things that are not looked into, such as
            quantifiers; nothing where it cannot.
    """

    vocabulary: Vocabulary
    pair: Callable[[Flag, Flag], Answer | None]

    def implies(
        self, new: Formula, old: Formula, accepted: frozenset[Verdict] = PASSES
    ) -> Answer:
        """Tell whether the old one accepts whatever the new one accepts."""
        if new == old:
            return YES
        old = _without_open(old, new)
        settled = _settled(new, old, accepted)
        if settled is not None:
            return settled
        tried = self._try_all(new, old, accepted)
        if tried is not None and (tried is YES or not _tangled(new, old)):
            return tried
        found = self._by_structure(new, old, accepted)
        # What is tried takes figures for free that hang together; structure does not.
        return found if found.truth is Truth.YES or tried is None else tried

    def _by_structure(
        self, new: Formula, old: Formula, accepted: frozenset[Verdict]
    ) -> Answer:
        if linear.implies(new, old):
            return YES
        paired = self._paired(new, old)
        if paired is not None:
            return paired
        simple = accepted is PASSES or not (may_not_apply(new) or may_not_apply(old))
        return self._by_parts(new, old) if simple else OPEN

    # One by one.

    def _try_all(
        self, new: Formula, old: Formula, accepted: frozenset[Verdict]
    ) -> Answer | None:
        """Try every choice, if they are few and all they turn on can be looked into."""
        space = choices((new, old))
        if size(space) > MAX_CHOICES:
            return None
        mixed = _differing(new, old)
        found: Env | None = None
        for env in every(space, self.vocabulary):
            accepts = new.verdict(env) in accepted
            if accepts and old.verdict(env) not in accepted:
                found = env
                break
        if found is None:
            return YES
        return None if mixed else Answer(Truth.NO, found)

    def satisfy(self, formula: Formula) -> Env | None:
        """Find a choice that a formula accepts; the parts of a conjunction apart."""
        parts = formula.parts if isinstance(formula, Every) else (formula,)
        found: dict[Key, Any] = {}
        left = list(parts)
        while left:
            first = left[0]
            group = [first, *together(left[1:], Asked(first).keys)]
            left = [part for part in left if not any(part is one for one in group)]
            env = self._satisfy(group)
            if env is None:
                return None
            found.update(env)
        return found

    def _satisfy(self, group: list[Formula]) -> Env | None:
        space = choices(group)
        if size(space) > MAX_CHOICES:
            return None
        for env in every(space, self.vocabulary):
            if all(part.verdict(env) in PASSES for part in group):
                return env
        return None

    # By structure.

    def _by_parts(self, new: Formula, old: Formula) -> Answer:
        if isinstance(old, Every):
            return self._each(self._part(new, part) for part in old.parts)
        if isinstance(new, Some):
            return self._each(self.implies(part, old) for part in new.parts)
        if isinstance(new, Guarded) and isinstance(old, Guarded):
            if self._same(new.applies, old.applies):
                return self.implies(new.requirement, old.requirement)
            return OPEN
        if isinstance(new, Reverse) and isinstance(old, Reverse):
            turned = self.implies(old.part, new.part, MET)
            return turned if turned.truth is Truth.YES else OPEN
        if isinstance(new, Every):
            for part in new.parts:
                if self.implies(part, old).truth is Truth.YES:
                    return YES
        if isinstance(old, Some):
            for part in old.parts:
                if self.implies(new, part).truth is Truth.YES:
                    return YES
        return OPEN

    def _part(self, new: Formula, old: Formula) -> Answer:
        """Tell whether a conjunction implies one formula; the rest must be possible."""
        if not isinstance(new, Every):
            return self.implies(new, old)
        parts = new.parts
        for part in parts:
            answer = self.implies(part, old)
            if answer.truth is Truth.YES:
                return YES
        near = together(parts, Asked(old).keys)
        rest = [part for part in parts if not any(part is one for one in near)]
        answer = self.implies(Every(tuple(near)), old)
        if answer.truth is not Truth.NO:
            return answer
        others = self.satisfy(Every(tuple(rest)))
        if others is None:
            return OPEN
        return Answer(Truth.NO, {**others, **answer.shown_by})

    def _each(self, answers: Iterable[Answer]) -> Answer:
        result = YES
        for answer in answers:
            if answer.truth is Truth.NO:
                return answer
            if answer.truth is Truth.OPEN:
                result = OPEN
        return result

    def _same(self, one: Formula, other: Formula) -> bool:
        there, back = self.implies(one, other, MET), self.implies(other, one, MET)
        return there.truth is back.truth is Truth.YES

    def _paired(self, new: Formula, old: Formula) -> Answer | None:
        """Compare two quantifiers, or two choices among the same things."""
        if isinstance(new, Flag) and isinstance(old, Flag):
            return self.pair(new, old)
        if isinstance(new, Counted) and isinstance(old, Counted):
            return self._choices(new, old)
        return None

    def _choices(self, new: Counted, old: Counted) -> Answer | None:
        """
        Compare ``at least k of`` by what both count.

        Whatever only the new one counts may be among its k; so many fewer are then
        certain of what the old one counts.
        """
        wanted, asked = least_of(new), least_of(old)
        if wanted is None or asked is None:
            return None
        # One that is listed twice counts twice, and only against another one.
        theirs = list(zip(old.names, old.parts, strict=True))
        shared = 0
        for name, part in zip(new.names, new.parts, strict=True):
            for place, (known, other) in enumerate(theirs):
                if known == name and self.implies(part, other, MET).truth is Truth.YES:
                    shared += 1
                    del theirs[place]
                    break
        certain = wanted - (len(new.parts) - shared)
        return YES if certain >= asked else None


def least_of(formula: Counted) -> int | None:
    """Give how many parts must be met at least; nothing where shares may shift."""
    quantity = formula.quantity
    if quantity.bound is Bound.AT_MOST:
        return None
    if quantity.number is not None:
        return quantity.number if quantity.bound is Bound.AT_LEAST else None
    if any(may_not_apply(part) for part in formula.parts):
        return None
    return -(-quantity.part * len(formula.parts) // quantity.whole)


def _settled(new: Formula, old: Formula, accepted: frozenset[Verdict]) -> Answer | None:
    if isinstance(old, Known):
        if old.settled in accepted:
            return YES
        if old.settled is Verdict.UNKNOWN:
            return OPEN  # it says nothing for this year
    if isinstance(new, Known) and new.settled not in accepted:
        return YES
    return None


def _without_open(old: Formula, new: Formula) -> Formula:
    """Let what is left to others without a bound be anything, unless both leave it."""
    kept = {leaf.key for leaf in leaves(new)}
    return _replaced(old, kept)


def _replaced(formula: Formula, kept: set[Key]) -> Formula:
    if isinstance(formula, Flag):
        gone = formula.key[0] == "delegated" and formula.key not in kept
        return Known(Verdict.MET) if gone else formula
    if not any(leaf.key[0] == "delegated" for leaf in leaves(formula)):
        return formula
    inner = [_replaced(part, kept) for part in parts_of(formula)]
    match formula:
        case Every() | Some() | Counted():
            return attrs.evolve(formula, parts=tuple(inner))
        case Reverse():
            return Reverse(inner[0])
        case Guarded():
            return Guarded(inner[0], inner[1])
        case _:
            return formula


def _differing(new: Formula, old: Formula) -> bool:
    """
    Tell whether they look at different things that are not looked into.

    A judgement of a person says nothing against a figure, nor the reverse.
    """
    mine, theirs = leaves(new), leaves(old)
    if _judged(mine) != _judged(theirs):
        return True
    first = {leaf.key for leaf in mine if _is_opaque(leaf)}
    second = {leaf.key for leaf in theirs if _is_opaque(leaf)}
    return bool(first and second and first != second)


def _tangled(*formulas: Formula) -> bool:
    """Tell whether a figure may be looked at in more than one way."""
    return any(leaf.key[0] in {"value", "condition"} for leaf in leaves(*formulas))


def _judged(found: Iterable[Leaf]) -> set[Key]:
    return {leaf.key for leaf in found if leaf.key[0] == "attested"}


def _is_opaque(leaf: Leaf) -> bool:
    return leaf.key[0] == "condition"
