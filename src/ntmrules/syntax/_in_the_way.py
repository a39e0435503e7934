"""What keeps a file from being written with the keywords of the other language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntmrules.diagnostics import Diagnostic, Help, Sink, codes
from ntmrules.keywords import ALIKE
from ntmrules.source import SourceFile, Span
from ntmrules.syntax._grammar import tables
from ntmrules.syntax._lex import lex
from ntmrules.syntax._tokens import Token
from ntmrules.syntax._vietnamese import texts_of
from ntmrules.text import Language, Text


_RENAME = Text(
    "give it another name, such as `{name}_`", "đặt tên khác, ví dụ `{name}_`"
)


def names_in_the_way(
    file: SourceFile, tokens: Sequence[Token], language: Language
) -> Iterator[Diagnostic]:
    """
    Report the names of a sound file that would be read as keywords.

    Args:
        file: The file.
        tokens: Its tokens.
        language: That of the keywords it is to have.
    """
    written = " ".join(texts_of(tokens, language))
    lexed = lex(SourceFile(file.name, written), tables().words, Sink())
    read = [] if lexed is None else lexed.tokens
    differ = next(
        (
            at
            for at, (token, other) in enumerate(zip(tokens, read, strict=False))
            if token[:2] != other[:2]
        ),
        None,
    )
    if differ is None:
        return
    names = {token.text: token for token in reversed(tokens) if token.text in ALIKE}
    if not names:
        # Not a keyword alone, but together with what stands beside it.
        last = next(at for at in range(differ, -1, -1) if tokens[at].kind == "WORD")
        names = {tokens[last].text: tokens[last]}
    for name, token in names.items():
        yield Diagnostic(
            codes.NAME_IN_THE_WAY,
            Span(file, token.start, token.end),
            {"name": name},
            help=Help(_RENAME, {"name": name}),
        )
