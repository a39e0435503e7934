"""
The header of a ruleset.

Source: language.md section 1.
"""

from __future__ import annotations

import datetime

import attrs

from ntmrules.checker._clauses import Complainer, date_of, instrument
from ntmrules.checker._names import Names, unknown
from ntmrules.diagnostics import Edit, Help, Sink, codes
from ntmrules.model.ruleset import Instrument
from ntmrules.model.vocabulary import Level
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_WRITE = Text("write `{text}`", "hãy viết `{text}`")


@attrs.frozen
class Header:
    """
    What the header says; `None` for what it should say and does not.

    Of clauses that are missing, there twice or out of place the parser told.
    """

    level: Level | None
    start: datetime.date | None
    end: datetime.date | None
    basis: Instrument | None
    status: str


class HeaderReader:
    """Reads the header of one file."""

    def __init__(self, file: nodes.RulesetFile, names: Names, sink: Sink) -> None:
        self._file = file
        self._names = names
        self._sink = sink
        self._say = Complainer(sink)

    def read(self) -> Header:
        """Read it; the sink says what is wrong."""
        self._check_name()
        start, end = self._dates()
        return Header(self._level(), start, end, self._basis(), self._status())

    def _check_name(self) -> None:
        if any(isinstance(c, nodes.NameClause) for c in self._file.header):
            return
        name = self._file.name
        owner = Text(f"ruleset `{name.text}`", f"bộ tiêu chí `{name.text}`")
        # The word `ruleset` too: the parser may miss other clauses of the id alone.
        at = Span(name.span.file, self._file.span.start, name.span.end)
        self._say.missing("name", at, owner, 'name "…"')

    def _level(self) -> Level | None:
        found = [c for c in self._file.header if isinstance(c, nodes.ForClause)]
        if not found:
            return None
        level = self._names.levels.get(found[0].level.text)
        if level is None and not self._names.incomplete:
            self._sink.add(unknown("level", found[0].level, self._names.levels))
        return level

    def _dates(self) -> tuple[datetime.date | None, datetime.date | None]:
        found = [c for c in self._file.header if isinstance(c, nodes.InForce)]
        if not found:
            return None, None
        start = date_of(found[0].start)
        end = None if found[0].end is None else date_of(found[0].end)
        if start is not None and end is not None and end < start:
            text = f"in force from {end} to {start}"
            self._say.complain(
                codes.DATES_REVERSED,
                found[0].span,
                {"start": start, "end": end},
                advice=Help(_WRITE, {"text": text}, Edit(found[0].span, text)),
            )
        return start, end

    def _basis(self) -> Instrument | None:
        found = [c for c in self._file.header if isinstance(c, nodes.BasisClause)]
        if not found:
            return None
        clause = found[0]
        if not any(character.isalnum() for character in clause.text.text):
            advice = Help(_WRITE, {"text": 'basis "318/QĐ-TTg" dated 2022-03-08'})
            values: dict[str, Fill] = {"name": self._file.name.text}
            self._say.complain(codes.NO_BASIS, clause.span, values, advice=advice)
        return instrument(clause)

    def _status(self) -> str:
        for clause in self._file.header:
            if isinstance(clause, nodes.StatusClause):
                return clause.status.text
        return "in force"
