"""The catalogue as a whole: dates, counts, sources, and the page that lists it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

import ntmrules
from ntmrules.api import check
from ntmrules.model.ruleset import Criterion, Indicator, Ruleset
from tests.rulesets.catalogue_page import LEVELS, kind_of, page
from tests.support.yaml_cases import Case, read_cases


ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "rulesets.md"
RULESETS = ntmrules.rulesets()
DAY = datetime.timedelta(days=1)


def _version(ruleset: Ruleset) -> str:
    return f"{ruleset.id}@{ruleset.start.isoformat()}"


# Every set that its instrument counts: criteria, indicators, and why ours has another
# number of indicators.  `None` where no official number of indicators was seen.
OFFICIAL: dict[str, tuple[int, int | None, str]] = {
    "vn.commune.standard@2016-12-01": (19, 49, ""),
    "vn.commune.standard@2022-03-08": (19, 57, ""),
    "vn.commune.standard@2024-03-01": (19, 57, ""),
    "vn.commune.standard-2026@2026-02-15": (
        10,
        47,
        "no indicator was seen: one judgement for each criterion",
    ),
    "vn.commune.advanced@2022-03-08": (19, 75, ""),
    "vn.commune.advanced@2024-03-01": (19, 74, ""),
    "vn.commune.model@2018-06-05": (4, None, ""),
    "vn.commune.model@2022-03-08": (4, None, ""),
    "vn.district.standard@2016-04-05": (9, 14, ""),
    "vn.district.standard@2022-03-08": (9, 36, ""),
    "vn.district.standard@2024-03-01": (9, 36, ""),
    "vn.district.special@2024-03-01": (2, None, ""),
    "vn.district.advanced@2022-03-08": (
        9,
        38,
        "five were seen; the rest of each criterion is one judgement",
    ),
    "vn.district.advanced@2024-03-01": (
        9,
        38,
        "five were seen; the rest of each criterion is one judgement",
    ),
    "vn.city.completed@2022-03-08": (5, None, ""),
    "vn.province.completed@2022-03-08": (8, None, ""),
    "vn.lao-cai.village.standard@2022-01-01": (14, None, ""),
    "vn.lao-cai.village.model@2022-01-01": (12, None, ""),
}

# Between the sets of two phases no national set was in force.
GAPS = {
    ("vn.commune.standard", "2021-01-01", "2022-03-07"),
    ("vn.commune.model", "2021-01-01", "2022-03-07"),
    ("vn.district.standard", "2021-01-01", "2022-03-07"),
}


def _boundaries() -> Iterator[object]:
    for ruleset in RULESETS:
        if ruleset.status == "in force":
            dates = [ruleset.start - DAY, ruleset.start]
            if ruleset.end is not None:
                dates += [ruleset.end, ruleset.end + DAY]
            for date in dates:
                name = f"{_version(ruleset)}-on-{date.isoformat()}"
                yield pytest.param(ruleset.id, date, id=name)


@pytest.mark.parametrize(("identity", "date"), list(_boundaries()))
def test_each_date_has_one_answer(identity: str, date: datetime.date) -> None:
    """A date picks the one version in force, or hears which ended or begins when."""
    versions = [r for r in RULESETS if r.id == identity and r.status == "in force"]
    current = [v for v in versions if _governs(v, date)]

    assert len(current) <= 1
    if current:
        assert current[0].start == ntmrules.load(identity, as_of=date).start
        return
    with pytest.raises(ntmrules.RulesetError) as caught:
        ntmrules.load(identity, as_of=date)
    message = str(caught.value)
    ended = [v.end for v in versions if v.end is not None and v.end < date]
    begins = [v.start for v in versions if v.start > date]
    assert "NTM402" in message
    assert not ended or f"ended on {max(ended).isoformat()}" in message
    assert not begins or f"begins on {min(begins).isoformat()}" in message


def _governs(ruleset: Ruleset, date: datetime.date) -> bool:
    ends = ruleset.end
    return ruleset.start <= date and (ends is None or date <= ends)


def test_nothing_is_wrong_with_the_catalogue() -> None:
    """All files load, and all that is said of them are the known gaps in time."""
    found = check(ROOT / "rulesets")
    unexpected = [
        str(diagnostic)
        for diagnostic in found
        if not any(
            all(f" {word}" in str(diagnostic).replace("`", " ") for word in gap)
            for gap in GAPS
        )
    ]

    assert unexpected == []


@pytest.mark.parametrize("ruleset", RULESETS, ids=_version)
def test_every_requirement_names_its_instrument(ruleset: Ruleset) -> None:
    """Each indicator has a basis; so has each precondition of a national set."""
    without = [
        indicator.label
        for criterion, indicator in _provisions(ruleset)
        if not indicator.basis and not criterion.basis
    ]

    assert without == []


def _provisions(ruleset: Ruleset) -> Iterator[tuple[Criterion, Indicator]]:
    groups = [ruleset.criteria]
    if ruleset.id.split(".")[1] in LEVELS:
        groups.append(ruleset.preconditions)
    for group in groups:
        for criterion in group.values():
            for indicator in criterion.indicators:
                yield criterion, indicator


@pytest.mark.parametrize("version", list(OFFICIAL))
def test_a_set_is_as_long_as_its_instrument(version: str) -> None:
    """It has as many criteria and indicators, or a reason says why not."""
    criteria, indicators, reason = OFFICIAL[version]
    (ruleset,) = [r for r in RULESETS if _version(r) == version]
    found = sum(len(c.indicators) for c in ruleset.criteria.values())

    assert criteria == len(ruleset.criteria)
    if indicators is not None:
        assert (indicators == found) == (not reason)


CASES = [
    (f"{path.parent.parent.name}-{path.stem}-{case['id']}", case)
    for path in sorted((ROOT / "rulesets").glob("**/cases/*.yaml"))
    for case in read_cases(path)
]
GRANTED = [
    pytest.param(case, id=name)
    for name, case in CASES
    if case["want"].get("verdict") == "met"
]


def _seen(ruleset: Ruleset) -> set[tuple[str, str]]:
    """Give the labels with the verdicts that cases of this version want."""
    return {
        (label, wanted)
        for _, case in CASES
        if case["ruleset"] == ruleset.id
        and _governs(ruleset, datetime.date.fromisoformat(str(case["as_of"])))
        for label, wanted in case["want"].items()
        if isinstance(wanted, str)
    }


@pytest.mark.parametrize(
    "ruleset", [r for r in RULESETS if r.id.split(".")[1] in LEVELS], ids=_version
)
def test_cases_see_each_verdict(ruleset: Ruleset) -> None:
    """Cases want each indicator met, not met and unknown; unverified, unknown."""
    seen = _seen(ruleset)
    decided = {"met", "not met", "unknown"}
    lacking = [
        (indicator.label, verdict)
        for _, indicator in _provisions(ruleset)
        for verdict in (
            {"unknown"} if kind_of(ruleset, indicator) == "unverified" else decided
        )
        if (indicator.label, verdict) not in seen
    ]

    assert lacking == []


@pytest.mark.parametrize("case", GRANTED)
def test_nothing_unverified_certifies(case: Case) -> None:
    """What a case is granted rests on figures of law and on judgements alone."""
    as_of = datetime.date.fromisoformat(str(case["as_of"]))
    status = str(case.get("status", "in force"))
    assessment = ntmrules.evaluate(
        case["ruleset"], case["unit"], as_of=as_of, status=status
    )
    met = ntmrules.Verdict.MET
    doubtful = [
        result.label
        for group in (assessment.preconditions, assessment.criteria)
        for criterion in group.values()
        for result in criterion.indicators.values()
        if result.unverified_verdict is not None
        and result.recorded is None
        and result.verdict is met
    ]

    assert doubtful == []


# The levels that make up a level: a total that leaves one out is wrong.
PARTS = {"district": {"commune", "town"}, "province": {"district", "city"}}


def test_a_total_leaves_nobody_out() -> None:
    """A fact that is added up is given at every level that makes up the whole."""
    summed = {
        fact
        for ruleset in RULESETS
        for fact in ruleset.vocabulary.facts.values()
        if fact.sums_up
    }
    partial = [
        (fact.name, whole, parts - set(fact.levels))
        for fact in summed
        for whole, parts in PARTS.items()
        if whole in fact.levels and not parts <= set(fact.levels)
    ]

    assert summed
    assert partial == []


def test_the_page_lists_the_catalogue(regen: bool) -> None:
    """docs/reference/rulesets.md says what the rulesets say; ``--regen`` writes it."""
    text = page(RULESETS)
    if regen:
        PAGE.write_text(text, encoding="utf-8")

    assert text == PAGE.read_text(encoding="utf-8")
