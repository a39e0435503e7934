"""Cases of rulesets: what a unit is expected to come to, read from YAML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

import attrs

from ntmrules._yaml import Node, Scalar, Sequence, Table, parse_yaml
from ntmrules.diagnostics import Diagnostic, Help, Sink, codes, nearest
from ntmrules.source import SourceFile, Span
from ntmrules.text import Fill, Text
from ntmrules.units import UnitData, unit_from_node
from ntmrules.verdict import Verdict


WHOLE = "verdict"
"""The key of ``want`` that speaks of the verdict of the whole."""

_KEYS = frozenset(
    "id note spec ruleset status as_of criteria file nested more unit want"
    " error".split()
)
_WANTED = frozenset({"missing", "gap", "findings"})
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?")
_VERDICTS = ", ".join(f"`{verdict}`" for verdict in Verdict)


@attrs.frozen
class WantedError:
    """
    What a text with a mistake must be told.

    Attributes:
        stage: The digit after NTM.
        line: The line of ``criteria`` or ``file`` it must point at, if said.
        mentions: Words of the message, its notes or its help.
    """

    stage: int
    line: int | None
    mentions: tuple[str, ...]


@attrs.frozen
class Case:
    """
    One case.

    Attributes:
        id: Its name, once in a file.
        note: What the instrument says, in a sentence.
        ruleset: The id of the ruleset, or ``""`` for the file beside the folder.
        status: Of the version that is asked for.
        as_of: The assessment date, if the case gives one.
        text: Criteria below a standard header, or a whole file if `whole`.
        files: Further files of `text`, by name.
        unit: The unit; nothing in a case of a text with a mistake.
        want: The verdict that each label must have; `WHOLE` is one of them.
        missing: The facts that must be missing, if the case says.
        gaps: What each label must still lack.
        findings: Words that the findings must have.
        errors: Of a text with a mistake: what must be told.
        span: Where it stands.
    """

    id: str
    note: str
    ruleset: str
    status: str
    as_of: datetime.date | None
    text: str | None
    whole: bool
    files: Mapping[str, str]
    unit: UnitData | None
    want: Mapping[str, Verdict]
    missing: frozenset[str] | None
    gaps: Mapping[str, Fraction]
    findings: tuple[str, ...]
    errors: tuple[WantedError, ...]
    span: Span

    @property
    def date(self) -> datetime.date | None:
        """Its assessment date, or that of its unit, if there is one."""
        return self.as_of or (None if self.unit is None else self.unit.as_of)


def read_cases(source: SourceFile, sink: Sink) -> tuple[Case, ...]:
    """
    Read the cases of a file.

    Args:
        source: A list of cases in YAML.
        sink: Takes what is wrong; a case with a mistake is left out.
    """
    tree = parse_yaml(source, sink)
    if tree is None:
        return ()
    if not isinstance(tree, Sequence):
        sink.add(_bad(tree, "", Text("a list of cases is wanted", "cần một danh sách")))
        return ()
    found: dict[str, Case] = {}
    for node in tree.items:
        case = _Reader(sink, node).case()
        if case is None:
            continue
        if case.id in found:
            sink.add(_bad(node, case.id, _TWICE))
        found.setdefault(case.id, case)
    return tuple(found.values())


_TWICE = Text("the file has another case of this id", "tệp có ca khác cùng `id`")


def _bad(
    node: Node | None, case: str, problem: Text, help_: Help | None = None
) -> Diagnostic:
    span = None if node is None else node.span
    values: dict[str, Fill] = {"case": case or "?", "problem": problem}
    return Diagnostic(codes.BAD_CASE, span, values, help=help_)


class _Reader:
    """Reads one case."""

    def __init__(self, sink: Sink, node: Node) -> None:
        self._own = Sink()
        self._sink = sink
        self._node = node
        self._id = ""

    def case(self) -> Case | None:
        """Give the case, unless something is wrong with it."""
        node = self._node
        if not isinstance(node, Table):
            self._add(node, Text("it is no mapping", "không phải là một bảng khóa"))
            return self._done(None)
        parts = node.entries
        self._id = self._text(parts.get("id"))
        if not self._id:
            self._add(node, Text("it has no `id`", "thiếu `id`"))
        self._known(node, _KEYS)
        texts = [key for key in ("criteria", "file", "nested") if key in parts]
        if len(texts) > 1:
            self._add(parts[texts[1]], _ONE_TEXT)
        errors = tuple(self._errors(parts["error"])) if "error" in parts else ()
        wanted = parts.get("want")
        if wanted is None and not errors:
            self._add(node, Text("it wants nothing: give `want`", "thiếu `want`"))
        if wanted is not None and "unit" not in parts:
            self._add(node, Text("it has no `unit`", "thiếu `unit`"))
        want, missing, gaps, findings = self._want(wanted)
        more = parts.get("more")
        found = Case(
            self._id,
            self._text(parts.get("note")),
            self._text(parts.get("ruleset")),
            self._text(parts.get("status")) or "in force",
            self._date(parts.get("as_of")),
            self._criteria(parts),
            "file" in parts,
            self._texts(more) if more is not None else MappingProxyType({}),
            self._unit(parts.get("unit")),
            want,
            missing,
            gaps,
            findings,
            errors,
            node.span or Span(SourceFile("", ""), 0, 0),
        )
        return self._done(found)

    def _done(self, case: Case | None) -> Case | None:
        self._sink.extend(self._own)
        return None if self._own.failed else case

    def _add(self, node: Node | None, problem: Text, help_: Help | None = None) -> None:
        self._own.add(_bad(node, self._id, problem, help_))

    def _known(self, table: Table, keys: frozenset[str]) -> None:
        for key, node in table.entries.items():
            if key not in keys:
                close = nearest(key, keys)
                help_ = None
                if close:
                    words = Text("write `{name}`", "viết `{name}`")
                    help_ = Help(words, {"name": close[0]})
                problem = Text(f"cases have no `{key}`", f"ca không có mục `{key}`")
                place = Scalar(key, span=table.keys.get(key, node.span))
                self._add(place, problem, help_)

    # Values.

    def _text(self, node: Node | None) -> str:
        if node is None:
            return ""
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return node.value
        self._add(node, Text("text is wanted here", "ở đây cần chữ"))
        return ""

    def _texts(self, node: Node) -> Mapping[str, str]:
        return {key: self._text(value) for key, value in self._table(node)}

    def _list(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return tuple(self._text(item) for item in node.items)
        self._add(node, Text("a list is wanted here", "ở đây cần một danh sách"))
        return ()

    def _table(self, node: Node) -> Iterator[tuple[str, Node]]:
        if isinstance(node, Table):
            yield from node.entries.items()
        else:
            self._add(node, Text("a mapping is wanted here", "ở đây cần bảng khóa"))

    def _whole(self, node: Node) -> int:
        text = self._text(node)
        if text.isdecimal():
            return int(text)
        self._add(node, Text("a whole number is wanted here", "ở đây cần số nguyên"))
        return 0

    def _date(self, node: Node | None) -> datetime.date | None:
        if node is None:
            return None
        try:
            return datetime.date.fromisoformat(self._text(node))
        except ValueError:
            self._add(node, Text("`as_of` is no date", "`as_of` không phải là ngày"))
            return None

    def _criteria(self, parts: Mapping[str, Node]) -> str | None:
        if "nested" in parts:
            depth = self._whole(parts["nested"])
            return f'criterion 1 "A": {"(" * depth}debt_free{")" * depth}\n'
        node = parts.get("criteria") or parts.get("file")
        return None if node is None else self._text(node)

    def _unit(self, node: Node | None) -> UnitData | None:
        return None if node is None else unit_from_node(_spread(node))

    # What is wanted.

    def _want(
        self, node: Node | None
    ) -> tuple[
        Mapping[str, Verdict],
        frozenset[str] | None,
        Mapping[str, Fraction],
        tuple[str, ...],
    ]:
        parts = dict(self._table(node)) if node is not None else {}
        missing = parts.get("missing")
        want = {
            key: verdict
            for key, value in parts.items()
            if key not in _WANTED and (verdict := self._verdict(value)) is not None
        }
        gaps = parts.get("gap")
        return (
            MappingProxyType(want),
            None if missing is None else frozenset(self._list(missing)),
            {} if gaps is None else dict(self._gaps(gaps)),
            self._list(parts.get("findings")),
        )

    def _verdict(self, node: Node) -> Verdict | None:
        try:
            return Verdict(self._text(node))
        except ValueError:
            problem = Text(f"a verdict is one of {_VERDICTS}", f"chỉ có {_VERDICTS}")
            self._add(node, problem)
            return None

    def _gaps(self, node: Node) -> Iterator[tuple[str, Fraction]]:
        for label, value in self._table(node):
            text = self._text(value)
            if _NUMBER.fullmatch(text):
                yield label, Fraction(text)
            else:
                self._add(value, Text("a gap is a number", "`gap` phải là số"))

    def _errors(self, node: Node) -> Iterator[WantedError]:
        parts = dict(self._table(node))
        line = parts.get("line")
        if "stage" in parts:
            yield WantedError(
                self._whole(parts["stage"]),
                None if line is None else self._whole(line),
                self._list(parts.get("mentions")),
            )
        else:
            self._add(node, Text("it has no `stage`", "thiếu `stage`"))
        also = parts.get("also")
        if isinstance(also, Sequence):
            for item in also.items:
                yield from self._errors(item)


_ONE_TEXT = Text(
    "of `criteria`, `file` and `nested` one is enough",
    "chỉ ghi một trong `criteria`, `file`, `nested`",
)


def _spread(node: Node) -> Node:
    """Write ``{repeat: [{count: 41, …}]}`` out as so many units with ids."""
    match node:
        case Sequence():
            return attrs.evolve(node, items=tuple(map(_spread, node.items)))
        case Table() if isinstance(groups := node.entries.get("repeat"), Sequence):
            return Sequence(tuple(_members(groups)), node.span)
        case Table():
            entries = {key: _spread(value) for key, value in node.entries.items()}
            return attrs.evolve(node, entries=entries)
        case _:
            return node


def _members(groups: Sequence) -> Iterator[Node]:
    number = 0
    for group in groups.items:
        if not isinstance(group, Table):
            yield group
            continue
        shape = {key: _spread(v) for key, v in group.entries.items() if key != "count"}
        count = group.entries.get("count")
        text = count.value if isinstance(count, Scalar) else "1"
        for _ in range(int(text) if isinstance(text, str) and text.isdecimal() else 1):
            name = Scalar(f"u{number}", quoted=True)
            yield attrs.evolve(group, entries={"id": name, **shape})
            number += 1
