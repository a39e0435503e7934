"""The mistakes of the bad files, made in files with Vietnamese keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import ntmrules
from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.keywords import ENGLISH, language_of
from ntmrules.source import SourceFile
from ntmrules.syntax import format_source
from ntmrules.text import Language
from tests.golden.test_bad_files import BAD, BESIDE


_QUOTED = re.compile(r"`([^`]+)`")
_TEXT = re.compile(r'"[^"]*"')
_WORD = re.compile(r"(?<![.\w-])\w+(?![.\w-])")


def _converted() -> Iterator[tuple[str, str, str]]:
    """Give the files whose mistakes are not of syntax, in both languages."""
    for path in sorted(BAD.glob("*/*.ntm")):
        file = SourceFile(path.name, path.read_bytes().decode("utf-8", "replace"))
        english = format_source(file, Sink())
        vietnamese = format_source(file, Sink(), Language.VI)
        is_english = language_of(file.text) is Language.EN
        if english is not None and vietnamese is not None and is_english:
            yield path.stem, english, vietnamese


FILES = list(_converted())


def _told(found: tuple[Diagnostic, ...]) -> list[tuple[str, int | None]]:
    return [(one.code.id, one.span.line if one.span else None) for one in found]


def _said(found: Diagnostic) -> Iterator[str]:
    """Give each piece of the language that a diagnostic names, texts left out."""
    for language in Language:
        sentences = [found.message_in(language)]
        sentences += [note.message(language) for note in found.notes]
        sentences += [found.help.message(language)] if found.help else []
        for sentence in sentences:
            yield from (_TEXT.sub("", part) for part in _QUOTED.findall(sentence))
    if found.help and found.help.edit:
        yield _TEXT.sub("", found.help.edit.text)


@pytest.mark.parametrize(
    ("english", "vietnamese"), [x[1:] for x in FILES], ids=[x[0] for x in FILES]
)
def test_the_same_is_found_and_said_in_its_words(english: str, vietnamese: str) -> None:
    """Codes and lines are the same; no sentence names an English keyword."""
    wanted = ntmrules.check_text(english, files=BESIDE, name="a.ntm")
    found = ntmrules.check_text(vietnamese, files=BESIDE, name="a.ntm")

    assert _told(wanted) == _told(found)
    pieces = [piece for one in found for piece in _said(one)]
    assert [] == [p for p in pieces if ENGLISH & set(_WORD.findall(p))]


def test_most_files_are_compared() -> None:
    """The others have mistakes of syntax, which have tests of their own."""
    assert len(FILES) > 40
