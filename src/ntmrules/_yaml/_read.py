"""YAML, read from the event stream of PyYAML: no resolver, no constructor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, NoReturn

from ntmrules._yaml._limits import (
    MAX_PROBLEMS,
    MAX_SCALAR,
    MAX_UNIT_BYTES,
    MAX_YAML_DEPTH,
    MAX_YAML_NODES,
    forbidden,
    forbidden_characters,
    passed,
)
from ntmrules._yaml._nodes import Node, Scalar, Sequence, Table
from ntmrules._yaml._problems import ALIAS, ANCHOR, TAG, words
from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes
from ntmrules.source import SourceFile, Span
from ntmrules.text import Text


# What PyYAML gives.  Its names would load it where they are only read.
_Event = Any

# libyaml looks ahead along one line, and gives up at this depth by itself.
_LIBYAML_DEPTH = 1_000

_FIRST = Text("first given here", "lần đầu ở đây")
_OPENED = Text("it began here", "bắt đầu ở đây")
_EMPTY = Text("it is empty", "tệp trống")
_TWO = Text(
    "a second document begins here; one file holds one",
    "tài liệu thứ hai bắt đầu ở đây; mỗi tệp chỉ có một",
)
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


def decode(data: bytes, name: str, sink: Sink) -> SourceFile | None:
    """Turn the bytes of a file into text, or tell why that cannot be."""
    if len(data) > MAX_UNIT_BYTES:
        sink.add(passed("MAX_UNIT_BYTES", len(data), None, name))
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
        sink.add(passed("MAX_UNIT_BYTES", size, None, source.name))
        return None
    if found := forbidden_characters().search(source.text):
        complaint = forbidden(found[0], Span(source, *found.span()))
        sink.extend([complaint] if complaint else [])
        return None
    try:
        return _Composer(source, sink).document()
    except _StopError:
        return None


class _StopError(Exception):
    """The file cannot be read any further; the sink knows why."""


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
            problem = Text(str(error), f"thư viện YAML báo “{error}”")
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
            self._stop("MAX_YAML_NODES", self._count, event)
        if _is(event, "AliasEvent"):
            self._refuse(ALIAS, event, _WRITE_OUT)
            return Scalar(None, span=self._span(event))
        if event.anchor is not None:
            self._refuse(ANCHOR, event, _WRITE_OUT)
        if event.tag is not None:
            self._refuse(TAG, event)
        if _is(event, "ScalarEvent"):
            return self._scalar(event)
        if depth > MAX_YAML_DEPTH:
            self._stop("MAX_YAML_DEPTH", depth, event)
        if _is(event, "SequenceStartEvent"):
            return self._sequence(event, depth)
        return self._table(event, depth)

    def _scalar(self, event: _Event) -> Scalar:
        text: str = event.value
        span = self._span(event)
        if len(text) > MAX_SCALAR:
            self._stop("MAX_SCALAR", len(text), event)
        if event.style == '"':  # the only style with escapes
            text = unicodedata.normalize("NFC", text)
            if complaint := forbidden(text, span):
                self._add(complaint)
                text = forbidden_characters().sub("\ufffd", text)
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
                first = Note(_FIRST, keys[name])
                values = {"key": name[:100]}
                self._add(Diagnostic(codes.DUPLICATE_KEY, span, values, notes=(first,)))
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
        span = self._span(event)
        self._add(Diagnostic(codes.BAD_YAML, span, {"problem": problem}, help=advice))

    def _add(self, diagnostic: Diagnostic) -> None:
        self._sink.add(diagnostic)
        if len(self._sink) > MAX_PROBLEMS:
            self._sink.add(passed("MAX_PROBLEMS", len(self._sink), diagnostic.span))
            raise _StopError

    def _stop(self, limit: str, found: int, event: _Event) -> NoReturn:
        self._sink.add(passed(limit, found, self._span(event)))
        raise _StopError

    def _broken(self, error: _Event) -> Diagnostic:
        length = len(self._source.text)
        mark = error.problem_mark or error.context_mark
        start = min(mark.index, length)
        span = Span(self._source, start, min(start + 1, length))
        if "nesting depth" in (error.problem or ""):
            return passed("MAX_YAML_DEPTH", _LIBYAML_DEPTH, span)
        notes: tuple[Note, ...] = ()
        if error.context_mark is not None and error.context_mark.index < start:
            began = error.context_mark.index
            notes = (Note(_OPENED, Span(self._source, began, began + 1)),)
        return Diagnostic(
            codes.BAD_YAML,
            span,
            {"problem": words(error.problem or "")},
            notes=notes,
            help=_QUOTE,
        )


def _is(event: _Event, kind: str) -> bool:
    # By name, so that yaml is imported in one place only.
    return type(event).__name__ == kind
