"""Source files and places in them."""

from __future__ import annotations

import bisect
import unicodedata

import attrs


UNSEEN = (
    "\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
"""
Characters that nobody sees, as they stand in a class of a regular expression.

Two names could look alike and differ, or text could look different from what it says:
some turn the direction of writing, some have no width, some end a line in some editors.
"""


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@attrs.frozen(eq=False)
class SourceFile:
    """
    A text with a name, normalised once.

    The text is kept in Unicode NFC and every offset counts code points of that
    text (language.md, introduction).
    """

    name: str
    text: str = attrs.field(repr=False, converter=_nfc)
    _starts: list[int] = attrs.field(init=False, repr=False)

    @_starts.default
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Tell line and column of *offset*, both counted from 1."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def utf16_column(self, offset: int) -> int:
        """Tell the column of *offset* in UTF-16 units from 0, as editors count."""
        line, column = self.position(offset)
        before = self.line_text(line)[: column - 1]
        return len(before.encode("utf-16-le")) // 2

    def line_text(self, line: int) -> str:
        """Give the text of a *line* counted from 1, without its line break."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @property
    def line_count(self) -> int:
        """The number of lines, at least 1."""
        return len(self._starts)


@attrs.frozen
class Span:
    """
    A stretch of a source file: code points *start* up to, not including, *end*.
    """

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line on which it starts, from 1."""
        return self.file.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column at which it starts, from 1."""
        return self.file.position(self.start)[1]

    @property
    def text(self) -> str:
        """The text it covers."""
        return self.file.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """Stretch from here to the end of *other*, a later place of the same file."""
        return Span(self.file, self.start, other.end)

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}:{self.column}"
