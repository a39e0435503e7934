"""The one form: what is aligned, what is broken, and where comments stand."""

from __future__ import annotations

import textwrap

import pytest

from ntmrules.diagnostics import Sink
from ntmrules.source import SourceFile
from ntmrules.syntax import format_source


def formatted(text: str) -> str:
    """Lay out a sound text."""
    sink = Sink()
    found = format_source(SourceFile("a", text), sink)
    assert found is not None, sink.sorted()
    return found


HEAD = """\
ruleset a
  name  "A"
  for   commune
  basis "1" dated 2021-01-01
  in force from 2021-01-01

"""


def items(text: str) -> str:
    """Lay out the items of a ruleset."""
    found = formatted(HEAD + text)
    assert found.startswith(HEAD)
    return found.removeprefix(HEAD)


def test_a_header_is_in_order_and_aligned() -> None:
    """Values stand in one column; `in force` has two words and stands alone."""
    text = """
        ruleset   a  in force from 2021-01-01 to 2022-01-01 status draft
        basis "1"   dated 2021-01-01 by "X" grants commune.standard
        name en "A" for commune name "Á"
    """

    assert textwrap.dedent("""\
            ruleset a
              name    "Á"
              name en "A"
              for     commune
              grants  commune.standard
              basis   "1" dated 2021-01-01 by "X"
              in force from 2021-01-01 to 2022-01-01
              status  draft
        """) == formatted(text)


def test_conditions_on_one_line_are_aligned() -> None:
    """Up to the next blank line, or provision of several lines."""
    text = """
criterion 1 "Một" : a>=3
criterion 22 "Hai hai":b  <= 95 %

criterion 3 "Ba": x
"""

    assert """\
criterion 1 "Một":      a >= 3
criterion 22 "Hai hai": b <= 95%

criterion 3 "Ba": x
""" == items(text)


def test_a_block_has_its_clauses_in_order() -> None:
    """Names, basis, note, when it passes or applies, what is not sure, the demand."""
    text = """
criterion 1 "A" { require x unverified "?" applies when y note "n" basis "b"
name en "A" }"""

    assert """\
criterion 1 "A" {
  name en "A"
  basis "b"
  note "n"
  applies when y
  unverified "?"
  require x
}
""" == items(text)


def test_tables_are_aligned() -> None:
    """A table begins on a line of its own after a colon, and its columns are even."""
    text = """
criterion 1 "A": income >= by region,year {|region|2021|2022|
|north|-|9 million VND/person| |south|10 million  VND / person|8%?|}"""

    assert """\
criterion 1 "A":
  income >= by region, year {
    | region | 2021                  | 2022                 |
    | north  | -                     | 9 million VND/person |
    | south  | 10 million VND/person | 8%?                  |
  }
""" == items(text)


def test_long_conditions_are_broken_at_their_joints() -> None:
    """Operators begin a line; choices have a line for each; `else if` is one chain."""
    long = "a_rather_long_name_of_a_fact"
    text = f"""
criterion 1 "A" {{ require {long} >= 1 and {long} >= 2 and ({long} or {long} or b) }}
criterion 2 "A" {{ require at least 2 of ({long}, {long}, {long}, {long}, {long}) }}
criterion 3 "A" {{ require if {long} then {long} else if {long} then {long} else x }}
criterion 4 "A" {{ require all communes where ({long} and {long}) have ({long}) }}
"""

    assert f"""\
criterion 1 "A" {{
  require {long} >= 1
    and {long} >= 2
    and ({long} or {long} or b)
}}

criterion 2 "A" {{
  require at least 2 of (
    {long},
    {long},
    {long},
    {long},
    {long}
  )
}}

criterion 3 "A" {{
  require if {long} then {long}
    else if {long} then {long}
    else x
}}

criterion 4 "A" {{
  require all communes where ({long} and {long})
    have ({long})
}}
""" == items(text)


@pytest.mark.parametrize(
    "condition",
    [
        "not (a or b)",
        "min(x) >= -3 + 2 * (y - 1)",
        "income >= 1.5 * income at granted commune.standard",
        "x / (2 VND/person) >= 1",
        "rounded(ratio(a, b), 2) = 95.5%",
        "at most 10% of communes have poverty > 5% if none not applicable",
        "at least 15 of criteria of vn.a except 1, K2",
        "x between 1% and 2%",
        "average of income over communes where rural weighted by population > 0",
        "threshold of indicator 1.1 of vn.a <= 2021-01-05",
    ],
)
def test_spaces(condition: str) -> None:
    """What is written as it should be stays."""
    assert f'criterion 1 "A": {condition}\n' == items(f'criterion 1 "A": {condition}')


def test_signs_are_those_of_the_language() -> None:
    """One sign for each comparison."""
    assert 'criterion 1 "A": a >= 1\n' == items('criterion 1 "A": a ≥ 1')


def test_comments_stay_where_they_are() -> None:
    """Above a line, at its end, in the midst of a condition, at the end of the file."""
    text = """
# above

# of it
criterion 1 "A" { # of the brace
# of the demand
require a # of a
# of and
and b
# of the end
}
# last
"""

    assert """\
# above

# of it
criterion 1 "A" {  # of the brace
  # of the demand
  require a  # of a
    # of and
    and b
  # of the end
}
# last
""" == items(text)


def test_a_comment_moves_with_its_clause() -> None:
    """Also where clauses change places."""
    text = """ruleset a
  # of the basis
  basis "1" dated 2021-01-01  # its date
  name "A"
  for commune in force from 2021-01-01
"""

    found = formatted(text)

    assert (
        '  for   commune\n  # of the basis\n  basis "1" dated 2021-01-01  # its date\n'
        in found
    )


def test_declarations_stand_in_columns() -> None:
    """Names, labels and English names, of neighbours of one kind."""
    text = """vocabulary a
unit VND "đồng" name en "dong"
unit person,persons "người" name en "people"
level district,districts "Huyện"
level commune, communes within district "Xã" basis "1"
ordered enum grade { a, b }
enum region "Vùng" { north "Bắc" name en "North",  centre "Trung",
south }
fact f: share of persons "F" note "n" name en "F" sums up on commune,district
"""

    assert """\
vocabulary a

unit VND             "đồng"  name en "dong"
unit person, persons "người" name en "people"

level district, districts                 "Huyện"

level commune,  communes  within district "Xã"
  basis "1"

ordered enum grade { a, b }

enum region "Vùng" {
  north  "Bắc"   name en "North",
  centre "Trung",
  south
}

fact f: share of persons "F" on commune, district sums up
  name en "F"
  note "n"
""" == formatted(text)


@pytest.mark.parametrize("text", ["", "ruleset", HEAD + "criterion 1"])
def test_a_text_with_errors_is_not_touched(text: str) -> None:
    """There is no form of what cannot be read."""
    sink = Sink()

    assert format_source(SourceFile("a", text), sink) is None
    assert sink.failed
