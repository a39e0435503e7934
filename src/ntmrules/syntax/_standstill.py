"""A place in the text where reading cannot go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmrules.source import SourceFile, Span
from ntmrules.syntax._lex import END, Token
from ntmrules.syntax._machine import Machine
from ntmrules.syntax._starts import ahead, begins_line


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
        words: The terminal of each reserved word and sign.
        tokens: Its tokens.
        at: The one that does not fit.
        machine: The parser before that token.
        brackets: What is open there.
    """

    file: SourceFile
    words: Mapping[str, str]
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
