"""
The names a file can use: gathering, finding and missing them.

Source: language.md sections 2 and 10.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from ntmrules.checker._library import Absent, CheckedVocabulary, Library, Why
from ntmrules.checker._words import KINDS, describe, either, listed, quoted, short
from ntmrules.diagnostics import Diagnostic, Edit, Help, Note, Sink, codes, nearest
from ntmrules.measure import SCALES, Dimensions, Measure, product
from ntmrules.model.expressions import Delegated
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    Enum,
    EnumType,
    ListType,
    Noun,
    NumberType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.vocabulary import Fact, Level, Title, Vocabulary
from ntmrules.model.words import name_of
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_DEFINED_HERE = Text("first defined here", "được định nghĩa lần đầu ở đây")
_WRITE_ONE_OF = Text("write {names}", "hãy viết {names}")
_DECLARED = Text("choose among {names}", "hãy chọn trong {names}")
_NEARBY = Text(
    "declared nearby: `{name}`, {place}", "tên gần giống đã khai báo: `{name}`, {place}"
)
_RENAME = Text(
    "use another name, or remove one of the two", "đặt tên khác, hoặc bỏ một trong hai"
)
_DIRECTLY = Text(
    "refer to the file that is needed directly", "hãy dẫn chiếu thẳng tới tệp cần dùng"
)
_KEEP_ONE = Text(
    "keep one of them, or give the others another id",
    "giữ lại một tệp, hoặc đặt mã khác cho các tệp kia",
)
_MEND_FIRST = Text("mend that file first", "hãy sửa tệp đó trước")
_EDGE = Text("{path}", "{path}")
_SINGLE = Text("the type of a single value", "kiểu của một giá trị đơn")
_MOST_LISTED = 12


def unknown(
    kind: str | Text,
    name: nodes.Word | nodes.Name,
    declared: Iterable[str] | Mapping[str, object],
) -> Diagnostic:
    """
    Build the diagnostic of an unknown name, with the nearest declared ones.

    Of a mapping to things that have a place, the place of the nearest is told.
    """
    close = nearest(name.text, declared)
    words = KINDS[kind] if isinstance(kind, str) else kind
    values: dict[str, Fill] = {"kind": words, "name": short(name.text)}
    notes: tuple[Note, ...] = ()
    if close and isinstance(declared, Mapping):
        span = getattr(declared[close[0]], "span", None)
        if span is not None:
            notes = (Note(_NEARBY, None, {"name": close[0], "place": str(span)}),)
    advice = _suggestion(name.span, close, sorted(set(declared)))
    return Diagnostic(codes.UNKNOWN_NAME, name.span, values, notes=notes, help=advice)


def _suggestion(
    span: Span, close: tuple[str, ...], declared: Sequence[str]
) -> Help | None:
    if close:
        edit = Edit(span, close[0])
        return Help(_WRITE_ONE_OF, {"names": either(close)}, edit)
    if declared and len(declared) <= _MOST_LISTED:
        return Help(_DECLARED, {"names": listed(declared)})
    return None


def absent(kind: str, name: nodes.Word, why: Absent) -> Diagnostic:
    """Build the diagnostic of another file that cannot be had."""
    values: dict[str, Fill] = {"kind": KINDS[kind], "name": short(name.text)}
    match why.why:
        case Why.UNKNOWN:
            close = nearest(name.text, why.known)
            advice = _suggestion(name.span, close, why.known)
            return Diagnostic(codes.UNKNOWN_FILE, name.span, values, help=advice)
        case Why.BROKEN:
            values = {"name": short(name.text)}
            advice = Help(_MEND_FIRST)
            return Diagnostic(codes.BROKEN_FILE, name.span, values, help=advice)
        case Why.TOO_DEEP:
            limit = {"limit": len(why.path)}
            advice = Help(_DIRECTLY)
            code = codes.TOO_MANY_REFERENCES
            return Diagnostic(code, name.span, limit, help=advice)
        case Why.SEVERAL:
            files = ", ".join(why.path)
            values = {"name": short(name.text), "files": files}
            advice = Help(_KEEP_ONE)
            return Diagnostic(codes.SEVERAL_FILES, name.span, values, help=advice)
        case Why.CIRCULAR:
            edges = " → ".join(f"`{step}`" for step in why.path)
            notes = (Note(_EDGE, None, {"path": edges}),)
            return Diagnostic(
                codes.CIRCULAR, name.span, {"name": why.path[0]}, notes=notes
            )


def defined_twice(name: str, span: Span, first: Span | None) -> Diagnostic:
    """Build the diagnostic of a second definition."""
    notes = () if first is None else (Note(_DEFINED_HERE, first),)
    advice = Help(_RENAME)
    values = {"name": short(name)}
    return Diagnostic(codes.DEFINED_TWICE, span, values, notes=notes, help=advice)


@attrs.define
class Names:
    """
    The names that a file can use, by kind, while it is being checked.

    Attributes:
        read: The delegated values that could be read.
    """

    nouns: dict[str, Noun] = attrs.field(factory=dict)
    levels: dict[str, Level] = attrs.field(factory=dict)
    titles: dict[str, Title] = attrs.field(factory=dict)
    enums: dict[str, Enum] = attrs.field(factory=dict)
    facts: dict[str, Fact] = attrs.field(factory=dict)
    definitions: dict[str, nodes.Define] = attrs.field(factory=dict)
    delegated: dict[str, nodes.Delegated] = attrs.field(factory=dict)
    read: dict[str, Delegated] = attrs.field(factory=dict)
    expectations: list[nodes.Expect] = attrs.field(factory=list)
    spans: dict[tuple[str, str], Span] = attrs.field(factory=dict)
    hashes: list[str] = attrs.field(factory=list)
    incomplete: bool = False

    def use(self, other: CheckedVocabulary, word: nodes.Word, sink: Sink) -> None:
        """Take over the names of a used vocabulary."""
        vocabulary = other.vocabulary
        self.hashes.append(other.content_hash)
        known = {id(item) for item in self.expectations}
        self.expectations += [x for x in other.expectations if id(x) not in known]
        pairs: tuple[tuple[dict[str, Any], Mapping[str, Any]], ...] = (
            (self.nouns, vocabulary.nouns),
            (self.levels, vocabulary.levels),
            (self.titles, vocabulary.titles),
            (self.enums, vocabulary.enums),
            (self.facts, vocabulary.facts),
            (self.definitions, other.definitions),
        )
        for mine, theirs in pairs:
            for name, thing in theirs.items():
                if mine.setdefault(name, thing) != thing:
                    first = getattr(mine[name], "span", None)
                    sink.add(defined_twice(name, word.span, first))

    def add(self, kind: str, word: nodes.Word, sink: Sink) -> bool:
        """Note a new name; false, and a diagnostic, when it is taken."""
        first = self.spans.get((kind, word.text))
        known = getattr(self, kind)
        if first is None and word.text in known:
            first = getattr(known[word.text], "span", None)
        if first is not None or word.text in known:
            sink.add(defined_twice(word.text, word.span, first))
            return False
        self.spans[kind, word.text] = word.span
        return True

    def delegated_at(self, name: str, span: Span) -> Delegated | None:
        """Use a delegated value, if it could be read."""
        read = self.read.get(name)
        return None if read is None else attrs.evolve(read, span=span)

    def vocabulary(self, name: str) -> Vocabulary:
        """Give what was gathered as a vocabulary."""
        return Vocabulary(
            name, self.nouns, self.levels, self.titles, self.enums, self.facts
        )

    def noun(self, word: nodes.Word) -> Noun | None:
        """Find what is counted, by singular or plural; levels count too."""
        for noun in self.nouns.values():
            if word.text in (noun.name, noun.plural):
                return noun
        for level in self.levels.values():
            if word.text in (level.name, level.plural):
                return Noun(level.name, level.plural, level.label)
        return None

    def level_word(self, name: str) -> Text:
        """Name a level in a sentence, by the name that rules write."""
        level = self.levels.get(name)
        return Text(name, name) if level is None else name_of(level)

    def dimensions(self, unit: tuple[nodes.Word, ...], sink: Sink) -> Dimensions | None:
        """Read a unit such as ``VND/person``."""
        result: Dimensions = ()
        for index, word in enumerate(unit):
            noun = self.noun(word)
            if noun is None:
                names = [n for x in self.nouns.values() for n in (x.name, x.plural)]
                sink.add(unknown("unit", word, names))
                return None
            result = product(result, ((noun.name, 1),), -1 if index else 1)
        return result

    def measure(
        self, scale: str | None, unit: tuple[nodes.Word, ...], sink: Sink
    ) -> Measure | None:
        """Read a unit with its scale, such as ``million VND/person``."""
        dimensions = self.dimensions(unit, sink)
        if dimensions is None:
            return None
        written = "/".join(word.text for word in unit)
        symbol = f"{scale} {written}" if scale else written
        found = filter(None, map(self.noun, unit))
        labels = tuple((noun.name, noun.label.vi) for noun in found)
        return Measure(dimensions, SCALES[scale] if scale else 1, symbol, labels)


def label_of(
    name: str, label: nodes.Quoted | None, clauses: Iterable[nodes.Node]
) -> Text:
    """Give what people call something, in both languages as far as it is said."""
    vietnamese = label.text if label is not None else ""
    english = ""
    for clause in clauses:
        if isinstance(clause, nodes.NameClause):
            if clause.language is not None and clause.language.text == "en":
                english = english or clause.text.text
            else:
                vietnamese = vietnamese or clause.text.text
    return Text(english or vietnamese or name, vietnamese or english or name)


def read_type(node: nodes.TypeName, names: Names, sink: Sink) -> Type | None:
    """Read a type such as ``share of persons``."""
    match node.word:
        case "boolean":
            return Condition()
        case "number":
            return NumberType()
        case "date":
            return DateType()
        case "year":
            return YearType()
        case "amount":
            measure = names.measure(node.scale, node.unit, sink)
            return None if measure is None else AmountType(measure)
        case "list":
            return None if node.of is None else _list_of(node.of, names, sink)
        case "count" | "share" if node.noun is not None:
            noun = names.noun(node.noun)
            if noun is None:
                declared = [n for x in names.nouns.values() for n in (x.name, x.plural)]
                declared += [level.plural for level in names.levels.values()]
                sink.add(unknown("noun", node.noun, declared))
                return None
            return CountType(noun) if node.word == "count" else ShareType(noun)
        case _:
            word = (
                node.noun if node.noun is not None else nodes.Word("", span=node.span)
            )
            if word.text not in names.enums:
                sink.add(unknown("type", word, names.enums))
                return None
            return EnumType(names.enums[word.text])


def _list_of(node: nodes.TypeName, names: Names, sink: Sink) -> Type | None:
    item = read_type(node, names, sink)
    if isinstance(item, ListType):
        values: dict[str, Fill] = {
            "function": "list of",
            "needs": _SINGLE,
            "found": quoted(node.span),
            "type": describe(item),
        }
        sink.add(Diagnostic(codes.WRONG_ARGUMENT, node.span, values))
        return None
    return None if item is None else ListType(item)


def use_all(
    items: Iterable[nodes.Node], names: Names, library: Library, sink: Sink
) -> None:
    """Take over the names of every vocabulary that is used."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, nodes.Use) and item.vocabulary.text not in seen:
            seen.add(item.vocabulary.text)
            found = library.vocabulary(item.vocabulary.text)
            if isinstance(found, Absent):
                sink.add(absent("vocabulary", item.vocabulary, found))
                names.incomplete = True
            else:
                names.use(found, item.vocabulary, sink)


def add_definition(item: nodes.Define, names: Names, sink: Sink) -> None:
    """Note a definition, which shares its names with the facts."""
    if item.name.text in names.facts:
        first = names.facts[item.name.text].span
        sink.add(defined_twice(item.name.text, item.name.span, first))
    elif names.add("definitions", item.name, sink):
        names.definitions[item.name.text] = item


def content_hash(span: Span, hashes: Iterable[str]) -> str:
    """Hash the text of a file and of the files it uses."""
    digest = hashlib.sha256(span.file.text.encode())
    for other in sorted(hashes):
        digest.update(other.encode())
    return digest.hexdigest()
