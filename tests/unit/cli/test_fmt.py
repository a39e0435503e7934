"""`ntmrules fmt`: what it writes, what it leaves, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.command import run


ROUGH = """ruleset a
basis "1" dated 2021-01-01   name "Á"  for commune
in force from 2021-01-01
criterion 1 "A" : x>=3
"""
FINE = """\
ruleset a
  name  "Á"
  for   commune
  basis "1" dated 2021-01-01
  in force from 2021-01-01

criterion 1 "A": x >= 3
"""


@pytest.fixture
def rough(tmp_path: Path) -> Path:
    """Write a file that is not as it should be."""
    path = tmp_path / "rough.ntm"
    path.write_text(ROUGH, "utf-8")
    return path


def test_a_file_is_written_anew(rough: Path) -> None:
    """In its place, with its mode, and nothing else in the folder."""
    rough.chmod(0o640)

    outcome = run("fmt", rough, "--lang", "en")

    assert (0, "1 file formatted\n") == (outcome.status, outcome.output)
    assert FINE == rough.read_text("utf-8")
    assert 0o640 == rough.stat().st_mode & 0o777
    assert [rough] == list(rough.parent.iterdir())


def test_a_second_time_nothing_is_left_to_do(rough: Path) -> None:
    """And it says so."""
    run("fmt", rough)

    outcome = run("fmt", rough.parent, "--check")

    assert (0, "1 tệp đã đúng dạng\n") == (outcome.status, outcome.output)


def test_check_names_what_would_change(rough: Path) -> None:
    """Writes nothing, and the status is 1."""
    outcome = run("fmt", "--check", rough, "--lang", "en")

    assert (1, f"{rough}\n1 file would change\n") == (outcome.status, outcome.output)
    assert ROUGH == rough.read_text("utf-8")


def test_diff_shows_what_would_change(rough: Path) -> None:
    """A patch on standard output, the summary apart; writes nothing."""
    outcome = run("fmt", "--diff", rough)

    assert 0 == outcome.status
    assert f"--- {rough}\n+++ {rough}\n@@ " in outcome.output
    assert '\n-criterion 1 "A" : x>=3\n' in outcome.output
    assert '\n+criterion 1 "A": x >= 3\n' in outcome.output
    assert "1 tệp chưa đúng dạng\n" == outcome.errors
    assert ROUGH == rough.read_text("utf-8")


def test_a_file_with_errors_is_left(rough: Path) -> None:
    """What is wrong goes to standard error, other files are formatted all the same."""
    wrong = rough.with_name("wrong.ntm")
    wrong.write_text("ruleset a\n  name", "utf-8")

    outcome = run("fmt", rough.parent, "--lang", "en")

    assert 1 == outcome.status
    assert "NTM1" in outcome.errors
    assert "1 file formatted, 1 with errors, left as it is\n" == outcome.output
    assert "ruleset a\n  name" == wrong.read_text("utf-8")


@pytest.mark.parametrize("text", [FINE.replace("\n", "\r\n"), f"\ufeff{FINE}"])
def test_line_ends_and_byte_order_marks_go(rough: Path, text: str) -> None:
    """The form is in UTF-8 with simple line ends."""
    rough.write_bytes(text.encode())

    assert 0 == run("fmt", rough).status
    assert FINE.encode() == rough.read_bytes()


def test_keywords_are_converted(rough: Path) -> None:
    """There and back it is the file that `fmt` alone would write."""
    there = run("fmt", rough, "--to", "vi", "--lang", "en")
    vietnamese = rough.read_text("utf-8")
    checked = run("fmt", rough, "--check", "--to", "vi")
    back = run("fmt", rough, "--to", "en")

    assert (0, "1 file formatted\n") == (there.status, there.output)
    assert vietnamese.startswith('bộ tiêu chí a\n  tên    "Á"\n  cấp    commune\n')
    assert (0, 0) == (checked.status, back.status)
    assert FINE == rough.read_text("utf-8")


def test_a_name_in_the_way_leaves_the_file(rough: Path) -> None:
    """It says which, and the status is 1."""
    text = ROUGH + "define mức = x\n"
    rough.write_text(text, "utf-8")

    outcome = run("fmt", rough, "--to", "vi", "--lang", "en")

    assert 1 == outcome.status
    assert "NTM120" in outcome.errors
    assert text == rough.read_text("utf-8")
