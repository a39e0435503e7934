"""Cases notice every slip of the pen in what is verified of the shipped catalogue."""

from __future__ import annotations

from pathlib import Path

from ntmrules.testing import find_cases, mutate, report


def test_no_change_goes_unnoticed() -> None:
    """Each figure, sign, count and cell, changed in turn, turns some verdict."""
    suite = find_cases(Path(__file__).parents[2] / "rulesets")

    mutation = mutate(suite.rulesets, suite.run())

    assert mutation.tried > 1_500
    assert [] == list(report.survivors(mutation))
