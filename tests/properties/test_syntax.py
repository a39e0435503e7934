"""Laws of reading."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from ntmrules.diagnostics import Diagnostic, Sink, render
from ntmrules.source import SourceFile
from ntmrules.syntax import nodes, parse
from ntmrules.syntax._grammar import tables
from tests.unit.syntax.texts import HEADER, valid_texts


TEXTS = sorted(valid_texts().values(), key=len)[:60]
WORDS = [*tables().words, "x", "vn.x", "1", "1.2.3", "2021-01-05", '"A"', ">=", "≤"]
MARKS = ["\n", "#", '"', "“", ";", "93,5", "==", "3ha", "@", "\0", "0" * 61, "é", "_"]

soup = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
dirty_soup = st.lists(st.sampled_from(WORDS + MARKS), max_size=60).map("".join)
declarations = st.lists(
    st.tuples(
        st.sampled_from(
            ["criterion 1 ", 'indicator 1.1 "A"', "define x ", "fact f: ", "name ", ""]
        ),
        soup,
    ).map("".join),
    max_size=8,
).map("\n".join)
heads = st.sampled_from(["", HEADER, "ruleset a\n", "vocabulary a\n"])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """Take a valid text, and leave out or put in a piece."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 20)))
    piece = draw(st.sampled_from(["", *WORDS, *MARKS]))
    return text, text[:start] + piece + text[end:]


def check(text: str) -> nodes.File | None:
    """Read a text: it ends, and what is said has a place in the text."""
    sink = Sink()
    file = SourceFile("a", text)

    tree = parse(file, sink)

    for problem in sink:
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(file.text)
        assert _shows_something(problem)
    assert tree is not None or sink.failed
    if tree is not None:
        assert tree.span.end <= len(file.text)
    return tree


def _shows_something(problem: Diagnostic) -> bool:
    return bool(render(problem)) and "``" not in problem.message


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Reading any text ends without an exception."""
    check(text)


@given(heads, soup)
@example("", "vocabulary a enum x basis weighted fact")
@example(HEADER, "criterion " * 200)
def test_words_of_the_language_in_any_order(head: str, text: str) -> None:
    """Nor does any order of its words."""
    check(head + text)


@given(heads, dirty_soup)
def test_words_and_other_signs(head: str, text: str) -> None:
    """Nor what is no word."""
    check(head + text)


@given(heads, declarations)
def test_declarations_of_any_words(head: str, text: str) -> None:
    """Nor beginnings of declarations that go on with anything."""
    check(head + text)


@given(damaged())
def test_damaged_texts(texts: tuple[str, str]) -> None:
    """Nor a valid text from which something is missing, or in which is too much."""
    check(texts[1])


@given(damaged())
def test_reading_twice_says_the_same(texts: tuple[str, str]) -> None:
    """The result depends on the text alone."""
    first, second = Sink(), Sink()
    file = SourceFile("a", texts[1])

    assert parse(file, first) == parse(file, second)
    assert first.sorted() == second.sorted()


@given(st.sampled_from(TEXTS), st.integers(0, 10_000))
def test_a_bad_declaration_leaves_the_others(text: str, seed: int) -> None:
    """A line that means nothing, put between declarations, is all that is reported."""
    tree, sink = parse(SourceFile("a", text), Sink()), Sink()
    assert tree is not None
    assume(tree.items)  # a ruleset that only builds on another may have none
    place = tree.items[seed % len(tree.items)].span.start
    text = unicodedata.normalize("NFC", text)

    damaged_tree = parse(
        SourceFile("a", text[:place] + "@ foo 5 bar\n" + text[place:]), sink
    )

    (problem,) = sink
    assert "NTM102" == problem.code.id
    assert damaged_tree is not None
    assert tree.items == damaged_tree.items


@given(st.sampled_from(TEXTS))
def test_the_form_of_letters_does_not_count(text: str) -> None:
    """Decomposed letters give the same tree."""
    decomposed = unicodedata.normalize("NFD", text)

    composed_tree = parse(SourceFile("a", text), Sink())
    decomposed_tree = parse(SourceFile("a", decomposed), Sink())

    assert composed_tree == decomposed_tree
