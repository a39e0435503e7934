"""
The one way to lay a file out.

Only the order of clauses and the space between tokens change: the tokens are those of
the text, parentheses and comments included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from ntmrules.diagnostics import Sink
from ntmrules.keywords import language_of
from ntmrules.source import SourceFile
from ntmrules.syntax import _format_columns as columns
from ntmrules.syntax import nodes
from ntmrules.syntax._format_expressions import Expressions, Places
from ntmrules.syntax._format_marks import Mark, marks_of
from ntmrules.syntax._format_page import STEP, Blank, Choices, Page
from ntmrules.syntax._grammar import tables
from ntmrules.syntax._in_the_way import names_in_the_way
from ntmrules.syntax._lex import lex
from ntmrules.syntax._parse import parse
from ntmrules.syntax._tokens import Token
from ntmrules.text import Language


_ORDER = MappingProxyType(
    {
        kind: number
        for number, kind in enumerate(
            (
                nodes.OnLevels,
                nodes.SumsUp,
                nodes.MayExceed,
                nodes.NameClause,
                nodes.ForClause,
                nodes.BuildsOn,
                nodes.Confers,
                nodes.BasisClause,
                nodes.InForce,
                nodes.StatusClause,
                nodes.NoteClause,
                nodes.PassesWhen,
                nodes.AppliesWhen,
                nodes.Unverified,
                nodes.Require,
                nodes.Attested,
            )
        )
    }
)

Part = nodes.Clause | nodes.Option
Item = nodes.Item | nodes.Declaration


def format_source(
    file: SourceFile, sink: Sink, to: Language | None = None
) -> str | None:
    """
    Lay a text out in the one form there is.

    Args:
        file: The text.
        sink: Takes what is wrong with it.
        to: The language of its keywords afterwards; nothing leaves them as they are.

    Returns:
        str: The text laid out; nothing if it cannot be read, or if a name in it is a
            keyword in the other language.
    """
    tree = parse(file, sink)
    if tree is None or sink.failed:
        return None
    lexed = lex(file, tables().words, Sink())
    assert lexed is not None, "it was parsed"
    before = language_of(file.text)
    language = to or before
    if language is not before:
        in_the_way = list(names_in_the_way(file, lexed.tokens, language))
        sink.extend(in_the_way)
        if in_the_way:
            return None
    choose = Choices()
    marks = marks_of(file, lexed.tokens, Language.EN)
    text = _Layout(tree, lexed.tokens, marks, choose).text()
    if language is Language.EN:
        return text
    choose.repeat()
    marks = marks_of(file, lexed.tokens, language)
    return _Layout(tree, lexed.tokens, marks, choose).text()


def in_order(parts: Iterable[Part]) -> list[Part]:
    """Give clauses or options in the order in which they are written."""
    return sorted(parts, key=_place)


def _place(part: Part) -> tuple[int, bool]:
    english = isinstance(part, nodes.NameClause) and (
        part.language is not None and part.language.text == "en"
    )
    return _ORDER[type(part)], english


class _Layout:
    """Writes one file."""

    def __init__(
        self,
        tree: nodes.File,
        tokens: Sequence[Token],
        marks: Sequence[Mark],
        choose: Choices,
    ) -> None:
        starts = {token.start: at for at, token in enumerate(tokens)}
        ends = {token.end: at for at, token in enumerate(tokens[:-1])}
        self.tree = tree
        self.places = Places(starts, ends)
        self.page = Page(marks, tree, starts, choose)
        self.write = Expressions(self.page, self.places).write

    def text(self) -> str:
        """Write the file."""
        page, tree = self.page, self.tree
        page.begin(0, 0, Blank.KEEP)
        page.put_all(0, self.places(tree.name)[1], STEP)
        self._header(in_order(tree.header))
        self._items(tree.items, 0, below=bool(tree.header))
        last = len(page.marks) - 1
        page.begin(last, 0, Blank.KEEP)
        return "\n".join(page.lines).strip("\n") + "\n"

    def _header(self, header: Sequence[Part]) -> None:
        """Write the clauses of a header, their values aligned."""
        page = self.page
        widths = [
            page.width(self.places(clause)[0], self._value(clause))
            for clause in header
            if not isinstance(clause, nodes.InForce)
        ]
        width = STEP + max(widths, default=0)
        for clause in header:
            start, end = self.places(clause)
            page.begin(start, STEP, Blank.NONE)
            if isinstance(clause, nodes.InForce) or not page.fits(start, end):
                self.write(clause, STEP)
                continue
            value = self._value(clause)
            page.put_all(start, value, 2 * STEP)
            page.pad(width)
            page.put_all(value, end, 2 * STEP)

    def _value(self, clause: Part) -> int:
        """Find the token with which the value of a clause begins."""
        start = self.places(clause)[0]
        named = isinstance(clause, nodes.NameClause) and clause.language is not None
        return start + 1 + named

    # Items.

    def _items(self, items: Sequence[Item], indent: int, *, below: bool) -> None:
        """Write items, with a blank line around each that has several lines."""
        page = self.page
        before: type[Item] | None = None
        several = below
        columns_of = self._columns(items, indent)
        for item, column in zip(items, columns_of, strict=True):
            page.end_line()
            top = len(page.lines)
            page.begin(self.places(item)[0], indent, Blank.KEEP)
            line = page.token_line
            self._item(item, indent, column)
            page.end_line()
            long = len(page.lines) - line > 1
            apart = long or several or type(item) is not before
            if apart and not indent:
                page.blank(top)
            before, several = type(item), long

    def _columns(self, items: Sequence[Item], indent: int) -> list[list[int]]:
        """Give the columns to which each item is aligned."""
        parts = [self._one_line(item) for item in items]
        kinds = [type(item) for item in items]
        heads = columns.heads(self.page, indent, parts, kinds)
        found = [[column] for column in heads]
        firsts = [self.places(item)[0] for item in items]
        for run in columns.runs(self.page, firsts, kinds):
            rows = [
                columns.cells(item, self.places)
                for item in items[run.start : run.stop]
                if isinstance(item, columns.Aligned)
            ]
            if rows:
                widths = columns.widths(self.page, rows)
                found[run.start : run.stop] = [widths] * len(rows)
        return found

    def _one_line(self, item: Item) -> tuple[int, int, int] | None:
        """Give the parts of a provision on one line: see `columns.heads`."""
        if not isinstance(item, nodes.Provision | nodes.Replace | nodes.Expect):
            return None
        start, end = self.places(item)
        body = self._opening(item) + 1
        return (start, body, end) if self.page.marks[body - 1].kind == "COLON" else None

    def _item(self, item: Item, indent: int, widths: Sequence[int]) -> None:
        match item:
            case nodes.Provision() | nodes.Replace():
                self._provision(item, indent, widths[0])
            case nodes.Expect():
                start, body = self.places(item)[0], self._opening(item) + 1
                self.page.put_all(start, body, indent + STEP)
                self._after_colon(item.condition, indent, widths[0])
            case (
                nodes.UnitDeclaration()
                | nodes.LevelDeclaration()
                | nodes.TitleDeclaration()
            ):
                columns.write_cells(self.page, columns.cells(item, self.places), widths)
                self._options(item.options, indent)
            case nodes.FactDeclaration():
                self._fact(item, indent)
            case nodes.EnumDeclaration():
                self._enum(item, indent)
            case _:
                self.write(item, indent)

    def _opening(self, item: nodes.Provision | nodes.Replace | nodes.Expect) -> int:
        """Find the colon or brace after the label and the title."""
        at = self.places(item)[0]
        while self.page.marks[at].kind not in {"COLON", "LBRACE"}:
            at += 1
        return at

    def _provision(
        self, item: nodes.Provision | nodes.Replace, indent: int, column: int
    ) -> None:
        page = self.page
        start, end = self.places(item)
        opening = self._opening(item)
        page.put_all(start, opening + 1, indent + STEP)
        if page.marks[opening].kind == "COLON":
            (demand,) = item.clauses
            self._after_colon(demand, indent, column)
            return
        for clause in in_order(item.clauses):
            page.begin(self.places(clause)[0], indent + STEP, Blank.NONE)
            self.write(clause, indent + STEP)
        self._items(item.indicators, indent + STEP, below=False)
        page.begin(end - 1, indent, Blank.NONE, comments=indent + STEP)
        page.put(end - 1, indent)

    def _after_colon(self, body: nodes.Node, indent: int, column: int) -> None:
        """Write what stands after a colon on its line, or on the next if it is long."""
        page = self.page
        first, last = self.places(body)
        if column or page.fits(first, last):
            page.pad(column)
        else:
            page.begin(first, indent + STEP, Blank.NONE)
        self.write(body, page.indent)

    # Declarations of a vocabulary.

    def _options(self, options: Iterable[Part], indent: int) -> None:
        """Write on lines of their own what does not stand in a column."""
        for option in in_order(options):
            if not isinstance(option, nodes.NameClause):
                self.page.begin(self.places(option)[0], indent + STEP, Blank.NONE)
                self.write(option, indent + STEP)

    def _fact(self, item: nodes.FactDeclaration, indent: int) -> None:
        page = self.page
        start, end = self.places(item)
        options = in_order(item.options)
        first = min((self.places(option)[0] for option in options), default=end)
        page.put_all(start, first, indent + STEP)
        for option in options:
            if not isinstance(option, nodes.OnLevels | nodes.SumsUp | nodes.MayExceed):
                page.begin(self.places(option)[0], indent + STEP, Blank.NONE)
            page.put_all(*self.places(option), indent + STEP)

    def _enum(self, item: nodes.EnumDeclaration, indent: int) -> None:
        page = self.page
        start, end = self.places(item)
        plain = not any(case.label or case.options for case in item.cases)
        if plain and page.fits(start, end):
            page.put_all(start, end, indent + STEP)
            return
        rows = [columns.cells(case, self.places) for case in item.cases]
        widths = columns.widths(page, rows)
        firsts = [self.places(case)[0] for case in item.cases]
        page.put_all(start, firsts[0], indent + STEP)
        for case, row, first in zip(item.cases, rows, firsts, strict=True):
            page.begin(first, indent + STEP, Blank.NONE)
            columns.write_cells(page, row, widths)
            self._options(case.options, indent + STEP)
            after = self.places(case)[1]
            if page.marks[after].kind == "COMMA":
                page.put(after, indent + STEP)
        page.begin(end - 1, indent, Blank.NONE, comments=indent + STEP)
        page.put(end - 1, indent)
