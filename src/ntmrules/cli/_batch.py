"""`ntmrules batch`: the rows of tables, and a summary."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from ntmrules import Catalogue
from ntmrules.cli._batch_options import Asked, children_option, scales_option
from ntmrules.cli._options import (
    IN_FORCE,
    date_option,
    format_option,
    language_option,
    ruleset_source,
    rulesets_option,
)
from ntmrules.text import Language


_NEEDS = "this command needs more: pip install 'ntmrules[frames]'"


@click.command("batch")
@click.argument("ruleset", metavar="RULESET")
@click.argument(
    "tables",
    metavar="TABLE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a row for each row; without it, only the summary is told.",
)
@click.option("--force", is_flag=True, help="Replace OUT if it is there.")
@date_option("The date of the assessment, and of the figures; required.")
@format_option("text", "json")
@language_option()
@scales_option()
@children_option()
@click.option(
    "--codes",
    is_flag=True,
    help="Write 0 for not met, 1 unknown, 2 met, nothing for not applicable.",
)
@click.option("--fail", is_flag=True, help="Exit with 1 unless every row is met.")
@click.option(
    "--strict", is_flag=True, help="Write nothing when any row has to be refused."
)
@click.option(
    "--accept-unverified", is_flag=True, help="Let unverified figures count too."
)
@click.option(
    "--status",
    type=click.Choice(["draft", "pending"]),
    help="Ask the catalogue for a version that is not issued yet; it grants nothing.",
)
@rulesets_option()
def command(  # noqa: PLR0913 - one for each option
    *,
    ruleset: str,
    tables: tuple[Path, ...],
    output: Path | None,
    force: bool,
    as_of: datetime.date | None,
    form: str,
    language: Language,
    scales: dict[str, str],
    children: dict[str, list[Path]],
    codes: bool,
    fail: bool,
    strict: bool,
    accept_unverified: bool,
    status: str | None,
    catalogue: Catalogue | None,
) -> int:
    """
    Assess the rows of tables, and count the verdicts.

    Each TABLE is a CSV, Parquet or Arrow file, a unit in each row and a column for
    each fact; several are read as one.  A row that cannot be read is told with its
    line, is marked in OUT, and does not stop the others.
    """
    if as_of is None:
        raise click.UsageError("Missing option '--as-of'.")
    try:
        from ntmrules.cli._batch_run import assess
    except ModuleNotFoundError as error:
        if error.name != "polars":
            raise
        raise click.UsageError(_NEEDS) from None
    asked = Asked(
        ruleset=ruleset_source(ruleset),
        as_of=as_of,
        tables=tables,
        children=children,
        output=output,
        force=force,
        scales=scales,
        codes=codes,
        fail=fail,
        strict=strict,
        accept_unverified=accept_unverified,
        status=status or IN_FORCE,
        catalogue=catalogue,
    )
    return assess(asked, language, as_json=form == "json")
