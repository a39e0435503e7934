"""Whole tables: units of one level as frames, and the same units for the reading."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import polars

import ntmrules
from ntmrules import Ruleset
from tests.support.oracle.cases import LEVELS, Case
from tests.support.oracle.names import (
    AMOUNTS,
    BOOLEANS,
    COUNTS,
    INSIDE,
    SHARES,
    TITLES,
    T,
    plural,
)
from tests.support.oracle.people import figure
from tests.support.oracle.places import DATES, Plain, Surveyor
from tests.support.oracle.rules import other_rulesets, ruleset


FORMS = ("counted", "counted", "percent", "fraction")
KINDS: Mapping[str, Any] = {
    **dict.fromkeys(BOOLEANS, polars.Boolean),
    **dict.fromkeys(COUNTS, polars.Int64),
    **dict.fromkeys(AMOUNTS, polars.Decimal(20, 4)),
    "region": polars.String,
    "rating": polars.String,
    "factor": polars.Float64,
}
THOUSANDS = {"a1": 1000, "a2": 1}
"""How many thousand VND the declared unit of an amount is."""


@attrs.frozen
class Table:
    """Units as the slow reading takes them, with what `evaluate_frame` takes."""

    case: Case
    units: tuple[Plain, ...]
    scales: Mapping[str, str]
    rows: polars.DataFrame
    children: Mapping[str, polars.DataFrame]
    history: Mapping[str, polars.DataFrame]
    attestations: polars.DataFrame | None

    def wanted(self) -> list[dict[str, str]]:
        """Read every row slowly."""
        return [
            attrs.evolve(self.case, unit=unit).reader().verdicts()
            for unit in self.units
        ]

    def found(self, rules: Ruleset) -> list[dict[str, str]]:
        """Decide the frame, and name the verdicts as the reading does."""
        frame = ntmrules.evaluate_frame(
            rules,
            self.rows,
            as_of=self.case.assessed,
            children=self.children,
            history=self.history,
            attestations=self.attestations,
            share_columns=self.scales,
            accept_unverified=self.case.accept,
        )
        return [dict(_named(row)) for row in frame.to_dicts()]


def _named(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "", row["verdict"]
    for name, verdict in row.items():
        kind, _, label = name.partition(" ")
        if kind == "precondition":
            yield f"criterion {label}", verdict
        elif kind == "indicator" or (kind == "criterion" and label):
            yield name, verdict


def table(seed: int) -> Table:
    """Make the table of a seed: up to four units, and what lies beside them."""
    chance = random.Random(seed)  # noqa: S311 - not a secret

    def pick(choices: Sequence[T]) -> T:
        return choices[chance.randrange(len(choices))]

    others = other_rulesets(pick)
    level = pick(LEVELS)
    names = tuple(dict.fromkeys(other["id"] for other in others))
    # What columns do not express, in any rule, sends all rows another way.
    plain = pick((True, True, True, False))
    rules = ruleset(pick, level, () if plain else names, pick((1, 2, 2, 3)))
    if plain:
        first = ruleset(pick, level, (), pick((1, 1, 2)))["criteria"][:1]
        rules |= {"criteria": first, "preconditions": [], "when": None}
    assessed = datetime.date.fromisoformat(pick(DATES))
    accept = pick((False, False, True))
    surveyor = Surveyor(
        pick, pick((7, 9, 10)), dated=False, judged=not plain and pick((False, True))
    )
    inside = [one for one in INSIDE[level] if pick((True, True, False))]
    labels = {
        inner["label"]
        for one in (*rules["preconditions"], *rules["criteria"])
        for inner in (one, *one["indicators"])
    }
    forms = {name: pick(FORMS) for name in SHARES}
    titled = {one: pick((True, True, False)) for one in (level, *inside)}
    flat = _Flat(forms, titled, assessed)
    units = []
    for number in range(pick((1, 2, 4))):
        unit = flat.unit(surveyor.unit(level, "u", 1), level, f"u{number}")
        unit["attestations"] = _judged(unit, labels)
        for one in inside:
            members = [surveyor.unit(one, "v", 1) for _ in range(pick((0, 1, 2, 3)))]
            unit[plural(one)] = [
                flat.unit(member, one, f"{one[0]}{at}", judged=False)
                for at, member in enumerate(members)
            ]
        units.append(unit)
    case = Case(rules, others, {}, assessed, accept)
    return _framed(case, units, level, inside, flat)


def _judged(unit: Plain, labels: set[str]) -> Plain:
    return {
        of: {
            label: one
            for label, one in judged.items()
            if one["on"] is not None and (of != "oracle.case" or label in labels)
        }
        for of, judged in unit.get("attestations", {}).items()
    }


@attrs.frozen
class _Flat:
    """Leaves out of units what a row does not say."""

    forms: Mapping[str, str]
    titled: Mapping[str, bool]
    assessed: datetime.date

    @property
    def scales(self) -> dict[str, str]:
        return {name: form for name, form in self.forms.items() if form != "counted"}

    def unit(self, unit: Plain, level: str, name: str, *, judged: bool = True) -> Plain:
        found: Plain = {
            "level": level,
            "id": name,
            "facts": self._facts(unit["facts"]),
            "history": {
                year: self._facts(facts)
                for year, facts in unit["history"].items()
                if year < self.assessed.year
            },
        }
        if self.titled[level]:
            titles = unit.get("titles", {})
            found["titles"] = {title: _years(one) for title, one in titles.items()}
        if judged:
            found["attestations"] = unit.get("attestations", {})
        return found

    def _facts(self, facts: Plain) -> Plain:
        return {
            name: one
            for name, one in facts.items()
            if (name in KINDS or name in self.forms)
            and ("/" in str(one)) is (self.forms.get(name) == "counted")
        }

    def row(self, unit: Plain, facts: Plain, **more: object) -> dict[str, Any]:
        row = {"id": unit["id"], **more}
        for name, form in self.forms.items():
            one = figure(name, facts[name]) if name in facts else None
            if form == "counted":
                row[f"{name}.met"] = None if one is None else int(one.part)
                row[f"{name}.of"] = None if one is None else int(one.whole)
            else:
                over = Fraction(1) if form == "percent" else Fraction(1, 100)
                row[name] = None if one is None else _decimal(one.part * over)
        for name in KINDS:
            given = facts.get(name)
            if name in AMOUNTS and given is not None:
                given = _decimal(figure(name, given) / 1000 / THOUSANDS[name])
            elif name == "factor" and given is not None:
                given = float(given)
            row[name] = given
        return row

    def titles(self, unit: Plain, level: str) -> dict[str, Any]:
        if not self.titled[level]:
            return {}
        row: dict[str, Any] = {}
        for title in TITLES[level]:
            record = unit["titles"].get(title, {"granted": None})
            if not isinstance(record, dict):
                record = {"granted": record}
            row[f"titles.{title}"] = record["granted"]
            row[f"titles.{title}.withdrawn"] = record.get("withdrawn")
        return row


def _years(record: Any) -> Any:
    if isinstance(record, dict):
        return {key: _years(when) for key, when in record.items()}
    return record if isinstance(record, int) else int(record[:4])


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _framed(
    case: Case, units: list[Plain], level: str, inside: list[str], flat: _Flat
) -> Table:
    rows = [flat.row(x, x["facts"], **flat.titles(x, level)) for x in units]
    children, history = {}, {}
    years = [
        flat.row(x, facts, year=year)
        for x in units
        for year, facts in x["history"].items()
    ]
    if years:
        history[plural(level)] = _frame(years, flat)
    for one in inside:
        pairs = [(x["id"], member) for x in units for member in x[plural(one)]]
        members = [
            flat.row(y, y["facts"], parent=up, **flat.titles(y, one)) for up, y in pairs
        ]
        children[plural(one)] = _frame(members, flat, one)
        years = [
            flat.row(y, facts, parent=up, year=year)
            for up, y in pairs
            for year, facts in y["history"].items()
        ]
        if years:
            history[plural(one)] = _frame(years, flat)
    judged = [
        {"id": x["id"], "ruleset": of, "label": label, **one}
        for x in units
        for of, labels in x["attestations"].items()
        for label, one in labels.items()
    ]
    attestations = None
    if judged:
        attestations = polars.DataFrame(judged).with_columns(
            polars.col("on").str.to_date()
        )
    return Table(
        case,
        tuple(units),
        flat.scales,
        _frame(rows, flat),
        children,
        history,
        attestations,
    )


def _frame(
    rows: list[dict[str, Any]], flat: _Flat, level: str = ""
) -> polars.DataFrame:
    """Make a frame; without rows, of the columns that a member of *level* has."""
    if not rows:
        nobody: Plain = {"id": "", "titles": {}}
        rows = [flat.row(nobody, {}, parent="", **flat.titles(nobody, level))]
        return _frame(rows, flat).clear()
    kinds: dict[str, Any] = {}
    for name in rows[0]:
        if name in KINDS:
            kinds[name] = KINDS[name]
        elif name in flat.scales:
            kinds[name] = polars.Decimal(20, 6)
        else:
            kinds[name] = polars.String if name in {"id", "parent"} else polars.Int64
    return polars.DataFrame(rows, schema=kinds, orient="row")
