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
from ntmrules.testing import (
    Mutation,
    Outcome,
    Seen,
    coverage,
    find_cases,
    missing_cases,
    mutate,
    report,
)
from ntmrules.text import Fill, Language, Text


_CASES = (Text("{n} case", "{n} ca"), Text("{n} cases", "{n} ca"))
_PASSED = Text("{n} passed", "{n} đạt")
_FAILED = Text("{n} failed", "{n} hỏng")
_LOOKED_AT = Text(
    "{seen} of {all} indicators seen in every verdict they can have",
    "{seen}/{all} chỉ tiêu đã được xem với mọi kết luận có thể",
)
_TRIED = (
    Text("{n} change", "{n} thay đổi"),
    Text("{n} changes", "{n} thay đổi"),
)
_ALL_NOTICED = Text(
    "{changes}, all noticed", "{changes}, thay đổi nào cũng bị phát hiện"
)
_SURVIVED = Text(
    "{changes}, of which no case notices {alive}",
    "{changes}, trong đó {alive} không ca nào phát hiện",
)
_WRITTEN = Text(
    "{file}: cases that notice {n} of them; compare each with the instrument",
    "{file}: các ca phát hiện được {n} thay đổi; hãy đối chiếu từng ca với văn bản",
)


@click.command("test")
@click.argument(
    "path",
    default=".",
    metavar="[FOLDER|FILE]",
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--coverage", "full", is_flag=True, help="List what each case looks at.")
@click.option(
    "--mutate",
    "mutated",
    is_flag=True,
    help="Change each figure, sign and count in turn; 1 if no case notices.",
)
@click.option(
    "--boundaries",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a case for each change that none notices into a new file.",
)
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
    mutated: bool,
    boundaries: Path | None,
) -> int:
    """
    Run the cases beside rulesets, and tell what none of them looks at.

    Of a folder, every file in a folder named cases counts; of a ruleset, the cases
    beside it that speak of it.  The status is 1 when a case fails, and when there is
    no case at all.
    """
    if boundaries is not None and boundaries.exists():
        said = f"'{boundaries}' is there already; name a new file."
        raise click.BadParameter(said, param_hint="--boundaries")
    suite = find_cases(path, catalogue)
    for diagnostic in suite.diagnostics:
        write(rendered(diagnostic, language) + "\n", to_errors=True)
    outcomes = list(suite.run())
    seen = coverage(suite.rulesets, outcomes)
    mutation = None
    if mutated or boundaries is not None:
        mutation = mutate(suite.rulesets, outcomes)
    match form:
        case "json":
            document = report.as_document(outcomes, seen)
            if mutation is not None:
                document["mutation"] = report.as_mutation(mutation)
            write(json.dumps(document, ensure_ascii=False, indent=2))
        case "junit":
            write(report.as_junit(outcomes, language))
        case _:
            _tell(outcomes, seen, language, full=full)
            if mutation is not None:
                _tell_survivors(mutation, language)
    if mutation is not None and boundaries is not None:
        _write_missing(mutation, boundaries, language)
    alive = mutated and mutation is not None and mutation.survivors
    if alive and boundaries is None:
        return 1
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


def _tell_survivors(mutation: Mutation, language: Language) -> None:
    """List what no case notices; the place comes first, as editors want it."""
    alive = len(mutation.survivors)
    if alive:
        write("\n" + "\n".join(report.survivors(mutation)) + "\n")
    changes = _TRIED[mutation.tried != 1].fill(language, {"n": mutation.tried})
    text = _SURVIVED if alive else _ALL_NOTICED
    said = text.fill(language, {"changes": changes, "alive": alive})
    write(painted(line(Part(said, Style.BAD if alive else Style.GOOD))))


def _write_missing(mutation: Mutation, file: Path, language: Language) -> None:
    text, noticed = missing_cases(mutation, language)
    if noticed:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    values: dict[str, Fill] = {"file": str(file), "n": noticed}
    write(_WRITTEN.fill(language, values), to_errors=True)
