"""
What is on record about a unit: titles, attestations, counts of what lies inside it.

Source: engine.md section 2, language.md sections 1, 7 and 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ntmrules._yaml import Node, Scalar, Table
from ntmrules.diagnostics import Help, codes
from ntmrules.model.unit import Attestation, Counts, TitleRecord, When
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.model.words import plural_of
from ntmrules.text import Text
from ntmrules.units._complaints import (
    Complaints,
    both,
    is_absent,
    join,
    level_word,
    suggest,
    take_text,
    write,
)
from ntmrules.units._numbers import RefusedError, read_count
from ntmrules.units._times import take_date, take_when
from ntmrules.verdict import Verdict


_VERDICTS: Mapping[str, Verdict] = MappingProxyType(
    {verdict.value: verdict for verdict in Verdict}
)

_TITLE_KEYS = ("granted", "withdrawn", "by")
_ATTESTATION_KEYS = ("verdict", "by", "on", "document")
_COUNTS_KEYS = ("total", "hold")

_TITLE = Text("title", "danh hiệu")
_TITLES = Text(
    "a mapping from title to the year it was granted",
    "một bảng từ danh hiệu đến năm công nhận",
)
_OF_TITLE = Text("a title on record", "một danh hiệu đã ghi nhận")
_OF_ATTESTATION = Text("an attestation", "một xác nhận")
_OF_COUNTS = Text("the counts of {plural}", "số đếm {plural}")
_LABELS = Text("a mapping from label to verdict", "một bảng từ số hiệu đến kết quả")
_RULESETS = Text(
    "a mapping from ruleset to labels", "một bảng từ bộ tiêu chí đến các số hiệu"
)
_VERDICT = Text(
    "`met`, `not met`, `unknown` or `not applicable`",
    "`met`, `not met`, `unknown` hoặc `not applicable`",
)
_HOLD = Text(
    "a mapping from title to how many hold it",
    "một bảng từ danh hiệu đến số đơn vị đạt",
)
_WHOLE = Text("a whole number", "một số nguyên")
_MORE = Text("there are {total} in all", "tất cả chỉ có {total}")
_SAY_WHEN = Text(
    "say when `{title}` was withdrawn: whoever holds it holds the lower one too",
    "ghi ngày thu hồi `{title}`: đạt danh hiệu này thì cũng đạt danh hiệu thấp hơn",
)
_HIGHER = Text(
    "{many} hold `{title}`, and only {few} the lower `{lower}`",
    "{many} đạt `{title}`, mà chỉ {few} đạt danh hiệu thấp hơn `{lower}`",
)


class RecordReader:
    """Reads the records of units that share one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, complaints: Complaints) -> None:
        self._vocabulary = vocabulary
        self._complaints = complaints

    def titles(
        self, node: Node | None, level: Level | None, path: str, called: str
    ) -> dict[str, TitleRecord] | None:
        """Read ``titles``; `None` when there is no record at all."""
        if node is None or is_absent(node):
            return None
        if not isinstance(node, Table):
            self._complaints.shape(node, path, "titles", _TITLES)
            return None
        records: dict[str, TitleRecord] = {}
        for name, value in node.entries.items():
            place = join(path, name)
            known = self._title(name, level, node, place)
            record = self._record(name, value, place)
            if known and record is not None:
                records[name] = record
        self._check_withdrawn(records, node, path)
        for name in records:
            lower = self._vocabulary.titles[name].above
            if lower is not None and lower not in node.entries:
                self._complaints.add(
                    codes.LOWER_TITLE_MISSING,
                    node.keys.get(name),
                    join(path, name),
                    unit=called,
                    title=name,
                    lower=lower,
                )
        return records

    def _check_withdrawn(
        self, records: Mapping[str, TitleRecord], node: Table, path: str
    ) -> None:
        """Refuse a title that outlives one that it implies."""
        for name, record in records.items():
            for lower in self._vocabulary.implied(name):
                found = records.get(lower)
                if found is None or found is record or found.withdrawn is None:
                    continue
                gone, ended = found.withdrawn, record.withdrawn
                outlives = ended is None or _before(gone, ended)
                if outlives and _before(record.granted, gone):
                    self._complaints.add(
                        codes.LOWER_WITHDRAWN,
                        node.keys.get(name),
                        join(path, name),
                        advice=Help(_SAY_WHEN, {"title": name}),
                        title=name,
                        lower=lower,
                        withdrawn=gone,
                    )

    def _title(self, name: str, level: Level | None, node: Table, path: str) -> bool:
        """Tell whether units of *level* can hold the title."""
        titles = self._vocabulary.titles
        title = titles.get(name)
        if title is None:
            self._complaints.add(
                codes.UNKNOWN_NAME,
                node.keys.get(name),
                path,
                advice=suggest(name, titles),
                kind=_TITLE,
                name=name[:100],
            )
            return False
        if level is not None and title.level != level.name:
            wanted = self._vocabulary.levels.get(title.level)
            self._complaints.add(
                codes.TITLE_LEVEL,
                node.keys.get(name),
                path,
                title=name,
                level=level_word(wanted) if wanted else title.level,
                found=level_word(level),
            )
            return False
        return True

    def _record(self, title: str, node: Node, path: str) -> TitleRecord | None:
        complaints = self._complaints
        if not isinstance(node, Table):
            granted = take_when(node, path, title, complaints)
            return None if granted is None else TitleRecord(granted, span=node.span)
        entries = node.entries
        for key in entries:
            if key not in _TITLE_KEYS:
                complaints.unknown_key(key, node, path, _OF_TITLE, _TITLE_KEYS)
        by = take_text(entries.get("by"), join(path, "by"), complaints)
        withdrawn = None
        if (value := entries.get("withdrawn")) is not None and not is_absent(value):
            place = join(path, "withdrawn")
            withdrawn = take_when(value, place, "withdrawn", complaints)
        value = entries.get("granted")
        if value is None:
            complaints.add(
                codes.MISSING_KEY,
                node,
                path,
                advice=write("granted: 2021"),
                owner=f"`{title}`",
                key="granted",
            )
            return None
        granted = take_when(value, join(path, "granted"), "granted", complaints)
        if granted is None:
            return None
        if withdrawn is not None and _before(withdrawn, granted):
            complaints.add(
                codes.WITHDRAWN_BEFORE_GRANTED,
                entries["withdrawn"],
                join(path, "withdrawn"),
                title=title,
                withdrawn=withdrawn,
                granted=granted,
            )
        return TitleRecord(granted, withdrawn, by, span=node.span)

    def counts(self, node: Table, level: Level, path: str) -> Counts | None:
        """Read ``{total: 32, hold: {commune.standard: 32}}``."""
        complaints = self._complaints
        owner = both(_OF_COUNTS, plural=plural_of(level))
        for key in node.entries:
            if key not in _COUNTS_KEYS:
                complaints.unknown_key(key, node, path, owner, _COUNTS_KEYS)
        value = node.entries.get("total")
        if value is None:
            advice = write("{total: 32, hold: {…}}")
            complaints.add(
                codes.MISSING_KEY, node, path, advice=advice, owner=owner, key="total"
            )
            return None
        total = self._count(value, join(path, "total"))
        hold = self._hold(node.entries.get("hold"), total, level, join(path, "hold"))
        return (
            None
            if total is None
            else Counts(total, MappingProxyType(hold), span=node.span)
        )

    def _hold(
        self, node: Node | None, total: int | None, level: Level, path: str
    ) -> dict[str, int]:
        hold: dict[str, int] = {}
        if node is None or is_absent(node):
            return hold
        if not isinstance(node, Table):
            self._complaints.shape(node, path, "hold", _HOLD)
            return hold
        for name, value in node.entries.items():
            place = join(path, name)
            known = self._title(name, level, node, place)
            count = self._count(value, place)
            if count is None or not known:
                continue
            hold[name] = count
            if total is not None and count > total:
                reason = both(_MORE, total=total)
                self._complaints.value(value, place, place, reason)
        for name, many in hold.items():
            for lower in self._vocabulary.implied(name):
                if hold.get(lower, many) < many:
                    self._complaints.add(
                        codes.COUNTS_DISAGREE,
                        node.keys.get(name),
                        join(path, name),
                        plural=plural_of(level),
                        detail=both(
                            _HIGHER,
                            many=many,
                            title=name,
                            few=hold[lower],
                            lower=lower,
                        ),
                    )
        return hold

    def _count(self, node: Node, path: str) -> int | None:
        try:
            if isinstance(node, Scalar):
                return read_count(node)
        except RefusedError as error:
            self._complaints.value(node, path, path, error.reason, error.advice)
            return None
        self._complaints.shape(node, path, path, _WHOLE)
        return None

    def attestations(
        self, node: Node | None, path: str
    ) -> dict[str, Mapping[str, Attestation]]:
        """Read ``attestations``: by ruleset, then by label."""
        read: dict[str, Mapping[str, Attestation]] = {}
        if node is None or is_absent(node):
            return read
        if not isinstance(node, Table):
            self._complaints.shape(node, path, "attestations", _RULESETS)
            return read
        for ruleset, labels in node.entries.items():
            place = join(path, ruleset)
            if is_absent(labels):
                continue
            if not isinstance(labels, Table):
                self._complaints.shape(labels, place, ruleset, _LABELS)
                continue
            judged = {}
            for label, value in labels.entries.items():
                attestation = self._attestation(label, value, join(place, label))
                if attestation is not None:
                    judged[label] = attestation
            read[ruleset] = MappingProxyType(judged)
        return read

    def _attestation(self, label: str, node: Node, path: str) -> Attestation | None:
        complaints = self._complaints
        if not isinstance(node, Table):
            verdict = self._verdict(node, path, label)
            return None if verdict is None else Attestation(verdict, span=node.span)
        entries = node.entries
        for key in entries:
            if key not in _ATTESTATION_KEYS:
                complaints.unknown_key(
                    key, node, path, _OF_ATTESTATION, _ATTESTATION_KEYS
                )
        by = take_text(entries.get("by"), join(path, "by"), complaints)
        document = take_text(
            entries.get("document"), join(path, "document"), complaints
        )
        on = take_date(entries.get("on"), join(path, "on"), "on", complaints)
        value = entries.get("verdict")
        if value is None:
            complaints.add(
                codes.MISSING_KEY,
                node,
                path,
                advice=write("verdict: met"),
                owner=_OF_ATTESTATION,
                key="verdict",
            )
            return None
        verdict = self._verdict(value, join(path, "verdict"), "verdict")
        if verdict is None:
            return None
        return Attestation(verdict, by, on, document, span=node.span)

    def _verdict(self, node: Node, path: str, owner: str) -> Verdict | None:
        value = node.value if isinstance(node, Scalar) else None
        verdict = _VERDICTS.get(value) if isinstance(value, str) else None
        if verdict is None:
            advice = suggest(value, _VERDICTS) if isinstance(value, str) else None
            self._complaints.shape(node, path, owner, _VERDICT, advice)
        return verdict


def _before(first: When, second: When) -> bool:
    """Tell whether the first is surely earlier; a year alone is not earlier in it."""
    if isinstance(first, int) or isinstance(second, int):
        return _year(first) < _year(second)
    return first < second


def _year(when: When) -> int:
    return when if isinstance(when, int) else when.year
