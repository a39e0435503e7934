"""Columns of titles: the years of granting and of withdrawal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

import attrs
import polars

from ntmrules._yaml import Node, Scalar, Table
from ntmrules.tables._sources import Plain, Row


PREFIX, WITHDRAWN = "titles.", ".withdrawn"
_FIRST, _LAST = 1900, 2200


@attrs.frozen
class Title:
    """
    A title in a table.

    Attributes:
        name: The title.
        texts: Of its columns, those that are text.
        withdrawn: Whether there is a column of withdrawals.
    """

    name: str
    texts: frozenset[str]
    withdrawn: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The column of granting, and that of withdrawal if there is one."""
        granted = PREFIX + self.name
        return (granted, granted + WITHDRAWN) if self.withdrawn else (granted,)

    def plain(self) -> Plain:
        """Give the years where they are years, and nothing is withdrawn."""
        granted, *gone = self.columns
        year = self._year(granted)
        fits = year.is_between(_FIRST, _LAST).fill_null(value=False)
        fits |= polars.col(granted).is_null()
        nothing = polars.lit(None, polars.Int64)
        columns = {granted: polars.when(fits).then(year)}
        for name in gone:
            # What is withdrawn may contradict other titles: the reader of units knows.
            fits &= polars.col(name).is_null()
            columns[name] = polars.when(fits).then(nothing)
        return Plain(columns, fits)

    def _year(self, name: str) -> polars.Expr:
        value = polars.col(name)
        if name in self.texts:
            value = polars.when(value.str.contains("^[0-9]{4}$")).then(value)
        return value.cast(polars.Int64, strict=False)

    def record(self, row: Row) -> Node | None:
        """Give what stands in a row, as a unit file would have it."""
        granted, *gone = (row[name] for name in self.columns)
        if not gone or gone[0] is None:
            return None if granted is None else Scalar(granted)
        entries: dict[str, Node] = {"withdrawn": Scalar(gone[0])}
        if granted is not None:
            entries["granted"] = Scalar(granted)
        return Table(MappingProxyType(entries))


def titles_of(
    columns: Mapping[str, polars.DataType], texts: Collection[str]
) -> Iterator[Title]:
    """Find the titles of a table, whether or not there are such titles."""
    for name in columns:
        if not name.startswith(PREFIX) or name.endswith(WITHDRAWN):
            continue
        both = frozenset({name, name + WITHDRAWN})
        yield Title(
            name.removeprefix(PREFIX),
            both & frozenset(texts),
            name + WITHDRAWN in columns,
        )
