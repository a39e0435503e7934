"""Which values compare, add, multiply and divide (language.md sections 3 and 4)."""

from __future__ import annotations

import pytest

from tests.unit.check.complaining import codes_of, said_of


FINE = [
    # Comparisons.
    "insured >= 95%",
    "95% <= insured",
    "insured >= sorting",
    "insured > poor * 2",
    "crimes >= 3",
    "3 <= crimes",
    "crimes >= 300 persons",
    "crimes >= population",
    "ocop = 3 products",
    "income >= 48 million VND/person",
    "income >= 0.048 billion VND/person",
    "income < 48000000 VND/person",
    "debt = 0 VND",
    "debt = 0 thousand VND",
    "factor >= 1.5",
    "factor != -1.5",
    "rating >= good",
    "good <= rating",
    "rating = rating at 2020",
    "region = north",
    "region != south",
    "year >= 2021",
    "granted district.standard >= 2021",
    "granted district.standard + 3 <= year",
    "count of communes = 3",
    "count of communes >= count of communes where rural",
    # Arithmetic.
    "insured + sorting >= 100%",
    "insured - 5% >= sorting",
    "insured * 2 >= 1%",
    "2 * insured >= 1%",
    "insured / 2 >= 1%",
    "insured / sorting >= 2",
    "factor / insured >= 1",
    "insured * sorting >= 1%",
    "insured * population >= 10",
    "population * insured >= 10",
    "population * 10% >= 10",
    "population / 10% >= 10",
    "population + crimes >= 10",
    "population - 10 >= 10",
    "10 - population >= -10",
    "crimes / population <= 1%",
    "debt / debt at 2020 <= 50%",
    "income * population <= 3 billion VND",
    "income / income at 2020 >= 150%",
    "debt + 5 thousand VND >= 1 billion VND",
    "income >= 1.5 * income at 2020",
    "income >= income at 2020 + 10% * income at 2020",
    "income / 2 >= 3 VND/person",
    "factor * factor + factor / 2 - 1 >= 0",
    "year - granted district.standard >= 3",
    "3 + year >= 2021",
    "- insured <= -5%",
    "-crimes <= 0",
    # Functions.
    "abs(insured - sorting) <= 5%",
    "abs(factor) >= 1",
    "rounded(insured, 1) >= 95%",
    "rounded(income, 0) >= 1 VND/person",
    "rounded(factor, 20) >= 1",
    "ratio(crimes, population) <= 1%",
    "ratio(debt, debt at 2020) <= 1%",
    "min(satisfaction_by_content) >= 85%",
    "max(satisfaction_by_content) >= 85%",
    "average(satisfaction_by_content) >= 85%",
    "count(satisfaction_by_content) >= 3",
    # Choices of values.
    "crimes <= (if rural then 1 else 2)",
    "insured >= (if rural then 90% else sorting)",
    "income >= (if rural then 1 VND/person else 2 million VND/person)",
    "rating >= (if rural then good else fair)",
    "if rural then crimes = 0 else has_market",
    "income at granted district.standard >= 1 VND/person",
    "income at (year - 1) >= 1 VND/person",
    # Over sub-units.
    "sum of population over communes >= 3",
    "sum of debt over communes where rural <= 1 billion VND",
    "average of insured over communes weighted by population >= 50%",
    "average of insured over communes weighted by 1 >= 50%",
    "min of insured over communes >= 50%",
    "max of income over communes <= 3 VND/person",
    "sum of factor over communes = 3",
    # Ranges.
    "insured between 50% and 60%",
    "crimes between 1 and 3",
    "3 between 1 and crimes",
    "3 between crimes and 5",
    "rating between fair and good",
    "year between 2020 and 2025",
    "income between 1 VND/person and 1 million VND/person",
]


@pytest.mark.parametrize("condition", FINE, ids=repr)
def test_fits(condition: str) -> None:
    """What section 3 allows passes without a word."""
    assert "" == said_of(condition)


WRONG = [
    # Shares against other things.
    ("insured >= 95", "NTM301"),
    ("insured >= 0.95", "NTM301"),
    ("95 <= insured", "NTM301"),
    ("income >= 95%", "NTM301"),
    ("crimes >= 5%", "NTM301"),
    ("factor >= 5%", "NTM301"),
    ("insured >= crimes", "NTM301"),
    ("insured / sorting >= 50%", "NTM301"),
    # Amounts and counts against each other.
    ("income >= 48", "NTM312"),
    ("48 <= income", "NTM312"),
    ("income >= 48 million VND", "NTM302"),
    ("income >= land_value", "NTM302"),
    ("debt = 5 ha", "NTM302"),
    ("crimes >= ocop", "NTM303"),
    ("crimes >= 3 products", "NTM301"),
    ("count of communes >= count of villages", "NTM303"),
    ("crimes >= 1.5", "NTM301"),
    ("crimes >= factor", "NTM301"),
    ("income >= factor", "NTM301"),
    # Enums, years, dates, lists, conditions.
    ("rating >= north", "NTM201"),
    ("region >= north", "NTM307"),
    ("region < south", "NTM307"),
    ("region between north and south", "NTM307"),
    ("region = rating", "NTM301"),
    ("year >= 2020.5", "NTM301"),
    ("year >= 5%", "NTM301"),
    ("year >= 2020-01-01", "NTM301"),
    ("satisfaction_by_content >= 85%", "NTM301"),
    ("satisfaction_by_content = satisfaction_by_content", "NTM309"),
    ("rural >= 5", "NTM305"),
    ("(rural and has_market) + 1 >= 5", "NTM305"),
    ("insured", "NTM304"),
    ("not crimes", "NTM304"),
    ("rural and insured", "NTM304"),
    ("if insured then rural else rural", "NTM304"),
    ("if rural then insured else has_market", "NTM304"),
    ("region", "NTM304"),
    ("north", "NTM201"),
    # Arithmetic.
    ("insured + 5 >= 1%", "NTM313"),
    ("insured + crimes >= 1%", "NTM313"),
    ("income + debt >= 1 VND", "NTM302"),
    ("income - 5 >= 1 VND/person", "NTM313"),
    ("crimes + ocop >= 1", "NTM303"),
    ("crimes + factor >= 1", "NTM313"),
    ("crimes * ocop >= 1", "NTM303"),
    ("crimes / ocop >= 1", "NTM303"),
    ("insured / population >= 1", "NTM313"),
    ("population / debt >= 1", "NTM313"),
    ("year + year >= 1", "NTM313"),
    ("year * 2 >= 1", "NTM313"),
    ("3 - year >= 1", "NTM313"),
    ("year - granted district.standard >= 2020", None),
    ("rating + 1 >= good", "NTM313"),
    ("region * 2 = north", "NTM313"),
    ("rural + 1 >= 2", "NTM305"),
    ("-region = north", "NTM309"),
    ("-year >= 5", "NTM309"),
    ("- rural >= 5", "NTM305"),
    # Functions.
    ("min(insured) >= 5%", "NTM309"),
    ("sum(satisfaction_by_content) >= 5%", "NTM309"),
    ("count(crimes) >= 5", "NTM309"),
    ("abs(region) >= 5", "NTM309"),
    ("abs(rural) >= 5", "NTM305"),
    ("rounded(insured, 1.5) >= 5%", "NTM614"),
    ("rounded(insured, 21) >= 5%", "NTM614"),
    ("rounded(insured, crimes) >= 5%", "NTM614"),
    ("rounded(insured) >= 5%", "NTM316"),
    ("abs(insured, sorting) >= 5%", "NTM316"),
    ("ratio(crimes) >= 5%", "NTM316"),
    ("ratio(crimes, ocop) >= 5%", "NTM303"),
    ("ratio(insured, sorting) >= 5%", "NTM313"),
    ("ratio(debt, population) >= 5%", "NTM313"),
    ("ratio(rural, population) >= 5%", "NTM305"),
    # Choices of values.
    ("crimes <= (if rural then 1 else 5%)", "NTM301"),
    ("crimes <= (if rural then debt else population)", "NTM301"),
    ("crimes <= (if rural then has_market else population)", "NTM305"),
    ("income at crimes >= 1 VND/person", "NTM309"),
    ("income at (rural) >= 1 VND/person", "NTM305"),
    ("income at 2020.5 >= 1 VND/person", "NTM309"),
    # Over sub-units.
    ("sum of insured over communes >= 5%", "NTM309"),
    ("sum of rural over communes >= 5", "NTM305"),
    ("sum of region over communes >= 5", "NTM309"),
    ("average of insured over communes weighted by sorting >= 5%", "NTM309"),
    ("min of insured over communes weighted by population >= 5%", "NTM115"),
    ("min of rating over communes >= good", "NTM309"),
    ("all years from crimes to year have rural", "NTM309"),
    ("all years from rural to year have rural", "NTM305"),
    ("all years from 2020 to 2021.5 have rural", "NTM309"),
    ("all years from 2020 to year have crimes", "NTM304"),
    ("all communes have insured", "NTM304"),
    # Ranges.
    ("insured between 1 and 5%", "NTM301"),
    ("insured between 1% and 5", "NTM301"),
    ("rural between 1 and 5", "NTM305"),
    ("crimes between 1 and 5%", "NTM301"),
    # What no share can reach, and what no count can be.
    ("insured >= 850%", "NTM605"),
    ("insured > 100%", "NTM605"),
    ("insured = 101%", "NTM605"),
    ("101% <= insured", "NTM605"),
    ("insured between 101% and 105%", "NTM605"),
    ("insured >= by region { | north | otherwise |\n | 5% | 101% | }", "NTM605"),
    ("fulfilment >= 850%", None),
    ("crimes >= 0", "NTM606"),
    ("crimes < 0", "NTM606"),
    ("0 <= crimes", "NTM606"),
    ("insured <= 100%", "NTM606"),
    ("insured >= 0%", "NTM606"),
    ("5% >= 4%", "NTM606"),
    ("crimes >= -1", "NTM606"),
    ("crimes > 0", None),
    ("insured < 100%", None),
    ("fulfilment <= 100%", None),
]


@pytest.mark.parametrize(("condition", "code"), WRONG, ids=repr)
def test_does_not_fit(condition: str, code: str | None) -> None:
    """What section 3 refuses is refused, once and by its own code."""
    assert ([] if code is None else [code]) == codes_of(condition)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("income >= 95%", ["`income`", "million VND/person", "`95%`", "a share"]),
        ("insured >= 95", ["write `95%`"]),
        ("income >= 48", ["write `48 million VND/person`"]),
        ("income >= 48 million VND", ["million VND/person", "million VND"]),
        ("crimes >= ocop", ["persons", "products"]),
        ("rating >= goood", ["`goood`", "write `good`"]),
        ("insured >= 850%", ["850%", "100%"]),
        ("crimes >= 0", ["always met"]),
        ("crimes < 0", ["never met"]),
    ],
)
def test_both_sides_of_a_clash_are_said(condition: str, words: list[str]) -> None:
    """Both parties in the author's words, and the repair where there is one."""
    said = said_of(condition)

    assert [] == [word for word in words if word not in said]


def test_two_mistakes_are_told_twice() -> None:
    """Each side of an equation of conditions, each branch that is no condition."""
    assert ["NTM305"] * 2 == codes_of("(insured >= 5%) = (sorting >= 5%)")
    assert ["NTM304"] * 2 == codes_of("if rural then insured else sorting")


def test_a_definition_has_the_type_of_what_it_names() -> None:
    """A share under a name is a share."""
    assert [] == codes_of("wanted <= insured\ndefine wanted = 5%")
    assert ["NTM301"] == codes_of("wanted <= insured\ndefine wanted = income")
    assert [] == codes_of("not poorer\ndefine poorer = poor > 5%")
    assert ["NTM305"] == codes_of("poorer >= 5\ndefine poorer = poor > 5%")
    assert ["NTM304"] == codes_of("wanted\ndefine wanted = 5%")
