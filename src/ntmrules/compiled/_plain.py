"""
The plain form of a unit: what compiled code reads.

It is a mapping of the shape that unit files have, with values that need no reading: a
share of counts is a pair of integers, a percentage alone a `Fraction`, an amount a
number in the declared unit.  `ntmrules.evaluate` takes it too, and says the same of it.

Source: engine.md section 2.
"""

from __future__ import annotations

import datetime
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


class Dated(dict[str, Loose]):
    """
    A unit in which figures with dates of their own stayed as they were given.

    Whether they count depends on the date of the assessment, so the reader of units
    looks at them each time, even where a check is declined.
    """


def plain_form(
    unit: Unit, asked: Asked, date: datetime.date | None = None
) -> dict[str, Loose]:
    """
    Give a checked unit in the plain form, with `None` for what is asked in vain.

    Figures after the *date* of the assessment are left out.  Without it, a figure
    with a date of its own stays as it was given, for the reader of units.
    """
    known = unit.vocabulary.facts
    level = unit.level.name
    undated = date is not None or not _has_dated_figures(unit)
    record: dict[str, Loose] = {} if undated else Dated()
    record["level"] = level
    if unit.id:
        record["id"] = unit.id
    if unit.name:
        record["name"] = unit.name
    if unit.as_of is not None:
        record["as_of"] = unit.as_of
    wanted: dict[str, Loose] = {
        name: None
        for name, fact in asked.get(level, {}).items()
        if not fact.levels or level in fact.levels
    }
    record["facts"] = wanted | _facts(unit.facts, known, date, unit.as_of)
    if unit.titles is not None:
        record["titles"] = {name: _title(one) for name, one in unit.titles.items()}
    if unit.history:
        record["history"] = {
            year: _facts(facts, known, date) for year, facts in unit.history.items()
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
            record[plural] = [plain_form(one, asked, date) for one in inside]
    return record


def _has_dated_figures(unit: Unit) -> bool:
    """Tell whether any figure, of any year or unit inside, has a date of its own."""
    years = (unit.facts, *unit.history.values())
    if any(one.on is not None for facts in years for one in facts.values()):
        return True
    return any(
        _has_dated_figures(one)
        for inside in unit.collections.values()
        if not isinstance(inside, Counts)
        for one in inside
    )


def _facts(
    given: Mapping[str, Given],
    known: Mapping[str, Fact],
    date: datetime.date | None,
    as_of: datetime.date | None = None,
) -> dict[str, Loose]:
    facts: dict[str, Loose] = {}
    # Where the facts of a date count at all, so does every figure up to that date.
    surely = date or as_of
    for name, one in given.items():
        value = _value(one.value, known[name].type)
        if one.on is None or (surely is not None and one.on <= surely):
            facts[name] = value
        elif date is None:
            facts[name] = {"value": value, "on": one.on}
    return facts


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
