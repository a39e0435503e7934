"""Laying text out in lines and columns."""

from __future__ import annotations

import click
from hypothesis import given
from hypothesis import strategies as st

from ntmrules.cli._layout import (
    Part,
    Style,
    beside,
    columns_of,
    line,
    painted,
    width_of,
    wrapped,
)


TEXTS = st.text(alphabet="ab ễđ文 ", max_size=60)


def shown(lines: list[tuple[Part, ...]]) -> list[str]:
    """Give lines without colours."""
    return [click.unstyle(painted(found)) for found in lines]


def test_a_line_is_broken_at_spaces() -> None:
    """And nothing is lost."""
    broken = wrapped(line("chưa đạt chuẩn nông thôn mới"), 12)

    assert ["chưa đạt", "chuẩn nông", "thôn mới"] == shown(broken)


def test_further_lines_are_indented() -> None:
    """As far as is asked, or two more than the first one is."""
    assert ["aa bb", "   cc"] == shown(wrapped(line("aa bb cc"), 6, 3))
    assert ["  aa", "    bb"] == shown(wrapped(line("  aa bb"), 6))


def test_a_word_wider_than_the_room_is_cut() -> None:
    """So that a column never runs into the next one."""
    assert ["vn.co", "mmune"] == shown(wrapped(line("vn.commune"), 5))


def test_styles_stay_with_their_words() -> None:
    """Also when a word has two of them."""
    broken = wrapped(line("aa ", Part("b", Style.BAD), Part("b", Style.GOOD)), 4)

    assert [line("aa"), line(Part("b", Style.BAD), Part("b", Style.GOOD))] == broken


def test_an_empty_line_stays_a_line() -> None:
    """It is not swallowed."""
    assert [()] == wrapped(line(""), 10)
    assert "" == painted(())


def test_cells_stand_beside_each_other() -> None:
    """Each wrapped to its own width, two spaces apart."""
    cells = [[line("1.1")], [line("aa bb")], [line("x"), line("y")]]

    assert ["1.1   aa  x", "      bb  y"] == shown(beside(cells, (4, 2, 3)))


def test_marks_take_no_column_and_wide_letters_take_two() -> None:
    """As terminals do."""
    assert (1, 2, 2) == (columns_of("e\u0302"), columns_of("文"), columns_of("ễđ"))


@given(TEXTS, st.integers(min_value=4, max_value=20))
def test_no_line_is_wider_than_the_room(text: str, room: int) -> None:
    """Whatever is written."""
    assert room >= max(width_of(found) for found in wrapped(line(text), room))


@given(TEXTS, st.integers(min_value=4, max_value=20))
def test_no_letter_is_lost(text: str, room: int) -> None:
    """But spaces may be."""
    broken = "".join(shown(wrapped(line(text), room)))

    assert "".join(text.split()) == "".join(broken.split())
