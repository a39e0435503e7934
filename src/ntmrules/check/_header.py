"""
The header of a ruleset.

Source: language.md section 1.
"""

from __future__ import annotations

import datetime

import attrs

from ntmrules.check._clauses import Complainer, date_of, instrument
from ntmrules.check._names import Names, unknown
from ntmrules.diagnostics import Help, Sink, codes
from ntmrules.model.ruleset import Instrument
from ntmrules.model.vocabulary import Level
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


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


@attrs.frozen
class Header:
    """What the header says; `None` for what it should say and does not."""

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
        self._check_clauses()
        start, end = self._dates()
        return Header(self._level(), start, end, self._basis(), self._status())

    def _check_clauses(self) -> None:
        owner = Text("the header of a ruleset", "phần đầu của bộ tiêu chí")
        for clause in self._file.header:
            if not isinstance(clause, _HEADER):
                self._say.misplaced(clause, owner)
        names = [c for c in self._file.header if isinstance(c, nodes.NameClause)]
        self._say.names_once(names)
        for kind, word in (
            (nodes.ForClause, "for"),
            (nodes.Confers, "grants"),
            (nodes.BasisClause, "basis"),
            (nodes.InForce, "in force"),
            (nodes.StatusClause, "status"),
        ):
            self._say.once([c for c in self._file.header if isinstance(c, kind)], word)
        if not names:
            self._say.missing("name", self._file.name, self._ruleset_text(), 'name "…"')

    def _ruleset_text(self) -> Text:
        name = self._file.name.text
        return Text(f"ruleset `{name}`", f"bộ tiêu chí `{name}`")

    def _level(self) -> Level | None:
        found = [c for c in self._file.header if isinstance(c, nodes.ForClause)]
        if not found:
            self._say.missing(
                "for", self._file.name, self._ruleset_text(), "for commune"
            )
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
            self._say.complain(codes.NO_DATES, name.span, values, advice=advice)
            return None, None
        start = date_of(found[0].start)
        end = None if found[0].end is None else date_of(found[0].end)
        if start is not None and end is not None and end < start:
            values = {"start": start.isoformat(), "end": end.isoformat()}
            self._say.complain(codes.DATES_REVERSED, found[0].span, values)
        return start, end

    def _basis(self) -> Instrument | None:
        found = [c for c in self._file.header if isinstance(c, nodes.BasisClause)]
        if found:
            return instrument(found[0])
        name = self._file.name
        text = 'basis "318/QĐ-TTg" dated 2022-03-08 by "…"'
        advice = Help(_ADD, {"text": text})
        self._say.complain(
            codes.NO_BASIS, name.span, {"name": name.text}, advice=advice
        )
        return None

    def _status(self) -> str:
        for clause in self._file.header:
            if isinstance(clause, nodes.StatusClause):
                if clause.status.text in _STATUSES:
                    return clause.status.text
                self._sink.add(unknown("status", clause.status, _STATUSES))
        return "in force"
