"""
Tables against rules, piece by piece.

Rows whose cells are plain are decided by columns, all others one by one; the verdicts
are those of `ntmrules.evaluate` either way.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import attrs
import polars

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.frames import evaluate_frame
from ntmrules.model.words import name_of
from ntmrules.tables._checks import child_problems, column_problems, scale_problems
from ntmrules.tables._children import Children
from ntmrules.tables._layout import KEPT, Layout, layout_of
from ntmrules.tables._one_by_one import OneByOne
from ntmrules.tables._table import Piece, Table
from ntmrules.tables._task import Task
from ntmrules.text import Fill, Text


ID, TABLE, LINE = "id", "table", "line"
_LEVEL = Text(
    "the plural of a level below {level}", "tên số nhiều của một cấp dưới {level}"
)
_OPTION = Text("`--children`", "`--children`")
_A_TABLE = Text("the table", "bảng")


@attrs.frozen(eq=False)
class Decided:
    """
    Some rows of a table, decided.

    Attributes:
        about: ``id``, ``name``, ``table`` and ``line`` of each row.
        codes: 0 not met, 1 unknown, 2 met, null not applicable: ``verdict``, counts of
            criteria, preconditions, criteria, indicators.  All null where a row is
            refused.
        refused: What is wrong with rows, by index.
        findings: What was noticed about rows that were decided, by index.
        done: How many bytes of all tables have been read.
    """

    about: polars.DataFrame
    codes: polars.DataFrame
    refused: Mapping[int, tuple[Diagnostic, ...]]
    findings: Mapping[int, tuple[Diagnostic, ...]]
    done: int


class Batch:
    """
    Some tables, read as one, and the rules to decide their rows by.

    Args:
        task: The rules, the date, and how cells are read.
        tables: The tables of units, in order.
        children: Tables of sub-units, by the plural of their level.

    Raises:
        FactError: There is no such level below that of the ruleset.
    """

    def __init__(
        self,
        task: Task,
        tables: Sequence[Table],
        children: Mapping[str, Sequence[Table]],
    ) -> None:
        self.task = task
        self._tables = tuple(
            (table, layout_of(table.columns, task.needs.facts, task.scales))
            for table in tables
        )
        self._children = tuple(
            self._below(plural, below) for plural, below in children.items()
        )
        self._one_by_one = OneByOne(task, self._children)

    def _below(self, plural: str, tables: Sequence[Table]) -> Children:
        ruleset = self.task.ruleset
        level = ruleset.vocabulary.level_of_plural(plural)
        home = ruleset.level.name
        if level is None or not ruleset.vocabulary.is_below(level.name, home):
            above = name_of(ruleset.level)
            wanted = Text(
                _LEVEL.en.format(level=above.en), _LEVEL.vi.format(level=above.vi)
            )
            values: dict[str, Fill] = {
                "owner": _OPTION,
                "wanted": wanted,
                "found": f"`{plural}`",
            }
            raise FactError([Diagnostic(codes.BAD_SHAPE, None, values)])
        facts, scales = self.task.facts_inside(plural), self.task.scales
        laid_out = (
            (table, layout_of(table.columns, facts, scales)) for table in tables
        )
        return Children(level, tuple(laid_out))

    @property
    def size(self) -> int:
        """The size of the tables of units, in bytes."""
        return sum(table.size for table, _ in self._tables)

    def problems(self) -> tuple[Diagnostic, ...]:
        """Tell what is wrong with the columns; nothing has been decided yet."""
        found = list(scale_problems(self.task))
        for table, layout in self._tables:
            found += column_problems(self.task, table, layout)
            if self._children and ID not in layout.columns:
                values: dict[str, Fill] = {"key": ID, "owner": _A_TABLE}
                place = str(table.path)
                found.append(Diagnostic(codes.MISSING_KEY, None, values, place=place))
        for children in self._children:
            for table, layout in children.tables:
                plural = children.level.plural
                found += child_problems(self.task, plural, table, layout)
        return tuple(found)

    def warnings(self) -> tuple[Diagnostic, ...]:
        """Tell what the rules ask for and the tables do not have."""
        found = []
        needs = self.task.needs
        given = {children.level.plural for children in self._children}
        absent = [plural for plural in needs.inside if plural not in given]
        absent += ["history"] if needs.other_years else []
        for table, layout in self._tables:
            facts = [name for name in needs.facts if name not in layout.present]
            found += _absent([*facts, *absent], table)
        for children in self._children:
            asked = self.task.facts_inside(children.level.plural)
            for table, layout in children.tables:
                missing = [name for name in asked if name not in layout.present]
                found += _absent(missing, table)
        return tuple(found)

    @cached_property
    def schema(self) -> Mapping[str, polars.DataType]:
        """The columns of verdicts, as codes."""
        frame = polars.DataFrame(schema={ID: polars.Int64})
        return MappingProxyType(dict(self._by_columns(frame, {}).drop(ID).schema))

    def decided(self) -> Iterator[Decided]:
        """
        Decide all rows, in their order.

        Raises:
            FactError: From some place on, a table cannot be read.
        """
        for children in self._children:
            children.read()
        before = 0
        for table, layout in self._tables:
            for piece in table.pieces(layout.wanted):
                yield self._piece(table, layout, piece, before)
            before += table.size

    def unclaimed(self) -> Iterator[tuple[Diagnostic, ...]]:
        """Give what is wrong with rows of sub-units that no unit has, row by row."""
        for children in self._children:
            yield from children.unclaimed()

    def _piece(
        self, table: Table, layout: Layout, piece: Piece, before: int
    ) -> Decided:
        frame = layout.cleaned(piece.frame)
        about = _about(table, frame, piece)
        index = polars.int_range(piece.rows, eager=True).alias(ID)
        plain, fits = layout.plain(frame)
        plain = polars.DataFrame([index, *plain])
        if self._children:
            fits = index < 0  # each has units of its own inside it
        else:
            fits = fits.new_from_index(0, piece.rows) if len(fits) == 1 else fits
            fits &= ~index.is_in(list(piece.refused))
        try:
            by_columns = self._by_columns(plain.filter(fits), layout.scales)
        except FactError:
            # Together they are refused; each for itself says why.
            fits = index < 0
            by_columns = self._by_columns(plain.clear(), layout.scales)
        refused, findings = dict(piece.refused), {}
        rows: list[tuple[int | None, ...]] = []
        others = index.filter(~fits)
        for at, row in zip(others, _rows(frame, others), strict=True):
            found: tuple[int | None, ...] = (None,) * len(self.schema)
            if at not in refused:
                place = f"{table.path}:{piece.places[at]}"
                try:
                    single, noticed = self._one_by_one.row(layout, row, place)
                except FactError as error:
                    refused[at] = error.diagnostics
                else:
                    found = self._with_counts(single)
                    if noticed:
                        findings[at] = noticed
            rows.append((at, *found))
        schema = {ID: polars.Int64(), **self.schema}
        one_by_one = polars.DataFrame(rows, schema=schema, orient="row")
        together = polars.concat([by_columns, one_by_one]).sort(ID).drop(ID)
        return Decided(about, together, refused, findings, before + piece.done)

    def _by_columns(
        self, plain: polars.DataFrame, scales: Mapping[str, str]
    ) -> polars.DataFrame:
        """Decide plain rows; ``id`` is their index."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they have been told, for all rows
            found = evaluate_frame(
                self.task.ruleset,
                plain,
                as_of=self.task.as_of,
                share_columns=scales,
                accept_unverified=self.task.accept_unverified,
                as_codes=True,
            )
        assert isinstance(found, polars.DataFrame)
        return found

    def _with_counts(self, found: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Put the counts of criteria where the columns have them."""
        ruleset = self.task.ruleset
        if not ruleset.criteria:
            return found
        first = 1 + len(ruleset.preconditions)
        criteria = found[first : first + len(ruleset.criteria)]
        return (found[0], *(criteria.count(code) for code in (2, 0, 1)), *found[1:])


def _rows(frame: polars.DataFrame, at: polars.Series) -> Iterator[Mapping[str, object]]:
    if frame.width:
        return frame[at].iter_rows(named=True)
    return iter([{}] * len(at))


def _about(table: Table, frame: polars.DataFrame, piece: Piece) -> polars.DataFrame:
    nothing = polars.Series("", [None], dtype=polars.String)
    nothing = nothing.new_from_index(0, piece.rows)
    kept = [
        frame[name].cast(polars.String)
        if name in frame.columns
        else nothing.alias(name)
        for name in KEPT
    ]
    name = polars.Series(TABLE, [str(table.path)])
    tables = name.new_from_index(0, piece.rows)
    return polars.DataFrame([*kept, tables, piece.places.alias(LINE)])


def _absent(names: Sequence[str], table: Table) -> list[Diagnostic]:
    if not names:
        return []
    values: dict[str, Fill] = {"names": ", ".join(f"`{name}`" for name in names)}
    return [Diagnostic(codes.COLUMN_ABSENT, None, values, place=str(table.path))]
