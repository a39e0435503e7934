"""What a comparison says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from ntmrules.analysis._changes import Change, Effect, Looked, Relation, Witness
from ntmrules.analysis._comparison import Comparison
from ntmrules.analysis._figures import written
from ntmrules.analysis._ready import unit_text
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.model.ruleset import (
    Attested,
    Criterion,
    Indicator,
    Ruleset,
    describe_dates,
)
from ntmrules.text import Fill, Language, Text
from ntmrules.verdict import Verdict


RELATIONS: Mapping[Relation, Text] = MappingProxyType(
    {
        Relation.LAXER: Text("laxer", "lỏng hơn"),
        Relation.INCOMPARABLE: Text("laxer and stricter", "vừa lỏng vừa chặt hơn"),
        Relation.REMOVED: Text("removed", "bỏ"),
        Relation.UNDECIDED: Text("undecided", "chưa xác định"),
        Relation.STRICTER: Text("stricter", "chặt hơn"),
        Relation.ADDED: Text("added", "thêm"),
        Relation.EQUAL: Text("unchanged", "không đổi"),
    }
)
"""What each relation is called, in the order in which people want to know."""

EFFECTS: Mapping[Effect, Text] = MappingProxyType(
    {
        Effect.LOSES: Text("lose", "không còn đạt"),
        Effect.BECOMES_UNKNOWN: Text("become unknown", "trở thành chưa xác định"),
        Effect.GAINS: Text("gain", "trở thành đạt"),
        Effect.BECOMES_KNOWN: Text("become known", "trở thành xác định"),
        Effect.SAME: Text("same as before", "như trước"),
    }
)
"""What the new ruleset does to units."""

OLD = Text("old: {ruleset}", "cũ: {ruleset}")
NEW = Text("new: {ruleset}", "mới: {ruleset}")
CHANGE = Text("{old} → {new}", "{old} → {new}")
SHOWN = Text(
    "e.g. {unit}: {old} before, {new} now", "ví dụ {unit}: trước {old}, nay {new}"
)
NO_SUCH = Text("none", "không có")
UNITS = Text("Units", "Đơn vị")
TIGHTENS: Mapping[bool | None, Text] = MappingProxyType(
    {
        True: Text("nowhere laxer", "không chỗ nào lỏng hơn"),
        False: Text("laxer in some respect", "có chỗ lỏng hơn"),
        None: Text(
            "nowhere laxer as far as it can be told",
            "không chỗ nào lỏng hơn, ngoài phần chưa xác định",
        ),
    }
)
CARRIED = Text(
    "Judgements under the old ruleset count where the new one says the same.",
    "Xác nhận theo bộ cũ được tính ở những chỗ bộ mới không đổi.",
)
SEARCHED = Text(
    "z3 was asked {questions} times, found {found}, and took {milliseconds} ms",
    "đã hỏi z3 {questions} lần, tìm được {found}, mất {milliseconds} ms",
)
NO_SOLVER = Text(
    "`pip install 'ntmrules[smt]'` would look further where it is undecided",
    "`pip install 'ntmrules[smt]'` sẽ tìm thêm ở chỗ chưa xác định",
)
_RULESET = Text("{name} ({id}, {number}, {dates})", "{name} ({id}, {number}, {dates})")
_MOST_CASES = 6


def ruleset_text(ruleset: Ruleset, language: Language) -> str:
    """Name a ruleset with its version."""
    dates = describe_dates((ruleset,))
    values: dict[str, Fill] = {
        "name": ruleset.name,
        "id": ruleset.id,
        "number": ruleset.basis.number,
        "dates": dates,
    }
    return _RULESET.fill(language, values)


def search_text(comparison: Comparison, language: Language) -> str:
    """Say what z3 was asked, or that it would be; nothing if nobody would."""
    if comparison.searched is not None:
        values: dict[str, Fill] = attrs.asdict(comparison.searched)
        return SEARCHED.fill(language, values)
    looked = {case.looked for change in comparison.changes for case in change.cases}
    return NO_SOLVER.fill(language, {}) if Looked.ABSENT in looked else ""


def counts_text(comparison: Comparison, language: Language) -> str:
    """Say how many provisions there are of each kind."""
    told = [
        f"{len(found)} {word.fill(language, {})}"
        for relation, word in RELATIONS.items()
        if (found := comparison.of(relation))
    ]
    return " · ".join(told)


def cases_text(names: Sequence[Text], language: Language) -> str:
    """Name cases, not too many."""
    shown = [name.fill(language, {}) for name in names[:_MOST_CASES]]
    rest = len(names) - len(shown)
    return "; ".join([*shown, f"+{rest}"] if rest else shown)


def title_text(change: Change, language: Language) -> str:
    """Name a provision: ``2.3 Bảo hiểm y tế``."""
    return f"{change.label} {change.name.fill(language, {})}".strip()


def requirement_text(
    provision: Indicator | Criterion | None, language: Language
) -> str:
    """Quote what a provision requires, or say who attests it."""
    if provision is None:
        return ""
    attested = isinstance(provision, Indicator) and isinstance(
        provision.requirement, Attested
    )
    if attested and language is Language.VI:
        return written(provision).text.vi
    lines = (x.split("#", 1)[0] for x in _span_text(provision).splitlines())
    return " ".join(" ".join(lines).split())


def _span_text(provision: Indicator | Criterion) -> str:
    if isinstance(provision, Indicator):
        return provision.requirement.span.text
    return provision.span.text


def shown_text(shown: Witness, language: Language) -> str:
    """Show a unit, and what it comes to."""
    values: dict[str, Fill] = {
        "unit": unit_text(shown.unit),
        "old": VERDICTS[shown.old],
        "new": VERDICTS[shown.new],
    }
    return SHOWN.fill(language, values)


def verdict_text(verdict: Verdict | None, language: Language) -> str:
    """Name a verdict, or say that there is none."""
    word = NO_SUCH if verdict is None else VERDICTS[verdict]
    return word.fill(language, {})
