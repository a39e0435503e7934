"""
The plain form of a unit: what compiled code reads.

It is a mapping of the shape that unit files have, with values that need no reading: a
share of counts is a pair of integers, a percentage alone a `Fraction`, an amount a
number in the declared unit.  `ntmrules.evaluate` takes it too, and says the same of it.

Source: engine.md section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ntmrules.compiled._codes import Loose
from ntmrules.compiled._exact import Percent
from ntmrules.exact import Share
from ntmrules.model.types import AmountType, Listed, ListType, Type
from ntmrules.model.unit import Attestation, Counts, Given, TitleRecord, Unit
from ntmrules.model.vocabulary import Fact


Asked = Mapping[str, Mapping[str, Fact]]
"""Facts by level and name."""


def plain_form(unit: Unit, asked: Asked) -> dict[str, Loose]:
    """Give a checked unit in the plain form, with `None` for what is asked in vain."""
    known = unit.vocabulary.facts
    record: dict[str, Loose] = {"level": unit.level.name}
    if unit.id:
        record["id"] = unit.id
    if unit.name:
        record["name"] = unit.name
    if unit.as_of is not None:
        record["as_of"] = unit.as_of
    record["facts"] = {
        **dict.fromkeys(asked.get(unit.level.name, ())),
        **_facts(unit.facts, known),
    }
    if unit.titles is not None:
        record["titles"] = {name: _title(one) for name, one in unit.titles.items()}
    if unit.history:
        record["history"] = {
            year: _facts(facts, known) for year, facts in unit.history.items()
        }
    if unit.attestations:
        record["attestations"] = {
            ruleset: {label: _attestation(one) for label, one in judged.items()}
            for ruleset, judged in unit.attestations.items()
        }
    for plural, inside in unit.collections.items():
        if isinstance(inside, Counts):
            record[plural] = {"total": inside.total, "hold": dict(inside.hold)}
        else:
            record[plural] = [plain_form(one, asked) for one in inside]
    return record


def _facts(given: Mapping[str, Given], known: Mapping[str, Fact]) -> dict[str, Loose]:
    return {name: _value(one.value, known[name].type) for name, one in given.items()}


def _value(value: Loose, kind: Type) -> Loose:
    if isinstance(value, Share):
        if value.counted:
            return (value.part, value.whole)
        return Percent(Fraction(value.part) * Fraction(1, value.whole))
    if isinstance(kind, AmountType):
        return kind.measure.per_unscaled(value)
    if isinstance(value, Listed) and isinstance(kind, ListType):
        items = [(label, _value(item, kind.item)) for label, item in value.items]
        if any(label for label, _ in items):
            return dict(items)
        return [item for _, item in items]
    return value


def _title(record: TitleRecord) -> Loose:
    if record.withdrawn is None:
        return record.granted
    return {"granted": record.granted, "withdrawn": record.withdrawn}


def _attestation(found: Attestation) -> dict[str, Loose]:
    kept = {"verdict": found.verdict.value, "by": found.by, "on": found.on}
    return {key: value for key, value in kept.items() if value}
