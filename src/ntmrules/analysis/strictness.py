"""
Whether a ruleset that tightens another one does.

Source: language.md section 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ntmrules.analysis._changes import CaseChange, Change, Looked, Relation, Witness
from ntmrules.analysis._compare import compare_rulesets
from ntmrules.analysis._comparison import Comparison
from ntmrules.analysis._figures import NOT_THERE, plain_figures
from ntmrules.analysis._ready import unit_text
from ntmrules.analysis._search import Search
from ntmrules.checker import Absent, Library
from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.model.ruleset import Ruleset
from ntmrules.source import Span
from ntmrules.text import Fill, Language, Text


_KINDS = {
    "indicator": Text("indicator {label}", "chỉ tiêu {label}"),
    "criterion": Text("criterion {label}", "tiêu chí {label}"),
    "precondition": Text("precondition {label}", "điều kiện {label}"),
    "ruleset": Text("the whole ruleset", "toàn bộ tiêu chí"),
}
_FOR = Text(" for {case}", " đối với {case}")
_EVERYWHERE = Text("", "")
_THERE = Text("`{ruleset}` requires {old} here", "`{ruleset}` quy định {old} ở đây")
_HERE = Text("it says {new} here", "ở đây là {new}")
_SHOWN = Text("a unit that shows it: {unit}", "một đơn vị cho thấy điều đó: {unit}")
_COMES_TO = Text(
    "on {date} it comes to: {new}; under `{ruleset}`: {old}",
    "ngày {date}, theo bộ này: {new}; theo `{ruleset}`: {old}",
)
_ALSO = Text("laxer too for {cases}", "cũng lỏng hơn đối với {cases}")
_REQUIRE = Text(
    "require {old} or something stricter, or write `extends` instead of `tightens`",
    "quy định {old} hoặc chặt hơn, hoặc viết `extends` thay cho `tightens`",
)
_ADD = Text(
    "add it, or end this ruleset before that version begins",
    "bổ sung chỉ tiêu đó, hoặc cho bộ này hết hiệu lực trước phiên bản đó",
)
_COMPARE_BY_HAND = Text(
    "compare the two by hand; `check --strict` takes this for an error",
    "hãy tự đối chiếu hai quy định; `check --strict` coi đây là lỗi",
)
_INSTALL = Text(
    "compare the two by hand; `pip install 'ntmrules[smt]'` would look further, and"
    " `check --strict` takes this for an error",
    "hãy tự đối chiếu hai quy định; `pip install 'ntmrules[smt]'` sẽ tìm thêm, còn"
    " `check --strict` coi đây là lỗi",
)
_LOOKED = {
    Looked.IN_VAIN: Text(
        "z3 found no unit that shows it to be laxer, which proves nothing",
        "z3 không tìm thấy đơn vị nào cho thấy lỏng hơn; đó chưa phải là chứng minh",
    ),
    Looked.GAVE_UP: Text(
        "z3 found no unit that shows it to be laxer before its time was up",
        "z3 chưa tìm thấy đơn vị nào cho thấy lỏng hơn trong thời gian cho phép",
    ),
}
_MOST_CASES = 8


def hold(ruleset: Ruleset, library: Library, sink: Sink) -> Ruleset | None:
    """Give a ruleset if it is as strict as the one it tightens; else say where not."""
    if ruleset.base is None:
        return ruleset
    found = library.rulesets(ruleset.base.id)
    versions = (ruleset.base,) if isinstance(found, Absent) else found
    sink.extend(strictness(ruleset, versions))
    return None if sink.failed else ruleset


def strictness(
    ruleset: Ruleset, versions: Iterable[Ruleset], search: Search | None = None
) -> Iterator[Diagnostic]:
    """
    Tell where a ruleset is laxer than the versions of what it tightens.

    A version counts as long as both are in force.  Without a *search* z3 is not asked.
    """
    for version in versions:
        if _together(version, ruleset):
            yield from _told(compare_rulesets(version, ruleset, search))


def look_further(
    found: Iterable[Diagnostic], ruleset: Ruleset, library: Library, search_ms: int
) -> tuple[Diagnostic, ...]:
    """
    Ask z3 where it could not be decided whether a ruleset is as strict as another.

    To load a ruleset nobody asks: that must not depend on what is installed, nor on how
    fast it is.

    Args:
        found: What is known of the ruleset.
        ruleset: A ruleset that tightens another one.
        library: Where that one is.
        search_ms: How long z3 may look, in thousandths of a second.

    Returns:
        The same, and what z3 adds to it.
    """
    found = tuple(found)
    if ruleset.base is None or not any(d.code is codes.UNDECIDED for d in found):
        return found
    known = library.rulesets(ruleset.base.id)
    versions = (ruleset.base,) if isinstance(known, Absent) else known
    others = [d for d in found if d.code is not codes.UNDECIDED]
    return (*others, *strictness(ruleset, versions, Search(search_ms)))


def _together(one: Ruleset, other: Ruleset) -> bool:
    begins_in_time = one.end is None or other.start <= one.end
    return begins_in_time and (other.end is None or one.start <= other.end)


def _told(comparison: Comparison) -> Iterator[Diagnostic]:
    laxer = [change for change in comparison.changes if change.relation.is_laxer]
    parts = [change for change in laxer if change.is_requirement]
    # What is laxer as a whole because a part is needs no word of its own.
    for change in parts or laxer:
        yield _laxer(change, comparison)
    for change in comparison.of(Relation.UNDECIDED):
        if change.is_requirement or not parts:
            yield _undecided(change, comparison)


def _laxer(change: Change, comparison: Comparison) -> Diagnostic:
    old, new = comparison.old, comparison.new
    if change.old is not None and change.new is None:
        there, _ = plain_figures(change.old, change.old)
        values: dict[str, Fill] = {
            "provision": _provision(change),
            "ruleset": _name(comparison),
            "case": _EVERYWHERE,
            "new": NOT_THERE.text,
            "old": there.in_quotes,
        }
        notes: tuple[Note, ...] = (
            Note(_THERE, there.span, {"ruleset": old.id, "old": there.in_quotes}),
        )
        return Diagnostic(codes.LAXER, new.span, values, notes=notes, help=Help(_ADD))
    cases = [case for case in change.cases if case.laxer is not None]
    first = cases[0]
    values = _values(change, first, comparison)
    notes = (
        Note(_THERE, first.old.span, {"ruleset": old.id, "old": first.old.in_quotes}),
        *_elsewhere(first, new),
        *_shown(first.laxer, comparison),
        *_others(cases[1:]),
    )
    return Diagnostic(
        codes.LAXER,
        _place(first.new.span, new),
        values,
        place=change.name.en,
        place_vi=change.name.vi,
        notes=notes,
        help=Help(_REQUIRE, {"old": first.old.in_quotes}),
    )


def _undecided(change: Change, comparison: Comparison) -> Diagnostic:
    first = next(x for x in change.cases if x.relation is Relation.UNDECIDED)
    values = _values(change, first, comparison)
    before: dict[str, Fill] = {"ruleset": comparison.old.id, "old": first.old.in_quotes}
    notes = (
        Note(_THERE, first.old.span, before),
        *_elsewhere(first, comparison.new),
        *_looked(first.looked),
    )
    return Diagnostic(
        codes.UNDECIDED,
        _place(first.new.span, comparison.new),
        {name: values[name] for name in ("provision", "ruleset", "case")},
        place=change.name.en,
        place_vi=change.name.vi,
        notes=notes,
        help=Help(_INSTALL if first.looked is Looked.ABSENT else _COMPARE_BY_HAND),
    )


def _looked(looked: Looked) -> Iterator[Note]:
    if looked in _LOOKED:
        yield Note(_LOOKED[looked], None)


def _values(
    change: Change, case: CaseChange, comparison: Comparison
) -> dict[str, Fill]:
    return {
        "provision": _provision(change),
        "ruleset": _name(comparison),
        "case": _case(case),
        "new": case.new.in_quotes,
        "old": case.old.in_quotes,
    }


def _name(comparison: Comparison) -> str:
    """Name the old ruleset, with its date if it is not the one that is built on."""
    old = comparison.old
    if old is comparison.new.base:
        return old.id
    return f"{old.id} ({old.start})"


def _provision(change: Change) -> Text:
    template = _KINDS[change.kind]
    return Text(
        template.fill(Language.EN, {"label": change.label}),
        template.fill(Language.VI, {"label": change.label}),
    )


def _case(case: CaseChange) -> Text:
    if not case.name.en:
        return _EVERYWHERE
    return Text(
        _FOR.fill(Language.EN, {"case": case.name}),
        _FOR.fill(Language.VI, {"case": case.name}),
    )


def _shown(shown: Witness | None, comparison: Comparison) -> Iterator[Note]:
    if shown is None:
        return
    yield Note(_SHOWN, None, {"unit": unit_text(shown.unit)})
    yield Note(
        _COMES_TO,
        None,
        {
            "date": shown.date,
            "new": VERDICTS[shown.new],
            "old": VERDICTS[shown.old],
            "ruleset": comparison.old.id,
        },
    )


def _elsewhere(case: CaseChange, new: Ruleset) -> Iterator[Note]:
    """Show the new figure where it does not stand in the file at hand."""
    span = case.new.span
    if span is not None and span.file is not new.span.file:
        yield Note(_HERE, span, {"new": case.new.in_quotes})


def _others(cases: list[CaseChange]) -> Iterator[Note]:
    if not cases:
        return
    named = cases[:_MOST_CASES]
    more = " …" if len(cases) > _MOST_CASES else ""
    english = "; ".join(case.name.en for case in named) + more
    vietnamese = "; ".join(case.name.vi for case in named) + more
    yield Note(_ALSO, None, {"cases": Text(english, vietnamese)})


def _place(span: Span | None, ruleset: Ruleset) -> Span:
    """Point into the ruleset itself; what it takes over stands elsewhere."""
    if span is None or span.file is not ruleset.span.file:
        return ruleset.span
    return span
