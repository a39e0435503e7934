"""
Comparisons as code: with integers where a fact meets a fixed figure or a table.

``n/d >= p/q`` is ``n*q >= p*d``, exactly and without a `Fraction`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

import attrs

from ntmrules.compiled import _exact
from ntmrules.compiled._codes import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Loose
from ntmrules.compiled._frames import Code, Scope
from ntmrules.compiled._values import cells_now, enum_axes, seen_through
from ntmrules.exact import COMPARISONS, MIRRORED, Share, quotient
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    EnumType,
    NumberType,
    ShareType,
    YearType,
)


_SIGNS = MappingProxyType({sign: {"=": "=="}.get(sign, sign) for sign in COMPARISONS})


def comparison(node: e.Comparison, scope: Scope) -> Code:
    """Write ``left sign right``."""
    left, right = seen_through(node.left), seen_through(node.right)
    if isinstance(left, e.FactValue):
        quick = _quick(node.operator, left, right, scope)
    elif isinstance(right, e.FactValue):
        quick = _quick(MIRRORED[node.operator], right, left, scope)
    else:
        quick = None
    if quick is not None:
        return quick
    frame, value = scope.frame, scope.frame.maker.value
    compare = frame.bind(_comparing(node.operator, _rank(node.left)))
    operands = f"{value(node.left, scope).text}, {value(node.right, scope).text}"
    return Code(frame.let("x", f"{compare}({operands})"))


def between(node: e.Between, scope: Scope) -> Code:
    """Write ``value between low and high``."""
    frame, value = scope.frame, scope.frame.maker.value
    middle = seen_through(node.value)
    if isinstance(middle, e.FactValue):
        ends = [
            _limit(seen_through(end), middle, scope) for end in (node.low, node.high)
        ]
        low, high = ends
        if low is not None and high is not None and low.fixed and high.fixed:
            return _compared(middle, scope, [(">=", low), ("<=", high)])
    texts = [value(one, scope).text for one in (node.value, node.low, node.high)]
    decide = frame.bind(_lying_between(_rank(node.value)))
    return Code(frame.let("x", f"{decide}({', '.join(texts)})"))


def _rank(node: e.Expression) -> Mapping[str, int] | None:
    if not isinstance(node.type, EnumType):
        return None
    return {name: place for place, name in enumerate(node.type.enum.names)}


# A fact and a fixed figure.


@attrs.frozen
class Limit:
    """
    What a fact is compared with.

    Attributes:
        text: The figure times *scale*, or the variable of it.
        fixed: Whether it is one known figure.
        dash: Whether it can be ``-``.
    """

    text: str
    scale: int = 1
    fixed: bool = True
    dash: bool = False


def _quick(
    sign: str, fact: e.FactValue, other: e.Expression, scope: Scope
) -> Code | None:
    if isinstance(fact.type, EnumType):
        return _case(sign, fact, fact.type, other, scope)
    limit = _limit(other, fact, scope)
    return None if limit is None else _compared(fact, scope, [(sign, limit)])


def _case(
    sign: str, fact: e.FactValue, kind: EnumType, other: e.Expression, scope: Scope
) -> Code | None:
    if not isinstance(other, e.Constant):
        return None
    compare, rank = COMPARISONS[sign], kind.enum.rank
    wanted = rank(str(other.value))
    verdicts = {
        case: MET if compare(rank(case), wanted) else NOT_MET
        for case in kind.enum.names
    }
    given, frame = scope.frame.fact(fact.fact), scope.frame
    found = f"{frame.bind(verdicts)}.get({given}, {UNKNOWN})"
    return Code(frame.let("x", found), dash=False)


def _limit(node: e.Expression, fact: e.FactValue, scope: Scope) -> Limit | None:
    """Find what a fact is compared with, if it is fixed but for one case."""
    kind = fact.type
    if not isinstance(kind, ShareType | AmountType | NumberType | CountType | YearType):
        return None
    unit = kind.measure.scale if isinstance(kind, AmountType) else 1
    if isinstance(node, e.Constant):
        figures: dict[tuple[str, ...], Loose] = {(): _figure(node.value, unit)}
    elif isinstance(node, e.Lookup) and len(enum_axes(node)) <= 1:
        cells = cells_now(node, scope)
        figures = {key: _figure(cell, unit) for key, cell in cells.items()}
    else:
        return None
    scale = math.lcm(
        *(one.denominator for one in figures.values() if isinstance(one, Fraction))
    )
    scaled = {
        key: int(one * scale) if isinstance(one, Fraction) else one
        for key, one in figures.items()
    }
    if isinstance(node, e.Constant) or not enum_axes(node):
        return _fixed(scaled.get(()), scale)
    axis = seen_through(enum_axes(node)[0].value)
    if not isinstance(axis, e.FactValue):
        return None
    column = {key[0]: one for key, one in scaled.items()}
    dash = _exact.DASH in column.values()
    return Limit(scope.frame.table(axis.fact, column), scale, fixed=False, dash=dash)


def _fixed(figure: Loose, scale: int) -> Limit:
    if isinstance(figure, int):
        return Limit(repr(figure), scale)
    if figure is None:
        return Limit("None", fixed=False)
    return Limit("DASH", fixed=False, dash=True)


def _figure(value: Loose, unit: Loose) -> Loose:
    """Give a figure in the unit of the fact, as a `Fraction`."""
    if isinstance(value, Share):
        value = value.value
    if value is None or value is _exact.DASH:
        return value
    return Fraction(quotient(value, unit))


@attrs.frozen
class Test:
    """
    The comparison of a fact with fixed figures, ready to be written.

    Attributes:
        dash: Code that tells whether a figure is ``-``; empty if none can be.
        unknown: Code that tells whether the fact or a figure is missing.
        before: What comes before the test, where neither is.
        zero: Code that tells whether the denominator is 0; empty if there is none.
        holds: The test.
    """

    dash: str
    unknown: str
    before: tuple[str, ...]
    zero: str
    holds: str


def _compared(fact: e.FactValue, scope: Scope, limits: list[tuple[str, Limit]]) -> Code:
    """Write comparisons of one fact, all of which must hold."""
    frame, test = scope.frame, _test(fact, scope, limits)
    found = frame.new("x")
    if test.dash:
        frame.write(f"if {test.dash}: {found} = {NOT_APPLICABLE}")
    verdict = f"{MET} if {test.holds} else {NOT_MET}"
    if test.zero:
        verdict = f"{UNKNOWN} if {test.zero} else {verdict}"
    frame.write(
        f"{'elif' if test.dash else 'if'} {test.unknown}: {found} = {UNKNOWN}",
        "else:",
        *(f" {line}" for line in test.before),
        f" {found} = {verdict}",
    )
    return Code(found, dash=bool(test.dash))


def count_comparison(node: e.Expression, scope: Scope, yes: str, maybe: str) -> bool:
    """Write a comparison that adds to the counts *yes* and *maybe*, if it is quick."""
    node = seen_through(node)
    if not isinstance(node, e.Comparison):
        return False
    fact = seen_through(node.left)
    if not isinstance(fact, e.FactValue):
        return False
    limit = _limit(seen_through(node.right), fact, scope)
    if limit is None or not limit.fixed:
        return False
    test = _test(fact, scope, [(node.operator, limit)])
    lines = [f"if {test.unknown}: {maybe} += 1"]
    if test.zero:
        inner = [*test.before, f"if {test.zero}: {maybe} += 1"]
        inner.append(f"elif {test.holds}: {yes} += 1")
        lines += ["else:", *(f" {line}" for line in inner)]
    else:
        lines.append(f"elif {test.holds}: {yes} += 1")
    scope.frame.write(*lines)
    return True


def _test(fact: e.FactValue, scope: Scope, limits: list[tuple[str, Limit]]) -> Test:
    given = scope.frame.fact(fact.fact)
    missing = [f"{given} is None"]
    missing += [f"{limit.text} is None" for _, limit in limits if not limit.fixed]
    dashes = [f"{limit.text} is DASH" for _, limit in limits if limit.dash]
    shares = isinstance(fact.type, ShareType)
    whole = isinstance(fact.type, CountType | YearType)
    tests = []
    for sign, limit in limits:
        if shares:
            left, right = _times("n", limit.scale), f"{limit.text} * d"
        else:
            left, right = _amount(given, limit.scale, whole=whole), limit.text
        tests.append(f"{left} {_SIGNS[sign]} {right}")
    return Test(
        " or ".join(dashes),
        " or ".join(missing),
        (f"n, d = {given}",) if shares else (),
        "not d" if shares else "",
        " and ".join(tests),
    )


def _times(name: str, scale: int) -> str:
    return name if scale == 1 else f"{name} * {scale}"


def _amount(given: str, scale: int, *, whole: bool) -> str:
    # A Decimal compares exactly, but loses digits when it is multiplied.
    if scale == 1 or whole:
        return _times(given, scale)
    return f"EXACT({given}) * {scale}"


# Any two values.


def _comparing(
    sign: str, rank: Mapping[str, int] | None
) -> Callable[[Loose, Loose], int]:
    compare = COMPARISONS[sign]

    def decide(left: Loose, right: Loose) -> int:
        if left is _exact.DASH or right is _exact.DASH:
            return NOT_APPLICABLE
        first: Loose = _exact.known(left)
        second: Loose = _exact.known(right)
        if first is None or second is None:
            return _unknown(sign, left, right)
        if isinstance(first, Share) and isinstance(second, Share):
            if first.whole == 0 or second.whole == 0:
                return UNKNOWN
            first, second = first.part * second.whole, second.part * first.whole
        elif rank is not None:
            first, second = rank[str(first)], rank[str(second)]
        return MET if compare(first, second) else NOT_MET

    return decide


def _unknown(sign: str, left: Loose, right: Loose) -> int:
    """Decide with what is known of an unknown value."""
    if isinstance(left, _exact.Never) and _exact.known(right) is not None:
        return MET if sign == "!=" else NOT_MET
    if isinstance(right, _exact.Never) and _exact.known(left) is not None:
        return MET if sign == "!=" else NOT_MET
    if isinstance(right, _exact.Bounds) and not isinstance(left, _exact.Bounds):
        return _unknown(MIRRORED[sign], right, left)
    value = _exact.known(right)
    if not isinstance(left, _exact.Bounds) or not isinstance(value, int | Fraction):
        return UNKNOWN
    compare = COMPARISONS[sign]
    least, most = left.least, left.most
    outcomes = set()
    if least < value:
        outcomes.add(compare(-1, 0))
    if most is None or most > value:
        outcomes.add(compare(1, 0))
    if isinstance(value, int) and least <= value and (most is None or most >= value):
        outcomes.add(compare(0, 0))
    if len(outcomes) > 1:
        return UNKNOWN
    return MET if True in outcomes else NOT_MET


def _lying_between(
    rank: Mapping[str, int] | None,
) -> Callable[[Loose, Loose, Loose], int]:
    at_least, at_most = _comparing(">=", rank), _comparing("<=", rank)

    def decide(middle: Loose, low: Loose, high: Loose) -> int:
        above, below = at_least(middle, low), at_most(middle, high)
        if NOT_APPLICABLE in (above, below):
            return NOT_APPLICABLE
        for end in (low, high):
            # It may turn out a dash, which the other end would not survive.
            if end is None or end is _exact.NEVER:
                return UNKNOWN
        return above & below

    return decide
