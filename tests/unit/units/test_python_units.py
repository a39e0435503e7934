"""Units from Python mappings: the same shape, and nothing that can hurt."""

from __future__ import annotations

import datetime
import enum
from collections import OrderedDict
from types import MappingProxyType
from typing import Any

import pytest

from ntmrules.diagnostics import Diagnostic
from ntmrules.errors import FactError
from ntmrules.units import _python, unit_data
from tests.unit.units.given import bound_python, complaints_python


def refused(value: object) -> tuple[Diagnostic, ...]:
    """Give what is said of a mapping that is no unit data at all."""
    mapping: Any = value
    with pytest.raises(FactError) as caught:
        unit_data(mapping)
    return caught.value.diagnostics


def test_the_mapping_is_copied() -> None:
    """What happens to it later does not change the unit."""
    facts = {"factor": 1}
    data = unit_data({"level": "commune", "facts": facts})

    facts["factor"] = 2

    assert "1" in repr(data.tree)
    assert "2" not in repr(data.tree)


def test_any_mapping_will_do() -> None:
    """Read-only and ordered ones, and tuples for lists."""
    communes: tuple[object, ...] = (OrderedDict(id="a"), {}, {})
    mapping = MappingProxyType({"level": "district", "communes": communes})

    inside = bound_python(mapping).collections["communes"]

    assert isinstance(inside, tuple)
    assert ["a", "", ""] == [unit.id for unit in inside]


def test_kinds_made_from_plain_kinds_are_plain() -> None:
    """A number with a name is a number."""

    class Colour(enum.IntEnum):
        RED = 1

    class Word(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "something else"

    unit = bound_python(
        {Word("level"): Word("commune"), "facts": {"factor": Colour.RED}}
    )

    assert "commune" == unit.level.name
    assert "1" == unit.facts["factor"].text


def test_the_date_can_be_read_early() -> None:
    """Before anything is bound, if there is one."""
    day = datetime.date(2021, 12, 31)

    assert day == unit_data({"as_of": day}).as_of
    assert day == unit_data({"as_of": "2021-12-31"}).as_of
    assert unit_data({"as_of": "2021"}).as_of is None
    assert unit_data({"as_of": [1]}).as_of is None
    assert unit_data({}).as_of is None


def test_ids_are_text() -> None:
    """A number may have lost its zeros."""
    (found,) = complaints_python({"level": "commune", "id": 123})

    assert ("NTM723", "123: id") == (found.code.id, found.place)
    assert "zeros" in str(found)


@pytest.mark.parametrize(
    ("value", "code", "place", "words"),
    [
        ([1], "NTM723", "", "a mapping with `level`"),
        ("level: commune", "NTM723", "", "a mapping with `level`"),
        (None, "NTM723", "", "nothing"),
        ({"a": object()}, "NTM723", "a", "`object`"),
        ({"a": {1, 2}}, "NTM723", "a", "`set`"),
        ({"a": b"x"}, "NTM723", "a", "`bytes`"),
        ({"a": 1j}, "NTM723", "a", "`complex`"),
        ({"a": [1, [2, Ellipsis]]}, "NTM723", "a[1][1]", "ellipsis"),
        ({"a": (1, object())}, "NTM723", "a", "`object`"),
        (
            {"a": datetime.datetime(2021, 1, 1)},  # noqa: DTZ001  # no zone is meant
            "NTM723",
            "a",
            "datetime.date",
        ),
        ({1.5: 2}, "NTM723", "", "a key here must be text"),
        ({None: 2}, "NTM723", "", "a key here must be text"),
        ({True: 2}, "NTM723", "", "a key here must be text"),
        ({("a", "b"): 2}, "NTM723", "", "a key here must be text"),
        ({10**5000: 2}, "NTM723", "", "a key here must be text"),
        ({"a": {1: 2, "1": 3}}, "NTM707", "a", "the key `1`"),
        ({"Xa\u0303": 1, "Xã": 2}, "NTM707", "", "the key `Xã`"),
        ({"a": "\0"}, "NTM003", "a", "U+0000"),
        ({"a": "\ud800"}, "NTM003", "a", "U+D800"),
        ({"a\0": 1}, "NTM003", "", "U+0000"),
        ({"a": "x" * 100_001}, "NTM715", "a", "`MAX_SCALAR`"),
    ],
)
def test_what_no_unit_can_hold_is_refused(
    value: object, code: str, place: str, words: str
) -> None:
    """With its path, and the kind of it."""
    (found,) = refused(value)

    assert (code, place) == (found.code.id, found.place)
    assert words in str(found)


def test_a_structure_inside_itself_is_refused() -> None:
    """It never ends."""
    loop: dict[str, object] = {"level": "commune"}
    loop["facts"] = loop
    knot: list[object] = []
    knot.append((knot, 1))

    for value in (loop, {"a": knot}):
        (found,) = refused(value)

        assert "NTM715" == found.code.id
        assert "`MAX_YAML_DEPTH`" in str(found)


def test_depth_is_bounded() -> None:
    """Of lists, mappings and pairs alike."""
    pairs: object = 1
    lists: object = 1
    for _ in range(100_000):
        pairs = (pairs, 1)
        lists = [lists]

    for value in (pairs, lists):
        (found,) = refused({"a": value})

        assert "33, more than the 32" in str(found)


def test_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one list stands in many places; a million take a second."""
    monkeypatch.setattr(_python, "MAX_YAML_NODES", 1_000)
    ten: object = list(range(10))
    for _ in range(28):
        ten = [ten] * 10

    (found,) = refused({"a": ten})

    assert "`MAX_YAML_NODES`" in str(found)


def test_every_problem_is_told() -> None:
    """Up to a limit."""
    assert 2 == len(refused({"a": object(), "b": [b"x"]}))
    assert 1_002 == len(refused({"a": [[object()] for _ in range(2_000)]}))
