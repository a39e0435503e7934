"""The header of a ruleset, its clauses and its labels (language.md section 1)."""

from __future__ import annotations

import pytest

from tests.unit.check.complaining import codes, diagnostics, ruleset_text


GOOD = """ruleset test.case
  name "Case"
  for district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01
use test.facts
criterion 1 "A": rural
"""


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("", "", []),
        ('  name "Case"\n', "", ["NTM114"]),
        ("  for district\n", "", ["NTM114"]),
        ('  basis "0/TEST" dated 2020-01-01\n', "", ["NTM114"]),
        ("  in force from 2000-01-01\n", "", ["NTM114"]),
        ("for district", "for distric", ["NTM201"]),
        ("  for district", "  for district\n  for commune", ["NTM113"]),
        ('name "Case"', 'name "A"\n  name "B"', ["NTM113"]),
        ('name "Case"', 'name "A"\n  name en "B"', []),
        ('name "Case"', 'name en "A"\n  name en "B"', ["NTM113"]),
        ("from 2000-01-01", "from 2000-01-01 to 1999-12-31", ["NTM405"]),
        ("from 2000-01-01", "from 2000-01-01 to 2000-01-01", []),
        ("from 2000-01-01", "from 2000-02-30", ["NTM117"]),
        ("  basis", "  grants district.standard\n  basis", []),
        ("  basis", "  grants commune.standard\n  basis", ["NTM311"]),
        ("  basis", "  grants district.x\n  basis", ["NTM201"]),
        ("  basis", "  grants district.standard when insured\n  basis", ["NTM304"]),
        ("  basis", "  status draft\n  basis", []),
        ("  basis", "  status final\n  basis", ["NTM115"]),
        ("  basis", "  require rural\n  basis", ["NTM115"]),
        ("  basis", "  passes when rural\n  basis", ["NTM115"]),
        ("use test.facts", "use test.fact", ["NTM207"]),
    ],
)
def test_headers(old: str, new: str, wanted: list[str]) -> None:
    """What is required, once, in its place, and true to the calendar."""
    assert wanted == codes(GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("criteria", "wanted"),
    [
        ('criterion 1 "A": rural\ncriterion 1 "B": debt_free', ["NTM203"]),
        ('criterion 2 "A": rural\ncriterion 1 "B": debt_free', ["NTM204"]),
        ('criterion 10 "A": rural\ncriterion 9 "B": debt_free', ["NTM204"]),
        ('criterion 9 "A": rural\ncriterion 10 "B": debt_free', []),
        ('criterion K1 "A": rural\ncriterion 1 "B": debt_free', []),
        ('precondition 1 "A": rural\ncriterion 1 "B": debt_free', ["NTM203"]),
        ('criterion 1 "A" { indicator 1.1 "B": rural }', []),
        ('criterion 1 "A" { indicator 2.1 "B": rural }', ["NTM209"]),
        ('criterion 1 "A" { indicator 1 "B": rural }', ["NTM203"]),
        (
            'criterion 1 "A" { indicator 1.2 "B": rural indicator 1.1 "C": debt_free }',
            ["NTM204"],
        ),
        (
            'criterion 1 "A" { indicator 1.1 "B": rural indicator 1.1 "C": debt_free }',
            ["NTM203"],
        ),
        ('criterion 1 "A": rural\ncriterion 2 "B": rural', ["NTM607"]),
        ('criterion 1 "A": attested\ncriterion 2 "B": attested', []),
        ('criterion 1 "A" { require rural }', []),
        ('criterion 1 "A" { }', ["NTM114"]),
        ('criterion 1 "A" { note "x" }', ["NTM114"]),
        ('criterion 1 "A" { require rural require debt_free }', ["NTM113"]),
        ('criterion 1 "A" { require rural attested }', ["NTM115"]),
        ('criterion 1 "A" { unverified "a" unverified "b" require rural }', ["NTM113"]),
        (
            'criterion 1 "A" { applies when rural applies when rural require rural }',
            ["NTM113"],
        ),
        (
            'criterion 1 "A" { require rural indicator 1.1 "B": debt_free }',
            ["NTM115"],
        ),
        (
            'criterion 1 "A" { indicator 1.1 "B" { passes when rural require rural } }',
            ["NTM115"],
        ),
        (
            'criterion 1 "A" { passes when indicator 1.2 indicator 1.1 "B": rural }',
            ["NTM205"],
        ),
    ],
)
def test_labels_and_blocks(criteria: str, wanted: list[str]) -> None:
    """Labels in order and once; clauses where they belong, once."""
    assert wanted == codes(ruleset_text(criteria))


def test_the_first_of_two_is_shown() -> None:
    """So that both can be compared."""
    text = 'criterion 1 "A": rural\ncriterion 1 "B": debt_free'
    (found,) = diagnostics(ruleset_text(text))
    first = ruleset_text("").count("\n") + 1
    (note,) = found.notes

    assert found.span is not None
    assert note.span is not None
    assert (first + 1, first) == (found.span.line, note.span.line)
