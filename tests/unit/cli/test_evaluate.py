"""`ntmrules evaluate`: statuses, formats, and what is left out of the short form."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from ntmrules import Language, read_unit
from ntmrules.api import evaluate
from tests.unit.cli.command import FILES, WRONG, run, wider


UNIT = FILES / "commune.yaml"
FIRST = FILES / "advanced-2021.ntm"
IN_TRIAL = ("evaluate", "--rulesets", FILES, "trial.advanced")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((*IN_TRIAL, UNIT), 0),
        ((*IN_TRIAL, UNIT, "--fail"), 1),
        (("evaluate", FIRST, UNIT, "--fail"), 0),
        ((*IN_TRIAL, UNIT, "--as-of", "2020-01-01"), 1),
        ((*IN_TRIAL, WRONG / "typo.yaml"), 1),
        ((*IN_TRIAL, FILES), 1),
        (("evaluate", "vn.commune.standard", UNIT), 1),
        ((*IN_TRIAL, UNIT, "--as-of", "soon"), 2),
    ],
    ids="fine fails holds early typo folder other-ruleset no-date".split(),
)
def test_the_status(arguments: tuple[str | Path, ...], status: int) -> None:
    """Unknown is fine unless ``--fail`` asks for met; what cannot be used is not."""
    outcome = run(*arguments)

    assert status == outcome.status
    assert ("" == outcome.output) is ("" != outcome.errors)


def test_the_text_is_the_explanation() -> None:
    """Word for word; the terminal only breaks lines and points at what lacks."""
    assessment = evaluate(FIRST, read_unit(UNIT))

    outcome = run("evaluate", FIRST, UNIT, "--lang", "en")

    assert assessment.explain(Language.EN).split() == outcome.output.split()


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_text_fits_the_terminal(columns: int, language: str) -> None:
    """In both languages."""
    outcome = run(*IN_TRIAL, UNIT, "--lang", language, COLUMNS=str(columns))

    assert [] == wider(outcome.output, columns)


def test_verdicts_have_colours_and_signs() -> None:
    """For whoever sees only one of them."""
    outcome = run(*IN_TRIAL, UNIT, FORCE_COLOR="1")

    assert click.style("✓ ", fg="green") in outcome.output
    assert click.style("? ", fg="yellow") in outcome.output
    assert click.style("✗ ", fg="red", bold=True) in outcome.output
    assert run(*IN_TRIAL, UNIT).output == click.unstyle(outcome.output)


def test_brackets_are_only_brackets() -> None:
    """No markup is read into names."""
    outcome = run(*IN_TRIAL, UNIT, FORCE_COLOR="1")

    assert "Xã Một [thử]" in outcome.output
    assert "[triệu đồng]" in outcome.output


def test_json_is_the_document() -> None:
    """The same whatever the language."""
    assessment = evaluate(FIRST, read_unit(UNIT))

    outcome = run("evaluate", FIRST, UNIT, "--format", "json", "--lang", "en")

    assert assessment.to_dict() == json.loads(outcome.output)


def test_the_short_form_names_every_criterion(tmp_path: Path) -> None:
    """And below it what is not met, with its gap."""
    short = tmp_path / "short.ntm"
    text = (FILES / "advanced-2023.ntm").read_text(encoding="utf-8")
    either = "  passes when any of (indicator 1.1, indicator 1.2)\n"
    short.write_text(text.replace(either, ""), encoding="utf-8")

    outcome = run("evaluate", "--rulesets", FILES, short, UNIT, "--brief")

    lines = outcome.output.splitlines()
    at = lines.index("Tiêu chí")
    starts = [line.split(":")[0] for line in lines[at + 1 : at + 7]]
    assert ["✗ 1 Sức khỏe", "  ✗ 1.1 Bảo hiểm y tế"] == starts[:2]
    assert "      → còn thiếu 198 người (1,98 điểm %)" == lines[at + 3]
    assert ["✓ 2", "? 3", "? 4"] == [
        line[:3] for line in lines[at + 4 :] if line.startswith(("✓", "✗", "?"))
    ]


def test_the_short_form_says_once_who_recorded_what() -> None:
    """And leaves the figures of what people judged alone."""
    outcome = run(*IN_TRIAL, FILES / "recorded.yaml", "--brief", "--lang", "en")

    assert "Recorded: Đoàn thẩm định, 2023-11-30, 5/BC\n" in outcome.output
    assert "✗ 3 Market (recorded)\n" in outcome.output


def test_unverified_figures_count_when_accepted(tmp_path: Path) -> None:
    """And not otherwise."""
    unit = tmp_path / "unit.yaml"
    text = UNIT.read_text(encoding="utf-8") + "  clean_water: 70%\n"
    unit.write_text(text, encoding="utf-8")

    without = run(*IN_TRIAL, unit, "--brief")
    with_them = run(*IN_TRIAL, unit, "--brief", "--accept-unverified")

    assert ("? 1 Sức khỏe" in without.output, "✓ 1 Sức khỏe" in with_them.output) == (
        True,
        True,
    )


@pytest.mark.parametrize(("option", "status"), [((), 0), (("--strict",), 1)])
def test_a_fact_that_nobody_knows(
    tmp_path: Path, option: tuple[str, ...], status: int
) -> None:
    """It is a finding; an error where strictness is asked for."""
    unit = tmp_path / "unit.yaml"
    text = UNIT.read_text(encoding="utf-8") + "  insurd: 70%\n"
    unit.write_text(text, encoding="utf-8")

    outcome = run(*IN_TRIAL, unit, *option)

    assert (status, True) == (outcome.status, "`insurd`" in outcome.screen)
