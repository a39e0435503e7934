"""A program: its dates, its results, its code."""

from __future__ import annotations

import copy
import datetime
import threading
from typing import Any

import pytest

import ntmrules
from ntmrules import FactError, Program, Ruleset, RulesetError, Verdict
from ntmrules.compiled._program import MOST_DATES
from ntmrules.units import bind, unit_data
from tests.support.compiled import of_assessment, of_program
from tests.support.strategies import VOCABULARY


AS_OF = datetime.date(2024, 12, 31)
FILES = {"vocabulary.ntm": VOCABULARY}
HEADER = """\
ruleset test.program
  name  "Chương trình"
  for   district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
"""
RULES = """\
precondition P "Đã đạt": holds district.standard
criterion 1 "Y tế": insured >= by year { | 2023 | otherwise |
                                         | 50%  | 90%       | }
criterion 2 "Thu nhập" {
  indicator 2.1 "Mức": income >= 1.5 million VND/person
  indicator 2.2 "Ba năm": all years from year - 2 to year have crimes = 0
}
"""
UNIT: dict[str, Any] = {
    "level": "district",
    "id": "d",
    "facts": {"insured": (3, 4), "income": 2, "crimes": 0},
    "titles": {"district.standard": 2020},
    "history": {2021: {"crimes": 0}, 2022: {"crimes": 1}},
}


@pytest.fixture(name="ruleset")
def _ruleset() -> Ruleset:
    return ntmrules.loads(HEADER + RULES, files=FILES)


def test_verdicts_by_label(ruleset: Ruleset) -> None:
    """In the order of the file, indicators of preconditions included."""
    found = ntmrules.compile(ruleset, as_of=AS_OF)(UNIT)

    assert Verdict.NOT_MET is found.verdict
    assert {"P": Verdict.MET} == found.preconditions
    assert {"1": Verdict.NOT_MET, "2": Verdict.NOT_MET} == found.criteria
    assert ["P", "1", "2.1", "2.2"] == list(found.indicators)
    assert "<test.program: not met; criteria: 2 not met>" == repr(found)


def test_results_are_values(ruleset: Ruleset) -> None:
    """Equal for equal verdicts under one ruleset, and not to be changed."""
    program = ntmrules.compile(ruleset, as_of=AS_OF)
    other = {**UNIT, "facts": {**UNIT["facts"], "insured": (19, 20)}}
    found: Any = program(UNIT)

    assert found == program(copy.deepcopy(UNIT))
    assert hash(found) == hash(program(copy.deepcopy(UNIT)))
    assert found != program(other)
    assert found != "not met"
    with pytest.raises(TypeError):
        found.criteria["1"] = Verdict.MET


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_any_date(ruleset: Ruleset, year: int) -> None:
    """The date of the call, or the unit's own; tables and years follow it."""
    date = datetime.date(year, 12, 31)
    program = ntmrules.compile(ruleset)
    dated = {**UNIT, "as_of": date, "history": {2021: {"crimes": 0}}}
    wanted = of_assessment(ntmrules.evaluate(ruleset, UNIT, as_of=date))

    assert wanted == of_program(program(UNIT, as_of=date))
    assert wanted == of_program(ntmrules.compile(ruleset, as_of=date)(UNIT))
    assert of_assessment(ntmrules.evaluate(ruleset, dated)) == of_program(
        program(dated)
    )
    assert of_assessment(ntmrules.evaluate(ruleset, dated)) == of_program(
        program(bind(unit_data(dated), ruleset.vocabulary))
    )


def test_no_date(ruleset: Ruleset) -> None:
    """Nothing reads the clock."""
    with pytest.raises(FactError, match="as_of"):
        ntmrules.compile(ruleset)(UNIT)


@pytest.mark.parametrize(
    "date", ["2024-12-31", 2024, datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)]
)
def test_what_is_no_date(ruleset: Ruleset, date: Any) -> None:
    """It is refused wherever a date is wanted."""
    with pytest.raises(RulesetError, match="as_of"):
        ntmrules.compile(ruleset, as_of=date)
    with pytest.raises(FactError, match="as_of"):
        ntmrules.compile(ruleset)(UNIT, as_of=date)


def test_many_dates_are_kept_within_bounds(ruleset: Ruleset) -> None:
    """The oldest goes, and is made anew when it is asked for."""
    program = ntmrules.compile(ruleset)
    days = [AS_OF - datetime.timedelta(days=n) for n in range(MOST_DATES + 5)]
    found = [program(UNIT, as_of=day) for day in days]

    assert MOST_DATES == len(program._engines)
    assert found == [program(UNIT, as_of=day) for day in days]


def test_a_unit_already_checked(ruleset: Ruleset) -> None:
    """It goes in as it is, also where no check is wanted."""
    program = ntmrules.compile(ruleset, as_of=AS_OF)
    unit = bind(unit_data(UNIT), ruleset.vocabulary)

    assert program(UNIT) == program(unit) == program(unit, checked=False)
    assert program(UNIT) == program(unit_data(UNIT))


def test_the_plain_form_is_a_unit(ruleset: Ruleset) -> None:
    """`evaluate` takes it, and says the same; so does a program without a check."""
    program = ntmrules.compile(ruleset, as_of=AS_OF)
    percent = {**UNIT, "facts": {**UNIT["facts"], "insured": "89.5%"}}
    plain = program.plain(percent)
    wanted = of_assessment(ntmrules.evaluate(ruleset, percent, as_of=AS_OF))

    assert wanted == of_assessment(ntmrules.evaluate(ruleset, plain, as_of=AS_OF))
    assert wanted == of_program(program(plain, checked=False))


def test_percentages_do_not_add_up() -> None:
    """Without counts there is no total, in the plain form either."""
    text = HEADER + 'criterion 1 "A": insured >= 50%\n'
    ruleset = ntmrules.loads(text, files=FILES)
    program = ntmrules.compile(ruleset, as_of=AS_OF)
    communes = [
        {"id": "a", "facts": {"insured": "19/20"}},
        {"id": "b", "facts": {"insured": "95%"}},
    ]
    unit = {"level": "district", "communes": communes}
    counted = {"level": "district", "communes": [communes[0]]}

    assert Verdict.UNKNOWN is program(unit).verdict
    assert Verdict.UNKNOWN is program(program.plain(unit)).verdict
    assert Verdict.UNKNOWN is program(program.plain(unit), checked=False).verdict
    assert Verdict.MET is program(program.plain(counted)).verdict


def test_exact_hits_of_a_decimal_threshold() -> None:
    """87.6% of a thousand people are 876, of any number of them as many."""
    text = HEADER + 'criterion 1 "A": insured >= 87.6%\n'
    program = ntmrules.compile(ntmrules.loads(text, files=FILES), as_of=AS_OF)
    for whole in (1_000, 3_000, 7 * 10**30):
        part = whole * 876 // 1_000
        for given, verdict in ((part, Verdict.MET), (part - 1, Verdict.NOT_MET)):
            unit = {"level": "district", "facts": {"insured": (given, whole)}}

            assert verdict is program(unit).verdict


def test_the_code_holds_no_text_of_anybody(ruleset: Ruleset) -> None:
    """Names are made here, and numbers are whole; the rest is bound to names."""
    source = ntmrules.compile(ruleset, as_of=AS_OF).source()

    assert source.isascii()
    for word in ("insured", "income", "district", "2.1", "test", '"', "'"):
        assert word not in source
    assert source == ntmrules.compile(ruleset).source(AS_OF)


def test_another_level(ruleset: Ruleset) -> None:
    """A commune is no district."""
    with pytest.raises(FactError, match="district"):
        ntmrules.compile(ruleset, as_of=AS_OF)({**UNIT, "level": "commune"})


def test_an_id() -> None:
    """Its version is that of the date."""
    program = ntmrules.compile("vn.commune.standard", as_of=datetime.date(2019, 6, 1))

    assert "1980/QĐ-TTg" == program.ruleset.basis.number
    assert "<program of vn.commune.standard as of 2019-06-01>" == repr(program)


def test_thousands_of_criteria() -> None:
    """However long, a chain of verdicts is no deeper for Python."""
    rules = "".join(f'criterion {n} "A": crimes <= {n}\n' for n in range(1, 4_001))
    ruleset = ntmrules.loads(HEADER + rules, files=FILES)
    program = ntmrules.compile(ruleset, as_of=AS_OF)
    facts = {"level": "district", "facts": {"crimes": 1}}

    assert Verdict.MET is program(facts).verdict
    facts["facts"] = {"crimes": 2}
    assert Verdict.NOT_MET is program(facts).verdict


def test_threads_share_a_program(ruleset: Ruleset) -> None:
    """Also while it is written for further dates and years."""
    program: Program = ntmrules.compile(ruleset)
    days = [AS_OF - datetime.timedelta(days=400 * n) for n in range(8)]
    wanted = [ntmrules.compile(ruleset)(UNIT, as_of=day) for day in days]
    found: list[Any] = []

    def work() -> None:
        found.append([program(UNIT, as_of=day) for day in days])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [wanted] * 8 == found
