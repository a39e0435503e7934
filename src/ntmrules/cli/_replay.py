"""`ntmrules replay`: the same assessment again, or what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import click

from ntmrules import Catalogue, Verdict, read_unit
from ntmrules.api import evaluate
from ntmrules.assessment import Receipt
from ntmrules.cli._diagnostics import rendered
from ntmrules.cli._layout import Part, Style, line, painted
from ntmrules.cli._options import language_option, ruleset_source
from ntmrules.cli._record import WHOLE, read_record, receipt_of, verdicts_of
from ntmrules.cli._terminal import write
from ntmrules.diagnostics import Diagnostic, Note, codes
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.text import Fill, Language, Text


_FIELDS: Mapping[str, Text] = MappingProxyType(
    {
        "ruleset": Text("the ruleset", "bộ tiêu chí"),
        "version": Text("the version of the ruleset", "phiên bản của bộ tiêu chí"),
        "content_hash": Text("the text of the ruleset", "nội dung bộ tiêu chí"),
        "references": Text(
            "a ruleset that is referred to", "một bộ tiêu chí được dẫn chiếu"
        ),
        "unit": Text("the unit", "đơn vị"),
        "facts_hash": Text("what is given of the unit", "số liệu của đơn vị"),
        "as_of": Text("the assessment date", "ngày đánh giá"),
        "accept_unverified": Text(
            "whether unverified figures count", "việc tính số chưa kiểm chứng"
        ),
        "language_version": Text(
            "the version of the language", "phiên bản của ngôn ngữ"
        ),
        "library_version": Text("the version of ntmrules", "phiên bản của ntmrules"),
    }
)
# Another version that comes to the same verdicts has repeated the assessment.
_VERSIONS = frozenset({"language_version", "library_version"})
_VERDICT = Text("the verdict", "kết luận")
_VERDICT_OF = Text("the verdict of `{label}`", "kết luận của `{label}`")
_THEN = Text("then: {what}", "trước: {what}")
_NOW = Text("now: {what}", "nay: {what}")
_ABSENT = Text("none", "không có")
_SAME = Text(
    "the assessment is the same: {unit}, {ruleset}, {date}: {verdict}",
    "đánh giá lặp lại đúng như trước: {unit}, {ruleset}, {date}: {verdict}",
)
_SAME_VERDICTS = Text("every verdict is the same", "mọi kết luận vẫn như trước")


@click.command("replay")
@click.argument("receipt", metavar="RECEIPT", type=click.Path(path_type=Path))
@click.argument(
    "unit", metavar="[UNIT]", required=False, type=click.Path(path_type=Path)
)
@click.argument("ruleset", metavar="[RULESET]", required=False)
@language_option()
def command(
    receipt: Path, unit: Path | None, ruleset: str | None, language: Language
) -> int:
    """
    Repeat an assessment from its receipt, or say what differs.

    RECEIPT is what `ntmrules evaluate --receipt` wrote.  It says where the unit and
    the ruleset lay; give them if they have moved.
    """
    record = read_record(receipt)
    then = record.receipt
    source = record.ruleset or then.ruleset
    assessment = evaluate(
        ruleset_source(ruleset) if ruleset is not None else source,
        read_unit(unit or record.unit),
        as_of=then.as_of,
        accept_unverified=then.accept_unverified,
        status=record.status,
        catalogue=Catalogue(*record.folders) if record.folders else None,
    )
    verdicts = verdicts_of(assessment)
    changed = list(_changed_verdicts(record.verdicts, verdicts))
    differs = list(_changed_fields(then, receipt_of(assessment)))
    for diagnostic in (*differs, *changed):
        write(rendered(diagnostic, language) + "\n")
    if differs or changed:
        if not changed:
            write(_SAME_VERDICTS.fill(language, {}))
        return 1
    values: dict[str, Fill] = {
        "unit": assessment.unit.called,
        "ruleset": then.ruleset,
        "date": then.as_of,
        "verdict": VERDICTS[assessment.verdict],
    }
    write(painted(line(Part(_SAME.fill(language, values), Style.GOOD))))
    return 0


def _changed_fields(then: Receipt, now: Receipt) -> Iterator[Diagnostic]:
    was, is_now = then.to_dict(), now.to_dict()
    for name in then.differences(now):
        if name not in _VERSIONS:
            yield _differs(_FIELDS[name], str(was[name]), str(is_now[name]))


def _changed_verdicts(
    then: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Diagnostic]:
    for label in dict.fromkeys((*then, *now)):
        if then.get(label) != now.get(label):
            template = _VERDICT_OF if label != WHOLE else _VERDICT
            what = Text(
                template.fill(Language.EN, {"label": label}),
                template.fill(Language.VI, {"label": label}),
            )
            yield _differs(what, _verdict(then.get(label)), _verdict(now.get(label)))


def _verdict(value: str | None) -> Text | str:
    if value is None:
        return _ABSENT
    known = {verdict.value: VERDICTS[verdict] for verdict in Verdict}
    return known.get(value, value)


def _differs(what: Text, then: Text | str, now: Text | str) -> Diagnostic:
    notes = (Note(_THEN, None, {"what": then}), Note(_NOW, None, {"what": now}))
    return Diagnostic(codes.STALE_RECEIPT, None, {"what": what}, notes=notes)
