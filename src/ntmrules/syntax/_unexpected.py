"""What is said of a token that does not fit."""

from __future__ import annotations

from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Edit, Help, Note, codes
from ntmrules.source import Span
from ntmrules.syntax._expected import describe
from ntmrules.syntax._standstill import Standstill
from ntmrules.syntax._starts import clause_at, declaration_at
from ntmrules.syntax._tokens import END, Token
from ntmrules.syntax._vietnamese import MISSPELT
from ntmrules.text import Fill, Language, Text


CLOSERS = MappingProxyType({"LPAR": ("RPAR", ")"), "LBRACE": ("RBRACE", "}")})
"""The terminal and the sign that close a bracket."""

_QUOTES_WITHIN = Text(
    "if the text goes on here, write “ and ” for the quotes within it",
    "nếu đoạn chữ còn tiếp, viết “ và ” cho dấu ngoặc bên trong",
)
_STILL_OPEN = Text("`(` is still open", "`(` còn chưa đóng")
_SCALES = frozenset({"THOUSAND", "MILLION", "BILLION"})
_SHOWN = 40


def report(here: Standstill, *, help_: Help | None = None) -> Diagnostic:
    """Report a token that does not fit, or the end of what it should go on with."""
    values: dict[str, Fill] = {"found": here.shown(here.token)}
    span = here.span(here.token)
    if here.before.kind == "QUOTED" and here.before.end == here.token.start:
        help_ = help_ or Help(_QUOTES_WITHIN)
    if is_next(here):
        before = here.shown(here.before)
        values["found"] = Text(f"end after {before}", f"chỗ kết thúc sau {before}")
        span = here.span(here.before)
    expected = describe(here)
    if here.before.kind in _SCALES:
        expected = Text("a unit such as `VND`", "một đơn vị đo như `VND`")
    if expected is None:
        return Diagnostic(codes.UNEXPECTED, span, values, help=help_)
    notes = [Note(Text(f"expected {expected.en}", f"ở đây cần {expected.vi}"))]
    if is_next(here) and here.brackets and not here.brackets[-1].told:
        bracket = here.brackets[-1].token
        if bracket.kind == "LPAR":
            notes.append(Note(_STILL_OPEN, here.span(bracket)))
    return Diagnostic(codes.UNEXPECTED, span, values, notes=tuple(notes), help=help_)


def is_next(here: Standstill) -> bool:
    """Tell whether the token belongs to the next declaration already."""
    if here.token.kind == END:
        return True
    begins = (
        here.token.kind in {"RBRACE", MISSPELT}
        or declaration_at(here.tokens, here.at)
        or clause_at(here.tokens, here.at)
    )
    return bool(begins) and here.begins_line and not here.is_complete


def write(span: Span, text: str) -> Help:
    """Propose *text* in place of what stands there."""
    return Help(
        Text("write `{text}`", "viết `{text}`"), {"text": text}, Edit(span, text)
    )


def in_quotes(span: Span) -> Help:
    """Propose quotes around what stands there."""
    return Help(
        Text("put it in quotes: `{text}`", "đặt trong ngoặc kép: `{text}`"),
        {"text": f'"{span.text}"'},
        Edit(span, f'"{span.text}"'),
    )


def reserved_word(span: Span) -> Diagnostic:
    """Report a word of the language where a name is needed."""
    word = span.text
    if " " in word:
        return Diagnostic(
            codes.RESERVED_WORD, span, {"word": word}, help=write(span, _joined(word))
        )
    return Diagnostic(
        codes.RESERVED_WORD,
        span,
        {"word": word},
        help=Help(
            Text(
                "use another name, such as `{word}_` or `the_{word}`",
                "dùng tên khác, ví dụ `{word}_` hoặc `the_{word}`",
            ),
            {"word": word},
            Edit(span, f"{word}_"),
        ),
    )


def _joined(words: str) -> str:
    return "_".join(words.split())


_ITS = MappingProxyType(
    {
        Language.EN: Text("a Vietnamese keyword", "từ khóa tiếng Việt"),
        Language.VI: Text("an English keyword", "từ khóa tiếng Anh"),
    }
)
_OURS = MappingProxyType(
    {
        Language.EN: Text("English", "tiếng Anh"),
        Language.VI: Text("Vietnamese", "tiếng Việt"),
    }
)


def mixed(span: Span, language: Language, text: str) -> Diagnostic:
    """Report a keyword of the other language in a file of *language*."""
    return Diagnostic(
        codes.MIXED_KEYWORDS,
        span,
        {"word": span.text, "its": _ITS[language], "ours": _OURS[language]},
        help=write(span, text),
    )


def not_closed(bracket: Span, noticed: Span, *, at_end: bool) -> Diagnostic:
    """Report an opening bracket, and where it was noticed that it is still open."""
    closer = {"(": ")", "{": "}"}.get(bracket.text, "}")
    if at_end:
        return Diagnostic(
            codes.NOT_CLOSED,
            bracket,
            {"bracket": bracket.text},
            notes=(Note(Text("the file ends here", "tệp kết thúc ở đây"), noticed),),
            help=Help(
                Text("write `{closer}` after that", "viết `{closer}` sau chỗ đó"),
                {"closer": closer},
            ),
        )
    return Diagnostic(
        codes.NOT_CLOSED,
        bracket,
        {"bracket": bracket.text},
        notes=(
            Note(
                Text("something else begins here", "ở đây đã bắt đầu phần khác"),
                noticed,
            ),
        ),
        help=Help(
            Text("write `{closer}` before that", "viết `{closer}` trước chỗ đó"),
            {"closer": closer},
        ),
    )


def misplaced_declaration(here: Standstill, owner: Text, home: Text) -> Diagnostic:
    """Report a declaration that stands in *owner* and belongs in *home*."""
    values: dict[str, Fill] = {"clause": here.token.text, "owner": owner}
    return Diagnostic(
        codes.CLAUSE_MISPLACED,
        here.span(here.token),
        values,
        help=Help(Text("it belongs in {home}", "nó thuộc về {home}"), {"home": home}),
    )


def second_head(here: Standstill) -> Diagnostic:
    """Report a second ruleset or vocabulary in a file."""
    return Diagnostic(
        codes.UNEXPECTED,
        here.span(here.token),
        {"found": here.shown(here.token)},
        help=Help(
            Text(
                "put it in a file of its own: a file holds one ruleset or vocabulary",
                "đặt vào tệp riêng: mỗi tệp có một bộ tiêu chí hoặc một từ vựng",
            )
        ),
    )


def no_head(span: Span, help_: Help | None = None) -> Diagnostic:
    """Report a text that does not begin with ``ruleset …`` or ``vocabulary …``."""
    expected = Text(
        "a file begins with `ruleset` or `vocabulary`",
        "tệp bắt đầu bằng `ruleset` hoặc `vocabulary`",
    )
    found = span.text if len(span.text) <= _SHOWN else f"{span.text[:_SHOWN]}…"
    return Diagnostic(
        codes.UNEXPECTED,
        span,
        {"found": f"`{found}`"},
        notes=(Note(expected),),
        help=help_,
    )


def no_id(span: Span, head: Token) -> Diagnostic:
    """Report a ``ruleset`` or ``vocabulary`` without an id."""
    expected = Text(
        f"an id such as `vn.commune.standard` stands after `{head.text}`",
        f"sau `{head.text}` là một mã như `vn.commune.standard`",
    )
    found: Fill = f"`{span.text}`"
    if not span.text:
        found = Text(f"end after `{head.text}`", f"chỗ kết thúc sau `{head.text}`")
        span = Span(span.file, head.start, head.end)
    return Diagnostic(codes.UNEXPECTED, span, {"found": found}, notes=(Note(expected),))
