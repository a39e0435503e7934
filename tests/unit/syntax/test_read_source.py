"""From bytes to text."""

from __future__ import annotations

import pytest

from ntmrules.diagnostics import Sink, codes
from ntmrules.source import SourceFile
from ntmrules.syntax import MAX_FILE_BYTES, parse, read_source
from ntmrules.syntax._limits import MAX_REPORTS


def test_sound_bytes() -> None:
    """A byte-order mark goes, letters are composed, the name is kept."""
    sink = Sink()

    file = read_source("a.ntm", b"\xef\xbb\xbfa\xcc\x81\r\n\tb", sink)

    assert file is not None
    assert ("a.ntm", "á\r\n\tb") == (file.name, file.text)
    assert 0 == len(sink)


def test_bytes_that_are_not_utf8() -> None:
    """The place of the first one is told."""
    sink = Sink()

    assert read_source("a.ntm", b"ruleset a\n  for \xff", sink) is None

    (problem,) = sink
    assert codes.NOT_UTF8 is problem.code
    assert "a.ntm:2:7" == str(problem.span)
    assert "0xFF" in problem.message


def test_too_many_bytes() -> None:
    """Size and limit are told; nothing is decoded."""
    sink = Sink()

    assert read_source("a.ntm", b"\xff" * (MAX_FILE_BYTES + 1), sink) is None

    (problem,) = sink
    assert codes.FILE_TOO_LARGE is problem.code
    assert str(MAX_FILE_BYTES + 1) in problem.message
    assert str(MAX_FILE_BYTES) in problem.message


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\x0b",
        "\x1b",
        "\x7f",
        "\x85",
        pytest.param("\u2028", id="line separator"),
        pytest.param("\u202e", id="right to left"),
        pytest.param("\u2066", id="isolate"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("text", ["ruleset a{}", "# {}", 'ruleset a name "{}"'])
def test_control_characters(text: str, character: str) -> None:
    """Anywhere, also in comments and texts: what is read must be what is seen."""
    sink = Sink()

    assert read_source("a.ntm", text.format(character).encode(), sink) is None

    (problem,) = sink
    assert codes.FORBIDDEN_CHARACTER is problem.code
    assert problem.span is not None
    assert character == problem.span.text
    assert f"U+{ord(character):04X}" in problem.message


def test_control_characters_have_an_end() -> None:
    """A binary file is told in so many lines and no more."""
    sink = Sink()

    assert read_source("a.ntm", b"\0" * 10_000, sink) is None

    assert MAX_REPORTS == len(sink)


def test_parsing_tells_of_control_characters_too() -> None:
    """For texts that do not come from a file; each is told once."""
    sink = Sink()

    parse(SourceFile("a", "vocabulary a\0 \0 # \0"), sink)

    assert [codes.FORBIDDEN_CHARACTER] * 3 == [problem.code for problem in sink]
