"""`ntmrules evaluate`: one unit, with reasons."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from ntmrules import Catalogue, Verdict, read_unit
from ntmrules.api import evaluate
from ntmrules.cli._explanation import explanation
from ntmrules.cli._options import (
    IN_FORCE,
    date_option,
    format_option,
    language_option,
    ruleset_source,
    rulesets_option,
)
from ntmrules.cli._record import Record
from ntmrules.cli._terminal import write
from ntmrules.text import Language


@click.command("evaluate")
@click.argument("ruleset", metavar="RULESET")
@click.argument("unit", metavar="UNIT", type=click.Path(path_type=Path))
@date_option("The date of the assessment; by default that of the unit.")
@format_option("text", "json")
@language_option()
@click.option(
    "--brief", is_flag=True, help="Leave out indicators, unless they are not met."
)
@click.option("--fail", is_flag=True, help="Exit with 1 unless the verdict is met.")
@click.option(
    "--accept-unverified", is_flag=True, help="Let unverified figures count too."
)
@click.option(
    "--strict", is_flag=True, help="Refuse a unit with facts that nobody knows."
)
@click.option(
    "--status",
    type=click.Choice(["draft", "pending"]),
    help="Ask the catalogue for a version that is not issued yet; it grants nothing.",
)
@click.option(
    "--receipt",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write down what it rested on, for `ntmrules replay`.",
)
@rulesets_option()
def command(  # noqa: PLR0913 - one for each option
    *,
    ruleset: str,
    unit: Path,
    as_of: datetime.date | None,
    form: str,
    language: Language,
    brief: bool,
    fail: bool,
    accept_unverified: bool,
    strict: bool,
    status: str | None,
    receipt: Path | None,
    catalogue: Catalogue | None,
) -> int:
    """
    Assess a unit, and say why.

    RULESET is the id of a ruleset, of which the date picks the version, or an .ntm
    file, which is applied on any date.  UNIT is a YAML file.
    """
    source = ruleset_source(ruleset)
    assessment = evaluate(
        source,
        read_unit(unit),
        as_of=as_of,
        accept_unverified=accept_unverified,
        strict=strict,
        status=status or IN_FORCE,
        catalogue=catalogue,
    )
    if receipt is not None:
        folders = () if catalogue is None else catalogue.folders
        Record.of(assessment, source, unit, folders).write(receipt)
    if form == "json":
        write(json.dumps(assessment.to_dict(), ensure_ascii=False, indent=2))
    else:
        write(explanation(assessment, language, brief=brief))
    return 1 if fail and assessment.verdict is not Verdict.MET else 0
