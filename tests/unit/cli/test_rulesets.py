"""`ntmrules rulesets`: the catalogue as a table, and one ruleset."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.command import FILES, WRONG, run, wider


def test_the_shipped_rulesets_are_listed() -> None:
    """With their versions by date."""
    outcome = run("rulesets")

    assert 0 == outcome.status
    assert "vn.commune.standard" in outcome.output
    assert "01/12/2016–31/12/2020" in outcome.output


@pytest.mark.parametrize("columns", [80, 100, 120])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_fits_the_terminal(columns: int, language: str) -> None:
    """In both languages."""
    outcome = run("rulesets", "--lang", language, COLUMNS=str(columns))

    assert [] == wider(outcome.output, columns)


def test_versions_stand_under_their_id() -> None:
    """Criteria and indicators, then how many are verified, unverified, attested."""
    lines = run("rulesets", "--rulesets", FILES, "--lang", "en").output.splitlines()

    at = lines.index("trial.advanced")
    found = [" ".join(line.split()) for line in lines[at + 1 : at + 6]]
    assert [
        "for a commune · grants commune.advanced",
        "2021-01-05–2022-12-31 1/QĐ 1 / 1 1 (100%) 0 0",
        "Advanced commune [first]",
        "from 2023-01-01 2/QĐ 4 / 5 2 (40%) 2 1",
        "Advanced commune",
    ] == found


@pytest.mark.parametrize(
    ("text", "code"), [("rulset test.typo\n", "NTM101"), ("", "NTM005")]
)
def test_a_file_without_its_id_is_told(tmp_path: Path, text: str, code: str) -> None:
    """Beside the list, which does without it."""
    (tmp_path / "typo.ntm").write_text(text, "utf-8")
    outcome = run("rulesets", "--rulesets", tmp_path)

    assert 1 == outcome.status
    assert code in outcome.errors
    assert "typo.ntm:1:1" in outcome.errors
    assert "vn.commune.standard" in outcome.output


def test_json_lists_the_versions() -> None:
    """With the counts, and what each of them is."""
    listed = json.loads(run("rulesets", "--rulesets", FILES, "--format", "json").output)

    first, second = (found for found in listed if found["id"] == "trial.advanced")
    indicators = {"total": 5, "verified": 2, "unverified": 2, "attested": 1}
    assert ("2022-12-31", None) == (first["to"], second["to"])
    assert indicators == second["indicators"]
    assert (4, 1, "commune.advanced") == (
        second["criteria"],
        second["preconditions"],
        second["grants"],
    )


def test_a_broken_ruleset_does_not_hide_the_others(tmp_path: Path) -> None:
    """It is told on standard error, and by the status."""
    for path in (*FILES.glob("*.ntm"), WRONG / "typo.ntm"):
        shutil.copy(path, tmp_path)

    outcome = run("rulesets", "--rulesets", tmp_path)

    assert 1 == outcome.status
    assert "trial.advanced" in outcome.output
    assert "NTM201" in outcome.errors


def test_options_of_the_group_hold_for_show() -> None:
    """Whether they stand before it or after it."""
    before = run(
        "rulesets", "--lang", "en", "--rulesets", FILES, "show", "trial.advanced"
    )
    after = run(
        "rulesets", "show", "--lang", "en", "--rulesets", FILES, "trial.advanced"
    )

    assert (0, before.output) == (before.status, after.output)


def test_the_last_word_on_the_language_is_the_nearest() -> None:
    """An option of the command goes before that of the group and the environment."""
    outcome = run(
        *("rulesets", "--lang", "en", "show", "--lang", "vi", "vn.commune.standard"),
        NTMRULES_LANG="en",
    )

    assert "tên và căn cứ" in outcome.output


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], "clean_water >= by region"),
        (["--region", "SOUTH"], "clean_water >= 65%"),
        (["--region", "NORTH", "--as-of", "2023-05-01"], "48 million VND/person"),
        (["--region", "NORTH", "--as-of", "2025-05-01"], "52 million VND/person?"),
        (["--region", "NORTH", "--as-of", "2025-05-01"], "2 đã kiểm chứng"),
        (["--region", "SOUTH", "--as-of", "2025-05-01"], "3 đã kiểm chứng"),
        (["--region", "WEST", "--as-of", "2025-05-01"], "không áp dụng"),
        (["--as-of", "2022-05-01"], "insured >= 90%"),
        (["--notes"], "[dưới 6"),
    ],
)
def test_show_picks_the_thresholds(arguments: list[str], wanted: str) -> None:
    """Of a region, of a date, or all of them; and brackets are only brackets."""
    outcome = run("rulesets", "--rulesets", FILES, "show", "trial.advanced", *arguments)

    assert (0, True) == (outcome.status, wanted in outcome.output)


def test_a_draft_is_shown_where_nothing_is_in_force(tmp_path: Path) -> None:
    """And called one."""
    for path in FILES.glob("*.ntm"):
        text = path.read_text(encoding="utf-8")
        text = re.sub("in force from 2023-01-01", r"\g<0>\n  status draft", text)
        (tmp_path / path.name).write_text(text, encoding="utf-8")

    ruling = run("rulesets", "show", "--rulesets", tmp_path, "trial.advanced")
    draft = run(
        *("rulesets", "show", "--rulesets", tmp_path, "trial.advanced"),
        *("--as-of", "2023-05-01"),
    )

    assert (0, True) == (ruling.status, "05/01/2021–31/12/2022\n" in ruling.output)
    assert (0, True) == (draft.status, "từ 01/01/2023 (dự thảo)\n" in draft.output)


def test_every_shipped_ruleset_can_be_shown() -> None:
    """At 80 columns, for every label."""
    listed = json.loads(run("rulesets", "--format", "json").output)

    for found in listed:
        outcome = run(
            "rulesets", "show", found["id"], "--as-of", found["from"], COLUMNS="80"
        )
        assert 0 == outcome.status
        assert [] == wider(outcome.output, 80)
