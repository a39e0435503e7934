"""Python mappings as the located tree that YAML gives, without the places."""

from __future__ import annotations

import datetime
import operator
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

from ntmrules._yaml import (
    MAX_PROBLEMS,
    MAX_SCALAR,
    MAX_YAML_DEPTH,
    MAX_YAML_NODES,
    Node,
    Plain,
    Scalar,
    Sequence,
    Table,
    forbidden,
    forbidden_characters,
    passed,
)
from ntmrules.diagnostics import Code, Diagnostic, Help, Sink, codes
from ntmrules.text import Fill, Text
from ntmrules.units._complaints import join
from ntmrules.verdict import Verdict


Loose: TypeAlias = Any
"""What is of a kind that was just looked at."""

_AS_THEY_ARE = frozenset({int, bool, Decimal, Fraction, float, type(None)})
_NESTED = (Mapping, list, tuple)
_VALUE = Text(
    "text, a number, a truth value, a date, a list or a mapping",
    "chữ, số, đúng/sai, ngày, danh sách hoặc bảng khóa và giá trị",
)
_KEY = Text("text", "chữ")
_DAY = Text(
    "give a `datetime.date`, without the time of day",
    "hãy dùng `datetime.date`, không kèm giờ",
)
_QUOTED = Text("give it as text", "hãy ghi dưới dạng chữ")


def goes_as_it_is(value: object) -> bool:
    """Tell whether it is a number, a truth value, `None`, or a pair of such."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return True
    pair: Loose = value
    return (
        kind is tuple
        and len(pair) == 2
        and type(pair[0]) in _AS_THEY_ARE
        and type(pair[1]) in _AS_THEY_ARE
    )


class TooMuchError(Exception):
    """The data go past a limit; the sink says which."""


class Converter:
    """Copies the data of one unit, so that later changes to them do no harm."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._path: list[str | int] = []
        self._count = 0

    def table(self, mapping: Mapping[object, object]) -> Table:
        """Copy a mapping."""
        self._enter(len(mapping))
        entries: dict[str, Node] = {}
        for key, value in mapping.items():
            name = key if type(key) is str else self._key(key)
            if name is None:
                continue
            if not (name.isascii() and name.isprintable()):
                name = self._text(name)
            if name in entries:
                self._add(codes.DUPLICATE_KEY, key=name)
                continue
            if goes_as_it_is(value):
                # Most values are copied here, without further calls.
                plain: Loose = value
                entries[name] = Scalar(plain)
                continue
            self._path.append(name)
            entries[name] = self.node(value)
            self._path.pop()
        return Table(MappingProxyType(entries))

    def node(self, value: object) -> Node:
        """Copy a value of any kind."""
        if goes_as_it_is(value):
            known: Loose = value
            return Scalar(known)
        if type(value) is str:
            text: Loose = value
            plain = text.isascii() and text.isprintable() and len(text) <= MAX_SCALAR
            return Scalar(text if plain else self._text(text), quoted=True)
        if isinstance(value, tuple) and len(value) == 2:
            first, second = value
            if not isinstance(first, _NESTED) and not isinstance(second, _NESTED):
                return Scalar((self._plain(first), self._plain(second)))
        if isinstance(value, list | tuple):
            return self._sequence(value)
        if isinstance(value, Mapping):
            return self.table(value)
        return self._rare(value)

    def _plain(self, value: object) -> Plain:
        node = self.node(value)
        # Only what is nested gives anything else, and it was not let in.
        assert isinstance(node, Scalar)
        assert not isinstance(node.value, tuple)
        return node.value

    def _sequence(self, values: Iterable[object]) -> Sequence:
        values = tuple(values)
        self._enter(len(values))
        items = []
        for index, item in enumerate(values):
            self._path.append(index)
            items.append(self.node(item))
            self._path.pop()
        return Sequence(tuple(items))

    def _rare(self, value: object) -> Scalar:
        advice = None
        match value:
            case Verdict():
                return Scalar(value.value, quoted=True)
            case str():
                return Scalar(self._text(str.__str__(value)), quoted=True)
            case bool() | Decimal() | Fraction():
                return Scalar(value)
            case int():
                return Scalar(int.__int__(value))
            case float():
                return Scalar(float.__float__(value))
            case Integral():
                return Scalar(operator.index(value))
            case datetime.datetime():
                advice = Help(_DAY)
            case datetime.date():
                return Scalar(value)
            case _:
                pass
        self._shape(_VALUE, value, advice)
        return Scalar(None)

    def _key(self, key: object) -> str | None:
        if isinstance(key, str):
            return str.__str__(key)
        if isinstance(key, int) and not isinstance(key, bool) and abs(key) < 10**9:
            return str(int.__int__(key))
        self._shape(_KEY, key, Help(_QUOTED), Text("a key here", "khóa ở đây"))
        return None

    def _text(self, text: str) -> str:
        if len(text) > MAX_SCALAR:
            self._limit("MAX_SCALAR", len(text))
        if complaint := forbidden(text, None, self._place()):
            self._keep(complaint)
            text = forbidden_characters().sub("\ufffd", text)
        return unicodedata.normalize("NFC", text)

    def _enter(self, size: int) -> None:
        self._count += size
        if self._count > MAX_YAML_NODES:
            self._limit("MAX_YAML_NODES", self._count)
        if len(self._path) >= MAX_YAML_DEPTH:
            self._limit("MAX_YAML_DEPTH", len(self._path) + 1)

    def _limit(self, name: str, found: int) -> NoReturn:
        self._sink.add(passed(name, found, None, self._place()))
        raise TooMuchError

    def _shape(
        self, wanted: Text, value: object, advice: Help | None, owner: Fill = ""
    ) -> None:
        kind = type(value)
        name = kind.__qualname__
        if kind.__module__ != "builtins":
            name = f"{kind.__module__}.{name}"
        self._add(
            codes.BAD_SHAPE,
            advice,
            owner=owner or f"`{self._place()}`",
            wanted=wanted,
            found=f"`{name}`",
        )

    def _add(self, code: Code, advice: Help | None = None, **values: Fill) -> None:
        self._keep(Diagnostic(code, None, values, place=self._place(), help=advice))

    def _keep(self, complaint: Diagnostic) -> None:
        self._sink.add(complaint)
        if len(self._sink) > MAX_PROBLEMS:
            self._limit("MAX_PROBLEMS", len(self._sink))

    def _place(self) -> str:
        place = ""
        for step in self._path:
            place = join(place, step)
        return place
