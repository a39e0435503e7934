"""The words of the language as one file writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ntmrules.keywords import KEYWORDS
from ntmrules.source import Span
from ntmrules.syntax._tokens import Token
from ntmrules.text import Language


class Entry(NamedTuple):
    """
    A word or sign that may be written.

    Attributes:
        text: What is written.
        english: The English words and signs that it stands for.
        kinds: Their terminals.
    """

    text: str
    english: tuple[str, ...]
    kinds: tuple[str, ...]


class Words(NamedTuple):
    """
    The words and signs of one language.

    Attributes:
        language: The language.
        entries: All that may be written.
        kinds: The terminal of each English word and sign.
    """

    language: Language
    entries: tuple[Entry, ...]
    kinds: Mapping[str, str]


def words_of(language: Language, kinds: Mapping[str, str]) -> Words:
    """Give the words of *language*; *kinds* are those of the grammar."""
    english = [Entry(text, (text,), (kind,)) for text, kind in kinds.items()]
    if language is Language.EN:
        return Words(language, tuple(english), kinds)
    signs = [entry for entry in english if not is_word(entry.text)]
    words = [
        Entry(word.text, word.english, tuple(kinds[one] for one in word.english))
        for word in KEYWORDS
    ]
    return Words(language, (*words, *signs), kinds)


def made_of(entry: Entry, span: Span) -> tuple[Token, ...]:
    """Make the tokens of a word that is read where *span* is written."""
    starts = (span.start, *(span.end for _ in entry.kinds[1:]))
    return tuple(
        Token(kind, text, start, span.end)
        for kind, text, start in zip(entry.kinds, entry.english, starts, strict=True)
    )


def is_word(text: str) -> bool:
    """Tell a word, or several, from a sign."""
    return text.replace(" ", "").isalpha()
