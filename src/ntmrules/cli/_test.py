"""`ntmrules test`: the cases beside rulesets, and what they did not look at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from ntmrules import Catalogue
from ntmrules.cli._diagnostics import rendered
from ntmrules.cli._layout import Part, Style, line, painted
from ntmrules.cli._options import format_option, language_option, rulesets_option
from ntmrules.cli._terminal import write
from ntmrules.testing import Outcome, Seen, coverage, find_cases, report
from ntmrules.text import Language, Text


_CASES = (Text("{n} case", "{n} ca"), Text("{n} cases", "{n} ca"))
_PASSED = Text("{n} passed", "{n} đạt")
_FAILED = Text("{n} failed", "{n} hỏng")
_LOOKED_AT = Text(
    "{seen} of {all} indicators seen in every verdict they can have",
    "{seen}/{all} chỉ tiêu đã được xem với mọi kết luận có thể",
)


@click.command("test")
@click.argument(
    "path",
    default=".",
    metavar="[FOLDER|FILE]",
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--coverage", "full", is_flag=True, help="List what each case looks at.")
@format_option("text", "json", "junit")
@language_option()
@rulesets_option()
def command(
    path: Path,
    form: str,
    language: Language,
    catalogue: Catalogue | None,
    *,
    full: bool,
) -> int:
    """
    Run the cases beside rulesets, and tell what none of them looks at.

    Of a folder, every file in a folder named cases counts; of a ruleset, the cases
    beside it that speak of it.  The status is 1 when a case fails, and when there is
    no case at all.
    """
    suite = find_cases(path, catalogue)
    for diagnostic in suite.diagnostics:
        write(rendered(diagnostic, language) + "\n", to_errors=True)
    outcomes = list(suite.run())
    seen = coverage(suite.rulesets, outcomes)
    match form:
        case "json":
            document = report.as_document(outcomes, seen)
            write(json.dumps(document, ensure_ascii=False, indent=2))
        case "junit":
            write(report.as_junit(outcomes, language))
        case _:
            _tell(outcomes, seen, language, full=full)
    broken = bool(suite.diagnostics) or not all(o.passed for o in outcomes)
    return 1 if broken else 0


def _tell(
    outcomes: Sequence[Outcome], seen: Sequence[Seen], language: Language, *, full: bool
) -> None:
    for outcome in outcomes:
        if not outcome.passed:
            first, *rest = report.failure(outcome, language)
            write("\n".join([painted(line(Part(first, Style.BAD))), *rest, ""]))
    told = report.table(seen, language) if full else report.unseen(seen, language)
    if lines := list(told):
        write("\n".join([*lines, ""]))
    passed = sum(outcome.passed for outcome in outcomes)
    failed = len(outcomes) - passed
    counted = _CASES[len(outcomes) != 1].fill(language, {"n": len(outcomes)})
    parts: list[Part | str] = [f"{counted}: "]
    parts.append(Part(_PASSED.fill(language, {"n": passed}), Style.GOOD))
    if failed:
        parts += [", ", Part(_FAILED.fill(language, {"n": failed}), Style.BAD)]
    write(painted(line(*parts)))
    if seen:
        whole = sum(not one.unseen for one in seen)
        values = {"seen": whole, "all": len(seen)}
        write(painted(line(_LOOKED_AT.fill(language, values))))
