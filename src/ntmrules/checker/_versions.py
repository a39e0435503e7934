"""
Dates: versions of one id, and references that must be in force.

Source: language.md section 1 and 10.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence

from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes
from ntmrules.model.ruleset import Ruleset
from ntmrules.source import Span
from ntmrules.text import Fill, Text


_OTHER = Text("the other version", "phiên bản kia")
_BEFORE = Text("the version before", "phiên bản trước")
_DEFINED_HERE = Text("it is defined here", "được định nghĩa ở đây")
_END_EARLIER = Text(
    "let the other version end on {day}", "cho phiên bản kia hết hiệu lực ngày {day}"
)
_OPEN = Text("no end", "không thời hạn")
_DAY = datetime.timedelta(days=1)
_FAR = datetime.date.max

Interval = tuple[datetime.date, datetime.date]


def check_versions(versions: Sequence[Ruleset], sink: Sink) -> None:
    """
    Refuse versions of one id that are in force on the same day; warn of gaps.

    Drafts and pending versions are not in force, so they clash with nothing.
    """
    ruling = sorted(
        (v for v in versions if v.status == "in force"), key=lambda v: v.start
    )
    for earlier, later in itertools.pairwise(ruling):
        if earlier.end is None or later.start <= earlier.end:
            ends = [end for end in (earlier.end, later.end) if end is not None]
            values: dict[str, Fill] = {
                "name": later.id,
                "start": later.start,
                "end": min(ends) if ends else _OPEN,
            }
            sink.add(
                Diagnostic(
                    codes.VERSIONS_OVERLAP,
                    later.span,
                    values,
                    notes=(Note(_OTHER, earlier.span),),
                    help=_end_earlier(earlier, later),
                )
            )
        elif later.start > earlier.end + _DAY:
            values = {
                "name": later.id,
                "start": earlier.end + _DAY,
                "end": later.start - _DAY,
            }
            notes = (Note(_BEFORE, earlier.span),)
            sink.add(Diagnostic(codes.VERSIONS_GAP, later.span, values, notes=notes))


def _end_earlier(earlier: Ruleset, later: Ruleset) -> Help | None:
    if later.start <= earlier.start:
        return None
    return Help(_END_EARLIER, {"day": later.start - _DAY})


def uncovered(own: Interval, versions: Iterable[Ruleset]) -> list[Interval]:
    """Give the parts of an interval in which no version is in force."""
    rest = [own]
    for version in versions:
        start, end = version.start, version.end or _FAR
        left: list[Interval] = []
        for first, last in rest:
            if end < first or start > last:
                left.append((first, last))
                continue
            if start > first:
                left.append((first, start - _DAY))
            if end < last:
                left.append((end + _DAY, last))
        rest = left
    return rest


def check_reference(
    own: Interval, name: str, versions: Sequence[Ruleset], span: Span, sink: Sink
) -> None:
    """Refuse a reference that is never in force together; warn of gaps."""
    gaps = uncovered(own, versions)
    if gaps == [own] and versions:
        values: dict[str, Fill] = {
            "name": name,
            "start": versions[0].start,
            "end": _written(versions[-1].end),
            "own_start": own[0],
            "own_end": _written(None if own[1] == _FAR else own[1]),
        }
        notes = (Note(_DEFINED_HERE, versions[-1].span),)
        sink.add(Diagnostic(codes.REFERENCE_NEVER, span, values, notes=notes))
        return
    for first, last in gaps:
        values = {
            "name": name,
            "start": first,
            "end": _written(None if last == _FAR else last),
        }
        sink.add(Diagnostic(codes.REFERENCE_GAP, span, values))


def _written(date: datetime.date | None) -> datetime.date | Text:
    return _OPEN if date is None else date
