"""How a file begins, where it does not begin as it should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ntmrules.diagnostics import Diagnostic, codes, nearest
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import _unexpected as unexpected
from ntmrules.syntax._report import Report
from ntmrules.syntax._starts import (
    HEADS,
    VOCABULARY_DECLARATIONS,
    clause_at,
    declaration_at,
)
from ntmrules.syntax._tokens import END, ERROR, Token
from ntmrules.syntax._vietnamese import MISSPELT
from ntmrules.syntax._words import Words, made_of


_IDS = frozenset({"WORD", "PATH"})


class Head(NamedTuple):
    """
    The tokens of a file, beginning with a head.

    Attributes:
        tokens: The tokens, the first two of which are a word of `HEADS` and an id.
        is_written: Whether the head stands in the text.
    """

    tokens: list[Token]
    is_written: bool


def settle_head(
    file: SourceFile, tokens: Sequence[Token], words: Words, report: Report
) -> Head | None:
    """
    Find the head of a file, or report that there is none.

    Returns:
        Head: What to read; nothing if there is nothing to read.
    """
    first, second = tokens[0], tokens[min(1, len(tokens) - 1)]
    span = Span(file, first.start, first.end)
    if first.kind == END:
        report.add(Diagnostic(codes.EMPTY_FILE, Span(file, 0, 0)))
        return None
    if first.kind in HEADS and second.kind in _IDS:
        return Head(list(tokens), is_written=True)
    # In front of everything: nothing of a head is to be called missing.
    report.trouble(first.start - 1, spoils=False)
    if first.kind in HEADS:
        if second.kind != ERROR:
            report.add(unexpected.no_id(Span(file, second.start, second.end), first))
        return _without_head(tokens, 1, first)
    heads = {entry.text: entry for entry in words.entries if entry.kinds[0] in HEADS}
    near = nearest(span.text, heads)
    if first.kind in {"WORD", MISSPELT} and near and second.kind in _IDS:
        help_ = unexpected.write(span, near[0])
        report.add(unexpected.no_head(span, help_))
        report.trouble(first.start, spoils=False)
        (head,) = made_of(heads[near[0]], span)
        return Head([head, *tokens[1:]], is_written=True)
    if first.kind != ERROR:
        report.add(unexpected.no_head(span))
    return _without_head(tokens, 0, None)


def _without_head(
    tokens: Sequence[Token], begin: int, head: Token | None
) -> Head | None:
    """Read the declarations of a file all the same, under a head that is made up."""
    for at in range(begin, len(tokens)):
        if tokens[at].kind in HEADS or clause_at(tokens, at):
            break
        if declaration_at(tokens, at):
            break
    else:
        return None
    start = tokens[0].start - 1
    if tokens[at].kind in HEADS:
        if at + 1 < len(tokens) and tokens[at + 1].kind in _IDS:
            return Head(list(tokens[at:]), is_written=True)
        return None
    kind = head.kind if head else _kind_of_file(tokens[at])
    made = [Token(kind, kind.lower(), start, start), Token("WORD", "x", start, start)]
    return Head([*made, *tokens[at:]], is_written=False)


def _kind_of_file(token: Token) -> str:
    return "VOCABULARY" if token.kind in VOCABULARY_DECLARATIONS else "RULESET"
