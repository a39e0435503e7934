"""
From a ruleset file to a checked ruleset.

Source: language.md section 1.
"""

from __future__ import annotations

import datetime

from ntmrules.checker._building import Built, Inheriting, build, builds_on
from ntmrules.checker._clauses import Complainer, notes
from ntmrules.checker._delegated import DelegatedReader, gather, settings
from ntmrules.checker._expressions import Reader
from ntmrules.checker._header import Header, HeaderReader
from ntmrules.checker._labels import LabelCollector
from ntmrules.checker._library import CheckedVocabulary, Library
from ntmrules.checker._names import (
    Names,
    add_definition,
    content_hash,
    label_of,
    use_all,
)
from ntmrules.checker._opening import open_rulesets
from ntmrules.checker._provisions import ProvisionReader
from ntmrules.checker._scope import NOWHERE, Own
from ntmrules.checker._versions import check_reference
from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.model.ruleset import Confers, Expectation, Ruleset
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.model.words import name_of
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


class RulesetChecker:
    """Checks one ruleset file."""

    def __init__(self, file: nodes.RulesetFile, library: Library, sink: Sink) -> None:
        self._file = file
        self._library = library
        self._sink = sink
        self._names = Names()
        self._built: Built | None = None
        # What has failed before the check was a declaration the parser left out.
        self._own = Own(file.name.text, incomplete=sink.failed)

    def check(self) -> Ruleset | None:
        """Give the ruleset; `None`, and diagnostics, when it cannot be used."""
        if not self._build():
            return None
        file, names, own = self._file, self._names, self._own
        use_all(file.items, names, self._library, self._sink)
        for item in file.items:
            if isinstance(item, nodes.Define):
                add_definition(item, names, self._sink)
        gather(file.items, names, self._sink)
        LabelCollector(file, own, self._sink).collect()
        header = HeaderReader(file, names, self._sink).read()
        if header.start is not None and header.end is not None:
            own.years = range(header.start.year, header.end.year + 1)
        if header.start is not None:
            own.interval = (header.start, header.end or datetime.date.max)
        if header.level is None or names.incomplete or not self._same_level(header):
            # Without its vocabularies, every name of the file would be unknown.
            return None
        own.level = header.level
        brought = (*names.definitions.values(), *names.expectations)
        open_rulesets((*file.header, *file.items, *brought), self._library)
        return self._read(header, header.level)

    def _build(self) -> bool:
        """Join the file with what it builds on, if it does."""
        clause = builds_on(self._file)
        if clause is None:
            return True
        built = build(self._file, clause, self._library, self._sink)
        if built is None:
            return False
        self._file, self._built = built.file, built
        self._names.hashes.append(built.base.content_hash)
        self._sink = Inheriting(self._sink, built)
        return True

    def _same_level(self, header: Header) -> bool:
        """Refuse to assess another level than the ruleset that this builds on."""
        built, level = self._built, header.level
        if built is None or level is None or level.name == built.base.level.name:
            return True
        values: dict[str, Fill] = {
            "name": built.base.id,
            "level": name_of(built.base.level),
            "found": name_of(level),
        }
        self._sink.add(Diagnostic(codes.RULESET_LEVEL, built.clause.span, values))
        return False

    def _read(self, header: Header, level: Level) -> Ruleset | None:
        """Read everything below the header."""
        file, names, own = self._file, self._names, self._own
        base = None if self._built is None else self._built.base
        reader = Reader(names, self._library, self._sink, own, level)
        set_to = settings(file.items, names, self._sink)
        names.read.update(DelegatedReader(reader, base).read(set_to))
        confers = self._confers(reader)
        provisions = ProvisionReader(file, own, reader, self._sink)
        preconditions = provisions.read("precondition")
        criteria = provisions.read("criterion")
        provisions.check_circles()
        provisions.check_repeated([*preconditions, *criteria])
        self._read_definitions(reader)
        expectations = self._expectations(reader)
        if header.start is not None:
            self._check_references(header.start, header.end)
        vocabulary = self._whole_vocabulary()
        if not self._sink.failed:
            provisions.check_extent([*preconditions, *criteria])
        if self._sink.failed or header.start is None or header.basis is None:
            return None
        return Ruleset(
            file.name.text,
            label_of(file.name.text, None, file.header),
            level,
            header.basis,
            header.start,
            header.end,
            header.status,
            confers,
            {criterion.label: criterion for criterion in preconditions},
            {criterion.label: criterion for criterion in criteria},
            vocabulary,
            own.versions,
            expectations,
            notes(file.header),
            content_hash(file.span, names.hashes),
            file.span.file.name,
            base,
            self._built is not None and self._built.tightens,
            names.read,
            span=file.name.span,
        )

    def _expectations(self, reader: Reader) -> tuple[Expectation, ...]:
        """Read the expectations of the file, and those used ones of its level."""
        own = [x for x in self._file.items if isinstance(x, nodes.Expect)]
        for item in own:
            if item.level is not None and item.level.text != reader.level.name:
                owner = Text(
                    f"a ruleset for {reader.level.name}",
                    f"bộ tiêu chí cấp {name_of(reader.level).vi}",
                )
                word = f"on {item.level.text}"
                Complainer(self._sink).misplaced(word, item.level.span, owner)
        used = [
            item
            for item in self._names.expectations
            if item.level is not None and item.level.text == reader.level.name
        ]
        found: list[Expectation] = []
        for item in (*used, *own):
            reader.place = Text(item.title.text, item.title.text)
            condition = reader.condition(item.condition)
            if condition is not None:
                name = Text(item.title.text, item.title.text)
                found.append(Expectation(name, condition, span=item.span))
        return tuple(found)

    def _check_references(
        self, start: datetime.date, end: datetime.date | None
    ) -> None:
        interval = (start, end or datetime.date.max)
        for name, span in self._own.others.items():
            check_reference(interval, name, self._own.versions[name], span, self._sink)

    def _confers(self, reader: Reader) -> Confers | None:
        for clause in self._file.header:
            if isinstance(clause, nodes.Confers):
                title = reader.title(clause.title)
                when = None if clause.when is None else reader.condition(clause.when)
                if title is not None:
                    return Confers(clause.word == "revokes", title, when)
        return None

    def _read_definitions(self, reader: Reader) -> None:
        """Check definitions that nothing uses, so that their mistakes show too."""
        reader.place = NOWHERE
        for item in self._file.items:
            if isinstance(item, nodes.Define):
                reader.check_definition(item)

    def _whole_vocabulary(self) -> Vocabulary:
        """
        Add what the rulesets that are referred to can ask of the same unit.

        A unit is checked once, against all of it.
        """
        for name, versions in self._own.versions.items():
            for version in versions:
                word = nodes.Word(name, span=self._own.others[name])
                other = CheckedVocabulary(
                    version.vocabulary, {}, (), version.content_hash
                )
                self._names.use(other, word, self._sink)
        return self._names.vocabulary(self._file.name.text)
