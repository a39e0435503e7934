"""
How far a value is from the range it has to be in.

Source: engine.md section 3: "A share n/d below t: ⌈t·d⌉ − n more of the counted
noun.  An amount: the difference.  A strict > says "more than".  A percent without
counts: points only."
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

import attrs

from ntmrules.assessment._gap import Gap, GapKind
from ntmrules.assessment._words import NO_UNIT, POINTS, Words, counted, measured
from ntmrules.evaluate.trace import ValueStep
from ntmrules.exact import Exact, Share, ceiling, less, normal, quotient
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    Noun,
    NumberType,
    ShareType,
    Value,
)


class Range(NamedTuple):
    """
    The values that would do: from *low* to *high*, where there are such ends.

    Attributes:
        above: Whether *low* itself is not enough.
        below: Whether *high* itself is too much.
    """

    low: Exact | None = None
    high: Exact | None = None
    above: bool = False
    below: bool = False

    def lacks(self, value: Exact) -> bool:
        """Tell whether *value* is too small."""
        low = self.low
        return low is not None and (less(value, low) or (self.above and value == low))

    def exceeds(self, value: Exact) -> bool:
        """Tell whether *value* is too large."""
        high = self.high
        return high is not None and (
            less(high, value) or (self.below and value == high)
        )

    def has(self, value: Exact) -> bool:
        """Tell whether *value* would do."""
        return not self.lacks(value) and not self.exceeds(value)

    def times(self, factor: Exact) -> Range:
        """Scale both ends; *factor* is greater than 0."""
        low, high = self.low, self.high
        return Range(
            None if low is None else low * factor,
            None if high is None else high * factor,
            self.above,
            self.below,
        )


_RANGES: Mapping[str, Callable[[Exact], Range]] = MappingProxyType(
    {
        ">=": lambda t: Range(low=t),
        ">": lambda t: Range(low=t, above=True),
        "<=": lambda t: Range(high=t),
        "<": lambda t: Range(high=t, below=True),
        "=": lambda t: Range(low=t, high=t),
    }
)
NEGATED = MappingProxyType(
    {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}
)


def wanted(sign: str, target: Value | None) -> Range | None:
    """Give the range that ``sign target`` asks for, if it is one range of numbers."""
    number = as_number(target)
    if number is None or sign not in _RANGES:
        return None
    return _RANGES[sign](number)


def as_number(value: Value | None) -> Exact | None:
    """Give a value as a number, if it is one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Share):
        return value.value
    return value if isinstance(value, int | Fraction) else None


def distance(step: ValueStep, range_: Range) -> Gap | None:
    """
    Tell how far a known value is from a range it lies outside of.

    `None` where nothing exact can be said.
    """
    step = source(step)
    node = step.node
    if isinstance(node, e.Function) and node.name == "rounded":
        inner = step.steps[0]
        unrounded = _before_rounding(node, range_)
        if unrounded is None or not isinstance(inner, ValueStep):
            return None
        return distance(inner, unrounded)
    value = as_number(step.value)
    if value is None or range_.has(value):
        return None
    match node.type:
        case ShareType() if isinstance(step.value, Share):
            return _of_share(step, step.value, value, range_)
        case CountType():
            return _of_count(node, value, range_, node.type.noun)
        case AmountType():
            measure = node.type.measure
            words = measured(measure, step.unit.vocabulary)
            scaled = range_.times(quotient(1, measure.scale))
            value = measure.per_unscaled(value)
            return _difference(value, scaled, GapKind.AMOUNT, words)
        case NumberType():
            whole = isinstance(node, e.Function) and node.name == "count"
            end = _whole_target(value, range_) if whole else None
            if whole and end is None:
                return None
            return _difference(value, range_, GapKind.NUMBER, NO_UNIT, end)
        case _:
            return None


def source(step: ValueStep) -> ValueStep:
    """Look through names, years and chosen branches to where the value is from."""
    while isinstance(
        step.node, e.Defined | e.Delegated | e.AtYear | e.ThresholdOf | e.If
    ):
        first = step.steps[0] if step.steps else None
        if not isinstance(first, ValueStep):
            break
        step = first
    return step


def _before_rounding(node: e.Function, range_: Range) -> Range | None:
    """
    Tell which values round into a range, half away from zero.

    Ends below 0 are left alone: there halves go the other way.
    """
    digits = node.digits + (2 if isinstance(node.type, ShareType) else 0)
    steps = 10**digits
    half = quotient(1, 2 * steps)
    low, high = range_.low, range_.high
    if low is not None:
        least = low * steps
        number = _floor(least) + 1 if range_.above else ceiling(least)
        if number <= 0:
            return None
        low = quotient(number, steps) - half
    if high is not None:
        most = high * steps
        number = ceiling(most) - 1 if range_.below else _floor(most)
        if number < 0:
            return None
        high = quotient(number, steps) + half
    if low is not None and high is not None and low >= high:
        return None  # Nothing rounds to it.
    return Range(low, high, above=False, below=True)


def _floor(value: Exact) -> int:
    return value.numerator // value.denominator


def _whole_target(value: Exact, range_: Range) -> int | None:
    """Give the nearest whole number that would do, if one does."""
    if range_.lacks(value) and range_.low is not None:
        target = _floor(range_.low) + 1 if range_.above else ceiling(range_.low)
    elif range_.high is not None:
        target = ceiling(range_.high) - 1 if range_.below else _floor(range_.high)
    else:
        return None
    return target if target >= 0 and range_.has(target) else None


def _difference(
    value: Exact,
    range_: Range,
    kind: GapKind,
    words: Words,
    target: Exact | None = None,
    points: tuple[Exact, Exact] | None = None,
) -> Gap | None:
    """
    Give the way to *target*, or to the end of the range that is nearer.

    *points* are those of a share, and the effort that they take.
    """
    more = range_.lacks(value)
    end = range_.low if more else range_.high
    if end is None:
        return None
    strict = target is None and (range_.above if more else range_.below)
    goal: Exact = end if target is None else target
    lack = goal - value if more else value - goal
    shown, effort = (None, _effort(lack, goal)) if points is None else points
    return Gap(
        normal(lack),
        words.plural,
        kind,
        fewer=not more,
        more_than=strict,
        points=shown,
        words=words,
        effort=effort,
    )


def _effort(lack: Exact, goal: Exact) -> Exact:
    return quotient(lack, goal if goal.numerator > 0 else -goal) if goal else 1


def _of_count(
    node: e.Expression, value: Exact, range_: Range, noun: Noun
) -> Gap | None:
    # Only what is counted itself moves in whole steps; twice a count does not.
    words = counted(noun)
    if not isinstance(node, e.FactValue | e.CountOf):
        return _difference(value, range_, GapKind.COUNT, words)
    target = _whole_target(value, range_)
    if target is None:
        return None
    return _difference(value, range_, GapKind.COUNT, words, target)


def _of_share(step: ValueStep, share: Share, value: Exact, range_: Range) -> Gap | None:
    more = range_.lacks(value)
    end = range_.low if more else range_.high
    if end is None:
        return None
    lack = end - value if more else value - end
    points, effort = normal(lack * 100), _effort(lack, end)
    gap = _of_part(step, share, range_, (points, effort))
    if gap is not None:
        return gap
    return Gap(
        points,
        POINTS.plural,
        GapKind.POINTS,
        fewer=not more,
        more_than=range_.above if more else range_.below,
        points=points,
        words=POINTS,
        effort=effort,
    )


def _of_part(
    step: ValueStep, share: Share, range_: Range, points: tuple[Exact, Exact]
) -> Gap | None:
    """Say it as so many more of the part, where the part is known."""
    node = step.node
    kind = node.type
    parts = range_.times(share.whole)
    if isinstance(node, e.FactValue):
        noun = kind.noun if isinstance(kind, ShareType) else None
        if not share.counted or noun is None:
            return None
        most = None if node.fact.may_exceed else share.whole
        return _of_part_counted(share, parts, noun, most, points)
    if not _is_quotient(node):
        return None
    numerator = step.steps[0]
    if not isinstance(numerator, ValueStep) or numerator.value != share.part:
        return None
    inner = source(numerator)
    if isinstance(inner.node, e.FactValue | e.CountOf):
        gap = distance(inner, parts)
        shown, effort = points
        return gap and attrs.evolve(gap, points=shown, effort=effort)
    return None


def _is_quotient(node: e.Expression) -> bool:
    if isinstance(node, e.Function):
        return node.name == "ratio"
    return isinstance(node, e.Arithmetic) and node.operator == "/"


def _of_part_counted(
    share: Share,
    parts: Range,
    noun: Noun,
    most: Exact | None,
    points: tuple[Exact, Exact],
) -> Gap | None:
    words = counted(noun)
    whole_numbers = isinstance(share.part, int) and isinstance(share.whole, int)
    target: Exact | None = None
    if whole_numbers and noun.plural != noun.name:
        target = _whole_target(share.part, parts)
        if target is None or (most is not None and target > most):
            return None
    elif most is not None and parts.low is not None and parts.low > most:
        return None
    return _difference(share.part, parts, GapKind.COUNT, words, target, points)
