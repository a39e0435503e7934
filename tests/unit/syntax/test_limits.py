"""Past a limit there is a diagnostic, and never a crash or a long wait."""

from __future__ import annotations

import time

import pytest

from ntmrules.diagnostics import Code, codes
from ntmrules.syntax import MAX_DEPTH, MAX_FILE_BYTES, MAX_TOKENS, nodes
from ntmrules.syntax._limits import MAX_REPORTS
from tests.unit.syntax.texts import HEADER, condition, items, labels, problems, read


SECONDS = 3
"""Far more than any of these takes, so that a busy machine does not fail."""


def chain(link: str, count: int = 5_000) -> str:
    """Give a criterion whose condition is *link* many times over."""
    return f'{HEADER}criterion 1 "A": {link * count} x'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [codes.EMPTY_FILE], id="nothing"),
        pytest.param(" " * 1_900_000, [codes.EMPTY_FILE], id="blanks"),
        pytest.param("# no\n" * 300_000, [codes.EMPTY_FILE], id="comments"),
        pytest.param("#" + "x" * 1_900_000, [codes.EMPTY_FILE], id="one comment"),
        pytest.param(chain("("), [codes.TOO_DEEP], id="parentheses"),
        pytest.param(chain("not "), [codes.TOO_DEEP], id="not"),
        pytest.param(chain("x > - ").replace("> - x", "- - x"), None, id="minus"),
        pytest.param(chain("x at "), [codes.TOO_DEEP], id="at"),
        pytest.param(chain("x + "), [codes.TOO_DEEP], id="plus"),
        pytest.param(chain("x * "), [codes.TOO_DEEP], id="times"),
        pytest.param(chain("if a then b else "), [codes.TOO_DEEP], id="else"),
        pytest.param(chain("if ", 5_000), None, id="if"),
        pytest.param(chain("all communes have "), [codes.TOO_DEEP], id="have"),
        pytest.param(chain("x < "), None, id="comparisons"),
        pytest.param(chain("a and "), [], id="and"),
        pytest.param(chain("a or "), [], id="or"),
        pytest.param(chain("min("), [codes.TOO_DEEP], id="calls"),
        pytest.param(chain("{"), None, id="braces"),
        pytest.param(chain("}"), None, id="closing braces"),
        pytest.param(chain("criterion "), None, id="criterion"),
        pytest.param(
            "vocabulary a fact f: " + "list of " * 5_000 + "number",
            [codes.TOO_DEEP],
            id="lists",
        ),
        pytest.param(
            HEADER + 'criterion 1 "A": x > ' + "9" * 1_000_000,
            [codes.NUMBER_TOO_LONG],
            id="digits",
        ),
        pytest.param(HEADER + "x" * 1_000_000, [codes.UNEXPECTED], id="one word"),
        pytest.param(HEADER + '"' + "x" * 1_000_000, None, id="one text"),
        pytest.param(HEADER + "a.b-" * 250_000, None, id="one path"),
        pytest.param(HEADER + "1_" * 500_000, None, id="one number"),
        pytest.param(HEADER + "1." * 500_000, None, id="one label"),
        pytest.param(HEADER + "1," * 500_000, None, id="commas"),
        pytest.param("@ " * 900_000, None, id="signs"),
        pytest.param(HEADER + "a " * MAX_TOKENS, [codes.TOO_MANY_TOKENS], id="tokens"),
        pytest.param(
            "x" * (MAX_FILE_BYTES + 1), [codes.FILE_TOO_LARGE], id="characters"
        ),
        pytest.param(HEADER + 'criterion 1 "A\0": a', None, id="NUL"),
        pytest.param("\r" * 1_000, [codes.EMPTY_FILE], id="line ends of old"),
    ],
)
def test_strange_texts(text: str, found: list[Code] | None) -> None:
    """Each is told in one run, and soon."""
    begin = time.process_time()
    _, problems_ = read(text)

    assert time.process_time() - begin < SECONDS
    if found is None:
        assert problems_
    else:
        assert found == [problem.code for problem in problems_]


def test_the_deepest_nesting_that_is_allowed() -> None:
    """`MAX_DEPTH` brackets, and a sum of one more than `MAX_DEPTH` terms."""
    inside = condition("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH)
    total = condition("x > " + " + ".join(["x"] * (MAX_DEPTH)))

    assert isinstance(inside, nodes.Name)
    assert isinstance(total, nodes.Comparison)


def test_too_deep_names_the_limit_and_the_place() -> None:
    """The first bracket that is too deep; the next declaration is read."""
    deep = "(" * (MAX_DEPTH + 1) + "x" + ")" * (MAX_DEPTH + 1)
    text = f'criterion 1 "A": {deep}\ncriterion 2 "B": x'

    _, (problem,) = read(HEADER + text)

    assert problem.span is not None
    assert "(" == problem.span.text
    assert str(MAX_DEPTH) in problem.message
    assert "MAX_DEPTH" in problem.message
    assert [(1, "NTM109")] == problems(text)
    assert ["2"] == labels(text)


def test_many_that_are_too_deep() -> None:
    """Each is told, up to the limit of reports; it ends with the last word of it."""
    deep = " + ".join(["x"] * (MAX_DEPTH + 2))
    text = f'criterion 1 "A": x > {deep}\n' * 2 * MAX_REPORTS

    found = problems(text)

    assert MAX_REPORTS <= len(found) <= MAX_REPORTS + 1
    assert {"NTM109"} == {code for _, code in found}


def test_long_lists_are_no_nesting() -> None:
    """A thousand operands, arguments, rows and criteria."""
    many = ", ".join(["a"] * 1_000)
    rows = "| a | b | " * 1_000
    text = f'criterion 1 "A": all of ({many}) and x > by r {{ {rows} }}\n'

    assert 1_001 == len(items(text + 'criterion 2 "B": x\n' * 1_000))
