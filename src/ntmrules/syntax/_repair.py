"""
Small changes after which reading can go on as if they had been made.

Each is tried on the stack of the parser first: it counts only if what follows fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from ntmrules.diagnostics import Diagnostic, Edit, Help, nearest
from ntmrules.keywords import ALIKE, spellings
from ntmrules.source import Span
from ntmrules.syntax import _unexpected as unexpected
from ntmrules.syntax._standstill import Standstill
from ntmrules.syntax._starts import CLAUSES, DECLARATIONS, begins_line, declaration_at
from ntmrules.syntax._tokens import END, ERROR, Token
from ntmrules.syntax._vietnamese import MISPLACED
from ntmrules.syntax._words import Entry, is_word, made_of
from ntmrules.text import Language, Text


class Repair(NamedTuple):
    """
    A change of the tokens.

    Attributes:
        instead: What is read in place of the tokens up to, not including, `until`.
        until: The token with which reading goes on.
        diagnostics: What to report; nothing if that is done.
        spoils: Whether what is read this way is not what the author wrote.
    """

    instead: tuple[Token, ...]
    until: int
    diagnostics: tuple[Diagnostic, ...]
    spoils: bool = False


def find_repair(here: Standstill) -> Repair | None:
    """Find the first repair after which reading can go on."""
    return next(_repairs(here), None)


def _repairs(here: Standstill) -> Iterator[Repair]:
    if here.token.kind == ERROR:
        yield from _unknown(here)
        return
    yield from _close(here)
    if here.token.kind == END:
        return
    yield from _foreign(here)
    yield from _reserved_word(here)
    yield from _otherwise(here)
    yield from _other_word(here)
    yield from _unquoted(here)
    yield from _insert(here)
    yield from _remove(here)


_DEEP = frozenset({"(", "{"})
_BRACKETS = MappingProxyType({"[": ("LPAR", "LBRACE"), "]": ("RPAR", "RBRACE")})


def _unknown(here: Standstill) -> Iterator[Repair]:
    """Read on after a token that was reported already, unless it is too deep."""
    if here.token.text in _DEEP:
        return
    for kind in _BRACKETS.get(here.token.text, ()):
        if here.fits([kind], here.at + 1, least=2):
            yield Repair((here.token._replace(kind=kind),), here.at + 1, ())
    following = here.tokens[here.at + 1].kind
    if following == ERROR or here.fits((), here.at + 1):
        yield Repair((), here.at + 1, ())


def _close(here: Standstill) -> Iterator[Repair]:
    """Close brackets where something begins that cannot stand inside them."""
    kind = here.token.kind
    if kind not in DECLARATIONS | CLAUSES | {"RBRACE", "RPAR", END}:
        return
    closers: list[Token] = []
    reports: list[Diagnostic] = []
    for bracket in reversed(here.brackets):
        closer, text = unexpected.CLOSERS[bracket.token.kind]
        closers.append(_made(here, closer, text))
        if not bracket.told:
            place, where = here.span(bracket.token), _where(here)
            reports.append(unexpected.not_closed(place, where, at_end=kind == END))
        kinds = [token.kind for token in closers]
        starts = declaration_at(here.tokens, here.at) or (kind,)
        # What is misplaced is told when the brackets are closed.
        ends = declaration_at(here.tokens, here.at) and here.begins_line
        if here.machine.accepts(*kinds, *starts) or (
            ends and here.machine.accepts(*kinds, "USE")
        ):
            yield Repair(tuple(closers), here.at, tuple(reports))
            return


def _where(here: Standstill) -> Span:
    return here.span(here.before if here.token.kind == END else here.token)


def _reserved_word(here: Standstill) -> Iterator[Repair]:
    """Read a word of the language as the name for which it was taken."""
    token = here.token
    if not token.text.isalpha() or token.kind == "WORD":
        return
    if declaration_at(here.tokens, here.at) and here.begins_line:
        return
    if here.fits(["WORD"], here.at + 1, least=2):
        name = token._replace(kind="WORD")
        report = unexpected.reserved_word(here.span(token))
        yield Repair((name,), here.at + 1, (report,))


# What people write for words of the language.
_OTHERWISE_CALLED = MappingProxyType(
    {
        Language.EN: MappingProxyType(
            {
                "holds": "hold",
                "has": "have",
                "meets": "meet",
                "is": "=",
                "equals": "=",
                "every": "all",
                "each": "all",
                "date": "dated",
            }
        ),
        Language.VI: MappingProxyType(
            {
                "bằng": "=",
                "là": "=",
                "mọi": "tất cả",
                "mỗi": "tất cả",
                "giữa": "trong khoảng",
                "ngày tháng": "ngày",
            }
        ),
    }
)


def _other_word(here: Standstill) -> Iterator[Repair]:
    """Read a misspelt word of the language as that word."""
    token = here.token
    written = here.span(token).text if token.start < token.end else token.text
    if not is_word(written):
        return
    fitting = {entry.text: entry for entry in here.fitting()}
    texts = [_OTHERWISE_CALLED[here.words.language].get(written, "")]
    if token.kind == MISPLACED:
        texts += spellings(token.text)
    texts += nearest(written, filter(is_word, fitting))
    for text in texts:
        if text in fitting:
            yield from _read_as(here, fitting[text], here.at + 1, least=3)


def _otherwise(here: Standstill) -> Iterator[Repair]:
    """Read the ``nếu không`` behind ``nếu … thì …`` as what is written there."""
    if [token.kind for token in here.tokens[here.at : here.at + 2]] != ["IF", "NOT"]:
        return
    for entry in here.fitting():
        if entry.kinds == ("ELSE",):
            yield from _read_as(here, entry, here.at + 2, least=1)


def _read_as(
    here: Standstill, entry: Entry, until: int, least: int
) -> Iterator[Repair]:
    """Read the tokens up to *until* as a word of the language, if that fits."""
    if not here.fits(entry.kinds, until, least=least):
        return
    span = here.span(here.token, here.tokens[until - 1])
    report = unexpected.report(here, help_=unexpected.write(span, entry.text))
    yield Repair(made_of(entry, span), until, (report,))


def _foreign(here: Standstill) -> Iterator[Repair]:
    """Read a Vietnamese word in a file with English ones as what it stands for."""
    for keyword in ALIKE.get(here.token.text, ()):
        kinds = tuple(here.words.kinds[word] for word in keyword.english)
        if here.token.kind == "WORD" and here.fits(kinds, here.at + 1, least=1):
            span = here.span(here.token)
            report = unexpected.mixed(span, Language.EN, " ".join(keyword.english))
            entry = Entry(keyword.text, keyword.english, kinds)
            yield Repair(made_of(entry, span), here.at + 1, (report,))


_AFTER_TEXT = frozenset({"COLON", "LBRACE", "QUOTED", "DATED", "BY", END})


def _unquoted(here: Standstill) -> Iterator[Repair]:
    """Read the words up to a colon or brace as the title for which they stand."""
    if not here.machine.accepts("QUOTED") or here.machine.accepts("RBRACE"):
        return
    last = here.at
    while here.tokens[last].kind not in _AFTER_TEXT:
        last += 1
        if begins_line(here.file.text, here.tokens, last):
            break
    if last == here.at or not here.fits(["QUOTED"], last, least=2):
        return
    # `name Huyện …`: the first word could have been a language.
    is_name = here.tokens[here.at - 2].kind == "NAME" and here.before.kind == "WORD"
    span = here.span(here.before if is_name else here.token, here.tokens[last - 1])
    text = f'"{span.text}"'
    title = Token("QUOTED", text, span.start, span.end)
    report = unexpected.report(here, help_=unexpected.in_quotes(span))
    yield Repair((title,), last, (report,))


# What may have been forgotten, most likely first.
_FORGOTTEN = MappingProxyType(
    {
        "COLON": ":",
        "EQUAL": "=",
        "LBRACE": "{",
        "LPAR": "(",
        "OF": "of",
        "HAVE": "have",
        "VBAR": "|",
        "COMMA": ",",
        "WHEN": "when",
        "FROM": "from",
        "TO": "to",
        "DATED": "dated",
        "BY": "by",
        "OVER": "over",
        "UP": "up",
        "THEN": "then",
    }
)
_MISSING = MappingProxyType({"QUOTED": '""', "FIGURE": "0", "DAY": "2000-01-01"})


def _insert(here: Standstill) -> Iterator[Repair]:
    """Put in a sign or a small word that was forgotten, or some title or label."""
    accepts = here.machine.accepts
    fitting = [kind for kind in _FORGOTTEN if accepts(kind)]
    # Within an expression these two would change its meaning.
    if accepts("SIGN"):
        fitting = [kind for kind in fitting if kind != "EQUAL"]
    if accepts("NOT"):
        fitting = [kind for kind in fitting if kind != "LPAR"]
    best = [kind for kind in fitting if here.fits([kind], here.at)]
    enough = {"COLON": 1}
    good = [k for k in fitting if here.fits([k], here.at, least=enough.get(k, 2))]
    for kind in (best or good)[:1]:
        text = _FORGOTTEN[kind]
        report = unexpected.report(here, help_=_write_here(here, here.spelling(text)))
        made = (_made(here, kind, text),)
        yield Repair(made, here.at, (report,), spoils=kind == "LPAR")
    for kind, text in _MISSING.items():
        if _is_wanted(here, kind) and here.fits([kind], here.at, least=2):
            made = (_made(here, kind, text),)
            spoils = kind != "QUOTED"
            yield Repair(made, here.at, (unexpected.report(here),), spoils)


def _is_wanted(here: Standstill, kind: str) -> bool:
    """Tell a place for a title, label or date from one for any value."""
    return here.machine.accepts(kind) and not here.machine.accepts("LPAR")


def _write_here(here: Standstill, text: str) -> Help:
    place = Span(here.file, here.before.end, here.before.end)
    after = here.shown(here.before)
    spaced = text if text in ":," else f" {text}"
    return Help(
        Text("write `{text}` after {before}", "viết `{text}` sau {before}"),
        {"text": text, "before": after},
        Edit(place, spaced),
    )


def _remove(here: Standstill) -> Iterator[Repair]:
    """Leave out a token that is too much."""
    token = here.token
    if not here.fits((), here.at + 1) or token.kind in DECLARATIONS:
        return
    is_bracket = token.kind in {"RBRACE", "RPAR"}
    help_ = None
    if not token.text[0].isalnum():
        edit = Edit(here.span(token), "")
        help_ = Help(Text("remove it", "bỏ đi"), edit=edit)
    report = unexpected.report(here, help_=help_)
    yield Repair((), here.at + 1, (report,), spoils=not is_bracket)


def _made(here: Standstill, kind: str, text: str) -> Token:
    return Token(kind, text, here.before.end, here.before.end)
