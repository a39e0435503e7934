"""Complaints about clauses, and what headers and blocks say in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ntmrules.diagnostics import Code, Diagnostic, Help, Note, Sink, codes
from ntmrules.model.ruleset import Instrument
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_FIRST_USED = Text("first used here", "dùng lần đầu ở đây")
_ADD = Text("add `{text}`", "thêm `{text}`")


class Complainer:
    """Reports what is wrong with clauses."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def complain(
        self,
        code: Code,
        span: Span,
        values: dict[str, Fill],
        notes: tuple[Note, ...] = (),
        advice: Help | None = None,
    ) -> None:
        """Report a problem."""
        self._sink.add(Diagnostic(code, span, values, notes=notes, help=advice))

    def misplaced(self, clause: nodes.Node, owner: Text) -> None:
        """Report a clause that does not belong where it stands."""
        word = clause.span.text.split(maxsplit=1)[0]
        values: dict[str, Fill] = {"clause": word, "owner": owner}
        self.complain(codes.CLAUSE_MISPLACED, clause.span, values)

    def missing(self, clause: str, at: nodes.Node, owner: Text, text: str) -> None:
        """Report a clause that is not there."""
        values: dict[str, Fill] = {"clause": clause, "owner": owner}
        advice = Help(_ADD, {"text": text})
        self.complain(codes.CLAUSE_MISSING, at.span, values, advice=advice)

    def once(self, clauses: Sequence[nodes.Node], word: str) -> None:
        """Report every clause but the first."""
        for clause in clauses[1:]:
            notes = (Note(_FIRST_USED, clauses[0].span),)
            self.complain(codes.CLAUSE_TWICE, clause.span, {"clause": word}, notes)

    def names_once(self, clauses: Iterable[nodes.Node]) -> None:
        """Report a second name in one language."""
        names = [c for c in clauses if isinstance(c, nodes.NameClause)]
        self.once([name for name in names if not _is_english(name)], "name")
        self.once([name for name in names if _is_english(name)], "name en")


def _is_english(clause: nodes.NameClause) -> bool:
    return clause.language is not None and clause.language.text == "en"


def date_of(node: nodes.Date) -> datetime.date:
    """Read a date, which the parser found in the calendar."""
    return datetime.date.fromisoformat(node.text)


def instrument(clause: nodes.BasisClause) -> Instrument:
    """Read an instrument."""
    dated = None if clause.dated is None else date_of(clause.dated)
    issuer = "" if clause.issuer is None else clause.issuer.text
    return Instrument(clause.text.text, dated, issuer)


def instruments(clauses: Iterable[nodes.Node]) -> tuple[Instrument, ...]:
    """Read every instrument named among clauses."""
    return tuple(instrument(c) for c in clauses if isinstance(c, nodes.BasisClause))


def notes(clauses: Iterable[nodes.Node]) -> tuple[str, ...]:
    """Read every note among clauses."""
    return tuple(c.text.text for c in clauses if isinstance(c, nodes.NoteClause))
