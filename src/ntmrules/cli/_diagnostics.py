"""Diagnostics on a terminal, in colour and no wider than it, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable

from ntmrules.cli._layout import Line, Part, Style, line, painted, wrapped
from ntmrules.cli._terminal import width
from ntmrules.diagnostics import Diagnostic, Note, Severity, render
from ntmrules.source import Span
from ntmrules.text import Language


_SEVERITY = {
    Severity.ERROR: Style.BAD,
    Severity.WARNING: Style.DOUBT,
    Severity.INFO: Style.LINK,
}
_SOURCE = re.compile(r"( *\d+ \| )(.*)")
_MARKS = re.compile(r"( *\| )( *)([\^-]+)")
_REMARK = re.compile(r"( *= )([^:]+: )(.*)")
_SHORTEST = 20
_INDENT = 4


def rendered(diagnostic: Diagnostic, language: Language) -> str:
    """
    Write a diagnostic with carets for the terminal.

    What it says comes from `ntmrules.diagnostics.render`; here it gets colours, long
    sentences are wrapped, and lines of a file are cut around what is guilty.
    """
    style = _SEVERITY[diagnostic.severity]
    first, *others = render(diagnostic, language).splitlines()
    head, _, message = first.partition(": ")
    lead = line(Part(f"{head}: ", style), Part(message, Style.STRONG))
    found = wrapped(lead, width(), _INDENT)
    at = 0
    while at < len(others):
        marks = _MARKS.fullmatch(others[at + 1]) if at + 1 < len(others) else None
        source = _SOURCE.fullmatch(others[at])
        if source and marks:
            found += _snippet(source, marks, style)
            at += 2
        else:
            found += _other(others[at])
            at += 1
    return "\n".join(painted(parts) for parts in found)


def _snippet(
    source: re.Match[str], marks: re.Match[str], style: Style
) -> tuple[Line, Line]:
    """Cut a line of a file around its marks, and colour both."""
    gutter, text = source.groups()
    _, blanks, carets = marks.groups()
    room = max(width() - len(gutter), _SHORTEST)
    start = len(blanks)
    if len(text) > room:
        first = max(0, min(start - _SHORTEST, len(text) - room))
        last = first + room
        before, after = "…" if first else "", "…" if last < len(text) else ""
        text = before + text[first + len(before) : last - len(after)] + after
        start -= first
        carets = carets[: room - start]
    colour = Style.QUIET if carets.startswith("-") else style
    return (
        line(Part(gutter, Style.LINK), text),
        line(Part(marks[1], Style.LINK), " " * start, Part(carets, colour)),
    )


def _other(text: str) -> list[Line]:
    remark = _REMARK.fullmatch(text)
    if remark:
        said = line(
            Part(remark[1], Style.LINK), Part(remark[2], Style.STRONG), remark[3]
        )
        return wrapped(said, width(), len(remark[1]) + 2)
    stripped = text.lstrip()
    for arrow in ("--> ", "::: "):
        if stripped.startswith(arrow):
            lead = line(text[: -len(stripped)], Part(arrow, Style.LINK))
            return [(*lead, Part(stripped[len(arrow) :]))]
    return [line(Part(text, Style.LINK))]


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Give a diagnostic as what JSON can hold; the keys are always the same."""
    advice = diagnostic.help
    edit = None if advice is None else advice.edit
    return {
        "code": diagnostic.code.id,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message_in(Language.EN),
        "message_vi": diagnostic.message_in(Language.VI),
        **_place(diagnostic.span),
        "place": diagnostic.place,
        "notes": [_note(note) for note in diagnostic.notes],
        "help": None if advice is None else _sentence(advice.message),
        "edit": None if edit is None else {**_place(edit.span), "text": edit.text},
    }


def _note(note: Note) -> dict[str, object]:
    return {**_sentence(note.message), **_place(note.span)}


def _sentence(message: Callable[[Language], str]) -> dict[str, object]:
    return {"message": message(Language.EN), "message_vi": message(Language.VI)}


def _place(span: Span | None) -> dict[str, object]:
    """Say where, lines and columns counted from 1; the end is not included."""
    if span is None:
        names = ("file", "line", "column", "end_line", "end_column")
        return dict.fromkeys(names)
    end_line, end_column = span.file.position(span.end)
    return {
        "file": span.file.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }
