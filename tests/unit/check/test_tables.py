"""Tables of thresholds: shape, axes, cells, coverage (language.md section 5)."""

from __future__ import annotations

import pytest

from tests.unit.check.complaining import codes, diagnostics, ruleset_text


def table(axes: str, *rows: str) -> str:
    """Write a table, a row a line."""
    lines = "\n".join(f"  | {' | '.join(row.split())} |" for row in rows)
    return f"by {axes} {{\n{lines}\n}}"


def codes_of(axes: str, *rows: str, left: str = "insured") -> list[str]:
    """Give the codes of a comparison with a table."""
    text = f'criterion 1 "A": {left} >= {table(axes, *rows)}'
    return codes(ruleset_text(text))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("north centre south", "1% 2% 3%"), []),
        (("north otherwise", "1% -"), []),
        (("otherwise", "1%"), []),
        (("otherwise north", "1% 2%"), []),
        (("north centre south otherwise", "1% 2% 3% 4%"), []),
        (("north south", "1% 2%"), ["NTM601"]),
        (("north", "1%"), ["NTM601"]),
        (("north north otherwise", "1% 2% 3%"), ["NTM602"]),
        (("otherwise otherwise", "1% 2%"), ["NTM602"]),
        (("north west otherwise", "1% 2% 3%"), ["NTM201"]),
        (("north 2021 otherwise", "1% 2% 3%"), ["NTM613"]),
        (("north - otherwise", "1% 2% 3%"), ["NTM613"]),
        (("north centre south", "1% 2%"), ["NTM603"]),
        (("north centre south", "1% 2% 3% 4%"), ["NTM603"]),
        (("north centre south",), ["NTM609"]),
        (("north centre south", "1% 2% 3%", "1% 2% 3%"), ["NTM609"]),
        (("north otherwise", "1% otherwise"), ["NTM613"]),
        (("north otherwise", "1% insured"), ["NTM613"]),
        (("north otherwise", "1% 5"), ["NTM301"]),
        (("north otherwise", "1% 200%"), ["NTM605"]),
    ],
)
def test_one_axis(rows: tuple[str, ...], wanted: list[str]) -> None:
    """A header row of every case once, and one row of values."""
    assert wanted == codes_of("region", *rows)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("region weak otherwise", "north 1% 2%", "otherwise 3% -"), []),
        (("region weak otherwise", "north 1% 2%"), ["NTM601"]),
        (("region weak", "north 1%", "otherwise 3%"), ["NTM601"]),
        (("rating weak otherwise", "north 1% 2%", "otherwise 3% -"), ["NTM612"]),
        (("region weak otherwise", "north 1%", "otherwise 3% -"), ["NTM603"]),
        (("region weak otherwise", "north 1% 2%", "north 3% 4%"), ["NTM602"]),
        (("region weak otherwise",), ["NTM609"]),
        (("region north otherwise", "weak 1% 2%", "otherwise 3% -"), ["NTM201"] * 2),
    ],
)
def test_two_axes(rows: tuple[str, ...], wanted: list[str]) -> None:
    """The first runs down, the second across; the corner repeats the first."""
    assert sorted(wanted) == sorted(codes_of("region, rating", *rows))


@pytest.mark.parametrize(
    ("axes", "rows", "wanted"),
    [
        ("rural", ("otherwise", "1%"), ["NTM317"]),
        ("crimes", ("otherwise", "1%"), ["NTM317"]),
        ("regon", ("otherwise", "1%"), ["NTM201"]),
        ("year", ("2021 2022", "1% 2%"), ["NTM608"]),
        ("year", ("2021 otherwise", "1% 2%"), []),
        ("year", ("21 otherwise", "1% 2%"), ["NTM613"]),
        ("year", ("north otherwise", "1% 2%"), ["NTM613"]),
        ("year", ("2021 2021 otherwise", "1% 2% 3%"), ["NTM602"]),
        ("year, region", ("year otherwise", "2021 1%", "otherwise 2%"), []),
    ],
)
def test_axes(axes: str, rows: tuple[str, ...], wanted: list[str]) -> None:
    """Enums, named or not, and the year."""
    assert wanted == codes_of(axes, *rows)


def test_years_in_which_the_ruleset_is_in_force() -> None:
    """Each needs a column; the others do not."""
    text = f'criterion 1 "A": insured >= {table("year", "2021 2022", "1% 2%")}'

    def found(force: str) -> list[str]:
        return codes(ruleset_text(text, force=force))

    assert [] == found("in force from 2021-06-30 to 2022-12-31")
    assert [] == found("in force from 2021-01-01")
    assert ["NTM608"] == found("in force from 2020-12-31 to 2022-12-31")
    assert ["NTM608"] == found("in force from 2021-01-01 to 2023-01-01")


def test_cells_take_the_type_that_is_asked_for() -> None:
    """Bare numbers are counts beside a count; units must fit."""
    assert [] == codes_of("region", "north otherwise", "1 2", left="crimes")
    assert ["NTM301"] == codes_of("region", "north otherwise", "1 2%", left="crimes")
    assert [] == codes_of("region", "north otherwise", "good -", left="rating")
    assert ["NTM201"] == codes_of("region", "north otherwise", "goo -", left="rating")


def test_cells_with_units() -> None:
    """Scales may differ from cell to cell, units may not."""
    text = """criterion 1 "A": income >= by region {{
      | north            | otherwise              |
      | 900 VND/person   | 48 million {}/person   |
    }}"""

    assert [] == codes(ruleset_text(text.format("VND")))
    assert ["NTM302"] == codes(ruleset_text(text.format("ha")))


def test_a_table_on_its_own_takes_the_type_of_its_first_figure() -> None:
    """Under a name, too."""
    text = f"""
define wanted = {table("region", "north otherwise", "5% 6%")}
define mixed = {table("region", "north otherwise", "5% 6")}
criterion 1 "A": insured >= wanted
"""
    (found,) = diagnostics(ruleset_text(text))

    assert "NTM301" == found.code.id


def test_what_is_missing_is_named() -> None:
    """With both repairs."""
    text = f'criterion 1 "A": insured >= {table("region", "north", "5%")}'
    (found,) = diagnostics(ruleset_text(text))

    assert "`centre`, `south`" in found.message
    assert "otherwise" in str(found)


def test_table_of_dashes_against_a_table() -> None:
    """Nothing says what it would hold; the indicator must not simply be gone."""
    dashes, figures = table("year", "2024", "-"), table("region", "otherwise", "5%")
    text = f'criterion 1 "A": ({dashes}) <= {figures}'

    assert ["NTM615"] == codes(ruleset_text(text))


def test_what_is_left_out_without_a_word_is_a_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A requirement nobody complained of must be in the ruleset, or it is refused."""
    monkeypatch.setattr(
        "ntmrules.checker._conditions.comparison", lambda _scope, _node: None
    )

    assert ["NTM901"] == codes(ruleset_text('criterion 1 "A": insured >= 5%'))
