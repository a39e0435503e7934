"""Aligns what stands on neighbouring lines."""

from __future__ import annotations

from collections.abc import Sequence

from ntmrules.syntax import nodes
from ntmrules.syntax._format_expressions import Places
from ntmrules.syntax._format_page import WIDTH, Page


# A longer cell stands out, rather than push all others away.
_WIDEST = 52

Cell = tuple[int, int] | None
"""The first token of a cell and the one after its last; nothing for none."""

Aligned = nodes.UnitDeclaration | nodes.LevelDeclaration | nodes.TitleDeclaration


def runs(page: Page, firsts: Sequence[int], kinds: Sequence[object]) -> list[range]:
    """Cut a list where the kind changes, or a blank line stands."""
    found: list[range] = []
    for number, (at, kind) in enumerate(zip(firsts, kinds, strict=True)):
        mark = page.marks[at]
        apart = mark.blank or any(comment.blank for comment in mark.before)
        if found and not apart and kind == kinds[number - 1]:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found


def cells(node: Aligned | nodes.EnumCase, places: Places) -> tuple[Cell, ...]:
    """Give the parts of a declaration that are aligned with those of its neighbours."""
    start = places(node)[0]
    name = places(node.name)[1]
    label = None if node.label is None else places(node.label)
    names = [
        places(option)
        for option in node.options
        if isinstance(option, nodes.NameClause)
    ]
    rest: list[Cell] = [label, *names]
    match node:
        case nodes.UnitDeclaration():
            name = name if node.plural is None else places(node.plural)[1]
            return ((start, name), *rest)
        case nodes.LevelDeclaration():
            within = None if node.parent is None else _with_word(places(node.parent))
            return (start, name + 1), places(node.plural), within, *rest
        case nodes.TitleDeclaration():
            above = None if node.above is None else _with_word(places(node.above))
            return (start, name), above, *rest
        case nodes.EnumCase():
            return ((start, name), *rest)


def _with_word(place: tuple[int, int]) -> tuple[int, int]:
    """Give a name with the word before it."""
    return place[0] - 1, place[1]


def widths(page: Page, rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Give the width of each column; nothing is in a column of width 0."""
    found = [0] * max(map(len, rows))
    for row in rows:
        for number, cell in enumerate(row):
            width = 0 if cell is None else page.width(*cell)
            if page.choose(width <= _WIDEST):
                found[number] = max(found[number], width)
    return found


def write_cells(page: Page, row: Sequence[Cell], columns: Sequence[int]) -> None:
    """Write a row; the first cell stands where the line begins."""
    column = page.indent
    for cell, width in zip(row, columns, strict=False):
        if cell is not None:
            page.pad(column - 1)
            page.put_all(*cell, page.indent + 4)
        if width:
            column += width + 1


def heads(
    page: Page,
    indent: int,
    parts: Sequence[tuple[int, int, int] | None],
    kinds: Sequence[type],
) -> list[int]:
    """
    Align the conditions of provisions on one line each.

    Args:
        page: Where they are written.
        indent: Where their lines begin.
        parts: The first token, that after the colon, and that after the end; nothing
            for what is not on one line.
        kinds: What each is: only those of one kind are aligned.

    Returns:
        list[int]: The column before the condition of each, or 0.
    """
    found = [0] * len(parts)
    fitting = [part if part and _fits(page, indent, part) else None for part in parts]
    firsts = [part[0] if part else -1 for part in fitting]
    alike = [kind if part else None for part, kind in zip(fitting, kinds, strict=True)]
    for run in runs(page, firsts, alike):
        members = [part for part in fitting[run.start : run.stop] if part]
        if len(members) < 2:
            continue
        width = max(page.width(start, body) for start, body, _ in members)
        longest = max(page.width(body, end) for _, body, end in members)
        if page.choose(indent + width + 1 + longest <= WIDTH):
            found[run.start : run.stop] = [indent + width] * len(members)
    return found


def _fits(page: Page, indent: int, part: tuple[int, int, int]) -> bool:
    start, _, end = part
    width = indent + page.width(start, end)
    return page.is_plain(start, end) and page.choose(width <= WIDTH)
