"""Titles, counts and attestations (engine.md section 2)."""

from __future__ import annotations

import datetime

import pytest

from ntmrules.model.unit import Attestation, Counts, TitleRecord
from ntmrules.verdict import Verdict
from tests.unit.units.given import bound, bound_python, complaints, told


def test_a_title_has_a_year_or_a_date() -> None:
    """Or both, and who granted it."""
    unit = bound(
        "level: commune\ntitles:\n"
        "  commune.standard: 2018\n"
        "  commune.advanced: 2021-12-31\n"
        "  commune.model: {granted: 2022, withdrawn: 2024-06-30, by: UBND tỉnh}\n"
    )

    assert {
        "commune.standard": TitleRecord(2018),
        "commune.advanced": TitleRecord(datetime.date(2021, 12, 31)),
        "commune.model": TitleRecord(2022, datetime.date(2024, 6, 30), "UBND tỉnh"),
    } == unit.titles


def test_no_record_is_not_an_empty_record() -> None:
    """Without `titles`, nobody knows; with an empty one, there are none."""
    assert bound("level: commune").titles is None
    assert bound("level: commune\ntitles:").titles is None
    assert {} == bound("level: commune\ntitles: {}").titles


def test_a_title_from_python() -> None:
    """Years are numbers there, and dates dates."""
    day = datetime.date(2021, 12, 31)
    titles = {"commune.standard": 2018, "commune.advanced": {"granted": day}}

    unit = bound_python({"level": "commune", "titles": titles})

    assert {
        "commune.standard": TitleRecord(2018),
        "commune.advanced": TitleRecord(day),
    } == unit.titles


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("commune.standrad: 2018", "NTM201", "did you mean `commune.standard`?"),
        ("village.model: 2018", "NTM311", "a title of a village, not of a commune"),
        ("commune.standard: 18", "NTM723", "`2021-12-31`"),
        ("commune.standard: true", "NTM723", "`2021-12-31`"),
        ("commune.standard: null", "NTM723", "nothing"),
        ("commune.standard: 31/12/2018", "NTM723", "write `2018-12-31`"),
        ("commune.standard: [2018]", "NTM723", "a list"),
        ("commune.standard: {by: x}", "NTM730", "`granted` is missing"),
        ("commune.standard: {granted: null}", "NTM723", "nothing"),
        ("commune.standard: {granted: 2018, until: 2020}", "NTM722", "until"),
        ("commune.standard: {granted: 2018, withdrawn: 2017}", "NTM728", "2017"),
        (
            "commune.standard: {granted: 2018-05-02, withdrawn: 2018-05-01}",
            "NTM728",
            "2018-05-01",
        ),
    ],
)
def test_another_title_is_refused(entry: str, code: str, words: str) -> None:
    """At its line, with what to write."""
    (found,) = complaints(f"level: commune\ntitles:\n  {entry}")

    assert [(code, 3)] == told((found,))
    assert words in str(found)
    assert "titles." in found.place


@pytest.mark.parametrize(
    "entry",
    [
        "{granted: 2018, withdrawn: 2018}",
        "{granted: 2018-05-02, withdrawn: 2018}",
        "{granted: 2018, withdrawn: 2018-01-01}",
        "{granted: 2018-05-02, withdrawn: 2018-05-02}",
        "{granted: 2018, withdrawn: }",
    ],
)
def test_a_title_may_go_in_the_year_it_came(entry: str) -> None:
    """A year alone contradicts no date in it."""
    assert bound(f"level: commune\ntitles: {{commune.standard: {entry}}}").titles


def test_a_lower_title_that_is_not_on_record_is_noticed() -> None:
    """Holding the higher one still implies it."""
    unit = bound(
        "level: commune\nname: Xã A\ntitles:\n"
        "  commune.model: 2022\n  commune.standard: 2018\n"
    )

    assert [("NTM710", 4)] == told(unit.findings)
    assert "Xã A" in unit.findings[0].message
    assert "`commune.advanced`" in unit.findings[0].message


def test_counts_stand_for_a_collection() -> None:
    """How many there are, and how many hold which title."""
    unit = bound(
        "level: district\ncommunes: {total: 32, hold: {commune.standard: 32}}\n"
        "villages: {total: 0}"
    )

    assert {
        "communes": Counts(32, {"commune.standard": 32}),
        "villages": Counts(0, {}),
    } == unit.collections


@pytest.mark.parametrize(
    ("counts", "code", "words"),
    [
        ("{hold: {commune.standard: 3}}", "NTM730", "`total` is missing"),
        ("{total: 3, held: {}}", "NTM722", "did you mean `hold`?"),
        ("{total: null}", "NTM703", "whole number"),
        ("{total: -1}", "NTM703", "whole number"),
        ("{total: 1.5}", "NTM703", "whole number"),
        ("{total: [1]}", "NTM723", "a whole number, not a list"),
        ("{total: 3, hold: 2}", "NTM723", "mapping"),
        ("{total: 3, hold: {commune.standard: 4}}", "NTM703", "3 in all"),
        ("{total: 3, hold: {commune.standard: null}}", "NTM703", "whole number"),
        ("{total: 3, hold: {commune.standrad: 3}}", "NTM201", "commune.standard"),
        ("{total: 3, hold: {village.model: 3}}", "NTM311", "title of a village"),
        ("32", "NTM723", "a list of units"),
    ],
)
def test_other_counts_are_refused(counts: str, code: str, words: str) -> None:
    """At their line, with what is wrong."""
    (found,) = complaints(f"level: district\nid: x\ncommunes: {counts}")

    assert [(code, 3)] == told((found,))
    assert words in str(found)
    assert found.place.startswith("x: communes")


def test_more_of_the_higher_title_is_noticed() -> None:
    """Whoever holds it holds the lower one."""
    unit = bound(
        "level: district\ncommunes:\n  total: 9\n  hold:\n"
        "    commune.standard: 3\n    commune.model: 4\n"
    )

    assert [("NTM709", 6)] == told(unit.findings)
    assert "4 hold `commune.model`" in unit.findings[0].message


def test_an_attestation_says_who_and_when() -> None:
    """Labels and ids stay as they were written."""
    unit = bound(
        "level: commune\nattestations:\n  vn.x:\n"
        '    "1.1": {verdict: met, by: Sở A, on: 2024-11-02, document: 012/BC}\n'
        "    1.2: not met\n"
        "    14: {verdict: not applicable}\n"
        "  vn.y: null\n"
    )
    day = datetime.date(2024, 11, 2)

    assert {
        "vn.x": {
            "1.1": Attestation(Verdict.MET, "Sở A", day, "012/BC"),
            "1.2": Attestation(Verdict.NOT_MET),
            "14": Attestation(Verdict.NOT_APPLICABLE),
        }
    } == unit.attestations


def test_an_attestation_from_python() -> None:
    """A `Verdict` or its text."""
    labels = {"1.1": Verdict.MET, 2: {"verdict": "unknown"}}

    unit = bound_python({"level": "commune", "attestations": {"vn.x": labels}})

    assert {
        "vn.x": {"1.1": Attestation(Verdict.MET), "2": Attestation(Verdict.UNKNOWN)}
    } == unit.attestations


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("{by: x}", "NTM730", "`verdict` is missing"),
        ("{verdict: met, who: x}", "NTM722", "`who`"),
        ("{verdict: met, on: 2024}", "NTM723", "date"),
        ("{verdict: met, by: [x]}", "NTM723", "text"),
        ("pass", "NTM723", "`not applicable`"),
        ("metd", "NTM723", "did you mean `met`"),
        ("true", "NTM723", "`met`"),
        ("null", "NTM723", "nothing"),
        ("{verdict: }", "NTM723", "nothing"),
    ],
)
def test_another_attestation_is_refused(entry: str, code: str, words: str) -> None:
    """Nobody guesses what an appraiser meant."""
    (found,) = complaints(f"level: commune\nattestations:\n  vn.x: {{a: {entry}}}")

    assert [(code, 3)] == told((found,))
    assert words in str(found)


def test_records_are_mappings() -> None:
    """A list is none."""
    found = complaints(
        "level: commune\ntitles: [a]\nattestations: [a]\nhistory: [a]\nfacts: [a]"
    )

    assert [("NTM723", line) for line in (2, 3, 4, 5)] == told(found)
    assert ["NTM723"] == [
        one.code.id for one in complaints("level: commune\nattestations: {a: [b]}")
    ]
