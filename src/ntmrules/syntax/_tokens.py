"""What a text is cut into."""

from __future__ import annotations

from typing import NamedTuple


ERROR = "ERROR"
END = "$END"


class Token(NamedTuple):
    """
    A word or sign of the text.

    Attributes:
        kind: The terminal of the grammar, `ERROR` or `END`.
        text: As written, or as it has to be read.
        start: Its first code point.
        end: The code point after its last.
    """

    kind: str
    text: str
    start: int
    end: int


class Lexed(NamedTuple):
    """
    The tokens of a text, the last of kind `END`, and where something was reported.

    Attributes:
        tokens: The tokens.
        troubles: The offsets of what was reported, in order.
    """

    tokens: list[Token]
    troubles: list[int]
