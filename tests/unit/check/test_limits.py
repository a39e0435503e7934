"""How deep and how long definitions and references may go."""

from __future__ import annotations

import pytest

from ntmrules.checker._extent import LONGEST_RUN
from ntmrules.evaluate._collections import MAX_YEARS
from ntmrules.syntax import MAX_DEPTH
from tests.unit.check.complaining import codes, ruleset_text, vocabulary_codes


def definitions(number: int, value: str, first: str = "rural") -> str:
    """Write a chain of definitions, each from the one before."""
    chain = [
        f"define d{n} = {value.replace('BEFORE', f'd{n - 1}')}\n"
        for n in range(1, number)
    ]
    last = f'criterion 1 "A": d{number - 1}\n'
    return ruleset_text(f"define d0 = {first}\n{''.join(chain)}{last}")


@pytest.mark.parametrize("value", ["BEFORE", "not BEFORE", "(BEFORE and rural)"])
@pytest.mark.parametrize(("number", "wanted"), [(30, []), (1_000, ["NTM109"])])
def test_a_chain_of_definitions(value: str, number: int, wanted: list[str]) -> None:
    """It goes as deep as if it were written out, and is told once."""
    assert wanted == codes(definitions(number, value))


def test_a_chain_of_values() -> None:
    """Of values too."""
    text = definitions(1_000, "BEFORE + 1%", "insured")

    assert ["NTM109"] == codes(text.removesuffix("\n") + " >= 5%")


def test_definitions_that_double() -> None:
    """Thirty lines would be written out as a billion names."""
    assert ["NTM116"] == codes(definitions(30, "BEFORE and BEFORE"))
    assert [] == codes(definitions(12, "BEFORE and BEFORE"))


@pytest.mark.parametrize(
    "names",
    [["a"], ["a", "b"], ["a", "b", "c"]],
)
def test_definitions_in_a_circle(names: list[str]) -> None:
    """Whoever enters the circle, it is told, and nothing hangs."""
    following = [*names[1:], names[0]]
    circle = "\n".join(
        f"define {name} = {next_one}"
        for name, next_one in zip(names, following, strict=True)
    )
    text = f'define x = a\n{circle}\ncriterion 1 "A": x\n'

    assert {"NTM206"} == set(codes(ruleset_text(text)))


def test_thresholds_that_double() -> None:
    """A threshold is worked out wherever it is named."""
    text = 'criterion 1 "A": crimes <= 5\n' + "".join(
        f'criterion {n} "A": crimes <= threshold of indicator {n - 1}'
        f" + threshold of indicator {n - 1}\n"
        for n in range(2, 40)
    )

    assert ["NTM116"] == codes(ruleset_text(text))


def test_thresholds_that_double_from_file_to_file() -> None:
    """No single file is long."""
    files = {"r0": ruleset_text('criterion 1 "A": crimes <= 5', name="test.r0")}
    for n in range(1, 22):
        there = f"threshold of indicator 1 of test.r{n - 1}"
        text = f'criterion 1 "A": crimes <= {there} + {there}'
        files[f"r{n}"] = ruleset_text(text, name=f"test.r{n}")

    assert [] == codes(files["r9"], files)
    assert {"NTM208"} == set(codes(files["r21"], files))


@pytest.mark.parametrize("kind", ["criterion", "indicator"])
def test_a_chain_of_criteria(kind: str) -> None:
    """Each asks for the next, to a depth that evaluation can go."""

    def chain(number: int) -> str:
        links = "".join(
            f'criterion {n} "A": {kind} {n + 1}\n' for n in range(1, number)
        )
        return ruleset_text(f'{links}criterion {number} "A": rural\n')

    assert [] == codes(chain(20))
    assert {"NTM109"} == set(codes(chain(2_000)))


def test_more_references_than_words() -> None:
    """Each of thousands of criteria asks for all the others."""
    text = "".join(
        f'criterion {n} "A": at least 1 of criteria except {n}\n' for n in range(900)
    )

    assert "NTM116" in codes(ruleset_text(text))


def years(times: int, first: str = "1900", last: str = "2024") -> list[str]:
    """Give the codes of years in years in years."""
    opening = f"all years from {first} to {last} have ("
    text = f'criterion 1 "A": {opening * times}rural{")" * times}'
    return codes(ruleset_text(text))


def test_years_inside_years() -> None:
    """A century in each year of a century, in each year of a century."""
    assert [] == years(1)
    assert [] == years(2)
    assert ["NTM116"] == years(3)
    assert [] == years(6, "year - 2", "year")
    assert ["NTM116"] == years(3, "year - 2", "2024")
    assert ["NTM116"] == years(20, "year - 1", "year")
    assert [] == years(20, "year", "year")
    assert LONGEST_RUN == MAX_YEARS


def test_a_chain_of_titles_and_of_levels() -> None:
    """As long as nesting may be deep."""
    levels = "level l0, p0\n" + "".join(
        f"level l{n}, p{n} within l{n - 1}\n" for n in range(1, MAX_DEPTH + 1)
    )
    titles = "title l0.t0\n" + "".join(
        f"title l0.t{n} above l0.t{n - 1}\n" for n in range(1, MAX_DEPTH + 1)
    )
    longer = f"title l0.more above l0.t{MAX_DEPTH}\n"
    deeper = f"level more, mores within l{MAX_DEPTH}\n"

    assert [] == vocabulary_codes(levels + titles)
    assert ["NTM109"] == vocabulary_codes(levels + titles + longer)
    assert ["NTM109"] == vocabulary_codes(levels + deeper)


def test_long_chains_take_no_time() -> None:
    """Twenty thousand titles above one another."""
    titles = "".join(
        f"title commune.t{n} above commune.t{n - 1}\n" for n in range(1, 20_000)
    )
    text = f"level commune, communes\ntitle commune.t0\n{titles}"

    assert {"NTM109"} == set(vocabulary_codes(text))


def test_ranges_inside_ranges_take_no_time() -> None:
    """The value of a range is read once, however deep ranges lie in each other."""
    inside = "crimes"
    for _ in range(14):
        inside = f"(if {inside} between 1 and 2 then 3 else 4)"

    assert [] == codes(ruleset_text(f'criterion 1 "A": {inside} between 1 and 2'))


@pytest.mark.parametrize("label", ["²", "K²", "1.2." + "9" * 5_000, "9" * 61])
def test_odd_labels(label: str) -> None:
    """What looks like a number need not be one."""
    text = f'criterion {label} "A": rural\ncriterion x{label} "B": has_market\n'
    found = codes(ruleset_text(f'criterion 0 "A": debt_free\n{text}'))

    assert {"NTM110", "NTM102", "NTM101"} >= set(found)
