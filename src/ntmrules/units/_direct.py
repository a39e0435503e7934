"""
Units from Python of which nothing needs to be said, read in one pass.

Wherever something is unusual, remarkable or wrong, this gives up, and the long way over
`unit_data` and `bind` reads the unit again and says what there is to say.  What is read
here comes out as it does there.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from ntmrules._yaml import MAX_SCALAR, MAX_YAML_NODES, Scalar, forbidden_characters
from ntmrules.model.unit import Counts, Given, Unit
from ntmrules.model.vocabulary import Fact, Level, Vocabulary
from ntmrules.tree import make
from ntmrules.units._complaints import written
from ntmrules.units._facts import quick_fact
from ntmrules.units._numbers import RefusedError
from ntmrules.units._python import goes_as_it_is
from ntmrules.units._times import FIRST_YEAR, LAST_YEAR
from ntmrules.units._values import ValueReader


Loose: TypeAlias = Any
"""What nobody has looked at yet."""

_NOTHING: Mapping[Any, Any] = MappingProxyType({})
_KEYS = frozenset({"level", "id", "name", "as_of", "facts"})
_DEEPEST = 8
"""Units deeper inside each other are left to the long way, which has a limit."""


class _GiveUpError(Exception):
    """Something needs a closer look."""


def direct(mapping: Mapping[str, object], vocabulary: Vocabulary) -> Unit | None:
    """
    Read a unit if nothing at all is remarkable in it; `None` leaves it to others.

    Args:
        mapping: As for `ntmrules.units.unit_data`.
        vocabulary: As for `ntmrules.units.bind`.
    """
    if type(mapping) is not dict:
        return None
    level = mapping.get("level")
    known = vocabulary.levels.get(level) if type(level) is str else None
    if known is None:
        return None
    try:
        return _Reader(vocabulary).unit(mapping, known, 0)
    except (_GiveUpError, RefusedError):
        return None


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._values = ValueReader(vocabulary)
        self._ids: set[tuple[str, str]] = set()
        self._count = 0

    def unit(self, given: Loose, level: Level, depth: int) -> Unit:
        """Read one unit of a level, and what lies inside it."""
        self._enter(given)
        if depth > _DEEPEST or given.get("level", level.name) != level.name:
            raise _GiveUpError
        identity, name = _text(given.get("id")), _text(given.get("name"))
        if identity:
            key = (level.name, identity)
            if key in self._ids:
                raise _GiveUpError
            self._ids.add(key)
        facts = given.get("facts")
        inside = _NOTHING
        if not _KEYS.issuperset(given):
            inside = MappingProxyType(self._inside(given, level, depth))
        return Unit(
            level,
            self._vocabulary,
            identity,
            name,
            _date(given.get("as_of"), depth),
            _NOTHING if facts is None else MappingProxyType(self._facts(facts, level)),
            None,
            inside,
            _NOTHING,
            _NOTHING,
        )

    def _enter(self, given: Loose) -> None:
        if type(given) is not dict:
            raise _GiveUpError
        self._count += len(given)
        if self._count > MAX_YAML_NODES:
            raise _GiveUpError

    def _inside(
        self, given: dict[Loose, Loose], around: Level, depth: int
    ) -> dict[str, tuple[Unit, ...] | Counts]:
        """Read the units inside; counts and records are for the long way."""
        found: dict[str, tuple[Unit, ...] | Counts] = {}
        vocabulary = self._vocabulary
        for key, units in given.items():
            if type(key) is not str:
                raise _GiveUpError
            if key in _KEYS:
                continue
            level = vocabulary.level_of_plural(key)
            if (
                level is None
                or type(units) is not list
                or not vocabulary.is_below(level.name, around.name)
            ):
                raise _GiveUpError
            self._count += len(units)
            found[key] = tuple([self.unit(one, level, depth + 1) for one in units])
        return found

    def _facts(self, given: Loose, level: Level) -> dict[str, Given]:
        self._enter(given)
        found: dict[str, Given] = {}
        declared, level_name = self._vocabulary.facts, level.name
        for name, raw in given.items():
            fact = declared.get(name) if type(name) is str else None
            if fact is None or (fact.levels and level_name not in fact.levels):
                raise _GiveUpError
            if raw is None:
                continue
            read = quick_fact(raw, fact.type)
            if read is None:
                read = self._given(raw, fact)
            found[name] = read
        return found

    def _given(self, raw: Loose, fact: Fact) -> Given:
        text = type(raw) is str
        usual = _is_plain(raw) if text else goes_as_it_is(raw)
        if not usual and type(raw) is not datetime.date:
            raise _GiveUpError
        scalar = Scalar(raw, quoted=text)
        value = self._values.read_one(scalar, fact, fact.type)
        if value is None or self._values.noticed:
            raise _GiveUpError
        return make(Given, (value, written(scalar), "", None, None))


def _text(value: Loose) -> str:
    if value is None:
        return ""
    if type(value) is not str or not _is_plain(value):
        raise _GiveUpError
    return value


def _is_plain(text: str) -> bool:
    """Tell whether the long way would leave a text as it is."""
    if len(text) > MAX_SCALAR:
        return False
    if text.isascii() and text.isprintable():
        return True
    return unicodedata.is_normalized("NFC", text) and (
        forbidden_characters().search(text) is None
    )


def _date(value: Loose, depth: int) -> datetime.date | None:
    if value is None:
        return None
    # A date of a unit inside is handed down further, which is for the long way.
    if depth or type(value) is not datetime.date:
        raise _GiveUpError
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise _GiveUpError
    return value
