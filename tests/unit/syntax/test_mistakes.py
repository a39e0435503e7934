"""What is said of each mistake: the code, the line, and the repair."""

from __future__ import annotations

import pytest
import yaml

from ntmrules.text import Language
from tests.unit.syntax.texts import HEADER, ROOT, problems, read, said


@pytest.mark.parametrize(
    ("code", "text", "mentions"),
    [
        ("NTM101", 'criterion 1 "A" x >= 1', ["`x`", "`:` or `{`", 'after `"A"`']),
        ("NTM101", "criterion 1 Giáo dục: x", ['"Giáo dục"']),
        ("NTM101", "criterion 1: x", ["a text in quotes"]),
        ("NTM101", 'criterion "A": x', ["a label such as `14.1`"]),
        ("NTM101", 'criterion 1 "A":', ["end after `:`", "a condition"]),
        ("NTM101", 'criterion 1 "A": x >=', ["end after `>=`", "a value"]),
        ("NTM101", 'criterion 1 "A": x > 1 million', ["a unit such as `VND`"]),
        ("NTM101", 'criterion 1 "A": x is y', ["write `=`"]),
        ("NTM101", 'criterion 1 "A": all communes has x', ["write `have`"]),
        ("NTM101", 'criterion 1 "A": all communes holds x', ["write `hold`"]),
        ("NTM101", 'criterion 1 "A": all communes x', ["write `have`"]),
        ("NTM101", 'criterion 1 "A": at least 2 (x, y)', ["write `of` after `2`"]),
        ("NTM101", 'criterion 1 "A": any of x, y', ["write `(`"]),
        ("NTM101", 'criterion 1 "A": count communes > 3', ["write `of`"]),
        ("NTM101", 'criterion 1 "A": attested by Sở Xây', ['"Sở Xây"']),
        ("NTM101", 'criterion 1 "A": x)', ["`)`", "remove it"]),
        ("NTM101", 'criterion 1 "A": x y', ["`y`"]),
        ("NTM101", 'criterion 1 "A": = 5', ["remove it"]),
        ("NTM101", 'criterion 1 "A": x > by r { | 1 2 | }', ["`2`", "`|`"]),
        ("NTM101", 'critrion 1 "A": x', ["write `criterion`"]),
        ("NTM101", 'criterion 1 "A": (x and', ["end after `and`", "`(` is still open"]),
        ("NTM101", "foo bar", ["`foo`", "the next declaration"]),
        ("NTM101", 'criterion 1 "A" { note "b "c" d" require x }', ["“ and ”"]),
        ("NTM101", "define x 5", ["write `=` after `x`"]),
        ("NTM101", "ruleset b.c", ["a file of its own"]),
        ("NTM102", 'criterion 1 "A": x @ y', ["`@`"]),
        ("NTM102", 'criterion 1 "A": x;', ["`;`", "remove it"]),
        ("NTM102", 'criterion 1 "A": x && y', ["`and`"]),
        ("NTM102", "criterion 1 “A”: x", ["`“`", '`"A"`']),
        ("NTM102", "criterion 1 'A': x", ['`"A"`']),
        ("NTM102", 'criterion 1 "A": x – y > 1', ["`–`", "`-`"]),
        ("NTM102", 'criterion 1 "A": x > 3ha', ["`3 ha`"]),
        ("NTM102", 'criterion 1 "A": x > 1__0', ["`1__0`"]),
        ("NTM102", 'criterion 1 "A": x => 1', ["`=>`", "`>=`"]),
        ("NTM102", 'criterion 1 "A": x <> 1', ["`!=`"]),
        ("NTM102", 'criterion 1 "A": _x', ["`_x`"]),
        ("NTM102", 'criterion 1 "A": \u0309x', ["U+0309"]),
        ("NTM102", 'criterion 1 "A": `x', ["U+0060"]),
        (
            "NTM103",
            'criterion 1 "A": a and b or c',
            ["parenthes", "`(a and b) or c`", "`a and (b or c)`"],
        ),
        (
            "NTM103",
            'criterion 1 "A": a or b and c',
            ["`a or (b and c)`", "`(a or b) and c`"],
        ),
        ("NTM103", 'criterion 1 "A": a and (b) or c', ["put parentheses"]),
        ("NTM104", 'criterion 1 "A": 1% < x < 3%', ["`x between 1% and 3%`", "both"]),
        ("NTM104", 'criterion 1 "A": 1% <= x <= 3%', ["write `x between 1% and 3%`"]),
        ("NTM104", 'criterion 1 "A": 3 >= x >= 1', ["write `x between 1 and 3`"]),
        ("NTM104", 'criterion 1 "A": a = b = c = d', ["two at a time"]),
        ("NTM105", 'criterion 1 "A": x == 0', ["`=`"]),
        ("NTM106", 'criterion 1 "A": x >= 93,5%', ["write `93.5%`"]),
        ("NTM106", 'criterion 1 "A": x >= 93,5 %', ["write `93.5%`"]),
        ("NTM106", 'criterion 1 "A": x >= 1.234,5', ["`1_234.5`"]),
        ("NTM106", 'criterion 1 "A": x >= 1,234,567', ["`1_234_567`"]),
        (
            "NTM106",
            'criterion 1 "A": all of criteria except 3,4',
            ["`3.4`", "`3, 4`", "labels"],
        ),
        ("NTM106", 'criterion 1 "A": x > 48,5 million VND', ["help: write `48.5`"]),
        ("NTM106", 'criterion 1 "A": x > 48,5 ha', ["help: write `48.5`"]),
        ("NTM107", "define share = 5", ["`share`", "`share_`"]),
        ("NTM107", 'criterion 1 "A": level >= 5', ["`level`"]),
        ("NTM107", 'criterion title "A": x', ["`title`"]),
        ("NTM108", 'criterion 1 "A" { indicator 1.1 "B": x', ["`{`", "`}`"]),
        ("NTM108", 'criterion 1 "A": (x and y', ["`(`", "`)`"]),
        ("NTM108", 'criterion 1 "A" { require (x and y }', ["`(`"]),
        ("NTM109", 'criterion 1 "A": ' + "(" * 65 + "x" + ")" * 65, ["MAX_DEPTH"]),
        ("NTM110", 'criterion 1 "A": x > ' + "9" * 61, ["MAX_DIGITS"]),
        ("NTM110", 'criterion 1 "A": x > 1.' + "9" * 61, ["MAX_DIGITS"]),
        ("NTM111", 'criterion 1 "A: x', ['close it with `"`']),
        ("NTM118", "set x = 5", ["`set`", "`extends …`"]),
        ("NTM118", "remove criterion 5", ["`remove`", "`tightens …`"]),
        ("NTM118", "replace criterion 5: x", ["`replace`", "builds on none"]),
        ("NTM113", 'criterion 1 "A" { note "a" note "b" require x }', ["`note`"]),
        (
            "NTM113",
            'criterion 1 "A" { name "a" name vi "b" require x }',
            ["`name`", "first given here"],
        ),
        ("NTM114", 'criterion 1 "A" { note "a" }', ["criterion `1`", "`require`"]),
        ("NTM115", 'criterion 1 "A": x note "b"', ["`note`", "move it"]),
        ("NTM115", 'indicator 1.1 "A": x', ["`indicator`", "a criterion"]),
        ("NTM115", "fact x: number", ["`fact`", "a ruleset", "a vocabulary"]),
        ("NTM115", 'criterion 1 "A" { name fr "a" require x }', ["`fr`", "`vi`"]),
        ("NTM115", 'criterion 1 "A" { require x attested }', ["beside `require`"]),
        (
            "NTM115",
            'criterion 1 "A" { require x indicator 1.1 "B": y }',
            ["`require`", "criterion `1` with indicators"],
        ),
        (
            "NTM115",
            'criterion 1 "A" { passes when x require y }',
            ["`passes when`", "without indicators"],
        ),
        (
            "NTM115",
            'precondition 1 "A" { passes when x require y }',
            ["`passes when`", "precondition `1`"],
        ),
        ("NTM115", 'criterion 1 "A" { for x require y }', ["`for`"]),
        ("NTM117", "define x = 2021-02-30", ["`2021-02-30`"]),
        ("NTM117", "define x = 2021-2-3", ["write `2021-02-03`"]),
    ],
)
def test_mistake(code: str, text: str, mentions: list[str]) -> None:
    """One mistake between two sound lines: one diagnostic, at its line."""
    before, after = "define before = x\n", '\ncriterion 99 "After": x'
    if code == "NTM101" and text.startswith("ruleset"):
        after = ""

    assert [(2, code)] == problems(before + text + after)
    for part in mentions:
        assert part in said(before + text + after)


@pytest.mark.parametrize(
    ("code", "text", "mentions"),
    [
        ("NTM005", "", []),
        ("NTM005", "# nothing\n", []),
        ("NTM101", "foo", ["`ruleset` or `vocabulary`"]),
        ("NTM101", 'criterion 1 "A": x', ["`ruleset` or `vocabulary`"]),
        ("NTM101", "ruleset", ["an id such as"]),
        ("NTM101", 'ruleset "A"', ["an id such as"]),
        ("NTM101", "bộ tiêu chí", ["sau `bộ tiêu chí` là một mã"]),
        ("NTM101", 'tiêu chí 1 "A": x', ["`bộ tiêu chí` hoặc `từ vựng`"]),
    ],
)
def test_file_without_a_head(code: str, text: str, mentions: list[str]) -> None:
    """There is no tree, and one diagnostic at the first line."""
    tree, found = read(text)

    assert None is tree
    assert [(1, code)] == [(d.span.line, d.code.id) for d in found if d.span]
    assert all(part in str(found[0]) for part in mentions)


@pytest.mark.parametrize(
    ("code", "text", "mentions"),
    [
        ("NTM101", "rulset a.b", ["write `ruleset`"]),
        ("NTM101", "  foo\nvocabulary a", ["`foo`"]),
        ("NTM101", "Từ vựng vn.x", ["`Từ vựng`", "viết `từ vựng`"]),
        ("NTM101", "tu vung vn.x", ["`tu vung`", "viết `từ vựng`"]),
        ("NTM114", "ruleset a", ["`for`, `basis`, `in force`"]),
        (
            "NTM114",
            'ruleset a basis "b" in force from 2021-01-01',
            ["has no `for`", "add `for commune`"],
        ),
        ("NTM115", "vocabulary a for b", ["`for`", "vocabulary `a`"]),
        ("NTM115", 'vocabulary a fact b: number criterion 1 "A": x', ["a ruleset"]),
        ("NTM115", "vocabulary a unit b sums up", ["`sums up`", "unit `b`"]),
        ("NTM115", 'vocabulary a enum e { a note "b" } status draft', ["`status`"]),
        ("NTM113", "vocabulary a fact f: number on b on c", ["`on`"]),
        ("NTM107", "vocabulary a fact level: number", ["`level`"]),
        ("NTM107", "vocabulary a enum e { all, b }", ["`all`"]),
        ("NTM101", "vocabulary a fact f number", ["write `:`"]),
        ("NTM101", "vocabulary a fact f: count b", ["write `of`"]),
        ("NTM101", "vocabulary a fact f: number sum up", ["write `sums`"]),
        ("NTM101", "vocabulary a unit b đồng", ['"đồng"']),
        ("NTM101", "vocabulary a enum e { a b }", ["write `,`"]),
        ("NTM101", "vocabulary a enum e a, b }", ["write `{`"]),
        ("NTM101", "vocabulary a level b within c", ["expected `,`"]),
        (
            "NTM108",
            "vocabulary a enum e { a, b",
            ["`{`", "the file ends here", "write `}` after that"],
        ),
        ("NTM102", "vocabulary a name [ fact f: number", ["`[`"]),
    ],
)
def test_mistake_in_a_whole_file(code: str, text: str, mentions: list[str]) -> None:
    """The head, its clauses, and the declarations of a vocabulary."""
    tree, found = read(text)

    assert tree is not None
    assert [code] == [problem.code.id for problem in found]
    for part in mentions:
        assert part in str(found[0])


@pytest.mark.parametrize(
    ("clauses", "code", "mentions"),
    [
        ("name Huyện nông thôn mới", "NTM101", ['"Huyện nông thôn mới"']),
        ("basis 03-NQ/HU dated 2021-01-05", "NTM101", ['"03-NQ/HU"']),
        ('basis "a" 2021-01-05', "NTM101", ["write `dated`"]),
        ("in force 2021-01-05", "NTM101", ["write `from`"]),
        ("in force from 5/1/2021", "NTM101", ["a date such as"]),
        ("for", "NTM101", ["end after `for`"]),
        ('name "a" "b"', "NTM101", ['`"b"`']),
        ("status approved", "NTM115", ["`draft` or `pending`"]),
        ("grants a revokes b", "NTM115", ["`revokes`", "beside `grants`"]),
        ("require x", "NTM115", ["`require`", "ruleset `a`"]),
    ],
)
def test_mistake_in_a_header(clauses: str, code: str, mentions: list[str]) -> None:
    """Only that one is reported: the clause is there, if not as it should be."""
    sound = 'for c\nbasis "d"\nin force from 2021-01-01'.split("\n")
    others = "\n".join(c for c in sound if c.split()[0] != clauses.split(maxsplit=1)[0])
    text = f'ruleset a\n{others}\n{clauses}\ncriterion 1 "A": x'

    _, found = read(text)

    assert [(text.count("\n"), code)] == [
        (d.span.line, d.code.id) for d in found if d.span
    ]
    for part in mentions:
        assert part in str(found[0])


@pytest.mark.parametrize(
    ("text", "wanted", "mentions"),
    [
        (
            'criterion 1 "A": (x and y\nindicator 1.1 "B": y',
            [(1, "NTM108"), (2, "NTM115")],
            ["`(`", "a criterion"],
        ),
        (
            'criterion 1 "A": x > 3\ncritrion 2 "B": y',
            [(2, "NTM101")],
            ["`critrion`", "write `criterion`"],
        ),
        (
            'criterion 1 "A": x > 3 million\ncritrion 2 "B": y',
            [(1, "NTM101"), (2, "NTM101")],
            ["end after `million`", "`critrion`", "write `criterion`"],
        ),
    ],
)
def test_mistake_over_two_lines(
    text: str, wanted: list[tuple[int, str]], mentions: list[str]
) -> None:
    """A line does not take what belongs to the next one."""
    assert wanted == problems(text)
    for part in mentions:
        assert part in said(text)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("x > 48,5 million VND", False),
        ("x > 48,5 ha", False),
        ("all of criteria except 3,4", True),
        ("all of criteria except 3,4 and x", True),
    ],
)
def test_a_number_before_its_unit_is_no_list(text: str, *, listed: bool) -> None:
    """Labels are offered only where there may be labels."""
    assert listed == ("these are several labels" in said(f'criterion 1 "A": {text}'))


def test_clauses_are_joined_in_the_language_of_the_sentence() -> None:
    """Also within the advice."""
    _, (found,) = read("ruleset a")
    assert found.help is not None

    assert "` và `" in found.help.message(Language.VI)
    assert "` and `" in found.help.message(Language.EN)


def _cases() -> list[dict[str, object]]:
    text = (ROOT / "tests/conformance/errors.yaml").read_text(encoding="utf-8")
    return [case for case in yaml.safe_load(text) if case["error"]["stage"] == 1]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: str(case["id"]))
def test_conformance_case(case: dict[str, object]) -> None:
    """Stage, line and words of the cases that are mistakes of syntax."""
    nested = case.get("nested")
    text = (
        f'criterion 1 "A": {"(" * nested}debt_free{")" * nested}'
        if isinstance(nested, int)
        else str(case["criteria"])
    )
    wanted = case["error"]
    assert isinstance(wanted, dict)

    _, found = read(HEADER + text)

    assert [1] == [problem.code.stage for problem in found]
    assert [wanted.get("line", 1)] == [line for line, _ in problems(text)]
    assert all(part in str(found[0]) for part in wanted.get("mentions", ()))
