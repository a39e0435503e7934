"""Complaints that need no scope, and what headers and blocks say in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ntmrules.diagnostics import Code, Diagnostic, Help, Note, Sink, codes
from ntmrules.model.ruleset import Instrument
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_ADD = Text("add `{text}`", "thêm `{text}`")


class Complainer:
    """Reports what is wrong with the parts of a ruleset that are no expressions."""

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

    def misplaced(
        self, clause: str, at: Span, owner: Text, advice: Help | None = None
    ) -> None:
        """Report a clause that does not belong where it stands."""
        values: dict[str, Fill] = {"clause": clause, "owner": owner}
        self.complain(codes.CLAUSE_MISPLACED, at, values, advice=advice)

    def missing(self, clause: str, at: Span, owner: Text, text: str) -> None:
        """Report a clause that is not there."""
        values: dict[str, Fill] = {"clause": clause, "owner": owner}
        advice = Help(_ADD, {"text": text})
        self.complain(codes.CLAUSE_MISSING, at, values, advice=advice)


def date_of(node: nodes.Date) -> datetime.date | None:
    """Read a date; of one that is in no calendar the parser told already."""
    try:
        return datetime.date.fromisoformat(node.text)
    except ValueError:
        return None


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
