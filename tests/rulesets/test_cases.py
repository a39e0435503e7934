"""The cases beside each shipped ruleset."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntmrules.testing import Case, find_cases, report
from ntmrules.text import Language


SUITE = find_cases(Path(__file__).parents[2] / "rulesets")
CASES = [
    pytest.param(case, id=f"{path.parent.parent.name}-{path.stem}-{case.id}")
    for case in SUITE.cases
    for path in [Path(case.span.file.name)]
]


def test_every_case_can_be_read() -> None:
    """Nothing is wrong with the files."""
    assert () == SUITE.diagnostics


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    """The shipped ruleset says of the unit what the case wants."""
    outcome = SUITE.run_case(case)

    assert outcome.passed, "\n".join(report.failure(outcome, Language.EN))
