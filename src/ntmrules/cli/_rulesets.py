"""`ntmrules rulesets`: what the catalogue holds."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import click

from ntmrules import Catalogue, Ruleset
from ntmrules.cli._diagnostics import rendered
from ntmrules.cli._layout import Line, Part, Style, beside, line, painted, wrapped
from ntmrules.cli._options import format_option, language_option, rulesets_option
from ntmrules.cli._show import show
from ntmrules.cli._standing import Standing, standings
from ntmrules.cli._terminal import width, write
from ntmrules.cli._titles import confers_text, dates_text, level_text
from ntmrules.shelf import shelf_of
from ntmrules.text import Language, Text


_HEADINGS = (
    Text("in force", "hiệu lực"),
    Text("instrument", "văn bản"),
    Text("criteria\nindic.", "tiêu chí\nchỉ tiêu"),
)
_NONE = Text("there are no rulesets", "không có bộ tiêu chí nào")
_DATES, _NUMBERS, _VERIFIED, _UNVERIFIED, _ATTESTED = 21, 8, 9, 10, 8
_NARROWEST_BASIS, _WIDEST_BASIS = 14, 30


@click.group("rulesets", invoke_without_command=True)
@format_option("text", "json")
@language_option()
@rulesets_option()
@click.pass_context
def command(
    ctx: click.Context, form: str, language: Language, catalogue: Catalogue | None
) -> int:
    """
    List the rulesets: versions, instruments, and how much of each is verified.

    Those of --rulesets folders, of installed packages, and those that come along.
    """
    if ctx.invoked_subcommand is not None:
        return 0
    shelf = shelf_of(catalogue or Catalogue())
    found: list[Ruleset] = []
    told = [*shelf.nameless()]
    broken = bool(told)
    for identity in shelf.ids("ruleset"):
        versions = shelf.versions(identity)
        found += versions.rulesets
        if versions.absent is not None:
            broken = True
            told += versions.diagnostics
    for diagnostic in told:
        write(rendered(diagnostic, language) + "\n", to_errors=True)
    if form == "json":
        listed = [_as_json(ruleset) for ruleset in found]
        write(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for parts in _table(found, language):
            write(painted(parts))
    return 1 if broken else 0


command.add_command(show)


def _table(found: list[Ruleset], language: Language) -> Iterator[Line]:
    if not found:
        yield line(_NONE.fill(language, {}))
        return
    fixed = _DATES + _NUMBERS + _VERIFIED + _UNVERIFIED + _ATTESTED + 5 * 2
    basis = min(max(width() - fixed, _NARROWEST_BASIS), _WIDEST_BASIS)
    widths = (_DATES, basis, _NUMBERS, _VERIFIED, _UNVERIFIED, _ATTESTED)
    words = (*_HEADINGS, *(standing.word for standing in Standing))
    heads = [
        [line(Part(row, Style.QUIET)) for row in text.fill(language, {}).split("\n")]
        for text in words
    ]
    yield from beside(heads, widths)
    for identity, versions in itertools.groupby(found, key=lambda r: r.id):
        rulesets = list(versions)
        one_name = len({ruleset.name for ruleset in rulesets}) == 1
        yield ()
        yield from _heading(identity, rulesets[-1], language, named=one_name)
        for ruleset in rulesets:
            yield from beside(_row(ruleset, language), widths)
            if not one_name:
                name = Part(ruleset.name.fill(language, {}), Style.QUIET)
                yield from wrapped(line("  ", name), width())
    yield ()
    for standing in Standing:
        said = f"{standing.word.fill(language, {})}: "
        meaning = standing.meaning.fill(language, {})
        yield from wrapped(
            line(Part(said, standing.style), Part(meaning, Style.QUIET)), width()
        )


def _heading(
    identity: str, ruleset: Ruleset, language: Language, *, named: bool
) -> Iterator[Line]:
    yield line(Part(identity, Style.STRONG))
    told = [
        ruleset.name.fill(language, {}) if named else "",
        level_text(ruleset, language),
        confers_text(ruleset, language),
    ]
    yield from wrapped(line(" · ".join(part for part in told if part)), width())


def _row(ruleset: Ruleset, language: Language) -> list[list[Line]]:
    counted = standings(ruleset)
    told = f"{counted.verified} ({counted.percent}%)"
    kinds = (
        (Standing.VERIFIED, counted.verified, told),
        (Standing.UNVERIFIED, counted.unverified, str(counted.unverified)),
        (Standing.ATTESTED, counted.attested, str(counted.attested)),
    )
    cells = [
        line(dates_text(ruleset, language)),
        line(ruleset.basis.number),
        line(f"{len(ruleset.criteria)} / {counted.total}"),
        *(
            line(Part(text, kind.style if n else Style.QUIET))
            for kind, n, text in kinds
        ),
    ]
    return [[cell] for cell in cells]


def _as_json(ruleset: Ruleset) -> dict[str, object]:
    counted = standings(ruleset)
    confers, basis = ruleset.confers, ruleset.basis
    title = None if confers is None else confers.title.name
    revokes = confers is not None and confers.revokes
    return {
        "id": ruleset.id,
        "name": ruleset.name.en,
        "name_vi": ruleset.name.vi,
        "level": ruleset.level.name,
        "status": ruleset.status,
        "from": ruleset.start.isoformat(),
        "to": None if ruleset.end is None else ruleset.end.isoformat(),
        "instrument": {
            "number": basis.number,
            "dated": None if basis.dated is None else basis.dated.isoformat(),
            "issuer": basis.issuer,
        },
        "grants": None if revokes else title,
        "revokes": title if revokes else None,
        "preconditions": len(ruleset.preconditions),
        "criteria": len(ruleset.criteria),
        "indicators": {
            "total": counted.total,
            "verified": counted.verified,
            "unverified": counted.unverified,
            "attested": counted.attested,
        },
        "content_hash": ruleset.content_hash,
    }
