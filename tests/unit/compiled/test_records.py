"""What the reader of units refuses, a compiled ruleset refuses too."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

import ntmrules
from ntmrules import FactError, Verdict


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
RULES = """
ruleset test.communes
  name "Communes"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01
use test.facts
criterion 1 "A": holds commune.standard
criterion 2 "B": debt_free
"""
AS_OF = datetime.date(2024, 12, 31)
RULESET = ntmrules.loads(RULES, files={"vocabulary.ntm": VOCABULARY})
PROGRAM = ntmrules.compile(RULESET)
LATE = {"granted": datetime.date(2024, 6, 30), "withdrawn": datetime.date(2024, 1, 1)}


@pytest.mark.parametrize(
    "titles",
    [
        {"commune.standard": LATE},
        {
            "commune.standard": {"granted": 2018, "withdrawn": 2022},
            "commune.advanced": 2020,
        },
    ],
)
def test_records_of_titles(titles: dict[str, Any]) -> None:
    """Withdrawn before it was granted, or outlived by a higher one."""
    unit = {"level": "commune", "facts": {"debt_free": True}, "titles": titles}

    with pytest.raises(FactError):
        ntmrules.evaluate(RULESET, unit, as_of=AS_OF)
    with pytest.raises(FactError):
        PROGRAM(unit, as_of=AS_OF)


def test_a_figure_of_later_in_the_plain_form() -> None:
    """Whether it counts is asked of each date, also without a check."""
    later = {"debt_free": {"value": False, "on": datetime.date(2025, 1, 1)}}
    unit = {"level": "commune", "facts": later, "titles": {"commune.standard": 2020}}

    plain = PROGRAM.plain(unit)

    now = PROGRAM(plain, as_of=AS_OF, checked=False)
    assert Verdict.UNKNOWN is now.criteria["2"]
    then = PROGRAM(plain, as_of=datetime.date(2025, 1, 1), checked=False)
    assert Verdict.NOT_MET is then.criteria["2"]
