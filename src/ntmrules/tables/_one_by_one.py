"""
Rows as units, one by one: what is not plain, and what has units inside it.

The reader of units reads them, and says what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from ntmrules._yaml import Sequence
from ntmrules._yaml import Table as Tree
from ntmrules.api import compile as compiled
from ntmrules.batch import codes_of
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.model.unit import Unit
from ntmrules.model.words import plural_of
from ntmrules.tables._children import Child, Children
from ntmrules.tables._layout import Layout
from ntmrules.tables._sources import HalfError
from ntmrules.tables._table import bad_row
from ntmrules.tables._task import Task
from ntmrules.text import Fill, Language, Text
from ntmrules.units import bind, unit_from_node


# What is noticed while a cell is read; the rest belongs to an assessment.
_OF_CELLS = frozenset({codes.STATED_PERCENT.id, codes.DECIMALS_OR_THOUSANDS.id})

_HALF = Text("its other part is missing", "thiếu phần kia")
_NO_ID = Text(
    "it has no `id`, by which its {plural} are found",
    "không có `id` để tìm các {plural} của nó",
)
_INSIDE = Text(
    "its {plural} cannot all be read: {places}",
    "không đọc được hết các {plural} của nó: {places}",
)
_MOST_PLACES = 3


class OneByOne:
    """Decides rows as units."""

    def __init__(self, task: Task, children: tuple[Children, ...]) -> None:
        self._task = task
        self._children = children
        self._program = compiled(task.ruleset, accept_unverified=task.accept_unverified)
        self._seen: set[str] = set()

    def row(
        self, layout: Layout, row: Mapping[str, Any], place: str
    ) -> tuple[tuple[int | None, ...], tuple[Diagnostic, ...]]:
        """
        Decide a row, with the units inside it.

        Returns:
            The codes of the whole, preconditions, criteria and indicators; and what
            was noticed about its cells.

        Raises:
            FactError: It cannot be decided.
        """
        tree = self._tree(layout, row, place)
        if self._children:
            tree = self._with_children(tree, row, place)
        try:
            unit = self._bound(tree)
        except FactError as error:
            raise FactError(placed(error.diagnostics, place)) from None
        found = self._program(unit, as_of=self._task.as_of)
        noticed = (one for one in unit.findings if one.code.id in _OF_CELLS)
        return codes_of(found), placed(noticed, place)

    def _tree(self, layout: Layout, row: Mapping[str, Any], place: str) -> Tree:
        try:
            return layout.unit(row, self._task.ruleset.level.name)
        except HalfError as half:
            raise FactError([_half(half, place)]) from None

    def _bound(self, tree: Tree) -> Unit:
        return bind(unit_from_node(tree), self._task.ruleset.vocabulary)

    def _with_children(self, tree: Tree, row: Mapping[str, Any], place: str) -> Tree:
        identity = "" if row.get("id") is None else str(row["id"])
        if identity in self._seen:
            values: dict[str, Fill] = {"id": identity[:100]}
            raise FactError([Diagnostic(codes.DUPLICATE_ID, None, values, place=place)])
        if identity:
            self._seen.add(identity)
        entries = dict(tree.entries)
        for children in self._children:
            if not identity:
                said = _filled(_NO_ID, plural=plural_of(children.level))
                raise FactError([bad_row(said, place)])
            entries[children.level.plural] = self._below(children, identity, place)
        return Tree(MappingProxyType(entries))

    def _below(self, children: Children, parent: str, place: str) -> Sequence:
        """Give the units below one, if each of them can be read."""
        trees: list[Tree] = []
        problems: list[Diagnostic] = []
        places: list[str] = []
        for child, table in children.of(parent):
            try:
                trees.append(self._child(children, child, table))
            except FactError as error:
                problems += error.diagnostics
                places.append(child.place)
        if places:
            shown = ", ".join(places[:_MOST_PLACES])
            shown += "…" if len(places) > _MOST_PLACES else ""
            said = _filled(_INSIDE, plural=plural_of(children.level), places=shown)
            raise FactError([bad_row(said, place), *problems])
        return Sequence(tuple(trees))

    def _child(self, children: Children, child: Child, table: int) -> Tree:
        """Read a unit by itself, so that what is wrong is told with its own line."""
        if child.refused:
            raise FactError(child.refused)
        try:
            tree = children.tree(child, table)
            self._bound(tree)
        except HalfError as half:
            raise FactError([_half(half, child.place)]) from None
        except FactError as error:
            raise FactError(placed(error.diagnostics, child.place)) from None
        return tree


def placed(found: Iterable[Diagnostic], place: str) -> tuple[Diagnostic, ...]:
    """Put the file and the line in front of where something is in a unit."""
    return tuple(
        attrs.evolve(one, place=f"{place} ({one.place})" if one.place else place)
        for one in found
    )


def _half(half: HalfError, place: str) -> Diagnostic:
    values: dict[str, Fill] = {
        "fact": half.column,
        "value": str(half.value)[:60],
        "reason": _HALF,
    }
    return Diagnostic(codes.BAD_VALUE, None, values, place=place)


def _filled(text: Text, **values: Fill) -> Text:
    return Text(text.fill(Language.EN, values), text.fill(Language.VI, values))
