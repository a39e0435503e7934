"""Comparing rulesets: what is found, what shows it, and for whom."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import ntmrules
from ntmrules.analysis import Effect, Relation, ready_cases
from ntmrules.analysis._page import page
from ntmrules.analysis._ready import unit_text
from ntmrules.text import Language


VOCABULARY = (Path(__file__).parents[2] / "conformance" / "vocabulary.ntm").read_text(
    "utf-8"
)
HEADER = """\
ruleset test.{name}
  name  "Bộ {name}"
  for   {level}
  {more}
  basis "1/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2023-12-31
use test.facts
"""
DATE = datetime.date(2023, 12, 31)


def _ruleset(
    name: str, text: str, *, more: str = "", level: str = "commune"
) -> ntmrules.Ruleset:
    header = HEADER.format(name=name, more=more, level=level)
    return ntmrules.loads(header + text, files={"v.ntm": VOCABULARY})


def _compare(old: str, new: str, **more: Any) -> ntmrules.Comparison:
    return ntmrules.compare(_ruleset("old", old), _ruleset("new", new), **more)


def _relations(comparison: ntmrules.Comparison) -> dict[str, str]:
    return {change.label: change.relation.value for change in comparison.changes}


def test_added_and_removed() -> None:
    """By label, in the order of the old ruleset; then what is new."""
    comparison = _compare(
        'criterion 1 "A" { indicator 1.1 "a": rural indicator 1.2 "b": debt_free }\n'
        'criterion 2 "B": has_market\n',
        'criterion 1 "A" { indicator 1.1 "a": rural indicator 1.3 "c": debt_free }\n'
        'criterion 3 "C": has_market\n',
    )

    assert {
        "1.1": "unchanged",
        "1.2": "removed",
        "1.3": "added",
        "2": "removed",
        "3": "added",
    } == _relations(comparison)
    assert ["criterion", "criterion"] == [x.kind for x in comparison.changes[-2:]]
    assert comparison.tightens is False


def test_cases_are_told_apart() -> None:
    """By region and year, each with both figures."""
    comparison = _compare(
        'criterion 1 "A": insured >= by region, year {\n'
        "| region | 2020 | 2021 | otherwise |\n"
        "| north  | 50%  | 60%  | 70% |\n"
        "| centre | 50%  | 60%  | 70% |\n"
        "| south  | 50%  | 60%  | -   |\n}",
        'criterion 1 "A": insured >= by region { | south | otherwise || 60% | 65% | }',
    )
    (change,) = comparison.changes
    found = {
        case.name.en: (case.relation, case.old.text.en, case.new.text.en)
        for case in change.cases
    }

    assert Relation.INCOMPARABLE is change.relation
    assert 12 == len(found)
    assert (Relation.STRICTER, ">= 50%", ">= 65%") == found["north, 2020"]
    assert (Relation.LAXER, ">= 70%", ">= 65%") == found["centre, 2022"]
    assert (Relation.EQUAL, ">= 60%", ">= 60%") == found["south, 2021"]
    assert (Relation.STRICTER, "not applicable", ">= 60%") == found["south, 2023"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("insured >= low", "insured >= low", (">= 50%", ">= 60%")),
        ("insured >= 50%", "sorting >= 50%", ("insured >= 50%", "sorting >= 50%")),
        (
            "rural and insured >= low",
            "rural and insured >= low",
            ("insured >= 50%", "insured >= 60%"),
        ),
        ("ready", "ready", ("ready = rural", "ready = rural or debt_free")),
        (
            "insured between low and 90%",
            "insured between low and 95%",
            ("insured >= 50%, insured <= 90%", "insured >= 60%, insured <= 95%"),
        ),
    ],
)
def test_what_differs_is_told(old: str, new: str, told: tuple[str, str]) -> None:
    """Also where both texts read the same, and the figure stands elsewhere."""
    names = "define low = {}\ndefine ready = {}\n"
    text = 'criterion 1 "A": {}\n'
    comparison = _compare(
        names.format("50%", "rural") + text.format(old),
        names.format("60%", "rural or debt_free") + text.format(new),
    )
    (case,) = comparison.changes[0].cases

    assert told == (case.old.text.en, case.new.text.en)


def test_long_requirements_are_cut_around_what_differs() -> None:
    """Else the two would read the same."""
    long = " and ".join(["(rural or debt_free)"] * 8)
    comparison = _compare(
        f'criterion 1 "A": {long} and has_market\n',
        f'criterion 1 "A": {long} and insured >= 1%\n',
    )
    (case,) = comparison.changes[0].cases

    assert case.old.text.en.endswith(" and has_market")
    assert case.new.text.en.endswith(" and insured >= 1%")
    assert case.new.text.en.startswith("…")


def test_what_is_laxer_and_stricter_shows_both(tmp_path: Path) -> None:
    """A unit that gains, and one that loses."""
    comparison = _compare('criterion 1 "A": rural\n', 'criterion 1 "A": debt_free\n')
    told = page(comparison, Language.EN)

    assert 1 == told.count("not met before, met now")
    assert 1 == told.count(": met before, not met now")


WITNESSES = [
    ("insured >= 90%", "insured >= 100/3%".replace("100/3", "33.3")),
    ("income >= 48 million VND/person", "income >= 47.5 million VND/person"),
    ("debt = 0 VND", "debt <= 1 VND"),
    ("crimes <= 2", "crimes <= 3"),
    ("rating >= good", "rating >= fair"),
    ("holds commune.advanced", "holds commune.standard"),
    ("income at 2020 >= 3 VND/person", "income at 2020 >= 2 VND/person"),
    ("all villages hold village.model", "at least 90% of villages hold village.model"),
    ("all villages have sorting >= 50%", "all villages have sorting >= 40%"),
    ("min(satisfaction_by_content) >= 85%", "min(satisfaction_by_content) >= 80%"),
    ("count of villages >= 3", "count of villages >= 2"),
    ("poor + sorting <= 10%", "poor + sorting <= 12%"),
    ("crimes / population <= 1%", "crimes / population <= 2%"),
    (
        "average of income over villages >= 3 VND/person",
        "average of income over villages >= 2 VND/person",
    ),
    ("at least 2 of (rural, debt_free, has_market)", "any of (rural, debt_free)"),
    ("rural and debt_free", "rural"),
    ("all villages have rural", "all villages have rural if none met"),
    ("granted commune.standard <= 2020", "granted commune.standard <= 2021"),
]


@pytest.mark.parametrize(("old", "new"), WITNESSES)
def test_a_witness_can_be_used_as_a_unit(old: str, new: str) -> None:
    """Its text is what a unit file holds, and says the same when it is read again."""
    before, after = f'criterion 1 "A": {old}', f'criterion 1 "A": {new}'
    comparison = _compare(before, after)
    (change,) = comparison.changes
    assert change.relation in {Relation.LAXER, Relation.INCOMPARABLE}
    shown = change.cases[0].laxer
    assert shown is not None
    unit = yaml.load(unit_text(shown.unit), yaml.BaseLoader)  # noqa: S506 - texts only

    for name, text, verdict in (("old", before, shown.old), ("new", after, shown.new)):
        ruleset = _ruleset(name, text)
        assessed = ntmrules.evaluate(ruleset, _plain(unit), as_of=shown.date)
        assert verdict is assessed.criteria["1"].verdict


def _plain(value: Any) -> Any:
    """Give truth values as such; all else stays text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdecimal() else value


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        # A difference may be negative, and an average of counts need not be whole.
        (
            "insured - insured at 2020 >= 0%",
            "insured - insured at 2020 >= 0% or has_market",
            "laxer",
        ),
        ("crimes - crimes at 2020 >= 0", "has_market", "incomparable"),
        ("0.5 * crimes >= 1", "0.5 * crimes > 0", "laxer"),
        (
            "average of crimes over villages >= 1",
            "average of crimes over villages > 0",
            "laxer",
        ),
        ("income >= 0 VND/person", "rural", "stricter"),
        # Sums are compared by what is left over, which is never negative.
        (
            "income >= 1.2 * income at 2020",
            "income >= 1.5 * income at 2020",
            "stricter",
        ),
        ("poor <= 10%", "poor + sorting <= 10%", "stricter"),
        ("insured + 5% >= 100%", "insured >= 96%", "stricter"),
        ("insured >= sorting", "insured > sorting", "stricter"),
        # What is listed twice counts twice.
        (
            "at least 2 of (insured >= sorting, rural)",
            "at least 2 of (insured >= sorting, insured >= sorting)",
            "undecided",
        ),
        ("factor >= 2 * factor at 2020", "factor >= 3 * factor at 2020", "undecided"),
        # Each year is a figure of its own, titles included.
        (
            "all years from 2020 to 2021 have crimes <= 2",
            "all years from 2019 to 2021 have crimes <= 1",
            "stricter",
        ),
        (
            "at least 2 years from 2019 to 2021 have crimes <= 2",
            "at least 1 years from 2019 to 2021 have crimes <= 2",
            "laxer",
        ),
        (
            "all years from 2020 to 2022 have holds commune.standard",
            "holds commune.standard",
            "undecided",
        ),
    ],
)
def test_figures_that_hang_together(old: str, new: str, wanted: str) -> None:
    """Nothing is promised that a unit could belie."""
    before, after = f'criterion 1 "A": {old}\n', f'criterion 1 "A": {new}\n'
    comparison = _compare(before, after, search_ms=0)

    assert [wanted] == [change.relation.value for change in comparison.changes]


def test_ready_cases() -> None:
    """They want what the old ruleset says."""
    comparison = _compare(
        'criterion 1 "A": insured >= by region { | south | otherwise || 60% | 70% | }',
        'criterion 1 "A": insured >= 65%',
    )
    (case,) = yaml.safe_load(ready_cases(comparison.changes))

    assert "1-north" == case["id"]
    assert DATE == case["as_of"]
    assert {"region": "north", "insured": "65%"} == case["unit"]["facts"]
    assert {"1": "not met"} == case["want"]


def test_who_loses_and_by_which_indicator() -> None:
    """Each unit with both verdicts, and what makes the difference."""
    old = 'criterion 1 "A": insured >= 80%\ncriterion 2 "B": rural'
    new = 'criterion 1 "A": insured >= 90%\ncriterion 3 "C": has_market'
    facts: list[dict[str, object]] = [
        {"insured": "85%", "rural": True, "has_market": True},
        {"insured": "95%", "rural": False, "has_market": True},
        {"insured": "95%", "rural": True},
        {"insured": "85%"},
        {"insured": "79%", "rural": True, "has_market": True},
    ]
    units = [{"level": "commune", "facts": found} for found in facts]
    changes = _compare(old, new, units=units, as_of=DATE).units

    assert [
        Effect.LOSES,
        Effect.GAINS,
        Effect.BECOMES_UNKNOWN,
        Effect.BECOMES_KNOWN,
        Effect.SAME,
    ] == [change.effect for change in changes]
    met, not_met = ntmrules.Verdict.MET, ntmrules.Verdict.NOT_MET
    by = {"1": (met, not_met), "2": (met, None), "3": (None, met)}
    assert by == dict(changes[0].by)


def test_judgements_are_carried_over_where_nothing_changes() -> None:
    """Else whatever a person judges would hide what changes."""
    old = 'criterion 1 "A": attested by "X"\ncriterion 2 "B": attested\n'
    new = 'criterion 1 "A": attested by "X"\ncriterion 2 "B": attested by "Y"\n'
    judged = {"verdict": "met", "by": "X", "on": "2023-01-01"}
    unit = {
        "level": "commune",
        "attestations": {"test.old": {"1": judged, "2": judged}},
    }
    (change,) = _compare(old, new, units=[unit], as_of=DATE).units

    assert ["2"] == list(change.by)
    assert Effect.BECOMES_UNKNOWN is change.effect


def test_how_a_criterion_joins_its_indicators() -> None:
    """It has a change of its own where it says more than they do."""
    text = (
        'criterion 1 "A" {{ passes when at least {} of (indicator 1.1, indicator 1.2,'
        " indicator 1.3)\n"
        ' indicator 1.1 "a": rural indicator 1.2 "b": debt_free'
        ' indicator 1.3 "c": has_market }}'
    )
    laxer = _compare(text.format(2), text.format(1))
    stricter = _compare(text.format(1), text.format(2))

    assert {
        "1": "laxer",
        "1.1": "unchanged",
        "1.2": "unchanged",
        "1.3": "unchanged",
    } == (_relations(laxer))
    assert "stricter" == _relations(stricter)["1"]
    assert laxer.changes[0].cases[0].laxer is not None


def test_how_many_criteria_earn_the_title() -> None:
    """With a criterion more, one more must be met to be as strict."""
    text = 'criterion 1 "A": rural\ncriterion 2 "B": debt_free\ncriterion 3 "C": {}\n'
    more = 'criterion 4 "D": has_market\n'

    def relation(first: str, second: str, rest: str) -> Relation:
        old = _ruleset("old", text.format("insured >= 90%"), more=first)
        new = _ruleset("new", text.format("insured >= 90%") + rest, more=second)
        return ntmrules.compare(old, new).changes[-1].relation

    grants = "grants commune.standard when at least {} of criteria"
    assert Relation.LAXER is relation(grants.format(2), grants.format(2), more)
    assert Relation.STRICTER is relation(grants.format(2), grants.format(3), more)
    assert Relation.STRICTER is relation(grants.format(2), grants.format(3), "")
    assert Relation.LAXER is relation("grants commune.standard", grants.format(2), "")


def test_levels_must_agree() -> None:
    """A commune's ruleset says nothing of a district's."""
    old = _ruleset("old", 'criterion 1 "A": debt_free')
    new = _ruleset("new", 'criterion 1 "A": debt_free', level="district")
    with pytest.raises(ntmrules.RulesetError) as raised:
        ntmrules.compare(old, new)

    assert ["NTM314"] == [one.code.id for one in raised.value.diagnostics]


def test_document_and_page() -> None:
    """JSON holds all of it; the page needs nothing else and escapes what it shows."""
    comparison = _compare(
        'criterion 1 "A < B": insured >= 90%',
        'criterion 1 "A < B": insured >= 80%',
        units=[{"level": "commune", "name": "Xã <A>", "facts": {"insured": "85%"}}],
        as_of=DATE,
    )
    data = json.loads(json.dumps(comparison.to_dict()))
    shown = page(comparison, Language.VI)

    assert "ntmrules/comparison/1" == data["schema"]
    assert data["tightens"] is False
    (case,) = data["changes"][0]["cases"]
    assert "{level: commune, facts: {insured: 80%}}" == case["laxer"]["unit"]
    assert "gains" == data["units"][0]["effect"]
    assert "A &lt; B" in shown
    assert "Xã &lt;A&gt;" in shown
    assert "<A>" not in shown
    assert "http" not in shown


def test_a_national_set_beside_a_copy_with_many_other_figures() -> None:
    """Every changed figure is told as stricter or laxer."""
    ruleset = ntmrules.load("vn.commune.standard", as_of=datetime.date(2023, 1, 1))
    text = ruleset.span.file.text
    for digit in "5678":
        text = text.replace(f"{digit}0%", f"{digit}1%")
    changed = ntmrules.loads(text)
    comparison = ntmrules.compare(ruleset, changed, search_ms=0)

    counts = Counter(change.relation for change in comparison.changes)
    assert counts[Relation.STRICTER] + counts[Relation.LAXER] >= 5
