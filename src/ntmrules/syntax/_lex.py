"""
Cuts a text into tokens.

It never fails: what belongs to no token is reported and becomes a token of kind
`ERROR`, which no rule accepts.  What can be read only one way (``93,5``, ``==``,
a typographic quote) is reported and read that way.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.exact import MAX_DIGITS
from ntmrules.keywords import language_of
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import _lex_errors as errors
from ntmrules.syntax._limits import MAX_DEPTH, MAX_REPORTS, MAX_TOKENS
from ntmrules.syntax._read import FORBIDDEN
from ntmrules.syntax._tokens import END, ERROR, Lexed, Token
from ntmrules.syntax._vietnamese import translate
from ntmrules.text import Language


_LETTER = r"[^\W\d_]"
_REST = r"[\w\u0300-\u036f]"
_NAME = rf"{_LETTER}{_REST}*+"

_LOOK_ALIKE = MappingProxyType(
    dict(zip("–—−：，＝％（）｛｝｜×÷", "---:,=%(){}|*/", strict=True))
)
# Signs that begin a token; others are taken together until one of these.
_BEGINNING = "\"#:,={}()|%+*/?<>!≥≤≠“„«'‘-" + "".join(_LOOK_ALIKE)

# With so many tokens that are none, the rest of a text need not be looked at.
_HOPELESS = 10 * MAX_REPORTS

# Possessive quantifiers throughout: no text makes the search go back.
_TOKEN = re.compile(
    rf"""
    (?> (?: [^\S\x1c-\x1f]++ | \#[^\r\n]*+ )*+ )
    (?:
      (?P<PATH> {_NAME} (?:-{_NAME})*+
                (?: \.[^\W_]{_REST}*+ (?:-{_REST}++)*+ )++ )
    | (?P<WORD> {_NAME} )
    | (?P<QUOTED> "[^"\r\n]*+" )
    | (?P<DAY> [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}} (?![\w-]) )
    | (?P<FIGURE> [0-9]++ (?:_[0-9]++)*+ (?:\.[0-9]++)?+ (?! \w | [.,][0-9] ) )
    | (?P<DOTTED> [0-9]++ (?:\.[0-9]++){{2,}}+ (?! \w | ,[0-9] ) )
    | (?P<COMMA> [0-9]++ (?:[._][0-9]++)*+ (?: ,[0-9]++ (?:\.[0-9]++)*+ )++ (?!\w) )
    | (?P<SIGN> >= | <= | != | [≥≤≠] | [<>](?![>=]) )
    | (?P<SLIP> == | =< | => | <> )
    | (?P<MARK> [:,={{}}()|%+*/?-] )
    | (?P<CURLY> [“”„«'‘] [^“”»"'’\r\n]*+ [“”»"'’] )
    | (?P<OPEN> "[^"\r\n]*+ )
    | (?P<GLUED> [0-9]{_REST}*+ )
    | (?P<END> \Z )
    | (?P<OTHER> _\w*+ | [^\s\w{re.escape(_BEGINNING)}]++ | . )
    )
    """,
    re.VERBOSE | re.DOTALL,
)

_SAME_SIGN = MappingProxyType({"≥": ">=", "≤": "<=", "≠": "!="})


def lex(file: SourceFile, words: Mapping[str, str], sink: Sink) -> Lexed | None:
    """
    Cut the text of *file* into tokens.

    Args:
        file: The text.
        words: The terminal of each English word and sign.
        sink: Takes what belongs to no token, and what is beyond a limit.

    Returns:
        Lexed: The tokens; nothing if there are more than `MAX_TOKENS`.
    """
    if language_of(file.text) is Language.EN:
        return _Lexer(file, words, sink).run()
    signs = {text: kind for text, kind in words.items() if not text.isalpha()}
    lexed = _Lexer(file, signs, sink).run()
    return lexed and Lexed(translate(file.text, lexed.tokens, words), lexed.troubles)


class _Lexer:
    """Keeps what the tokens of one text have in common."""

    def __init__(self, file: SourceFile, words: Mapping[str, str], sink: Sink) -> None:
        self.file = file
        self.words = words
        self.sink = sink
        self.troubles: list[int] = []
        self.depth = 0

    def run(self) -> Lexed | None:
        tokens: list[Token] = []
        append = tokens.append
        words = self.words
        for match in _TOKEN.finditer(self.file.text):
            group = match.lastgroup
            assert group is not None
            start, end = match.span(group)
            text = match[group]
            if group == "WORD":
                append(Token(words.get(text, "WORD"), text, start, end))
            elif group == "MARK":
                append(self._mark(text, start, end))
            elif group == "END":
                append(Token(END, "", start, end))
                return Lexed(tokens, self.troubles)
            else:
                self._other(tokens, group, text, start, end)
                if len(self.troubles) > _HOPELESS:
                    append(Token(END, "", end, end))
                    return Lexed(tokens, self.troubles)
            if len(tokens) > MAX_TOKENS:
                break
        self.sink.add(errors.too_many_tokens(self._span(start, end)))
        return None

    def _mark(self, text: str, start: int, end: int) -> Token:
        """Read a sign of one character, watching how deep the brackets go."""
        if text in "({":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                if self.depth == MAX_DEPTH + 1:
                    self.sink.add(errors.too_deep(self._span(start, end)))
                self.troubles.append(start)
                return Token(ERROR, text, start, end)
        elif text in ")}" and self.depth:
            self.depth -= 1
        return Token(self.words[text], text, start, end)

    def _other(
        self, tokens: list[Token], group: str, text: str, start: int, end: int
    ) -> None:
        """Read a token of another group, and report what is wrong with it."""
        kind = group
        match group:
            case "FIGURE" if len(text) > MAX_DIGITS and _too_long(text):
                kind = self._trouble(errors.number_too_long, start, end)
            case "DAY" if not _in_calendar(text):
                self._trouble(errors.bad_date, start, end)
            case "SIGN":
                text = _SAME_SIGN.get(text, text)
            case "SLIP":
                self._trouble(errors.slip, start, end)
                text = errors.SLIPS[text]
                kind = self.words.get(text, "SIGN")
            case "COMMA":
                self._trouble(errors.decimal_comma, start, end)
                text = errors.with_point(text)
                kind = "FIGURE"
            case "CURLY":
                self._trouble(errors.curly_quotes, start, end)
                text = f'"{text[1:-1]}"'
                kind = "QUOTED"
            case "OPEN":
                self._trouble(errors.unterminated, start, end)
                text = f'{text}"'
                kind = "QUOTED"
            case "GLUED":
                kind = self._trouble(errors.glued, start, end)
                number, rest = errors.apart(text)
                if rest[:1].isalpha():
                    cut = start + len(number)
                    tokens.append(Token("FIGURE", number, start, cut))
                    kind, text, start = self.words.get(rest, "WORD"), rest, cut
            case "OTHER" if text in _LOOK_ALIKE:
                self._trouble(errors.look_alike(_LOOK_ALIKE[text]), start, end)
                text = _LOOK_ALIKE[text]
                kind = self._mark(text, start, end).kind
            case "OTHER" if FORBIDDEN.search(text):
                # `report_forbidden` told of it.
                self.troubles.append(start)
                kind = ERROR
            case "OTHER":
                kind = self._trouble(errors.unknown, start, end)
            case _:
                pass
        tokens.append(Token(kind, text, start, end))

    def _trouble(self, what: Callable[[Span], Diagnostic], start: int, end: int) -> str:
        """Report something, unless there is too much of it already."""
        if len(self.troubles) < MAX_REPORTS:
            self.sink.add(what(self._span(start, end)))
        self.troubles.append(start)
        return ERROR

    def _span(self, start: int, end: int) -> Span:
        return Span(self.file, start, end)


def _too_long(text: str) -> bool:
    whole, _, decimals = text.replace("_", "").partition(".")
    return max(len(whole), len(decimals)) > MAX_DIGITS


def _in_calendar(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2021-01-05")
