"""The fingerprint of what was given."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from ntmrules.units import facts_hash
from tests.unit.units.given import bound, bound_python


TEXT = """
level: district
id: "01"
as_of: 2021-12-31
facts:
  insured: 1/2
  poor: 5%
  income: 48.5
  rural: true
  region: north
  approved: 2021-02-28
  satisfaction_by_content: [90%, 17/20]
titles: {district.standard: 2020}
communes:
- {id: a, facts: {factor: 1}}
- {id: b}
villages: {total: 3, hold: {village.model: 1}}
history: {2010: {factor: 1.5}}
attestations: {vn.x: {"1": {verdict: met, on: 2021-11-02}}}
"""
HASH = facts_hash(bound(TEXT))


def test_a_mapping_that_means_the_same_has_the_same_hash() -> None:
    """However it was written, in whatever order."""
    mapping = {
        "attestations": {
            "vn.x": {1: {"on": datetime.date(2021, 11, 2), "verdict": "met"}}
        },
        "history": {2010: {"factor": Decimal("1.50")}},
        "villages": {"hold": {"village.model": 1}, "total": 3},
        "communes": [{"id": "b", "facts": {}}, {"id": "a", "facts": {"factor": 1.0}}],
        "titles": {"district.standard": "2020"},
        "facts": {
            "satisfaction_by_content": [(17, 20), "90.0%"],
            "approved": datetime.date(2021, 2, 28),
            "region": "north",
            "rural": True,
            "income": "48.5 million VND/person",
            "poor": Fraction(1, 20),
            "insured": (1, 2),
            "factor": None,
        },
        "as_of": "2021-12-31",
        "id": "01",
        "level": "district",
    }

    assert HASH == facts_hash(bound_python(mapping))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1/2", "2/4"),
        ("1/2", "50%"),
        ("5%", "5.01%"),
        ("48.5", "48.50000001"),
        ("rural: true", "rural: false"),
        ("north", "south"),
        ("2021-02-28", "2021-02-27"),
        ("[90%, 17/20]", "{a: 90%, b: 17/20}"),
        ("{district.standard: 2020}", "{}"),
        ("titles: {district.standard: 2020}", ""),
        ("district.standard: 2020", "district.standard: {granted: 2020, by: x}"),
        ("factor: 1}", "factor: 2}"),
        ("- {id: b}", "- {id: b}\n- {id: c}"),
        ("total: 3", "total: 4"),
        ("2010", "2011"),
        ("verdict: met", "verdict: not met"),
        ('id: "01"', 'id: "1"'),
        ("as_of: 2021-12-31", "as_of: 2021-12-30"),
    ],
)
def test_whatever_changes_changes_the_hash(old: str, new: str) -> None:
    """Missing is not the same as nothing, and counts matter."""
    assert 1 == TEXT.count(old)

    assert HASH != facts_hash(bound(TEXT.replace(old, new)))
