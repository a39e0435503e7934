"""The summary of `ntmrules batch`: how often each verdict was found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ntmrules.cli._layout import Line, Part, Style, columns_of, line, wrapped
from ntmrules.cli._terminal import width
from ntmrules.cli._titles import instrument_text
from ntmrules.model.ruleset import Criterion, Ruleset
from ntmrules.tables import Tally
from ntmrules.text import Fill, Language, Text
from ntmrules.verdict import Verdict


SCHEMA = "ntmrules/batch/1"

_WORDS = {
    Verdict.MET: Text("met", "đạt"),
    Verdict.NOT_MET: Text("not met", "chưa đạt"),
    Verdict.UNKNOWN: Text("unknown", "chưa xác định"),
    Verdict.NOT_APPLICABLE: Text("not applicable", "không áp dụng"),
}
_STYLES = {
    Verdict.MET: Style.GOOD,
    Verdict.NOT_MET: Style.BAD,
    Verdict.UNKNOWN: Style.DOUBT,
    Verdict.NOT_APPLICABLE: Style.QUIET,
}
_ON = Text("on {date}", "ngày {date}")
_ROWS = (Text("{n} row", "{n} dòng"), Text("{n} rows", "{n} dòng"))
_TABLES = Text("{n} tables", "{n} bảng")
_REFUSED = Text("{n} refused", "{n} bị từ chối")
_NOTICED = Text("{n} with findings", "{n} có lưu ý")
_ORPHANS = Text(
    "{n} rows of units below belong to none",
    "{n} dòng đơn vị cấp dưới không thuộc về đâu",
)
_WHOLE = Text("the whole", "toàn bộ")
_WRITTEN = Text("written to {path}", "đã ghi vào {path}")
_PRECONDITIONS = Text("Preconditions", "Điều kiện")
_CRITERIA = Text("Criteria", "Tiêu chí")


def summary(
    ruleset: Ruleset,
    as_of: datetime.date,
    tables: Sequence[Path],
    out: Path | None,
    tally: Tally,
    language: Language,
) -> Iterator[Line]:
    """Give the lines of the summary."""
    basis = instrument_text(ruleset.basis, language)
    date = _ON.fill(language, {"date": as_of})
    told = f"{ruleset.id} · {basis} · {date}"
    name = ruleset.name.fill(language, {})
    yield from wrapped(line(Part(name, Style.TITLE)), width())
    yield from wrapped(line(Part(told, Style.QUIET)), width())
    yield from wrapped(line(*_counted(tables, tally, language)), width())
    yield ()
    heads = [_WORDS[verdict].fill(language, {}) for verdict in _WORDS]
    widths = [max(columns_of(head), 7) for head in heads]
    padded = [
        " " * (room - columns_of(head)) + head
        for head, room in zip(heads, widths, strict=True)
    ]
    yield line(Part("  ".join(padded), Style.QUIET))
    whole = Part(_WHOLE.fill(language, {}), Style.STRONG)
    yield from _row(tally.whole, widths, (whole,))
    groups: tuple[tuple[Text, str, Mapping[str, Criterion]], ...] = (
        (_PRECONDITIONS, "precondition", ruleset.preconditions),
        (_CRITERIA, "criterion", ruleset.criteria),
    )
    for heading, kind, provisions in groups:
        if not provisions:
            continue
        yield ()
        yield line(" " * (sum(widths) + 2 * len(widths)), heading.fill(language, {}))
        for label, provision in provisions.items():
            named = provision.name.fill(language, {})
            parts = (Part(f"{label} ", Style.STRONG), Part(named))
            yield from _row(tally.of(f"{kind} {label}"), widths, parts)
    if out is not None:
        yield ()
        yield from wrapped(line(_WRITTEN.fill(language, {"path": str(out)})), width())


def _counted(
    tables: Sequence[Path], tally: Tally, language: Language
) -> Iterator[Part]:
    values: dict[str, Fill] = {"n": len(tables)}
    where = _TABLES.fill(language, values) if len(tables) > 1 else str(tables[0])
    rows = _ROWS[tally.rows != 1].fill(language, {"n": tally.rows})
    yield Part(f"{where}: {rows}")
    if tally.refused:
        yield Part(", ")
        yield Part(_REFUSED.fill(language, {"n": tally.refused}), Style.BAD)
    if tally.noticed:
        yield Part(", ")
        yield Part(_NOTICED.fill(language, {"n": tally.noticed}), Style.DOUBT)
    if tally.orphans:
        yield Part(", ")
        yield Part(_ORPHANS.fill(language, {"n": tally.orphans}), Style.BAD)


def _row(
    counts: Mapping[Verdict, int], widths: Sequence[int], name: Sequence[Part]
) -> list[Line]:
    parts: list[Part | str] = []
    for (verdict, style), room in zip(_STYLES.items(), widths, strict=True):
        number = counts[verdict]
        parts.append(Part(f"{number:>{room}}", style if number else Style.QUIET))
        parts.append("  ")
    indent = sum(widths) + 2 * len(widths)
    room = max(width() - indent, 20)
    first, *others = wrapped(name, room)
    blank = " " * indent
    return [line(*parts, *first), *(line(blank, *other) for other in others)]


def as_document(
    ruleset: Ruleset,
    as_of: datetime.date,
    tables: Sequence[Path],
    out: Path | None,
    tally: Tally,
) -> dict[str, object]:
    """Give the summary as what JSON can hold."""
    return {
        "schema": SCHEMA,
        "ruleset": {
            "id": ruleset.id,
            "name": ruleset.name.en,
            "name_vi": ruleset.name.vi,
            "content_hash": ruleset.content_hash,
        },
        "as_of": as_of.isoformat(),
        "tables": [str(path) for path in tables],
        "output": None if out is None else str(out),
        "rows": tally.rows,
        "refused": tally.refused,
        "with_findings": tally.noticed,
        "belong_to_no_unit": tally.orphans,
        "verdict": _counts(tally.whole),
        "preconditions": _provisions(ruleset.preconditions, "precondition", tally),
        "criteria": _provisions(ruleset.criteria, "criterion", tally),
    }


def _provisions(
    provisions: Mapping[str, Criterion], kind: str, tally: Tally
) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "name": provision.name.en,
            "name_vi": provision.name.vi,
            **_counts(tally.of(f"{kind} {label}")),
        }
        for label, provision in provisions.items()
    ]


def _counts(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.name.lower(): counts[verdict] for verdict in _WORDS}
