"""Laws of the two sets of keywords."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules.diagnostics import Sink
from ntmrules.keywords import ALIKE
from ntmrules.source import SourceFile
from ntmrules.syntax import format_source, nodes, parse
from ntmrules.text import Language
from tests.properties.test_format import ROOT, SHIPPED, commented, meaning, owners
from tests.properties.test_format import texts as any_text
from tests.properties.test_syntax import MARKS, check
from tests.support.strategies import AS_OF, FILES, World, worlds


VI, EN = Language.VI, Language.EN


def written(text: str, to: Language | None = None) -> str:
    """Lay out a sound text with the keywords of a language."""
    sink = Sink()
    found = format_source(SourceFile("a", text), sink, to)
    assert found is not None, sink.sorted()
    return found


def check_conversion(text: str) -> None:
    """There and back is the one form, and the meaning stays all the way."""
    vietnamese = written(text, VI)

    assert meaning(text) == meaning(vietnamese)
    assert vietnamese == written(vietnamese)
    assert vietnamese == written(vietnamese, VI)
    assert written(text, EN) == written(vietnamese, EN)


@settings(max_examples=25)
@given(any_text)
def test_there_and_back(text: str) -> None:
    """A ruleset in Vietnamese means the same, and comes back as it was."""
    check_conversion(text)


@settings(max_examples=25)
@given(text=any_text, after=st.booleans())
def test_there_and_back_with_comments(text: str, *, after: bool) -> None:
    """With a comment of its own at every token, which stays there."""
    text = commented(text, after=after)

    assert owners(written(text)) == owners(written(written(text, VI), EN))
    check_conversion(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_shipped_files(path: Path) -> None:
    """Each can be read in either set."""
    check_conversion(path.read_text("utf-8"))


@settings(max_examples=25)
@given(worlds())
def test_the_verdicts_are_the_same(world: World) -> None:
    """Of every criterion and indicator."""
    verdicts = []
    for text in (world.ruleset, written(world.ruleset, VI)):
        found = ntmrules.evaluate(
            ntmrules.loads(text, files=FILES), world.unit, as_of=AS_OF
        )
        inner = [
            (label, indicator.verdict)
            for one in found.criteria.values()
            for label, indicator in one.indicators.items()
        ]
        outer = [(label, one.verdict) for label, one in found.criteria.items()]
        verdicts.append((found.verdict, outer, inner))

    assert verdicts[0] == verdicts[1]


SIGNS = ["x", "vn.x", "1", "1.2.3", "2021-01-05", '"A"', ">=", "(", ")", "{", "}", ":"]
SLIPS = ["tiêu", "chi", "and", "criterion", "not", "ít", "Tieu", "nhât", "mọi"]
words = st.sampled_from([*ALIKE, *SIGNS, *SLIPS])
soup = st.lists(words, max_size=40).map(" ".join)
dirty_soup = st.lists(words | st.sampled_from(MARKS), max_size=40).map("".join)


@given(st.sampled_from(["", "bộ tiêu chí a ", "từ vựng a ", "ruleset a "]), soup)
def test_words_in_any_order(head: str, text: str) -> None:
    """Reading them ends, and whatever is said has a place."""
    check(head + text)


@given(st.sampled_from(["bộ tiêu chí a ", "từ vựng a "]), dirty_soup)
def test_words_and_other_signs(head: str, text: str) -> None:
    """Nor does what is no word stop it."""
    check(head + text)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Take a Vietnamese text, and leave out or put in a piece."""
    text = written(draw(any_text), VI)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 20)))
    return text[:start] + draw(words | st.just("")) + text[end:]


@given(damaged())
def test_damaged_texts(text: str) -> None:
    """A piece that is missing or too much is told, and reading goes on."""
    check(text)


def test_a_bad_line_leaves_the_others() -> None:
    """In every shipped file, each declaration but the spoilt one is kept."""
    for path in SHIPPED[::8]:
        text = written(path.read_text("utf-8"), VI)
        tree = parse(SourceFile("a", text), Sink())
        assert isinstance(tree, nodes.RulesetFile | nodes.VocabularyFile)
        place = tree.items[len(tree.items) // 2].span.start

        other = parse(
            SourceFile("a", f"{text[:place]}@ foo 5 bar\n{text[place:]}"), Sink()
        )

        assert other is not None
        assert tree.items == other.items
