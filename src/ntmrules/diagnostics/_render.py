"""Diagnostics as text: with carets for people, on one line for programs."""

from __future__ import annotations

from types import MappingProxyType

from ntmrules.diagnostics._diagnostic import HELP, NOTE, Diagnostic, Severity
from ntmrules.source import Span
from ntmrules.text import Language, Text


_WIDEST = 120
_SEVERITY = MappingProxyType(
    {
        Severity.ERROR: Text("error", "lỗi"),
        Severity.WARNING: Text("warning", "cảnh báo"),
        Severity.INFO: Text("info", "lưu ý"),
    }
)
_MORE = Text("more", "xem thêm")


def severity_word(severity: Severity, language: Language) -> str:
    """Name a severity."""
    return _SEVERITY[severity].fill(language, {})


def render(diagnostic: Diagnostic, language: Language | None = None) -> str:
    """
    Write a diagnostic with the guilty line, carets, notes and help (errors.md).

    Without a language, it is that of the keywords of the file.
    """
    language = language or diagnostic.language
    word = severity_word(diagnostic.severity, language)
    message = diagnostic.message_in(language)
    lines = [f"{word}[{diagnostic.code.id}]: {message}"]
    spans = [note.span for note in diagnostic.notes if note.span is not None]
    if diagnostic.span is not None:
        spans.append(diagnostic.span)
    margin = max((len(str(span.line)) for span in spans), default=1)
    indent = " " * margin
    place = diagnostic.place_in(language)
    if diagnostic.span is not None:
        place = f"   ({place})" if place else ""
        lines.append(f"{indent}--> {diagnostic.span}{place}")
        lines += _snippet(diagnostic.span, margin, "^")
    elif place:
        lines.append(f"{indent}--> {place}")
    for note in diagnostic.notes:
        if note.span is None:
            lines.append(
                f"{indent} = {NOTE.fill(language, {})}: {note.message(language)}"
            )
        else:
            lines.append(f"{indent}::: {note.span}: {note.message(language)}")
            lines += _snippet(note.span, margin, "-")
    if diagnostic.help:
        text = diagnostic.help.message(language)
        lines.append(f"{indent} = {HELP.fill(language, {})}: {text}")
    more = f"ntmrules explain {diagnostic.code.id}"
    lines.append(f"{indent} = {_MORE.fill(language, {})}: {more}")
    return "\n".join(lines)


def render_plain(diagnostic: Diagnostic, language: Language | None = None) -> str:
    """Write a diagnostic as ``file:line:col: NTM201 sentence; help``."""
    language = language or diagnostic.language
    place = diagnostic.place_in(language) or "-"
    where = str(diagnostic.span) if diagnostic.span else place
    text = f"{where}: {diagnostic.code.id} {diagnostic.message_in(language)}"
    if diagnostic.help:
        text += f"; {diagnostic.help.message(language)}"
    return text


def _snippet(span: Span, margin: int, mark: str) -> list[str]:
    line, column = span.file.position(span.start)
    text = span.file.line_text(line)
    if not text.strip():
        return []
    width = max(1, min(span.end - span.start, len(text) - column + 1))
    # A line may be megabytes long: show a window around the guilty part.
    first = max(0, column - 1 - _WIDEST // 2) if len(text) > _WIDEST else 0
    shown = "".join(
        c if c.isprintable() else " " for c in text[first : first + _WIDEST]
    )
    before = "…" if first else ""
    after = "…" if first + _WIDEST < len(text) else ""
    start = column - 1 - first + len(before)
    carets = mark * max(1, min(width, _WIDEST - (column - 1 - first)))
    bar = f"{' ' * margin} |"
    return [
        bar,
        f"{line:>{margin}} | {before}{shown}{after}",
        f"{bar} {' ' * start}{carets}",
    ]
