"""Every mistake of a file is told in one run, and none is told twice."""

from __future__ import annotations

import pytest

from ntmrules.diagnostics import codes
from ntmrules.syntax import nodes
from ntmrules.syntax._limits import MAX_REPORTS
from tests.unit.syntax.texts import HEADER, labels, problems, read


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        pytest.param(
            """
            criterion 1 "A" x >= 1
            criterion 2 "B": x >
            criterion 3 "C": x == 1
            criterion 4 "D": a and b or c
            criterion 5 "E": x >= 93,5%
            criterion 6 "F": x @ y
            criterion 7 "G: x
            criterion 8 "H": x
            """,
            [
                (2, "NTM101"),
                (3, "NTM101"),
                (4, "NTM105"),
                (5, "NTM103"),
                (6, "NTM106"),
                (7, "NTM102"),
                (8, "NTM111"),
            ],
            ["1", "3", "4", "5", "7", "8"],
            id="one on each line",
        ),
        pytest.param(
            """
            criterion 1 "A": insured >=
            criterion 2 "B": criterion
            criterion 3 "C": all of (
            criterion 4 "D": threshold of
            indicator 5.1 "E": x
            criterion 6 "F": if a then
            """,
            [
                (2, "NTM101"),
                (3, "NTM101"),
                (4, "NTM101"),
                (5, "NTM101"),
                (6, "NTM115"),
                (7, "NTM101"),
            ],
            [],
            id="a declaration never continues an expression",
        ),
        pytest.param(
            """
            criterion 1 "A" {
              indicator 1.1 "B" {
                note "n"
                requires x
              }
              indicator 1.2 "C" {
                foo bar
                require x >
              }
              indicator 1.3 "D" x
              pases when y
              indicator 1.4 "E": x y
              indicator 1.5 "F": x
            }
            criterion 2 "G": x
            """,
            [
                (5, "NTM101"),
                (8, "NTM101"),
                (9, "NTM101"),
                (11, "NTM101"),
                (12, "NTM101"),
                (13, "NTM101"),
            ],
            ["1", "1.1", "1.2", "1.3", "1.5", "2"],
            id="inside a criterion",
        ),
        pytest.param(
            """
            criterion 1 "A" {
              indicator 1.1 "B": x
            criterion 2 "C" {
              indicator 2.1 "D" {
                require x
              indicator 2.2 "E": x
            }
            criterion 3 "F": (x and y
            criterion 4 "G": x
            """,
            [(2, "NTM108"), (5, "NTM108"), (9, "NTM108")],
            ["1", "1.1", "2", "2.1", "2.2", "3", "4"],
            id="a brace is missed where it was opened, once",
        ),
        pytest.param(
            """
            criterion 1 "A"
              indicator 1.1 "B": x
              indicator 1.2 "C": x
            criterion 2 "D" {
              indicator 2.1 "E": x }
            }
            criterion 3 "F": x
            """,
            [(2, "NTM101"), (7, "NTM101")],
            ["1", "1.1", "1.2", "2", "2.1", "3"],
            id="no braces, and one too many",
        ),
        pytest.param(
            """
            criterion 1 "A" [
              indicator 1.1 "B": x;
              indicator 1.2 "C": y;
            ]
            """,
            [(2, "NTM102"), (3, "NTM102"), (4, "NTM102"), (5, "NTM102")],
            ["1", "1.1", "1.2"],
            id="signs of other languages",
        ),
        pytest.param(
            """
            fact x: number
            unit y
            enum e { a, b }
            criterion 1 "A": x
            level a, b
            """,
            [(2, "NTM115"), (3, "NTM115"), (4, "NTM115"), (6, "NTM115")],
            ["1"],
            id="declarations of a vocabulary",
        ),
        pytest.param(
            """
            use vn.facts vn.more
            define x = 5 +
            define = 5
            precondition P1 "A": x
            precondition "B": x
            criterion 1 "A": x
            """,
            [(2, "NTM101"), (3, "NTM101"), (4, "NTM101"), (6, "NTM101")],
            ["P1", "1"],
            id="use and define",
        ),
        pytest.param(
            """
            criterion 1 "A": x > 3 and y < and z > 1
            criterion 2 "B": at least of (a, b) and at least two of (a, b)
            criterion 3 "C": x
            """,
            [(2, "NTM101"), (3, "NTM101")],
            ["3"],
            id="the first of several in one requirement",
        ),
        pytest.param(
            """
            criterion 1 "A" {
              indicator 1.1 "B" { require (x >= }
              indicator 1.2 "C" { require x y { z } }
              indicator 1.3 "D": x
            }
            criterion 2 "E": x
            """,
            [(3, "NTM101"), (4, "NTM101")],
            ["1", "1.1", "1.2", "1.3", "2"],
            id="braces of what is left out",
        ),
    ],
)
def test_several_mistakes(
    text: str, found: list[tuple[int, str]], kept: list[str]
) -> None:
    """Each at its line; what could be read, or is clearly meant, is kept."""
    assert found == problems(text)
    assert kept == labels(text)


def test_several_mistakes_in_a_header() -> None:
    """A clause that could not be read is not called missing as well."""
    tree, found = read(
        """\
        ruleset a
          name Huyện nông thôn mới
          for district commune
          basis 03-NQ/HU dated 2021-01-05
          in force since 2021-01-05
          staus draft
          grants
        criterion 1 "A": x
        """
    )

    assert [2, 3, 4, 5, 6, 7] == [d.span.line for d in found if d.span]
    assert {codes.UNEXPECTED} == {problem.code for problem in found}
    assert tree is not None
    assert 1 == len(tree.items)


def test_several_mistakes_in_a_vocabulary() -> None:
    """Each declaration by itself."""
    tree, found = read(
        """\
        vocabulary a
        unit VND đồng
        level commune within district
        title a above
        enum r [ a, b ]
        enum s { a b }
        fact f boolean
        fact g: count persons
        fact level: number
        criterion 1 "A": x
        fcat h: number
        fact i: number
        """
    )

    lines = [(d.span.line, d.code.id) for d in found if d.span]
    assert [
        (2, "NTM101"),
        (3, "NTM101"),
        (4, "NTM101"),
        (5, "NTM102"),
        (5, "NTM102"),
        (6, "NTM101"),
        (7, "NTM101"),
        (8, "NTM101"),
        (9, "NTM107"),
        (10, "NTM115"),
        (11, "NTM101"),
    ] == lines
    assert isinstance(tree, nodes.VocabularyFile)
    facts = [i.name.text for i in tree.items if isinstance(i, nodes.FactDeclaration)]
    assert ["f", "g", "level", "h", "i"] == facts


def test_a_second_file_in_the_text_is_not_read() -> None:
    """One file holds one ruleset; what follows would only seem repeated."""
    text = 'criterion 1 "A": x\nruleset b\nfor c\ncriterion 1 "A": x y'

    assert [(2, "NTM101")] == problems(text)
    assert ["1"] == labels(text)


def test_the_declarations_of_a_file_without_head_are_read() -> None:
    """So that their mistakes are told in the same run."""
    tree, found = read('criterion 1 "A": x >=\ncriterion 2 "B" x')

    assert None is tree
    assert [(1, 1), (1, 20), (2, 17)] == [
        (d.span.line, d.span.column) for d in found if d.span
    ]


def test_an_error_is_at_the_end_of_what_is_not_complete() -> None:
    """Not on the next declaration, which is right."""
    _, found = read(HEADER + 'criterion 1 "A": insured >=\n\n\ncriterion 2 "B": x')

    assert [">="] == [problem.span.text for problem in found if problem.span]


def test_a_brace_is_missed_where_it_was_opened() -> None:
    """And the note tells where that was noticed."""
    _, found = read(HEADER + 'criterion 1 "A" {\nrequire x\ncriterion 2 "B": x')

    (problem,) = found
    assert problem.span is not None
    assert "{" == problem.span.text
    assert [(10, "criterion")] == [
        (note.span.line, note.span.text) for note in problem.notes if note.span
    ]


@pytest.mark.parametrize(
    "text",
    [
        'criterion 1 "A" x >= 1',
        "criterion 1 Y tế: x >= 1",
        'criterion 1 "A": x == 1',
        "criterion 1 “A”: x ≥ 1,5",
        'criterion 1 "A": all communes have x => 3ha',
        'criterion 1 "A": all communes has x',
        'criterion 1 "A": at least 2 (x, y)',
        'criterion 1 "A": x)',
        'criterion 1 "A: x',
        "define x 5",
        'criterion 1 "A": 1 <= x <= 3',
        "use vn.facts;",
        'critrion 1 "A": x – y > 2',
        "define x = 2021-2-3",
    ],
)
def test_edits_mend(text: str) -> None:
    """After all the proposed edits, fewer problems are left."""
    before = [d for d in read(HEADER + text)[1] if d.help and d.help.edit]
    mended = HEADER + text
    for problem in reversed(before):
        assert problem.help is not None
        edit = problem.help.edit
        assert edit is not None
        mended = mended[: edit.span.start] + edit.text + mended[edit.span.end :]

    after = read(mended)[1]

    assert before
    assert len(after) < len(before) + ("A: x" in text)


def test_reports_have_an_end() -> None:
    """A text with thousands of mistakes is no criteria file."""
    _, found = read(HEADER + 'criterion 1 "A" x\n' * 5 * MAX_REPORTS)

    assert MAX_REPORTS == len(found)
