"""
Building on another ruleset: what is taken over, changed and left out.

The two texts are joined before anything is checked, so whatever the other one says is
checked again under the changes.  Source: language.md section 9.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import attrs

from ntmrules.checker._clauses import Complainer, date_of
from ntmrules.checker._library import Absent, Library
from ntmrules.checker._names import absent, defined_twice
from ntmrules.checker._words import KINDS, either, listed
from ntmrules.diagnostics import (
    Code,
    Diagnostic,
    Edit,
    Help,
    Note,
    Severity,
    Sink,
    codes,
    nearest,
)
from ntmrules.model.ruleset import Ruleset, describe_dates
from ntmrules.source import Span
from ntmrules.syntax import nodes, parse
from ntmrules.text import Fill, Text


_TAKEN_OVER = Text("taken over here", "được kế thừa ở đây")
_THERE = Text("it stands here", "quy định nằm ở đây")
_WRITE_ONE_OF = Text("write {names}", "hãy viết {names}")
_LABELS_ARE = Text("the labels are {names}", "các số hiệu là {names}")
_MOST_LISTED = 30
_REMOVE_WHOLE = Text(
    "write `remove criterion {criterion}`", "hãy viết `remove criterion {criterion}`"
)
_KEEP = Text(
    "keep it, or write `extends` instead of `tightens`",
    "giữ lại, hoặc viết `extends` thay cho `tightens`",
)
_OF_DATES = frozenset({codes.REFERENCE_GAP, codes.YEARS_MISSING})
_NONE = Text("there is none", "không có phiên bản nào")


@attrs.frozen(eq=False)
class Built:
    """
    A ruleset file joined with what it builds on.

    Attributes:
        file: The whole.
        base: The version it starts from.
        clause: The clause that names it.
    """

    file: nodes.RulesetFile
    base: Ruleset
    clause: nodes.BuildsOn

    @property
    def outlives(self) -> bool:
        """Whether it goes on after its base."""
        end = _dates(self.file)[1]
        return self.base.end is not None and (end is None or end > self.base.end)

    @property
    def tightens(self) -> bool:
        """Whether it may only be stricter."""
        return self.clause.word == "tightens"


def builds_on(file: nodes.RulesetFile) -> nodes.BuildsOn | None:
    """Give the clause that names what a file builds on, if it does."""
    for clause in file.header:
        if isinstance(clause, nodes.BuildsOn):
            return clause
    return None


def build(
    file: nodes.RulesetFile, clause: nodes.BuildsOn, library: Library, sink: Sink
) -> Built | None:
    """Join a file with the version of the ruleset it builds on."""
    start, _ = _dates(file)
    found = library.rulesets(clause.ruleset.text)
    if isinstance(found, Absent):
        sink.add(absent("ruleset", clause.ruleset, found))
        return None
    if start is None:
        return None  # the parser said so
    base = next((version for version in found if version.in_force(start)), None)
    name = clause.ruleset.text
    if base is None:
        values: dict[str, Fill] = {
            "name": name,
            "date": start,
            "detail": describe_dates(found) if found else _NONE,
        }
        sink.add(Diagnostic(codes.BASE_NOT_IN_FORCE, clause.ruleset.span, values))
        return None
    below = written(base)
    joined = _Joiner(file, below, name, sink, tightens=clause.word == "tightens").join()
    built = Built(joined, base, clause)
    if built.outlives and base.end is not None:
        values = {"name": name, "end": base.end}
        sink.add(Diagnostic(codes.BASE_ENDS, clause.ruleset.span, values))
    return built


def _dates(
    file: nodes.RulesetFile,
) -> tuple[datetime.date | None, datetime.date | None]:
    for clause in file.header:
        if isinstance(clause, nodes.InForce):
            end = None if clause.end is None else date_of(clause.end)
            return date_of(clause.start), end
    return None, None


def written(ruleset: Ruleset) -> nodes.RulesetFile:
    """Give the text of a checked ruleset as a tree, with all it builds on."""
    tree = parse(ruleset.span.file, Sink())
    assert isinstance(tree, nodes.RulesetFile)
    if ruleset.base is None:
        return tree
    below = written(ruleset.base)
    return _Joiner(
        tree, below, ruleset.base.id, Sink(), tightens=ruleset.tightens
    ).join()


class _Joiner:
    """Joins one file with the tree below it."""

    def __init__(
        self,
        file: nodes.RulesetFile,
        below: nodes.RulesetFile,
        name: str,
        sink: Sink,
        *,
        tightens: bool,
    ) -> None:
        self._file, self._below, self._name = file, below, name
        self._tightens, self._sink = tightens, sink
        self._items: list[nodes.Item] = list(below.items)
        self._changed: dict[tuple[str, str], Span] = {}

    def join(self) -> nodes.RulesetFile:
        """Apply every change in turn, and append what is new."""
        for item in self._file.items:
            match item:
                case nodes.Replace():
                    self._replace(item)
                case nodes.Remove():
                    self._remove(item)
                case _:
                    self._items.append(item)
        header = (*self._file.header, *self._inherited())
        return attrs.evolve(self._file, header=header, items=tuple(self._items))

    def _inherited(self) -> Iterator[nodes.Clause]:
        """Give the clauses of the header that are taken over where not given."""
        for kind in (nodes.ForClause, nodes.Confers):
            if not any(isinstance(clause, kind) for clause in self._file.header):
                yield from (x for x in self._below.header if isinstance(x, kind))

    def _replace(self, item: nodes.Replace) -> None:
        found = self._find(item)
        if found is None:
            return
        at, criterion, indicator = found
        old = criterion if indicator is None else indicator
        new = nodes.Provision(
            old.kind,
            item.label,
            item.title or old.title,
            (*_names_kept(old, item), *item.clauses),
            item.indicators,
            span=item.span,
        )
        if indicator is None:
            self._items[at] = new
            return
        inside = tuple(new if x is indicator else x for x in criterion.indicators)
        self._items[at] = attrs.evolve(criterion, indicators=inside)

    def _remove(self, item: nodes.Remove) -> None:
        found = self._find(item)
        if found is None:
            return
        at, criterion, indicator = found
        old = criterion if indicator is None else indicator
        notes = (Note(_THERE, old.span),)
        if self._tightens:
            values: dict[str, Fill] = {
                "kind": item.kind,
                "label": item.label.text,
                "ruleset": self._name,
            }
            self._say(codes.REMOVED_UNDER_TIGHTENS, item.span, values, notes, _KEEP)
            return
        if indicator is None:
            del self._items[at]
            return
        inside = tuple(x for x in criterion.indicators if x is not indicator)
        if not inside:
            values = {"label": item.label.text, "criterion": criterion.label.text}
            self._say(codes.REMOVES_ALL, item.span, values, notes, _REMOVE_WHOLE)
            return
        self._items[at] = attrs.evolve(criterion, indicators=inside)

    def _find(
        self, item: nodes.Replace | nodes.Remove
    ) -> tuple[int, nodes.Provision, nodes.Provision | None] | None:
        """
        Find what a change is about.

        An indicator is given with the criterion it stands in; a criterion, or one that
        is an indicator itself, alone.
        """
        label, key = item.label.text, (item.kind, item.label.text)
        if key in self._changed:
            name = f"{item.kind} {label}"
            self._sink.add(defined_twice(name, item.label.span, self._changed[key]))
            return None
        self._changed[key] = item.label.span
        known: list[str] = []
        for at, criterion in enumerate(self._items):
            if not isinstance(criterion, nodes.Provision):
                continue
            own = any(x is criterion for x in self._file.items)
            for outer, inner in _labelled(criterion, item.kind):
                found = outer if inner is None else inner
                if found.label.text == label and not own:
                    return at, outer, inner
                known.append(found.label.text)
        self._unknown(item, known)
        return None

    def _unknown(self, item: nodes.Replace | nodes.Remove, known: list[str]) -> None:
        close = nearest(item.label.text, known)
        values: dict[str, Fill] = {"kind": KINDS[item.kind], "label": item.label.text}
        advice = Help(_LABELS_ARE, {"names": listed(known[:_MOST_LISTED])})
        if close:
            edit = Edit(item.label.span, close[0])
            advice = Help(_WRITE_ONE_OF, {"names": either(close)}, edit)
        Complainer(self._sink).complain(
            codes.UNKNOWN_LABEL, item.label.span, values, advice=advice
        )

    def _say(
        self,
        code: Code,
        at: Span,
        values: dict[str, Fill],
        notes: tuple[Note, ...],
        advice: Text,
    ) -> None:
        Complainer(self._sink).complain(code, at, values, notes, Help(advice, values))


def _labelled(
    criterion: nodes.Provision, kind: str
) -> Iterator[tuple[nodes.Provision, nodes.Provision | None]]:
    if kind == "criterion" or not criterion.indicators:
        yield criterion, None
    if kind == "indicator":
        for indicator in criterion.indicators:
            yield criterion, indicator


def _names_kept(
    old: nodes.Provision, item: nodes.Replace
) -> Iterator[nodes.NameClause]:
    """Give the names that still fit: those of a title that stays."""
    if item.title is not None:
        return
    said = {_language(c) for c in item.clauses if isinstance(c, nodes.NameClause)}
    for clause in old.clauses:
        if isinstance(clause, nodes.NameClause) and _language(clause) not in said:
            yield clause


def _language(clause: nodes.NameClause) -> str:
    return clause.language.text if clause.language else "vi"


class Inheriting(Sink):
    """
    Tells of another text only what is new.

    That one was checked for itself: its warnings were told there.  What is an error
    under the changes alone is told with the place that takes it over.
    """

    def __init__(self, sink: Sink, built: Built) -> None:
        super().__init__()
        self._sink, self._at = sink, built.clause.span
        self._files = {id(layer.span.file) for layer in built.base.layers()}
        self._kept = _OF_DATES if built.outlives else frozenset()

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic, unless it was told of the other text already."""
        span = diagnostic.span
        if span is not None and id(span.file) in self._files:
            code = diagnostic.code
            if code.severity is not Severity.ERROR and code not in self._kept:
                return
            notes = (*diagnostic.notes, Note(_TAKEN_OVER, self._at))
            diagnostic = attrs.evolve(diagnostic, notes=notes)
        self._sink.add(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep several."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._sink)

    def __len__(self) -> int:
        return len(self._sink)

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return self._sink.failed

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Give all, by file and place."""
        return self._sink.sorted()
