"""The fingerprint of everything that was given for a unit."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping

from ntmrules.exact import Exact, Share
from ntmrules.model.types import Listed, Value
from ntmrules.model.unit import Attestation, Counts, Given, TitleRecord, Unit


Canonical = str | bool | list["Canonical"] | dict[str, "Canonical"]


def facts_hash(unit: Unit) -> str:
    """
    Give the SHA-256, in hex, of everything given for a unit and inside it.

    It depends on what the values are, not on how they were written: the order of
    keys, of units and of lists makes no difference, nor does ``48`` or
    ``48 million VND/person``, a file or a Python mapping.
    """
    text = _write(_unit(unit))
    return hashlib.sha256(text.encode()).hexdigest()


def _write(value: Canonical) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _unit(unit: Unit) -> Canonical:
    form: dict[str, Canonical] = {
        "level": unit.level.name,
        "id": unit.id,
        "name": unit.name,
        "as_of": _day(unit.as_of),
        "facts": _facts(unit.facts),
        "collections": {
            plural: _collection(inside) for plural, inside in unit.collections.items()
        },
        "history": {str(year): _facts(facts) for year, facts in unit.history.items()},
        "attestations": {
            ruleset: {label: _attestation(one) for label, one in labels.items()}
            for ruleset, labels in unit.attestations.items()
        },
    }
    # No record of titles is not the same as a record without titles.
    if unit.titles is not None:
        form["titles"] = {name: _title(one) for name, one in unit.titles.items()}
    return form


def _collection(inside: tuple[Unit, ...] | Counts) -> Canonical:
    if isinstance(inside, Counts):
        hold: Canonical = {title: str(count) for title, count in inside.hold.items()}
        return {"total": str(inside.total), "hold": hold}
    units: list[Canonical] = [_unit(unit) for unit in inside]
    return sorted(units, key=_write)


def _facts(facts: Mapping[str, Given]) -> Canonical:
    return {
        name: [_value(given.value), given.source, _day(given.on)]
        for name, given in facts.items()
    }


def _value(value: Value) -> Canonical:
    # Each kind looks different: a case called `1` is not the number 1.
    match value:
        case bool():
            return value
        case Share():
            counted = "counted" if value.counted else "share"
            return [counted, _number(value.part), _number(value.whole)]
        case str():
            return ["case", value]
        case datetime.date():
            return ["date", value.isoformat()]
        case Listed():
            items: list[Canonical] = [
                [label, _value(item)] for label, item in value.items
            ]
            return ["list", *sorted(items, key=_write)]
        case _:
            return _number(value)


def _number(number: Exact) -> str:
    return str(number)


def _title(record: TitleRecord) -> Canonical:
    withdrawn = "" if record.withdrawn is None else str(record.withdrawn)
    return [str(record.granted), withdrawn, record.by]


def _attestation(one: Attestation) -> Canonical:
    return [one.verdict.value, one.by, _day(one.on), one.document]


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day is not None else ""
