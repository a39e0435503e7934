"""Lays text out in lines and columns, before it is known whether colours are shown."""

from __future__ import annotations

import enum
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs
import click


class Style(enum.Enum):
    """How a piece of text looks, by what it is."""

    PLAIN = "plain"
    TITLE = "title"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    LINK = "link"

    def paint(self, text: str) -> str:
        """Put the colour on."""
        match self:
            case Style.PLAIN:
                return text
            case Style.TITLE:
                return click.style(text, bold=True, underline=True)
            case Style.STRONG:
                return click.style(text, bold=True)
            case Style.QUIET:
                return click.style(text, dim=True)
            case Style.GOOD:
                return click.style(text, fg="green")
            case Style.BAD:
                return click.style(text, fg="red", bold=True)
            case Style.DOUBT:
                return click.style(text, fg="yellow")
            case Style.LINK:
                return click.style(text, fg="cyan")


@attrs.frozen
class Part:
    """A piece of text and how it looks."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Part, ...]


def line(*pieces: Part | str) -> Line:
    """Make a line; what is only text looks plain."""
    return tuple(Part(p) if isinstance(p, str) else p for p in pieces)


def painted(parts: Iterable[Part]) -> str:
    """Give a line with its colours, without spaces at its end."""
    runs = [
        (style, "".join(part.text for part in run))
        for style, run in itertools.groupby(parts, key=lambda part: part.style)
    ]
    while runs:
        style, text = runs.pop()
        if text.strip():
            runs.append((style, text.rstrip()))
            break
    return "".join(style.paint(text) for style, text in runs if text)


def columns_of(text: str) -> int:
    """Tell how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def width_of(parts: Iterable[Part]) -> int:
    """Tell how many columns a line takes."""
    return sum(columns_of(part.text) for part in parts)


def _words(parts: Iterable[Part]) -> Iterator[Line]:
    """Cut between words; a word of two styles stays together."""
    word: list[Part] = []
    for part in parts:
        for piece in re.findall(r"\s+|\S+", part.text):
            blank = piece.isspace()
            if word and (blank or word[-1].text.isspace()):
                yield tuple(word)
                word = []
            word.append(attrs.evolve(part, text=piece))
    if word:
        yield tuple(word)


def _halves(word: Line, room: int) -> Iterator[Line]:
    """Break a word that is wider than a whole line."""
    piece: list[Part] = []
    for part in word:
        for letter in part.text:
            if width_of(piece) + columns_of(letter) > room:
                yield tuple(piece)
                piece = []
            piece.append(attrs.evolve(part, text=letter))
    yield tuple(piece)


def wrapped(parts: Iterable[Part], room: int, indent: int | None = None) -> list[Line]:
    """
    Break a line at spaces into lines of at most *room* columns; at least one.

    Args:
        parts: The line.
        room: How many columns there are.
        indent: How far to indent the further lines; by default two more than the
            first one is, if it is.
    """
    words = list(_words(parts))
    lead = words.pop(0) if words and words[0][0].text.isspace() else ()
    if indent is None:
        indent = width_of(lead) + 2 if lead else 0
    blank: Line = (Part(" " * indent),) if indent else ()
    lines: list[list[Part]] = [list(lead)]
    for word in words:
        if width_of(lines[-1]) + width_of(word) <= room:
            lines[-1].extend(word)
        elif word[0].text.isspace():
            lines.append([*blank])
        elif indent + width_of(word) <= room:
            lines.append([*blank, *word])
        else:
            halves = _halves(word, room - indent)
            lines += [[*blank, *half] for half in halves]
    kept = [_trimmed(found) for found in lines]
    return [found for found in kept if found] or [()]


def _trimmed(parts: Sequence[Part]) -> Line:
    """Take the space away at which a line was broken."""
    end = len(parts)
    while end and parts[end - 1].text.isspace():
        end -= 1
    return tuple(parts[:end])


def beside(cells: Sequence[Sequence[Line]], widths: Sequence[int]) -> list[Line]:
    """
    Put cells next to each other, two spaces apart.

    Args:
        cells: For each column its paragraphs, which are wrapped to its width.
        widths: The width of each column.
    """
    boxes = [
        [found for paragraph in cell for found in wrapped(paragraph, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    rows = itertools.zip_longest(*boxes, fillvalue=())
    return [
        tuple(
            part
            for found, width in zip(row, widths, strict=True)
            for part in (*found, Part(" " * (width - width_of(found) + 2)))
        )
        for row in rows
    ]
