"""Rows as units: for explanations, and for what columns do not express."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars

from ntmrules.batch import _words as w
from ntmrules.batch._columns import KEPT, MET, OF, Columns
from ntmrules.batch._needs import Needs
from ntmrules.batch._titles import TITLES, WITHDRAWN
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Fact
from ntmrules.model.words import name_of
from ntmrules.text import Fill


PARENT = "parent"
Inside = Mapping[str, Mapping[str, list[dict[str, Any]]]]
"""By the plural of a level and the id of the unit above: the units inside it."""


def children_of(
    ruleset: Ruleset,
    frame: polars.DataFrame,
    children: Mapping[str, polars.DataFrame],
    needs: Needs,
    scales: Mapping[str, str],
    problems: list[Diagnostic],
) -> Inside:
    """Check the frames of sub-units, and give their rows by the unit above."""
    found: dict[str, Mapping[str, list[dict[str, Any]]]] = {}
    if children and "id" not in frame.columns:
        problems.append(_wrong(w.THE_FRAME, w.WITH_ID, w.ONE_WITHOUT))
        return found
    for plural, rows in children.items():
        level = ruleset.vocabulary.level_of_plural(plural)
        below = level is not None and ruleset.vocabulary.is_below(
            level.name, ruleset.level.name
        )
        owner = f"`children[{plural!r}]`"
        if level is None or not below:
            wanted = w.level_below(name_of(ruleset.level))
            problems.append(_wrong(owner, wanted, w.THAT))
            continue
        if PARENT not in rows.columns:
            problems.append(_wrong(owner, w.WITH_PARENT, w.ONE_WITHOUT))
            continue
        facts = dict(needs.inside.get(plural, {}))
        facts |= {name: f for name, f in needs.facts.items() if f.sums_up}
        checked = Columns(rows, ruleset.vocabulary, facts, scales, (PARENT,))
        problems += checked.problems
        known = {str(one) for one in frame["id"].to_list()}
        groups: dict[str, list[dict[str, Any]]] = {one: [] for one in known}
        for number, row in enumerate(rows.iter_rows(named=True), 1):
            parent = str(row[PARENT])
            if row[PARENT] is None or parent not in known:
                place = w.parent_of(number, owner)
                problems.append(_wrong(place, w.OF_THE_FRAME, f"`{parent}`"))
                break
            groups[parent].append(_unit(level.name, row, facts, scales))
        found[plural] = groups
    if children and frame["id"].is_duplicated().any():
        problems.append(_wrong(w.ID_COLUMN, w.DIFFERENT, w.THAT))
    return found


def units_of(
    ruleset: Ruleset,
    frame: polars.DataFrame,
    needs: Needs,
    scales: Mapping[str, str],
    inside: Inside,
) -> Iterator[dict[str, Any]]:
    """Give each row as a unit that `ntmrules.evaluate` takes."""
    for row in frame.iter_rows(named=True):
        unit = _unit(ruleset.level.name, row, needs.facts, scales)
        for plural, groups in inside.items():
            unit[plural] = groups[str(row["id"])]
        yield unit


def _unit(
    level: str,
    row: Mapping[str, Any],
    needed: Mapping[str, Fact],
    scales: Mapping[str, str],
) -> dict[str, Any]:
    facts = {}
    for name in needed:
        figure = _figure(name, row, scales)
        if figure is not None:
            facts[name] = figure
    unit: dict[str, Any] = {"level": level, "facts": facts}
    for name in KEPT:
        if row.get(name) is not None:
            unit[name] = str(row[name])
    if any(name.startswith(TITLES) for name in row):
        unit["titles"] = _titles(row)
    return unit


def _wrong(owner: Fill, wanted: Fill, found: Fill) -> Diagnostic:
    values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
    return Diagnostic(codes.BAD_SHAPE, None, values)


def _figure(name: str, row: Mapping[str, Any], scales: Mapping[str, str]) -> object:
    part, whole = row.get(name + MET), row.get(name + OF)
    if part is not None:
        # Whole numbers in pairs are what compiled rules take without reading.
        plain = type(part) is int and type(whole) is int and whole > 0
        return (part, whole) if plain else f"{part}/{whole}"
    value = row.get(name)
    if value is None or name not in scales:
        return value
    number = value if isinstance(value, int | Decimal) else Decimal(repr(value))
    return f"{number if scales[name] == 'percent' else number * 100:f}%"


def _titles(row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, year in row.items():
        if not column.startswith(TITLES) or column.endswith(WITHDRAWN) or year is None:
            continue
        record = {"granted": int(year)}
        gone = row.get(column + WITHDRAWN)
        if gone is not None:
            record["withdrawn"] = int(gone)
        found[column.removeprefix(TITLES)] = record
    return found
