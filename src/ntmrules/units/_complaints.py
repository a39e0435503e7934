"""Gathering what is wrong with a unit, each complaint with its place."""

from __future__ import annotations

from collections.abc import Iterable

from ntmrules._yaml import MAX_PROBLEMS, Node, Plain, Scalar, Sequence, Table, passed
from ntmrules.diagnostics import (
    Code,
    Diagnostic,
    Help,
    Note,
    Severity,
    Sink,
    codes,
    nearest,
)
from ntmrules.model.vocabulary import Level
from ntmrules.model.words import name_of
from ntmrules.source import Span
from ntmrules.text import Fill, Language, Text


MOST_SHOWN = 60
"""How many characters of a value a message shows."""

_LONG = 1_000
"""The most bits of a number that is written out."""

_NOTHING = Text("nothing", "để trống")
_LIST = Text("a list", "một danh sách")
_MAPPING = Text("a mapping", "một bảng khóa và giá trị")
_WRITE = Text("write `{text}`", "hãy ghi `{text}`")
_NEAREST = Text("did you mean {names}?", "có phải ý bạn là {names}?")
_TEXT = Text("text", "đoạn chữ")
_QUOTED = Text(
    "give it as text, so that zeros in front stay",
    "hãy cho dưới dạng chữ để giữ các số 0 ở đầu",
)
_KNOWN = Text("one of: {names}", "một trong: {names}")


class TooManyError(Exception):
    """There are more problems than anybody reads."""


class Complaints:
    """
    The complaints about one unit and everything inside it.

    Args:
        sink: Where they gather.
        called: What the outermost unit is called, ``""`` if nothing.
    """

    def __init__(self, sink: Sink, called: str) -> None:
        self._sink = sink
        self._called = called
        self._errors = 0

    def add(
        self,
        code: Code,
        at: Node | Span | None,
        path: str,
        *,
        advice: Help | None = None,
        notes: tuple[Note, ...] = (),
        **values: Fill,
    ) -> None:
        """
        Keep a complaint about the value at *path*, counted from the outermost unit.

        Raises:
            TooManyError: There are too many of them.
        """
        span = at if at is None or isinstance(at, Span) else at.span
        place = f"{self._called}: {path}" if self._called and path else path
        place = place or self._called
        self._sink.add(
            Diagnostic(code, span, values, place=place, notes=notes, help=advice)
        )
        self._errors += code.severity is Severity.ERROR
        if self._errors > MAX_PROBLEMS:
            self._sink.add(passed("MAX_PROBLEMS", self._errors, span))
            raise TooManyError

    def shape(
        self,
        node: Node,
        path: str,
        owner: Fill,
        wanted: Text,
        advice: Help | None = None,
    ) -> None:
        """Complain that *owner*, a key or words, is not what it should be."""
        self.add(
            codes.BAD_SHAPE,
            node,
            path,
            advice=advice,
            owner=f"`{owner}`" if isinstance(owner, str) else owner,
            wanted=wanted,
            found=found(node),
        )

    def value(
        self, node: Node, path: str, name: str, reason: Text, advice: Help | None = None
    ) -> None:
        """Complain that *name* cannot be what it is."""
        self.add(
            codes.BAD_VALUE,
            node,
            path,
            advice=advice,
            fact=name,
            value=shown(node),
            reason=reason,
        )

    def unknown_key(
        self, key: str, node: Table, path: str, owner: Text, known: Iterable[str]
    ) -> None:
        """Complain of a key that *owner* does not have."""
        self.add(
            codes.UNKNOWN_KEY,
            node.keys.get(key),
            join(path, key),
            advice=suggest(key, known),
            key=key[:100],
            owner=owner,
        )


def join(path: str, step: str | int) -> str:
    """Name what lies at *step* inside *path*, as in ``communes[3].facts``."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    step = step[:MOST_SHOWN]
    return f"{path}.{step}" if path else step


def both(text: Text, **values: Fill) -> Text:
    """Fill a sentence that goes into a hole of another one."""
    return Text(text.fill(Language.EN, values), text.fill(Language.VI, values))


def write(text: str) -> Help:
    """Advise to write *text*."""
    return Help(_WRITE, {"text": text})


def suggest(name: str, declared: Iterable[str]) -> Help | None:
    """Name the declared names that are near, or all if these are few."""
    declared = tuple(declared)
    close = nearest(name, declared)
    if close:
        names = ", ".join(f"`{one}`" for one in close)
        return Help(_NEAREST, {"names": names})
    if 0 < len(declared) <= 10:
        return Help(_KNOWN, {"names": ", ".join(f"`{one}`" for one in declared)})
    return None


def shown(node: Node) -> Fill:
    """Write a value for a message, as it was given and not too long."""
    if isinstance(node, Sequence):
        return _LIST
    if isinstance(node, Table):
        return _MAPPING
    text = written(node).replace("\n", "⏎")
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def found(node: Node) -> Fill:
    """Say what stands where something else was wanted."""
    if isinstance(node, Scalar):
        return _NOTHING if node.absent else f"`{shown(node)}`"
    return shown(node)


def written(scalar: Scalar) -> str:
    """Give the text of one value, as people would write it."""
    value = scalar.value
    if isinstance(value, tuple):
        first, second = value
        return f"{_plain(first)}/{_plain(second)}"
    return _plain(value)


def _plain(value: Plain) -> str:
    if type(value) is int and value.bit_length() <= _LONG:
        return str(value)
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > _LONG:
        return "…"  # Python refuses to write thousands of digits
    return str(value)  # a date in the ISO form, too


def text_of(node: Node) -> str:
    """Give a value as it was written, for people."""
    match node:
        case Scalar():
            return written(node)
        case Sequence():
            return ", ".join(map(text_of, node.items))
        case Table():
            return ", ".join(
                f"{label}: {text_of(item)}" for label, item in node.entries.items()
            )


def is_absent(node: Node) -> bool:
    """Tell whether it says that there is no value."""
    return isinstance(node, Scalar) and node.absent


def level_word(level: Level) -> Text:
    """Name a level in a sentence."""
    return name_of(level)


def take_text(node: Node | None, path: str, complaints: Complaints) -> str:
    """Read a text that may be absent, exactly as it was written."""
    if node is None or is_absent(node):
        return ""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.value
    advice = Help(_QUOTED) if isinstance(node, Scalar) else None
    complaints.shape(node, path, path.rpartition(".")[2], _TEXT, advice)
    return ""
