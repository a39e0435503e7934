"""No text of a ruleset makes ntmrules crash or hang."""

from __future__ import annotations

import unicodedata
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules import Catalogue, RulesetError
from tests.robustness.hostile import (
    AS_OF,
    ROOT,
    VOCABULARY,
    codes,
    decide,
    refusal_of_file,
    ruleset_text,
    with_little_stack,
)


# What a caller deep in a program of its own leaves of the stack.
FRAMES = 500
EVERYTHING = {
    "rural": True,
    "crimes": 1,
    "population": 3,
    "insured": "95/100",
    "region": "north",
}


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("parentheses", "(" * 2_000 + "rural" + ")" * 2_000),
        ("open-only", "(" * 2_000),
        ("close-only", ")" * 2_000),
        ("not", "not " * 2_000 + "rural"),
        ("minus", "crimes >= " + "- " * 2_000 + "1"),
        ("sum", "crimes >= " + " + ".join(["1"] * 10_000)),
        ("at", "crimes" + " at 2020" * 2_000 + " = 1"),
        ("if", "if rural then " * 2_000 + "rural"),
        ("all-of", "all of (" * 2_000),
        ("braces", "{" * 2_000),
        ("tables", "insured >= " + "by region { |" * 500),
    ],
)
def test_deep_nesting(name: str, condition: str) -> None:
    """It is told where it becomes too deep, or what is not closed."""
    found = codes(f'criterion 1 "A": {condition}')

    assert found
    assert {"NTM901"}.isdisjoint(found)


def nested(opening: str, times: int, inside: str, closing: str) -> str:
    """Nest text."""
    return opening * times + inside + closing * times


# As deep as the language lets one go.
DEEPEST = {
    "parentheses": nested("(", 64, "rural", ")"),
    "not": nested("not ", 63, "rural", ""),
    "sum": "crimes <= " + " + ".join(["population"] * 60),
    "if": nested("(if rural then ", 30, "rural", " else debt_free)"),
    "if-values": "crimes <= " + nested("(if rural then ", 30, "1", " else 2)"),
    "all-of": nested("all of (", 31, "rural", ")"),
    "at": "crimes" + " at 2024" * 60 + " <= 3",
    "minus": nested("- ", 30, "crimes", "") + " <= 3",
    "years": nested("all years from 2024 to 2024 have (", 15, "rural", ")"),
    "units": nested("all communes have (all villages have (", 1, "rural", "))"),
}


@pytest.mark.parametrize("name", DEEPEST)
def test_the_deepest_text_needs_little_stack(name: str) -> None:
    """It is checked, assessed and explained on what a deep caller leaves."""
    criteria = f'criterion 1 "A": {DEEPEST[name]}'
    unit = {"facts": EVERYTHING}
    verdict = with_little_stack(FRAMES, lambda: decide(criteria, unit))

    assert verdict in {"met", "not met", "unknown"}


CHAINS = {
    "criteria": "".join(f'criterion {n} "A": criterion {n + 1}\n' for n in range(1, 24))
    + 'criterion 24 "A": rural\n',
    "choices": "".join(
        f'criterion {n} "A": all of (criterion {n + 1})\n' for n in range(1, 20)
    )
    + 'criterion 20 "A": rural\n',
    "definitions": "define d0 = rural\n"
    + "".join(f"define d{n} = not d{n - 1}\n" for n in range(1, 30))
    + 'criterion 1 "A": d29\n',
    "years": "".join(
        f'criterion {n} "A": all years from 2024 to 2024 have criterion {n + 1}\n'
        for n in range(1, 18)
    )
    + 'criterion 18 "A": rural\n',
    "thresholds": 'criterion 1 "A": crimes <= 5\n'
    + "".join(
        f'criterion {n} "A": crimes <= threshold of indicator {n - 1}\n'
        for n in range(2, 25)
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_the_longest_chains_need_little_stack(name: str) -> None:
    """References, definitions and thresholds behind one another."""
    unit = {"facts": EVERYTHING}
    verdict = with_little_stack(FRAMES, lambda: decide(CHAINS[name], unit))

    assert verdict in {"met", "not met"}


@pytest.mark.parametrize("deep", ["", "not " * 60], ids=["flat", "deep"])
@pytest.mark.parametrize("number", [10, 24, 60])
def test_chains_of_files_need_little_stack(number: int, deep: str) -> None:
    """Each file refers to the one before, from within whatever expression."""
    files = {"vocabulary.ntm": VOCABULARY}
    for n in range(number):
        condition = f"{deep}criterion 1 of test.r{n - 1}" if n else "crimes <= 3"
        text = ruleset_text(f'criterion 1 "A": {condition}')
        files[f"r{n}.ntm"] = text.replace("test.case", f"test.r{n}", 1)
    last = files[f"r{number - 1}.ntm"]
    found = with_little_stack(FRAMES, lambda: ntmrules.check_text(last, files=files))

    assert {"NTM109", "NTM208", "NTM210"} >= {one.code.id for one in found}


@pytest.mark.parametrize("number", [1_000, 10_000])
def test_longer_chains_are_refused(number: int) -> None:
    """On what a deep caller leaves of the stack, too."""
    chains = (
        "".join(f'criterion {n} "A": criterion {n + 1}\n' for n in range(number)),
        "define d0 = rural\n"
        + "".join(f"define d{n} = d{n - 1}\n" for n in range(1, number))
        + f'criterion 1 "A": d{number - 1}\n',
    )
    for chain in chains:
        found = with_little_stack(FRAMES, partial(codes, chain))

        assert found & {"NTM109", "NTM116", "NTM205"}


def test_ten_thousand_operands() -> None:
    """Breadth is no depth."""
    for word in ("and", "or"):
        operands = f" {word} ".join(["rural"] * 10_000)

        assert "met" == decide(f'criterion 1 "A": {operands}', {"facts": EVERYTHING})
    assert "met" == decide(
        f'criterion 1 "A": at least 9000 of ({", ".join(["rural"] * 9_000)})',
        {"facts": EVERYTHING},
    )


def test_ten_thousand_criteria() -> None:
    """Each is assessed."""
    criteria = "".join(f'criterion {n} "A": attested\n' for n in range(10_000))

    assert "unknown" == decide(criteria)


def test_labels_used_by_the_thousand() -> None:
    """Each second one is told."""
    criteria = "".join('criterion 1 "A": rural\n' for _ in range(5_000))

    assert {"NTM203", "NTM607"} >= codes(criteria) >= {"NTM203"}


@pytest.mark.parametrize(
    ("columns", "rows", "wanted"),
    [(4_000, 1, set()), (6_000, 1, {"NTM610"}), (1, 4_000, {"NTM609"})],
)
def test_huge_tables(columns: int, rows: int, wanted: set[str]) -> None:
    """`MAX_CELLS` is named; what fits is read."""
    header = "|".join(str(1000 + n) for n in range(columns))
    row = "|".join(["5%"] * columns)
    table = f"by year {{ |{header}|\n" + f"|{row}|\n" * rows + "}"
    found = codes(f'criterion 1 "A": insured >= {table}')

    assert wanted <= found <= {"NTM609", "NTM610", "NTM631"}


def test_a_million_digits() -> None:
    """The number is not worked out."""
    assert {"NTM110"} == codes(f'criterion 1 "A": crimes <= {"9" * 10**6}')
    assert {"NTM110"} == codes(f'criterion 1 "A": factor <= 0.{"9" * 10**6}')
    assert codes(f'criterion {"9" * 10**6} "A": rural')
    assert codes(f'criterion 1.{"9" * 10**6} "A": rural')


def test_years_far_away() -> None:
    """The year is unknown, not the time it takes."""
    unit = {"facts": {"crimes": 0}}
    far = "all years from 0 to 1000000000 have crimes = 0"

    assert "unknown" == decide(f'criterion 1 "A": {far}', unit)
    assert "unknown" == decide('criterion 1 "A": crimes at 1000000000 = 0', unit)
    assert "unknown" == decide('criterion 1 "A": crimes at 0 = 0', unit)


def test_letters_made_of_parts() -> None:
    """NFD is read as NFC."""
    text = 'define thu_nhập = rural\ncriterion 1 "Thu nhập": thu_nhập'

    assert "met" == decide(unicodedata.normalize("NFD", text), {"facts": EVERYTHING})


@pytest.mark.parametrize(
    "character",
    ["\0", "\x1b", "\x7f", "\u2028", "\u202e", "\u2066", "\ufeff", "\ud800", "\uffff"],
    ids=ascii,
)
def test_characters_that_may_not_stand(character: str) -> None:
    """Controls, turns of direction, half a surrogate pair."""
    assert codes(f'criterion 1 "A": rural{character}')
    found = codes(f'criterion 1 "A{character}": rural')

    assert found <= {"NTM003", "NTM002", "NTM102"}


# ── files ───────────────────────────────────────────────────────────────────────────


def test_files_of_every_size(tmp_path: Path) -> None:
    """Empty, a comment, five megabytes."""
    path = tmp_path / "x.ntm"
    for content in (b"", b"#", b"\n" * 100_000, b"# x\n" * 1_250_000):
        path.write_bytes(content)

        assert refusal_of_file(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_binary_rubbish(tmp_path: Path, content: bytes) -> None:
    """Every byte string is a file with something wrong."""
    path = tmp_path / "x.ntm"
    path.write_bytes(content)
    found = ntmrules.check(path)

    assert found
    assert all(str(diagnostic) for diagnostic in found)


@given(st.text(max_size=60))
def test_text_rubbish(text: str) -> None:
    """Every text after a header is either sound or told."""
    found = codes(text)

    assert {"NTM901"}.isdisjoint(found)


CATALOGUE = Catalogue(packages=False)
SHIPPED = sorted((ROOT / "rulesets").rglob("*.ntm"))
WORDS = (
    "not",
    "and",
    "or",
    "(",
    ")",
    "{",
    "}",
    "|",
    "by",
    "criterion",
    "indicator",
    "of",
    "all",
    "at least 3",
    "5%",
    "5",
    "VND",
    '"',
    "year",
    "define x =",
    "use",
    ":",
    "communes",
    "hold",
    "if",
    "then",
    "2020-02-30",
    "99999999",
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a shipped file in which some words were removed, doubled or replaced."""
    text = draw(st.sampled_from(SHIPPED)).read_text("utf-8")
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(words) - 1))
        match draw(st.sampled_from(("remove", "double", "replace", "swap", "cut"))):
            case "remove":
                words.pop(at)
            case "double":
                words.insert(at, words[at])
            case "replace":
                words[at] = draw(st.sampled_from(WORDS))
            case "swap":
                other = draw(st.integers(0, len(words) - 1))
                words[at], words[other] = words[other], words[at]
            case _:
                words = words[: max(at, 1)]
    return " ".join(words)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_mutations_of_shipped_rulesets(text: str) -> None:
    """They load, or are refused with a reason that can be told."""
    found = ntmrules.check_text(text, catalogue=CATALOGUE)

    assert {"NTM901"}.isdisjoint({diagnostic.code.id for diagnostic in found})
    for diagnostic in found:
        assert str(diagnostic)
    if not any(diagnostic.severity.value == "error" for diagnostic in found):
        return
    with pytest.raises(RulesetError):
        ntmrules.loads(text, catalogue=CATALOGUE)


def test_circles_of_every_kind(tmp_path: Path) -> None:
    """Definitions, rulesets in two files, vocabularies."""
    assert "NTM206" in codes('define a = b\ndefine b = a\ncriterion 1 "A": a')
    vocabulary = 'vocabulary test.{}\n  name "V"\nuse test.{}\n'
    (tmp_path / "a.ntm").write_text(vocabulary.format("a", "b"), "utf-8")
    (tmp_path / "b.ntm").write_text(vocabulary.format("b", "a"), "utf-8")
    (tmp_path / "facts.ntm").write_text(VOCABULARY, "utf-8")
    for name, other in (("one", "two"), ("two", "one")):
        criteria = f'criterion 1 "A": criterion 1 of test.{other}'
        text = ruleset_text(criteria).replace("test.case", f"test.{name}", 1)
        (tmp_path / f"{name}.ntm").write_text(text, "utf-8")
    found = ntmrules.check(tmp_path)

    assert {"NTM206", "NTM208"} == {diagnostic.code.id for diagnostic in found}
    for name in ("a", "b", "one", "two"):
        assert refusal_of_file(tmp_path / f"{name}.ntm")


def test_powers_of_long_numbers_are_told() -> None:
    """Numbers of more digits than Python writes: told by their size, never a crash."""
    squares = "".join(f"define d{n} = (d{n - 1} * d{n - 1})\n" for n in range(1, 9))
    text = (
        f'define d0 = factor\n{squares}criterion 1 "A": d8 <= 1\nexpect "B": d8 = 1\n'
    )

    unit = {"level": "district", "facts": {"factor": "9" * 60}}
    files = {"vocabulary.ntm": VOCABULARY}
    ruleset = ntmrules.loads(ruleset_text(text), files=files)
    assessment = ntmrules.evaluate(ruleset, unit, as_of=AS_OF)

    assert ntmrules.Verdict.NOT_MET is assessment.verdict
    assert "≈10^15360" in assessment.explain("vi")
    assert "≈10^15360" in str(assessment.to_dict())
    assert ["NTM733"] == [found.code.id for found in assessment.findings]
