"""Where each node stands."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from ntmrules.keywords import language_of
from ntmrules.syntax import nodes
from ntmrules.text import Language
from tests.unit.syntax.texts import condition, read, ruleset, valid_texts


TEXTS = valid_texts()


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give a node and all below it."""
    yield node
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, nodes.Node):
                yield from walk(child)


@pytest.mark.parametrize("case", TEXTS)
def test_valid_texts_parse(case: str) -> None:
    """The rulesets and the conformance cases have no mistakes of syntax."""
    tree, problems = read(TEXTS[case])

    assert [] == [str(problem) for problem in problems]
    assert tree is not None


@pytest.mark.parametrize("case", TEXTS)
def test_a_node_lies_within_its_parent(case: str) -> None:
    """And the parts of a node stand in the order of the text."""
    tree, _ = read(TEXTS[case])
    assert tree is not None

    for node in walk(tree):
        for child in walk(node):
            assert node.span.start <= child.span.start <= child.span.end
            assert child.span.end <= node.span.end


# An expression in Vietnamese needs a file in Vietnamese around it.
CASES = [
    case
    for case, text in TEXTS.items()
    if not case.startswith("rulesets") and language_of(text) is Language.EN
]


@pytest.mark.parametrize("case", CASES)
def test_the_text_of_an_expression_reads_as_that_expression(case: str) -> None:
    """Its place covers the whole of it, and nothing else."""
    tree, _ = read(TEXTS[case])
    assert tree is not None

    for node in walk(tree):
        if isinstance(node, nodes.Expression) and not _is_cell(tree, node):
            assert node == condition(node.span.text)


def _is_cell(tree: nodes.Node, node: nodes.Node) -> bool:
    return any(
        node is cell
        for row in walk(tree)
        if isinstance(row, nodes.Row)
        for cell in walk(row)
    )


def test_words_and_texts_are_exact() -> None:
    """A word covers itself, a text its quotes too."""
    tree, _ = read(TEXTS["logic-05"])
    assert tree is not None

    for node in walk(tree):
        if isinstance(node, nodes.Word | nodes.Name | nodes.Number | nodes.Date):
            assert node.text == node.span.text
        if isinstance(node, nodes.Quoted):
            assert f'"{node.text}"' == node.span.text


def test_a_declaration_covers_its_keywords() -> None:
    """From the first word to the last brace."""
    text = 'criterion 1 "A" {\n  note "b"\n  require (a)\n}'
    header = 'ruleset a for b basis "c" in force from 2021-01-01'
    tree = ruleset(f"# comment\n{header}\n{text}\n# comment")

    (criterion,) = tree.items
    assert isinstance(criterion, nodes.Provision)
    assert f"{header}\n{text}" == tree.span.text
    assert text == criterion.span.text
    assert ['note "b"', "require (a)"] == [c.span.text for c in criterion.clauses]
    assert ["for b", 'basis "c"'] == [c.span.text for c in tree.header[:2]]


def test_parentheses_belong_to_what_holds_them() -> None:
    """The tree does not keep them, but the place of the whole covers them."""
    tree = condition("(a) and (b or c)")

    assert "(a) and (b or c)" == tree.span.text
    assert isinstance(tree, nodes.And)
    assert ["a", "b or c"] == [operand.span.text for operand in tree.operands]


def test_places_count_code_points_of_the_normal_form() -> None:
    """A decomposed letter counts as one, and matches its composed name."""
    decomposed = condition("ty\u0309_le\u0323\u0302 >= 1")

    assert condition("tỷ_lệ >= 1") == decomposed
    assert "tỷ_lệ >= 1" == decomposed.span.text
