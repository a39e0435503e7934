"""
What the values of an expression can be, whatever a unit gives.

Only what is certain counts: a difference of two shares may be below zero, an average of
counts need not be whole.  What a fact may be is what reading a unit allows.
"""

from __future__ import annotations

from fractions import Fraction

from ntmrules.exact import Share, decimal_text
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    DateType,
    EnumType,
    ListType,
    NumberType,
    ShareType,
    Type,
    Value,
    YearType,
)
from ntmrules.model.vocabulary import Fact


_WHOLE_TYPES = CountType | YearType | DateType


def least(node: e.Expression) -> Fraction | None:
    """Give what a value cannot be below, 0 or 1; nothing if that is not certain."""
    node = e.plain(node)
    match node:
        case e.FactValue():
            return _least_of(node.type)
        case e.AtYear():
            return least(node.value)
        case e.CurrentYear() | e.GrantedYear():
            return Fraction(1)
        case _:
            return Fraction(0) if _not_negative(node) else None


def _not_negative(node: e.Expression) -> bool:
    node = e.plain(node)
    match node:
        case e.Constant():
            number = _number(node.value)
            return number is not None and number >= 0
        case e.Aggregate():
            weighed = node.weight is None or _not_negative(node.weight)
            return weighed and _not_negative(node.value)
        case e.CountOf() | e.Function(name="abs" | "count"):
            return True
        case e.Function():
            return all(map(_not_negative, node.arguments))
        case e.Arithmetic(operator="-"):
            return False
        case e.Arithmetic():
            return _not_negative(node.left) and _not_negative(node.right)
        case e.FactValue() | e.AtYear() | e.CurrentYear() | e.GrantedYear():
            return least(node) is not None
        case _:
            return False


def _least_of(kind: Type) -> Fraction | None:
    match kind:
        case ListType():
            return _least_of(kind.item)
        case CountType() | ShareType() | AmountType() | EnumType():
            return Fraction(0)
        case YearType() | DateType():
            return Fraction(1)
        case _:
            return None


def most(node: e.Expression) -> Fraction | None:
    """Give what a value cannot exceed: a share of a whole is at most that."""
    node = e.plain(node)
    if isinstance(node, e.AtYear):
        node = e.plain(node.value)
    if isinstance(node, e.FactValue) and isinstance(node.type, ShareType):
        return None if node.fact.may_exceed else Fraction(1)
    return None


def is_whole(node: e.Expression) -> bool:
    """Tell whether a value certainly is a whole number."""
    node = e.plain(node)
    match node:
        case e.FactValue():
            kind = node.type.item if isinstance(node.type, ListType) else node.type
            return isinstance(kind, _WHOLE_TYPES)
        case e.AtYear():
            return is_whole(node.value)
        case e.CountOf() | e.CurrentYear() | e.GrantedYear():
            return True
        case e.Constant():
            number = _number(node.value)
            return number is not None and number.denominator == 1
        case e.Function(name="count"):
            return True
        case e.Function(name="min" | "max" | "sum" | "abs"):
            return all(map(is_whole, node.arguments))
        case e.Aggregate(function="min" | "max" | "sum"):
            return is_whole(node.value)
        case e.Negative():
            return is_whole(node.operand)
        case e.Arithmetic(operator="+" | "-" | "*"):
            return is_whole(node.left) and is_whole(node.right)
        case _:
            return False


def _number(value: Value) -> Fraction | None:
    if isinstance(value, Share):
        return None if value.value is None else Fraction(value.value)
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    return None


def fits(fact: Fact, value: Value) -> bool:
    """Tell whether a unit may give a fact this value."""
    number = _number(value)
    if number is None:
        return True
    if number < 0 and _least_of(fact.type) is not None:
        return False
    kind = fact.type.item if isinstance(fact.type, ListType) else fact.type
    if isinstance(kind, _WHOLE_TYPES) and number.denominator != 1:
        return False
    if isinstance(kind, AmountType | NumberType) and "/" in decimal_text(number):
        return False  # it cannot be written down
    return not isinstance(kind, ShareType) or fact.may_exceed or number <= 1
