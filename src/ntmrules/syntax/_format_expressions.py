"""Lays out conditions, values and tables: on one line, or broken at their joints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ntmrules.syntax import nodes
from ntmrules.syntax._format_marks import children
from ntmrules.syntax._format_page import STEP, Blank, Page


class Places:
    """Finds the tokens of a node."""

    def __init__(self, starts: Mapping[int, int], ends: Mapping[int, int]) -> None:
        self._starts = starts
        self._ends = ends

    def __call__(self, node: nodes.Node) -> tuple[int, int]:
        """Give its first token, and the one after its last."""
        return self._starts[node.span.start], self._ends[node.span.end] + 1


class Expressions:
    """Writes expressions on a page, which looks at *places* for their tokens."""

    def __init__(self, page: Page, places: Places) -> None:
        self.page = page
        self.places = places

    def write(self, node: nodes.Node, hang: int, *, broken: bool = False) -> None:
        """
        Write a node, or a clause with its nodes.

        Args:
            node: What to write.
            hang: Where the line stands that it belongs to.
            broken: Whether it is broken even if it fits.
        """
        page = self.page
        start, end = self.places(node)
        if isinstance(node, nodes.Lookup):
            self._table(node, start, end, hang)
            return
        if not broken and page.fits(start, end):
            page.put_all(start, end, hang + STEP)
            return
        breaks = dict(self._breaks(node, start, end))
        inner = hang + STEP if breaks and not _goes_on(node) else hang
        chained = self._chained(node)
        below = {self.places(child)[0]: child for child in children(node)}
        at = start
        while at < end:
            if at in breaks:
                page.begin(at, hang + breaks[at], Blank.NONE)
            child = below.get(at)
            if child is None:
                page.put(at, hang + STEP)
                at += 1
            else:
                if child is chained:
                    self.write(child, hang, broken=True)
                else:
                    self.write(child, inner)
                at = self.places(child)[1]

    def _breaks(
        self, node: nodes.Node, start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """Give the tokens before which a node is broken, and how far in they stand."""
        match node:
            case nodes.And():
                yield from self._before(node, {"AND"})
            case nodes.Or():
                yield from self._before(node, {"OR"})
            case nodes.If():
                yield from self._before(node, {"ELSE"})
                if not self.page.fits(start, self.places(node.then)[1]):
                    yield from self._before(node, {"THEN"})
            case nodes.Arithmetic():
                yield from self._before(node, {"PLUS", "MINUS", "STAR", "SLASH"})
            case nodes.Aggregate():
                yield from self._before(node, {"OVER", "WEIGHTED"})
            case nodes.Quantified():
                yield self.places(node.predicate)[0], STEP
            case nodes.Choice():
                opening = self._first(self.places(node.quantifier)[1], "LPAR")
                yield from self._listed(node, opening, end)
            case nodes.Call() if len(node.arguments) > 1:
                yield from self._listed(node, start + 1, end)
            case _:
                return

    def _chained(self, node: nodes.Node) -> nodes.Node | None:
        """Give what follows `else if`: it is broken like what it goes on with."""
        if isinstance(node, nodes.If) and isinstance(node.otherwise, nodes.If):
            start = self.places(node.otherwise)[0]
            if self.page.marks[start - 1].kind == "ELSE":
                return node.otherwise
        return None

    def _before(self, node: nodes.Node, kinds: set[str]) -> Iterator[tuple[int, int]]:
        for at in self._between(node):
            if self.page.marks[at].kind in kinds:
                yield at, STEP

    def _listed(
        self, node: nodes.Node, opening: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """Break after the opening bracket and each comma, and before the closing."""
        yield opening + 1, STEP
        for at in self._between(node):
            if self.page.marks[at].kind == "COMMA":
                yield at + 1, STEP
        yield end - 1, 0

    def _between(self, node: nodes.Node) -> Iterator[int]:
        """Give the tokens of a node that belong to none of its parts."""
        start, end = self.places(node)
        at = start
        for child in children(node):
            first, last = self.places(child)
            yield from range(at, first)
            at = last
        yield from range(at, end)

    def _first(self, at: int, kind: str) -> int:
        while self.page.marks[at].kind != kind:
            at += 1
        return at

    # Tables.

    def _table(self, node: nodes.Lookup, start: int, end: int, hang: int) -> None:
        page = self.page
        rows = [self.places(row) for row in node.rows]
        page.put_all(start, rows[0][0], hang + STEP)
        indent = page.indent
        columns = self._columns(node)
        for row, (first, last) in zip(node.rows, rows, strict=True):
            page.begin(first, indent + STEP, Blank.NONE)
            if not page.is_plain(first, last):
                page.put_all(first, last, indent + 2 * STEP)
                continue
            at = first
            for cell, width in zip(row.cells, columns, strict=False):
                first_of_cell, end_of_cell = self.places(cell)
                page.put_all(at, first_of_cell, indent)
                column = page.column + 1 + width
                page.put_all(first_of_cell, end_of_cell, indent)
                page.pad(column)
                at = end_of_cell
            page.put_all(at, last, indent)
        page.begin(end - 1, indent, Blank.NONE, comments=indent + STEP)
        page.put(end - 1, indent)

    def _columns(self, node: nodes.Lookup) -> list[int]:
        """Give the width of each column."""
        widths: list[int] = []
        for row in node.rows:
            for number, cell in enumerate(row.cells):
                start, end = self.places(cell)
                width = self.page.width(start, end)
                if number == len(widths):
                    widths.append(0)
                if self.page.is_plain(start, end):
                    widths[number] = max(widths[number], width)
        return widths


def _goes_on(node: nodes.Node) -> bool:
    """Tell whether what a node holds stands no further in: a chain of one operator."""
    return isinstance(node, nodes.Arithmetic | nodes.Quantified)
