"""A unit that shows something, as text: the way unit files and cases are written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from ntmrules.analysis._changes import CaseChange, Change, Witness
from ntmrules.exact import Exact, Share, decimal_text, normal
from ntmrules.measure import symbol_of
from ntmrules.model.types import AmountType, Listed, Type, Value
from ntmrules.model.unit import Attestation, Counts, Given, Unit
from ntmrules.model.vocabulary import Vocabulary


_MOST_DECIMALS = 4


def unit_text(unit: Unit) -> str:
    """Write a unit on one line, as a unit file would hold it."""
    return _mapping(_parts(unit, top=True))


def case_text(change: Change, case: CaseChange, shown: Witness) -> str:
    """
    Write the case that a unit makes, ready for a file of cases.

    It wants what the old ruleset says.
    """
    kind = "whole" if change.kind == "ruleset" else change.label
    slug = re.sub(r"\W+", "-", f"{kind} {case.name.en}").strip("-")
    label = "verdict" if change.kind == "ruleset" else f'"{change.label}"'
    note = f"{case.old.text.vi} ({change.name.vi})"
    return (
        f"- id: {slug}\n"
        f"  note: {_quoted(note)}\n"
        f"  as_of: {shown.date}\n"
        f"  unit: {unit_text(shown.unit)}\n"
        f"  want: {{{label}: {shown.old.value}}}\n"
    )


def _parts(unit: Unit, *, top: bool) -> Iterable[tuple[str, str]]:
    vocabulary = unit.vocabulary
    if top:
        yield "level", unit.level.name
    if unit.id:
        yield "id", unit.id
    if unit.facts:
        yield "facts", _facts(unit.facts, vocabulary)
    if unit.titles is not None:
        held = ((name, str(record.granted)) for name, record in unit.titles.items())
        yield "titles", _mapping(held)
    for plural, inside in unit.collections.items():
        if not isinstance(inside, Counts):
            listed = (_mapping(_parts(one, top=False)) for one in inside)
            yield plural, f"[{', '.join(listed)}]"
    if unit.history:
        years = (
            (str(year), _facts(facts, vocabulary))
            for year, facts in unit.history.items()
        )
        yield "history", _mapping(years)
    if unit.attestations:
        given = (
            (name, _mapping((f'"{label}"', _judged(x)) for label, x in found.items()))
            for name, found in unit.attestations.items()
        )
        yield "attestations", _mapping(given)


def _mapping(parts: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts) + "}"


def _judged(found: Attestation) -> str:
    on = "" if found.on is None else found.on.isoformat()
    return f"{{verdict: {found.verdict.value}, by: {_quoted(found.by)}, on: {on}}}"


def _facts(facts: Mapping[str, Given], vocabulary: Vocabulary) -> str:
    return _mapping(
        (name, value_text(given.value, vocabulary.facts[name].type))
        for name, given in facts.items()
    )


def value_text(value: Value, kind: Type) -> str:
    """Write a value as a unit file holds it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Share():
            return _share(value)
        case Listed():
            item = getattr(kind, "item", kind)
            return f"[{', '.join(value_text(one, item) for _, one in value.items)}]"
        case datetime.date():
            return value.isoformat()
        case str():
            return value
        case _:
            return _number(value, kind)


def _share(value: Share) -> str:
    if value.counted or value.value is None:
        return f"{value.part}/{value.whole}"
    percent = decimal_text(normal(Fraction(value.value) * 100))
    if "/" in percent:
        exact = Fraction(value.value)
        return f"{exact.numerator}/{exact.denominator}"
    return f"{percent}%"


def _number(value: Exact, kind: Type) -> str:
    if isinstance(kind, AmountType):
        measure = kind.measure
        scaled = decimal_text(measure.per_unscaled(value))
        if len(scaled.partition(".")[2]) > _MOST_DECIMALS:
            return f"{decimal_text(value)} {symbol_of(measure.dimensions)}"
        return f"{scaled} {measure.symbol}"
    return decimal_text(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
