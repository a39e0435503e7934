"""Truth values, cases, dates, years, lists, and what stands beside a value."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from ntmrules.exact import Share
from ntmrules.model.types import Listed
from tests.unit.units.given import (
    bound,
    bound_python,
    complaints,
    fact,
    fact_python,
    refusal,
    refusal_python,
    told,
)


def test_a_truth_value_is_true_or_false() -> None:
    """And nothing else."""
    assert fact("rural", "true") is True
    assert fact("rural", "false") is False
    assert fact_python("rural", value=True) is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no", ["`true` or `false`", "write `false`"]),
        ("yes", ["write `true`"]),
        ("True", ["write `true`"]),
        ("1", ["write `true`"]),
        ("0", ["write `false`"]),
        ("có", ["write `true`"]),
        ("chưa đạt", ["write `false`"]),
        ("'true'", ["without quotes"]),
        ("perhaps", ["`true` or `false`"]),
        ("[true]", ["one value"]),
    ],
)
def test_another_truth_value_is_refused(text: str, words: list[str]) -> None:
    """`no` is a text, and so is `"true"`."""
    said = refusal("rural", text)

    assert [] == [word for word in words if word not in said]


@pytest.mark.parametrize("value", [1, 0, "true", 1.0], ids=repr)
def test_a_truth_value_from_python_is_a_bool(value: object) -> None:
    """Zero and one are numbers."""
    assert "`true` or `false`" in refusal_python("rural", value).replace(
        "it is text; a truth value stands without quotes", "`true` or `false`"
    )


def test_a_case_is_one_of_its_enum() -> None:
    """Quoted or not."""
    assert "north" == fact("region", "north")
    assert "north" == fact("region", "'north'")
    assert "did you mean `north`?" in refusal("region", "North")
    assert "`north`, `centre`, `south`" in refusal("region", "x")
    assert "no case of `region`" in refusal("region", "12")


def test_a_date_is_iso() -> None:
    """A day of the calendar between 1900 and 2200."""
    day = datetime.date(2021, 2, 28)

    assert day == fact("approved", "2021-02-28")
    assert day == fact("approved", "'2021-02-28'")
    assert day == fact_python("approved", day)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-02-30", ["`2021-12-31`"]),
        ("28/02/2021", ["write `2021-02-28`"]),
        ("1.2.2021", ["write `2021-02-01`"]),
        ("30/02/2021", ["`2021-12-31`"]),
        ("2021", ["date"]),
        ("20210228", ["date"]),
        ("2021-W05-1", ["date"]),
        ("0202-01-01", ["1900"]),
        ("2021-02-28T00:00", ["date"]),
    ],
)
def test_another_date_is_refused(text: str, words: list[str]) -> None:
    """The European order is turned around in the advice."""
    said = refusal("approved", text)

    assert [] == [word for word in words if word not in said]


def test_a_year_has_four_digits() -> None:
    """Between 1900 and 2200."""
    assert 2021 == fact("founded", "2021")
    assert 2021 == fact_python("founded", 2021)
    assert "1900 and 2200" in refusal("founded", "21")
    assert "1900 and 2200" in refusal("founded", "1899")
    assert "1900 and 2200" in refusal("founded", "2021.0")
    assert "1900 and 2200" in refusal_python("founded", value=True)


def test_a_list_has_labels_or_none() -> None:
    """Both shapes are lists of the same type."""
    plain = Listed((("", Share(Fraction(9, 10))), ("", Share(17, 20, counted=True))))
    labelled = Listed((("roads", Share(Fraction(99, 100))),))

    assert plain == fact("satisfaction_by_content", "[90%, 17/20]")
    assert labelled == fact("satisfaction_by_content", "{roads: 99%}")
    assert labelled == fact("satisfaction_by_content", "{value: {roads: 99%}}")
    assert Listed(()) == fact("satisfaction_by_content", "[]")
    assert Listed((("", 1), ("", 2))) == fact_python("factors", (1, 2))
    assert Listed((("", 1), ("", 2), ("", 3))) == fact_python("factors", [1, 2, 3])


def test_an_item_of_a_list_is_named() -> None:
    """By its label, or its place from 0."""
    found = complaints(
        "level: commune\nfacts:\n"
        "  satisfaction_by_content:\n    roads: 90%\n    water: 1.5\n"
        "  factors: [1, x]\n"
    )

    assert [("NTM703", 5), ("NTM703", 6)] == told(found)
    assert "facts.satisfaction_by_content.water" == found[0].place
    assert "facts.factors[1]" == found[1].place


def test_a_list_is_a_list() -> None:
    """One value is none, and a list in a list neither."""
    assert "list" in refusal("satisfaction_by_content", "90%")
    assert "one value" in refusal("factors", "[[1]]")


def test_a_list_with_a_gap_is_missing() -> None:
    """What is unknown in it could be anything."""
    unit = bound("level: commune\nfacts:\n  factors: [1, null, 3]\n  factor: 1")

    assert ["factor"] == list(unit.facts)
    assert [("NTM731", 3)] == told(unit.findings)


def test_null_is_missing() -> None:
    """It is not zero, and neither is a key without value."""
    unit = bound(
        "level: commune\nfacts:\n"
        "  insured: null\n  factor: ~\n  rural:\n"
        "  population: {value: null, source: report}\n"
    )

    assert {} == unit.facts
    assert () == unit.findings
    assert {} == bound_python({"level": "commune", "facts": {"factor": None}}).facts


def test_a_quoted_null_is_no_value() -> None:
    """It was meant as text."""
    assert "number" in refusal("factor", "'null'")
    assert "number" in refusal("factor", '""')


def test_a_value_keeps_its_source() -> None:
    """With the date, the words and the place in which it was given."""
    unit = bound(
        "level: commune\nfacts:\n"
        "  insured: {value: 1/2, source: Báo cáo, on: 2021-09-30, note: x}\n"
    )
    given = unit.facts["insured"]

    assert ("1/2", "Báo cáo") == (given.text, given.source)
    assert datetime.date(2021, 9, 30) == given.on
    assert given.span is not None
    assert ("1/2", 3) == (given.span.text, given.span.line)


def test_a_value_has_no_other_keys() -> None:
    """A key that is not known, a value that is not there, a date that is none."""
    found = complaints(
        "level: commune\nfacts:\n"
        "  insured: {valeu: 1/2}\n"
        "  factor: {value: 1, on: 30/9/2021, source: [a]}\n"
    )

    assert [("NTM730", 3), ("NTM722", 3), ("NTM723", 4), ("NTM723", 4)] == told(found)
    assert "did you mean `value`?" in str(found[1])
    assert "write `2021-09-30`" in str(found[2])


def test_a_stated_percentage_is_no_value() -> None:
    """Nor is it dropped beside a value that is missing."""
    found = complaints(
        "level: commune\nfacts:\n"
        "  insured: {value: null, stated: 93%}\n"
        "  poor: {stated: 3%}\n"
    )

    assert [("NTM730", 3), ("NTM730", 4)] == told(found)


def test_a_message_is_one_line() -> None:
    """Whatever the value."""
    (found,) = complaints("level: commune\nfacts:\n  factor: |\n    1\n    2\n")

    assert "`1⏎2⏎`" in found.message


def test_an_unknown_fact_is_a_finding() -> None:
    """It names the nearest one that is declared; `strict` makes it an error."""
    text = "level: commune\nfacts:\n  insurd: 95%\n"

    (finding,) = bound(text).findings
    (error,) = complaints(text, strict=True)

    assert [("NTM701", 3), ("NTM702", 3)] == told((finding, error))
    assert "did you mean `insured`?" in str(finding)


def test_what_cannot_be_a_fact_is_an_error() -> None:
    """A decimal comma between braces begins another key."""
    found = complaints("level: commune\nfacts: {factor: 13,5, rural: true}")

    assert ["NTM702"] == [one.code.id for one in found]
    assert "comma" in str(found[0])


def test_a_fact_belongs_to_its_levels() -> None:
    """The vocabulary limits them with `on`."""
    found = complaints("level: commune\nfacts:\n  villages_only: 3")

    assert [("NTM720", 3)] == told(found)
