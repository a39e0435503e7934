"""Levels, ids, sub-units, history, and keys that are none (engine.md section 2)."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from ntmrules.exact import Share
from ntmrules.model.unit import Unit
from ntmrules.text import Language
from ntmrules.units import bind, parse_unit
from tests.unit.units.given import (
    bound,
    bound_python,
    complaints,
    complaints_python,
    told,
)
from tests.unit.units.vocabulary import VOCABULARY


def test_a_unit_is_bound() -> None:
    """Its id is text, kept as it was written."""
    unit = bound("level: commune\nid: 00123\nname: Xã A\nas_of: 2021-12-31\n")

    assert ("commune", "00123", "Xã A") == (unit.level.name, unit.id, unit.name)
    assert datetime.date(2021, 12, 31) == unit.as_of
    assert () == unit.findings


def test_what_is_not_given_is_absent() -> None:
    """Empty ids, no date, no facts."""
    for text in ("level: commune", "level: commune\nid:\nname:\nas_of:\nfacts:"):
        unit = bound(text)

        assert ("", "", None, {}) == (unit.id, unit.name, unit.as_of, unit.facts)


def test_text_is_normalised() -> None:
    """A name typed with combining marks is the same name."""
    unit = bound('level: commune\nname: "Xa\\u0303 A"\nid: Xa\u0303')

    assert ("Xã A", "Xã") == (unit.name, unit.id)


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("id: x", "NTM730", 1, "`level` is missing"),
        ("id: x\nlevel:", "NTM730", 1, "`level` is missing"),
        ("level: comune", "NTM201", 1, "did you mean `commune`?"),
        ("level: communes", "NTM201", 1, "did you mean `commune`?"),
        ("level: [commune]", "NTM201", 1, "unknown level"),
        ("level: commune\nas_of: 2021", "NTM723", 2, "`2021-12-31`"),
        ("level: commune\nas_of: 31/12/2021", "NTM723", 2, "write `2021-12-31`"),
        ("level: commune\nid: [1]", "NTM723", 2, "`id` must be text"),
        ("level: commune\nname: {a: b}", "NTM723", 2, "`name` must be text"),
        ("level: commune\nfact: {}", "NTM722", 2, "did you mean `facts`?"),
        ("level: commune\nvilages: []", "NTM722", 2, "did you mean `villages`?"),
        ("level: commune\ndistricts: []", "NTM705", 2, "cannot stand under a commune"),
        ("level: commune\ncommunes: []", "NTM705", 2, "cannot stand under a commune"),
        ("level: commune\nvillages: x", "NTM723", 2, "a list of units"),
        ("level: commune\nvillages: [x]", "NTM723", 2, "`villages[0]`"),
        ("level: commune\nvillages: [null]", "NTM723", 2, "nothing"),
        (
            "level: commune\nvillages:\n- level: commune",
            "NTM705",
            3,
            "a commune cannot stand under `villages`",
        ),
    ],
)
def test_another_shape_is_refused(text: str, code: str, line: int, words: str) -> None:
    """At its line, naming what was perhaps meant."""
    (found,) = complaints(text)

    assert [(code, line)] == told((found,))
    assert words in str(found)


def test_units_lie_inside_units() -> None:
    """At any depth, and their level comes from the plural."""
    unit = bound(
        "level: district\n"
        "communes:\n"
        "- id: a\n  level: commune\n  villages: [{id: a1, facts: {poor: 5%}}, {}]\n"
        "- id: b\n"
    )
    communes = unit.collections["communes"]

    assert isinstance(communes, tuple)
    assert ["a", "b"] == [one.id for one in communes]
    villages = communes[0].collections["villages"]
    assert isinstance(villages, tuple)
    assert ["village", "village"] == [one.level.name for one in villages]
    assert Share(Fraction(1, 20)) == villages[0].facts["poor"].value
    assert {} == communes[1].collections


def test_a_collection_that_is_null_was_not_given() -> None:
    """An empty one was."""
    unit = bound("level: district\ncommunes:\nvillages: []")

    assert {"villages": ()} == unit.collections


def test_an_id_occurs_once_in_a_level() -> None:
    """Anywhere in the tree; another level may have it again."""
    found = complaints(
        "level: district\nid: a\ncommunes:\n"
        "- {id: a, villages: [{id: '1'}]}\n"
        "- {id: b, villages: [{id: 1}]}\n"
        "- {id: b}\n"
    )

    assert [("NTM704", 5), ("NTM704", 6)] == told(found)
    (note,) = found[0].notes
    assert note.span is not None
    assert 4 == note.span.line


def test_ids_that_look_alike_are_one() -> None:
    """Spaces and the width of letters make no other id."""
    found = complaints(
        "level: district\ncommunes:\n"
        "- {id: a 1}\n- {id: ' a  1'}\n- {id: \uff41 \uff11}\n- {id: A 1}\n"
    )

    assert [("NTM704", 4), ("NTM704", 5)] == told(found)


def test_a_level_has_one_place() -> None:
    """Of two lists one would be passed over without a word; counts are no exception."""
    listed = complaints(
        "level: district\nvillages: [{id: v1}]\ncommunes:\n- villages: [{id: v2}]\n"
    )
    counted = complaints(
        "level: province\n"
        "districts: [{communes: [{villages: []}]}]\n"
        "villages: {total: 3}\n"
    )

    assert [("NTM737", 2)] == told(listed)
    assert [("NTM737", 3)] == told(counted)
    bound("level: district\nvillages: [{id: v}]\ncommunes: [{id: c}]")


def test_units_without_id_have_different_names() -> None:
    """In one list; in others the same name is that of another unit."""
    found = complaints(
        "level: district\ncommunes:\n"
        "- {name: Tân An}\n- {name: ' Tân  An'}\n- {name: Tân An, id: 3}\n"
    )

    assert [("NTM739", 4)] == told(found)
    bound(
        "level: district\ncommunes:\n"
        "- {id: a, villages: [{name: Thôn 1}]}\n"
        "- {id: b, villages: [{name: Thôn 1}]}\n"
    )


def test_an_empty_id_is_none() -> None:
    """Units without id are all different."""
    bound('level: district\ncommunes: [{}, {}, {id: ""}, {id: ""}]')


def test_ids_with_other_zeros_are_other_ids() -> None:
    """A code is no number."""
    bound("level: district\ncommunes: [{id: 01}, {id: 1}, {id: 0x1}]")


def test_a_repeated_id_from_python_names_both_places() -> None:
    """There are no lines."""
    units = [{"id": "1"}, {}, {"id": "1"}]

    (found,) = complaints_python({"level": "district", "communes": units})

    assert "communes[2].id" == found.place
    assert "`communes[0].id`" in str(found)


def test_history_is_by_year() -> None:
    """With the same rules as facts."""
    unit = bound(
        "level: commune\nas_of: 2021-06-30\nhistory:\n"
        "  2010: {insured: 56.71%}\n  '2020': {factor: 1}\n  2019:\n"
    )

    assert [2010, 2020, 2019] == list(unit.history)
    assert Share(Fraction(5671, 10000)) == unit.history[2010]["insured"].value


def test_history_from_python() -> None:
    """Years are numbers or text."""
    history = {2010: {"factor": 1}, "2011": {"factor": 2}}

    unit = bound_python({"level": "commune", "history": history})

    assert [2010, 2011] == list(unit.history)


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("10: {factor: 1}", "NTM723", "a year between"),
        ("last: {factor: 1}", "NTM723", "a year between"),
        ("2021: {factor: 1}", "NTM729", "not before"),
        ("2022: {factor: 1}", "NTM729", "not before"),
        ("2010: 3", "NTM723", "`history.2010` must be a mapping"),
        ("2010: {factor: x}", "NTM703", "number"),
        ("2010: {villages_only: 1}", "NTM720", "villages_only"),
    ],
)
def test_another_history_is_refused(entry: str, code: str, words: str) -> None:
    """The year of `as_of` belongs to `facts`."""
    (found,) = complaints(f"level: commune\nas_of: 2021-06-30\nhistory:\n  {entry}")

    assert [(code, 4)] == told((found,))
    assert words in str(found)
    assert "history" in found.place


def test_history_inside_is_before_the_date_outside() -> None:
    """A sub-unit without `as_of` is of the date of the unit around it."""
    found = complaints(
        "level: district\nas_of: 2021-06-30\ncommunes:\n"
        "- history: {2021: {factor: 1}}\n"
        "- {as_of: 2022-06-30, history: {2021: {factor: 1}}}\n"
    )

    assert [("NTM729", 4)] == told(found)


def test_every_problem_is_told() -> None:
    """In one run, in the order of the file."""
    found = complaints(
        "level: comune\nas_of: today\nfacts: {insured: 5, factor: x}\n"
        "communes: [{id: a, facts: {poor: 7}}, {id: a}]\nother: 1\n"
    )

    codes = ["NTM201", "NTM723", "NTM703", "NTM703", "NTM703", "NTM704", "NTM722"]
    assert codes == [one.code.id for one in found]


def test_complaints_are_bounded() -> None:
    """Nobody reads ten thousand."""
    items = ", ".join("{facts: {factor: x}}" for _ in range(3_000))

    found = complaints(f"level: district\ncommunes: [{items}]")

    assert 1_002 == len(found)
    assert "NTM715" in {one.code.id for one in found}


def test_findings_are_not_bounded() -> None:
    """A thousand unknown facts do not keep a file from being used."""
    items = ", ".join("{facts: {factr: 1}}" for _ in range(2_000))

    assert 2_000 == len(bound(f"level: district\ncommunes: [{items}]").findings)


def test_a_complaint_names_the_outermost_unit() -> None:
    """And the path inside it."""
    (found,) = complaints(
        "level: district\nid: vn.x\ncommunes: [{}, {facts: {factor: x}}]"
    )

    assert "vn.x: communes[1].facts.factor" == found.place


def test_every_sentence_exists_in_vietnamese() -> None:
    """Both languages are filled with the same values."""
    found = complaints(
        "level: comune\nas_of: today\nfacts: {insured: 5, factor: 1,5}\n"
        "titles: {x: 1}\ncommunes: {totl: 3}\nother: 1\n"
    )

    for one in found:
        assert one.message_in(Language.VI) != one.message
        assert "{" not in one.message_in(Language.VI)


def test_a_bound_unit_is_bound_again_elsewhere() -> None:
    """Reading says nothing of the vocabulary; the data may be bound to several."""
    data = parse_unit("level: commune\nfacts: {factor: 1}")

    first, second = (bind(data, VOCABULARY) for _ in range(2))

    assert isinstance(first, Unit)
    assert first.facts == second.facts


def test_a_bound_unit_does_not_change() -> None:
    """Its mappings can only be read."""
    unit = bound("level: commune\nfacts: {factor: 1}\nhistory: {2010: {factor: 1}}")

    for mapping in (unit.facts, unit.collections, unit.history, unit.history[2010]):
        with pytest.raises(TypeError):
            mapping["x"] = None  # type: ignore[index]  # that is what is tested
