"""
What is allowed and probably not meant.

Slips are told to everybody: names that nobody uses, tables that decide nothing, letters
of another alphabet.  Lints are told to who asks: figures that name no clause, and what
only all files together can tell.  Both look at what was written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from types import MappingProxyType

import attrs

from ntmrules.diagnostics import Code, Diagnostic, Edit, Help, codes
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_REMOVE = Text("remove it, or use it", "bỏ đi, hoặc dùng đến")
_WRITE = Text("write `{name}` with Latin letters", "viết `{name}` bằng chữ Latinh")
_ONE_FIGURE = Text(
    "write the figure without a table, or correct a cell",
    "ghi mức đó không cần bảng, hoặc sửa ô sai",
)
_ONE_AXIS = Text(
    "leave this axis out, or correct a cell", "bỏ trục này, hoặc sửa ô sai"
)
_ROW, _COLUMN = Text("row", "hàng"), Text("column", "cột")
_SAY_WHERE = Text(
    "add `basis` with the clause that sets it", "thêm `basis` ghi điều khoản quy định"
)

# Letters that look like Latin ones, and the ones they look like.
_LATIN = MappingProxyType(
    dict(
        zip(
            "аеіјорсухѕһԁԛԝАВЕНІЈКМОРСТХЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧανοιρκ",
            "aeijopcyxshdqwABEHIJKMOPCTXSABEZHIKMNOPTYXavoipk",
            strict=True,
        )
    )
)
_FIGURES = nodes.Percent | nodes.Quantity | nodes.Number


def slips(file: nodes.File) -> Iterator[Diagnostic]:
    """Tell what is hardly ever meant, of a file that was read without errors."""
    yield from _letters(file)
    yield from _tables(file)
    if isinstance(file, nodes.RulesetFile):
        yield from _definitions(file)


def lint(files: Iterable[nodes.File], *, whole: bool = False) -> tuple[Diagnostic, ...]:
    """
    Tell what is often meant, and worth a look before files are published.

    Args:
        files: What was read without errors.
        whole: Whether these are all the files there are, so that a fact that none of
            them uses is used nowhere.
    """
    files = list(files)
    found: list[Diagnostic] = []
    for file in files:
        if isinstance(file, nodes.RulesetFile):
            found += _sources(file)
    if whole:
        found += _facts(files)
    return tuple(found)


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, nodes.Node):
                yield from _walk(item)


def _used(node: nodes.Node) -> set[str]:
    """Give the names that expressions use, axes of tables included."""
    found: set[str] = set()
    for part in _walk(node):
        if isinstance(part, nodes.Name):
            found.add(part.text)
        elif isinstance(part, nodes.Lookup):
            found |= {axis.text for axis in part.axes}
    return found


def _definitions(file: nodes.RulesetFile) -> Iterator[Diagnostic]:
    """Find definitions of a ruleset that nothing in it uses."""
    used: set[str] = set()
    for part in (*file.header, *file.items):
        used |= _used(part)
    for item in file.items:
        if isinstance(item, nodes.Define) and item.name.text not in used:
            yield _unused(codes.UNUSED_DEFINITION, item.name)


def _facts(files: Iterable[nodes.File]) -> Iterator[Diagnostic]:
    """Find facts, and definitions of vocabularies, that no file uses."""
    used: set[str] = set()
    declared: list[nodes.Word] = []
    defined: list[nodes.Word] = []
    for file in files:
        for item in (*file.header, *file.items):
            used |= _used(item)
            if isinstance(item, nodes.FactDeclaration):
                declared.append(item.name)
            elif isinstance(item, nodes.Define) and isinstance(
                file, nodes.VocabularyFile
            ):
                defined.append(item.name)
    for name in declared:
        if name.text not in used:
            yield _unused(codes.UNUSED_FACT, name)
    for name in defined:
        if name.text not in used:
            yield _unused(codes.UNUSED_DEFINITION, name)


def _unused(code: Code, name: nodes.Word) -> Diagnostic:
    return Diagnostic(code, name.span, {"name": name.text}, help=Help(_REMOVE))


def _letters(file: nodes.File) -> Iterator[Diagnostic]:
    """Find names with letters of another alphabet, each name once."""
    seen: set[str] = set()
    for part in _walk(file):
        if not isinstance(part, nodes.Word | nodes.Name) or part.text in seen:
            continue
        seen.add(part.text)
        strange = [letter for letter in part.text if not _is_latin(letter)]
        if not strange:
            continue
        latin = "".join(_LATIN.get(letter, letter) for letter in part.text)
        values: dict[str, Fill] = {
            "name": part.text,
            "letter": _letter(strange[0]),
        }
        help_ = None
        if all(map(_is_latin, latin)):
            help_ = Help(_WRITE, {"name": latin}, Edit(part.span, latin))
        yield Diagnostic(codes.LOOK_ALIKE_LETTER, part.span, values, help=help_)


def _letter(letter: str) -> Text:
    """Name a letter; Unicode has English names only, so Vietnamese has its number."""
    name = unicodedata.name(letter, "?")
    return Text(f"{letter} ({name})", f"{letter} (U+{ord(letter):04X})")


def _is_latin(letter: str) -> bool:
    if letter.isascii() or not letter.isalpha():
        return True
    return unicodedata.name(letter, "").startswith("LATIN")


def _tables(file: nodes.File) -> Iterator[Diagnostic]:
    """Find tables with the same figure in every cell."""
    for part in _walk(file):
        if not isinstance(part, nodes.Lookup):
            continue
        first = 0 if len(part.axes) == 1 else 1
        cells = {cell for row in part.rows[1:] for cell in row.cells[first:]}
        many = sum(len(row.cells) - first for row in part.rows[1:]) > 1
        if many and len(cells) == 1:
            (cell,) = cells
            values = {"figure": cell.span.text}
            place = part.axes[0].span.to(part.axes[-1].span)
            yield Diagnostic(
                codes.TABLE_OF_ONE_FIGURE, place, values, help=Help(_ONE_FIGURE)
            )
        elif first:
            yield from _axes(part)


def _axes(table: nodes.Lookup) -> Iterator[Diagnostic]:
    """Find the axis of two along which nothing changes."""
    rows = [row.cells[1:] for row in table.rows[1:]]
    columns = list(zip(*rows, strict=True))
    down, across = table.axes
    for axis, lines, part in ((down, rows, _ROW), (across, columns, _COLUMN)):
        if len(lines) > 1 and len(set(lines)) == 1:
            values: dict[str, Fill] = {"axis": axis.text, "part": part}
            yield Diagnostic(
                codes.AXIS_WITHOUT_DIFFERENCE, axis.span, values, help=Help(_ONE_AXIS)
            )


def _sources(file: nodes.RulesetFile) -> Iterator[Diagnostic]:
    """Find figures of provisions that name no clause of an instrument."""
    for item in file.items:
        if isinstance(item, nodes.Provision) and not _has_basis(item):
            for inner in item.indicators or (item,):
                if not _has_basis(inner) and (figure := _figure(inner)):
                    values = {"label": inner.label.text, "figure": figure.text}
                    yield Diagnostic(
                        codes.FIGURE_WITHOUT_SOURCE,
                        figure,
                        values,
                        help=Help(_SAY_WHERE),
                    )


def _has_basis(item: nodes.Provision) -> bool:
    return any(isinstance(clause, nodes.BasisClause) for clause in item.clauses)


def _figure(item: nodes.Provision) -> Span | None:
    """Find the first figure that a provision requires."""
    for clause in item.clauses:
        if isinstance(clause, nodes.Require):
            for part in _walk(clause):
                if isinstance(part, nodes.Lookup):
                    return _first_cell(part)
                if isinstance(part, _FIGURES):
                    return part.span
    return None


def _first_cell(table: nodes.Lookup) -> Span | None:
    """Find the first figure of a table that is no year or case of an axis."""
    first = 0 if len(table.axes) == 1 else 1
    cells = (cell for row in table.rows[1:] for cell in row.cells[first:])
    return next((cell.span for cell in cells if isinstance(cell, _FIGURES)), None)
