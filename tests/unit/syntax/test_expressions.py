"""The tree of each form of expression (language.md sections 3 to 7)."""

from __future__ import annotations

import pytest

from ntmrules.syntax import nodes
from tests.unit.syntax.texts import (
    NOWHERE,
    compare,
    condition,
    date,
    name,
    number,
    percent,
    quantifier,
    units,
    word,
)


a, b, c = name("a"), name("b"), name("c")
x, y, z = name("x"), name("y"), name("z")


def quantity(text: str, scale: str | None, *unit: str) -> nodes.Quantity:
    """Build ``48 million VND/person``."""
    return nodes.Quantity(number(text), scale, tuple(map(word, unit)), span=NOWHERE)


def calculate(
    left: nodes.Expression, operator: str, right: nodes.Expression
) -> nodes.Arithmetic:
    """Build ``left + right``."""
    return nodes.Arithmetic(operator, left, right, span=NOWHERE)


def at(value: nodes.Expression, year: nodes.Expression) -> nodes.At:
    """Build ``value at year``."""
    return nodes.At(value, year, span=NOWHERE)


def call(function: str, *arguments: nodes.Expression) -> nodes.Call:
    """Build ``min(a, b)``."""
    return nodes.Call(function, arguments, span=NOWHERE)


def both(*operands: nodes.Expression) -> nodes.And:
    """Build ``a and b``."""
    return nodes.And(operands, span=NOWHERE)


def either(*operands: nodes.Expression) -> nodes.Or:
    """Build ``a or b``."""
    return nodes.Or(operands, span=NOWHERE)


def negated(operand: nodes.Expression) -> nodes.Not:
    """Build ``not a``."""
    return nodes.Not(operand, span=NOWHERE)


def minus(operand: nodes.Expression) -> nodes.Negative:
    """Build ``-a``."""
    return nodes.Negative(operand, span=NOWHERE)


this_year = nodes.CurrentYear(span=NOWHERE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", number("5")),
        ("1_200", number("1_200")),
        ("1.5", number("1.5")),
        ("95%", percent("95")),
        ("0.15%", percent("0.15")),
        ("95 %", percent("95")),
        ("203 million VND/ha", quantity("203", "million", "VND", "ha")),
        ("3 VND", quantity("3", None, "VND")),
        ("1 thousand km", quantity("1", "thousand", "km")),
        (
            "2 billion VND / person / month",
            quantity("2", "billion", "VND", "person", "month"),
        ),
        ("2021-01-05", date("2021-01-05")),
        ("year", this_year),
        ("y", y),
        ("tỷ_lệ", name("tỷ_lệ")),
        ("-3", minus(number("3"))),
        ("- - y", minus(minus(y))),
        ("y + z", calculate(y, "+", z)),
        ("x - y - z", calculate(calculate(x, "-", y), "-", z)),
        ("x + y * z", calculate(x, "+", calculate(y, "*", z))),
        ("(x + y) * z", calculate(calculate(x, "+", y), "*", z)),
        ("x / y at 2020", calculate(x, "/", at(y, number("2020")))),
        ("-y at 2020", minus(at(y, number("2020")))),
        ("x * -y", calculate(x, "*", minus(y))),
        ("x at (year - 1)", at(x, calculate(this_year, "-", number("1")))),
        (
            "1.5 * x at granted commune.standard",
            calculate(
                number("1.5"),
                "*",
                at(x, nodes.Granted(word("commune.standard"), span=NOWHERE)),
            ),
        ),
        ("min(x)", call("min", x)),
        ("max(x)", call("max", x)),
        ("sum(x)", call("sum", x)),
        ("average(x)", call("average", x)),
        ("count(x)", call("count", x)),
        ("abs(x - y)", call("abs", calculate(x, "-", y))),
        ("rounded(x, 2)", call("rounded", x, number("2"))),
        ("ratio(x, y)", call("ratio", x, y)),
        ("count of communes", nodes.CountOf(units("communes"), span=NOWHERE)),
        (
            "count of communes where rural",
            nodes.CountOf(units("communes", name("rural")), span=NOWHERE),
        ),
        (
            "sum of x over communes",
            nodes.Aggregate("sum", x, units("communes"), None, span=NOWHERE),
        ),
        (
            "average of x + y over communes weighted by z at 2020",
            nodes.Aggregate(
                "average",
                calculate(x, "+", y),
                units("communes"),
                at(z, number("2020")),
                span=NOWHERE,
            ),
        ),
        (
            "min of x over communes where (a or b)",
            nodes.Aggregate(
                "min", x, units("communes", either(a, b)), None, span=NOWHERE
            ),
        ),
        (
            "1.1 * threshold of indicator 10.1 of vn.commune.advanced",
            calculate(
                number("1.1"),
                "*",
                nodes.ThresholdOf(
                    word("10.1"), word("vn.commune.advanced"), span=NOWHERE
                ),
            ),
        ),
        (
            "threshold of indicator K1",
            nodes.ThresholdOf(word("K1"), None, span=NOWHERE),
        ),
        ("(if a then 5 else y)", nodes.If(a, number("5"), y, span=NOWHERE)),
    ],
)
def test_values(text: str, value: nodes.Expression) -> None:
    """Numbers, units, dates, arithmetic, functions, aggregates."""
    assert compare(">=", x, value) == condition(f"x >= {text}")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", a),
        ("not a", negated(a)),
        ("not not a", negated(negated(a))),
        ("a and b and c", both(a, b, c)),
        ("a or b or c", either(a, b, c)),
        ("(a and b) or c", either(both(a, b), c)),
        ("a and (b or c)", both(a, either(b, c))),
        ("(a and b) and c", both(both(a, b), c)),
        ("not a and b", both(negated(a), b)),
        ("not x = y", negated(compare("=", x, y))),
        ("((a))", a),
        ("(x < y) = a", compare("=", compare("<", x, y), a)),
        ("x ≥ y", compare(">=", x, y)),
        ("x ≤ y", compare("<=", x, y)),
        ("x ≠ y", compare("!=", x, y)),
        ("x > y", compare(">", x, y)),
        ("x < y", compare("<", x, y)),
        ("x <= y", compare("<=", x, y)),
        ("x != y", compare("!=", x, y)),
        ("x = y", compare("=", x, y)),
        (
            "x between 30% and 50%",
            nodes.Between(x, percent("30"), percent("50"), span=NOWHERE),
        ),
        (
            "x between 1 and 2 and a",
            both(nodes.Between(x, number("1"), number("2"), span=NOWHERE), a),
        ),
        (
            "if a then x >= 1 else if b then c else a",
            nodes.If(
                a,
                compare(">=", x, number("1")),
                nodes.If(b, c, a, span=NOWHERE),
                span=NOWHERE,
            ),
        ),
        (
            "holds district.standard",
            nodes.Holds(word("district.standard"), span=NOWHERE),
        ),
        (
            "criterion 14",
            nodes.Reference("criterion", word("14"), None, span=NOWHERE),
        ),
        (
            "indicator 14.10 of vn.commune.standard",
            nodes.Reference(
                "indicator", word("14.10"), word("vn.commune.standard"), span=NOWHERE
            ),
        ),
        (
            "indicator 1.2.3",
            nodes.Reference("indicator", word("1.2.3"), None, span=NOWHERE),
        ),
    ],
)
def test_conditions(text: str, tree: nodes.Expression) -> None:
    """Connectives, comparisons, choices by condition, references."""
    assert tree == condition(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all", quantifier("all")),
        ("no", quantifier("no")),
        ("at least 3", quantifier("at least", number("3"))),
        ("at most 3", quantifier("at most", number("3"))),
        ("exactly 2", quantifier("exactly", number("2"))),
        ("at least 30% of", quantifier("at least", percent("30"))),
        ("at most 10.5% of", quantifier("at most", percent("10.5"))),
    ],
)
def test_quantifiers_of_units(text: str, expected: nodes.Quantifier) -> None:
    """Each quantifier before sub-units."""
    hold = nodes.Hold(word("commune.standard"), span=NOWHERE)

    tree = condition(f"{text} communes hold commune.standard")

    assert (
        nodes.Quantified(expected, units("communes"), hold, None, span=NOWHERE) == tree
    )


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("hold t", nodes.Hold(word("t"), span=NOWHERE)),
        ("meet vn.x-y.z", nodes.Meet(word("vn.x-y.z"), span=NOWHERE)),
        ("have a", nodes.Have(a, span=NOWHERE)),
        ("have x >= y", nodes.Have(compare(">=", x, y), span=NOWHERE)),
        ("have (a and b)", nodes.Have(both(a, b), span=NOWHERE)),
    ],
)
@pytest.mark.parametrize("if_none", [None, "met", "not met", "not applicable"])
@pytest.mark.parametrize(
    ("collection", "where"),
    [
        ("communes", None),
        ("communes where rural", name("rural")),
        ("communes where not rural", negated(name("rural"))),
        ("communes where (x = y)", compare("=", x, y)),
    ],
)
def test_quantified(
    text: str,
    predicate: nodes.Hold | nodes.Meet | nodes.Have,
    if_none: str | None,
    collection: str,
    where: nodes.Expression | None,
) -> None:
    """Each predicate, over each kind of collection, with each word on emptiness."""
    ending = f" if none {if_none}" if if_none else ""

    tree = condition(f"all {collection} {text}{ending}")

    expected = nodes.Quantified(
        quantifier("all"), units("communes", where), predicate, if_none, span=NOWHERE
    )
    assert expected == tree


def test_years() -> None:
    """A quantifier over years."""
    tree = condition("all years from year - 3 to year - 1 have x = 0")

    first = calculate(this_year, "-", number("3"))
    last = calculate(this_year, "-", number("1"))
    have = nodes.Have(compare("=", x, number("0")), span=NOWHERE)
    years = nodes.Years(first, last, span=NOWHERE)
    assert nodes.Quantified(quantifier("all"), years, have, None, span=NOWHERE) == tree


def test_inner_quantifier_takes_if_none() -> None:
    """What could end either of two nested forms belongs to the inner one."""
    tree = condition("all communes have all villages hold t if none met")

    assert isinstance(tree, nodes.Quantified)
    assert tree.if_none is None
    assert isinstance(tree.predicate, nodes.Have)
    inner = tree.predicate.condition
    assert isinstance(inner, nodes.Quantified)
    assert "met" == inner.if_none


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all of", quantifier("all")),
        ("any of", quantifier("any")),
        ("at least 2 of", quantifier("at least", number("2"))),
        ("at most 1 of", quantifier("at most", number("1"))),
        ("exactly 1 of", quantifier("exactly", number("1"))),
        ("at least 50% of", quantifier("at least", percent("50"))),
    ],
)
def test_choices(text: str, expected: nodes.Quantifier) -> None:
    """Each quantifier before conditions, and before criteria."""
    choice = condition(f"{text} (a, x >= y, all of (b, c))")
    criteria = condition(f"{text} criteria")

    inner = nodes.Choice(quantifier("all"), (b, c), span=NOWHERE)
    operands = (a, compare(">=", x, y), inner)
    assert nodes.Choice(expected, operands, span=NOWHERE) == choice
    assert nodes.CriteriaChoice(expected, None, (), span=NOWHERE) == criteria


def test_criteria_of_another_ruleset_except_some() -> None:
    """Labels after `except` may be numbers and names."""
    tree = condition("at least 15 of criteria of vn.commune.standard except 3, K1, 1.2")

    expected = nodes.CriteriaChoice(
        quantifier("at least", number("15")),
        word("vn.commune.standard"),
        (word("3"), word("K1"), word("1.2")),
        span=NOWHERE,
    )
    assert expected == tree


def row(*cells: nodes.Cell) -> nodes.Row:
    """Build ``| 80% | - |``."""
    return nodes.Row(cells, span=NOWHERE)


def test_table_of_one_axis() -> None:
    """Each kind of cell; a bar after a bar begins a row."""
    tree = condition(
        """x >= by region {
          | north | south | 2021 | 2021-01-05 | otherwise |
          | 80%   | -     | -3   | 1.5        | 2 million VND/person |
        }"""
    )

    lookup = nodes.Lookup(
        (word("region"),),
        (
            row(
                name("north"),
                name("south"),
                number("2021"),
                date("2021-01-05"),
                nodes.Otherwise(span=NOWHERE),
            ),
            row(
                percent("80"),
                nodes.Dash(span=NOWHERE),
                minus(number("3")),
                number("1.5"),
                quantity("2", "million", "VND", "person"),
            ),
        ),
        span=NOWHERE,
    )
    assert compare(">=", x, lookup) == tree


def test_figures_that_were_not_verified() -> None:
    """A question mark after any cell."""
    tree = condition("x >= by a { | b | c | | 98%? | 2 VND? | }")

    assert isinstance(tree, nodes.Comparison)
    assert isinstance(tree.right, nodes.Lookup)
    cells = percent("98"), quantity("2", None, "VND")
    assert (
        row(*(nodes.Doubtful(cell, span=NOWHERE) for cell in cells))
        == (tree.right.rows[1])
    )


def test_table_on_one_line_is_the_same() -> None:
    """Line breaks mean nothing."""
    lines = condition("x >= by a, year {\n | a | 2021 |\n | b | - |\n}")
    line = condition("x >= by a, year { | a | 2021 | | b | - | }")

    assert lines == line


def test_year_as_axis_and_corner() -> None:
    """The word `year` in a table is a name like that of any axis."""
    tree = condition("x >= by year, a { | year | b | | 2021 | 3 | }")

    assert isinstance(tree, nodes.Comparison)
    assert isinstance(tree.right, nodes.Lookup)
    assert (word("year"), word("a")) == tree.right.axes
    assert row(name("year"), name("b")) == tree.right.rows[0]


def test_slash_after_a_unit_goes_on_with_it() -> None:
    """A quantity in parentheses can be divided."""
    with_unit = condition("x >= 10 VND/y")
    divided = condition("x >= (10 VND)/y")

    assert compare(">=", x, quantity("10", None, "VND", "y")) == with_unit
    assert compare(">=", x, calculate(quantity("10", None, "VND"), "/", y)) == divided


def test_layout_and_comments_do_not_count() -> None:
    """Two texts that differ in layout alone have equal trees."""
    assert condition("x>=5%and(a or b)") == condition(
        "x >= # five\n 5 % and ( a or b )"
    )
