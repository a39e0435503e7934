"""`ntmrules check`: what it counts, and what programs get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.command import FILES, WRONG, run, wider


KEYS = [
    "code",
    "severity",
    "message",
    "message_vi",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "place",
    "notes",
    "help",
    "edit",
]


def test_errors_make_the_status_1() -> None:
    """And the last line counts them."""
    outcome = run("check", WRONG, "--rulesets", FILES, "--lang", "en")

    assert 1 == outcome.status
    assert "2 errors in 1 file" == outcome.output.splitlines()[-1]
    assert "" == outcome.errors


def test_warnings_leave_the_status_at_0(tmp_path: Path) -> None:
    """They are told and counted all the same."""
    text = (FILES / "advanced-2021.ntm").read_text(encoding="utf-8")
    text = text.replace('criterion 1 "Y tế"', 'criterion 2 "Y tế"')
    text += 'criterion 1 "Nước": clean_water >= 50%\n'
    path = tmp_path / "disordered.ntm"
    path.write_text(text, encoding="utf-8")

    outcome = run("check", path, "--rulesets", FILES, "--lang", "en")

    assert (0, "1 warning in 1 file") == (
        outcome.status,
        outcome.output.splitlines()[-1],
    )


def test_what_two_arguments_share_is_told_once() -> None:
    """A file that is named, and lies in a folder that is named too."""
    outcome = run(
        "check", WRONG, WRONG / "typo.ntm", "--rulesets", FILES, "--lang", "en"
    )

    assert "2 errors in 1 file" == outcome.output.splitlines()[-1]


def test_the_versions_of_an_id_are_its_files() -> None:
    """Each of them is checked."""
    outcome = run("check", "trial.advanced", "--rulesets", FILES, "--lang", "en")

    assert (0, "no problems in 2 files\n") == (outcome.status, outcome.output)


@pytest.mark.parametrize("name", ["nowhere.ntm", "./nowhere", "nowhere"])
def test_what_is_not_there_is_an_error(name: str) -> None:
    """No file is counted."""
    outcome = run("check", name, "--lang", "en")

    assert (1, "1 error") == (outcome.status, outcome.output.splitlines()[-1])


def test_a_folder_without_rulesets_is_an_error(tmp_path: Path) -> None:
    """So that a misspelt path is not taken for a clean one."""
    outcome = run("check", tmp_path, "--lang", "en")

    assert (1, True) == (outcome.status, "NTM006" in outcome.output)


def test_plain_says_nothing_when_all_is_well() -> None:
    """One line for each problem, and no other."""
    assert (0, "") == (
        (outcome := run("check", FILES, "--format", "plain")).status,
        outcome.output,
    )


def test_json_has_the_same_keys_always() -> None:
    """Also where there is no place and no help."""
    outcome = run(
        "check", WRONG, "nowhere.ntm", "--rulesets", FILES, "--format", "json"
    )

    listed = json.loads(outcome.output)

    assert 1 == outcome.status
    assert [KEYS] * 3 == [list(found) for found in listed]
    assert ["NTM201", "NTM106", "NTM001"] == [found["code"] for found in listed]
    assert [9, 10, None] == [found["line"] for found in listed]


def test_json_of_nothing_is_an_empty_list() -> None:
    """A program need not tell silence from success."""
    assert [] == json.loads(run("check", FILES, "--format", "json").output)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_long_line_is_cut_around_the_marks(tmp_path: Path, columns: int) -> None:
    """No line is wider than the terminal, and the marks stay under what they mark."""
    text = (WRONG / "typo.ntm").read_text(encoding="utf-8")
    text = text.replace('"Y tế"', f'"{"Y tế cơ sở " * 12}"').replace("insurd", "xxxx")
    path = tmp_path / "long.ntm"
    path.write_text(text, encoding="utf-8")

    outcome = run("check", path, "--rulesets", FILES, COLUMNS=str(columns))

    lines = outcome.output.splitlines()
    (marks,) = [at for at, line in enumerate(lines) if "^^^^" in line][:1]
    start = lines[marks].index("^")
    assert [] == wider(outcome.output, columns)
    assert "xxxx" == lines[marks - 1][start : start + 4]
