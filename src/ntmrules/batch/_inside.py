"""
Sub-units by columns: one grouped pass over their frame for all that counts them.

What is written here is decided for each sub-unit in its own frame, counted or added up
by the unit above, and laid beside the rows of that.  Source: language.md sections 6
to 8; `docs/decisions/0009-empty-collections-and-doubtful-members.md`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import attrs
import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._numbers import Figures
from ntmrules.batch._truth import Counts, Truth, decided, same
from ntmrules.batch._values import MOST, UnsupportedError, Value, unknown
from ntmrules.model import expressions as e
from ntmrules.model.types import EnumType, ShareType
from ntmrules.model.vocabulary import Fact, Level, Vocabulary
from ntmrules.verdict import Bound, Tally, Verdict, count_number, count_share


SIZE = "size"


@attrs.frozen
class Reading:
    """How conditions and values of one frame are written."""

    condition: Callable[[e.Expression], Truth]
    value: Callable[[e.Expression], Value]


@attrs.frozen
class Table:
    """
    The frame of the sub-units of one level.

    Attributes:
        reading: Writes what is decided for each of them.
        figures: What each of them contributes, by name: a column, and how it is
            gathered from those inside one unit.
    """

    level: Level
    columns: Columns
    reading: Reading
    figures: dict[str, tuple[polars.Expr, str]] = attrs.field(factory=dict)

    def gathered(self, each: polars.Expr, how: str) -> polars.Expr:
        """Contribute a column, and give what it comes to in each row above."""
        name = f"\0{self.level.plural} {len(self.figures)}"
        self.figures[name] = (each.alias(name), how)
        return polars.col(name)

    def counted(self, test: polars.Expr) -> polars.Expr:
        """Count for how many *test* is true; it is never null."""
        return self.gathered(test, "count")

    @property
    def size(self) -> polars.Expr:
        """How many there are."""
        return polars.col(size_of(self.level))


def size_of(level: Level) -> str:
    """Name the column of how many sub-units of a level there are."""
    return f"\0{level.plural} {SIZE}"


@attrs.frozen
class Inside:
    """
    The sub-units of the rows of a frame.

    Attributes:
        level: That of the rows.
        tables: By the plural of their level.
    """

    vocabulary: Vocabulary
    level: Level
    tables: Mapping[str, Table]

    def quantified(self, node: e.Quantified) -> Truth:
        """Write a quantifier over sub-units."""
        over = node.collection
        if not isinstance(over, e.Collection):
            raise UnsupportedError(type(over).__name__)
        table = self._table(over.level)
        if table is None:
            return same(_of_nobody_knows_whom(node.quantity, node.if_none))
        predicate = table.reading.condition(node.predicate)
        if over.where is None:
            counts, size = _counts(table, predicate, None), table.size
            found = decided(counts, node.quantity)
            return _unless_empty(found, size == 0, node)
        return self._narrowed(table, predicate, over.where, node)

    def _narrowed(
        self, table: Table, predicate: Truth, where: e.Expression, node: e.Quantified
    ) -> Truth:
        """Write a quantifier over those of whom a condition is met."""
        belongs = table.reading.condition(where)
        sure, maybe = belongs.known.fill_null(value=False), belongs.known.is_null()
        if belongs.dash is not None:
            sure, maybe = sure & ~belongs.dash, maybe & ~belongs.dash
        surely, perhaps = (_counts(table, predicate, one) for one in (sure, maybe))
        counts = attrs.evolve(
            surely,
            maybe_met=perhaps.met,
            maybe_not_met=perhaps.not_met,
            maybe_unknown=perhaps.unknown,
        )
        found = decided(counts, node.quantity)
        some, doubtful = table.counted(sure) > 0, table.counted(maybe) > 0
        empty = _empty(node.quantity, node.if_none)
        # It may turn out empty, which is decided otherwise.
        agree = _all_as(empty, counts, node.quantity)
        if predicate.dash is not None:
            # Those that may belong and do not apply are not among the counts.
            outside = table.counted(maybe & predicate.dash) > 0
            agree &= ~outside | _is(empty, found)
        other = same(empty)
        known = polars.when(some).then(found.known).when(agree).then(other.known)
        dash = None if found.dash is None else found.dash & some
        if empty is Verdict.NOT_APPLICABLE:
            without = ~some & agree
            dash = without if dash is None else dash | without
        return _unless_empty(Truth(known, dash), ~some & ~doubtful, node)

    def count_of(self, node: e.CountOf) -> Value:
        """Write how many sub-units there are."""
        table = self._table(node.collection.level)
        if table is None or node.collection.where is not None:
            msg = "a count with bounds"
            raise UnsupportedError(msg)
        return Value(table.size, top=table.columns.frame.height)

    def aggregate(self, node: e.Aggregate) -> Value:
        """Write a sum, average, least or greatest value."""
        table = self._table(node.collection.level)
        if table is None:
            return unknown()
        if node.collection.where is not None or node.weight is not None:
            msg = "a total of some, or weighted"
            raise UnsupportedError(msg)
        value = table.reading.value(node.value)
        if value.whole is not None or isinstance(value.part, int):
            msg = "a total of shares that are counted, or of constants"
            raise UnsupportedError(msg)
        if isinstance(node.type, ShareType | EnumType):
            raise UnsupportedError(type(node.type).__name__)
        part, missing = value.part, value.part.is_null()
        if value.dash is not None:
            part = polars.when(~value.dash).then(part)
            missing = missing & ~value.dash
        gaps = table.counted(missing)
        known = table.counted(part.is_not_null())
        all_there = polars.when((gaps == 0) & (known > 0))
        if node.function in {"min", "max"}:
            found = all_there.then(table.gathered(part, node.function))
            return Value(found, value.up, value.scale, value.top)
        top = _sum_top(table, value.top)
        found = all_there.then(table.gathered(part, "sum"))
        if node.function == "sum":
            return Value(found, value.up, value.scale, top)
        height = table.columns.frame.height
        return Value(found, value.up, value.scale, top, known, height)

    def with_total(self, fact: Fact, own: Figures | None) -> Figures | None:
        """Fill a fact that sums up, where it is missing, with that of sub-units."""
        tables = self._summing(fact)
        if not tables:
            return own
        found = [table.columns.figures.get(fact.name) for table in tables]
        given = [figures for figures in found if figures is not None]
        counted = isinstance(fact.type, ShareType)
        if not given or len(given) < len(found):
            # Somewhere all of them are missing.
            if len(tables) > 1:
                msg = "a total of several levels"
                raise UnsupportedError(msg)
            return own
        if counted and any(one.whole is None for one in (*given, own) if one):
            msg = "a total of percentages"
            raise UnsupportedError(msg)
        scale = math.lcm(*(one.scale for one in given), own.scale if own else 1)
        members = polars.sum_horizontal(*(table.size for table in tables))
        known = polars.sum_horizontal(
            *(
                table.counted(one.column.is_not_null())
                for table, one in zip(tables, given, strict=True)
            )
        )
        all_there = polars.when((members > 0) & (members == known))
        total, top = _added(
            tables, [(one.column, one.top) for one in given], given, scale
        )
        part: polars.Expr = all_there.then(total)
        whole: polars.Expr | None = None
        whole_top = 1
        if counted:
            columns = [(_whole_of(one), one.whole_top) for one in given]
            below, whole_top = _added(tables, columns, given, scale)
            whole = all_there.then(below)
        if own is None:
            return Figures(part, scale, top, whole, whole_top)
        up = scale // own.scale
        has = polars.when(own.column.is_not_null())
        part = has.then(own.column * up).otherwise(part)
        if whole is not None:
            whole = has.then(_whole_of(own) * up).otherwise(whole)
            whole_top = max(whole_top, own.whole_top * up)
        return Figures(part, scale, max(top, own.top * up), whole, whole_top)

    def _summing(self, fact: Fact) -> list[Table]:
        """Give the tables right below whose figures add up, if all are there."""
        below = [
            level
            for level in self.vocabulary.levels.values()
            if level.parent == self.level.name
        ]
        if not fact.levels:
            return [self.tables[b.plural] for b in below if b.plural in self.tables]
        needed = [level for level in below if level.name in fact.levels]
        if any(level.plural not in self.tables for level in needed):
            return []
        return [self.tables[level.plural] for level in needed]

    def _table(self, level: Level) -> Table | None:
        """Give the table of a level; `None` if nobody says anything of it."""
        if level.plural in self.tables:
            return self.tables[level.plural]
        between = self.vocabulary.ancestors(level.name)
        if any(self.vocabulary.levels[one].plural in self.tables for one in between):
            msg = "sub-units of sub-units"
            raise UnsupportedError(msg)
        return None


def _whole_of(figures: Figures) -> polars.Expr:
    if figures.whole is None:
        msg = "a share that is not counted"
        raise UnsupportedError(msg)
    return figures.whole


def _added(
    tables: list[Table],
    columns: list[tuple[polars.Expr, int]],
    given: list[Figures],
    scale: int,
) -> tuple[polars.Expr, int]:
    """Add up columns of several tables on one scale."""
    sums, top = [], 0
    for table, (column, most), figures in zip(tables, columns, given, strict=True):
        up = scale // figures.scale
        top += _sum_top(table, most) * up
        sums.append(table.gathered(column, "sum").fill_null(0) * up)
    if top > MOST:
        msg = "totals of more than 63 bits"
        raise UnsupportedError(msg)
    return polars.sum_horizontal(*sums), top


def _sum_top(table: Table, most: int) -> int:
    top = most * max(table.columns.frame.height, 1)
    if top > MOST:
        msg = "totals of more than 63 bits"
        raise UnsupportedError(msg)
    return top


def _counts(table: Table, predicate: Truth, among: polars.Expr | None) -> Counts:
    """Count how the sub-units come out, all or those *among* some."""
    met = predicate.known.fill_null(value=False)
    open_ = predicate.known.fill_null(value=True)
    applies = None if predicate.dash is None else ~predicate.dash
    if among is not None:
        applies = among if applies is None else applies & among
    if applies is None:
        least, most, total = table.counted(met), table.counted(open_), table.size
    else:
        least, most = table.counted(met & applies), table.counted(open_ & applies)
        total = table.counted(applies)
    return Counts(least, total - most, most - least)


def _empty(quantity: e.Quantity, if_none: str | None) -> Verdict:
    """Decide a quantifier over a collection that certainly has no members."""
    if if_none is not None:
        return Verdict(if_none)
    if quantity.number is not None and quantity.bound is not Bound.AT_MOST:
        return count_number(quantity.bound, quantity.number, Tally())
    return Verdict.UNKNOWN


def _all_as(verdict: Verdict, counts: Counts, quantity: e.Quantity) -> polars.Expr:
    """
    Tell where any doubtful member that belongs, alone or not, leads to *verdict*.

    As `ntmrules.verdict.Tally.with_one`, of members none of which surely belongs.
    """
    agree = polars.lit(value=True)
    for sort in ("met", "not_met", "unknown"):
        doubtful = getattr(counts, f"maybe_{sort}")
        one = {sort: getattr(counts, sort) + 1, f"maybe_{sort}": doubtful - 1}
        found = decided(attrs.evolve(counts, **one), quantity)
        agree &= (doubtful == 0) | _is(verdict, found)
    return agree


def _is(verdict: Verdict, found: Truth) -> polars.Expr:
    """Tell where it came to a verdict that is known."""
    if verdict is Verdict.NOT_APPLICABLE:
        return polars.lit(value=False) if found.dash is None else found.dash
    if verdict is Verdict.UNKNOWN:
        # To agree with what nobody knows decides nothing.
        return polars.lit(value=False)
    like = (found.known == (verdict is Verdict.MET)).fill_null(value=False)
    return like if found.dash is None else like & ~found.dash


def _unless_empty(found: Truth, empty: polars.Expr, node: e.Quantified) -> Truth:
    verdict = _empty(node.quantity, node.if_none)
    other = same(verdict)
    known = polars.when(empty).then(other.known).otherwise(found.known)
    if verdict is Verdict.NOT_APPLICABLE:
        return Truth(known, empty if found.dash is None else empty | found.dash)
    return Truth(known, None if found.dash is None else ~empty & found.dash)


def _of_nobody_knows_whom(quantity: e.Quantity, if_none: str | None) -> Verdict:
    """Decide a quantifier over sub-units of which nothing was said."""
    tally = Tally(open=True)
    if quantity.number is not None:
        verdict = count_number(quantity.bound, quantity.number, tally)
    else:
        verdict = count_share(quantity.bound, quantity.part, quantity.whole, tally)
    # It may turn out empty, which is decided otherwise.
    empty = _empty(quantity, if_none)
    return verdict if verdict is empty else Verdict.UNKNOWN
