"""The tokens of a text with the comments around them, as the formatter needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from ntmrules.source import SourceFile
from ntmrules.syntax import nodes
from ntmrules.syntax._tokens import END, Token
from ntmrules.syntax._vietnamese import texts_of
from ntmrules.text import Language


class Comment(NamedTuple):
    """A comment on a line of its own, and whether a blank line stands above it."""

    text: str
    blank: bool


class Mark(NamedTuple):
    """
    A token and what surrounds it.

    Attributes:
        kind: The kind of the token.
        text: What to write for it.
        before: The comments on lines of their own above it.
        blank: Whether a blank line stands above it, below those comments.
        after: The comment at the end of its line, or an empty text.
    """

    kind: str
    text: str
    before: tuple[Comment, ...]
    blank: bool
    after: str


_LINE_END = re.compile(r"\r\n|\r|\n")


def marks_of(
    file: SourceFile, tokens: Sequence[Token], language: Language
) -> list[Mark]:
    """
    Give the tokens of a text, the last of kind `END`, with their comments.

    Their words are written as in a file of *language*.
    """
    found: list[Mark] = []
    end = 0
    for token, text in zip(tokens, texts_of(tokens, language), strict=True):
        first, *others = _LINE_END.split(file.text[end : token.start])
        if found:
            found[-1] = found[-1]._replace(after=first.strip())
        else:
            others.insert(0, first)
        before, blank = _comments(others, last=token.kind == END)
        found.append(Mark(token.kind, text, before, blank, ""))
        end = token.end
    return found


def _comments(lines: Sequence[str], *, last: bool) -> tuple[tuple[Comment, ...], bool]:
    """Read the lines above a token, of which the last is its own."""
    found: list[Comment] = []
    blank = False
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text:
            found.append(Comment(text, blank))
            blank = False
        elif number < len(lines) or last:
            blank = True
    return tuple(found), blank


def children(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give the nodes directly below one, in the order of their fields."""
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, nodes.Node):
                yield item


def descendants(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give a node and all nodes below it."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(children(here))


_BEFORE = frozenset({"COLON", "COMMA", "PERCENT", "QMARK", "RPAR"})


def is_tight(before: str, here: str) -> bool:
    """Tell whether nothing stands between two kinds of tokens, whatever the node."""
    return here in _BEFORE or before == "LPAR"
