"""Requirements that no facts can change, and those that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

import ntmrules


VOCABULARY = (Path(__file__).parents[2] / "conformance" / "vocabulary.ntm").read_text(
    "utf-8"
)
FILE = """\
ruleset test.commune
  name  "A"
  for   commune
  basis "1/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2022-12-31
use test.facts
define low = 60%
criterion 1 "A": {}
criterion 2 "B": insured >= low
"""


def _told(condition: str) -> list[str]:
    found = ntmrules.check_text(FILE.format(condition), files={"v.ntm": VOCABULARY})
    return [one.message for one in found if one.code.id == "NTM606"]


TABLE = "insured >= by region { | north | otherwise || 95% | 60% | }"
NEVER = "this is never met, whatever the facts"
ALWAYS = "this is always met, whatever the facts"


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("insured >= 90% and insured < 80%", [NEVER]),
        ("insured between 90% and 80%", [NEVER]),
        ("insured = 95% and insured = low", [NEVER]),
        ("crimes > 2 and crimes < 3", [NEVER]),
        ("holds commune.advanced and not holds commune.standard", [NEVER]),
        ("rural and not rural", [NEVER]),
        ("rural or not rural", [ALWAYS]),
        ("region = north or region != north", [ALWAYS]),
        ("insured >= 80% or insured < 90%", [ALWAYS]),
        (
            f"{TABLE} and insured <= 90%",
            ["this is never met for north, whatever the facts"],
        ),
    ],
)
def test_what_is_always_the_same(condition: str, wanted: list[str]) -> None:
    """Whether it is met or not; of a table, in which column it never is."""
    assert wanted == _told(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "insured >= 80% and insured < 90%",
        "insured between 80% and 90%",
        "insured - insured at 2020 >= 0% or insured >= 0.5 * insured at 2020",
        "poor <= 10% and poor + sorting >= 20%",
        "year between 2020 and 2025",
        "year >= 2021 and insured >= 50% and insured <= 90%",
        "rural and at least 1 villages have not rural",
        f"{TABLE} and (region != north or insured <= 99%)",
        "insured >= low and insured >= 70%",
    ],
)
def test_what_only_looks_so(condition: str) -> None:
    """A figure may be looked at twice, and a date may decide."""
    assert [] == _told(condition)
