"""Comparing values, exactly."""

from __future__ import annotations

from fractions import Fraction

from ntmrules.evaluate.trace import Cause, Reason, ValueStep
from ntmrules.exact import COMPARISONS, MIRRORED, Share
from ntmrules.model.expressions import GrantedYear, plain
from ntmrules.model.types import EnumType, Type, Value
from ntmrules.verdict import Verdict


_DECIDE = dict(COMPARISONS)  # a plain dict is looked up in half the time
_ZERO = Reason(Cause.ZERO_DENOMINATOR)
_MET, _NOT_MET = Verdict.MET, Verdict.NOT_MET
_UNKNOWN, _NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def compare(
    sign: str, left: ValueStep, right: ValueStep
) -> tuple[Verdict, Reason | None]:
    """
    Decide ``left sign right``.

    Not applicable if either is; otherwise unknown if either is unknown, unless the
    bounds of an unknown count decide it.
    """
    first, second = left.value, right.value
    if first is None or second is None:
        return _compare_unknown(sign, left, right), None
    if isinstance(first, Share) and isinstance(second, Share):
        one, over_one = first.part, first.whole
        two, over_two = second.part, second.whole
        if over_one == 0 or over_two == 0:
            return _UNKNOWN, _ZERO
        if over_two == 1 and type(one) is int and type(over_one) is int:
            # A share with counts beside a percentage, as nearly all are, multiplied
            # across in whole numbers: a `Fraction` is slow.
            first, second = one * two.denominator, two.numerator * over_one
        else:
            first, second = _crosswise(first, second)
        decided = _DECIDE[sign](first, second)
    elif isinstance(first, str):
        kind = left.node.type
        decided = _DECIDE[sign](_rank(kind, first), _rank(kind, second))
    else:
        decided = _DECIDE[sign](first, second)
    return (_MET if decided else _NOT_MET), None


def _crosswise(first: Share, second: Share) -> tuple[int, int]:
    """Multiply two shares across, in whole numbers."""
    one, over_one = first.part, first.whole
    two, over_two = second.part, second.whole
    return (
        one.numerator * over_two.numerator * two.denominator * over_one.denominator,
        two.numerator * over_one.numerator * one.denominator * over_two.denominator,
    )


def _compare_unknown(sign: str, left: ValueStep, right: ValueStep) -> Verdict:
    if left.not_applicable or right.not_applicable:
        return _NOT_APPLICABLE
    never = _never_granted(sign, left, right)
    return _by_bounds(sign, left, right) if never is None else never


def _rank(kind: Type, case: Value) -> int:
    # The checker lets only cases of one enum be compared.
    assert isinstance(kind, EnumType)
    return kind.enum.rank(str(case))


def _never_granted(sign: str, left: ValueStep, right: ValueStep) -> Verdict | None:
    """
    Decide a comparison with the year of a title that was certainly never granted.

    It was granted in no year, so only ``!=`` holds.
    """
    if _is_never(left) and right.value is not None:
        return Verdict.MET if sign == "!=" else Verdict.NOT_MET
    if _is_never(right) and left.value is not None:
        return Verdict.MET if sign == "!=" else Verdict.NOT_MET
    return None


def _is_never(step: ValueStep) -> bool:
    return (
        isinstance(plain(step.node), GrantedYear)
        and step.reason is not None
        and step.reason.cause is Cause.NOT_GRANTED
    )


def _by_bounds(sign: str, left: ValueStep, right: ValueStep) -> Verdict:
    if left.bounds is None and right.bounds is not None:
        return _by_bounds(MIRRORED[sign], right, left)
    value = right.value
    if left.bounds is None or not isinstance(value, int | Fraction):
        return Verdict.UNKNOWN
    least, most = left.bounds
    can_be_below, can_be_above = least < value, most is None or most > value
    can_equal = least <= value and (most is None or most >= value)
    can_equal = can_equal and isinstance(value, int)
    possible = {
        "<": can_be_below,
        "=": can_equal,
        ">": can_be_above,
    }
    compared = COMPARISONS[sign]
    # Stand-ins below, at and above the value: do all that are possible agree?
    outcomes = {
        compared(stand_in, 0)
        for stand_in, name in ((-1, "<"), (0, "="), (1, ">"))
        if possible[name]
    }
    if len(outcomes) > 1:
        return Verdict.UNKNOWN
    return Verdict.MET if True in outcomes else Verdict.NOT_MET
