"""Code, page, and the file or test that shows it go together."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest

from ntmrules.diagnostics import Code, Severity, codes
from ntmrules.diagnostics.codes import CODES
from tests.architecture.source_tree import ROOT, modules


PAGES = ROOT / "docs" / "diagnostics"
BAD_FILES = ROOT / "tests" / "golden" / "bad"
SITUATIONS = ROOT / "tests" / "golden" / "test_bad_files.py"

# Codes that no line of a file can carry: the test that builds the situation, and why.
WITHOUT_BAD_FILE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "NTM001": ("test_unreadable_file", "there is no file"),
        "NTM004": ("test_file_too_large", "nobody wants such a file in a repository"),
        "NTM006": ("test_no_rulesets", "the folder is empty"),
        "NTM007": ("test_not_a_ruleset", "the file is fine, for another use"),
        "NTM008": ("test_folder_too_large", "nobody wants such a folder"),
        "NTM009": ("test_no_cases", "the folder is empty"),
        "NTM116": ("test_file_too_long", "nobody wants such a file in a repository"),
        "NTM120": ("test_name_in_the_way", "only `fmt --to vi` asks for it"),
        "NTM210": ("test_too_many_references", "it takes more than thirty files"),
        "NTM211": ("test_offered_twice", "it takes two installed packages"),
        "NTM231": ("test_lints", "with the other lints"),
        "NTM232": ("test_lints", "with the other lints"),
        "NTM233": ("test_lints", "with the other lints"),
        "NTM402": ("test_not_in_force", "the date is asked for, not written"),
        "NTM407": ("test_version_not_chosen", "the date is not even asked for"),
        "NTM502": ("test_lints", "with the other lints"),
        "NTM631": ("test_lints", "with the other lints"),
        "NTM712": ("test_facts_of_other_date", "the date is that of the assessment"),
        "NTM713": ("test_outside_dates", "the date is that of the assessment"),
        "NTM719": ("test_wrong_level", "a ruleset and a unit do not fit"),
        "NTM721": ("test_no_date", "there is no date"),
        "NTM724": ("test_reference_out_of_force", "the date is that of the assessment"),
        "NTM725": ("test_facts_later", "the date is that of the assessment"),
        "NTM726": ("test_draft_used", "the ruleset is fine until it is used"),
        "NTM727": ("test_receipt_differs", "it takes a receipt of an earlier run"),
        "NTM740": ("test_bad_tables", "a table is no unit"),
        "NTM741": ("test_bad_tables", "a table is no unit"),
        "NTM742": ("test_bad_tables", "a table is no unit"),
        "NTM750": ("test_bad_case", "a file of cases is no unit"),
        "NTM901": ("test_bug", "no file provokes it, it is hoped"),
    }
)

# Declared before anything raises them, and why.
AHEAD: Mapping[str, str] = MappingProxyType({})

STAGES: Mapping[int, str] = MappingProxyType(
    {
        0: "Files",
        1: "Syntax",
        2: "Names",
        3: "Types and units",
        4: "Dates and versions",
        5: "Sources",
        6: "Coverage and strictness",
        7: "Facts",
        9: "A bug in ntmrules",
    }
)


def _pages() -> set[str]:
    return {path.stem for path in PAGES.glob("NTM*.md")}


def _guilty_lines() -> set[str]:
    """Collect the codes of every ``#! NTM201`` in the bad files."""
    return {
        code
        for path in BAD_FILES.rglob("*")
        if path.is_file()
        for line in path.read_bytes().decode("utf-8", "replace").splitlines()
        if "#!" in line
        for code in re.findall(r"NTM\d{3}", line.split("#!", 1)[1])
    }


def _holes(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _failing(rule: str) -> Iterator[Code]:
    """Give the codes whose sentences break a rule."""
    for code in CODES.values():
        en, vi = code.text.en, code.text.vi
        broken = {
            "starts lower case": en[:1].isupper(),
            "has no final stop": en.endswith(".") or vi.endswith("."),
            "is on one line": "\n" in en or "\n" in vi,
            "is in Vietnamese too": not vi or vi == en,
            "has the same holes in both": _holes(en) != _holes(vi),
        }
        if broken[rule]:
            yield code


# ── The table ───────────────────────────────────────────────────────────────


def test_the_table_has_them_all() -> None:
    """Each once, under its own number."""
    named = [value for value in vars(codes).values() if isinstance(value, Code)]

    assert {code.id: code for code in named} == dict(CODES)
    assert len(named) == len(CODES)


def test_codes_have_the_form() -> None:
    """``NTM``, the digit of the stage, two digits."""
    assert [] == [code for code in CODES if not re.fullmatch(r"NTM\d{3}", code)]
    assert set() == {code.stage for code in CODES.values()} - STAGES.keys()


def test_names_are_different() -> None:
    """`ntmrules explain` takes the name as well."""
    names = Counter(code.slug for code in CODES.values())

    assert {} == {name: count for name, count in names.items() if count > 1}
    assert [] == [name for name in names if not re.fullmatch(r"[a-z0-9-]+", name)]


@pytest.mark.parametrize(
    "rule",
    [
        "starts lower case",
        "has no final stop",
        "is on one line",
        "is in Vietnamese too",
        "has the same holes in both",
    ],
)
def test_the_sentence(rule: str) -> None:
    """Every sentence keeps the rules."""
    assert [] == [code.id for code in _failing(rule)]


def test_every_code_is_raised() -> None:
    """A code that nothing raises is deleted, unless it is known to be ahead."""
    names = {id(value): name for name, value in vars(codes).items()}
    source = "\n".join(module.text for module in modules())
    raised = set(re.findall(r"\bcodes\.([A-Z0-9_]+)", source))

    assert AHEAD.keys() == {c.id for c in CODES.values() if names[id(c)] not in raised}


# ── Pages ───────────────────────────────────────────────────────────────────


def test_every_code_has_a_page() -> None:
    """Named after it, in docs/diagnostics."""
    assert set() == CODES.keys() - _pages()


def test_every_page_has_a_code() -> None:
    """A page that no code leads to is never read."""
    assert set() == _pages() - CODES.keys()


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.id)
def test_page(code: Code) -> None:
    """It has the title, an example, and both languages; only text blocks."""
    text = (PAGES / f"{code.id}.md").read_text("utf-8")
    english, _, vietnamese = text.partition("\n## Tiếng Việt\n")

    assert text.startswith(f"# {code.id} · {code.slug}\n\n")
    assert "```text\n" in english
    assert len(english.split()) > 40
    assert len(vietnamese.split()) > 30
    assert {"text", ""} == set(re.findall(r"^```(\w*)$", text, re.MULTILINE))


INTRODUCTION = """\
# Diagnostics

What ntmrules complains of, by stage. Each page says what it means and shows an example
and the repair, in English and in Vietnamese; `ntmrules explain NTM201` prints it
offline. An error stops a file or a unit from being used; a *warning* or *info* does
not. The numbers are never used again."""


def index() -> str:
    """Write the list of all codes, by stage."""
    lines = [INTRODUCTION]
    for stage, title in STAGES.items():
        rows = [_row(code) for code in CODES.values() if code.stage == stage]
        if rows:
            lines += ["", f"## {stage} · {title}", ""]
            lines += ["| code | name | | says |", "|---|---|---|---|", *sorted(rows)]
    return "\n".join(lines) + "\n"


def _row(code: Code) -> str:
    said = re.sub(r"\{\w+\}", "…", code.text.en).replace("|", r"\|")
    weight = "" if code.severity is Severity.ERROR else code.severity.value
    return f"| [{code.id}]({code.id}.md) | {code.slug} | {weight} | {said} |"


def test_the_index_is_fresh(*, regen: bool) -> None:
    """docs/diagnostics/README.md; ``--regen`` writes it anew."""
    path = PAGES / "README.md"
    if regen:
        path.write_text(index(), "utf-8")

    assert path.read_text("utf-8") == index()


# ── What shows them ─────────────────────────────────────────────────────────


def test_every_code_is_shown() -> None:
    """By a line of a bad file that carries ``#! CODE``, or by a test of its own."""
    shown = _guilty_lines() | WITHOUT_BAD_FILE.keys()

    assert AHEAD.keys() == CODES.keys() - shown


def test_every_guilty_line_has_a_code() -> None:
    """A code that went leaves no line behind."""
    assert set() == _guilty_lines() - CODES.keys()


def test_the_exceptions_are_needed() -> None:
    """A code that has a bad file needs no exception."""
    assert set() == WITHOUT_BAD_FILE.keys() & _guilty_lines()
    assert set() == WITHOUT_BAD_FILE.keys() - CODES.keys()


def test_the_named_tests_exist() -> None:
    """Each checks code, place and words."""
    source = SITUATIONS.read_text("utf-8")
    tests = {name for name, _ in WITHOUT_BAD_FILE.values()}

    assert set() == {name for name in tests if f"def {name}(" not in source}
