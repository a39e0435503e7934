"""
Looking up facts and titles of a unit.

Source: language.md section 7.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.evaluate._context import Context
from ntmrules.evaluate.trace import Cause, Origin, Reason, ValueStep
from ntmrules.exact import Exact, Share, decimal_text, normal, rounded
from ntmrules.model.expressions import Expression, FactValue
from ntmrules.model.types import Value
from ntmrules.model.unit import Counts, Given, TitleRecord, Unit, When
from ntmrules.model.vocabulary import Fact, Level, Title
from ntmrules.model.words import plural_of
from ntmrules.text import Fill, Text, figure
from ntmrules.tree import make
from ntmrules.verdict import Verdict


def fact_value(node: FactValue, here: Context) -> ValueStep:
    """Look up a fact: the unit's own figure, else the total of its sub-units."""
    unit, year, fact = here.unit, here.year, node.fact
    if here.plain:
        own = unit.facts.get(fact.name)
    else:
        own = unit.history.get(year, _NOTHING).get(fact.name)
    if own is not None:
        if own.on is None or own.on <= here.assessed:
            fields = (node, unit, year, own.value, False, None, _GIVEN, own, None, ())
            return make(ValueStep, fields)
        _notice_later(fact, own, here)
    if fact.sums_up:
        inside = summing_units(fact, unit)
        if inside is not None:
            return _total(node, here, inside)
    return ValueStep(node, unit, year, None, reason=_missing(fact, here))


def _notice_later(fact: Fact, own: Given, here: Context) -> None:
    """Report a figure of a later date: nothing from the future certifies."""
    values: dict[str, Fill] = {
        "fact": fact.name,
        "on": own.on or here.assessed,
        "date": here.assessed,
    }
    place = here.unit.called
    here.sink.add(Diagnostic(codes.FIGURE_LATER, own.span, values, place=place))


_NOTHING: Mapping[str, Given] = MappingProxyType({})
_GIVEN = Origin.GIVEN


def _missing(fact: Fact, here: Context) -> Reason:
    if here.year == here.assessed.year:
        return Reason(Cause.FACT_MISSING, {"name": fact.name})
    return Reason(Cause.YEAR_MISSING, {"name": fact.name, "year": here.year})


def summing_levels(fact: Fact, unit: Unit) -> list[Level]:
    """
    Give the levels right below *unit* whose figures add up to the unit's.

    Where the fact names its levels, all of those are needed; where it does not,
    those that the unit lists.
    """
    below = [
        level
        for level in unit.vocabulary.levels.values()
        if level.parent == unit.level.name
    ]
    if fact.levels:
        return [level for level in below if level.name in fact.levels]
    return [level for level in below if level.plural in unit.collections]


def summing_units(fact: Fact, unit: Unit) -> tuple[Unit, ...] | None:
    """Give the sub-units that add up; `None` when they are not all on file."""
    levels = summing_levels(fact, unit)
    found: list[Unit] = []
    for level in levels:
        inside = unit.collections.get(level.plural)
        if inside is None or isinstance(inside, Counts):
            return None
        found += inside
    return tuple(found) or None


def _total(node: FactValue, here: Context, inside: tuple[Unit, ...]) -> ValueStep:
    steps = tuple(fact_value(node, here.inside(unit)) for unit in inside)
    figures = [step.value for step in steps if step.value is not None]
    total: Value | None = None
    reason: Reason | None = _missing(node.fact, here)
    if len(figures) == len(steps):
        total = add_up(figures)
        reason = Reason(Cause.NOT_SUMMABLE) if total is None else None
    return ValueStep(
        node,
        here.unit,
        here.year,
        total,
        reason=reason,
        origin=Origin.SUMMED,
        steps=steps,
    )


def add_up(values: list[Value]) -> Value | None:
    """
    Add up figures of sub-units: shares add their parts and their wholes.

    `None` when a share is only known as a percentage.
    """
    part: Exact = 0
    whole: Exact = 0
    shares = False
    for value in values:
        if isinstance(value, Share) and value.counted:
            shares = True
            part += value.part
            whole += value.whole
        elif isinstance(value, int | Fraction):
            part += value
        else:
            return None
    return Share(normal(part), normal(whole), counted=True) if shares else normal(part)


def check_totals(here: Context, shown: Sink) -> None:
    """Find figures of units that differ from the sum of their sub-units."""
    unit = here.unit
    summed = unit.vocabulary.summed
    if not summed:
        return
    for name, own in unit.facts.items():
        fact = summed.get(name)
        parts = None if fact is None else summing_units(fact, unit)
        if fact is None or parts is None:
            continue
        total = _total(FactValue(fact, span=fact.span), here, parts).value
        if total is not None and not _same(own.value, total):
            values: dict[str, Fill] = {
                "fact": name,
                "unit": unit.called,
                "own": _own(own),
                "plural": plural_of(summing_levels(fact, unit)[0]),
                "total": written(total),
            }
            place = unit.called
            shown.add(Diagnostic(codes.OWN_NOT_SUM, own.span, values, place=place))
    for inside in unit.collections.values():
        if not isinstance(inside, Counts):
            for sub in inside:
                if sub.collections:
                    check_totals(here.inside(sub), shown)


def _own(own: Given) -> Text:
    """Write a figure that was given: in Vietnamese in quotes if as it was written."""
    return Text(own.text, f"`{own.text}`") if own.text else written(own.value)


def _same(own: Value, total: Value) -> bool:
    if not isinstance(own, Share) or not isinstance(total, Share):
        return own == total
    if own.counted:
        return (own.part, own.whole) == (total.part, total.whole)
    stated, computed = own.value, total.value
    if stated is None or computed is None:
        return stated is computed
    # A percentage alone agrees if the total rounds to it.
    digits = len(decimal_text(stated * 100).partition(".")[2])
    return rounded(computed * 100, digits) == stated * 100


def written(value: Value) -> Text:
    """Write a figure plainly, for a finding."""
    return figure(_plainly(value))


def _plainly(value: Value) -> str:
    if isinstance(value, Share):
        if value.counted:
            return f"{decimal_text(value.part)}/{decimal_text(value.whole)}"
        share = value.value
        return "0/0" if share is None else f"{decimal_text(normal(share * 100), 4)}%"
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return decimal_text(value)
    return str(value)


def _on_or_before(when: When, date: datetime.date) -> bool:
    """Tell whether a year or date has come; a year counts from its first day."""
    return when <= date.year if isinstance(when, int) else when <= date


def record_of(title: str, here: Context) -> TitleRecord | None:
    """Give the record of a title if it had been granted by the assessment."""
    record = (here.unit.titles or {}).get(title)
    if record is None or not _on_or_before(record.granted, here.assessed):
        return None
    return record


def granted_year(node: Expression, title: Title, here: Context) -> ValueStep:
    """Give the year in which the unit was granted a title."""
    record = record_of(title.name, here)
    if record is not None:
        granted = record.granted
        year = granted if isinstance(granted, int) else granted.year
        return ValueStep(node, here.unit, here.year, year, origin=Origin.TITLE)
    cause = Cause.TITLES_MISSING if here.unit.titles is None else Cause.NOT_GRANTED
    if any(record_of(name, here) for name in here.unit.vocabulary.implying(title.name)):
        # Whoever holds a higher title was granted this one too, nobody says when.
        cause = Cause.LOWER_TITLE_MISSING
    reason = Reason(cause, {"name": title.name})
    return ValueStep(node, here.unit, here.year, None, reason=reason)


def holding(title: Title, here: Context) -> tuple[Verdict, Reason | None]:
    """
    Decide whether the unit holds a title, or one above it, on the date looked at.

    A record of titles is complete: what it does not name is not held.
    """
    if here.unit.titles is None:
        return Verdict.UNKNOWN, Reason(Cause.TITLES_MISSING)
    verdict = Verdict.NOT_MET
    for name in here.unit.vocabulary.implying(title.name):
        record = here.unit.titles.get(name)
        if record is None or not _on_or_before(record.granted, here.date):
            continue
        withdrawn = record.withdrawn
        if withdrawn is None or not _on_or_before(withdrawn, here.date):
            return Verdict.MET, None
        if withdrawn == here.date.year and isinstance(withdrawn, int):
            verdict = Verdict.UNKNOWN
    if verdict is Verdict.UNKNOWN:
        return verdict, Reason(Cause.TITLE_DATES)
    return verdict, None
