"""
Whether one comparison of sums implies another.

``income >= 1.5 * income at 2020`` asks for more than ``income >= 1.2 * income at 2020``
because the difference is a multiple of a figure that is never negative.  Both are read
as ``form >= 0``; the old one follows if it is a multiple of the new one and something
that cannot be below zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from ntmrules.analysis._domain import least, most
from ntmrules.analysis._formula import Flag, Formula, Key, Test, number_of
from ntmrules.analysis._reading import key_of
from ntmrules.evaluate.trace import ConditionStep, ValueStep
from ntmrules.exact import quotient
from ntmrules.model import expressions as e


_UPWARD = {">=": False, ">": True}
_DOWNWARD = {"<=": False, "<": True}


@attrs.frozen(eq=False)
class _Range:
    """What an open figure can be: at least 0 or anything, and at most so much."""

    positive: bool
    most: Fraction | None


@attrs.frozen(eq=False)
class _Form:
    """A sum of multiples of open figures, and a number."""

    factors: Mapping[Key, Fraction]
    number: Fraction
    ranges: Mapping[Key, _Range]

    def plus(self, other: _Form, times: Fraction) -> _Form:
        """Add so many times another form."""
        factors = dict(self.factors)
        for key, factor in other.factors.items():
            factors[key] = factors.get(key, Fraction(0)) + times * factor
        number = self.number + times * other.number
        return _Form(factors, number, {**self.ranges, **other.ranges})

    def lowest(self) -> Fraction | None:
        """Give the least it can come to; nothing if there is no end to it."""
        found = self.number
        for key, factor in self.factors.items():
            limits = self.ranges[key]
            if factor > 0 and not limits.positive:
                return None
            if factor < 0:
                if limits.most is None:
                    return None
                found += factor * limits.most
        return found


_ZERO = _Form({}, Fraction(0), {})

_Row = tuple[_Form, bool]
"""A form that is at least 0, or more than 0."""


def implies(new: Formula, old: Formula) -> bool:
    """Tell whether it is certain that whoever meets the new leaf meets the old one."""
    given, wanted = _rows(new), _rows(old)
    if not given or not wanted:
        return False
    known = {key for form, _ in given for key in form.factors}
    for form, _ in wanted:
        # A quotient that the new one does not look at may have no value.
        if any(key[0] != "fact" and key not in known for key in form.factors):
            return False
    return all(any(_follows(row, found) for row in given) for found in wanted)


def _rows(formula: Formula) -> tuple[_Row, ...]:
    match formula:
        case Test():
            left = form_of(formula.step)
            right = _Form({}, formula.limit, {})
            return () if left is None else tuple(_signed(left, formula.sign, right))
        case Flag(step=ConditionStep() as step) if isinstance(step.node, e.Comparison):
            sides = [form_of(x) for x in step.steps if isinstance(x, ValueStep)]
            if len(sides) != 2 or sides[0] is None or sides[1] is None:
                return ()
            return tuple(_signed(sides[0], step.node.operator, sides[1]))
        case _:
            return ()


def _signed(left: _Form, sign: str, right: _Form) -> Iterator[_Row]:
    if sign in _UPWARD or sign == "=":
        yield left.plus(right, Fraction(-1)), _UPWARD.get(sign, False)
    if sign in _DOWNWARD or sign == "=":
        yield right.plus(left, Fraction(-1)), _DOWNWARD.get(sign, False)


def _follows(given: _Row, wanted: _Row) -> bool:
    (new, new_strict), (old, old_strict) = given, wanted
    for times in _multiples(new, old):
        low = old.plus(new, -times).lowest()
        if low is None or low < 0:
            continue
        if low > 0 or not old_strict or (new_strict and times > 0):
            return True
    return False


def _multiples(new: _Form, old: _Form) -> Iterator[Fraction]:
    """Give the multiples at which what is left over changes its sign somewhere."""
    yield Fraction(0)
    pairs = [(new.factors[key], old.factors.get(key, 0)) for key in new.factors]
    for mine, theirs in [*pairs, (new.number, old.number)]:
        if mine and (ratio := Fraction(quotient(theirs, mine))) > 0:
            yield ratio


def form_of(step: ValueStep) -> _Form | None:
    """Read a value; what is no sum is an open figure of its own."""
    node, parts = step.node, step.steps
    if step.value is not None:
        number = number_of(step.value, node.type)
        return None if number is None else _Form({}, number, {})
    inner = [form_of(x) for x in parts if isinstance(x, ValueStep)]
    match node:
        case e.Defined() if len(inner) == 1:
            return inner[0]
        case e.AtYear() if len(parts) > 1:
            return inner[0]
        case e.Negative():
            return None if inner[0] is None else _ZERO.plus(inner[0], Fraction(-1))
        case e.Arithmetic():
            found = _arithmetic(node.operator, inner)
            if found is not None:
                return found
        case _:
            pass
    key = key_of(step)
    limits = _Range(least(node) is not None, most(node))
    return _Form({key: Fraction(1)}, Fraction(0), {key: limits})


def _arithmetic(operator: str, sides: list[_Form | None]) -> _Form | None:
    left, right = sides
    if left is None or right is None:
        return None
    match operator:
        case "+" | "-":
            return left.plus(right, Fraction(1 if operator == "+" else -1))
        case "*" if not right.factors:
            return _ZERO.plus(left, right.number)
        case "*" if not left.factors:
            return _ZERO.plus(right, left.number)
        case "/" if not right.factors and right.number:
            return _ZERO.plus(left, Fraction(quotient(1, right.number)))
        case _:
            return None
