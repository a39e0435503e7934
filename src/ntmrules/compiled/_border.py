"""
Checks at the border, of what is surely a unit in the plain form.

Where the answer is no, the reader of units looks at it: it takes what is written
otherwise, and says what is wrong with the rest.  So a check may refuse what is right,
and never lets through what the reader would refuse among the facts that are asked.

Source: engine.md section 2.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from ntmrules.compiled._codes import CODES, Loose
from ntmrules.compiled._exact import Percent
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.verdict import Verdict


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that the reader of units takes."""

MOST = 10**50
"""Longer fractions are left to the reader of units."""

_LEAST = Fraction(1, MOST)
_VERDICTS = frozenset(verdict.value for verdict in CODES)


def is_year(value: Loose) -> bool:
    """Tell whether it is a year."""
    return value.__class__ is int and FIRST_YEAR <= value <= LAST_YEAR


def is_date(value: Loose) -> bool:
    """Tell whether it is a date."""
    return value.__class__ is datetime.date and FIRST_YEAR <= value.year <= LAST_YEAR


def is_when(value: Loose) -> bool:
    """Tell whether it is a year or a date."""
    return is_year(value) or is_date(value)


def is_number(value: Loose) -> bool:
    """Tell whether it is a number that is held exactly."""
    kind: type = value.__class__
    if kind is int:
        return True
    if kind is Fraction:
        return abs(value.numerator) < MOST and bool(value.denominator < MOST)
    # Of a Decimal, the exponent counts as much as the value: 1E-999999 is tiny.
    return kind is Decimal and value.is_finite() and _is_short(value)


def _is_short(value: Decimal) -> bool:
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and -50 <= exponent <= 0 and len(digits) <= 50


def is_amount(value: Loose) -> bool:
    """Tell whether it is a number that is not negative."""
    return is_number(value) and value >= 0


def is_percent(value: Loose) -> bool:
    """Tell whether it is a percentage alone, up to 100%."""
    return value.__class__ is Percent and 0 <= value <= 1


def is_percent_above(value: Loose) -> bool:
    """Tell whether it is a percentage alone, of any size."""
    return value.__class__ is Percent and 0 <= value < MOST


def is_id(value: Loose) -> bool:
    """Tell whether it is a code; others than ASCII have several spellings."""
    return value.__class__ is str and value.isascii() and value.isprintable()


def is_text(value: Loose) -> bool:
    """Tell whether it is text without signs that nobody sees."""
    return value.__class__ is str and value.isprintable()


def is_list(value: Loose, item: Callable[[Loose], bool]) -> bool:
    """Tell whether it is a list, or a mapping by label, of such items."""
    kind = value.__class__
    if kind is dict:
        # With the key `value` it is another way of giving a fact.
        keys, values = value.keys(), value.values()
        labels = "value" not in keys and all(map(is_id, keys))
        return labels and all(map(item, values))
    return kind is list and all(map(item, value))


def titles_fit(record: Loose, names: frozenset[str]) -> bool:
    """Tell whether it is a record of titles of a level."""
    if record.__class__ is not dict or not names.issuperset(record):
        return False
    for found in record.values():
        if found.__class__ is not dict:
            if not is_when(found):
                return False
            continue
        granted, withdrawn = found.get("granted"), found.get("withdrawn")
        if not is_when(granted) or not found.keys() <= {"granted", "withdrawn"}:
            return False
        if withdrawn is not None and not (
            is_when(withdrawn) and _year(granted) < _year(withdrawn)
        ):
            return False
        if withdrawn is not None and len(record) > 1:
            # The reader of units compares it with the titles above.
            return False
    return True


def _year(when: Loose) -> int:
    year: int = when if when.__class__ is int else when.year
    return year


def counts_fit(record: dict[str, Loose], names: frozenset[str]) -> bool:
    """Tell whether it counts the units of a level."""
    total, hold = record.get("total"), record.get("hold")
    if total.__class__ is not int or total < 0:
        return False
    if not record.keys() <= {"total", "hold"}:
        return False
    return hold is None or (
        hold.__class__ is dict
        and names.issuperset(hold)
        and all(one.__class__ is int and 0 <= one <= total for one in hold.values())
    )


def attestations_fit(record: Loose) -> bool:
    """Tell whether it holds attestations, by ruleset and label."""
    return record.__class__ is dict and all(
        is_id(ruleset)
        and judged.__class__ is dict
        and all(is_id(label) and _attested(one) for label, one in judged.items())
        for ruleset, judged in record.items()
    )


def _attested(found: Loose) -> bool:
    if found.__class__ is not dict or not found.keys() <= {"verdict", "by", "on"}:
        return False
    verdict, by, on = found.get("verdict"), found.get("by"), found.get("on")
    if isinstance(verdict, Verdict):
        verdict = verdict.value
    return (
        verdict.__class__ is str
        and verdict in _VERDICTS
        and (by is None or is_text(by))
        and (on is None or is_date(on))
    )


def history_fits(
    record: Loose, facts_fit: Callable[[Loose], bool], dated: datetime.date | None
) -> bool:
    """Tell whether it holds facts by year, all before the date of the unit."""
    if record.__class__ is not dict:
        return False
    before = LAST_YEAR + 1 if dated is None else dated.year
    return all(
        is_year(year) and year < before and facts_fit(facts)
        for year, facts in record.items()
    )


def ids_differ(ids: Mapping[str, list[str]]) -> bool:
    """
    Tell whether no two units of one level have the same id.

    Letters beyond ASCII have several spellings, which the reader of units knows, and
    spaces make no difference to it.
    """
    for found in ids.values():
        written = "".join(found)
        if len(set(found)) < len(found) or not is_id(written) or " " in written:
            return False
    return True


def title_names(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Give the titles that units can hold, by level."""
    return {
        level: frozenset(
            title.name for title in vocabulary.titles.values() if title.level == level
        )
        for level in vocabulary.levels
    }
