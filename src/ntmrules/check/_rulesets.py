"""
From a ruleset file to a checked ruleset.

Source: language.md section 1.
"""

from __future__ import annotations

import datetime
import graphlib
import itertools
from collections.abc import Iterable, Iterator, Sequence

from ntmrules.check._expressions import Reader
from ntmrules.check._library import CheckedVocabulary, Library
from ntmrules.check._references import depends_on
from ntmrules.check._scope import Own
from ntmrules.check._versions import check_reference
from ntmrules.check._vocabularies import (
    Names,
    add_definition,
    content_hash,
    label_of,
    unknown,
    use_all,
)
from ntmrules.check._words import KINDS
from ntmrules.diagnostics import Code, Diagnostic, Help, Note, Sink, codes
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import (
    Attested,
    Confers,
    Criterion,
    Indicator,
    Instrument,
    Ruleset,
)
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_FIRST_USED = Text("first used here", "dùng lần đầu ở đây")
_ADD = Text("add `{text}`", "thêm `{text}`")
_STATUSES = ("draft", "pending")
_HEADER = (
    nodes.NameClause,
    nodes.ForClause,
    nodes.BuildsOn,
    nodes.Confers,
    nodes.BasisClause,
    nodes.InForce,
    nodes.StatusClause,
    nodes.NoteClause,
)


class RulesetChecker:
    """Checks one ruleset file."""

    def __init__(self, file: nodes.RulesetFile, library: Library, sink: Sink) -> None:
        self._file = file
        self._library = library
        self._sink = sink
        self._names = Names()
        self._own = Own(file.name.text)
        self._reader: Reader | None = None
        self._dependencies: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def check(self) -> Ruleset | None:
        """Give the ruleset; `None`, and diagnostics, when it cannot be used."""
        file = self._file
        use_all(file.items, self._names, self._library, self._sink)
        for item in file.items:
            if isinstance(item, nodes.Define):
                add_definition(item, self._names, self._sink)
        self._collect_labels()
        level = self._level()
        start, end = self._dates()
        basis = self._basis()
        self._check_header()
        if start is not None and end is not None:
            self._own.years = range(start.year, end.year + 1)
        if level is None:
            return None
        reader = Reader(self._names, self._library, self._sink, self._own, level)
        self._reader = reader
        confers = self._confers(reader)
        preconditions = self._provisions("precondition", reader)
        criteria = self._provisions("criterion", reader)
        self._read_definitions(reader)
        self._check_circles()
        self._check_repeated([*preconditions, *criteria])
        if start is not None:
            own = (start, end or datetime.date.max)
            for name, span in self._own.others.items():
                versions = self._own.versions[name]
                check_reference(own, name, versions, span, self._sink)
        vocabulary = self._whole_vocabulary()
        if self._sink.failed or start is None or basis is None:
            return None
        return Ruleset(
            file.name.text,
            label_of(file.name.text, None, file.header),
            level,
            basis,
            start,
            end,
            self._status(),
            confers,
            {criterion.label: criterion for criterion in preconditions},
            {criterion.label: criterion for criterion in criteria},
            vocabulary,
            self._own.versions,
            _notes(file.header),
            content_hash(file.span, self._names.hashes),
            file.span.file.name,
            span=file.name.span,
        )

    def _whole_vocabulary(self) -> Vocabulary:
        """
        Add what the rulesets that are referred to can ask of the same unit.

        A unit is checked once, against all of it.
        """
        for name, versions in self._own.versions.items():
            for version in versions:
                word = nodes.Word(name, span=self._own.others[name])
                other = CheckedVocabulary(version.vocabulary, {}, version.content_hash)
                self._names.use(other, word, self._sink)
        return self._names.vocabulary(self._file.name.text)

    def _complain(
        self,
        code: Code,
        span: Span,
        values: dict[str, Fill],
        notes: tuple[Note, ...] = (),
        advice: Help | None = None,
    ) -> None:
        self._sink.add(Diagnostic(code, span, values, notes=notes, help=advice))

    # The header.

    def _check_header(self) -> None:
        owner = Text("the header of a ruleset", "phần đầu của bộ tiêu chí")
        for clause in self._file.header:
            if not isinstance(clause, _HEADER):
                self._misplaced(clause, owner)
        names = [c for c in self._file.header if isinstance(c, nodes.NameClause)]
        self._once([c for c in names if not _is_english(c)], "name")
        self._once([c for c in names if _is_english(c)], "name en")
        for kind, word in (
            (nodes.ForClause, "for"),
            (nodes.Confers, "grants"),
            (nodes.BasisClause, "basis"),
            (nodes.InForce, "in force"),
            (nodes.StatusClause, "status"),
        ):
            self._once([c for c in self._file.header if isinstance(c, kind)], word)
        if not names:
            self._missing("name", self._file.name, self._ruleset_text(), 'name "…"')

    def _ruleset_text(self) -> Text:
        name = self._file.name.text
        return Text(f"ruleset `{name}`", f"bộ tiêu chí `{name}`")

    def _misplaced(self, clause: nodes.Node, owner: Text) -> None:
        word = clause.span.text.split(maxsplit=1)[0]
        values: dict[str, Fill] = {"clause": word, "owner": owner}
        self._complain(codes.CLAUSE_MISPLACED, clause.span, values)

    def _missing(self, clause: str, at: nodes.Node, owner: Text, text: str) -> None:
        values: dict[str, Fill] = {"clause": clause, "owner": owner}
        advice = Help(_ADD, {"text": text})
        self._complain(codes.CLAUSE_MISSING, at.span, values, advice=advice)

    def _once(self, clauses: Sequence[nodes.Node], word: str) -> None:
        for clause in clauses[1:]:
            notes = (Note(_FIRST_USED, clauses[0].span),)
            self._complain(codes.CLAUSE_TWICE, clause.span, {"clause": word}, notes)

    def _level(self) -> Level | None:
        found = [c for c in self._file.header if isinstance(c, nodes.ForClause)]
        if not found:
            self._missing("for", self._file.name, self._ruleset_text(), "for commune")
            return None
        level = self._names.levels.get(found[0].level.text)
        if level is None:
            self._sink.add(unknown("level", found[0].level, self._names.levels))
        return level

    def _dates(self) -> tuple[datetime.date | None, datetime.date | None]:
        found = [c for c in self._file.header if isinstance(c, nodes.InForce)]
        name = self._file.name
        if not found:
            advice = Help(_ADD, {"text": "in force from 2021-01-05 to 2025-12-31"})
            values: dict[str, Fill] = {"name": name.text}
            self._complain(codes.NO_DATES, name.span, values, advice=advice)
            return None, None
        start = _date(found[0].start)
        end = None if found[0].end is None else _date(found[0].end)
        if start is not None and end is not None and end < start:
            values = {"start": start.isoformat(), "end": end.isoformat()}
            self._complain(codes.DATES_REVERSED, found[0].span, values)
        return start, end

    def _basis(self) -> Instrument | None:
        found = [c for c in self._file.header if isinstance(c, nodes.BasisClause)]
        if found:
            return _instrument(found[0])
        name = self._file.name
        text = 'basis "318/QĐ-TTg" dated 2022-03-08 by "…"'
        advice = Help(_ADD, {"text": text})
        self._complain(codes.NO_BASIS, name.span, {"name": name.text}, advice=advice)
        return None

    def _status(self) -> str:
        for clause in self._file.header:
            if isinstance(clause, nodes.StatusClause):
                if clause.status.text in _STATUSES:
                    return clause.status.text
                self._sink.add(unknown("status", clause.status, _STATUSES))
        return "in force"

    def _confers(self, reader: Reader) -> Confers | None:
        for clause in self._file.header:
            if isinstance(clause, nodes.Confers):
                title = reader.title(clause.title)
                when = None if clause.when is None else reader.condition(clause.when)
                if title is not None:
                    return Confers(clause.word == "revokes", title, when)
        return None

    # Labels.

    def _items(self, kind: str) -> Iterator[nodes.Provision]:
        for item in self._file.items:
            if isinstance(item, nodes.Provision) and item.kind == kind:
                yield item

    def _collect_labels(self) -> None:
        own = self._own
        seen: dict[str, Span] = {}
        criteria: dict[str, nodes.Provision] = {}
        preconditions: dict[str, nodes.Provision] = {}
        indicators: dict[str, nodes.Provision] = {}
        for kind, group in (("precondition", preconditions), ("criterion", criteria)):
            before: nodes.Word | None = None
            for item in self._items(kind):
                before = self._check_label(item, seen, before)
                group.setdefault(item.label.text, item)
                inner: nodes.Word | None = None
                for indicator in item.indicators:
                    inner = self._check_label(indicator, seen, inner)
                    indicators.setdefault(indicator.label.text, indicator)
                    self._check_inside(indicator.label, item.label)
                if not item.indicators:
                    indicators.setdefault(item.label.text, item)
        own.criteria, own.preconditions = criteria, preconditions
        own.indicators = indicators

    def _check_label(
        self, item: nodes.Provision, seen: dict[str, Span], before: nodes.Word | None
    ) -> nodes.Word:
        label = item.label
        if label.text in seen:
            notes = (Note(_FIRST_USED, seen[label.text]),)
            self._complain(codes.LABEL_TWICE, label.span, {"label": label.text}, notes)
        seen.setdefault(label.text, label.span)
        if before is not None and before.text != label.text:
            first, second = _numbers(before.text), _numbers(label.text)
            if first and second and second < first:
                values: dict[str, Fill] = {"label": label.text, "before": before.text}
                self._complain(codes.LABEL_ORDER, label.span, values)
        return label

    def _check_inside(self, label: nodes.Word, criterion: nodes.Word) -> None:
        inner, outer = _numbers(label.text), _numbers(criterion.text)
        if inner and outer and len(inner) > 1 and inner[: len(outer)] != outer:
            values: dict[str, Fill] = {
                "label": label.text,
                "criterion": criterion.text,
            }
            self._complain(codes.LABEL_OUTSIDE, label.span, values)

    # Criteria and indicators.

    def _provisions(self, kind: str, reader: Reader) -> list[Criterion]:
        read = [self._criterion(item, reader) for item in self._items(kind)]
        return [criterion for criterion in read if criterion is not None]

    def _criterion(self, item: nodes.Provision, reader: Reader) -> Criterion | None:
        key = ("criterion", item.label.text)
        if not item.indicators:
            self._dependencies[key] = [("indicator", item.label.text)]
            alone = self._indicator(item, reader)
            if alone is None:
                return None
            return Criterion(
                alone.label,
                alone.name,
                None,
                (alone,),
                None,
                alone.basis,
                alone.notes,
                span=item.span,
            )
        reader.place = _place(item)
        owner = Text("a criterion with indicators", "tiêu chí có các chỉ tiêu")
        for clause in item.clauses:
            if isinstance(clause, nodes.Require | nodes.Attested | nodes.Unverified):
                self._misplaced(clause, owner)
        applies, passes = self._conditions(item, reader)
        inside = [("indicator", x.label.text) for x in item.indicators]
        self._dependencies[key] = [*inside, *self._needs(applies, passes)]
        read = [self._indicator(indicator, reader) for indicator in item.indicators]
        indicators = tuple(indicator for indicator in read if indicator is not None)
        if not indicators:
            return None
        return Criterion(
            item.label.text,
            label_of(item.label.text, item.title, item.clauses),
            applies,
            indicators,
            passes,
            _instruments(item.clauses),
            _notes(item.clauses),
            span=item.span,
        )

    def _conditions(
        self, item: nodes.Provision, reader: Reader
    ) -> tuple[e.Expression | None, e.Expression | None]:
        applies = passes = None
        for clause in item.clauses:
            if isinstance(clause, nodes.AppliesWhen):
                applies = reader.condition(clause.condition)
            elif isinstance(clause, nodes.PassesWhen):
                passes = reader.condition(clause.condition)
        self._check_clauses(item)
        return applies, passes

    def _check_clauses(self, item: nodes.Provision) -> None:
        names = [c for c in item.clauses if isinstance(c, nodes.NameClause)]
        self._once([c for c in names if not _is_english(c)], "name")
        self._once([c for c in names if _is_english(c)], "name en")
        for kind, word in (
            (nodes.AppliesWhen, "applies when"),
            (nodes.PassesWhen, "passes when"),
            (nodes.Unverified, "unverified"),
        ):
            self._once([c for c in item.clauses if isinstance(c, kind)], word)
        requirements = nodes.Require | nodes.Attested
        found = [c for c in item.clauses if isinstance(c, requirements)]
        self._once(found, "require")

    def _indicator(self, item: nodes.Provision, reader: Reader) -> Indicator | None:
        reader.place = _place(item)
        applies, passes = self._conditions(item, reader)
        for clause in item.clauses:
            if isinstance(clause, nodes.PassesWhen):
                owner = Text("an indicator", "một chỉ tiêu")
                self._misplaced(clause, owner)
        requirement: e.Expression | Attested | None = None
        stated = False
        unverified = ""
        for clause in item.clauses:
            match clause:
                case nodes.Require():
                    stated = True
                    requirement = reader.condition(clause.condition)
                case nodes.Attested():
                    stated = True
                    by = "" if clause.by is None else clause.by.text
                    requirement = Attested(by, span=clause.span)
                case nodes.Unverified():
                    unverified = clause.reason.text or "…"
                case _:
                    pass
        if not stated:
            kind, label = KINDS[item.kind], item.label.text
            owner = Text(f"{kind.en} `{label}`", f"{kind.vi} `{label}`")
            self._missing("require", item.label, owner, "require …")
        required = requirement if not isinstance(requirement, Attested) else None
        key = ("indicator", item.label.text)
        self._dependencies[key] = self._needs(applies, passes, required)
        if requirement is None:
            return None
        return Indicator(
            item.label.text,
            label_of(item.label.text, item.title, item.clauses),
            applies,
            requirement,
            unverified,
            _instruments(item.clauses),
            _notes(item.clauses),
            span=item.span,
        )

    def _needs(self, *parts: e.Expression | None) -> list[tuple[str, str]]:
        needs: list[tuple[str, str]] = []
        for part in parts:
            if part is not None:
                edges = depends_on(part, self._own.criteria)
                needs += [(edge.kind, edge.label) for edge in edges]
        return needs

    def _read_definitions(self, reader: Reader) -> None:
        """Check definitions that nothing uses, so that their mistakes show too."""
        reader.place = ""
        for item in self._file.items:
            if isinstance(item, nodes.Define):
                reader.check_definition(item)

    def _check_circles(self) -> None:
        """Refuse criteria and indicators that depend on themselves."""
        graph = {key: set(needs) for key, needs in self._dependencies.items()}
        while True:
            try:
                graphlib.TopologicalSorter(graph).prepare()
            except graphlib.CycleError as error:
                # The sorter names a circle from what is needed to what needs it.
                path = list(reversed(error.args[1]))
                self._circle(path)
                graph[path[0]].discard(path[1])
            else:
                return

    def _circle(self, path: list[tuple[str, str]]) -> None:
        # A criterion and its one indicator share a label: say it once.
        labels = [key for key, _ in itertools.groupby(label for _, label in path)]
        if len(labels) == 1:
            labels *= 2
        groups = (self._own.indicators, self._own.criteria, self._own.preconditions)
        item = next(group[labels[0]] for group in groups if labels[0] in group)
        edges = " → ".join(f"`{label}`" for label in labels)
        note = Note(Text("{path}", "{path}"), None, {"path": edges})
        self._complain(codes.CIRCULAR, item.label.span, {"name": labels[0]}, (note,))

    def _check_repeated(self, criteria: Iterable[Criterion]) -> None:
        seen: dict[str, Indicator] = {}
        for criterion in criteria:
            for indicator in criterion.indicators:
                if isinstance(indicator.requirement, Attested):
                    continue
                parts = [indicator.requirement, indicator.applies]
                text = "|".join(
                    " ".join(part.span.text.split()) for part in parts if part
                )
                first = seen.setdefault(text, indicator)
                if first is not indicator:
                    values: dict[str, Fill] = {
                        "label": indicator.label,
                        "other": first.label,
                    }
                    notes = (Note(Text("the other", "chỉ tiêu kia"), first.span),)
                    at = indicator.requirement.span
                    self._complain(codes.REPEATED, at, values, notes)


def _is_english(clause: nodes.NameClause) -> bool:
    return clause.language is not None and clause.language.text == "en"


def _numbers(label: str) -> tuple[int, ...]:
    """Split a dotted label into numbers; nothing for labels such as ``K1``."""
    parts = label.split(".")
    if not all(part.isdigit() for part in parts):
        return ()
    return tuple(int(part) for part in parts)


def _date(node: nodes.Date) -> datetime.date:
    return datetime.date.fromisoformat(node.text)


def _instrument(clause: nodes.BasisClause) -> Instrument:
    dated = None if clause.dated is None else _date(clause.dated)
    issuer = "" if clause.issuer is None else clause.issuer.text
    return Instrument(clause.text.text, dated, issuer)


def _instruments(clauses: Iterable[nodes.Node]) -> tuple[Instrument, ...]:
    return tuple(_instrument(c) for c in clauses if isinstance(c, nodes.BasisClause))


def _notes(clauses: Iterable[nodes.Node]) -> tuple[str, ...]:
    return tuple(c.text.text for c in clauses if isinstance(c, nodes.NoteClause))


def _place(item: nodes.Provision) -> str:
    kind = KINDS[item.kind].en
    return f"{kind} {item.label.text} · {item.title.text}"
