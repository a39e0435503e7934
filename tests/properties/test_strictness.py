"""What a comparison of rules says, against every unit that can be made up."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules.analysis import Change, Relation
from ntmrules.analysis._mutate import mutants
from ntmrules.analysis._ready import unit_text
from ntmrules.testing.strategies import near_thresholds, rulesets


VOCABULARY = (Path(__file__).parents[1] / "conformance" / "vocabulary.ntm").read_text(
    "utf-8"
)
HEADER = """\
ruleset test.{name}
  name  "A"
  for   commune
  basis "1/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2023-12-31
use test.facts
criterion 1 "A": {condition}
"""
DATE = datetime.date(2023, 12, 31)

# Few figures, so that every unit can be tried.
SHARES = ("0%", "49%", "50%", "50.5%", "51%", "100%")
COUNTS = (0, 1, 2, 3, 4)
REGIONS = ("north", "centre", "south")

ATOMS = st.one_of(
    st.builds(
        "insured {} {}".format,
        st.sampled_from([">=", ">", "<=", "<", "="]),
        st.sampled_from(["50%", "51%"]),
    ),
    st.builds(
        "crimes {} {}".format,
        st.sampled_from([">=", ">", "<=", "<", "!="]),
        st.sampled_from([1, 2, 3]),
    ),
    st.builds(
        "insured >= by region {{| north | otherwise || {} | {} |}}".format,
        st.sampled_from(["50%", "51%", "-"]),
        st.sampled_from(["50%", "51%"]),
    ),
    st.sampled_from(
        ["rural", "not rural", "region = north", "insured between 50% and 51%"]
    ),
)


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=3).map(", ".join)
    return st.one_of(
        st.builds("all of ({})".format, several),
        st.builds("any of ({})".format, several),
        st.builds("at least 2 of ({})".format, several),
        st.builds("at most 1 of ({})".format, several),
        st.builds("not ({})".format, inner),
        st.builds("(if rural then {} else {})".format, inner, inner),
    )


CONDITIONS = st.recursive(ATOMS, _joined, max_leaves=4)
PASSES = {ntmrules.Verdict.MET, ntmrules.Verdict.NOT_APPLICABLE}


def _ruleset(name: str, condition: str) -> ntmrules.Ruleset:
    text = HEADER.format(name=name, condition=condition)
    return ntmrules.loads(text, files={"v.ntm": VOCABULARY})


def _units() -> list[Mapping[str, object]]:
    return [
        {
            "level": "commune",
            "facts": {
                "insured": share,
                "crimes": count,
                "rural": rural,
                "region": region,
            },
        }
        for share, count, rural, region in itertools.product(
            SHARES, COUNTS, (True, False), REGIONS
        )
    ]


def _change(old: ntmrules.Ruleset, new: ntmrules.Ruleset) -> Change:
    (change,) = ntmrules.compare(old, new).changes
    return change


@settings(max_examples=60)
@given(CONDITIONS, CONDITIONS)
def test_relations_hold_for_every_unit(before: str, after: str) -> None:
    """Stricter and unchanged are promises; laxer comes with a unit."""
    old, new = _ruleset("old", before), _ruleset("new", after)
    change = _change(old, new)
    decide = {x.id: ntmrules.compile(x, as_of=DATE) for x in (old, new)}
    gained = lost = False
    for unit in _units():
        first, second = (decide[x.id](unit).verdict in PASSES for x in (old, new))
        gained = gained or (second and not first)
        lost = lost or (first and not second)

    # Few conditions on few figures: all of them can be tried.
    wanted = {
        (False, False): Relation.EQUAL,
        (False, True): Relation.STRICTER,
        (True, False): Relation.LAXER,
        (True, True): Relation.INCOMPARABLE,
    }[gained, lost]
    assert wanted is change.relation
    for case in change.cases:
        for shown, who in ((case.laxer, "new"), (case.stricter, "old")):
            if shown is not None:
                verdicts = {"old": shown.old, "new": shown.new}
                assert verdicts.pop(who) in PASSES
                assert verdicts.popitem()[1] is ntmrules.Verdict.NOT_MET


@given(CONDITIONS)
def test_a_ruleset_equals_itself(condition: str) -> None:
    """Whatever it says."""
    change = _change(_ruleset("old", condition), _ruleset("new", condition))

    assert Relation.EQUAL is change.relation


@settings(max_examples=40)
@given(CONDITIONS, CONDITIONS)
def test_more_conditions_are_stricter(first: str, second: str) -> None:
    """And an alternative more is laxer."""
    one = _ruleset("old", first)
    both = _ruleset("new", f"all of ({first}, {second})")
    either = _ruleset("new", f"any of ({first}, {second})")

    assert _change(one, both).relation in {Relation.EQUAL, Relation.STRICTER}
    assert _change(either, one).relation in {Relation.EQUAL, Relation.STRICTER}


QUANTIFIERS = st.one_of(
    st.sampled_from(["all", "no"]),
    st.builds(
        "{} {}".format,
        st.sampled_from(["at least", "at most", "exactly"]),
        st.sampled_from([1, 2, 3]),
    ),
    st.builds(
        "{} {}% of".format,
        st.sampled_from(["at least", "at most"]),
        st.sampled_from([34, 50, 75]),
    ),
)
PREDICATES = st.sampled_from(
    ["insured >= 50%", "insured >= 51%", "insured > 50%", "not rural", "rural"]
)
WHERES = st.sampled_from(["", " where rural"])
EMPTY = st.sampled_from(["", " if none met", " if none not met"])
QUANTIFIED = st.tuples(QUANTIFIERS, WHERES, PREDICATES, EMPTY).map(
    lambda x: f"{x[0]} villages{x[1]} have ({x[2]}){x[3]}"
)
VILLAGES = tuple(
    {"facts": {"insured": share, "rural": rural}}
    for share in ("49%", "50%", "51%")
    for rural in (True, False)
)


@settings(max_examples=40)
@given(QUANTIFIED, QUANTIFIED)
def test_quantifiers(before: str, after: str) -> None:
    """What is stricter or unchanged accepts no further collection of units."""
    old, new = _ruleset("old", before), _ruleset("new", after)
    relation = _change(old, new).relation
    first, second = (ntmrules.compile(x, as_of=DATE) for x in (old, new))
    gained = lost = False
    for size in range(4):
        for villages in itertools.combinations_with_replacement(VILLAGES, size):
            unit = {"level": "commune", "villages": list(villages)}
            one, other = (x(unit).verdict in PASSES for x in (first, second))
            gained, lost = gained or (other and not one), lost or (one and not other)

    if relation in {Relation.EQUAL, Relation.STRICTER}:
        assert not gained
    if relation is Relation.EQUAL:
        assert not lost
    if gained:
        assert relation in {
            Relation.LAXER,
            Relation.INCOMPARABLE,
            Relation.UNDECIDED,
        }


SUMS = st.one_of(
    st.builds(
        "insured - insured at 2022 {} {}".format,
        st.sampled_from([">=", ">", "<="]),
        st.sampled_from(["0%", "1%"]),
    ),
    st.builds(
        "insured {} {} * insured at 2022".format,
        st.sampled_from([">=", ">", "<="]),
        st.sampled_from(["0.5", "1", "1.02"]),
    ),
    st.builds(
        "{} * crimes {} {}".format,
        st.sampled_from(["0.5", "2"]),
        st.sampled_from([">=", ">", "="]),
        st.sampled_from([0, 1, 2]),
    ),
    st.builds(
        "crimes - crimes at 2022 {} {}".format,
        st.sampled_from([">=", ">", "<="]),
        st.sampled_from([0, 1]),
    ),
    st.builds(
        "{} years from 2022 to 2023 have {}".format,
        st.sampled_from(["all", "no", "at least 1", "at most 1"]),
        st.sampled_from(["crimes <= 1", "crimes <= 2", "insured >= 50%", "rural"]),
    ),
    st.sampled_from(["insured >= 50%", "crimes <= 1", "rural"]),
)
YEARS = [
    {"insured": share, "crimes": count, "rural": rural}
    for share, count, rural in (
        ("0%", 0, True),
        ("49%", 1, False),
        ("50%", 2, True),
        ("50%", 1, False),
        ("51%", 0, False),
        ("51%", 3, True),
        ("100%", 2, False),
        ("100%", 1, True),
    )
]


@settings(max_examples=40)
@given(_joined(SUMS) | SUMS, _joined(SUMS) | SUMS)
def test_sums_and_years(before: str, after: str) -> None:
    """What is stricter or unchanged is so of figures that hang together too."""
    old, new = _ruleset("old", before), _ruleset("new", after)
    change = _change(old, new)
    relation = change.relation
    first, second = (ntmrules.compile(x, as_of=DATE) for x in (old, new))
    gained = lost = False
    for then, now in itertools.product(YEARS, YEARS):  # z3 is asked as well
        unit = {"level": "commune", "facts": now, "history": {2022: then}}
        one, other = (x(unit).verdict in PASSES for x in (first, second))
        gained, lost = gained or (other and not one), lost or (one and not other)

    if gained:
        assert relation not in {Relation.EQUAL, Relation.STRICTER}
    if lost:
        assert relation is not Relation.EQUAL
    for case in change.cases:
        for shown, who in ((case.laxer, "new"), (case.stricter, "old")):
            if shown is not None:
                unit = yaml.load(unit_text(shown.unit), yaml.BaseLoader)  # noqa: S506
                accepts, refuses = (second, first) if who == "new" else (first, second)
                assert accepts(_plain(unit)).verdict in PASSES
                assert refuses(_plain(unit)).verdict is ntmrules.Verdict.NOT_MET


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return {"true": True, "false": False}.get(value, value)


# Whole rulesets, too large to try everything: a sample must not belie what is said.


@settings(max_examples=30)
@given(rulesets(), st.data())
def test_no_sampled_unit_belies_a_comparison(
    old: ntmrules.Ruleset, data: st.DataObject
) -> None:
    """Of rulesets of any kind, with one figure, sign or count changed."""
    changed = list(mutants(old))
    assume(changed)
    new = data.draw(st.sampled_from(changed), "change").changed
    comparison = ntmrules.compare(old, new, search_ms=200)
    unit = data.draw(near_thresholds(old), "unit")
    before, after = (ntmrules.evaluate(x, unit) for x in (old, new))
    pairs = [(comparison.tightens is True, before.verdict, after.verdict)]
    for change in comparison.changes:
        if change.is_requirement:
            one, other = (_verdict(x, change.label) for x in (before, after))
            safe = change.relation in {Relation.EQUAL, Relation.STRICTER}
            pairs.append((safe, one, other))

    for safe, one, other in pairs:
        assert not (safe and other in PASSES and one is ntmrules.Verdict.NOT_MET)


def _verdict(assessment: ntmrules.Assessment, label: str) -> ntmrules.Verdict:
    provisions = (*assessment.preconditions.values(), *assessment.criteria.values())
    return next(
        x.indicators[label].verdict for x in provisions if label in x.indicators
    )
