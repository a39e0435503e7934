"""Figures on, just below and just above everything a rule compares them with."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from ntmrules.analysis._change import near
from ntmrules.exact import Exact, Share, normal
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Ruleset
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    Listed,
    ListType,
    NumberType,
    ShareType,
    Type,
    Value,
    YearType,
    compatible,
)
from ntmrules.model.vocabulary import Fact


# A figure is just below another when it differs by so much of its last digit.
_CLOSE = Fraction(1, 100)

Near = Mapping[str, tuple[Value, ...]]
"""For each fact, what is worth trying."""


def near_facts(found: Iterable[e.Expression]) -> Near:
    """Give the values of each fact that make a difference in expressions."""
    facts: dict[str, Fact] = {}
    beside: dict[str, list[e.Constant]] = {}
    every: list[e.Constant] = []
    for node in _parts(found):
        if isinstance(node, e.FactValue):
            facts[node.fact.name] = node.fact
        elif isinstance(node, e.Comparison | e.Between):
            constants = _constants(node)
            every += constants
            for name in _facts_of(node):
                beside.setdefault(name, []).extend(constants)
    values: dict[str, tuple[Value, ...]] = {}
    for name, fact in facts.items():
        # What is never compared with a figure takes what others are compared with.
        for constants in (beside.get(name, []), every):
            values[name] = tuple(dict.fromkeys(_values(fact, fact.type, constants)))
            if any(_compares(_item(fact.type), one.type) for one in constants):
                break
    return values


def _item(kind: Type) -> Type:
    return kind.item if isinstance(kind, ListType) else kind


def _constants(node: e.Expression) -> list[e.Constant]:
    """Give the figures of a comparison, cells of tables included."""
    constants: list[e.Constant] = []
    for part in _parts([node]):
        if isinstance(part, e.Constant):
            constants.append(part)
        elif isinstance(part, e.Lookup):
            constants += [cell for cell in part.cells.values() if cell is not None]
    return constants


def _facts_of(node: e.Expression) -> set[str]:
    return {n.fact.name for n in _parts([node]) if isinstance(n, e.FactValue)}


def roots_of(criterion: Criterion) -> Iterator[e.Expression]:
    """Give the conditions of a criterion and its indicators."""
    for condition in (criterion.applies, criterion.passes):
        if condition is not None:
            yield condition
    for indicator in criterion.indicators:
        if indicator.applies is not None:
            yield indicator.applies
        if not isinstance(indicator.requirement, Attested):
            yield indicator.requirement


def roots(ruleset: Ruleset) -> Iterator[e.Expression]:
    """Give every condition of a ruleset."""
    for criterion in ruleset.provisions():
        yield from roots_of(criterion)
    if ruleset.confers is not None and ruleset.confers.when is not None:
        yield ruleset.confers.when
    for expectation in ruleset.expectations:
        yield expectation.condition


def _parts(found: Iterable[e.Expression]) -> Iterator[e.Expression]:
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(e.children(node))


def _values(fact: Fact, kind: Type, constants: Iterable[e.Constant]) -> Iterator[Value]:
    """Give values for a fact: none can be outside what the fact may be."""
    match kind:
        case Condition():
            yield from (True, False)
        case EnumType():
            yield from kind.enum.names
        case ListType():
            for value in _values(fact, kind.item, constants):
                assert not isinstance(value, Listed), "lists are not nested"
                yield Listed((("", value),))
        case _:
            found = False
            for constant in constants:
                if _compares(kind, constant.type):
                    found = True
                    yield from _around(fact, kind, constant)
            if not found:
                yield from _some(kind)


def _compares(kind: Type, other: Type) -> bool:
    if compatible(kind, other):
        return True
    return isinstance(kind, CountType | NumberType) and isinstance(
        other, CountType | NumberType
    )


def _around(fact: Fact, kind: Type, constant: e.Constant) -> Iterator[Value]:
    value = constant.value
    if isinstance(value, datetime.date):
        for days in (-1, 0, 1):
            yield value + datetime.timedelta(days)
        return
    beside = [other for _, other in near(constant)]
    middle = _number(value)
    if middle is None:
        return
    found: list[Exact] = [middle]
    for other in map(_number, beside):
        if other is not None:
            gap = other - middle
            found.append(middle + (gap * _CLOSE if _is_smooth(kind) else gap))
    for number in found:
        if isinstance(kind, CountType | YearType) and Fraction(number).denominator > 1:
            continue
        if number < 0 and isinstance(kind, CountType | ShareType | YearType):
            continue
        if isinstance(kind, ShareType):
            if number <= 1 or fact.may_exceed:
                share = Fraction(number)
                yield Share(share.numerator, share.denominator)
        else:
            yield normal(Fraction(number))


def _is_smooth(kind: Type) -> bool:
    return isinstance(kind, ShareType | AmountType | NumberType)


def _number(value: Value) -> Exact | None:
    if isinstance(value, Share):
        return value.value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value
    return None


def _some(kind: Type) -> Iterator[Value]:
    """Give values of a fact that is compared with no literal."""
    match kind:
        case ShareType():
            yield from (Share(1, 2), Share(1, 4), Share(1))
        case YearType():
            yield from (2020, 2021, 2024)
        case DateType():
            yield from (datetime.date(2021, 1, 5), datetime.date(2024, 12, 31))
        case AmountType():
            yield from (kind.measure.scale, 2 * kind.measure.scale, 0)
        case _:
            yield from (0, 1, 2, 10)
