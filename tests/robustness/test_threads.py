"""Loading and assessing from many threads at once."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import ntmrules
from ntmrules import Catalogue
from tests.robustness.hostile import VOCABULARY, ruleset_text


THREADS = 8
AS_OF = datetime.date(2024, 12, 31)
CRITERIA = """
criterion 1 "A": all communes have min(satisfaction_by_content) >= 85%
criterion 2 "B": at least 2 of (insured >= 95%, rural, criterion 1)
criterion 3 "C": all years from year - 2 to year have crimes <= 3
"""
UNIT: dict[str, Any] = {
    "level": "district",
    "facts": {"insured": "94/100", "rural": True, "crimes": 2},
    "history": {2022: {"crimes": 1}, 2023: {"crimes": 4}},
    "communes": [
        {"id": f"c{n}", "facts": {"satisfaction_by_content": ["90%", f"{80 + n}%"]}}
        for n in range(9)
    ],
}


def at_once(job: Any) -> list[Any]:
    """Do a job in every thread at the same moment."""
    start = Barrier(THREADS)

    def run(number: int) -> Any:
        start.wait()
        return job(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_one_ruleset_in_many_threads() -> None:
    """Every thread comes to the same, down to the last word."""
    ruleset = ntmrules.loads(ruleset_text(CRITERIA), files={"v.ntm": VOCABULARY})

    def assess(number: int) -> tuple[str, object]:
        assessment = ntmrules.evaluate(ruleset, UNIT, as_of=AS_OF)
        return assessment.explain("vi"), assessment.to_dict()

    first, *others = at_once(assess)

    assert [first] * (THREADS - 1) == others


def test_one_catalogue_in_many_threads(tmp_path: Path) -> None:
    """Files that refer to each other are read once, whoever comes first."""
    (tmp_path / "facts.ntm").write_text(VOCABULARY, "utf-8")
    for n in range(THREADS):
        condition = f"criterion 1 of test.r{n - 1}" if n else "crimes <= 3"
        text = ruleset_text(f'criterion 1 "A": {condition}')
        (tmp_path / f"r{n}.ntm").write_text(
            text.replace("test.case", f"test.r{n}", 1), "utf-8"
        )
    catalogue = Catalogue(tmp_path, packages=False)

    def load(number: int) -> tuple[str, str]:
        name = f"test.r{(number * 3) % THREADS}"
        ruleset = ntmrules.load(name, catalogue=catalogue)
        assessment = ntmrules.evaluate(ruleset, UNIT, as_of=AS_OF)
        return ruleset.id, assessment.verdict.value

    found = at_once(load)

    assert {(f"test.r{n}", "met") for n in range(THREADS)} == set(found)


def test_what_is_shipped_in_many_threads() -> None:
    """A catalogue of its own in every thread."""

    def load(number: int) -> list[tuple[str, str]]:
        found = ntmrules.rulesets(Catalogue(packages=False))
        return [(ruleset.id, ruleset.content_hash) for ruleset in found]

    first, *others = at_once(load)

    assert first
    assert [first] * (THREADS - 1) == others
