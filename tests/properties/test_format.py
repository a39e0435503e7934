"""Laws of the one form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmrules.diagnostics import Sink
from ntmrules.source import SourceFile
from ntmrules.syntax import format_source, nodes, parse
from ntmrules.syntax._format import in_order
from ntmrules.syntax._format_marks import Mark, marks_of
from ntmrules.syntax._grammar import tables
from ntmrules.syntax._lex import lex
from ntmrules.syntax._tokens import Token
from ntmrules.text import Language
from tests.support.strategies import ruleset_texts
from tests.unit.syntax.texts import valid_texts


ROOT = Path(__file__).parents[2]
SHIPPED = sorted(ROOT.glob("rulesets/**/*.ntm"))
TEXTS = [*valid_texts().values()]

texts = st.sampled_from(TEXTS) | ruleset_texts()


def formatted(text: str) -> str:
    """Lay out a sound text."""
    sink = Sink()
    found = format_source(SourceFile("a", text), sink)
    assert found is not None, sink.sorted()
    return found


def meaning(text: str) -> nodes.Node:
    """Read a text, and put its clauses in order: that order means nothing."""
    tree = parse(SourceFile("a", text), Sink())
    assert tree is not None
    found = _ordered(tree)
    assert isinstance(found, nodes.Node)
    return found


def _ordered(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_ordered, value))
    if not isinstance(value, nodes.Node):
        return value
    changes = {}
    for field in attrs.fields(type(value)):
        if field.name == "span":
            continue
        below = _ordered(getattr(value, field.name))
        if field.name in {"header", "clauses", "options"}:
            assert isinstance(below, tuple)
            below = tuple(in_order(below))
        changes[field.name] = below
    return attrs.evolve(value, **changes)  # type: ignore[arg-type]  # any field


def tokens_of(text: str) -> list[Token]:
    """Cut a sound text into tokens."""
    lexed = lex(SourceFile("a", text), tables().words, Sink())
    assert lexed is not None
    return lexed.tokens


def commented(text: str, *, after: bool) -> str:
    """Put a comment of its own after each token, or on a line above it."""
    file = SourceFile("a", text)
    found, end = [], 0
    for number, token in enumerate(tokens_of(text)):
        gap, end = file.text[end : token.start], token.end
        word = file.text[token.start : token.end]
        note = f"# c{number}c"
        found.append(f"{gap}{word} {note}\n" if after else f"{gap}\n{note}\n{word}")
    return "".join(found)


def owners(text: str) -> Counter[tuple[str, str, str]]:
    """Tell of each comment which token it stands at, and on which side."""
    marks = marks_of(SourceFile("a", text), tokens_of(text), Language.EN)
    return Counter(
        (mark.kind, mark.text, note) for mark in marks for note in _notes(mark)
    )


def _notes(mark: Mark) -> list[str]:
    after = [f"{mark.after} after"] if mark.after else []
    return [*(comment.text for comment in mark.before), *after]


@given(texts)
def test_the_meaning_stays(text: str) -> None:
    """What is laid out reads as before, the order of clauses apart."""
    assert meaning(text) == meaning(formatted(text))


@given(texts)
def test_there_is_one_form(text: str) -> None:
    """Laying out what is laid out changes nothing."""
    once = formatted(text)

    assert once == formatted(once)


@given(text=texts, after=st.booleans())
def test_every_comment_stays_with_its_token(text: str, *, after: bool) -> None:
    """A comment at every token: none is lost, none moves to another token."""
    text = commented(text, after=after)

    found = formatted(text)

    assert owners(text) == owners(found)
    assert meaning(text) == meaning(found)
    assert found == formatted(found)


@given(texts)
def test_white_space_does_not_count(text: str) -> None:
    """However the words of a text are spread, the form is the same."""
    file = SourceFile("a", text)
    words = [file.text[token.start : token.end] for token in tokens_of(text)]

    assert formatted(" ".join(words)) == formatted("\n".join(words))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_shipped_files(path: Path) -> None:
    """Each shipped file keeps its meaning and its comments, and has one form."""
    text = path.read_text("utf-8")

    found = formatted(text)

    assert meaning(text) == meaning(found)
    assert owners(text) == owners(found)
    assert found == formatted(found)
