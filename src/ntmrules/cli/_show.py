"""`ntmrules rulesets show`: one ruleset as a readable table."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import attrs
import click

from ntmrules import Catalogue, Ruleset, load
from ntmrules.cli._layout import Line, Part, Style, beside, line, painted, wrapped
from ntmrules.cli._options import (
    IN_FORCE,
    date_option,
    language_option,
    ruleset_source,
    rulesets_option,
)
from ntmrules.cli._requirement import requirement_lines, source_line
from ntmrules.cli._standing import Standing, standing, standings
from ntmrules.cli._terminal import width, write
from ntmrules.cli._thresholds import Pick, enum_cases
from ntmrules.cli._titles import confers_text, dates_text, instrument_text, level_text
from ntmrules.model.expressions import Expression
from ntmrules.model.ruleset import Criterion, Indicator
from ntmrules.shelf import shelf_of
from ntmrules.text import Fill, Language, Text


_HEADINGS = (
    Text("no.", "số"),
    Text("name and basis", "tên và căn cứ"),
    Text("requirement", "yêu cầu"),
    Text("status", "tình trạng"),
)
_PRECONDITIONS = Text("Preconditions", "Điều kiện")
_CRITERIA = Text("Criteria", "Tiêu chí")
_NEWEST = Text(
    "the newest of {number} versions; --as-of picks another",
    "bản mới nhất trong {number} bản; --as-of chọn bản khác",
)
_COUNTS = Text(
    "{criteria} criteria, {indicators} indicators: {verified} verified, {unverified}"
    " unverified, {attested} attested",
    "{criteria} tiêu chí, {indicators} chỉ tiêu: {verified} đã kiểm chứng, {unverified}"
    " chưa kiểm chứng, {attested} cần xác nhận",
)
_MARKED = Text("figures with ?", "mức có dấu ?")
_APPLIES = Text("applies when: ", "áp dụng khi: ")
_PASSES = Text("passes when: ", "đạt khi: ")
_LABEL = 7


@click.command("show")
@click.argument("ruleset", metavar="ID|FILE")
@date_option("Which version; by default the newest.")
@click.option("--region", "case", metavar="CASE", help="Thresholds of this case alone.")
@click.option("--notes", is_flag=True, help="Show the notes too.")
@language_option()
@rulesets_option()
@click.pass_context
def show(
    ctx: click.Context,
    *,
    ruleset: str,
    as_of: datetime.date | None,
    case: str | None,
    notes: bool,
    language: Language,
    catalogue: Catalogue | None,
) -> int:
    """Show a ruleset as a table: requirements, thresholds, and what is verified."""
    source = ruleset_source(ruleset)
    if isinstance(source, str):
        chosen, others = _version(source, as_of, catalogue or Catalogue())
    else:
        chosen, others = load(source, catalogue=catalogue), 0
    if case is not None:
        _must_be_a_case(case, chosen, ctx)
    table = _Table(Pick(case, None if as_of is None else as_of.year), notes, language)
    for parts in table.lines(chosen, others):
        write(painted(parts))
    return 0


def _version(
    identity: str, date: datetime.date | None, catalogue: Catalogue
) -> tuple[Ruleset, int]:
    """
    Give the newest version, or that of a date, and how many others there are.

    A draft is shown where there is nothing that is in force: it grants nothing, but it
    may be read.
    """
    versions = shelf_of(catalogue).versions(identity)
    found = [v for v in versions.rulesets if date is None or v.in_force(date)]
    ruling = [v for v in found if v.status == IN_FORCE]
    if versions.absent is not None or not found:
        return load(identity, as_of=date, catalogue=catalogue), 0
    return (ruling or found)[-1], len(ruling or found) - 1


def _must_be_a_case(case: str, ruleset: Ruleset, ctx: click.Context) -> None:
    cases = enum_cases(ruleset)
    if case not in cases:
        known = ", ".join(cases) or "the cases, for it has no tables"
        said = f"'{case}' is none of {known}."
        raise click.BadParameter(said, ctx, param_hint="'--region'")


def _counts(ruleset: Ruleset, pick: Pick, language: Language) -> str:
    counted = standings(ruleset, pick)
    numbers: dict[str, Fill] = {
        "criteria": len(ruleset.criteria),
        "indicators": counted.total,
        "verified": counted.verified,
        "unverified": counted.unverified,
        "attested": counted.attested,
    }
    return _COUNTS.fill(language, numbers)


@attrs.frozen
class _Table:
    """How a ruleset is shown."""

    pick: Pick
    notes: bool
    language: Language

    def lines(self, ruleset: Ruleset, others: int) -> Iterator[Line]:
        """Give the whole page."""
        yield from self._head(ruleset, others)
        room = width() - _LABEL - 2 * 3
        status = max(16, room // 5)
        name = (room - status) // 2
        widths = (_LABEL, name, room - status - name, status)
        heads = [self._say(w, Style.QUIET) for w in _HEADINGS]
        yield from beside([[head] for head in heads], widths)
        for title, group in (
            (_PRECONDITIONS, ruleset.preconditions),
            (_CRITERIA, ruleset.criteria),
        ):
            if group:
                yield ()
                yield self._say(title, Style.TITLE)
            for criterion in group.values():
                for row in self._rows(criterion):
                    yield from beside(row, widths)

    def _head(self, ruleset: Ruleset, others: int) -> Iterator[Line]:
        language = self.language
        yield line(Part(ruleset.name.fill(language, {}), Style.TITLE))
        told = [
            ruleset.id,
            level_text(ruleset, language),
            confers_text(ruleset, language),
        ]
        yield from wrapped(line(" · ".join(part for part in told if part)), width())
        yield from wrapped(line(instrument_text(ruleset.basis, language)), width())
        dates = dates_text(ruleset, language)
        if others:
            newest = _NEWEST.fill(language, {"number": others + 1})
            yield from wrapped(line(dates, Part(f"  ({newest})", Style.QUIET)), width())
        else:
            yield line(dates)
        yield from wrapped(line(_counts(ruleset, self.pick, language)), width())
        if self.notes:
            for note in ruleset.notes:
                yield from wrapped(line(Part(note, Style.QUIET)), width())
        yield ()

    def _say(self, text: Text, style: Style) -> Line:
        return line(Part(text.fill(self.language, {}), style))

    def _rows(self, criterion: Criterion) -> Iterator[list[list[Line]]]:
        when = self._when(_APPLIES, criterion.applies)
        if criterion.holds_its_requirement:
            (indicator,) = criterion.indicators
            yield self._row(criterion, when, indicator)
            return
        when += self._when(_PASSES, criterion.passes)
        yield [*self._named(criterion, Style.STRONG), when, []]
        for indicator in criterion.indicators:
            yield self._row(
                indicator, self._when(_APPLIES, indicator.applies), indicator
            )

    def _row(
        self, named: Criterion | Indicator, when: list[Line], indicator: Indicator
    ) -> list[list[Line]]:
        strong = Style.STRONG if isinstance(named, Criterion) else Style.PLAIN
        how = standing(indicator, self.pick)
        word = f"{how.sign} {how.word.fill(self.language, {})}"
        status = [line(Part(word, how.style))]
        if indicator.unverified:
            status.append(line(Part(indicator.unverified, Style.QUIET)))
        elif how is Standing.UNVERIFIED:
            status.append(self._say(_MARKED, Style.QUIET))
        required = requirement_lines(indicator.requirement, self.pick, self.language)
        return [*self._named(named, strong), [*when, *required], status]

    def _named(self, named: Criterion | Indicator, style: Style) -> list[list[Line]]:
        name = [line(Part(named.name.fill(self.language, {}), style))]
        for basis in named.basis:
            said = instrument_text(basis, self.language)
            name.append(line(Part(said, Style.QUIET)))
        if self.notes:
            name += [line(Part(note, Style.QUIET)) for note in named.notes]
        return [[line(Part(named.label, style))], name]

    def _when(self, words: Text, condition: Expression | None) -> list[Line]:
        if condition is None:
            return []
        said = words.fill(self.language, {})
        return [line(Part(said, Style.QUIET), source_line(condition.span))]
