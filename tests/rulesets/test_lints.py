"""The shipped rulesets against every lint: what remains is meant, and says why."""

from __future__ import annotations

import json
import re
from types import MappingProxyType

from tests.unit.cli.command import ROOT, run


EXAMPLES = ROOT / "examples"

KEPT = MappingProxyType(
    dict.fromkeys(
        (
            "commune_roads_paved",
            "village_roads_hardened",
            "lanes_clean",
            "field_roads_passable",
        ),
        "318/QĐ-TTg leaves the levels of criterion 2 to provinces, whose sets use it",
    )
)
"""Facts of no shipped ruleset that rulesets elsewhere need."""


def test_nothing_is_left_but_facts_of_reports_and_gaps_of_the_law() -> None:
    """
    A fact that no ruleset uses is one that a report states, or one of `KEPT`.

    A day on which no version is in force is what the law has (NTM406).
    """
    outcome = run("check", ROOT / "rulesets", "--lint", "--format", "json")
    found = json.loads(outcome.output)
    unused = {_name(one) for one in found if one["code"] == "NTM232"}
    stated = {
        word
        for path in EXAMPLES.glob("*.yaml")
        for word in re.findall(r"\b[a-z][a-z_0-9]+(?=:)", path.read_text("utf-8"))
    }

    assert 0 == outcome.status
    assert {"NTM232", "NTM406"} == {one["code"] for one in found}
    assert KEPT.keys() == unused - stated


def _name(found: dict[str, object]) -> str:
    match = re.search(r"`(\w+)`", str(found["message"]))
    assert match is not None
    return match[1]


def test_nothing_is_told_of_an_id() -> None:
    """What is shipped is read without a word of warning, gaps of the law apart."""
    for name in ("vn.commune.standard", "vn.district.advanced", "vn.facts"):
        outcome = run("check", name, "--format", "plain", "--lang", "en")

        assert {"NTM406"} >= set(re.findall(r"NTM\d+", outcome.output)), name
