"""
Every figure of the instruments, against what the shipped rulesets say of it.

The cases beside the rulesets guard against a slip; many of them were written by
``ntmrules test --boundaries`` and record what the engine said.  The tables here were
copied from the texts themselves.
"""

from __future__ import annotations

import datetime
import functools

import pytest

import ntmrules
from ntmrules.model.ruleset import Ruleset
from ntmrules.testing import find_result
from tests.rulesets import figures
from tests.rulesets.catalogue_page import kind_of
from tests.rulesets.figures import Check, Table


def _name(group: Table) -> str:
    return f"{group['ruleset']}@{group['on']}"


TABLES = figures.tables()
WHOLE = [group for group in TABLES if "in force" in group]
ENTRIES = [
    pytest.param(group, entry, id=f"{_name(group)}-{entry['label']}-{n}-{m}")
    for n, group in enumerate(TABLES)
    for m, entry in enumerate(group.get("figures", ()))
]


def _ruleset(group: Table) -> Ruleset:
    return _load(group["ruleset"], group["on"], group.get("status", "in force"))


@functools.cache
def _load(identity: str, on: str, status: str) -> Ruleset:
    as_of = datetime.date.fromisoformat(on)
    return ntmrules.load(identity, as_of=as_of, status=status)


def _verdict(group: Table, check: Check, *, accept: bool = False) -> str:
    ruleset = _ruleset(group)
    assessment = ntmrules.evaluate(
        ruleset,
        {"level": ruleset.level.name, **check.unit},
        as_of=datetime.date.fromisoformat(group["on"]),
        accept_unverified=accept,
    )
    result = find_result(assessment, check.label)
    assert result is not None, check.label
    return result.verdict.value


@pytest.mark.parametrize(("group", "entry"), ENTRIES)
def test_verdicts_follow_the_text(group: Table, entry: Table) -> None:
    """At the figure and on both sides, the verdict is what the text makes it."""
    wrong = []
    checks = list(figures.checks(group, entry))
    assert checks != []
    for check in checks:
        want = check.want if check.certain else "unknown"
        found = _verdict(group, check)
        if found != want:
            wrong.append((check.unit, want, found))
        if not check.certain and _verdict(group, check, accept=True) != check.want:
            wrong.append((check.unit, check.want, "other, unverified figures accepted"))

    assert wrong == []


@pytest.mark.parametrize("group", [g for g in TABLES if "withdrawal" in g], ids=_name)
def test_titles_are_withdrawn_from_the_share_the_text_names(group: Table) -> None:
    """From 30% of unmet criteria with a chief one among them; from 50% with none."""
    wrong = [
        (check, found)
        for check in figures.withdrawals(group)
        if (found := _verdict(group, check)) != check.want
    ]

    assert wrong == []


@pytest.mark.parametrize("group", [g for g in TABLES if "names" in g], ids=_name)
def test_criteria_called_by_name_are_those_of_the_set(group: Table) -> None:
    """Each follows the criterion of that number, and no other is there."""
    named, other = group["names"]["criteria"], group["names"]["of"]
    ruleset = _ruleset(group)

    assert named == list(ruleset.criteria)
    for label in named:
        every = figures.judged(named, {label}, group["on"])
        check = Check(label, {"attestations": {other: every}}, "not met")
        rest = [attr for attr in named if attr != label]
        assert _verdict(group, check) == "not met"
        for met in rest[:1]:
            assert _verdict(group, Check(met, check.unit, "met")) == "met"


@pytest.mark.parametrize("group", WHOLE, ids=_name)
def test_instrument_dates_and_title(group: Table) -> None:
    """Number, date, interval and the title granted or revoked are the instrument's."""
    ruleset = _ruleset(group)
    confers = ruleset.confers
    dated = None if ruleset.basis.dated is None else ruleset.basis.dated.isoformat()
    title = (
        {}
        if confers is None
        else {"revokes" if confers.revokes else "grants": confers.title.name}
    )

    assert group["basis"] == ruleset.basis.number
    assert group.get("dated") == dated
    assert [ruleset.start.isoformat(), str(ruleset.end)] == group["in force"]
    assert title == {k: group[k] for k in ("grants", "revokes") if k in group}


@pytest.mark.parametrize("group", [g for g in WHOLE if "unseen" in g], ids=_name)
def test_nothing_is_decided_by_what_was_not_seen(group: Table) -> None:
    """Each provision has a figure here, or is judged by a person, or is unverified."""
    ruleset = _ruleset(group)
    indicators = {
        indicator.label: indicator
        for part in (ruleset.preconditions, ruleset.criteria)
        for criterion in part.values()
        for indicator in criterion.indicators
    }
    seen = {
        entry["label"]
        for other in TABLES
        if (other["ruleset"], other["basis"]) == (group["ruleset"], group["basis"])
        for entry in other["figures"]
        if not any(text.endswith("?") for text in entry.get("all", ()))
    }
    kinds = {label: kind_of(ruleset, found) for label, found in indicators.items()}
    unseen, judged = set(group["unseen"]), set(group["judged"])

    assert set(indicators) == seen | unseen | judged | set(group.get("elsewhere", ()))
    assert not seen & (unseen | judged)
    assert [k for k in judged if kinds[k] != "judged"] == []
    assert [k for k in unseen if kinds[k] not in {"judged", "unverified"}] == []


def test_every_ruleset_is_in_a_table() -> None:
    """A ruleset that is added brings its figures, copied from its text."""
    known = {_ruleset(group).content_hash for group in WHOLE}
    lacking = [r.path for r in ntmrules.rulesets() if r.content_hash not in known]

    assert lacking == []
