"""A place in the text where reading cannot go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmrules.keywords import Context, keyword_at
from ntmrules.source import SourceFile, Span
from ntmrules.syntax._machine import Machine
from ntmrules.syntax._starts import ahead, begins_line
from ntmrules.syntax._tokens import END, Token
from ntmrules.syntax._vietnamese import item_of
from ntmrules.syntax._words import Entry, Words
from ntmrules.text import Language


_SHOWN = 40
_MOST_PIECES = 4
# What a spelling depends on is not further back.
_LOOK_BACK = 200


class Bracket(NamedTuple):
    """
    An opening bracket.

    Attributes:
        token: The bracket.
        told: Whether a diagnostic already speaks of it.
    """

    token: Token
    told: bool


class Standstill(NamedTuple):
    """
    Where reading cannot go on.

    Attributes:
        file: The text.
        words: The words and signs of its language.
        tokens: Its tokens.
        at: The one that does not fit.
        machine: The parser before that token.
        brackets: What is open there.
    """

    file: SourceFile
    words: Words
    tokens: Sequence[Token]
    at: int
    machine: Machine
    brackets: tuple[Bracket, ...]

    @property
    def token(self) -> Token:
        """The token that does not fit."""
        return self.tokens[self.at]

    @property
    def before(self) -> Token:
        """The token before it."""
        return self.tokens[max(self.at - 1, 0)]

    @property
    def begins_line(self) -> bool:
        """Whether the token is the first of its line."""
        return begins_line(self.file.text, self.tokens, self.at)

    @property
    def is_complete(self) -> bool:
        """Whether what was read so far could end before the token."""
        return any(self.machine.accepts(kind) for kind in ("RBRACE", END, "USE"))

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Give the place of a token, or of all from one to another."""
        return Span(self.file, first.start, (last or first).end)

    def fitting(self) -> Iterator[Entry]:
        """Give the words and signs that fit here, spelt as they are here."""
        expected = self.machine.expected()
        for entry in self.words.entries:
            if entry.kinds[0] not in expected:
                continue
            if len(entry.kinds) == 1:
                if self.spelling(entry.english[0]) == entry.text:
                    yield entry
            elif self.machine.accepts(*entry.kinds):
                yield entry

    def spelling(self, english: str) -> str:
        """Give an English word or sign as it is written here."""
        if self.words.language is Language.EN or not english.isalpha():
            return english
        context = Context()
        for token in self.tokens[max(0, self.at - _LOOK_BACK) : self.at]:
            context.take(item_of(token))
        return context.spelling(english)

    def shown(self, token: Token) -> str:
        """Show a token in a sentence: as it is written, with its whole keyword."""
        text = token.text
        if self.words.language is Language.VI and text in self.words.kinds:
            text = self._written(token)
        return f"`{text[:_SHOWN]}…`" if len(text) > _SHOWN else f"`{text}`"

    def _written(self, token: Token) -> str:
        if token.start == token.end:
            return self.spelling(token.text)
        at = self.tokens.index(token, max(0, self.at - _LOOK_BACK))
        for start in range(max(0, at - _MOST_PIECES + 1), at + 1):
            around = self.tokens[start : start + _MOST_PIECES]
            keyword = keyword_at([one.text for one in around], 0)
            if keyword is not None and start + len(keyword.english) > at:
                return keyword.text
        return self.file.text[token.start : token.end]

    def fits(self, kinds: Sequence[str], then: int, least: int | None = None) -> bool:
        """
        Tell whether *kinds*, and after them the tokens from *then*, would fit.

        All must fit up to the next declaration, if it is near; with *least*, so many
        are enough.
        """
        following, start = ahead(self.tokens, then)
        count = self.machine.fitting([*kinds, *following]) - len(kinds)
        if least is not None and count >= least:
            return True
        if count < len(following):
            return False
        ends = (start, ("USE",), ("RBRACE",), (END,)) if start else ((),)
        return any(self.machine.accepts(*kinds, *following, *end) for end in ends)
