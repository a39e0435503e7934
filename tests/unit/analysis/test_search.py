"""Looking further with z3: what it finds is borne out, and nothing else is said."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml

import ntmrules
from ntmrules.analysis import CaseChange, Looked, Relation
from ntmrules.analysis._ready import unit_text


VOCABULARY = (Path(__file__).parents[2] / "conformance" / "vocabulary.ntm").read_text(
    "utf-8"
)
FILE = """\
ruleset test.{name}
  name  "A"
  for   commune
  {base}
  basis "1/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2023-12-31
{use}
{condition}
"""


def _text(name: str, condition: str) -> str:
    condition = f'criterion 1 "A": {condition}'
    return FILE.format(name=name, base="", use="use test.facts", condition=condition)


def _case(old: str, new: str, **more: Any) -> tuple[CaseChange, ntmrules.Comparison]:
    before, after = (
        ntmrules.loads(_text(name, text), files={"v.ntm": VOCABULARY})
        for name, text in (("old", old), ("new", new))
    )
    comparison = ntmrules.compare(before, after, **more)
    (change,) = comparison.changes
    return change.cases[0], comparison


LAXER = [
    ("income >= 1.5 * income at 2020", "income >= 1.2 * income at 2020"),
    ("poor + sorting <= 10%", "poor <= 10%"),
    ("crimes < crimes at 2020", "crimes <= crimes at 2020"),
    ("insured >= 95%", "rounded(insured, 0) >= 95%"),
    ("min(satisfaction_by_content) >= 85%", "max(satisfaction_by_content) >= 85%"),
    ("average(satisfaction_by_content) >= 85%", "max(satisfaction_by_content) >= 90%"),
    ("insured - poor >= 50%", "abs(insured - poor) >= 50%"),
    ("ratio(crimes, population) <= 1%", "ratio(crimes, population) <= 2% and rural"),
    (
        "(crimes / population) * (crimes / population) <= 1%",
        "crimes / population <= 11%",
    ),
    (
        "income >= 1.5 * income at 2020 and all villages have rural",
        "income >= 1.2 * income at 2020 and at least 1 villages have rural",
    ),
    (
        "at least 2 of (insured >= poor, sorting >= poor, rural)",
        "any of (insured >= poor, sorting >= poor, rural)",
    ),
    (
        "if holds commune.advanced then insured >= poor else insured > poor",
        "if holds commune.standard then insured >= poor else insured > poor",
    ),
]


@pytest.mark.parametrize(("old", "new"), LAXER)
def test_what_structure_leaves_open_is_shown(old: str, new: str) -> None:
    """By a unit that a unit file can hold, and that says the same when it is read."""
    case, comparison = _case(old, new)

    assert case.laxer is not None
    assert case.relation in {Relation.LAXER, Relation.INCOMPARABLE}
    unit = yaml.load(unit_text(case.laxer.unit), yaml.BaseLoader)  # noqa: S506 - texts
    for ruleset, verdict in (
        (comparison.old, case.laxer.old),
        (comparison.new, case.laxer.new),
    ):
        found = ntmrules.evaluate(ruleset, _plain(unit), as_of=case.laxer.date)
        assert verdict is found.criteria["1"].verdict


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return {"true": True, "false": False}.get(value, value)


def test_figures_are_round() -> None:
    """People are to look at them."""
    case, _ = _case("income >= 1.5 * income at 2020", "income >= 1.2 * income at 2020")

    assert case.laxer is not None
    assert "income: 6 million VND/person" in unit_text(case.laxer.unit)


def test_time_is_told() -> None:
    """With what was asked for it; nothing where nothing was asked."""
    _, asked = _case("poor + sorting <= 10%", "poor <= 10%")
    _, decided = _case("poor <= 10%", "poor <= 12%")

    assert asked.searched is not None
    assert (1, 1) == (asked.searched.questions, asked.searched.found)
    assert 0 < asked.searched.milliseconds < 2000
    assert asked.to_dict()["search"] == {
        "questions": 1,
        "found": 1,
        "milliseconds": asked.searched.milliseconds,
    }
    assert decided.searched is None


NO_LIST = "min(satisfaction_by_content) >= 90% and max(satisfaction_by_content) <= 80%"
IMPOSSIBLE = ("debt_free", f"debt_free or ({NO_LIST})")


def test_nothing_found_proves_nothing() -> None:
    """Lists of two items are tried, and there are longer ones."""
    case, comparison = _case(*IMPOSSIBLE)

    assert (Relation.UNDECIDED, Looked.IN_VAIN) == (case.relation, case.looked)
    assert comparison.tightens is None


def test_without_time_nobody_asks() -> None:
    """And undecided stays undecided."""
    case, comparison = _case(*LAXER[0], search_ms=0)

    assert (Relation.UNDECIDED, Looked.NOT) == (case.relation, case.looked)
    assert comparison.searched is None


def test_judgements_say_nothing_of_figures() -> None:
    """Whoever attests may have looked at more than the figure."""
    case, _ = _case("insured >= poor", 'attested by "A"')

    assert (Relation.UNDECIDED, Looked.NOT) == (case.relation, case.looked)


PROVINCE = FILE.format(
    name="province",
    base="tightens test.old",
    use="",
    condition="replace criterion 1: {}",
)


def _check(old: str, new: str) -> tuple[ntmrules.Diagnostic, ...]:
    files = {"v.ntm": VOCABULARY, "old.ntm": _text("old", old)}
    return ntmrules.check_text(PROVINCE.format(new), files=files)


def test_check_looks_further_and_load_does_not() -> None:
    """What is loaded may not depend on what is installed, and how fast it is."""
    (found,) = _check(*LAXER[0])
    files = {"v.ntm": VOCABULARY, "old.ntm": _text("old", LAXER[0][0])}

    assert "NTM623" == found.code.id
    assert "a unit that shows it: {level: commune, facts: {income: 6" in str(found)
    assert ntmrules.loads(PROVINCE.format(LAXER[0][1]), files=files).tightens


def test_without_z3_it_is_said_how_to_look_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Undecided stays undecided, a warning as before."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    (found,) = _check(*LAXER[0])

    assert "NTM624" == found.code.id
    assert "`pip install 'ntmrules[smt]'` would look further" in str(found)
