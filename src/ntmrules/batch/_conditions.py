"""
Conditions and values as Polars expressions over whole-number columns.

Source: language.md sections 4 to 8.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence

import attrs
import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._inside import Inside
from ntmrules.batch._titles import TITLES, WITHDRAWN
from ntmrules.batch._trust import coded
from ntmrules.batch._truth import (
    Truth,
    all_of,
    any_of,
    counted,
    if_then_else,
    negated,
    same,
)
from ntmrules.batch._values import (
    WIDTHS,
    UnsupportedError,
    Value,
    compare,
    constant,
    product,
    times,
    total,
    unknown,
    width,
)
from ntmrules.exact import Exact, Share
from ntmrules.model import expressions as e
from ntmrules.model.types import EnumType
from ntmrules.model.vocabulary import Title
from ntmrules.verdict import Verdict


@attrs.frozen
class Conditions:
    """
    Writes conditions of one ruleset on one date.

    Attributes:
        inside: The sub-units.
        provision: Gives the verdict of a provision: its kind and label.
        criteria: The labels of all criteria.
        read: The facts that were looked at.
    """

    columns: Columns
    date: datetime.date
    accept_unverified: bool
    inside: Inside
    provision: Callable[[str, str], Truth]
    criteria: Sequence[str]
    read: list[str] = attrs.field(factory=list)

    def condition(self, node: e.Expression) -> Truth:
        """Write a condition."""
        match node:
            case e.Defined():
                return self.condition(node.expression)
            case e.Comparison():
                return self._comparison(node)
            case e.Between():
                return self._between(node)
            case e.IsTrue():
                return self._truth(node.value)
            case e.Not():
                return negated(self.condition(node.operand))
            case e.AllOf():
                return all_of([self.condition(one) for one in node.operands])
            case e.AnyOf():
                return any_of([self.condition(one) for one in node.operands])
            case e.If():
                parts = (node.condition, node.then, node.otherwise)
                return if_then_else(*(self.condition(part) for part in parts))
            case e.Holds():
                return self._holds(node.title)
            case e.ProvisionVerdict() if node.ruleset is None:
                return self.provision(node.kind, node.label)
            case e.Quantified():
                return self.inside.quantified(node)
            case e.Choice():
                operands = [self.condition(one) for one in node.operands]
                return counted(operands, node.quantity)
            case e.CriteriaChoice() if node.ruleset is None:
                return self._criteria(node)
            case _:
                raise UnsupportedError(type(node).__name__)

    def _comparison(self, node: e.Comparison) -> Truth:
        kind = node.left.type
        if isinstance(kind, EnumType):
            cases = {name: at for at, name in enumerate(kind.enum.names)}
            left, right = self._rank(node.left, cases), self._rank(node.right, cases)
            return compare(node.operator, left, right)
        return compare(node.operator, self.value(node.left), self.value(node.right))

    def _rank(self, node: e.Expression, cases: Mapping[str, int]) -> Value:
        node = e.plain(node)
        if isinstance(node, e.Constant):
            return constant(cases[str(node.value)])
        if isinstance(node, e.FactValue):
            return Value(self.case(node).cast(polars.Int64), top=len(cases))
        raise UnsupportedError(type(node).__name__)

    def case(self, node: e.FactValue) -> polars.Expr:
        """Give the place of a case, null where it is missing."""
        name = node.fact.name
        if name not in self.columns.present:
            return polars.lit(None, dtype=polars.UInt8)
        return polars.col(coded(name))

    def _between(self, node: e.Between) -> Truth:
        middle = self.value(node.value)
        low, high = self.value(node.low), self.value(node.high)
        if low.whole is not None or high.whole is not None:
            msg = "between shares that are counted"
            raise UnsupportedError(msg)
        tests = (compare(">=", middle, low), compare("<=", middle, high))
        known = polars.all_horizontal(*(test.known for test in tests))
        for end in (low, high):
            if not isinstance(end.part, int):
                # Both ends must be known.
                known = polars.when(end.part.is_not_null()).then(known)
        dashes = [one.dash for one in (middle, low, high) if one.dash is not None]
        return Truth(known, polars.any_horizontal(*dashes) if dashes else None)

    def _truth(self, node: e.Expression) -> Truth:
        node = e.plain(node)
        if not isinstance(node, e.FactValue):
            raise UnsupportedError(type(node).__name__)
        name = node.fact.name
        if name not in self.columns.present:
            return same(Verdict.UNKNOWN)
        found = polars.col(name)
        if self.columns.kinds[name] != polars.Boolean:
            found = found.cast(polars.Boolean)
        return Truth(found)

    def _holds(self, title: Title) -> Truth:
        """Say whether a title is held: a record is complete for what has a column."""
        if not self.columns.titles:
            return same(Verdict.UNKNOWN)
        year, held = self.date.year, []
        for name in self.columns.frame_titles(title.name):
            granted = (polars.col(TITLES + name) <= year).fill_null(value=False)
            if TITLES + name + WITHDRAWN in self.columns.kinds:
                gone = polars.col(TITLES + name + WITHDRAWN)
                # Withdrawn at some time of the year: unknown.
                kept = polars.when((gone != year).fill_null(value=True)).then(
                    (gone > year).fill_null(value=True)
                )
                granted = granted & kept
            held.append(Truth(granted))
        return any_of(held) if held else same(Verdict.NOT_MET)

    def _criteria(self, node: e.CriteriaChoice) -> Truth:
        chosen = [
            self.provision("criterion", label)
            for label in self.criteria
            if label not in node.excepted
        ]
        if not chosen:
            msg = "a choice of no criteria"
            raise UnsupportedError(msg)
        if node.quantity.word == "any":
            return any_of(chosen)
        return counted(chosen, node.quantity)

    # Values.

    def value(self, node: e.Expression) -> Value:
        """Write a number."""
        match node:
            case e.Defined():
                return self.value(node.expression)
            case e.Constant():
                return constant(_number(node))
            case e.FactValue():
                return self._fact(node)
            case e.Lookup():
                return self._lookup(node)
            case e.Delegated() if node.value is not None:
                return self.value(node.value)
            case e.CountOf():
                return self.inside.count_of(node)
            case e.Aggregate():
                return self.inside.aggregate(node)
            case e.CurrentYear():
                return constant(self.date.year)
            case e.Negative():
                return times(self.value(node.operand), -1)
            case e.Arithmetic() if node.operator in "+-*":
                return self._arithmetic(node)
            case _:
                raise UnsupportedError(type(node).__name__)

    def _fact(self, node: e.FactValue) -> Value:
        fact = node.fact
        own = self.columns.figures.get(fact.name)
        if own is None and fact.name in self.columns.present:
            raise UnsupportedError(type(fact.type).__name__)
        self.read.append(fact.name)
        if fact.sums_up:
            own = self.inside.with_total(fact, own and own.wide())
        if own is None:
            return unknown()
        value = Value(
            own.column,
            scale=own.scale,
            top=own.top,
            whole=own.whole,
            whole_top=own.whole_top,
            bits=own.bits,
        )
        measure = getattr(fact.type, "measure", None)
        return value if measure is None else times(value, measure.scale)

    def _arithmetic(self, node: e.Arithmetic) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.whole is not None or right.whole is not None:
            msg = "arithmetic with shares that are counted"
            raise UnsupportedError(msg)
        if node.operator == "*":
            return product(left, right)
        return total(left, right, 1 if node.operator == "+" else -1)

    def _lookup(self, node: e.Lookup) -> Value:
        axes = [axis for axis in node.axes if isinstance(axis, e.EnumAxis)]
        if len(axes) > 1:
            msg = "a table by two facts"
            raise UnsupportedError(msg)
        if not axes:
            cell = self._cell(node, tuple(self._key(axis, "") for axis in node.axes))
            if cell == "-":
                return attrs.evolve(unknown(), dash=polars.lit(value=True))
            return unknown() if isinstance(cell, str) else constant(cell)
        fact = e.plain(axes[0].value)
        if not isinstance(fact, e.FactValue):
            raise UnsupportedError(type(fact).__name__)
        names = axes[0].keys
        cells = [
            self._cell(node, tuple(self._key(axis, name) for axis in node.axes))
            for name in names
        ]
        return self._gathered(self.case(fact), cells)

    def _gathered(self, place: polars.Expr, cells: Sequence[Exact | str]) -> Value:
        numbers = [cell for cell in cells if not isinstance(cell, str)]
        scale = math.lcm(*(number.denominator for number in numbers))
        parts = [None if isinstance(cell, str) else int(cell * scale) for cell in cells]
        top = max((abs(part) for part in parts if part is not None), default=0)
        bits = max(self.columns.bits, width(top))
        table = polars.lit(polars.Series(parts, dtype=WIDTHS[bits]))
        dashes = [at for at, cell in enumerate(cells) if cell == "-"]
        dash = None
        if dashes:
            some = polars.any_horizontal(*(place == at for at in dashes))
            dash = some.fill_null(value=False)
        found = table.gather(place)
        return Value(found, scale=scale, top=top, dash=dash, bits=bits)

    def _key(self, axis: e.Axis, case: str) -> e.Key:
        if isinstance(axis, e.EnumAxis):
            return case
        return self.date.year if self.date.year in axis.keys else None

    def _cell(self, node: e.Lookup, key: tuple[e.Key, ...]) -> Exact | str:
        """Give a cell, ``-`` for a dash, or ``?`` for what nobody knows."""
        if key not in node.cells:
            return "?"
        cell = node.cells[key]
        if cell is None:
            return "-"
        if not cell.verified and not self.accept_unverified:
            return "?"
        return _number(cell)


def _number(node: e.Constant) -> Exact:
    value: object = node.value
    if isinstance(value, Share):
        value = value.value
    if isinstance(value, bool | str) or not hasattr(value, "denominator"):
        raise UnsupportedError(type(node.type).__name__)
    return value  # type: ignore[return-value]
