"""Facts of another date than the assessment, and what is said of them."""

from __future__ import annotations

from typing import Any

from tests.unit.evaluate.assessing import assess


def found(unit: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the code and the place of every finding of an assessment in 2024."""
    assessment = assess('criterion 1 "A": rural', unit)
    return [(finding.code.id, finding.place) for finding in assessment.findings]


def test_facts_of_the_day_need_no_word() -> None:
    """Nothing is odd about them."""
    assert [] == found({"as_of": "2024-12-31", "facts": {"rural": True}})
    assert [] == found({"facts": {"rural": True}})


def test_facts_of_another_date_are_a_finding() -> None:
    """Those of an earlier date count, those of a later one do not."""
    unit = {"id": "d", "facts": {"rural": True}}

    assert [("NTM712", "d")] == found(unit | {"as_of": "2024-06-30"})
    assert [("NTM725", "d")] == found(unit | {"as_of": "2025-06-30"})


def test_counts_of_another_date_are_a_finding() -> None:
    """Counts are figures too."""
    unit = {"id": "d", "as_of": "2023-12-31", "communes": {"total": 3}}

    assert [("NTM712", "d")] == found(unit)


def test_each_date_is_told_once() -> None:
    """Communes without a date of their own share that of their district."""
    facts = {"facts": {"rural": True}}
    unit = {
        "id": "d",
        "as_of": "2023-12-31",
        "communes": [
            {"id": "a", **facts},
            {"id": "b", "as_of": "2022-12-31", **facts},
            {"id": "c", "as_of": "2025-12-31", **facts},
            {"id": "e", "as_of": "2024-12-31", **facts},
            {"id": "f", "as_of": "2022-12-31"},
        ],
        **facts,
    }

    assert [("NTM712", "d"), ("NTM712", "b"), ("NTM725", "c")] == found(unit)


def test_dates_further_down_are_found() -> None:
    """The district has no facts, a village has old ones."""
    village = {"id": "v", "as_of": "2020-12-31", "facts": {"rural": True}}
    unit = {"id": "d", "communes": [{"id": "c", "villages": [village]}]}

    assert [("NTM712", "v")] == found(unit)
