"""References to criteria, indicators, thresholds and other rulesets."""

from __future__ import annotations

import pytest

from tests.unit.check.complaining import IN_FORCE, codes, diagnostics, ruleset_text


def other(
    criteria: str, level: str = "district", force: str = IN_FORCE
) -> dict[str, str]:
    """Give another ruleset, `test.other`."""
    return {"other.ntm": ruleset_text(criteria, level, "test.other", force)}


def of_other(
    condition: str, criteria: str, level: str = "district", force: str = IN_FORCE
) -> list[str]:
    """Give the codes of a condition that refers to `test.other`."""
    text = ruleset_text(f'criterion 1 "A": {condition}')
    return codes(text, other(criteria, level, force))


THREE = "".join(f'criterion {n} "A": crimes <= {n}\n' for n in range(1, 4))


@pytest.mark.parametrize(
    "condition",
    [
        "criterion 1 of test.other",
        "indicator 2 of test.other",
        "not criterion 1 of test.other",
        "all of criteria of test.other",
        "at least 3 of criteria of test.other",
        "at least 50% of criteria of test.other except 1",
        "crimes <= threshold of indicator 2 of test.other",
        "crimes <= 2 * threshold of indicator 2 of test.other",
    ],
)
def test_of_another_ruleset(condition: str) -> None:
    """What is there can be referred to."""
    assert [] == of_other(condition, THREE)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("criterion 4 of test.other", "NTM205"),
        ("indicator 4 of test.other", "NTM205"),
        ("all of criteria of test.other except 4", "NTM205"),
        ("at least 4 of criteria of test.other", "NTM604"),
        ("at least 3 of criteria of test.other except 1", "NTM604"),
        ("exactly 4 of criteria of test.other", "NTM604"),
        ("at most 4 of criteria of test.other", None),
        ("crimes <= threshold of indicator 4 of test.other", "NTM205"),
        ("poor <= threshold of indicator 1 of test.other", "NTM301"),
        ("ocop <= threshold of indicator 1 of test.other", "NTM303"),
        ("criterion 1 of test.othr", "NTM207"),
        ("all communes have criterion 1 of test.other", "NTM314"),
        ("all communes meet test.other", "NTM314"),
    ],
)
def test_what_another_ruleset_has_not(condition: str, code: str | None) -> None:
    """Labels, sizes, types and levels must fit."""
    assert ([] if code is None else [code]) == of_other(condition, THREE)


@pytest.mark.parametrize(
    ("requirement", "code"),
    [
        ("insured >= 95%", None),
        ("insured >= by region { | otherwise |\n | 95% | }", None),
        ("insured >= wanted\ndefine wanted = 95%", None),
        ("enough\ndefine enough = insured >= 95%", None),
        ("insured >= sorting", None),
        ("95% <= insured", "NTM310"),
        ("wanted <= insured\ndefine wanted = 95%", "NTM310"),
        ("by region { | otherwise |\n | 95% | } <= insured", "NTM310"),
        ("insured between 90% and 95%", "NTM310"),
        ("insured >= 95% and rural", "NTM310"),
        ("not (insured >= 95%)", "NTM310"),
        ("rural", "NTM310"),
        ('attested by "X"', "NTM310"),
        ("at least 1 of (insured >= 95%, rural)", "NTM310"),
    ],
)
def test_a_threshold_is_what_one_comparison_requires(
    requirement: str, code: str | None
) -> None:
    """Turned around, its right side would be the fact itself, and always enough."""
    condition = "sorting >= threshold of indicator 7 of test.other"
    found = of_other(condition, f'criterion 7 "A": {requirement}')

    assert ([] if code is None else [code]) == found


@pytest.mark.parametrize(
    ("requirement", "code"),
    [
        ("insured >= 95%", None),
        ("95% <= insured", "NTM310"),
        ("rural", "NTM310"),
        ("attested", "NTM310"),
        ("insured >= threshold of indicator 1", "NTM206"),
    ],
)
def test_a_threshold_of_the_ruleset_at_hand(requirement: str, code: str | None) -> None:
    """The same rules hold inside one file."""
    text = f"""
criterion 1 "A": sorting >= threshold of indicator 7
criterion 7 "B": {requirement}
"""
    found = codes(ruleset_text(text))

    assert ({code} if code else set()) == set(found)


def test_a_threshold_has_one_type_in_all_versions() -> None:
    """A share in one version cannot be an amount in the next."""
    files = {
        "a": ruleset_text(
            'criterion 7 "A": insured >= 95%',
            name="test.other",
            force="in force from 2000-01-01 to 2019-12-31",
        ),
        "b": ruleset_text(
            'criterion 7 "A": income >= 5 VND/person',
            name="test.other",
            force="in force from 2020-01-01 to 2100-12-31",
        ),
    }
    text = 'criterion 1 "A": income >= 1.1 * threshold of indicator 7 of test.other'
    (found,) = diagnostics(ruleset_text(text), files)

    assert "NTM301" == found.code.id
    assert "`95%` is a share" in found.message


DRAFT = f"{IN_FORCE}\n  status draft"


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("criterion 1 of test.other", ["NTM403"]),
        ("at least 1 of criteria of test.other", ["NTM403"]),
        ("crimes <= threshold of indicator 1 of test.other", ["NTM205", "NTM403"]),
    ],
)
def test_a_draft_is_never_in_force(condition: str, wanted: list[str]) -> None:
    """It is a gap as long as this ruleset; what it requires has no type."""
    assert wanted == sorted(of_other(condition, THREE, force=DRAFT))


@pytest.mark.parametrize(
    "condition",
    [
        "all communes have criterion 2",
        "all communes have indicator 2",
        "all communes have at least 1 of criteria except 1",
        "all communes have crimes <= threshold of indicator 2",
    ],
)
def test_own_criteria_are_of_the_own_level(condition: str) -> None:
    """Inside ``have`` it is communes that are looked at, not the district."""
    text = f'criterion 1 "A": {condition}\ncriterion 2 "B": crimes <= 2'

    assert ["NTM314"] == codes(ruleset_text(text))


def test_own_criteria_in_other_years() -> None:
    """A year is not another unit."""
    text = """
criterion 1 "A": all years from 2020 to 2022 have criterion 2
criterion 2 "B": crimes <= 2
"""
    assert [] == codes(ruleset_text(text))


@pytest.mark.parametrize(
    ("texts", "path"),
    [
        (["criterion 1"], "`1` → `1`"),
        (["indicator 1"], "`1` → `1`"),
        (["criterion 2", "criterion 1"], "`1` → `2` → `1`"),
        (["criterion 2", "indicator 3", "criterion 1"], "`1` → `2` → `3` → `1`"),
        (["at least 1 of criteria"], "`1` → `1`"),
        (["all of criteria except 1", "criterion 1"], "`1` → `2` → `1`"),
        (["rural and not (if rural then rural else criterion 1)"], "`1` → `1`"),
        (["x\ndefine x = criterion 1"], "`1` → `1`"),
    ],
)
def test_circles_are_told_edge_by_edge(texts: list[str], path: str) -> None:
    """From the first of them back to it."""
    criteria = "\n".join(
        f'criterion {n} "A": {text}' for n, text in enumerate(texts, 1)
    )
    found = [x for x in diagnostics(ruleset_text(criteria)) if x.code.id == "NTM206"]
    (circle,) = found

    assert path == circle.notes[0].message()


def test_a_circle_through_clauses() -> None:
    """``applies when``, ``passes when`` and the indicators of a criterion count."""
    text = """
criterion 1 "A" {
  applies when criterion 2
  indicator 1.1 "A": rural
}
criterion 2 "B" {
  passes when any of (indicator 2.1, criterion 3)
  indicator 2.1 "B": has_market
}
criterion 3 "C" {
  indicator 3.1 "C" { applies when criterion 1  require debt_free }
}
"""
    assert ["NTM206"] == codes(ruleset_text(text))


def test_many_circles_are_cut_short() -> None:
    """Everything depends on everything: twenty circles are enough to see it."""
    text = "".join(f'criterion {n} "A": at least 1 of criteria\n' for n in range(300))
    found = codes(ruleset_text(text))

    assert 1 <= found.count("NTM206") <= 20
