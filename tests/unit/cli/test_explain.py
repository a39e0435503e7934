"""`ntmrules explain`: the page of a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntmrules.cli import _explain
from tests.unit.cli.command import run


PAGE = "# NTM201 · unknown name\n\nA name that *nobody* declared [triệu].\n"


@pytest.fixture(autouse=True)
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a page where the command looks."""
    (tmp_path / "NTM201.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(_explain, "resource", {"diagnostics": tmp_path}.__getitem__)


@pytest.mark.parametrize("code", ["NTM201", "ntm201", "201", "unknown-name"])
def test_a_page_is_printed_as_it_is(code: str) -> None:
    """By its code, its number or its name; where no terminal is, as Markdown."""
    outcome = run("explain", code)

    assert (0, PAGE) == (outcome.status, outcome.output)


def test_a_page_is_laid_out_for_people() -> None:
    """In colour, without the marks of Markdown, brackets kept."""
    outcome = run("explain", "NTM201", FORCE_COLOR="1")

    assert "\x1b[" in outcome.output
    assert "*nobody*" not in outcome.output
    assert "[triệu]" in outcome.output


@pytest.mark.parametrize("code", ["NTM2011", "nonsense", ""])
def test_an_unknown_code_is_a_usage_error(code: str) -> None:
    """That names the nearest codes."""
    outcome = run("explain", code, "--lang", "en")

    assert (2, True) == (outcome.status, "there is no code" in outcome.errors)
    assert ("NTM201" in outcome.errors) is (code == "NTM2011")
