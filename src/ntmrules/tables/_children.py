"""Tables of sub-units: all in memory, their rows found by the unit above."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from ntmrules._yaml import Table as Tree
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.model.vocabulary import Level
from ntmrules.tables._layout import PARENT, Layout
from ntmrules.tables._limits import MAX_CHILD_ROWS, too_many_children
from ntmrules.tables._table import Table
from ntmrules.text import Fill, Text


_ID = Text("an `id` of the tables", "một `id` trong các bảng")
_PARENT = Text("`parent`", "`parent`")
_NOTHING = Text("nothing", "để trống")


@attrs.frozen
class Child:
    """
    A row of sub-units.

    Attributes:
        place: The file and the line.
        refused: What is wrong, if it cannot be read at all.
    """

    place: str
    values: tuple[Any, ...]
    refused: tuple[Diagnostic, ...] = ()


class Children:
    """
    The sub-units of one level.

    Attributes:
        level: Theirs.
        tables: The files they are in.
    """

    def __init__(self, level: Level, tables: tuple[tuple[Table, Layout], ...]) -> None:
        self.level = level
        self.tables = tables
        self._rows: dict[str, list[tuple[Child, int]]] = {}
        self._names: list[tuple[str, ...]] = []
        self._taken: set[str] = set()

    def read(self) -> None:
        """
        Read all of them.

        Raises:
            FactError: A file cannot be read, or there are more than `MAX_CHILD_ROWS`.
        """
        count = 0
        for at, (table, layout) in enumerate(self.tables):
            self._names.append(())
            for piece in table.pieces(layout.wanted):
                count += piece.rows
                if count > MAX_CHILD_ROWS:
                    raise FactError([too_many_children(str(table.path))])
                frame = layout.cleaned(piece.frame)
                self._names[at] = tuple(frame.columns)
                parent = frame.columns.index(PARENT)
                places = piece.places.to_list()
                for index, values in enumerate(frame.rows()):
                    place = f"{table.path}:{places[index]}"
                    child = Child(place, values, piece.refused.get(index, ()))
                    name = "" if values[parent] is None else str(values[parent])
                    self._rows.setdefault(name, []).append((child, at))

    def of(self, parent: str) -> list[tuple[Child, int]]:
        """Give those of a unit, each with the number of its table."""
        self._taken.add(parent)
        return self._rows.get(parent, [])

    def tree(self, child: Child, table: int) -> Tree:
        """Give a row as a unit file would have it."""
        row = dict(zip(self._names[table], child.values, strict=True))
        return self.tables[table][1].unit(row, self.level.name)

    def unclaimed(self) -> Iterator[tuple[Diagnostic, ...]]:
        """Give what is wrong with rows that belong to no unit, row by row."""
        for parent, rows in self._rows.items():
            if parent in self._taken:
                continue
            for child, _ in rows:
                if child.refused:
                    yield child.refused
                    continue
                values: dict[str, Fill] = {
                    "owner": _PARENT,
                    "wanted": _ID,
                    "found": f"`{parent}`" if parent else _NOTHING,
                }
                yield (Diagnostic(codes.BAD_SHAPE, None, values, place=child.place),)


def paths(children: Children) -> tuple[Path, ...]:
    """Name the files."""
    return tuple(table.path for table, _ in children.tables)
