"""Edges of what columns decide, each beside what it comes to."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import polars
import pytest

import ntmrules


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
AS_OF = datetime.date(2024, 12, 31)
HEAD = """ruleset test.communes
  name "Communes"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2022-01-01 to 2030-12-31
use test.facts
criterion 1 "A": """
DASH = "insured >= by region { | north | otherwise |\n| - | 50% | }"
DOUBT = "insured >= by region { | north | otherwise |\n| 50%? | 60% | }"
MET, NOT, UNK, NAP = "met", "not met", "unknown", "not applicable"
TITLE = "titles.commune.standard"
PERCENT = {"insured": "percent", "poor": "percent"}
EDGES: list[tuple[str, dict[str, list[Any]], dict[str, str], list[str]]] = [
    (
        "holds commune.standard",
        {
            TITLE: [2020, 2020, 2020, 2020, 2024, 2025, None],
            f"{TITLE}.withdrawn": [None, 2023, 2024, 2025, None, None, None],
        },
        {},
        [MET, NOT, UNK, MET, MET, NOT, NOT],
    ),
    (
        "poor between 1% and insured",
        {"poor": [0.5, 0.5, 1, 5, 5.1, None], "insured": [None, 5, 5, 5, 5, 5]},
        PERCENT,
        [UNK, NOT, MET, MET, NOT, UNK],
    ),
    (
        DOUBT,
        {"insured": [70, 70, 59, None], "region": ["north", "south", "south", None]},
        PERCENT,
        [UNK, MET, NOT, UNK],
    ),
    (
        f"if {DASH} then rural else debt_free",
        {
            "insured": [70, 70, 70, 70, 1],
            "region": ["north", "north", "north", "south", "south"],
            "rural": [True, True, True, False, True],
            "debt_free": [True, False, None, True, False],
        },
        PERCENT,
        [MET, NAP, UNK, NOT, NOT],
    ),
    ("insured >= 95%", {"insured": [0.95, 0.949]}, {"insured": "fraction"}, [MET, NOT]),
    # A function sends the rows another way.
    (
        "abs(insured) >= 95%",
        {"insured": [0.95, 0.949]},
        {"insured": "fraction"},
        [MET, NOT],
    ),
]


def decided(rule: str, rows: polars.DataFrame, **options: Any) -> list[str]:
    """Decide the rows by one condition."""
    ruleset = ntmrules.loads(HEAD + rule, files={"vocabulary.ntm": VOCABULARY})
    found = ntmrules.evaluate_frame(ruleset, rows, as_of=AS_OF, **options)
    words: list[str] = found["verdict"].to_list()
    return words


@pytest.mark.parametrize(("rule", "columns", "scales", "wanted"), EDGES)
def test_rows(
    rule: str, columns: dict[str, list[Any]], scales: dict[str, str], wanted: list[str]
) -> None:
    """On the edge, on both sides of it, and where something is missing."""
    rows = polars.DataFrame(columns, strict=False)

    assert wanted == decided(rule, rows, share_columns=scales)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (f"at least 60% of villages have {DASH}", [MET, NOT, UNK]),
        (f"at most 60% of villages have {DASH}", [NOT, MET, UNK]),
        ("sum of crimes over villages >= 0", [MET, UNK, UNK]),
        ("max of crimes over villages <= 5", [MET, UNK, UNK]),
        (f"all villages where rural have {DASH} if none met", [MET, UNK, MET]),
        (f"no villages where rural have {DASH} if none met", [NOT, MET, MET]),
        (f"all villages where debt_free have {DASH} if none met", [UNK, UNK, MET]),
        ("all villages where debt_free have rural if none met", [UNK, UNK, MET]),
        ("all villages where debt_free have crimes = 2 if none met", [MET, MET, MET]),
        (
            f"all villages where debt_free have {DASH} if none not applicable",
            [NAP, UNK, NAP],
        ),
    ],
)
def test_sub_units(rule: str, wanted: list[str]) -> None:
    """Members that do not apply, that may not belong, and none at all."""
    villages = polars.DataFrame(
        {
            "parent": ["a", "a", "b", "b"],
            "insured": [70, 70, 10, 10],
            "region": ["north", "south", "south", "north"],
            "crimes": [2, 3, 2, None],
            "rural": [None, True, None, False],
            "debt_free": [None, False, None, False],
        }
    )
    communes = polars.DataFrame({"id": ["a", "b", "c"]})
    options = {"share_columns": {"insured": "percent"}}

    found = decided(rule, communes, children={"villages": villages}, **options)

    assert wanted == found


def test_a_total_of_what_does_not_apply() -> None:
    """There is nothing to add up, which is not 0."""
    rule = (
        "sum of (income + by region { | north | otherwise |\n"
        "| - | 0 million VND/person | }) over villages >= 0 VND/person"
    )
    villages = {"parent": ["a", "a", "b"], "region": ["north", "south", "north"]}
    inside = polars.DataFrame({**villages, "income": [1, 2, 3]})
    communes = polars.DataFrame({"id": ["a", "b"]})

    found = decided(rule, communes, children={"villages": inside})

    assert [MET, UNK] == found
