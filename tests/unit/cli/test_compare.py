"""`ntmrules compare`, and `check --strict`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from tests.unit.cli.command import ROOT, run


OLD = """\
ruleset test.old
  name  "Cũ"
  for   commune
  basis "1/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2025-12-31
use test.facts
criterion 1 "Bảo hiểm y tế": insured >= by region { | north | otherwise || 80% | 90% | }
criterion 2 "Hộ nghèo": poor <= 5%
criterion 3 "Chợ": has_market
"""
NEW = (
    OLD.replace("test.old", "test.new")
    .replace("80%", "75%")
    .replace("poor <= 5%", "poor <= 4%")
    .replace('criterion 3 "Chợ": has_market', 'criterion 4 "Nợ": debt_free')
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds two rulesets and some units."""
    vocabulary = ROOT / "tests" / "conformance" / "vocabulary.ntm"
    (tmp_path / "facts.ntm").write_text(vocabulary.read_text("utf-8"), "utf-8")
    (tmp_path / "old.ntm").write_text(OLD, "utf-8")
    (tmp_path / "new.ntm").write_text(NEW, "utf-8")
    units = tmp_path / "units"
    units.mkdir()
    facts = "insured: 95%, poor: {}, has_market: true, debt_free: true, region: south"
    for name, poor in (("a", "5%"), ("b", "4%")):
        (units / f"{name}.yaml").write_text(
            f"level: commune\nname: Xã {name}\nas_of: 2024-12-31\n"
            f"facts: {{{facts.format(poor)}}}\n",
            "utf-8",
        )
    (units / "c.yaml").write_text("level: district\nas_of: 2024-12-31\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text(folder: Path) -> None:
    """By what happens to each provision, then by what happens to each unit."""
    told = run("compare", "old.ntm", "new.ntm", "--units", "units", "--lang", "en")

    assert 0 == told.status
    lines = [line.strip() for line in told.output.splitlines()]
    assert "1 laxer · 1 removed · 1 stricter · 1 added · laxer in some respect" in lines
    assert "north: >= 80% → >= 75%" in lines
    assert "<= 5% → <= 4%" in lines
    assert "3 Chợ: has_market" in lines
    assert "Xã a: met → not met" in lines
    assert "2: met → not met" in lines
    assert "1 of another level left out: c.yaml" in lines


def test_a_pipe_among_the_units_is_not_read(folder: Path) -> None:
    """It would wait for a writer; folders and links to nowhere are no units either."""
    os.mkfifo(folder / "units" / "pipe.yaml")
    (folder / "units" / "folder.yaml").mkdir()
    (folder / "units" / "loop.yaml").symlink_to("loop.yaml")
    told = run("compare", "old.ntm", "new.ntm", "--units", "units", "--lang", "en")

    assert 0 == told.status


def test_in_vietnamese(folder: Path) -> None:
    """As people talk."""
    told = run("compare", "old.ntm", "new.ntm", "--units", "units")

    assert "1 lỏng hơn · 1 bỏ · 1 chặt hơn · 1 thêm · có chỗ lỏng hơn" in told.output
    assert "Xã a: đạt → chưa đạt" in told.output


def test_a_ruleset_and_itself(folder: Path) -> None:
    """Nothing changes."""
    told = run("compare", "old.ntm", "old.ntm", "--lang", "en")

    assert "nothing changes" in told.output


def test_json_and_html(folder: Path) -> None:
    """For programs, and to send around."""
    data = json.loads(run("compare", "old.ntm", "new.ntm", "--format", "json").output)
    shown = run("compare", "old.ntm", "new.ntm", "--format", "html").output

    assert {"laxer": 1, "removed": 1, "stricter": 1, "added": 1} == data["counts"]
    assert shown.startswith("<!doctype html>")
    assert shown.rstrip().endswith("</html>")


def test_cases(folder: Path) -> None:
    """What is laxer, ready for the folder of cases."""
    run("compare", "old.ntm", "new.ntm", "--cases", "laxer.yaml")
    (case,) = yaml.safe_load((folder / "laxer.yaml").read_text("utf-8"))

    assert {"region": "north", "insured": "75%"} == case["unit"]["facts"]
    assert {"1": "not met"} == case["want"]


def test_versions_of_an_id() -> None:
    """A day after the id picks one."""
    told = run(
        "compare", "vn.commune.standard@2023-01-01", "vn.commune.standard@2024-12-01"
    )
    wrong = run("compare", "vn.commune.standard@soon", "vn.commune.standard")

    assert 0 == told.status
    assert "211/QĐ-TTg" in told.output
    assert 2 == wrong.status


def test_strict(folder: Path) -> None:
    """What cannot be decided is an error to those who ask for it."""
    text = """\
ruleset test.province
  name     "Tỉnh"
  tightens test.old
  basis    "2/TEST" dated 2021-01-01
  in force from 2021-01-01 to 2025-12-31
replace criterion 3: attested by "Sở Công Thương"
"""
    (folder / "province.ntm").write_text(text, "utf-8")
    usual = run("check", "province.ntm", "--lang", "en")
    strict = run("check", "province.ntm", "--strict", "--lang", "en")

    assert 0 == usual.status
    assert "warning[NTM624]" in usual.output
    assert 1 == strict.status
    assert "error[NTM624]" in strict.output
