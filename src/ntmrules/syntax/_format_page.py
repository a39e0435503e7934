"""Puts tokens and comments on lines."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ntmrules.syntax import nodes
from ntmrules.syntax._format_marks import Mark, descendants, is_tight


WIDTH = 120
"""What does not fit on so many columns is broken, where it can be."""

STEP = 2
"""How much further in a line stands than the one it belongs to."""


class Blank(enum.Enum):
    """Which blank lines of the text stay above a line."""

    NONE = enum.auto()
    KEEP = enum.auto()


class Choices:
    """
    What was decided on a page because of the width of its words.

    A file has its lines broken at the same places in either language, those of English,
    so that converting it there and back gives the same file.
    """

    def __init__(self) -> None:
        self._made: list[bool] = []
        self._again: Iterator[bool] | None = None

    def __call__(self, wanted: bool) -> bool:  # noqa: FBT001  # a decision
        """Decide as is *wanted*; the second time as it was decided the first time."""
        if self._again is not None:
            return next(self._again)
        self._made.append(wanted)
        return wanted

    def repeat(self) -> None:
        """Decide everything once more as it was decided."""
        self._again = iter(self._made)


class Page:
    """
    The lines that are written, and what is known of each token.

    Args:
        marks: The tokens, the last of kind `END`.
        tree: What they mean, for the spaces between them.
        places: The number of the token that starts at an offset.
        choose: Takes what is decided because of widths.
    """

    def __init__(
        self,
        marks: Sequence[Mark],
        tree: nodes.File,
        places: dict[int, int],
        choose: Choices,
    ) -> None:
        self.marks = marks
        self.choose = choose
        self.lines: list[str] = []
        self.token_line = 0
        self.indent = 0
        self._line: str | None = None
        self._begun = -1
        self._comment = ""
        kinds = [mark.kind for mark in marks]
        self.tight = [True, *map(is_tight, kinds, kinds[1:])]
        tables = [0] * len(marks)
        for node in descendants(tree):
            self._settle(node, places, tables)
        widths = (
            len(mark.text) + (not tight)
            for mark, tight in zip(marks, self.tight, strict=True)
        )
        self._widths = _sums(widths)
        # A comment, or a table, after which no token can follow on the same line.
        self._breaks = _sums(bool(mark.before) for mark in marks)
        self._ends = _sums(
            bool(mark.after) or table for mark, table in zip(marks, tables, strict=True)
        )

    def _settle(
        self, node: nodes.Node, places: dict[int, int], tables: list[int]
    ) -> None:
        """Note the spaces that depend on what a sign means."""
        match node:
            case nodes.Negative():
                self.tight[places[node.span.start] + 1] = True
            case nodes.Call():
                self.tight[places[node.span.start] + 1] = True
            case nodes.Lookup():
                tables[places[node.span.start]] = 1
            case nodes.Quantity() | nodes.TypeName():
                for word in node.unit[1:]:
                    at = places[word.span.start]
                    self.tight[at - 1] = self.tight[at] = True
            case _:
                pass

    # What tokens would take on a line.

    def width(self, start: int, end: int) -> int:
        """Tell the width of tokens on one line."""
        return self._widths[end] - self._widths[start] - (not self.tight[start])

    def is_plain(self, start: int, end: int) -> bool:
        """Tell whether no comment and no table asks for a line between tokens."""
        return not (
            self._breaks[end] - self._breaks[min(start + 1, end)]
            or self._ends[max(start, end - 1)] - self._ends[start]
        )

    def fits(self, start: int, end: int) -> bool:
        """Tell whether tokens, and what sticks to them, fit on the line as it is."""
        while self.marks[end].kind in {"RPAR", "COMMA"} and self.is_plain(
            end - 1, end + 1
        ):
            end += 1
        if not self.is_plain(start, end) or self._comment:
            return False
        line = self._line or ""
        space = bool(line.strip()) and not self.tight[start]
        return self.choose(len(line) + space + self.width(start, end) <= WIDTH)

    # Writing.

    def begin(
        self, at: int, indent: int, blank: Blank, comments: int | None = None
    ) -> None:
        """
        Begin a line with a token, below its comments.

        Args:
            at: The token.
            indent: Where it stands.
            blank: Whether blank lines of the text stay.
            comments: Where its comments stand, if not where it stands.
        """
        self.end_line()
        mark, keep = self.marks[at], blank is Blank.KEEP
        for comment in mark.before:
            if keep and comment.blank:
                self.blank()
            self.lines.append(
                " " * (indent if comments is None else comments) + comment.text
            )
        if keep and mark.blank:
            self.blank()
        self.indent, self.token_line = indent, len(self.lines)
        self._line, self._begun = " " * indent, at

    def put(self, at: int, hang: int) -> None:
        """Write a token; where it cannot follow on the line, at *hang* on the next."""
        mark = self.marks[at]
        if at != self._begun and (mark.before or self._comment):
            self.begin(at, hang, Blank.NONE)
        line = self._line or ""
        space = " " if line.strip() and not self.tight[at] else ""
        self._line = f"{line}{space}{mark.text}"
        self._comment = mark.after

    def put_all(self, start: int, end: int, hang: int) -> None:
        """Write tokens."""
        for at in range(start, end):
            self.put(at, hang)

    def pad(self, column: int) -> None:
        """Go on to a column, unless the line is there or its end was reached."""
        if self._line is not None and not self._comment:
            self._line = self._line.ljust(column)

    @property
    def column(self) -> int:
        """The end of the line as it is."""
        return len(self._line or "")

    def end_line(self) -> None:
        """Finish the line, with the comment of its last token."""
        if self._line is not None:
            line = self._line.rstrip()
            self.lines.append(f"{line}  {self._comment}" if self._comment else line)
        self._line, self._comment, self._begun = None, "", -1

    def blank(self, at: int | None = None) -> None:
        """Have one blank line at the end, or above a line that is written."""
        place = len(self.lines) if at is None else at
        if place and self.lines[place - 1] and self.lines[place : place + 1] != [""]:
            self.lines.insert(place, "")


def _sums(values: Iterable[int]) -> list[int]:
    return [0, *accumulate(values)]
