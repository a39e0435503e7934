"""The cases beside each shipped ruleset."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ntmrules
from tests.support.case_runner import check_wanted
from tests.support.yaml_cases import Case, read_cases


ROOT = Path(__file__).parents[2] / "rulesets"
FILES = sorted(ROOT.glob("**/cases/*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.parent.parent.name}-{path.stem}-{case['id']}")
    for path in FILES
    for case in read_cases(path)
]


def _load(identity: str, as_of: datetime.date) -> ntmrules.Ruleset:
    """Pick the version of the date; an only version may be asked on any date."""
    versions = [r for r in ntmrules.rulesets() if r.id == identity]
    return versions[0] if len(versions) == 1 else ntmrules.load(identity, as_of=as_of)


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    """The shipped ruleset says of the unit what the case wants."""
    as_of = datetime.date.fromisoformat(str(case["as_of"]))
    ruleset = _load(case["ruleset"], as_of)
    assessment = ntmrules.evaluate(ruleset, case["unit"], as_of=as_of)

    check_wanted(case, assessment)
