"""Small things as JSON: texts, numbers, values, units, findings, gaps."""

from __future__ import annotations

import datetime

from ntmrules.assessment._gap import Gap, Near
from ntmrules.assessment._missing import Missing
from ntmrules.diagnostics import Diagnostic, Note
from ntmrules.evaluate.trace import Reason
from ntmrules.exact import Exact, Share, decimal_text
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    Listed,
    ListType,
    NumberType,
    ShareType,
    Type,
    Value,
    YearType,
)
from ntmrules.model.unit import Attestation, Given, Unit
from ntmrules.source import Span
from ntmrules.text import Language, Text


Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
Object = dict[str, Json]


def text_json(text: Text) -> Object:
    """Give both languages."""
    return {"vi": text.vi, "en": text.en}


def number_json(number: Exact) -> str:
    """Give an exact number as text: a decimal, or ``n/d`` where it does not end."""
    return decimal_text(number)


def date_json(date: datetime.date | None) -> str | None:
    """Give a date as ISO 8601."""
    return None if date is None else date.isoformat()


def unit_json(unit: Unit) -> Object:
    """Name a unit."""
    return {"id": unit.id, "name": unit.name, "level": unit.level.name}


def place_json(span: Span | None) -> str | None:
    """Name a place in a file: ``file:line:column``."""
    return None if span is None else str(span)


def value_json(value: Value, kind: Type) -> Object:
    """Give a value with its type; amounts in their declared unit."""
    match kind, value:
        case _, Share():
            return _share_json(value)
        case ListType(), Listed():
            items: list[Json] = [
                {"label": label, "value": value_json(item, kind.item)}
                for label, item in value.items
            ]
            return {"type": "list", "items": items}
        case _, Listed() | bool():
            return {"type": "boolean", "value": bool(value)}
        case _, datetime.date():
            return {"type": "date", "value": value.isoformat()}
        case _, str():
            return {"type": "case", "value": value}
        case YearType(), int():
            return {"type": "year", "value": value}
        case _:
            return _number_value(value, kind)


def _share_json(share: Share) -> Object:
    value = share.value
    return {
        "type": "share",
        "part": number_json(share.part),
        "whole": number_json(share.whole),
        "counted": share.counted,
        "value": None if value is None else number_json(value),
    }


def _number_value(number: Exact, kind: Type) -> Object:
    match kind:
        case CountType():
            noun = kind.noun.plural
            return {"type": "count", "value": number_json(number), "noun": noun}
        case AmountType():
            measure = kind.measure
            scaled = number_json(measure.per_unscaled(number))
            return {"type": "amount", "value": scaled, "unit": measure.symbol}
        case (
            Condition()
            | NumberType()
            | ShareType()
            | DateType()
            | YearType()
            | EnumType()
            | ListType()
        ):
            return {"type": "number", "value": number_json(number)}


def given_json(given: Given | None) -> Json:
    """Give a fact as it was given."""
    if given is None:
        return None
    return {
        "text": given.text,
        "source": given.source,
        "on": date_json(given.on),
        "at": place_json(given.span),
    }


def attestation_json(attestation: Attestation | None) -> Json:
    """Give what a person judged."""
    if attestation is None:
        return None
    return {
        "verdict": attestation.verdict.value,
        "by": attestation.by,
        "on": date_json(attestation.on),
        "document": attestation.document,
        "at": place_json(attestation.span),
    }


def reason_json(reason: Reason | None) -> Json:
    """Say why something is unknown."""
    if reason is None:
        return None
    cause = reason.cause.name.lower().replace("_", " ")
    return {"cause": cause, **text_json(reason.text)}


def missing_json(missing: Missing) -> Object:
    """Name something that is missing."""
    return {
        "kind": missing.kind.value,
        "fact": missing.fact,
        "label": text_json(missing.label),
        "unit": unit_json(missing.unit),
        "year": missing.year,
        "ruleset": missing.ruleset or None,
        "detail": missing.detail or None,
    }


def gap_json(gap: Gap | None) -> Json:
    """Give a gap, with its sentence."""
    if gap is None:
        return None
    return {
        "amount": number_json(gap.amount),
        "unit": gap.unit,
        "kind": gap.kind.value,
        "fewer": gap.fewer,
        "more_than": gap.more_than,
        "at_least": gap.at_least,
        "points": None if gap.points is None else number_json(gap.points),
        "undecided": gap.undecided,
        "about": None if gap.about is None else text_json(gap.about),
        "text": {"vi": gap.text(Language.VI), "en": gap.text(Language.EN)},
        "parts": [gap_json(part) for part in gap.parts],
        "alternatives": [gap_json(other) for other in gap.alternatives],
        "closest": [_near_json(near) for near in gap.closest],
    }


def _near_json(near: Near) -> Object:
    return {
        "unit": unit_json(near.unit),
        "year": near.year,
        "gap": gap_json(near.gap),
    }


def finding_json(finding: Diagnostic) -> Object:
    """Give a finding with its sentence in both languages."""
    return {
        "code": finding.code.id,
        "slug": finding.code.slug,
        "severity": finding.severity.value,
        "message": {
            "vi": finding.message_in(Language.VI),
            "en": finding.message_in(Language.EN),
        },
        "place": finding.place,
        "at": place_json(finding.span),
        "notes": [_note_json(note) for note in finding.notes],
        "help": None
        if finding.help is None
        else {
            "vi": finding.help.message(Language.VI),
            "en": finding.help.message(Language.EN),
        },
    }


def _note_json(note: Note) -> Object:
    return {
        "vi": note.message(Language.VI),
        "en": note.message(Language.EN),
        "at": place_json(note.span),
    }
