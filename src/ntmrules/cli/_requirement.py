"""A requirement in the words of the ruleset, its tables made readable."""

from __future__ import annotations

from collections.abc import Iterable

from ntmrules.cli._layout import Line, Part, Style, line
from ntmrules.cli._thresholds import Pick, Threshold, tables, thresholds
from ntmrules.keywords import as_in
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested
from ntmrules.source import Span
from ntmrules.text import Language, Text


_BY = Text("attested by {who}", "{who} xác nhận")
_ATTESTED = Text("attested", "người thẩm định xác nhận")
_NOT_APPLICABLE = Text("not applicable", "không áp dụng")
_OTHER_YEARS = Text("other years", "các năm khác")
_DOUBT = "?"
"""How a ruleset marks a figure that was not seen in a text yet."""


def source_line(span: Span, start: int | None = None, end: int | None = None) -> str:
    """Give the author's words, or part of them, without comments on one line."""
    text = span.file.text[span.start if start is None else start : end or span.end]
    lines = (row.split("#", 1)[0] for row in text.splitlines())
    return " ".join(" ".join(lines).split())


def requirement_lines(
    requirement: e.Expression | Attested, pick: Pick, language: Language
) -> list[Line]:
    """
    Say what is required.

    A table is left out of the sentence and follows it, one line per threshold; or its
    place is taken by the one threshold that is asked for.
    """
    if isinstance(requirement, Attested):
        if not requirement.by:
            return [line(_ATTESTED.fill(language, {}))]
        return [line(_BY.fill(language, {"who": requirement.by}))]
    span = requirement.span
    lines: list[Line] = []
    sentence: list[Part] = []
    at = span.start
    for table in tables(requirement):
        if not _inside(table.span, span):
            continue  # it belongs to a definition, which the sentence names
        sentence.append(Part(source_line(span, at, table.span.start) + " "))
        rows = _rows(thresholds(table, pick), language)
        if len(rows) == 1:
            sentence += [*rows[0][0], Part(" ")]
        else:
            axes = ", ".join(axis.name for axis in table.axes)
            by = as_in(span.file.text, f"by {axes}")
            lines.append((*sentence, Part(by)))
            lines += [line("  ", *figure, f"  {cases}") for figure, cases in rows]
            sentence = []
        at = table.span.end
    sentence.append(Part(source_line(span, at)))
    if any(part.text.strip() for part in sentence):
        lines.append(tuple(sentence))
    return lines


def _inside(inner: Span, outer: Span) -> bool:
    return (
        inner.file is outer.file
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _rows(found: Iterable[Threshold], language: Language) -> list[tuple[Line, str]]:
    """Give each figure with the cases in which it holds."""
    cases: dict[Line, list[str]] = {}
    for threshold in found:
        figure = _figure(threshold, language)
        cases.setdefault(figure, []).append(_name(threshold.keys, language))
    return [(figure, ", ".join(names)) for figure, names in cases.items()]


def _figure(threshold: Threshold, language: Language) -> Line:
    if threshold.cell is None:
        return line(Part(_NOT_APPLICABLE.fill(language, {}), Style.QUIET))
    text = " ".join(threshold.cell.text.split()).removesuffix(_DOUBT)
    figure = Part(text, Style.STRONG)
    return (
        line(figure) if threshold.verified else line(figure, Part(_DOUBT, Style.DOUBT))
    )


def _name(keys: Iterable[e.Key], language: Language) -> str:
    other = _OTHER_YEARS.fill(language, {})
    return " ".join(other if key is None else str(key) for key in keys)
