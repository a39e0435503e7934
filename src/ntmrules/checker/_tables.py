"""
Tables of thresholds: shape, axes, cells, coverage.

Source: language.md section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from ntmrules.checker._clash import clash
from ntmrules.checker._names import unknown
from ntmrules.checker._scope import Scope
from ntmrules.checker._words import case_kind, describe, listed
from ntmrules.diagnostics import Edit, Help, Note, codes
from ntmrules.model import expressions as e
from ntmrules.model.types import EnumType, Type
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


MAX_CELLS = 10_000
"""The most cells a table may have."""

_CASE = Text("a case of the axis", "một trường hợp của trục")
_YEAR = Text("a year of four digits", "một năm bốn chữ số")
_VALUE = Text("a figure or `-`", "một mức hoặc `-`")
_NAMED_HERE = Text("first named here", "nêu lần đầu ở đây")
_ADD_CASES = Text("add {cases}, or `otherwise`", "thêm {cases}, hoặc dùng `otherwise`")
_WRITE_DASH = Text(
    "give every row as many cells as the header; write `-` for not applicable",
    "mỗi dòng phải đủ ô như dòng đầu; ghi `-` nếu không áp dụng",
)
_WRITE_CORNER = Text("write `{axis}` in the corner", "ghi `{axis}` vào góc bảng")
_ONE_AXIS, _TWO_AXES = Text("one axis", "một trục"), Text("two axes", "hai trục")
_COLUMN, _ROW = Text("column", "cột"), Text("row", "dòng")
_HEADER_AND_ROW = Text(
    "a header row and one row of figures", "một dòng đầu và một dòng mức"
)
_HEADER_AND_ROWS = Text(
    "a header row and a row for each case", "một dòng đầu và mỗi trường hợp một dòng"
)
_FIGURE_NEEDED = Text("give at least one cell a figure", "ghi mức vào ít nhất một ô")
_CASES_ARE = Text("the cases are {cases}", "các trường hợp là {cases}")
_ADD_YEARS = Text("add them, or `otherwise`", "thêm các năm đó, hoặc dùng `otherwise`")
_AXES_ARE = Text("an axis is one of {names}", "trục là một trong {names}")

OTHERWISE = "otherwise"
MOST_YEARS = 5
_MOST_NAMED = 12
Keys = list[str | int]


def lookup(scope: Scope, node: nodes.Lookup, hint: Type | None) -> e.Expression | None:
    """Read a table; its type is the hint's, or else that of its first figure."""
    axes = [_axis(scope, word, node) for word in node.axes]
    if not _well_formed(scope, node):
        return None
    if len(node.axes) == 1:
        down: list[nodes.Cell] = []
        across = list(node.rows[0].cells)
        body = [node.rows[1].cells]
    else:
        corner, *across = node.rows[0].cells
        _check_corner(scope, node, corner)
        down = [row.cells[0] for row in node.rows[1:]]
        body = [row.cells[1:] for row in node.rows[1:]]
    keys = [_keys(scope, axes[-1], across, node, _COLUMN)]
    if down:
        keys.insert(0, _keys(scope, axes[0], down, node, _ROW))
    cells, kind = _cells(scope, body, hint)
    if kind is None and all(isinstance(x, nodes.Dash) for row in body for x in row):
        scope.complain(codes.NO_FIGURE, node.span, advice=Help(_FIGURE_NEEDED))
    known_axes = [axis for axis in axes if axis is not None]
    known_keys = [key for key in keys if key is not None]
    if kind is None or len(known_axes) < len(axes) or len(known_keys) < len(keys):
        return None
    for axis, key in zip(known_axes, known_keys, strict=True):
        _check_years(scope, axis, key, node)
    return e.Lookup(
        tuple(known_axes), _spread(known_axes, known_keys, cells), kind, span=node.span
    )


def _axis(scope: Scope, word: nodes.Word, node: nodes.Lookup) -> e.Axis | None:
    if word.text == "year":
        header = node.rows[0].cells if word is node.axes[-1] else ()
        first = [row.cells[0] for row in node.rows[1:] if row.cells]
        cells = header if word is node.axes[-1] else first
        years = [_year(cell) for cell in cells]
        return e.YearAxis(tuple(year for year in years if year is not None))
    value = scope.value(nodes.Name(word.text, span=word.span))
    if value is None:
        return None
    if not isinstance(value.type, EnumType):
        values: dict[str, Fill] = {"name": word.text, "type": describe(value.type)}
        facts = scope.names.facts.values()
        names = [fact.name for fact in facts if isinstance(fact.type, EnumType)]
        advice = Help(_AXES_ARE, {"names": listed([*names[:_MOST_NAMED], "year"])})
        scope.complain(codes.NOT_AN_AXIS, word.span, values, advice=advice)
        return None
    return e.EnumAxis(word.text, value, value.type)


def _year(cell: nodes.Cell) -> int | None:
    if isinstance(cell, nodes.Number) and len(cell.text) == 4 and cell.text.isdigit():
        return int(cell.text)
    return None


def _well_formed(scope: Scope, node: nodes.Lookup) -> bool:
    rows = node.rows
    count = sum(len(row.cells) for row in rows)
    if count > MAX_CELLS:
        limits: dict[str, Fill] = {"cells": count, "limit": MAX_CELLS}
        scope.complain(codes.TABLE_TOO_LARGE, _axes_of(node), limits)
        return False
    one = len(node.axes) == 1
    if (one and len(rows) != 2) or len(rows) < 2:
        values: dict[str, Fill] = {
            "axes": _ONE_AXIS if one else _TWO_AXES,
            "wanted": _HEADER_AND_ROW if one else _HEADER_AND_ROWS,
            "found": _rows(len(rows)),
        }
        scope.complain(codes.TABLE_SHAPE, _axes_of(node), values)
        return False
    width = len(rows[0].cells)
    fine = True
    for row in rows[1:]:
        if len(row.cells) != width:
            fine = False
            scope.complain(
                codes.RAGGED_ROW,
                row.span,
                {"found": len(row.cells), "wanted": width},
                notes=(Note(Text("the header", "dòng đầu"), rows[0].span),),
                advice=Help(_WRITE_DASH),
            )
    return fine


def _rows(count: int) -> Text:
    return Text("one row" if count == 1 else f"{count} rows", f"{count} dòng")


def _axes_of(node: nodes.Lookup) -> Span:
    """Give the place of the axes, which is on one line."""
    return node.axes[0].span.to(node.axes[-1].span)


def _check_corner(scope: Scope, node: nodes.Lookup, corner: nodes.Cell) -> None:
    axis = node.axes[0]
    if not isinstance(corner, nodes.Name) or corner.text != axis.text:
        written = axis.span.text
        scope.complain(
            codes.TABLE_CORNER,
            corner.span,
            {"found": corner.span.text, "axis": written},
            advice=Help(_WRITE_CORNER, {"axis": written}, Edit(corner.span, written)),
        )


def _keys(
    scope: Scope,
    axis: e.Axis | None,
    cells: Sequence[nodes.Cell],
    node: nodes.Lookup,
    part: Text,
) -> Keys | None:
    if axis is None:
        return None
    keys: Keys = []
    spans: dict[str | int, nodes.Cell] = {}
    fine = True
    for cell in cells:
        key = _key(scope, axis, cell)
        if key is None:
            fine = False
            continue
        if key in spans:
            scope.complain(
                codes.CASE_TWICE,
                cell.span,
                {"case": str(key)},
                notes=(Note(_NAMED_HERE, spans[key].span),),
            )
            fine = False
        spans.setdefault(key, cell)
        keys.append(key)
    if fine and isinstance(axis, e.EnumAxis) and OTHERWISE not in spans:
        missing = [case for case in axis.keys if case not in spans]
        if missing:
            names = listed(missing)
            scope.complain(
                codes.CASE_MISSING,
                _axes_of(node),
                {"part": part, "cases": names},
                advice=Help(_ADD_CASES, {"cases": names}),
            )
            fine = False
    return keys if fine else None


def _key(scope: Scope, axis: e.Axis, cell: nodes.Cell) -> str | int | None:
    if isinstance(cell, nodes.Otherwise):
        return OTHERWISE
    if isinstance(axis, e.YearAxis):
        year = _year(cell)
        if year is None:
            values: dict[str, Fill] = {"found": cell.span.text, "wanted": _YEAR}
            scope.complain(codes.BAD_CELL, cell.span, values)
        return year
    if not isinstance(cell, nodes.Name):
        values = {"found": cell.span.text, "wanted": _CASE}
        advice = Help(_CASES_ARE, {"cases": listed(axis.keys[:_MOST_NAMED])})
        scope.complain(codes.BAD_CELL, cell.span, values, advice=advice)
        return None
    if cell.text not in axis.keys:
        kind = case_kind(axis.type.enum.name)
        scope.report(unknown(kind, cell, axis.keys))
        return None
    return cell.text


def _check_years(scope: Scope, axis: e.Axis, keys: Keys, node: nodes.Lookup) -> None:
    years = scope.own.years
    if years is None or not isinstance(axis, e.YearAxis) or OTHERWISE in keys:
        return
    missing = [year for year in years if year not in keys]
    if missing:
        shown = ", ".join(map(str, missing[:MOST_YEARS]))
        if len(missing) > MOST_YEARS:
            shown = f"{shown} … {missing[-1]}"
        values: dict[str, Fill] = {"years": shown}
        advice = Help(_ADD_YEARS)
        scope.complain(codes.YEARS_MISSING, _axes_of(node), values, advice=advice)


def _cells(
    scope: Scope, body: Iterable[Sequence[nodes.Cell]], hint: Type | None
) -> tuple[list[list[e.Constant | None]], Type | None]:
    kind = hint
    first: e.Constant | None = None  # with a hint, the comparison checks the cells
    rows: list[list[e.Constant | None]] = []
    fine = True
    for row in body:
        read: list[e.Constant | None] = []
        for cell in row:
            if isinstance(cell, nodes.Dash):
                read.append(None)
                continue
            constant = _constant(scope, cell, kind)
            if constant is None or (first and clash(scope, first, constant)):
                fine = False
                continue
            if kind is None:
                kind, first = constant.type, constant
            read.append(constant)
        rows.append(read)
    return rows, kind if fine else None


def _constant(scope: Scope, cell: nodes.Cell, hint: Type | None) -> e.Constant | None:
    if isinstance(cell, nodes.Doubtful):
        doubted = _constant(scope, cell.cell, hint)
        return None if doubted is None else attrs.evolve(doubted, verified=False)
    if isinstance(cell, nodes.Otherwise | nodes.Dash):
        values: dict[str, Fill] = {"found": cell.span.text, "wanted": _VALUE}
        scope.complain(codes.BAD_CELL, cell.span, values)
        return None
    read = scope.value(cell, hint)
    if read is not None and not isinstance(read, e.Constant):
        values = {"found": cell.span.text, "wanted": _VALUE}
        scope.complain(codes.BAD_CELL, cell.span, values)
        return None
    return read


def _spread(
    axes: Sequence[e.Axis],
    keys: Sequence[Keys],
    cells: Sequence[Sequence[e.Constant | None]],
) -> Mapping[tuple[e.Key, ...], e.Constant | None]:
    """Write out what stands for each combination, ``otherwise`` included."""
    spread = [_index(axis, key) for axis, key in zip(axes, keys, strict=True)]
    if len(spread) == 1:
        return {(key,): cells[0][column] for key, column in spread[0].items()}
    return {
        (first, second): cells[row][column]
        for first, row in spread[0].items()
        for second, column in spread[1].items()
    }


def _index(axis: e.Axis, keys: Keys) -> dict[e.Key, int]:
    index: dict[e.Key, int] = {
        key: place for place, key in enumerate(keys) if key != OTHERWISE
    }
    if OTHERWISE in keys:
        rest = keys.index(OTHERWISE)
        if isinstance(axis, e.YearAxis):
            index[None] = rest
        else:
            for case in axis.keys:
                index.setdefault(case, rest)
    return index
