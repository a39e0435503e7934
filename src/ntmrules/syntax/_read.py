"""From bytes to text."""

from __future__ import annotations

import re

from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.source import UNSEEN, SourceFile, Span
from ntmrules.syntax._limits import MAX_FILE_BYTES, MAX_REPORTS


# Control characters other than tab and line ends, and what could show a rule that is
# not there.
FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{UNSEEN}]")


def read_source(name: str, data: bytes, sink: Sink) -> SourceFile | None:
    """
    Make a text of the bytes of a file.

    Args:
        name: What to call the file in diagnostics.
        data: Its content.
        sink: Takes what is wrong with it.

    Returns:
        SourceFile: The text, if it is UTF-8, not beyond `MAX_FILE_BYTES`, and has
            no control characters.
    """
    start = Span(SourceFile(name, ""), 0, 0)
    if len(data) > MAX_FILE_BYTES:
        sink.add(too_large(start, len(data)))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = SourceFile(name, data[: error.start].decode("utf-8"))
        end = len(before.text)
        sink.add(
            Diagnostic(
                codes.NOT_UTF8,
                Span(before, end, end),
                {"byte": f"0x{data[error.start]:02X}"},
            )
        )
        return None
    file = SourceFile(name, text.removeprefix("\ufeff"))
    return None if report_forbidden(file, sink) else file


def too_large(span: Span, size: int) -> Diagnostic:
    """Report a text beyond `MAX_FILE_BYTES`."""
    return Diagnostic(
        codes.FILE_TOO_LARGE, span, {"size": size, "limit": MAX_FILE_BYTES}
    )


def report_forbidden(file: SourceFile, sink: Sink) -> bool:
    """Report the characters that may not stand in a text; tell if there are any."""
    count = 0
    for count, match in enumerate(FORBIDDEN.finditer(file.text), 1):
        sink.add(
            Diagnostic(
                codes.FORBIDDEN_CHARACTER,
                Span(file, match.start(), match.end()),
                {"character": f"U+{ord(match[0]):04X}"},
            )
        )
        if count == MAX_REPORTS:
            break
    return count > 0
