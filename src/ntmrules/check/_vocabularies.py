"""
From a vocabulary file to a checked vocabulary.

Source: language.md section 2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ntmrules.check._library import Absent, CheckedVocabulary, Library, Why
from ntmrules.check._words import KINDS
from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes, nearest
from ntmrules.exact import read_number
from ntmrules.measure import SCALES, Dimensions, Measure, product
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
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_DEFINED_HERE = Text("first defined here", "được định nghĩa lần đầu ở đây")
_WRITE_ONE_OF = Text("write {names}", "hãy viết {names}")
_DECLARED = Text("declared: {names}", "đã khai báo: {names}")
_EDGE = Text("{path}", "{path}")
_MOST_LISTED = 12


def unknown(
    kind: str | Text, name: nodes.Word | nodes.Name, declared: Iterable[str]
) -> Diagnostic:
    """Build the diagnostic of an unknown name, with the nearest declared ones."""
    declared = sorted(set(declared))
    close = nearest(name.text, declared)
    words = KINDS[kind] if isinstance(kind, str) else kind
    values: dict[str, Fill] = {"kind": words, "name": name.text}
    return Diagnostic(
        codes.UNKNOWN_NAME, name.span, values, help=_suggestion(close, declared)
    )


def _suggestion(close: tuple[str, ...], declared: list[str]) -> Help | None:
    if close:
        names = ", ".join(f"`{name}`" for name in close)
        return Help(_WRITE_ONE_OF, {"names": names})
    if declared and len(declared) <= _MOST_LISTED:
        names = ", ".join(f"`{name}`" for name in declared)
        return Help(_DECLARED, {"names": names})
    return None


def absent(kind: str, name: nodes.Word, why: Absent) -> Diagnostic:
    """Build the diagnostic of another file that cannot be had."""
    values: dict[str, Fill] = {"kind": KINDS[kind], "name": name.text}
    match why.why:
        case Why.UNKNOWN:
            close = nearest(name.text, why.known)
            help_ = _suggestion(close, list(why.known))
            return Diagnostic(codes.UNKNOWN_FILE, name.span, values, help=help_)
        case Why.BROKEN:
            return Diagnostic(codes.BROKEN_FILE, name.span, {"name": name.text})
        case Why.TOO_DEEP:
            limit = {"limit": len(why.path)}
            return Diagnostic(codes.TOO_MANY_REFERENCES, name.span, limit)
        case Why.CIRCULAR:
            edges = " → ".join(f"`{step}`" for step in why.path)
            notes = (Note(_EDGE, None, {"path": edges}),)
            return Diagnostic(
                codes.CIRCULAR, name.span, {"name": why.path[0]}, notes=notes
            )


def defined_twice(name: str, span: Span, first: Span | None) -> Diagnostic:
    """Build the diagnostic of a second definition."""
    notes = () if first is None else (Note(_DEFINED_HERE, first),)
    return Diagnostic(codes.DEFINED_TWICE, span, {"name": name}, notes=notes)


@attrs.define
class Names:
    """The names that a file can use, by kind, while it is being checked."""

    nouns: dict[str, Noun] = attrs.field(factory=dict)
    levels: dict[str, Level] = attrs.field(factory=dict)
    titles: dict[str, Title] = attrs.field(factory=dict)
    enums: dict[str, Enum] = attrs.field(factory=dict)
    facts: dict[str, Fact] = attrs.field(factory=dict)
    definitions: dict[str, nodes.Define] = attrs.field(factory=dict)
    spans: dict[tuple[str, str], Span] = attrs.field(factory=dict)
    hashes: list[str] = attrs.field(factory=list)

    def use(self, other: CheckedVocabulary, word: nodes.Word, sink: Sink) -> None:
        """Take over the names of a used vocabulary."""
        vocabulary = other.vocabulary
        self.hashes.append(other.content_hash)
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
        return Measure(dimensions, SCALES[scale] if scale else 1, symbol)


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


class VocabularyChecker:
    """Checks one vocabulary file."""

    def __init__(
        self, file: nodes.VocabularyFile, library: Library, sink: Sink
    ) -> None:
        self._file = file
        self._library = library
        self._sink = sink
        self._names = Names()

    def check(self) -> CheckedVocabulary:
        """Give what could be understood; the sink says what could not."""
        items = self._file.items
        use_all(items, self._names, self._library, self._sink)
        # Order in the file does not matter: nouns and levels first, then what
        # refers to them.
        for item in items:
            if isinstance(item, nodes.UnitDeclaration):
                self._unit(item)
            elif isinstance(item, nodes.LevelDeclaration):
                self._level(item)
            elif isinstance(item, nodes.EnumDeclaration):
                self._enum(item)
        self._check_parents()
        for item in items:
            if isinstance(item, nodes.TitleDeclaration):
                self._title(item)
            elif isinstance(item, nodes.FactDeclaration):
                self._fact(item)
        self._check_titles()
        for item in items:
            if isinstance(item, nodes.Define):
                add_definition(item, self._names, self._sink)
        digest = content_hash(self._file.span, self._names.hashes)
        vocabulary = self._names.vocabulary(self._file.name.text)
        return CheckedVocabulary(vocabulary, self._names.definitions, digest)

    def _unit(self, item: nodes.UnitDeclaration) -> None:
        if self._names.add("nouns", item.name, self._sink):
            plural = item.name.text if item.plural is None else item.plural.text
            label = label_of(item.name.text, item.label, item.options)
            self._names.nouns[item.name.text] = Noun(item.name.text, plural, label)
        self._refuse_options(item.options)

    def _level(self, item: nodes.LevelDeclaration) -> None:
        if self._names.add("levels", item.name, self._sink):
            label = label_of(item.name.text, item.label, item.options)
            parent = None if item.parent is None else item.parent.text
            self._names.levels[item.name.text] = Level(
                item.name.text, item.plural.text, parent, label, span=item.name.span
            )
        self._refuse_options(item.options)

    def _check_parents(self) -> None:
        for item in self._file.items:
            if not isinstance(item, nodes.LevelDeclaration) or item.parent is None:
                continue
            if item.parent.text not in self._names.levels:
                self._sink.add(unknown("level", item.parent, self._names.levels))
                continue
            path = [item.name.text]
            parent: str | None = item.parent.text
            while parent is not None and parent in self._names.levels:
                path.append(parent)
                if parent == item.name.text:
                    why = Absent(Why.CIRCULAR, path=tuple(path))
                    self._sink.add(absent("vocabulary", item.parent, why))
                    break
                if path.count(parent) > 1:
                    break
                parent = self._names.levels[parent].parent

    def _enum(self, item: nodes.EnumDeclaration) -> None:
        if self._names.add("enums", item.name, self._sink):
            cases: dict[str, Text] = {}
            spans: dict[str, Span] = {}
            for case in item.cases:
                if case.name.text in cases:
                    first = spans[case.name.text]
                    self._sink.add(defined_twice(case.name.text, case.name.span, first))
                    continue
                spans[case.name.text] = case.name.span
                cases[case.name.text] = label_of(
                    case.name.text, case.label, case.options
                )
            self._names.enums[item.name.text] = Enum(
                item.name.text, tuple(cases.items()), item.ordered
            )

    def _title(self, item: nodes.TitleDeclaration) -> None:
        if self._names.add("titles", item.name, self._sink):
            label = label_of(item.name.text, item.label, item.options)
            above = None if item.above is None else item.above.text
            title = Title(item.name.text, above, label, span=item.name.span)
            if title.level not in self._names.levels:
                word = attrs.evolve(item.name, text=title.level)
                self._sink.add(unknown("level", word, self._names.levels))
            self._names.titles[item.name.text] = title
        self._refuse_options(item.options)

    def _check_titles(self) -> None:
        for item in self._file.items:
            if not isinstance(item, nodes.TitleDeclaration) or item.above is None:
                continue
            if item.above.text not in self._names.titles:
                self._sink.add(unknown("title", item.above, self._names.titles))
                continue
            path = [item.name.text]
            below: str | None = item.above.text
            while below is not None and below in self._names.titles:
                path.append(below)
                if path.count(below) > 1:
                    if below == item.name.text:
                        why = Absent(Why.CIRCULAR, path=tuple(path))
                        self._sink.add(absent("vocabulary", item.above, why))
                    break
                below = self._names.titles[below].above

    def _fact(self, item: nodes.FactDeclaration) -> None:
        kind = read_type(item.type, self._names, self._sink)
        fresh = self._names.add("facts", item.name, self._sink)
        levels: tuple[str, ...] = ()
        for option in item.options:
            if isinstance(option, nodes.OnLevels):
                for word in option.levels:
                    if word.text not in self._names.levels:
                        self._sink.add(unknown("level", word, self._names.levels))
                levels = tuple(word.text for word in option.levels)
            elif isinstance(option, nodes.SumsUp):
                self._check_summable(item, kind)
            elif isinstance(option, nodes.MayExceed):
                self._check_may_exceed(item, option, kind)
        if fresh and kind is not None:
            self._names.facts[item.name.text] = Fact(
                item.name.text,
                kind,
                label_of(item.name.text, item.label, item.options),
                levels,
                any(isinstance(o, nodes.SumsUp) for o in item.options),
                any(isinstance(o, nodes.MayExceed) for o in item.options),
                next(
                    (
                        o.text.text
                        for o in item.options
                        if isinstance(o, nodes.BasisClause)
                    ),
                    "",
                ),
                tuple(
                    o.text.text for o in item.options if isinstance(o, nodes.NoteClause)
                ),
                span=item.name.span,
            )

    def _check_summable(self, item: nodes.FactDeclaration, kind: Type | None) -> None:
        if kind is not None and not isinstance(
            kind, CountType | ShareType | AmountType
        ):
            self._misplaced("sums up", item)

    def _check_may_exceed(
        self, item: nodes.FactDeclaration, option: nodes.MayExceed, kind: Type | None
    ) -> None:
        inner = kind.item if isinstance(kind, ListType) else kind
        if read_number(option.limit.number.text) != 100 or (
            kind is not None and not isinstance(inner, ShareType)
        ):
            self._misplaced("may exceed", item)

    def _misplaced(self, clause: str, item: nodes.FactDeclaration) -> None:
        values: dict[str, Fill] = {
            "clause": clause,
            "owner": Text(f"fact `{item.name.text}`", f"số liệu `{item.name.text}`"),
        }
        self._sink.add(Diagnostic(codes.CLAUSE_MISPLACED, item.span, values))

    def _refuse_options(self, options: Iterable[nodes.Node]) -> None:
        """Refuse, outside facts, the options that only facts have."""
        for option in options:
            if isinstance(option, nodes.OnLevels | nodes.SumsUp | nodes.MayExceed):
                values: dict[str, Fill] = {
                    "clause": option.span.text,
                    "owner": Text(
                        "a declaration other than `fact`", "khai báo không phải số liệu"
                    ),
                }
                self._sink.add(Diagnostic(codes.CLAUSE_MISPLACED, option.span, values))


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
            item = None if node.of is None else read_type(node.of, names, sink)
            return None if item is None else ListType(item)
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
