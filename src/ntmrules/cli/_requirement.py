"""A requirement in the words of the ruleset, its tables made readable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ntmrules import Ruleset
from ntmrules.cli._layout import Line, Part, Style, line
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested
from ntmrules.source import Span
from ntmrules.text import Language, Text


_BY = Text("attested by {who}", "{who} xác nhận")
_ATTESTED = Text("attested", "người thẩm định xác nhận")
_NOT_APPLICABLE = Text("not applicable", "không áp dụng")
_OTHER_YEARS = Text("other years", "các năm khác")


@attrs.frozen
class Pick:
    """Which part of the tables is asked for: a case of an enum, and a year."""

    case: str | None
    year: int | None


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
    for table in _tables(requirement, span):
        sentence.append(Part(source_line(span, at, table.span.start) + " "))
        rows = _rows(table, pick, language)
        if len(rows) == 1:
            sentence.append(Part(rows[0][1] + " ", Style.STRONG))
        else:
            axes = ", ".join(axis.name for axis in table.axes)
            sentence.append(Part(f"by {axes}"))
            lines.append(tuple(sentence))
            lines += [
                line("  ", Part(row, Style.STRONG), f"  {on}") for on, row in rows
            ]
            sentence = []
        at = table.span.end
    sentence.append(Part(source_line(span, at)))
    if any(part.text.strip() for part in sentence):
        lines.append(tuple(sentence))
    return lines


def _tables(node: e.Expression, within: Span) -> Iterator[e.Lookup]:
    """Find the tables that are written inside a requirement, in order."""
    if isinstance(node, e.Lookup):
        inside = within.start <= node.span.start and node.span.end <= within.end
        if inside and node.span.file is within.file:
            yield node
        return
    for child in e.children(node):
        yield from _tables(child, within)


def _rows(table: e.Lookup, pick: Pick, language: Language) -> list[tuple[str, str]]:
    """Give the cases that are asked for and their threshold, equal ones together."""
    cases: dict[str, list[str]] = {}
    for keys, cell in table.cells.items():
        chosen = [
            _chosen(key, axis, pick, table)
            for key, axis in zip(keys, table.axes, strict=True)
        ]
        if None in chosen:
            continue
        left = [key for key, asked in zip(keys, chosen, strict=True) if not asked]
        text = _NOT_APPLICABLE.fill(language, {}) if cell is None else cell.text
        cases.setdefault(" ".join(text.split()), []).append(_name(left, language))
    return [(", ".join(names), text) for text, names in cases.items()]


def _chosen(key: e.Key, axis: e.Axis, pick: Pick, table: e.Lookup) -> bool | None:
    """Tell whether a key is the one asked for; `None` when another one is."""
    if isinstance(axis, e.EnumAxis):
        if pick.case is None or pick.case not in axis.keys:
            return False
        return True if key == pick.case else None
    if pick.year is None:
        return False
    at = table.axes.index(axis)
    asked = pick.year if any(keys[at] == pick.year for keys in table.cells) else None
    return True if key == asked else None


def _name(keys: Iterable[e.Key], language: Language) -> str:
    other = _OTHER_YEARS.fill(language, {})
    return " ".join(other if key is None else str(key) for key in keys)


def enum_cases(ruleset: Ruleset) -> tuple[str, ...]:
    """Give the cases over which thresholds may differ, each once."""
    found: dict[str, None] = {}
    for indicator in ruleset.indicators.values():
        if isinstance(indicator.requirement, Attested):
            continue
        for table in _tables(indicator.requirement, indicator.requirement.span):
            for axis in table.axes:
                if isinstance(axis, e.EnumAxis):
                    found.update(dict.fromkeys(axis.keys))
    return tuple(found)
