"""Code, page and bad file go together."""

from __future__ import annotations

import re

from ntmrules.diagnostics import Code, codes
from tests.architecture.source_tree import ROOT


PAGES = ROOT / "docs" / "diagnostics"
BAD_FILES = ROOT / "tests" / "golden" / "bad"

# Codes that no file can provoke, and why.
WITHOUT_BAD_FILE: dict[str, str] = {}


def _codes() -> set[str]:
    return {value.id for value in vars(codes).values() if isinstance(value, Code)}


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


def test_codes_have_the_form() -> None:
    """``NTM``, the digit of the stage, two digits."""
    assert [] == [code for code in _codes() if not re.fullmatch(r"NTM\d{3}", code)]


def test_every_code_has_a_page() -> None:
    """Named after it, in docs/diagnostics."""
    assert set() == _codes() - _pages()


def test_every_page_has_a_code() -> None:
    """A page that no code leads to is never read."""
    assert set() == _pages() - _codes()


def test_every_code_has_a_bad_file() -> None:
    """A line that carries ``#! CODE`` in tests/golden/bad shows that it can happen."""
    assert set() == _codes() - _guilty_lines() - WITHOUT_BAD_FILE.keys()


def test_every_guilty_line_has_a_code() -> None:
    """A code that went leaves no line behind."""
    assert set() == _guilty_lines() - _codes()


def test_the_exceptions_are_needed() -> None:
    """A code that has a bad file needs no exception."""
    assert set() == WITHOUT_BAD_FILE.keys() & _guilty_lines()
    assert set() == WITHOUT_BAD_FILE.keys() - _codes()
