"""Every example unit, against the rulesets it is for."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
import yaml

import ntmrules
from ntmrules.model.ruleset import Ruleset


EXAMPLES = Path(__file__).parents[2] / "examples"

# Unit, ruleset, verdict, then how many criteria are met, not met, unknown and not
# applicable, and how many figures of the document disagree with each other.
EXPECTED = (
    (
        "ba-tang-2020",
        (
            ("vn.commune.standard", "not met", (9, 10, 0, 0), 0),
            ("vn.quang-tri.commune.support", "not met", (1, 1, 0, 0), 0),
            ("vn.quang-tri.commune.inspections", "unknown", (0, 0, 2, 0), 0),
            ("vn.quang-tri.ba-tang.remaining", "not met", (0, 10, 0, 0), 0),
        ),
    ),
    (
        "dinh-quan-2020",
        (
            ("vn.dong-nai.dinh-quan.district.advanced", "not met", (0, 2, 10, 0), 3),
            (
                "vn.dong-nai.dinh-quan.district.roadmap",
                "not applicable",
                (0, 0, 0, 6),
                3,
            ),
        ),
    ),
    (
        "hoi-ccb-quang-tri-2020",
        (("vn.quang-tri.sponsor.duties", "unknown", (1, 0, 1, 0), 0),),
    ),
    (
        "hon-quan-2025",
        (("vn.binh-phuoc.hon-quan.district.plan", "not met", (0, 1, 11, 0), 0),),
    ),
    (
        "quang-nam-2021",
        (
            ("vn.quang-nam.province.targets", "unknown", (1, 0, 2, 0), 0),
            ("vn.quang-nam.province.roadmap", "unknown", (0, 0, 1, 8), 0),
        ),
    ),
    (
        "tan-hiep-2025",
        (
            ("vn.binh-phuoc.commune.advanced", "not met", (15, 5, 0, 0), 1),
            ("vn.binh-phuoc.hon-quan.commune.plan", "not met", (0, 1, 2, 1), 0),
            ("vn.binh-phuoc.hon-quan.tan-hiep.works", "unknown", (0, 0, 5, 0), 0),
        ),
    ),
    (
        "tan-loi-2025",
        (
            ("vn.binh-phuoc.commune.advanced", "not met", (15, 5, 0, 0), 0),
            ("vn.binh-phuoc.hon-quan.commune.plan", "not met", (0, 1, 3, 0), 0),
            ("vn.binh-phuoc.hon-quan.tan-loi.works", "not met", (0, 1, 7, 0), 0),
        ),
    ),
    (
        "trieu-long-2020",
        (
            ("vn.commune.standard", "not met", (16, 3, 0, 0), 0),
            ("vn.quang-tri.commune.support", "not met", (1, 1, 0, 0), 0),
            ("vn.quang-tri.commune.inspections", "unknown", (0, 0, 1, 1), 0),
            ("vn.quang-tri.trieu-long.remaining", "not met", (0, 3, 0, 0), 0),
        ),
    ),
    (
        "trieu-phuoc-2020",
        (
            ("vn.commune.standard", "unknown", (19, 0, 0, 0), 0),
            ("vn.quang-tri.commune.support", "met", (2, 0, 0, 0), 0),
            ("vn.quang-tri.commune.inspections", "unknown", (0, 0, 1, 1), 0),
        ),
    ),
    (
        "trieu-son-2021",
        (
            ("vn.thanh-hoa.trieu-son.district.results", "unknown", (4, 0, 4, 0), 6),
            ("vn.thanh-hoa.trieu-son.district.targets", "unknown", (0, 0, 4, 0), 6),
        ),
    ),
)
ROWS = [
    pytest.param(unit, *row, id=f"{unit}-{row[0]}")
    for unit, rows in EXPECTED
    for row in rows
]

# Beside checks of figures: assessed outside the dates, or a draft.
FINDINGS = {"NTM713", "NTM726", "NTM733"}


def _version(identity: str, unit: ntmrules.UnitData) -> Ruleset:
    """Pick the version of the unit's date, or the only one."""
    versions = [r for r in ntmrules.rulesets() if r.id == identity]
    date = unit.as_of
    assert date is not None
    if len(versions) == 1:
        return versions[0]
    return ntmrules.load(identity, as_of=date)


def test_every_example_is_named() -> None:
    """A unit file that is added is added to the table."""
    assert [unit for unit, _ in EXPECTED] == sorted(
        path.stem for path in EXAMPLES.glob("*.yaml")
    )


@pytest.mark.parametrize(("name", "identity", "verdict", "counted", "checks"), ROWS)
def test_example(
    name: str,
    identity: str,
    verdict: str,
    counted: tuple[int, int, int, int],
    checks: int,
) -> None:
    """It is read and bound, and gives these verdicts, and no certificate."""
    unit = ntmrules.read_unit(EXAMPLES / f"{name}.yaml")
    assessment = ntmrules.evaluate(_version(identity, unit), unit)
    counts = assessment.counts
    codes = [finding.code.id for finding in assessment.findings]

    assert verdict == assessment.verdict.value
    assert counted == attrs.astuple(counts)
    assert checks == codes.count("NTM733"), assessment.findings
    assert set(codes) <= FINDINGS
    assert assessment.grants is None


@pytest.mark.parametrize("name", [unit for unit, _ in EXPECTED])
def test_every_figure_has_its_source(name: str) -> None:
    """A figure of the unit names the document and the clause."""
    text = (EXAMPLES / f"{name}.yaml").read_text("utf-8")
    facts: dict[str, dict[str, object]] = yaml.safe_load(text)["facts"]
    without = [fact for fact, given in facts.items() if not given.get("source")]

    assert without == []
