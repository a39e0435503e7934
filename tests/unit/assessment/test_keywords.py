"""Assessments under a ruleset with Vietnamese keywords quote what it says."""

from __future__ import annotations

import datetime
from pathlib import Path

import ntmrules
from tests.architecture.source_tree import ROOT
from tests.unit.cli.command import run


RULESET = """\
bộ tiêu chí test.vi
  tên "Huyện"
  cấp district
  căn cứ "0/TEST" ngày 2020-01-01
  hiệu lực từ 2000-01-01 đến 2100-12-31

sử dụng test.facts

tiêu chí 1 "A": xác nhận của "Sở Y tế"
tiêu chí 2 "B": nếu không rural thì insured >= 95% nếu không thì insured >= 90%
tiêu chí 3 "C": income >= theo region, năm {
  | region  | 2024                | còn lại             |
  | north   | 39 triệu VND/person | 40 triệu VND/person |
  | còn lại | -                   | 48 triệu VND/person |
}
"""
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")


def test_requirements_are_quoted_as_they_are_written() -> None:
    """What a person judges, too."""
    ruleset = ntmrules.loads(RULESET, files={"facts.ntm": VOCABULARY})
    found = ntmrules.evaluate(
        ruleset, {"level": "district", "id": "d"}, as_of=datetime.date(2024, 12, 31)
    )
    said = [
        indicator.requirement_text
        for criterion in found.criteria.values()
        for indicator in criterion.indicators.values()
    ]

    assert "xác nhận của Sở Y tế" == said[0]
    assert "nếu không rural thì insured >= 95% nếu không thì insured >= 90%" == said[1]
    assert said[2].startswith("income >= theo region, năm { | region | 2024 |")


def test_a_ruleset_is_shown_in_its_words(tmp_path: Path) -> None:
    """Its tables made readable."""
    (tmp_path / "a.ntm").write_text(RULESET, "utf-8")
    (tmp_path / "facts.ntm").write_text(VOCABULARY, "utf-8")
    shown = run("rulesets", "show", tmp_path / "a.ntm").output

    assert "income >= theo region, năm" in shown
    assert "39 triệu VND/person" in shown
