"""
What a condition comes to, as a formula over the facts that are still open.

A formula is read from the steps of an evaluation in which little is given: whatever
the case and the year decide is decided by the engine itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from ntmrules.evaluate.trace import ConditionStep, ValueStep
from ntmrules.exact import COMPARISONS, Share, quotient
from ntmrules.model import expressions as e
from ntmrules.model.types import EnumType, Type, Value
from ntmrules.verdict import (
    Tally,
    Verdict,
    all_of,
    any_of,
    count_number,
    count_share,
    negate,
)


Key = tuple[object, ...]
"""What tells one open figure from another."""

Env = Mapping[Key, Any]
"""
A choice of every open figure: truth, or a number that orders as the value does; of
``("units", plural)`` the units inside.
"""

_MET, _NOT_MET = Verdict.MET, Verdict.NOT_MET


def number_of(value: Value, kind: Type) -> Fraction | None:
    """Give a number that orders as a value of a type does, if there is one."""
    match value:
        case bool():
            return None
        case Share():
            if value.whole == 0:
                return None
            return Fraction(quotient(value.part, value.whole))
        case datetime.date():
            return Fraction(value.toordinal())
        case str() if isinstance(kind, EnumType):
            return Fraction(kind.enum.rank(value))
        case int() | Fraction():
            return Fraction(value)
        case _:
            return None


@attrs.frozen
class Known:
    """A verdict that is settled."""

    settled: Verdict

    def verdict(self, env: Env) -> Verdict:  # noqa: ARG002 - as the others have it
        """Give it."""
        return self.settled


@attrs.frozen
class Test:
    """A figure compared with a known one."""

    key: Key
    sign: str
    limit: Fraction
    step: ValueStep = attrs.field(eq=False, repr=False)
    wanted: ValueStep = attrs.field(eq=False, repr=False)

    def holds(self, value: Fraction) -> bool:
        """Compare a figure."""
        return COMPARISONS[self.sign](value, self.limit)

    def verdict(self, env: Env) -> Verdict:
        """Compare."""
        return _MET if self.holds(env[self.key]) else _NOT_MET


@attrs.frozen
class Flag:
    """
    Something that is true or not: a boolean fact, a title, what nobody looks into.

    Attributes:
        step: What it is; `None` for the judgement of a person.
    """

    key: Key
    step: ConditionStep | ValueStep | None = attrs.field(eq=False, repr=False)

    def verdict(self, env: Env) -> Verdict:
        """Tell."""
        return _MET if env[self.key] else _NOT_MET


@attrs.frozen
class Every:
    """All of several formulas."""

    parts: tuple[Formula, ...]

    def verdict(self, env: Env) -> Verdict:
        """Join."""
        return all_of(part.verdict(env) for part in self.parts)


@attrs.frozen
class Some:
    """Any of several formulas."""

    parts: tuple[Formula, ...]

    def verdict(self, env: Env) -> Verdict:
        """Join."""
        return any_of(part.verdict(env) for part in self.parts)


@attrs.frozen
class Reverse:
    """The opposite of a formula."""

    part: Formula

    def verdict(self, env: Env) -> Verdict:
        """Swap."""
        return negate(self.part.verdict(env))


@attrs.frozen
class Branch:
    """One of two formulas, as a third one says."""

    test: Formula
    then: Formula
    otherwise: Formula

    def verdict(self, env: Env) -> Verdict:
        """Choose, as language.md section 4 does."""
        test = self.test.verdict(env)
        then, otherwise = self.then.verdict(env), self.otherwise.verdict(env)
        if test is _MET or then is otherwise:
            return then
        if test is _NOT_MET:
            return otherwise
        unknown = Verdict.UNKNOWN in (test, then, otherwise)
        return Verdict.UNKNOWN if unknown else Verdict.NOT_APPLICABLE


@attrs.frozen
class Counted:
    """So many of several formulas; each has a name by which to find it again."""

    quantity: e.Quantity
    parts: tuple[Formula, ...]
    names: tuple[Key, ...]

    def verdict(self, env: Env) -> Verdict:
        """Count."""
        return decide(self.quantity, [part.verdict(env) for part in self.parts])


@attrs.frozen
class Guarded:
    """A requirement that applies only where a condition is met."""

    applies: Formula
    requirement: Formula

    def verdict(self, env: Env) -> Verdict:
        """Look whether it applies."""
        applies = self.applies.verdict(env)
        if applies is _MET:
            return self.requirement.verdict(env)
        if applies is Verdict.UNKNOWN:
            return Verdict.UNKNOWN
        return Verdict.NOT_APPLICABLE


Formula = Known | Test | Flag | Every | Some | Reverse | Branch | Counted | Guarded
Leaf = Test | Flag


def decide(quantity: e.Quantity, verdicts: Iterable[Verdict]) -> Verdict:
    """Decide a quantity over verdicts."""
    found = list(verdicts)
    tally = Tally(
        found.count(_MET), found.count(_NOT_MET), found.count(Verdict.UNKNOWN)
    )
    if quantity.number is not None:
        return count_number(quantity.bound, quantity.number, tally)
    return count_share(quantity.bound, quantity.part, quantity.whole, tally)


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """Give the formulas directly inside one."""
    match formula:
        case Every() | Some() | Counted():
            return formula.parts
        case Reverse():
            return (formula.part,)
        case Branch():
            return (formula.test, formula.then, formula.otherwise)
        case Guarded():
            return (formula.applies, formula.requirement)
        case Known() | Test() | Flag():
            return ()


def leaves(*formulas: Formula) -> list[Leaf]:
    """Give every leaf of formulas, in order."""
    found: list[Leaf] = []
    waiting = list(reversed(formulas))
    while waiting:
        formula = waiting.pop()
        if isinstance(formula, Test | Flag):
            found.append(formula)
        waiting += reversed(parts_of(formula))
    return found


@attrs.frozen(eq=False, slots=False)
class Asked:
    """A formula with the keys it looks at, worked out once."""

    formula: Formula

    @cached_property
    def keys(self) -> frozenset[Key]:
        """The open figures."""
        return frozenset(leaf.key for leaf in leaves(self.formula))


def may_not_apply(formula: Formula) -> bool:
    """Tell whether a formula can come to *not applicable*."""
    match formula:
        case Known():
            return formula.settled is Verdict.NOT_APPLICABLE
        case Guarded():
            return True
        case Counted() if formula.quantity.number is not None:
            return False
        case _:
            return any(may_not_apply(part) for part in parts_of(formula))
