"""What the columns of a table are, for the rules that are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs
import polars

from ntmrules._yaml import Node, Scalar
from ntmrules._yaml import Table as Tree
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    NumberType,
    ShareType,
    YearType,
)
from ntmrules.model.vocabulary import Fact
from ntmrules.tables._shares import MET, OF, ShareNumber, SharePair, ShareText
from ntmrules.tables._sources import (
    Case,
    Count,
    Number,
    Rare,
    Row,
    Source,
    Truth,
)
from ntmrules.tables._titles import Title, titles_of


KEPT = ("id", "name")
PARENT = "parent"
_ABSENT = ("", "null", "~")
_NEVER = polars.lit(value=True)


@attrs.frozen(eq=False)
class Layout:
    """
    The columns of a table.

    Attributes:
        columns: All of them, with their types.
        texts: Those that are text.
        sources: Where the figures stand that are asked for.
        titles: The titles that have a column.
        scales: What single numbers of shares are, by fact.
    """

    columns: Mapping[str, polars.DataType]
    texts: frozenset[str]
    sources: tuple[Source, ...]
    titles: tuple[Title, ...]
    scales: Mapping[str, str]

    @property
    def wanted(self) -> frozenset[str]:
        """The columns that are read; others are left alone."""
        found = {name for name in (*KEPT, PARENT) if name in self.columns}
        return frozenset(found | self._read)

    @property
    def _read(self) -> set[str]:
        facts = {name for source in self.sources for name in source.columns}
        return facts | {name for title in self.titles for name in title.columns}

    @property
    def present(self) -> frozenset[str]:
        """The facts that have a column."""
        return frozenset(source.fact.name for source in self.sources)

    def cleaned(self, frame: polars.DataFrame) -> polars.DataFrame:
        """Take spaces around texts away; an empty cell is null."""
        changes = []
        for name in frame.columns:
            if name in self.texts:
                text = polars.col(name).cast(polars.String).str.strip_chars()
                empty = text.is_in(("",) if name in (*KEPT, PARENT) else _ABSENT)
                changes.append(polars.when(~empty).then(text).alias(name))
        return frame.with_columns(changes)

    def plain(self, frame: polars.DataFrame) -> tuple[polars.DataFrame, polars.Series]:
        """
        Give the columns of plain cells, and in which rows there are only such.

        Args:
            frame: Some rows, `cleaned`.
        """
        parts = [source.plain(frame) for source in self.sources]
        parts += [title.plain() for title in self.titles]
        columns = [
            value.alias(name) for part in parts for name, value in part.columns.items()
        ]
        fits = polars.all_horizontal(_NEVER, *(part.fits for part in parts))
        found = frame.select(*columns, fits.alias(""))
        return found.drop(""), found[""]

    def empty(self) -> polars.DataFrame:
        """Give a frame without rows that has these columns, to see what is wrong."""
        read = self._read
        kept = {name: kind for name, kind in self.columns.items() if name not in read}
        whole = self.cleaned(polars.DataFrame(schema=dict(self.columns)))
        plain, _ = self.plain(whole)
        return polars.DataFrame(schema={**kept, **plain.schema})

    def unit(self, row: Row, level: str) -> Tree:
        """
        Give a row as a unit file would have it.

        Raises:
            HalfError: There is half a share in it.
        """
        facts: dict[str, Node] = {}
        for source in self.sources:
            cell = source.cell(row)
            if cell is not None:
                facts[source.fact.name] = cell
        entries: dict[str, Node] = {
            "level": Scalar(level),
            "facts": Tree(MappingProxyType(facts)),
        }
        for name in KEPT:
            if row.get(name) is not None:
                entries[name] = Scalar(str(row[name]), quoted=True)
        if self.titles:
            records = {title.name: title.record(row) for title in self.titles}
            held = {name: one for name, one in records.items() if one is not None}
            entries["titles"] = Tree(MappingProxyType(held))
        return Tree(MappingProxyType(entries))


def layout_of(
    columns: Mapping[str, polars.DataType],
    needed: Mapping[str, Fact],
    scales: Mapping[str, str],
) -> Layout:
    """
    Tell what the columns of a table are.

    Args:
        columns: Their types, by name.
        needed: The facts that are asked for.
        scales: By fact, what a share given as one number is; ``""`` is for all.
    """
    texts = frozenset(name for name, kind in columns.items() if _is_text(kind))
    sources = tuple(
        source
        for fact in needed.values()
        for source in _sources(fact, columns, texts, scales)
    )
    numbers = {
        source.fact.name: source.scale
        for source in sources
        if isinstance(source, ShareNumber)
    }
    titles = tuple(titles_of(columns, texts))
    return Layout(columns, texts, sources, titles, numbers)


def _is_text(kind: polars.DataType) -> bool:
    return isinstance(kind, polars.String | polars.Categorical | polars.Enum)


def _is_number(kind: polars.DataType) -> bool:
    return kind.is_numeric() or kind == polars.Null


def _sources(
    fact: Fact,
    columns: Mapping[str, polars.DataType],
    texts: frozenset[str],
    scales: Mapping[str, str],
) -> Iterator[Source]:
    """
    Find the columns of a fact.

    Columns of another kind are left as they are: `ntmrules.evaluate_frame` says what
    is wrong with them.
    """
    name = fact.name
    kind = columns.get(name)
    if isinstance(fact.type, ShareType):
        parts = {name + MET, name + OF}
        if kind is not None and not parts & columns.keys():
            scale = scales.get(name, scales.get("", ""))
            if name in texts:
                yield ShareText(fact, name, scale)
            elif _is_number(kind) and scale:
                yield ShareNumber(fact, name, scale)
        elif kind is None and parts <= columns.keys():
            if parts <= texts:
                yield SharePair(fact, texts=True)
            elif all(_is_number(columns[part]) for part in parts):
                yield SharePair(fact, texts=False)
        return
    if kind is None:
        return
    text = name in texts
    match fact.type:
        case CountType() if text or _is_number(kind):
            yield Count(fact, name, text)
        case AmountType() | NumberType() if text or _is_number(kind):
            yield Number(fact, name, text)
        case Condition() if text or kind in {polars.Boolean, polars.Null}:
            yield Truth(fact, name, text)
        case EnumType() if text:
            yield Case(fact, name, tuple(fact.type.enum.names))
        case DateType() | YearType():
            yield Rare(fact, name)
        case _:
            pass
