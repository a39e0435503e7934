"""The runner of the docs sees what differs."""

from __future__ import annotations

import pytest

from tests.docs.examples import Command, agrees, commands, compare_marks, framed


BLOCK = """\
$ ntmrules check a.ntm \\
    --format json
[]

$ echo $?  # fine
0
"""

VOCABULARY = """\
vocabulary demo.facts
unit person, persons "người"
level commune, communes "Xã"
fact insured: share of persons "Bảo hiểm y tế"
"""

RULESET = """\
ruleset demo.commune
  name  "Xã"
  for   commune
  basis "1/QĐ" dated 2021-01-05
  in force from 2021-01-05
use demo.facts
criterion 1 "Y tế": {name} >= 95%  {mark}
"""


def test_a_console_block_is_a_list_of_commands() -> None:
    """Long commands are joined, comments dropped, outputs kept."""
    expected = [
        Command(("ntmrules", "check", "a.ntm", "--format", "json"), ("[]",)),
        Command(("echo", "$?"), ("0",)),
    ]

    assert expected == commands(BLOCK)


@pytest.mark.parametrize(
    ("pattern", "agree"),
    [
        (("a", "b", "c"), True),
        (("a", "c"), False),
        (("a", "...", "c"), True),
        (("...",), True),
        (("a", "...", "b", "c", "..."), True),
        (("a", "...", "d"), False),
        (("...", "b"), False),
    ],
)
def test_dots_stand_for_any_lines(pattern: tuple[str, ...], *, agree: bool) -> None:
    """None or many, at the end too; everything else is compared exactly."""
    assert agree is agrees(pattern, ["a", "b", "c"])


@pytest.mark.parametrize(
    ("name", "mark", "good"),
    [
        ("insured", "", True),
        ("insurd", "", False),
        ("insurd", "#! NTM201", True),
        ("insured", "#! NTM201", False),
    ],
)
def test_marks_and_diagnostics_must_agree(name: str, mark: str, *, good: bool) -> None:
    """A mistake without its mark fails, and so does a mark without its mistake."""
    files = {
        "demo.facts.ntm": VOCABULARY,
        "demo.commune.ntm": RULESET.format(name=name, mark=mark),
    }

    assert good is (compare_marks("demo.commune.ntm", files) is None)


@pytest.mark.parametrize(
    "part",
    [
        'criterion 2 "Tỷ lệ": insured >= 95%\n',
        '# a comment\nindicator 2.1 "Tỷ lệ": insured >= 95%\n',
        "define enough = 95%\n",
    ],
)
def test_a_part_is_checked_in_its_frame(part: str) -> None:
    """In place of what the frame holds, and a mistake is seen."""
    frame = RULESET.format(name="unknown", mark="")
    files = {"demo.facts.ntm": VOCABULARY, "demo.commune.ntm": framed(frame, part)}
    wrong = {**files, "demo.commune.ntm": framed(frame, f"{part}criterion 9: x")}

    assert compare_marks("demo.commune.ntm", files) is None
    assert compare_marks("demo.commune.ntm", wrong) is not None


def test_what_is_no_item_is_only_shown() -> None:
    """Clauses, and lines in between, are left alone."""
    assert framed(RULESET, "in force from 2021-01-05\n") == ""


def test_declarations_are_added_to_a_vocabulary() -> None:
    """They stand below those of the frame."""
    assert framed(VOCABULARY, "unit VND\n") == f"{VOCABULARY}unit VND\n"
