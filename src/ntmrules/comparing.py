"""
Comparing rulesets: what gets stricter and laxer, and for whom.

Source: engine.md section 1.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from ntmrules.analysis import (
    Comparison,
    carried_over,
    compare_rulesets,
    unit_change,
)
from ntmrules.api import evaluate, load
from ntmrules.catalogue import Catalogue
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import RulesetError
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.patience import SEARCH_MS
from ntmrules.text import Fill
from ntmrules.units import UnitData, bind, unit_data


Given = UnitData | Unit | Mapping[str, object]


def compare(
    old: Ruleset | Path | str,
    new: Ruleset | Path | str,
    *,
    units: Iterable[Given] = (),
    as_of: datetime.date | None = None,
    accept_unverified: bool = False,
    search_ms: int = SEARCH_MS,
    catalogue: Catalogue | None = None,
) -> Comparison:
    """
    Tell what a ruleset makes stricter or laxer than another one, and for whom.

    Args:
        old: An id, a file, or a loaded ruleset.
        new: The same.
        units: Units that are assessed under both, each on its own date.
        as_of: Picks the versions of ids, and is the date of units, if it is given.
        accept_unverified: Whether unverified figures count in assessing units; in
            comparing rules they always do.
        search_ms: How long z3 may look for units where comparing does not decide, in
            thousandths of a second; 0 for not at all.  It needs the extra ``smt``.
        catalogue: As for `ntmrules.load`.

    Returns:
        Comparison: A change for each provision, case by case where they differ, with
        a unit that shows it; and what the new ruleset does to each of the units.

    Raises:
        RulesetError: One of them cannot be used, or they are for different levels.
        FactError: The facts of a unit cannot be used, or it has no date.

    Source:
        engine.md section 1, language.md section 9.
    """
    before, after = (
        found
        if isinstance(found, Ruleset)
        else load(found, as_of=as_of, catalogue=catalogue)
        for found in (old, new)
    )
    if before.level.name != after.level.name:
        values: dict[str, Fill] = {
            "name": after.id,
            "level": after.level.name,
            "found": before.level.name,
        }
        raise RulesetError([Diagnostic(codes.RULESET_LEVEL, after.span, values)])
    comparison = compare_rulesets(before, after, search_ms)
    changes = []
    for given in units:
        unit = unit_data(given) if isinstance(given, Mapping) else given
        traces = []
        for ruleset in (before, after):
            bound = _bound(unit, ruleset)
            if ruleset is after:
                bound = carried_over(bound, comparison)
            assessment = evaluate(
                ruleset, bound, as_of=as_of, accept_unverified=accept_unverified
            )
            traces.append(assessment.trace)
        changes.append(unit_change(*traces))
    return attrs.evolve(comparison, units=tuple(changes))


def _bound(unit: UnitData | Unit, ruleset: Ruleset) -> Unit:
    return unit if isinstance(unit, Unit) else bind(unit, ruleset.vocabulary)
