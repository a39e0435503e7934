"""`ntmrules compare`: what gets stricter or laxer, and for whom."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import click

from ntmrules import Catalogue, Comparison, Ruleset, UnitData, load, read_unit
from ntmrules._yaml import Scalar
from ntmrules.analysis import Change, Effect, Relation, UnitChange, ready_cases
from ntmrules.analysis import _words as words
from ntmrules.analysis._document import Row, rows
from ntmrules.analysis._page import page
from ntmrules.cli._layout import Line, Part, Style, line, painted, wrapped
from ntmrules.cli._options import (
    date_option,
    format_option,
    language_option,
    ruleset_source,
    rulesets_option,
    search_option,
)
from ntmrules.cli._terminal import width, write
from ntmrules.comparing import compare
from ntmrules.text import Fill, Language, Text


_STYLES = {
    Relation.LAXER: Style.BAD,
    Relation.INCOMPARABLE: Style.BAD,
    Relation.REMOVED: Style.BAD,
    Relation.UNDECIDED: Style.DOUBT,
    Relation.STRICTER: Style.GOOD,
    Relation.ADDED: Style.GOOD,
    Relation.EQUAL: Style.QUIET,
}
_EFFECT_STYLES = {
    Effect.LOSES: Style.BAD,
    Effect.BECOMES_UNKNOWN: Style.DOUBT,
    Effect.GAINS: Style.GOOD,
    Effect.BECOMES_KNOWN: Style.PLAIN,
    Effect.SAME: Style.QUIET,
}
_OTHER_LEVEL = Text(
    "{n} of another level left out: {names}", "bỏ qua {n} đơn vị cấp khác: {names}"
)
_NOTHING = Text("nothing changes", "không có gì thay đổi")
_CASES = Text("cases written to {path}", "đã ghi ca kiểm thử vào {path}")
_INDENT = "    "


@click.command("compare")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--units",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, path_type=Path),
    help="Assess the unit files of this folder, or this file, under both.",
)
@date_option("Pick the versions of ids, and assess units on this date.")
@format_option("text", "json", "html")
@language_option()
@click.option(
    "--accept-unverified", is_flag=True, help="Let unverified figures count for units."
)
@click.option(
    "--cases",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a case for each unit that NEW accepts and OLD does not.",
)
@search_option()
@rulesets_option()
def command(  # noqa: PLR0913 - one for each option
    *,
    old: str,
    new: str,
    folder: Path | None,
    as_of: datetime.date | None,
    form: str,
    language: Language,
    accept_unverified: bool,
    cases: Path | None,
    search_ms: int,
    catalogue: Catalogue | None,
) -> int:
    """
    Tell what NEW makes stricter or laxer than OLD, and for whom.

    Each is an .ntm file, or the id of a ruleset; ID@2024-03-01 picks the version in
    force on that day.
    """
    before, after = (_loaded(text, as_of, catalogue) for text in (old, new))
    units, others = _units(folder, before)
    comparison = compare(
        before,
        after,
        units=units,
        as_of=as_of,
        accept_unverified=accept_unverified,
        search_ms=search_ms,
    )
    match form:
        case "json":
            write(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2))
        case "html":
            write(page(comparison, language).rstrip("\n"))
        case _:
            for found in _lines(comparison, others, language):
                for broken in wrapped(found, width()):
                    write(painted(broken))
    if cases is not None:
        cases.write_text(ready_cases(comparison.changes), "utf-8")
        told = _CASES.fill(language, {"path": str(cases)})
        write(told, to_errors=form != "text")
    return 0


def _loaded(
    text: str, as_of: datetime.date | None, catalogue: Catalogue | None
) -> Ruleset:
    name, at, day = text.rpartition("@")
    if at:
        try:
            date = datetime.date.fromisoformat(day)
        except ValueError:
            said = f"'{day}' is not a date such as 2024-12-31."
            raise click.BadParameter(said) from None
        return load(name, as_of=date, catalogue=catalogue)
    return load(ruleset_source(text), as_of=as_of, catalogue=catalogue)


def _units(folder: Path | None, ruleset: Ruleset) -> tuple[list[UnitData], list[str]]:
    """Read the units of a folder; name those of another level."""
    if folder is None:
        return [], []
    paths = [folder]
    if folder.is_dir():
        possible = (x for x in folder.rglob("*") if x.suffix in {".yaml", ".yml"})
        # Reading a pipe would wait for a writer.
        paths = sorted(path for path in possible if path.is_file())
    found: list[UnitData] = []
    others: list[str] = []
    for path in paths:
        unit = read_unit(path)
        level = unit.tree.entries.get("level")
        named = level.value if isinstance(level, Scalar) else ""
        # One file is meant; of a folder only those that can be meant are.
        if folder.is_dir() and named not in {"", ruleset.level.name}:
            others.append(path.name)
        else:
            found.append(unit)
    return found, others


def _lines(
    comparison: Comparison, others: list[str], language: Language
) -> Iterator[Line]:
    for template, ruleset in (
        (words.OLD, comparison.old),
        (words.NEW, comparison.new),
    ):
        named = words.ruleset_text(ruleset, language)
        yield line(template.fill(language, {"ruleset": named}))
    verdict = words.TIGHTENS[comparison.tightens].fill(language, {})
    counts = words.counts_text(comparison, language)
    yield line(Part(counts, Style.STRONG), f" · {verdict}")
    changed = [x for x in comparison.changes if x.relation is not Relation.EQUAL]
    if not changed:
        yield line(_NOTHING.fill(language, {}))
    for relation, word in words.RELATIONS.items():
        found = comparison.of(relation)
        if found and relation is not Relation.EQUAL:
            yield ()
            yield line(Part(word.fill(language, {}), _STYLES[relation]))
            for change in found:
                yield from _change(change, language)
    searched = words.search_text(comparison, language)
    if searched:
        yield ()
        yield line(Part(searched, Style.QUIET))
    if comparison.units or others:
        yield from _told_units(comparison.units, others, language)


def _change(change: Change, language: Language) -> Iterator[Line]:
    title = words.title_text(change, language)
    found = rows(change)
    if not found:
        required = words.requirement_text(change.new or change.old, language)
        yield line("  ", Part(title, Style.STRONG), f": {required}")
        return
    yield line("  ", Part(title, Style.STRONG))
    for row in found:
        yield from _row(row, language)


def _row(row: Row, language: Language) -> Iterator[Line]:
    cases = words.cases_text(row.names, language)
    values: dict[str, Fill] = {"old": row.old.text, "new": row.new.text}
    figures = words.CHANGE.fill(language, values)
    lead = f"{cases}: " if cases else ""
    yield line(_INDENT, lead, Part(figures, _STYLES[row.relation]))
    for shown in row.shown:
        yield line(_INDENT, Part(words.shown_text(shown, language), Style.QUIET))


def _told_units(
    units: tuple[UnitChange, ...], others: list[str], language: Language
) -> Iterator[Line]:
    yield ()
    yield line(Part(words.UNITS.fill(language, {}), Style.TITLE))
    order = list(words.EFFECTS)
    ranked = sorted(units, key=lambda change: order.index(change.effect))
    for effect, group in itertools.groupby(ranked, key=lambda change: change.effect):
        found = list(group)
        word = words.EFFECTS[effect].fill(language, {})
        yield line("  ", Part(f"{len(found)} {word}", _EFFECT_STYLES[effect]))
        for change in found:
            yield from _unit(change, language)
    if others:
        values: dict[str, Fill] = {"n": len(others), "names": ", ".join(others)}
        yield line("  ", Part(_OTHER_LEVEL.fill(language, values), Style.QUIET))
    if any(change.unit.attestations for change in units):
        yield line("  ", Part(words.CARRIED.fill(language, {}), Style.QUIET))


def _unit(change: UnitChange, language: Language) -> Iterator[Line]:
    verdicts = " → ".join(
        words.verdict_text(found, language) for found in (change.old, change.new)
    )
    yield line(_INDENT, Part(change.unit.called, Style.STRONG), f": {verdicts}")
    for label, (before, after) in change.by.items():
        told = " → ".join(words.verdict_text(x, language) for x in (before, after))
        yield line(f"{_INDENT}  {label}: {told}")
