"""
Makes tokens of Vietnamese words into those of the English words they stand for.

Its tokens differ from those of an English file in their places alone, so the grammar,
and all that is built of it, know English words only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ntmrules.keywords import ALIKE, ENGLISH, Context, Keyword, spelled
from ntmrules.syntax._tokens import Token
from ntmrules.text import Language


FOREIGN = "FOREIGN"
"""The kind of a word of the other language: nothing accepts it."""

MISSPELT = "MISSPELT"
"""The kind of several words that are nearly a word of the language."""

MISPLACED = "MISPLACED"
"""The kind of a word that is spelt otherwise in its place; `text` is the English."""

# What can end a value: after it `đạt danh hiệu` says what units do.
_ENDS_VALUE = frozenset("WORD PATH FIGURE DOTTED DAY PERCENT RPAR RBRACE YEAR".split())

# The words of each keyword, by the first of them; the longest keyword first.
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _words in sorted((tuple(text.split()) for text in ALIKE), key=len, reverse=True):
    _BY_FIRST.setdefault(_words[0], []).append(_words)


def translate(
    text: str, tokens: Sequence[Token], words: Mapping[str, str]
) -> list[Token]:
    """
    Put the words of the language in place of Vietnamese ones.

    Args:
        text: The file.
        tokens: Its tokens, each word of kind `WORD`.
        words: The terminal of each English word and sign.
    """
    found: list[Token] = []
    context = Context()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "WORD":
            length = longest_at(text, tokens, at)
            if length:
                run, following = tokens[at : at + length], tokens[at + length]
                for made in list(_translated(run, following, found, context, words)):
                    context.take(made.text)
                    found.append(made)
                at += length
                continue
            if token.text in ENGLISH:
                token = token._replace(kind=FOREIGN)
        else:
            context.take(item_of(token))
        found.append(token)
        at += 1
    return found


def longest_at(text: str, tokens: Sequence[Token], at: int) -> int:
    """Tell of how many tokens the longest keyword is that begins at one, or 0."""
    for words in _BY_FIRST.get(tokens[at].text, ()):
        run = tokens[at : at + len(words)]
        if tuple(token.text for token in run) == words and _is_whole(text, run):
            return len(words)
    return 0


def _is_whole(text: str, run: Sequence[Token]) -> bool:
    """Tell whether each piece stands on one line, with nothing but blanks inside."""
    gaps = [text[a.end : b.start] for a, b in pairwise(run)]
    if all(gap == " " for gap in gaps):
        return True
    (keyword, *_) = ALIKE[" ".join(token.text for token in run)]
    lengths = [len(piece.split()) for piece in keyword.vietnamese]
    joints = {sum(lengths[:count]) - 1 for count in range(1, len(lengths))}
    return all(at in joints or is_blank(gap) for at, gap in enumerate(gaps))


def is_blank(gap: str) -> bool:
    """Tell whether only blanks stand in a gap, and no end of a line."""
    return gap.isspace() and not {"\n", "\r"} & set(gap)


def _translated(
    run: Sequence[Token],
    following: Token,
    before: Sequence[Token],
    context: Context,
    words: Mapping[str, str],
) -> Iterator[Token]:
    """Make the tokens of one keyword."""
    text = " ".join(token.text for token in run)
    keyword = _in_place(text, before, context)
    if len(keyword.english) == 1:
        (english,) = keyword.english
        fits = text == context.spelling(english, item_of(following))
        kind = words[english] if fits else MISPLACED
        yield Token(kind, english, run[0].start, run[-1].end)
        return
    at = 0
    for english, piece in zip(keyword.english, keyword.vietnamese, strict=True):
        last = at + len(piece.split()) - 1
        yield Token(words[english], english, run[at].start, run[last].end)
        at = last + 1


def _in_place(text: str, before: Sequence[Token], context: Context) -> Keyword:
    """Tell apart the keywords that are written alike."""
    first, *others = ALIKE[text]
    if not others:
        return first
    found = {keyword.english[0]: keyword for keyword in (first, *others)}
    if "hold" in found:
        after_value = bool(before) and before[-1].kind in _ENDS_VALUE
        return found["hold" if after_value else "holds"]
    return found["and" if text == context.spelling("and") else "to"]


def item_of(token: Token) -> str:
    """Give a token as `Context` takes it."""
    return '"' if token.kind == "QUOTED" else token.text


def texts_of(tokens: Sequence[Token], language: Language) -> list[str]:
    """Give what is written for each token in a file of *language*."""
    if language is Language.EN:
        return [token.text for token in tokens]
    found = spelled([item_of(token) for token in tokens])
    return [
        token.text if token.kind == "QUOTED" else text
        for token, text in zip(tokens, found, strict=True)
    ]
