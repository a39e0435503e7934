"""
Conditions and values as Polars expressions over whole-number columns.

Verdicts are codes: 0 not met, 1 unknown, 2 met, null not applicable, so that *and* is
the least, *or* the greatest and *not* 2 - x.  Source: language.md section 8.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence

import attrs
import polars

from ntmrules.batch._columns import TITLES, WITHDRAWN, Columns
from ntmrules.batch._values import (
    UnsupportedError,
    Value,
    compare,
    constant,
    dashed,
    times,
    widened,
)
from ntmrules.exact import Exact, Share
from ntmrules.model import expressions as e
from ntmrules.model.types import EnumType
from ntmrules.model.vocabulary import Title
from ntmrules.verdict import Bound


NONE = 9
"""What stands for *not applicable* where null would be in the way."""


def code(number: int) -> polars.Expr:
    """Give one verdict in every row."""
    return polars.lit(number, dtype=polars.Int8)


def not_applicable() -> polars.Expr:
    """Give *not applicable* in every row."""
    return polars.lit(None, dtype=polars.Int8)


def all_of(verdicts: Sequence[polars.Expr]) -> polars.Expr:
    """Join with *and*."""
    return verdicts[0] if len(verdicts) == 1 else polars.min_horizontal(*verdicts)


def any_of(verdicts: Sequence[polars.Expr]) -> polars.Expr:
    """Join with *or*."""
    return verdicts[0] if len(verdicts) == 1 else polars.max_horizontal(*verdicts)


@attrs.frozen
class Conditions:
    """
    Writes conditions of one ruleset on one date.

    Attributes:
        provision: Gives the verdict of a provision: its kind and label.
        criteria: The labels of all criteria.
    """

    columns: Columns
    date: datetime.date
    accept_unverified: bool
    provision: Callable[[str, str], polars.Expr]
    criteria: Sequence[str]

    def condition(self, node: e.Expression) -> polars.Expr:
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
                return 2 - self.condition(node.operand)
            case e.AllOf():
                return all_of([self.condition(one) for one in node.operands])
            case e.AnyOf():
                return any_of([self.condition(one) for one in node.operands])
            case e.If():
                return self._if(node)
            case e.Holds():
                return self._holds(node.title)
            case e.ProvisionVerdict() if node.ruleset is None:
                return self.provision(node.kind, node.label)
            case e.Choice():
                operands = [self.condition(one) for one in node.operands]
                return choose(node.quantity, operands)
            case e.CriteriaChoice() if node.ruleset is None:
                return self._criteria(node)
            case _:
                raise UnsupportedError(type(node).__name__)

    def _comparison(self, node: e.Comparison) -> polars.Expr:
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
            return Value(self.case(node), 1, len(cases))
        raise UnsupportedError(type(node).__name__)

    def case(self, node: e.FactValue) -> polars.Expr:
        """Give the place of a case, null where it is missing."""
        name = node.fact.name
        if name not in self.columns.present:
            return polars.lit(None, dtype=polars.Int64)
        return polars.col(coded(name))

    def _between(self, node: e.Between) -> polars.Expr:
        middle, ends = self.value(node.value), []
        for end in (self.value(node.low), self.value(node.high)):
            if end.whole is not None:
                msg = "between shares that are counted"
                raise UnsupportedError(msg)
            ends.append(end)
        low, high = ends
        both = all_of([compare(">=", middle, low), compare("<=", middle, high)])
        for end in ends:
            if not isinstance(end.part, int):
                both = polars.when(end.part.is_null()).then(code(1)).otherwise(both)
        return dashed(both, (middle.dash, low.dash, high.dash))

    def _truth(self, node: e.Expression) -> polars.Expr:
        node = e.plain(node)
        if not isinstance(node, e.FactValue):
            raise UnsupportedError(type(node).__name__)
        name = node.fact.name
        if name not in self.columns.present:
            return code(1)
        return (polars.col(name).cast(polars.Int8) * 2).fill_null(code(1))

    def _if(self, node: e.If) -> polars.Expr:
        test, then, other = (
            self.condition(part).fill_null(code(NONE))
            for part in (node.condition, node.then, node.otherwise)
        )
        known = (then != 1) & (other != 1)
        found = (
            polars.when((test == 2) | (then == other))
            .then(then)
            .when(test == 0)
            .then(other)
            .when((test == NONE) & known)
            .then(code(NONE))
            .otherwise(code(1))
        )
        return polars.when(found != NONE).then(found)

    def _holds(self, title: Title) -> polars.Expr:
        """Say whether a title is held: a record is complete for what has a column."""
        if not self.columns.titles:
            return code(1)
        year, held = self.date.year, []
        for name in self.columns.frame_titles(title.name):
            granted = polars.col(TITLES + name)
            one = polars.when(granted <= year).then(code(2)).otherwise(code(0))
            if TITLES + name + WITHDRAWN in self.columns.frame.columns:
                gone = polars.col(TITLES + name + WITHDRAWN)
                one = (
                    polars.when((one == 2) & (gone == year))
                    .then(code(1))
                    .when((one == 2) & (gone < year))
                    .then(code(0))
                    .otherwise(one)
                )
            held.append(one)
        return any_of(held) if held else code(0)

    def _criteria(self, node: e.CriteriaChoice) -> polars.Expr:
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
        return choose(node.quantity, chosen)

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
        if fact.name not in self.columns.figures:
            if fact.name in self.columns.present:
                raise UnsupportedError(type(fact.type).__name__)
            return Value(polars.lit(None, dtype=polars.Int64))
        own = self.columns.figures[fact.name]
        whole = None if own.whole is None else polars.col(own.whole)
        part = polars.col(own.column)
        value = Value(part, own.scale, own.top, whole, own.whole_top)
        measure = getattr(fact.type, "measure", None)
        return value if measure is None else times(value, measure.scale)

    def _arithmetic(self, node: e.Arithmetic) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.whole is not None or right.whole is not None:
            msg = "arithmetic with shares that are counted"
            raise UnsupportedError(msg)
        dashes = [dash for dash in (left.dash, right.dash) if dash is not None]
        dash = polars.any_horizontal(*dashes) if dashes else None
        if node.operator == "*":
            top = left.top * right.top
            part = _wide(left.part, top) * _wide(right.part, top)
            return Value(part, left.scale * right.scale, top, dash=dash)
        sign = 1 if node.operator == "+" else -1
        scale = math.lcm(left.scale, right.scale)
        up_left, up_right = scale // left.scale, scale // right.scale * sign
        top = left.top * up_left + right.top * abs(up_right)
        part = _wide(left.part, top) * up_left + _wide(right.part, top) * up_right
        return Value(part, scale, top, dash=dash)

    def _lookup(self, node: e.Lookup) -> Value:
        axes = [axis for axis in node.axes if isinstance(axis, e.EnumAxis)]
        if len(axes) > 1:
            msg = "a table by two facts"
            raise UnsupportedError(msg)
        if not axes:
            cell = self._cell(node, tuple(self._key(axis, "") for axis in node.axes))
            if cell == "-":
                return Value(
                    polars.lit(None, dtype=polars.Int64),
                    dash=polars.lit(value=True),
                )
            if isinstance(cell, str):
                return Value(polars.lit(None, dtype=polars.Int64))
            return constant(cell)
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
        kind = polars.Int64 if top < 2**63 else polars.Int128
        table = polars.lit(polars.Series(parts, dtype=kind))
        dashes = [at for at, cell in enumerate(cells) if cell == "-"]
        dash = place.is_in(dashes).fill_null(value=False) if dashes else None
        return Value(table.gather(place), scale, top, dash=dash)

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


def coded(name: str) -> str:
    """Name the column of the places of cases."""
    return f"\0{name}"


def _number(node: e.Constant) -> Exact:
    value: object = node.value
    if isinstance(value, Share):
        value = value.value
    if isinstance(value, bool | str) or not hasattr(value, "denominator"):
        raise UnsupportedError(type(node.type).__name__)
    return value  # type: ignore[return-value]


def _wide(part: polars.Expr | int, top: int) -> polars.Expr:
    kind = polars.Int64 if top < 2**63 else polars.Int128
    if isinstance(part, int):
        return polars.lit(part, dtype=kind)
    return widened(part, top)


def choose(quantity: e.Quantity, verdicts: Sequence[polars.Expr]) -> polars.Expr:
    """Decide a quantity of verdicts, as `ntmrules.verdict` does a tally."""
    met, unknown, failed = (
        polars.sum_horizontal(*((one == at).cast(polars.Int64) for one in verdicts))
        for at in (2, 1, 0)
    )
    if quantity.number is not None:
        return _number_of(quantity.bound, quantity.number, met, met + unknown)
    part, whole = quantity.part, quantity.whole
    if quantity.bound is Bound.AT_MOST:
        part, met, failed = whole - part, failed, met
    total = met + unknown + failed
    return (
        polars.when(total == 0)
        .then(not_applicable())
        .when(met + failed == 0)
        .then(code(1))
        .when(met * whole >= total * part)
        .then(code(2))
        .when((met + unknown) * whole < total * part)
        .then(code(0))
        .otherwise(code(1))
    )


def _number_of(
    bound: Bound, number: int, least: polars.Expr, most: polars.Expr
) -> polars.Expr:
    match bound:
        case Bound.AT_LEAST:
            yes, no = least >= number, most < number
        case Bound.AT_MOST:
            yes, no = most <= number, least > number
        case Bound.EXACTLY:
            yes = (least == number) & (most == number)
            no = (least > number) | (most < number)
    return polars.when(yes).then(code(2)).when(no).then(code(0)).otherwise(code(1))
