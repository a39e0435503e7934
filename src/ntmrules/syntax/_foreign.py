"""
What could be a keyword in a text with errors: of the other language, or misspelt.

Where words stand side by side, one of them is no name: it is looked for among the
keywords of several words, and among those of the other language.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, fold, nearest
from ntmrules.keywords import ALIKE, ENGLISH, KEYWORDS, Keyword
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import _unexpected as unexpected
from ntmrules.syntax._limits import MAX_REPORTS
from ntmrules.syntax._starts import CLAUSES, DECLARATIONS, begins_line
from ntmrules.syntax._tokens import Token
from ntmrules.syntax._vietnamese import FOREIGN, MISSPELT, is_blank, longest_at
from ntmrules.syntax._words import Entry, Words, made_of
from ntmrules.text import Language


Known = tuple[list[Token], dict[int, Diagnostic]]
"""The tokens, and what to say of those of the other language if they are read."""


def known(file: SourceFile, tokens: Sequence[Token], words: Words) -> Known:
    """
    Read words of the other language, and misspelt ones, as what they stand for.

    Args:
        file: A text with errors.
        tokens: Its tokens.
        words: The words of its language.
    """
    if words.language is Language.EN:
        found, foreign = _with_vietnamese(file, tokens, words)
    else:
        found, foreign = _with_english(file, tokens, words)
        found = list(_with_misspelt(file, found))
    return _without_units(file, found, words), foreign


def _with_vietnamese(file: SourceFile, tokens: Sequence[Token], words: Words) -> Known:
    """Find the Vietnamese keywords in a file with English ones."""
    found: list[Token] = []
    foreign: dict[int, Diagnostic] = {}
    at = 0
    while at < len(tokens):
        length = 0
        if tokens[at].kind == "WORD" and not tokens[at].text.isascii():
            length = longest_at(file.text, tokens, at)
        # A word alone may be a name, unless it stands beside another.
        beside = [token.kind for token in tokens[max(at - 1, 0) : at + 2 : 2]]
        if length > 1 or (length and at and "WORD" in beside):
            keyword = ALIKE[" ".join(t.text for t in tokens[at : at + length])][0]
            span = Span(file, tokens[at].start, tokens[at + length - 1].end)
            text = " ".join(keyword.english)
            foreign[span.start] = unexpected.mixed(span, words.language, text)
            found += made_of(_entry(keyword, words), span)
            at += length
        else:
            found.append(tokens[at])
            at += 1
    return found, foreign


def _entry(keyword: Keyword, words: Words) -> Entry:
    kinds = tuple(words.kinds[word] for word in keyword.english)
    return Entry(keyword.text, keyword.english, kinds)


def _with_english(file: SourceFile, tokens: Sequence[Token], words: Words) -> Known:
    """Find the English keywords in a file with Vietnamese ones."""
    found: list[Token] = []
    foreign: dict[int, Diagnostic] = {}
    at = 0
    while at < len(tokens):
        if tokens[at].kind != FOREIGN:
            found.append(tokens[at])
            at += 1
            continue
        keyword = _english_at(tokens, at)
        run = tokens[at : at + len(keyword.english)]
        span = Span(file, run[0].start, run[-1].end)
        foreign[span.start] = unexpected.mixed(span, words.language, keyword.text)
        found += [token._replace(kind=words.kinds[token.text]) for token in run]
        at += len(run)
    return found, foreign


def _english_at(tokens: Sequence[Token], at: int) -> Keyword:
    """Find the longest keyword that is written in English at a token."""
    texts = tuple(token.text for token in tokens[at : at + _MOST_PIECES])
    fitting = [k for k in KEYWORDS if texts[: len(k.english)] == k.english]
    alone = Keyword(texts[:1], texts[:1])
    return max(fitting, key=lambda keyword: len(keyword.english), default=alone)


_MOST_PIECES = max(len(keyword.english) for keyword in KEYWORDS)

# ── Misspelt keywords of several words ──────────────────────────────────────────────

_FOLDED = MappingProxyType({fold(text): text for text in ALIKE if " " in text})
_MOST_WORDS = max(len(text.split()) for text in ALIKE)
# Words are nearly the same from three parts in four that they have in common.
_ALIKE, _PARTS = 3, 4
# Before a name they are no names: the repair knows what for.
_EVERY = frozenset({"mọi", "mỗi"})
# Comparing takes time: a text with more such places is no criteria file.
_MOST_LOOKS = 4 * MAX_REPORTS


def _with_misspelt(file: SourceFile, tokens: Sequence[Token]) -> Iterator[Token]:
    """Join words that are nearly a keyword of several words."""
    looks = 0
    at = 0
    while at < len(tokens):
        run = _beside(file, tokens, at)
        if len(run) > 1 and looks < _MOST_LOOKS:
            looks += 1
            count = _misspelt(file, run)
            if count:
                start, end = run[0].start, run[count - 1].end
                yield Token(MISSPELT, file.text[start:end], start, end)
                at += count
                continue
        yield tokens[at]
        at += 1


def _beside(file: SourceFile, tokens: Sequence[Token], at: int) -> list[Token]:
    """Give the words from a token on that stand side by side, the first of any kind."""
    if tokens[at].kind != "WORD" and tokens[at].text not in ENGLISH:
        return []
    run = [tokens[at]]
    for token in tokens[at + 1 : at + _MOST_WORDS]:
        gap = file.text[run[-1].end : token.start]
        if token.kind != "WORD" or not is_blank(gap):
            break
        run.append(token)
    return run


def _misspelt(file: SourceFile, run: Sequence[Token]) -> int:
    """Tell how many words of a run are nearly a keyword, or 0."""
    if run[0].text in _EVERY:
        return 1
    for count in range(len(run), 1, -1):
        text = fold(" ".join(file.text[run[0].start : run[count - 1].end].split()))
        if text in _FOLDED:
            return count
        # A keyword before a name is no mistake in itself.
        if run[0].kind == "WORD" and any(
            _PARTS * difflib.SequenceMatcher(None, other, text).ratio() >= _ALIKE
            for other in _FOLDED
            if other.count(" ") == text.count(" ")
        ):
            return count
    return 0


# ── A keyword below a number ────────────────────────────────────────────────────────

_BEFORE_UNIT = frozenset({"FIGURE", "THOUSAND", "MILLION", "BILLION"})


def _without_units(
    file: SourceFile, tokens: Sequence[Token], words: Words
) -> list[Token]:
    """Take a misspelt keyword at a line's start not for the unit of a number above."""
    beginnings = [
        entry.text
        for entry in words.entries
        if entry.kinds[0] in DECLARATIONS | CLAUSES
    ]
    found = list(tokens)
    looks = 0
    for at in range(1, len(tokens)):
        above, token = tokens[at - 1], tokens[at]
        if token.kind != "WORD" or above.kind not in _BEFORE_UNIT:
            continue
        if begins_line(file.text, tokens, at) and looks < _MOST_LOOKS:
            looks += 1
            if nearest(token.text, beginnings):
                found[at] = token._replace(kind=MISSPELT)
    return found
