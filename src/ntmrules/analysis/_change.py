"""
Small changes of an expression, one at a time.

Each is what a slip of the pen would do: a figure that is off by its last digit, a sign
that should include its bound, a count that is off by one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs

from ntmrules.exact import Share, decimal_text, normal
from ntmrules.measure import SCALES
from ntmrules.model import expressions as e
from ntmrules.model.types import AmountType, EnumType, ShareType, Value
from ntmrules.source import Span
from ntmrules.tree import Tree
from ntmrules.verdict import Bound


@attrs.frozen
class Change:
    """
    What was changed.

    Attributes:
        span: The place.
        before: What the rule says.
        after: What it would say.
    """

    span: Span
    before: str
    after: str


Changed = tuple[Change, Any]
"""A change, and the tree with it."""

_SIGNS = MappingProxyType(
    {
        ">=": (">", "<="),
        ">": (">=", "<"),
        "<=": ("<", ">="),
        "<": ("<=", ">"),
        "=": ("!=",),
        "!=": ("=",),
    }
)
_NUMBER = re.compile(r"[0-9][0-9_]*(?:\.[0-9]+)?")
_OPPOSITE = MappingProxyType(
    {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}
)
_OTHER_IF_NONE = MappingProxyType({"met": "not met", "not met": "met"})


def changes(node: Tree) -> Iterator[Changed]:
    """
    Give a tree with each change in turn.

    Args:
        node: An expression, or a part of one.  Figures that are not verified are left
            alone: nothing is decided by them.
    """
    yield from _here(node)
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        if isinstance(node, e.Delegated) and field.name == "limit":
            continue  # it bounds what others set, and decides nothing itself
        if isinstance(value, e.Node):
            for change, inner in changes(value):
                yield change, attrs.evolve(node, **{field.name: inner})
        elif isinstance(value, tuple):
            for at, item in enumerate(value):
                if isinstance(item, e.Node | e.EnumAxis):
                    for change, inner in changes(item):
                        parts = (*value[:at], inner, *value[at + 1 :])
                        yield change, attrs.evolve(node, **{field.name: parts})


def _here(node: Tree) -> Iterator[Changed]:
    """Change a node itself."""
    match node:
        case e.Constant():
            yield from _figures(node)
        case e.Lookup():
            yield from _cells(node)
        case e.Comparison() if not (is_open(node.left) or is_open(node.right)):
            place = _sign(node)
            for sign in _SIGNS[node.operator]:
                change = Change(place, node.operator, sign)
                yield change, attrs.evolve(node, operator=sign)
        case e.AllOf() if len(node.operands) > 1:
            yield _joined(node), e.AnyOf(node.operands, span=node.span)
        case e.AnyOf() if len(node.operands) > 1:
            yield _joined(node), e.AllOf(node.operands, span=node.span)
        case e.Not():
            yield _said(node, f"{node.operand.span.text}"), node.operand
        case e.IsTrue() | e.Holds() | e.Meets() | e.ProvisionVerdict():
            yield _said(node, f"not {node.span.text}"), e.Not(node, span=node.span)
        case e.If():
            change = _said(node, "then and else exchanged")
            yield change, attrs.evolve(node, then=node.otherwise, otherwise=node.then)
        case e.Choice() | e.CriteriaChoice():
            yield from _quantities(node)
        case e.Quantified():
            yield from _quantities(node)
            other = _OTHER_IF_NONE.get(node.if_none or "")
            if other:
                change = _said(node, f"if none {other}", f"if none {node.if_none}")
                yield change, attrs.evolve(node, if_none=other)
        case _:
            return


def is_open(node: e.Expression) -> bool:
    """Tell whether a value is left to others, or was not verified in any case."""
    table = e.plain(node)
    if isinstance(table, e.Delegated):
        return table.value is None or is_open(table.value)
    if isinstance(table, e.Constant):
        return not table.verified
    if not isinstance(table, e.Lookup):
        return False
    return not any(cell and cell.verified for cell in table.cells.values())


def _said(node: e.Node, after: str, before: str = "") -> Change:
    return Change(node.span, before or _one_line(node.span), " ".join(after.split()))


def _one_line(span: Span) -> str:
    return " ".join(span.text.split())


def _joined(node: e.AllOf | e.AnyOf) -> Change:
    before, after = ("all", "any") if isinstance(node, e.AllOf) else ("any", "all")
    return Change(node.span, f"{before} of these", f"{after} of these")


def _sign(node: e.Comparison) -> Span:
    """Find the sign of a comparison."""
    left, right = node.left.span, node.right.span
    if left.file is not node.span.file or right.file is not node.span.file:
        return node.span
    between = left.file.text[left.end : right.start]
    found = re.search(r"[<>=!≥≤≠]+", between)
    if found is None:
        return node.span
    return Span(left.file, left.end + found.start(), left.end + found.end())


# Quantities.


def _quantities(node: e.Choice | e.CriteriaChoice | e.Quantified) -> Iterator[Changed]:
    quantity = node.quantity
    # Of few members a percentage has to change by more to count otherwise.
    step = Fraction(1, 100 if isinstance(node, e.Quantified) else 10)
    for word, other in _others(quantity, step):
        change = Change(node.span, quantity.word, word)
        yield change, attrs.evolve(node, quantity=attrs.evolve(other, word=word))


def _others(quantity: e.Quantity, step: Fraction) -> Iterator[tuple[str, e.Quantity]]:
    bound, number = quantity.bound, quantity.number
    opposite = _OPPOSITE.get(bound)
    if quantity.word in {"all", "any"}:
        yield ("any", _ANY) if quantity.word == "all" else ("all", _ALL)
        return
    if number is None:
        share = Fraction(quantity.part, quantity.whole)
        for other in (share - step, share + step) if quantity.word != "no" else ():
            if 0 <= other <= 1:
                words = f"{bound.value} {decimal_text(other * 100)}% of"
                yield words, e.Quantity(bound, None, other.numerator, other.denominator)
        if quantity.word == "no":
            yield "at most 1", e.Quantity(Bound.AT_MOST, 1)
        elif opposite is not None:
            words = f"{opposite.value} {decimal_text(share * 100)}% of"
            yield words, attrs.evolve(quantity, bound=opposite)
        return
    for one in (number - 1, number + 1):
        if one >= 0:
            yield f"{bound.value} {one}", e.Quantity(bound, one)
    if opposite is not None:
        yield f"{opposite.value} {number}", e.Quantity(opposite, number)


_ALL = e.Quantity(Bound.AT_LEAST, None, 1, 1, "all")
_ANY = e.Quantity(Bound.AT_LEAST, 1, word="any")


# Figures.


def _figures(node: e.Constant) -> Iterator[Changed]:
    if node.verified:
        for text, value in near(node):
            change = Change(node.span, _one_line(node.span), text)
            yield change, attrs.evolve(node, value=value, text=text)


def _cells(node: e.Lookup) -> Iterator[Changed]:
    """Change each figure of a table, wherever it stands for several cases."""
    places: dict[tuple[int, int], e.Constant] = {}
    for cell in node.cells.values():
        if cell is not None:
            places.setdefault((cell.span.start, cell.span.end), cell)
    for place, cell in places.items():
        for change, other in _figures(cell):
            cells = {
                key: other
                if one is not None and (one.span.start, one.span.end) == place
                else one
                for key, one in node.cells.items()
            }
            yield change, attrs.evolve(node, cells=cells)


def near(node: e.Constant) -> Iterator[tuple[str, Value]]:
    """Give the figures just below and just above one, by its last digit."""
    value, kind = node.value, node.type
    if isinstance(kind, EnumType):
        names = kind.enum.names
        at = names.index(str(value))
        ways = (at - 1, at + 1) if kind.enum.ordered else ((at + 1) % len(names),)
        for other in ways:
            if 0 <= other < len(names) and other != at:
                yield names[other], names[other]
        return
    if isinstance(value, datetime.date):
        for days in (-1, 1):
            date = value + datetime.timedelta(days)
            yield date.isoformat(), date
        return
    found = _NUMBER.search(node.text)
    if found is None or isinstance(value, bool):
        return
    number = Fraction(found[0].replace("_", ""))
    step = Fraction(1, 10 ** len(found[0].partition(".")[2]))
    for figure in (number - step, number + step):
        if figure < 0:
            continue
        text = node.text.replace(found[0], decimal_text(figure), 1)
        if isinstance(kind, ShareType):
            share = figure / 100
            yield text, Share(share.numerator, share.denominator)
        else:
            yield text, normal(figure * _scale(node))


def _scale(node: e.Constant) -> int:
    """Tell how many unscaled units the number of an amount counts."""
    if not isinstance(node.type, AmountType):
        return 1
    words = node.text.split()
    return next((SCALES[word] for word in words if word in SCALES), 1)
