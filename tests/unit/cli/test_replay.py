"""`ntmrules replay`: the same again, or what differs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ntmrules.shelf import shelf_of
from tests.unit.cli.command import FILES, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with rulesets, a unit, and the receipt of its assessment."""
    shutil.copytree(FILES, tmp_path / "files")
    outcome = run(
        *("evaluate", "trial.advanced", tmp_path / "files" / "commune.yaml"),
        *("--rulesets", tmp_path / "files", "--receipt", tmp_path / "receipt.json"),
    )
    assert 0 == outcome.status
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    """Change a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    shelf_of.cache_clear()  # as a new process


def test_an_assessment_is_repeated(folder: Path) -> None:
    """And what it came to is told once more."""
    outcome = run("replay", folder / "receipt.json", "--lang", "en")

    said = "Xã Một [thử], trial.advanced, 2023-12-31: unknown"
    assert (0, f"the assessment is the same: {said}\n") == (
        outcome.status,
        outcome.output,
    )


def test_what_was_given_as_a_file_is_repeated_from_it(tmp_path: Path) -> None:
    """On its date, with the figures that counted."""
    receipt = tmp_path / "receipt.json"
    run(
        *("evaluate", FILES / "advanced-2021.ntm", FILES / "commune.yaml"),
        *("--as-of", "2024-05-05", "--accept-unverified", "--receipt", receipt),
    )

    outcome = run("replay", receipt, "--lang", "en")

    assert (0, True) == (outcome.status, "2024-05-05: met" in outcome.output)


def test_a_draft_is_repeated_as_a_draft(folder: Path) -> None:
    """Whatever the catalogue would give unasked."""
    ruleset = folder / "files" / "advanced-2023.ntm"
    change(ruleset, "in force from 2023-01-01", "in force from 2023-01-01 status draft")
    unit, receipt = folder / "files" / "commune.yaml", folder / "draft.json"
    typed = ("evaluate", "--rulesets", folder / "files", "trial.advanced", unit)

    assert 1 == run(*typed).status
    assert 0 == run(*typed, "--status", "draft", "--receipt", receipt).status
    assert 0 == run("replay", receipt).status
    assert 0 == run("rulesets", "show", ruleset).status


def test_a_folder_may_move(folder: Path) -> None:
    """Its files find each other from where the receipt lies."""
    moved = folder.rename(folder.with_name("moved"))

    assert 0 == run("replay", moved / "receipt.json").status


def test_a_unit_may_move_alone(folder: Path) -> None:
    """Then it is named."""
    unit = (folder / "files" / "commune.yaml").rename(folder / "unit.yaml")

    assert 1 == run("replay", folder / "receipt.json").status
    assert 0 == run("replay", folder / "receipt.json", unit).status
    assert 0 == run("replay", folder / "receipt.json", unit, "trial.advanced").status


def test_other_facts_are_told(folder: Path) -> None:
    """With the verdicts that follow from them."""
    change(folder / "files" / "commune.yaml", "income: 61.5", "income: 50")

    outcome = run("replay", folder / "receipt.json", "--lang", "en")

    assert 1 == outcome.status
    assert "what is given of the unit differs" in outcome.output
    assert "the verdict of `2` differs" in outcome.output
    assert "note: then: met" in outcome.output
    assert "note: now: not met" in outcome.output
    assert "the verdict differs" in outcome.output


def test_another_text_of_the_ruleset_is_told(folder: Path) -> None:
    """Even where every verdict stays."""
    change(folder / "files" / "advanced-2023.ntm", "95%", "96%")

    outcome = run("replay", folder / "receipt.json", "--lang", "en")

    assert 1 == outcome.status
    assert "NTM727" in outcome.output
    assert "the text of the ruleset differs" in outcome.output
    assert "every verdict is the same" == outcome.output.splitlines()[-1]


def test_a_provision_that_went_is_told(folder: Path) -> None:
    """As one that has no verdict now."""
    ruleset = folder / "files" / "advanced-2023.ntm"
    change(ruleset, 'criterion 4 "Cảnh quan"', 'criterion 5 "Cảnh quan"')

    outcome = run("replay", folder / "receipt.json", "--lang", "en")

    assert "note: now: none" in outcome.output


def test_another_version_of_ntmrules_may_repeat_it(folder: Path) -> None:
    """As long as it comes to the same."""
    change(folder / "receipt.json", '"library_version": "', '"library_version": "0.')

    assert 0 == run("replay", folder / "receipt.json").status


BROKEN: dict[str, Any] = {
    "no JSON": "receipt",
    "another thing": "[1]",
    "no bytes of a text": b"\xff",
    "too deep": "[" * 100_000,
    "a bare receipt": json.dumps({"schema": "ntmrules/receipt/1"}),
    "half of it": json.dumps(
        {
            "schema": "ntmrules/replay/1",
            "receipt": {},
            "ruleset_file": None,
            "status": "in force",
            "unit_file": "unit.yaml",
            "rulesets_folders": [],
            "verdicts": {},
        }
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_receipt_is_refused(name: str, tmp_path: Path) -> None:
    """In words, not with a traceback."""
    path = tmp_path / "receipt.json"
    content = BROKEN[name]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    outcome = run("replay", path, "--lang", "en")

    assert (1, "error[NTM7") == (outcome.status, outcome.errors[:10])


def test_a_receipt_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As every file is."""
    outcome = run("replay", tmp_path / "receipt.json", "--lang", "en")

    assert (1, "error[NTM001]") == (outcome.status, outcome.errors[:13])


def test_a_receipt_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Before anything is said of the unit."""
    outcome = run(
        *("evaluate", FILES / "advanced-2021.ntm", FILES / "commune.yaml"),
        *("--receipt", tmp_path / "nowhere" / "receipt.json"),
    )

    assert (1, "") == (outcome.status, outcome.output)
    assert "receipt.json" in outcome.errors
