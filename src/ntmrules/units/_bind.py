"""
From a unit as given to a unit checked against a vocabulary.

Source: engine.md section 2.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from ntmrules._yaml import Node, Scalar, Sequence, Table
from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes
from ntmrules.errors import FactError
from ntmrules.model.unit import Attestation, Counts, Given, Unit
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.units._complaints import (
    Complaints,
    TooManyError,
    both,
    is_absent,
    join,
    level_word,
    suggest,
    take_text,
    written,
)
from ntmrules.units._data import UnitData
from ntmrules.units._facts import FactReader
from ntmrules.units._inside import InsideReader, same_text
from ntmrules.units._records import RecordReader
from ntmrules.units._times import A_YEAR, read_year, take_date


_NOTHING: Mapping[Any, Any] = MappingProxyType({})
_KEYS = (
    "level",
    "id",
    "name",
    "as_of",
    "facts",
    "titles",
    "history",
    "attestations",
)
_KNOWN_KEYS = frozenset(_KEYS)

_LEVEL = Text("level", "cấp")
_WRITE_LEVEL = Text(
    "write `level: …`, one of {names}", "ghi `level: …`, một trong {names}"
)
_UNIT = Text("a unit", "đơn vị")
_OF_LEVEL = Text("a {level}", "{level}")
_A_UNIT = Text(
    "a mapping with `id`, `facts` and the like",
    "một bảng khóa và giá trị có `id`, `facts`…",
)
_INSIDE = Text(
    "a list of units, or counts such as `{total: 32, hold: {…}}`",
    "một danh sách đơn vị, hoặc số đếm như `{total: 32, hold: {…}}`",
)
_YEARS = Text("a mapping from year to facts", "một bảng từ năm đến các số liệu")
_YEAR_KEY = Text("a key of `history`", "khóa của `history`")
_FIRST = Text("the first is here", "đơn vị thứ nhất ở đây")
_FIRST_AT = Text("the first is `{place}`", "đơn vị thứ nhất là `{place}`")


def bind(data: UnitData, vocabulary: Vocabulary, *, strict: bool = False) -> Unit:
    """
    Check a unit against a vocabulary.

    Args:
        data: The unit as given.
        vocabulary: What can be measured.
        strict: Whether a fact that the vocabulary does not declare is an error.

    Returns:
        Unit: With all that was noticed in `Unit.findings`, in the order of the file.

    Raises:
        FactError: It carries every problem found.
    """
    sink = Sink()
    try:
        unit = _Binder(data, vocabulary, sink, strict=strict).outermost()
    except TooManyError:
        unit = None
    found = _in_order(sink)
    if unit is None or sink.failed:
        raise FactError(found)
    return attrs.evolve(unit, findings=found) if found else unit


def _in_order(sink: Sink) -> tuple[Diagnostic, ...]:
    found = tuple(sink)
    # What came from Python has no places: it stays in the order of discovery.
    return sink.sorted() if any(one.span for one in found) else found


def _dated(
    inside: Mapping[str, tuple[Unit, ...] | Counts], date: datetime.date
) -> Mapping[str, tuple[Unit, ...] | Counts]:
    """Give units without a date of their own that of the unit around them."""
    return MappingProxyType(
        {
            plural: known
            if isinstance(known, Counts)
            else tuple(
                attrs.evolve(
                    unit, as_of=date, collections=_dated(unit.collections, date)
                )
                if unit.as_of is None
                else unit
                for unit in known
            )
            for plural, known in inside.items()
        }
    )


class _Binder:
    def __init__(
        self, data: UnitData, vocabulary: Vocabulary, sink: Sink, *, strict: bool
    ) -> None:
        self._tree = data.tree
        self._vocabulary = vocabulary
        self._complaints = Complaints(sink, _called(data.tree))
        self._facts = FactReader(vocabulary, self._complaints, strict=strict)
        self._records = RecordReader(vocabulary, self._complaints)
        # By level and id: where it was first given.
        self._ids: dict[tuple[str, str], tuple[str, Span | None]] = {}

    def outermost(self) -> Unit | None:
        """Bind the whole tree."""
        level = self._level_of(self._tree)
        unit = self._unit(self._tree, level, "", None)
        InsideReader(self._vocabulary, self._complaints).check(self._tree, "")
        return unit

    def _level_of(self, tree: Table) -> Level | None:
        levels = self._vocabulary.levels
        node = tree.entries.get("level")
        if node is None or is_absent(node):
            names = ", ".join(f"`{name}`" for name in levels)
            advice = Help(_WRITE_LEVEL, {"names": names})
            self._complaints.add(
                codes.MISSING_KEY, tree, "", advice=advice, owner=_UNIT, key="level"
            )
            return None
        name = written(node) if isinstance(node, Scalar) else ""
        level = levels.get(name)
        if level is None:
            self._complaints.add(
                codes.UNKNOWN_NAME,
                node,
                "level",
                advice=suggest(name, levels),
                kind=_LEVEL,
                name=name[:100],
            )
        return level

    def _unit(
        self,
        tree: Table,
        level: Level | None,
        path: str,
        as_of: datetime.date | None,
    ) -> Unit | None:
        """Bind one unit; *as_of* is the date of the unit around it."""
        entries = tree.entries
        complaints = self._complaints
        identity = self._text("id", tree, path)
        if identity and level is not None:
            self._note_id(level, identity, entries["id"].span, path)
        name = self._text("name", tree, path)
        node = entries.get("as_of")
        own = (
            take_date(node, join(path, "as_of"), "as_of", complaints) if node else None
        )
        as_of = own or as_of
        facts = self._facts.read(entries.get("facts"), level, join(path, "facts"))
        titles = None
        if node := entries.get("titles"):
            called = name or identity or (level.name if level else "")
            titles = self._records.titles(node, level, join(path, "titles"), called)
        history: Mapping[int, Mapping[str, Given]] = _NOTHING
        if node := entries.get("history"):
            history = MappingProxyType(self._history(node, level, path, as_of))
        attestations: Mapping[str, Mapping[str, Attestation]] = _NOTHING
        if node := entries.get("attestations"):
            place = join(path, "attestations")
            attestations = MappingProxyType(self._records.attestations(node, place))
        collections: Mapping[str, tuple[Unit, ...] | Counts] = _NOTHING
        if not _KNOWN_KEYS.issuperset(entries):
            inside = self._collections(tree, level, path, as_of)
            collections = MappingProxyType(dict(inside))
        if own is not None and path:
            # Whoever reaches the units further down past this one must see its date.
            collections = _dated(collections, own)
        if level is None:
            return None
        return Unit(
            level,
            self._vocabulary,
            identity,
            name,
            own,
            MappingProxyType(facts),
            None if titles is None else MappingProxyType(titles),
            collections,
            history,
            attestations,
            span=tree.span,
        )

    def _text(self, key: str, tree: Table, path: str) -> str:
        node = tree.entries.get(key)
        if node is None:
            return ""
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.quoted:
            return node.value
        return take_text(node, join(path, key), self._complaints)

    def _note_id(
        self, level: Level, identity: str, span: Span | None, path: str
    ) -> None:
        key = (level.name, same_text(identity))
        if key not in self._ids:
            self._ids[key] = (path, span)
            return
        first, place = self._ids[key]
        first, path = join(first, "id"), join(path, "id")
        note = Note(_FIRST, place) if place else Note(_FIRST_AT, None, {"place": first})
        self._complaints.add(
            codes.DUPLICATE_ID, span, path, notes=(note,), id=identity[:100]
        )

    def _history(
        self,
        node: Node,
        level: Level | None,
        path: str,
        as_of: datetime.date | None,
    ) -> dict[int, Mapping[str, Given]]:
        history: dict[int, Mapping[str, Given]] = {}
        if is_absent(node):
            return history
        path = join(path, "history")
        if not isinstance(node, Table):
            self._complaints.shape(node, path, "history", _YEARS)
            return history
        for key, value in node.entries.items():
            year = read_year(Scalar(key))
            at = node.keys.get(key)
            place = join(path, key)
            facts = self._facts.read(value, level, place)
            if year is None:
                self._complaints.shape(
                    Scalar(key, quoted=True, span=at), place, _YEAR_KEY, A_YEAR
                )
            elif as_of is not None and year >= as_of.year:
                self._complaints.add(
                    codes.HISTORY_NOT_EARLIER,
                    at,
                    place,
                    year=str(year),
                    as_of=as_of,
                )
            else:
                history[year] = MappingProxyType(facts)
        return history

    def _collections(
        self,
        tree: Table,
        level: Level | None,
        path: str,
        as_of: datetime.date | None,
    ) -> Iterator[tuple[str, tuple[Unit, ...] | Counts]]:
        """Bind what lies inside the unit, and refuse what is no key at all."""
        for key, node in tree.entries.items():
            if key in _KNOWN_KEYS:
                continue
            place = join(path, key)
            inner = self._vocabulary.level_of_plural(key)
            if inner is None:
                self._unknown_key(key, tree, level, path)
                continue
            if level is not None and not self._vocabulary.is_below(
                inner.name, level.name
            ):
                self._complaints.add(
                    codes.WRONG_PARENT,
                    tree.keys.get(key),
                    place,
                    found=f"`{key}`",
                    parent=both(_OF_LEVEL, level=level_word(level)),
                )
            inside = self._inside(node, inner, place, as_of)
            if inside is not None:
                yield key, inside

    def _inside(
        self, node: Node, level: Level, path: str, as_of: datetime.date | None
    ) -> tuple[Unit, ...] | Counts | None:
        if is_absent(node):
            return None
        if isinstance(node, Table):
            return self._records.counts(node, level, path)
        if not isinstance(node, Sequence):
            self._complaints.shape(node, path, level.plural, _INSIDE)
            return None
        units = []
        for index, item in enumerate(node.items):
            place = join(path, index)
            if not isinstance(item, Table):
                self._complaints.shape(item, place, place, _A_UNIT)
                continue
            self._check_level(item, level, place)
            unit = self._unit(item, level, place, as_of)
            if unit is not None:
                units.append(unit)
        return tuple(units)

    def _check_level(self, tree: Table, level: Level, path: str) -> None:
        node = tree.entries.get("level")
        if node is None or is_absent(node):
            return
        if not isinstance(node, Scalar) or written(node) != level.name:
            name = written(node) if isinstance(node, Scalar) else ""
            self._complaints.add(
                codes.WRONG_PARENT,
                node,
                join(path, "level"),
                found=Text(f"a {name[:100]}", f"`{name[:100]}`"),
                parent=f"`{level.plural}`",
            )

    def _unknown_key(
        self, key: str, tree: Table, level: Level | None, path: str
    ) -> None:
        plurals = [
            other.plural
            for other in self._vocabulary.levels.values()
            if level is None or self._vocabulary.is_below(other.name, level.name)
        ]
        owner = both(_OF_LEVEL, level=level_word(level)) if level else _UNIT
        self._complaints.unknown_key(key, tree, path, owner, [*_KEYS, *plurals])


def _called(tree: Table) -> str:
    """Find what to call the outermost unit in its complaints."""
    for key in ("id", "name"):
        node = tree.entries.get(key)
        if isinstance(node, Scalar) and not node.absent:
            return written(node)[:100]
    return ""
