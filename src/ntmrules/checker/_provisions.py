"""
Criteria, preconditions and indicators.

Source: language.md section 1.
"""

from __future__ import annotations

import graphlib
import itertools
from collections.abc import Iterable

from ntmrules.checker._clauses import Complainer, instruments, notes
from ntmrules.checker._extent import MOST_LEVELS, MOST_VISITS, Book, Extents
from ntmrules.checker._labels import provisions
from ntmrules.checker._names import label_of
from ntmrules.checker._references import depends_on
from ntmrules.checker._scope import Own, Scope
from ntmrules.checker._words import KINDS
from ntmrules.diagnostics import Help, Note, Sink, codes
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator
from ntmrules.syntax import MAX_DEPTH, MAX_TOKENS, nodes
from ntmrules.text import Fill, Text


_FIRST_REQUIRED = Text("first required here", "yêu cầu lần đầu ở đây")
_REMOVE_OR_CORRECT = Text(
    "correct the fact or the figure, or remove one of them",
    "sửa lại tên số liệu hoặc mức, hoặc bỏ bớt một yêu cầu",
)

_WRITTEN_OUT = Text(
    "definitions, thresholds of others and each of several years count written out",
    "định nghĩa, mức của chỉ tiêu khác và từng năm đều tính như viết ra đầy đủ",
)

MOST_CIRCLES = 20
"""How many circles are told before the rest is left for later."""

Key = tuple[str, str]
"""A kind, ``"criterion"`` or ``"indicator"``, and a label."""


class ProvisionReader:
    """Reads the criteria and preconditions of one file."""

    def __init__(
        self, file: nodes.RulesetFile, own: Own, scope: Scope, sink: Sink
    ) -> None:
        self._file = file
        self._own = own
        self._scope = scope
        self._say = Complainer(sink)
        self._dependencies: dict[Key, list[Key]] = {}
        self._edges = 0

    def read(self, kind: str) -> list[Criterion]:
        """Read the criteria, or the preconditions, in the order of the file."""
        read = [self._criterion(item) for item in provisions(self._file, kind)]
        return [criterion for criterion in read if criterion is not None]

    def _criterion(self, item: nodes.Provision) -> Criterion | None:
        key = ("criterion", item.label.text)
        if not item.indicators:
            self._dependencies[key] = [("indicator", item.label.text)]
            alone = self._indicator(item)
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
        self._scope.place = _place(item)
        applies, passes = self._conditions(item)
        inside = [("indicator", x.label.text) for x in item.indicators]
        self._dependencies[key] = [*inside, *self._needs(applies, passes)]
        read = [self._indicator(indicator) for indicator in item.indicators]
        indicators = tuple(indicator for indicator in read if indicator is not None)
        if not indicators:
            return None
        return Criterion(
            item.label.text,
            label_of(item.label.text, item.title, item.clauses),
            applies,
            indicators,
            passes,
            instruments(item.clauses),
            notes(item.clauses),
            span=item.span,
        )

    def _conditions(
        self, item: nodes.Provision
    ) -> tuple[e.Expression | None, e.Expression | None]:
        applies = passes = None
        for clause in item.clauses:
            if isinstance(clause, nodes.AppliesWhen):
                applies = self._scope.condition(clause.condition)
            elif isinstance(clause, nodes.PassesWhen):
                passes = self._scope.condition(clause.condition)
        return applies, passes

    def _indicator(self, item: nodes.Provision) -> Indicator | None:
        self._scope.place = _place(item)
        applies, passes = self._conditions(item)
        requirement: e.Expression | Attested | None = None
        unverified = ""
        for clause in item.clauses:
            match clause:
                case nodes.Require():
                    requirement = self._scope.condition(clause.condition)
                case nodes.Attested():
                    by = "" if clause.by is None else clause.by.text
                    requirement = Attested(by, span=clause.span)
                case nodes.Unverified():
                    unverified = clause.reason.text or "…"
                case _:
                    pass
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
            instruments(item.clauses),
            notes(item.clauses),
            span=item.span,
        )

    def _needs(self, *parts: e.Expression | None) -> list[Key]:
        needs: list[Key] = []
        for part in parts:
            if part is not None:
                edges = depends_on(part, self._own.criteria)
                needs += [(edge.kind, edge.label) for edge in edges]
        self._edges += len(needs)
        if self._edges > MAX_TOKENS:
            limit: dict[str, Fill] = {"limit": MAX_TOKENS}
            self._say.complain(codes.TOO_MANY_TOKENS, self._file.name.span, limit)
            return []
        return needs

    def check_extent(self, criteria: Iterable[Criterion]) -> None:
        """Refuse what goes too deep, or is too much, with everything written out."""
        labelled = {criterion.label: criterion for criterion in criteria}
        kept = {x: labelled[x] for x in self._own.criteria if x in labelled}
        others = {x: labelled[x] for x in self._own.preconditions if x in labelled}
        book = Book(others, kept, self._own.versions)
        extents = Extents()
        provisions = extents.measure(book)
        for key, levels in book.levels.items():
            if levels > MOST_LEVELS:
                at = provisions[key].span
                self._say.complain(codes.TOO_DEEP, at, {"limit": MAX_DEPTH})
        if book.visits > MOST_VISITS:
            limit: dict[str, Fill] = {"limit": MAX_TOKENS}
            notes = (Note(_WRITTEN_OUT),)
            self._say.complain(
                codes.TOO_MANY_TOKENS, self._file.name.span, limit, notes
            )

    def check_circles(self) -> None:
        """Refuse criteria and indicators that depend on themselves."""
        graph = {key: set(needs) for key, needs in self._dependencies.items()}
        for _ in range(MOST_CIRCLES):
            try:
                graphlib.TopologicalSorter(graph).prepare()
            except graphlib.CycleError as error:
                # The sorter names a circle from what is needed to what needs it.
                path = list(reversed(error.args[1]))
                self._circle(path)
                graph[path[0]].discard(path[1])
            else:
                return

    def _circle(self, path: list[Key]) -> None:
        # A criterion and its one indicator share a label: say it once.
        labels = [key for key, _ in itertools.groupby(label for _, label in path)]
        if len(labels) == 1:
            labels *= 2
        groups = (self._own.indicators, self._own.criteria, self._own.preconditions)
        item = next(group[labels[0]] for group in groups if labels[0] in group)
        edges = " → ".join(f"`{label}`" for label in labels)
        note = Note(Text("{path}", "{path}"), None, {"path": edges})
        self._say.complain(
            codes.CIRCULAR, item.label.span, {"name": labels[0]}, (note,)
        )

    def check_repeated(self, criteria: Iterable[Criterion]) -> None:
        """Warn of indicators that require the same."""
        seen: dict[object, Indicator] = {}
        for criterion in criteria:
            for indicator in criterion.indicators:
                if isinstance(indicator.requirement, Attested):
                    continue
                # What they mean, so that `90%` and `90.0%` are the same.
                applies = indicator.applies and e.plain(indicator.applies)
                meant = (e.plain(indicator.requirement), applies)
                first = seen.setdefault(meant, indicator)
                if first is not indicator:
                    values: dict[str, Fill] = {
                        "label": indicator.label,
                        "other": first.label,
                    }
                    at = indicator.requirement.span
                    there = Note(_FIRST_REQUIRED, first.requirement.span)
                    self._say.complain(
                        codes.REPEATED, at, values, (there,), Help(_REMOVE_OR_CORRECT)
                    )


def _place(item: nodes.Provision) -> Text:
    kind, named = KINDS[item.kind], f"{item.label.text} · {item.title.text}"
    return Text(f"{kind.en} {named}", f"{kind.vi} {named}")
