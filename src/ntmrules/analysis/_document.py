"""A comparison as what JSON can hold."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ntmrules.analysis._changes import (
    CaseChange,
    Change,
    Figure,
    Found,
    Relation,
    Searched,
    UnitChange,
    Witness,
)
from ntmrules.analysis._ready import case_text, unit_text
from ntmrules.model.ruleset import Ruleset
from ntmrules.text import Text
from ntmrules.verdict import Verdict


SCHEMA = "ntmrules/comparison/1"
"""The id of the form of the document."""


@attrs.frozen(eq=False)
class Row:
    """Cases that have everything in common but their names."""

    relation: Relation
    old: Figure
    new: Figure
    cases: tuple[CaseChange, ...]

    @property
    def names(self) -> tuple[Text, ...]:
        """The cases; nothing if there is only one there can be."""
        return tuple(case.name for case in self.cases if case.name.en)

    @property
    def laxer(self) -> CaseChange | None:
        """The first case with a unit that now passes."""
        return next((case for case in self.cases if case.laxer is not None), None)

    @property
    def stricter(self) -> CaseChange | None:
        """The first case with a unit that no longer passes."""
        return next((case for case in self.cases if case.stricter is not None), None)

    @property
    def shown(self) -> tuple[Witness, ...]:
        """What to show: of what is both laxer and stricter, a unit for each."""
        laxer = None if self.laxer is None else self.laxer.laxer
        stricter = None if self.stricter is None else self.stricter.stricter
        found = [one for one in (laxer, stricter) if one is not None]
        return tuple(found if self.relation is Relation.INCOMPARABLE else found[:1])


def rows(change: Change) -> tuple[Row, ...]:
    """Put the cases together that differ in nothing but their names."""
    found: dict[tuple[object, ...], list[CaseChange]] = {}
    for case in change.cases:
        if case.relation is not Relation.EQUAL:
            key = (case.relation, case.old.text, case.new.text)
            found.setdefault(key, []).append(case)
    return tuple(
        Row(cases[0].relation, cases[0].old, cases[0].new, tuple(cases))
        for cases in found.values()
    )


def document(comparison: Found) -> dict[str, object]:
    """Write a comparison."""
    counts = {
        relation.value: len(comparison.of(relation))
        for relation in Relation
        if comparison.of(relation)
    }
    return {
        "schema": SCHEMA,
        "old": _ruleset(comparison.old),
        "new": _ruleset(comparison.new),
        "tightens": comparison.tightens,
        "counts": counts,
        "search": _search(comparison.searched),
        "changes": [_change(change) for change in comparison.changes],
        "units": [_unit(change) for change in comparison.units],
    }


def _search(searched: Searched | None) -> dict[str, int] | None:
    return None if searched is None else attrs.asdict(searched)


def _ruleset(ruleset: Ruleset) -> dict[str, object]:
    return {
        "id": ruleset.id,
        "name": _text(ruleset.name),
        "start": ruleset.start.isoformat(),
        "end": None if ruleset.end is None else ruleset.end.isoformat(),
        "instrument": ruleset.basis.number,
        "content_hash": ruleset.content_hash,
    }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _change(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "label": change.label,
        "name": _text(change.name),
        "relation": change.relation.value,
        "cases": [_case(change, case) for case in change.cases],
    }


def _case(change: Change, case: CaseChange) -> dict[str, object]:
    return {
        "case": _text(case.name),
        "date": case.case.date.isoformat(),
        "facts": {chosen.fact.name: chosen.value for chosen in case.case.chosen},
        "relation": case.relation.value,
        "old": _figure(case.old),
        "new": _figure(case.new),
        "laxer": _witness(change, case, case.laxer),
        "stricter": _witness(change, case, case.stricter),
        "looked": case.looked.value,
    }


def _figure(figure: Figure) -> dict[str, object]:
    at = None if figure.span is None else str(figure.span)
    return {"text": _text(figure.text), "at": at}


def _witness(
    change: Change, case: CaseChange, shown: Witness | None
) -> dict[str, object] | None:
    if shown is None:
        return None
    return {
        "unit": unit_text(shown.unit),
        "date": shown.date.isoformat(),
        "old": shown.old.value,
        "new": shown.new.value,
        "case": case_text(change, case, shown),
    }


def _unit(change: UnitChange) -> dict[str, object]:
    return {
        "id": change.unit.id,
        "name": change.unit.name,
        "date": change.date.isoformat(),
        "old": change.old.value,
        "new": change.new.value,
        "effect": change.effect.value,
        "by": {
            label: {"old": _verdict(old), "new": _verdict(new)}
            for label, (old, new) in change.by.items()
        },
    }


def _verdict(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def ready_cases(changes: Iterable[Change]) -> str:
    """Write a case for every unit that the new ruleset wrongly accepts."""
    found: dict[str, None] = {}
    for change in changes:
        for row in rows(change):
            case = row.laxer
            if case is not None and case.laxer is not None:
                found[case_text(change, case, case.laxer)] = None
    return "".join(found)
