"""What the documents ask of an engine, and what shows that it is there."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
import yaml

import ntmrules
from tests.support.yaml_cases import read_cases


ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "reference" / "requirements.yaml"
PAGE = ROOT / "docs" / "reference" / "requirements.md"
ROWS: dict[str, dict[str, Any]] = yaml.safe_load(DATA.read_text("utf-8"))
LABELS = {
    (ruleset.id, label)
    for ruleset in ntmrules.rulesets()
    for label in (*ruleset.preconditions, *ruleset.criteria, *ruleset.indicators)
}
HEAD = """\
# What the documents ask of an engine · Văn bản đòi hỏi gì ở công cụ

<!-- Written by tests/rulesets/test_requirements.py --regen: do not edit. -->

Thirty-five things were drawn from the five documents of the [clause-by-clause
page](seed-coverage.md) before anything was written. A row says what shows each: a rule,
a case beside the rulesets, a conformance case, a unit in `examples/`, a diagnostic, or
a page; cases, units and pages run with the tests. What is left out is said.

Ba mươi lăm đòi hỏi rút từ năm văn bản, và nơi cho thấy từng điều: quy định, ca kiểm
thử, hồ sơ ví dụ, mã thông báo hoặc trang tài liệu. Phần không làm cũng nêu rõ.

| id | what is asked | shown by | left out |
|---|---|---|---|
"""


@functools.cache
def _cases_of(path: Path) -> frozenset[str]:
    return frozenset(case["id"] for case in read_cases(path))


def test_every_requirement_has_a_row() -> None:
    """R1 to R35, in order; each is shown by something."""
    assert [f"R{n + 1}" for n in range(35)] == list(ROWS)
    assert [i for i, row in ROWS.items() if not set(row) - {"asks", "not"}] == []


@pytest.mark.parametrize("row", list(ROWS.values()), ids=list(ROWS))
def test_what_a_row_names_exists(row: dict[str, Any]) -> None:
    """Rulesets, labels, cases, units, codes and pages are there."""
    cases = [
        (ROOT / "rulesets" / "vn" / path, identity)
        for path, identity in map(str.split, row.get("case", ()))
    ]
    cases += [
        (ROOT / "tests" / "conformance" / f"{name}.yaml", identity)
        for name, identity in map(str.split, row.get("conformance", ()))
    ]
    files = [ROOT / "examples" / f"{name}.yaml" for name in row.get("unit", ())]
    files += [ROOT / "docs" / name for name in row.get("page", ())]
    files += [
        ROOT / "docs" / "diagnostics" / f"{code}.md" for code in row.get("code", ())
    ]

    assert [r for r in row.get("rule", ()) if tuple(r.split()) not in LABELS] == []
    assert [c for c in cases if c[1] not in _cases_of(c[0])] == []
    assert [file for file in files if not file.exists()] == []


def _shown(row: dict[str, Any]) -> str:
    shown = [f"`{rule}`" for rule in row.get("rule", ())]
    shown += [f"case `{c[1]}` of `{c[0]}`" for c in map(str.split, row.get("case", ()))]
    shown += [
        f"conformance `{c[1]}` of `{c[0]}`"
        for c in map(str.split, row.get("conformance", ()))
    ]
    shown += [f"`examples/{name}.yaml`" for name in row.get("unit", ())]
    shown += [f"[{c}](../diagnostics/{c}.md)" for c in row.get("code", ())]
    shown += [f"[{name}](../{name})" for name in row.get("page", ())]
    return "; ".join(shown)


def test_the_page_is_up_to_date(regen: bool) -> None:
    """The page says what the data file says."""
    text = HEAD + "".join(
        f"| {identity} | {row['asks']} | {_shown(row)} | {row.get('not', '')} |\n"
        for identity, row in ROWS.items()
    )
    if regen:
        PAGE.write_text(text, "utf-8")

    assert text == PAGE.read_text("utf-8")
