"""Source files: positions, columns, lines, Unicode."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmrules.source import SourceFile, Span


def test_positions_are_one_based() -> None:
    """Offset 0 is line 1, column 1, as editors show it."""
    file = SourceFile("a", "ab\ncd\n")

    assert [(1, 1), (1, 2), (1, 3), (2, 1), (2, 3), (3, 1)] == [
        file.position(offset) for offset in (0, 1, 2, 3, 5, 6)
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb", ["a", "b"]),
        ("\n\n", ["", "", ""]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    """Without their line breaks; there is always one."""
    file = SourceFile("a", text)

    assert len(lines) == file.line_count
    assert lines == [file.line_text(n) for n in range(1, len(lines) + 1)]


def test_text_is_normalised_once() -> None:
    """A vowel with its tone mark is one code point, however it was typed."""
    file = SourceFile("a", unicodedata.normalize("NFD", "thu nhập"))

    assert "thu nhập" == file.text
    assert (1, 8) == file.position(len(file.text) - 1)


def test_editors_count_in_utf16() -> None:
    """A sign beyond the basic plane takes two of their units."""
    file = SourceFile("a", "ậ😀x")

    assert [0, 1, 3, 4] == [file.utf16_column(offset) for offset in range(4)]


def test_spans() -> None:
    """They know their text, their place, and how to stretch."""
    file = SourceFile("f.ntm", "one\ntwo three")
    two, three = Span(file, 4, 7), Span(file, 8, 13)

    assert ("two", 2, 1, "f.ntm:2:1") == (two.text, two.line, two.column, str(two))
    assert "two three" == two.to(three).text


def test_files_are_themselves() -> None:
    """Two files with one text are two files."""
    assert SourceFile("a", "x") != SourceFile("a", "x")


@given(st.text(st.sampled_from("ab\n\r😀ậ")))
def test_every_offset_has_a_place(text: str) -> None:
    """Which leads back to the character."""
    file = SourceFile("a", text)
    for offset, character in enumerate(file.text):
        line, column = file.position(offset)

        assert 1 <= line <= file.line_count
        if character not in "\r\n":
            assert character == file.line_text(line)[column - 1]
