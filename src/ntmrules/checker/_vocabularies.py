"""
From a vocabulary file to a checked vocabulary.

Source: language.md section 2.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ntmrules.checker._chains import Chains, follow
from ntmrules.checker._clauses import Complainer
from ntmrules.checker._expressions import Reader
from ntmrules.checker._library import Absent, CheckedVocabulary, Library, Why
from ntmrules.checker._names import (
    Names,
    absent,
    add_definition,
    content_hash,
    defined_twice,
    label_of,
    read_type,
    unknown,
    use_all,
)
from ntmrules.checker._scope import Own
from ntmrules.diagnostics import Diagnostic, Edit, Help, Sink, codes
from ntmrules.exact import read_number
from ntmrules.model.types import (
    AmountType,
    CountType,
    Enum,
    ListType,
    Noun,
    ShareType,
    Type,
)
from ntmrules.model.vocabulary import Fact, Level, Title
from ntmrules.source import Span
from ntmrules.syntax import MAX_DEPTH, nodes
from ntmrules.text import Fill, Text


_ADD_UP = Text(
    "only a count, a share or an amount adds up",
    "chỉ số lượng, tỷ lệ hoặc lượng mới cộng dồn được",
)
_SHARES_ONLY = Text(
    "only a share has 100% to exceed", "chỉ tỷ lệ mới có mức 100% để vượt"
)
_EXCEED_100 = Text(
    "write `may exceed 100%`, with which any figure is possible",
    "hãy viết `may exceed 100%`, khi đó mức nào cũng được",
)
# How many levels or titles may lie above one.
_CHAIN = MAX_DEPTH


class VocabularyChecker:
    """Checks one vocabulary file."""

    def __init__(
        self, file: nodes.VocabularyFile, library: Library, sink: Sink
    ) -> None:
        self._file = file
        self._library = library
        self._sink = sink
        self._names = Names()
        self._plurals: dict[tuple[str, str], Span | None] = {}

    def check(self) -> CheckedVocabulary:
        """Give what could be understood; the sink says what could not."""
        items = self._file.items
        use_all(items, self._names, self._library, self._sink)
        for noun in self._names.nouns.values():
            self._plurals["noun", noun.plural] = None
        for level in self._names.levels.values():
            self._plurals["level", level.plural] = level.span
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
        expectations = self._expectations()
        return CheckedVocabulary(
            vocabulary, self._names.definitions, expectations, digest
        )

    def _expectations(self) -> tuple[nodes.Expect, ...]:
        """Check the expectations, each on its level; give them with the used ones."""
        for item in self._file.items:
            if not isinstance(item, nodes.Expect):
                continue
            if item.level is None:
                owner = Text("`expect` in a vocabulary", "`expect` trong từ vựng")
                say = Complainer(self._sink)
                say.missing("on", item.title.span, owner, "on commune")
                continue
            level = self._names.levels.get(item.level.text)
            if level is None:
                self._sink.add(unknown("level", item.level, self._names.levels))
                continue
            own = Own(self._file.name.text)
            reader = Reader(self._names, self._library, self._sink, own, level)
            reader.condition(item.condition)
            self._names.expectations.append(item)
        return tuple(self._names.expectations)

    def _unit(self, item: nodes.UnitDeclaration) -> None:
        if self._names.add("nouns", item.name, self._sink):
            plural = item.name.text if item.plural is None else item.plural.text
            self._plural("noun", item.plural or item.name)
            label = label_of(item.name.text, item.label, item.options)
            self._names.nouns[item.name.text] = Noun(item.name.text, plural, label)

    def _plural(self, kind: str, word: nodes.Word) -> None:
        """Note a plural, which no other of its kind may have."""
        key = (kind, word.text)
        if key in self._plurals:
            self._sink.add(defined_twice(word.text, word.span, self._plurals[key]))
        self._plurals.setdefault(key, word.span)

    def _level(self, item: nodes.LevelDeclaration) -> None:
        if self._names.add("levels", item.name, self._sink):
            self._plural("level", item.plural)
            label = label_of(item.name.text, item.label, item.options)
            parent = None if item.parent is None else item.parent.text
            self._names.levels[item.name.text] = Level(
                item.name.text, item.plural.text, parent, label, span=item.name.span
            )

    def _check_circle(
        self,
        name: str,
        word: nodes.Word,
        following: Mapping[str, str | None],
        told: set[str],
    ) -> None:
        """Refuse what follows upon itself; *told* gathers the members of circles."""
        path = [name]
        step = following.get(name)
        while step is not None and step not in path:
            path.append(step)
            step = following.get(step)
        if step == name and name not in told:
            told.update(path)
            why = Absent(Why.CIRCULAR, path=(*path, name))
            self._sink.add(absent("vocabulary", word, why))

    def _check_parents(self) -> None:
        levels = self._names.levels
        words = {
            item.name.text: item.parent
            for item in self._file.items
            if isinstance(item, nodes.LevelDeclaration) and item.parent is not None
        }
        for word in words.values():
            if word.text not in levels:
                self._sink.add(unknown("level", word, levels))
        chains = follow({level.name: level.parent for level in levels.values()}, _CHAIN)
        for name in self._cut(chains, words):
            levels[name] = attrs.evolve(levels[name], parent=None)

    def _cut(self, chains: Chains, words: Mapping[str, nodes.Word]) -> set[str]:
        """Complain of circles and of chains without end; give where to cut them."""
        for name, path in chains.circles.items():
            if name in words:
                why = Absent(Why.CIRCULAR, path=path)
                self._sink.add(absent("vocabulary", words[name], why))
        for name in chains.too_long:
            if name in words:
                limit: dict[str, Fill] = {"limit": MAX_DEPTH}
                self._sink.add(Diagnostic(codes.TOO_DEEP, words[name].span, limit))
        return chains.cut

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

    def _check_titles(self) -> None:
        titles = self._names.titles
        words = {
            item.name.text: item.above
            for item in self._file.items
            if isinstance(item, nodes.TitleDeclaration) and item.above is not None
        }
        for name, word in words.items():
            if word.text not in titles:
                self._sink.add(unknown("title", word, titles))
            elif titles[word.text].level != name.partition(".")[0]:
                values: dict[str, Fill] = {
                    "title": word.text,
                    "level": titles[word.text].level,
                    "found": name.partition(".")[0],
                }
                self._sink.add(Diagnostic(codes.TITLE_LEVEL, word.span, values))
        chains = follow({title.name: title.above for title in titles.values()}, _CHAIN)
        for name in self._cut(chains, words):
            titles[name] = attrs.evolve(titles[name], above=None)

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
                self._check_summable(item, option, kind)
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

    def _check_summable(
        self, item: nodes.FactDeclaration, option: nodes.SumsUp, kind: Type | None
    ) -> None:
        if kind is not None and not isinstance(
            kind, CountType | ShareType | AmountType
        ):
            self._misplaced("sums up", option.span, item, Help(_ADD_UP))

    def _check_may_exceed(
        self, item: nodes.FactDeclaration, option: nodes.MayExceed, kind: Type | None
    ) -> None:
        inner = kind.item if isinstance(kind, ListType) else kind
        clause = f"may exceed {option.limit.span.text}"
        if kind is not None and not isinstance(inner, ShareType):
            self._misplaced(clause, option.span, item, Help(_SHARES_ONLY))
        elif read_number(option.limit.number.text) != 100:
            edit = Edit(option.span, "may exceed 100%")
            self._misplaced(clause, option.span, item, Help(_EXCEED_100, edit=edit))

    def _misplaced(
        self, clause: str, at: Span, item: nodes.FactDeclaration, advice: Help
    ) -> None:
        owner = Text(f"fact `{item.name.text}`", f"số liệu `{item.name.text}`")
        Complainer(self._sink).misplaced(clause, at, owner, advice)
