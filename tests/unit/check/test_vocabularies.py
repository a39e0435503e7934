"""Declarations of a vocabulary (language.md section 2)."""

from __future__ import annotations

import pytest

import ntmrules
from tests.unit.check.complaining import codes, ruleset_text, vocabulary_codes


LEVELS = "level district, districts\nlevel commune, communes within district\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("level commune, communes\nlevel commune, others", ["NTM202"]),
        ("level commune, communes\nlevel ward, communes", ["NTM202"]),
        ("level commune, communes within distrct\nlevel district, ds", ["NTM201"]),
        ("level commune, communes within commune", ["NTM206"]),
        ("level a, as within b\nlevel b, bs within a", ["NTM206"]),
        ("unit person, persons\nunit person, others", ["NTM202"]),
        ("unit person, persons\nunit human, persons", ["NTM202"]),
        ("unit VND", []),
        ("level commune, communes on commune", ["NTM115"]),
        ("unit VND sums up", ["NTM115"]),
        ("enum e { a, a }", ["NTM202"]),
        ("enum e { a }\nordered enum e { b }", ["NTM202"]),
    ],
)
def test_levels_units_and_enums(text: str, wanted: list[str]) -> None:
    """Each name and each plural once, every parent known, no circle."""
    assert wanted == vocabulary_codes(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("title commune.a above commune.b\ntitle commune.b", []),
        ("title commune.a above commune.c\ntitle commune.b", ["NTM201"]),
        ("title ward.a", ["NTM201"]),
        ("title commune.a\ntitle commune.a", ["NTM202"]),
        ("title commune.a above commune.a", ["NTM206"]),
        ("title district.a\ntitle commune.a above district.a", ["NTM311"]),
    ],
)
def test_titles(text: str, wanted: list[str]) -> None:
    """A title lies above one of its own level."""
    assert wanted == vocabulary_codes(LEVELS + text)


def test_a_circle_of_titles_is_told_once() -> None:
    """Edge by edge, whoever leads into it."""
    text = """vocabulary test.own
  name "Own"
level commune, communes
title commune.x above commune.a
title commune.a above commune.b
title commune.b above commune.c
title commune.c above commune.a
"""
    (found,) = ntmrules.check_text(text)

    assert "`commune.a` → `commune.b` → `commune.c` → `commune.a`" == (
        found.notes[0].message()
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("fact x: boolean", []),
        ("fact x: count of communes", []),
        ("fact x: count of commune sums up", []),
        ("fact x: share of communes sums up", []),
        ("fact x: share of communes may exceed 100%", []),
        ("fact x: list of share of communes may exceed 100%", []),
        ("fact x: list of boolean", []),
        ("fact x: number on commune, district", []),
        ("fact x: number\nfact x: boolean", ["NTM202"]),
        ("fact x: number\ndefine x = 5", ["NTM202"]),
        ("define x = 5\ndefine x = 6", ["NTM202"]),
        ("fact x: nmber", ["NTM201"]),
        ("fact x: count of commune_s", ["NTM201"]),
        ("fact x: amount of million dong", ["NTM201"]),
        ("fact x: number on ward", ["NTM201"]),
        ("fact x: number sums up", ["NTM115"]),
        ("fact x: boolean sums up", ["NTM115"]),
        ("fact x: list of count of communes sums up", ["NTM115"]),
        ("fact x: number may exceed 100%", ["NTM115"]),
        ("fact x: share of communes may exceed 90%", ["NTM115"]),
        ("fact x: list of list of number", ["NTM309"]),
        ("use test.absent", ["NTM207"]),
        ("use test.own", ["NTM206"]),
    ],
)
def test_facts(text: str, wanted: list[str]) -> None:
    """Types and options that make sense together."""
    assert wanted == vocabulary_codes(LEVELS + text)


USED = """vocabulary test.used
  name "Used"
unit VND
level district, districts
level commune, communes within district
fact x: amount of VND on commune
define twice = 2 * x
"""


def test_names_of_a_used_vocabulary_are_taken() -> None:
    """The same name for something else is told; the same thing twice is not."""
    same = USED.replace("test.used", "test.same")
    other = """vocabulary test.other
  name "Other"
use test.used
fact x: boolean
"""
    both = """vocabulary test.both
  name "Both"
use test.used
use test.used
"""
    files = {"used": USED, "same": same}

    def found(text: str) -> list[str]:
        return [x.code.id for x in ntmrules.check_text(text, files=files)]

    assert ["NTM202"] == found(other)
    assert [] == found(both)


def test_a_fact_belongs_to_its_levels() -> None:
    """``on commune`` keeps it from districts, also through a definition."""
    text = """ruleset test.case
  name "Case"
  for {level}
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01
use test.used
criterion 1 "A": {condition}
"""

    def found(level: str, condition: str) -> list[str]:
        whole = text.format(level=level, condition=condition)
        return [x.code.id for x in ntmrules.check_text(whole, files={"u": USED})]

    assert [] == found("commune", "twice >= 5 VND")
    assert ["NTM308"] == found("district", "twice >= 5 VND")
    assert ["NTM308"] == found("district", "x >= 5 VND")
    assert [] == found("district", "all communes have twice >= 5 VND")


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("all districts have rural", ["NTM306"]),
        ("all provinces have rural", ["NTM306"]),
        ("all villages have rural", []),
        ("all comunes have rural", ["NTM201"]),
        ("all commune have rural", ["NTM201"]),
        ("all communes hold district.standard", ["NTM311"]),
        ("holds commune.standard", ["NTM311"]),
        ("granted commune.standard >= 2020", ["NTM311"]),
        ("holds district.stndard", ["NTM201"]),
        ("all communes have (all high_schools have rural)", ["NTM306"]),
        ("all communes have (all villages have rural)", []),
        ("count of districts >= 1", ["NTM306"]),
        ("sum of crimes over districts >= 1", ["NTM306"]),
    ],
)
def test_levels_lie_inside_each_other(condition: str, wanted: list[str]) -> None:
    """A quantifier looks down, a title belongs to its level."""
    assert wanted == codes(ruleset_text(f'criterion 1 "A": {condition}'))


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("at least 0 communes have rural", []),
        ("at least 2.5 communes have rural", ["NTM614"]),
        ("exactly 50% of communes have rural", ["NTM614"]),
        ("exactly 50% of (rural, has_market)", ["NTM614"]),
        ("exactly 50% of criteria except 1", ["NTM614"]),
        ("at least 101% of communes have rural", ["NTM611"]),
        ("at most 100% of communes have rural", []),
        ("at least 3 of (rural, has_market)", ["NTM604"]),
        ("exactly 3 of (rural, has_market)", ["NTM604"]),
        ("at most 3 of (rural, has_market)", []),
        ("at least 2 of (rural, has_market)", []),
        ("at least 2 of criteria except 1", ["NTM604"]),
        ("all of criteria except 9", ["NTM205"]),
    ],
)
def test_how_many(condition: str, wanted: list[str]) -> None:
    """Whole numbers, percentages up to 100, and no more than there are."""
    text = f'criterion 1 "A": {condition}\ncriterion 2 "B": rural'

    assert wanted == codes(ruleset_text(text))
