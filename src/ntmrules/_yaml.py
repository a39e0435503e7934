"""
YAML with line numbers and no surprises, read from the event stream of PyYAML.

A plain scalar is never resolved: ``no``, ``1:30``, ``00123`` and ``1e5`` stay the text
they are, and whoever reads the tree decides what the text means.  Aliases, anchors,
tags, merge keys and second documents are refused, and so is a key given twice.

The nodes serve plain data of Python as well; those have no places.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import attrs

from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes
from ntmrules.source import SourceFile, Span
from ntmrules.text import Text


MAX_UNIT_BYTES = 20_000_000
"""The most bytes that a YAML file may have."""

MAX_YAML_DEPTH = 32
"""How many lists and mappings may lie inside each other."""

MAX_YAML_NODES = 1_000_000
"""The most values, keys, lists and mappings in one file."""

MAX_SCALAR = 100_000
"""The most characters in one value or key."""

# What YAML allows in a file, without the byte-order mark inside it.
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""A character that may stand neither in a file nor in a value."""


Plain = bool | int | Fraction | Decimal | float | str | datetime.date | None


@attrs.frozen
class Scalar:
    """
    One value.

    Attributes:
        value: Always text when it comes from YAML; a pair is a share from Python.
        quoted: Whether it was meant as text: in quotes or a block, or a `str`.
    """

    value: Plain | tuple[Plain, Plain]
    quoted: bool = False
    span: Span | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def absent(self) -> bool:
        """Whether it says that there is no value: ``null``, ``~`` or nothing."""
        value = self.value
        return value is None or (not self.quoted and value in _NULLS)


@attrs.frozen
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Table:
    """
    A mapping.

    Attributes:
        entries: By key, in the order given.
        keys: The place of each key; empty for data of Python.
    """

    entries: Mapping[str, Node]
    keys: Mapping[str, Span] = attrs.field(
        default=MappingProxyType({}), eq=False, repr=False
    )
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


Node = Scalar | Sequence | Table

# What PyYAML gives.  Its names would load it where they are only read.
_Event = Any

_NULLS = frozenset({"", "~", "null"})


def decode(data: bytes, name: str, sink: Sink) -> SourceFile | None:
    """Turn the bytes of a file into text, or tell why that cannot be."""
    if len(data) > MAX_UNIT_BYTES:
        sink.add(_limit(_FILE, f"{len(data)}", "MAX_UNIT_BYTES", None))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        source = SourceFile(name, data.decode("utf-8", "replace"))
        before = data[: error.start].decode("utf-8")
        start = len(unicodedata.normalize("NFC", before))
        span = Span(source, start, start + 1)
        sink.add(Diagnostic(codes.NOT_UTF8, span, {"byte": error.start}))
        return None
    return SourceFile(name, text.removeprefix("\ufeff"))


def parse_yaml(source: SourceFile, sink: Sink) -> Node | None:
    """
    Read the one document of a file; every problem goes to *sink*.

    Gives `None` when the text cannot be read to its end.  A tree with errors in
    *sink* is good for finding more of them, and for nothing else.
    """
    size = len(source.text.encode("utf-8", "surrogatepass"))
    if size > MAX_UNIT_BYTES:
        sink.add(_limit(_FILE, str(size), "MAX_UNIT_BYTES", None))
        return None
    if forbidden := FORBIDDEN.search(source.text):
        span = Span(source, *forbidden.span())
        character = f"U+{ord(forbidden[0]):04X}"
        sink.add(Diagnostic(codes.FORBIDDEN_CHARACTER, span, {"character": character}))
        return None
    try:
        return _Composer(source, sink).document()
    except _StopError:
        return None


class _StopError(Exception):
    """The file cannot be read any further; the sink knows why."""


_FILE = Text("the size of the file in bytes", "kích thước tệp tính theo byte")
_DEPTH = Text("the nesting", "độ sâu lồng nhau")
_NODES = Text("the number of values", "số giá trị")
_LENGTH = Text("the length of this text", "độ dài đoạn chữ này")
_FIRST = Text("first given here", "lần đầu ở đây")
_OPENED = Text("it began here", "bắt đầu ở đây")
_EMPTY = Text("it is empty", "tệp trống")
_TWO = Text(
    "a second document begins here; one file holds one",
    "tài liệu thứ hai bắt đầu ở đây; mỗi tệp chỉ có một",
)
_ALIAS = Text("aliases (`*name`) are not used", "không dùng bí danh (`*tên`)")
_ANCHOR = Text("anchors (`&name`) are not used", "không dùng neo (`&tên`)")
_TAG = Text("tags (`!name`) are not used", "không dùng thẻ (`!tên`)")
_MERGE = Text("merge keys (`<<`) are not used", "không dùng khóa gộp (`<<`)")
_KEY = Text("a key must be one word or text", "khóa phải là một từ hay đoạn chữ")
_WRITE_OUT = Help(Text("write the values out", "ghi hẳn các giá trị ra"))
_QUOTE = Help(
    Text(
        "check the indentation here and above; put a text that has `: ` or begins"
        " with a sign in quotes",
        "xem lại thụt dòng ở đây và phía trên; đoạn chữ có `: ` hay mở đầu bằng dấu"
        " thì đặt trong ngoặc kép",
    )
)


def _limit(what: Text, found: str, name: str, span: Span | None) -> Diagnostic:
    values = {"what": what, "found": found, "limit": globals()[name], "name": name}
    return Diagnostic(codes.YAML_LIMIT, span, values)


class _Composer:
    """Builds the nodes of one file from its events."""

    def __init__(self, source: SourceFile, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self._count = 0
        self._events = self._read()

    def _read(self) -> Iterator[_Event]:
        import yaml

        loader: Any = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
        try:
            yield from yaml.parse(self._source.text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            self._sink.add(self._broken(error))
            raise _StopError from error
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure reader lets `chr` and `int` complain of absurd escapes.
            problem = Text(str(error), str(error))
            whole = Span(self._source, 0, 0)
            self._sink.add(Diagnostic(codes.BAD_YAML, whole, {"problem": problem}))
            raise _StopError from error

    def document(self) -> Node:
        next(self._events)  # the start of the stream
        event = next(self._events)
        if not _is(event, "DocumentStartEvent"):
            self._refuse(_EMPTY, event)
            raise _StopError
        node = self._node(next(self._events), 1)
        next(self._events)  # the end of the document
        event = next(self._events)
        if _is(event, "DocumentStartEvent"):
            self._refuse(_TWO, event)
        return node

    def _node(self, event: _Event, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_YAML_NODES:
            found = f"{self._count}"
            self._stop(_limit(_NODES, found, "MAX_YAML_NODES", self._span(event)))
        if _is(event, "AliasEvent"):
            self._refuse(_ALIAS, event, _WRITE_OUT)
            return Scalar(None, span=self._span(event))
        if event.anchor is not None:
            self._refuse(_ANCHOR, event, _WRITE_OUT)
        if event.tag is not None:
            self._refuse(_TAG, event)
        if _is(event, "ScalarEvent"):
            return self._scalar(event)
        if depth > MAX_YAML_DEPTH:
            self._stop(_limit(_DEPTH, f"{depth}", "MAX_YAML_DEPTH", self._span(event)))
        if _is(event, "SequenceStartEvent"):
            return self._sequence(event, depth)
        return self._table(event, depth)

    def _scalar(self, event: _Event) -> Scalar:
        text: str = event.value
        span = self._span(event)
        if len(text) > MAX_SCALAR:
            self._stop(_limit(_LENGTH, f"{len(text)}", "MAX_SCALAR", span))
        if event.style == '"':  # the only style with escapes
            text = unicodedata.normalize("NFC", text)
            if forbidden := FORBIDDEN.search(text):
                character = f"U+{ord(forbidden[0]):04X}"
                self._sink.add(
                    Diagnostic(
                        codes.FORBIDDEN_CHARACTER, span, {"character": character}
                    )
                )
                text = FORBIDDEN.sub("\ufffd", text)
        return Scalar(text, bool(event.style), span)

    def _sequence(self, start: _Event, depth: int) -> Sequence:
        items = []
        while not _is(event := next(self._events), "SequenceEndEvent"):
            items.append(self._node(event, depth + 1))
        last = items[-1].span if items else None
        return Sequence(tuple(items), self._stretch(start, event, last))

    def _table(self, start: _Event, depth: int) -> Table:
        entries: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        last = None
        while not _is(event := next(self._events), "MappingEndEvent"):
            key = self._key(event, depth)
            value = self._node(next(self._events), depth + 1)
            last = value.span
            if key is None:
                continue
            name, span = key
            if name in entries:
                self._sink.add(
                    Diagnostic(
                        codes.DUPLICATE_KEY,
                        span,
                        {"key": name},
                        notes=(Note(_FIRST, keys[name]),),
                    )
                )
                continue
            entries[name] = value
            keys[name] = span
        return Table(
            MappingProxyType(entries),
            MappingProxyType(keys),
            self._stretch(start, event, last),
        )

    def _key(self, event: _Event, depth: int) -> tuple[str, Span] | None:
        key = self._node(event, depth + 1)
        span = self._span(event)
        if not isinstance(key, Scalar) or not isinstance(key.value, str):
            if not _is(event, "AliasEvent"):
                self._refuse(_KEY, event)
            return None
        if key.value == "<<" and not key.quoted:
            self._refuse(_MERGE, event, _WRITE_OUT)
            return None
        return key.value, span

    def _span(self, event: _Event) -> Span:
        return Span(self._source, event.start_mark.index, event.end_mark.index)

    def _stretch(self, start: _Event, end: _Event, last: Span | None) -> Span:
        """Cover a collection; the end of one without brackets is its last item."""
        inside = last is not None and not start.flow_style
        stop = last.end if last and inside else end.end_mark.index
        return Span(self._source, start.start_mark.index, stop)

    def _refuse(self, problem: Text, event: _Event, advice: Help | None = None) -> None:
        self._sink.add(
            Diagnostic(
                codes.BAD_YAML, self._span(event), {"problem": problem}, help=advice
            )
        )

    def _stop(self, diagnostic: Diagnostic) -> None:
        self._sink.add(diagnostic)
        raise _StopError

    def _broken(self, error: _Event) -> Diagnostic:
        length = len(self._source.text)
        mark = error.problem_mark or error.context_mark
        start = min(mark.index, length)
        notes: tuple[Note, ...] = ()
        if error.context_mark is not None and error.context_mark.index < start:
            began = error.context_mark.index
            notes = (Note(_OPENED, Span(self._source, began, began + 1)),)
        return Diagnostic(
            codes.BAD_YAML,
            Span(self._source, start, min(start + 1, length)),
            {"problem": _words(error.problem or "")},
            notes=notes,
            help=_QUOTE,
        )


def _is(event: _Event, kind: str) -> bool:
    # By name, so that yaml is imported in one place only.
    return type(event).__name__ == kind


# What libyaml and its pure twin say, in words for people, by what they contain.
_WORDS = (
    (
        "mapping values are not allowed",
        Text("a `:` is not expected here", "không mong đợi dấu `:` ở đây"),
    ),
    ("':'", Text("a `:` is missing after the key", "thiếu dấu `:` sau khóa")),
    ("']'", Text("a `,` or `]` is missing", "thiếu dấu `,` hoặc `]`")),
    ("'}'", Text("a `,` or `}` is missing", "thiếu dấu `,` hoặc `}`")),
    (
        "cannot start any token",
        Text(
            "a value cannot begin with this sign without quotes",
            "giá trị không đặt trong ngoặc thì không mở đầu bằng dấu này được",
        ),
    ),
    (
        "unexpected end of stream",
        Text("the quotes are never closed", "dấu ngoặc kép chưa được đóng"),
    ),
    (
        "escape",
        Text(
            "this `\\` escape is not known inside double quotes",
            "không có ký hiệu `\\` này trong ngoặc kép",
        ),
    ),
    (
        "block sequence entries",
        Text("a list is not expected here", "không mong đợi danh sách ở đây"),
    ),
    (
        "document start",
        Text(
            "more text after the end of the document",
            "còn chữ sau khi tài liệu đã kết thúc",
        ),
    ),
    ("tag handle", _TAG),
    ("anchor or alias", _ALIAS),
    ("node content", Text("a value is missing", "thiếu một giá trị")),
    (
        "'-' indicator",
        Text("an item of the list is missing its `-`", "thiếu dấu `-` của danh sách"),
    ),
    (
        "expected key",
        Text("a key is missing or wrongly indented", "thiếu khóa hoặc thụt dòng sai"),
    ),
    (
        "block end",
        Text("a line is wrongly indented", "một dòng thụt sai"),
    ),
)


def _words(problem: str) -> Text:
    for part, text in _WORDS:
        if part in problem:
            return text
    return Text(problem, problem)
