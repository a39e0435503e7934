"""What is wrong with the columns of tables, before any row is decided."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping

import attrs
import polars

from ntmrules.diagnostics import Diagnostic, Help, codes, nearest
from ntmrules.errors import FactError
from ntmrules.frames import evaluate_frame
from ntmrules.model.types import ShareType
from ntmrules.model.vocabulary import Fact
from ntmrules.tables._layout import Layout
from ntmrules.tables._shares import MET, OF, ShareText
from ntmrules.tables._table import Table
from ntmrules.tables._task import Task
from ntmrules.text import Fill, Text


_COLUMN = Text("the column `{name}`", "cột `{name}`")
_KNOWN_SCALE = Text(
    "a share of known scale, `n/d`, or `p%`",
    "một tỷ lệ rõ thang đo, `n/d` hoặc `p%`",
)
_BARE = Text("numbers such as `{value}`", "các số như `{value}`")
_NUMBERS = Text("numbers alone", "các số trần")
_NAME_SCALE = Text(
    "say `--share-columns {name}=percent` or `--share-columns {name}=fraction`",
    "hãy ghi `--share-columns {name}=percent` hoặc `--share-columns {name}=fraction`",
)
_LEFT_OUT = Text("left out", "bỏ đi")
_THERE = Text("there", "có mặt")
_BY_DATE = Text(
    "`--as-of` gives the date of all rows; assess each date by itself",
    "`--as-of` cho ngày của mọi dòng; hãy đánh giá từng ngày riêng",
)
_BY_LEVEL = Text(
    "all rows are units of one level, that of the ruleset",
    "mọi dòng là đơn vị cùng một cấp, cấp của bộ tiêu chí",
)
_OWNER = Text("the table", "bảng")
_FACTS = Text("a table with columns of facts", "bảng có cột số liệu")
_NO_FACTS = Text("one without", "bảng không có cột nào")
_ASKED = Text("the rules ask for {names}", "bộ tiêu chí cần {names}")
_SHARES = Text("the name of a share", "tên một tỷ lệ")
_NEAREST = Text("did you mean `{name}`?", "có phải ý bạn là `{name}`?")
_MOST_NAMED, _SHOWN = 5, 20


def scale_problems(task: Task) -> Iterator[Diagnostic]:
    """Complain of scales that are given to what is no share."""
    facts = task.ruleset.vocabulary.facts
    shares = [name for name, fact in facts.items() if isinstance(fact.type, ShareType)]
    for name in task.scales:
        if name and name not in shares:
            close = nearest(name, shares)
            advice = Help(_NEAREST, {"name": close[0]}) if close else None
            owner = Text("`--share-columns`", "`--share-columns`")
            values: dict[str, Fill] = {
                "owner": owner,
                "wanted": _SHARES,
                "found": f"`{name}`",
            }
            yield Diagnostic(codes.BAD_SHAPE, None, values, help=advice)


def column_problems(task: Task, table: Table, layout: Layout) -> Iterator[Diagnostic]:
    """Complain of the columns of a table of units."""
    place = str(table.path)
    yield from _reserved(layout, place)
    unscaled = list(_unscaled(task.needs.facts, layout))
    yield from (_needs_scale(name, _NUMBERS, place) for name in unscaled)
    yield from _seen_as_bare(table, layout, place)
    found = _asked(task, layout.empty().drop(unscaled), {}, layout.scales)
    yield from (attrs.evolve(one, place=place) for one in found)
    known = layout.present or layout.titles or unscaled
    if task.needs.facts and not known and not found:
        yield _without_facts(task.needs.facts, place)


def child_problems(
    task: Task, plural: str, table: Table, layout: Layout
) -> Iterator[Diagnostic]:
    """Complain of the columns of a table of sub-units."""
    place = str(table.path)
    facts = task.facts_inside(plural)
    unscaled = list(_unscaled(facts, layout))
    yield from (_needs_scale(name, _NUMBERS, place) for name in unscaled)
    yield from _seen_as_bare(table, layout, place)
    above = polars.DataFrame(schema={"id": polars.String})
    below = {plural: layout.empty().drop(unscaled)}
    found = _asked(task, above, below, layout.scales)
    yield from (attrs.evolve(one, place=place) for one in found)


def _asked(
    task: Task,
    frame: polars.DataFrame,
    children: Mapping[str, polars.DataFrame],
    scales: Mapping[str, str],
) -> tuple[Diagnostic, ...]:
    """Ask `ntmrules.evaluate_frame` what it thinks of such columns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            evaluate_frame(
                task.ruleset,
                frame,
                as_of=task.as_of,
                children=children,
                share_columns=scales,
            )
    except FactError as error:
        return error.diagnostics
    return ()


def _reserved(layout: Layout, place: str) -> Iterator[Diagnostic]:
    """Refuse what a unit file says of a unit, and a table cannot say of its rows."""
    for name, advice in (("as_of", _BY_DATE), ("level", _BY_LEVEL)):
        if name in layout.columns:
            yield _shape(name, _LEFT_OUT, _THERE, Help(advice), place)


def _unscaled(facts: Mapping[str, Fact], layout: Layout) -> Iterator[str]:
    """Find shares that are one number each, of which nobody has said the scale."""
    for name, fact in facts.items():
        kind = layout.columns.get(name)
        if not isinstance(fact.type, ShareType) or name in layout.scales:
            continue
        pair = {name + MET, name + OF} & layout.columns.keys()
        if kind is not None and kind.is_numeric() and not pair:
            yield name


def _seen_as_bare(table: Table, layout: Layout, place: str) -> Iterator[Diagnostic]:
    """Look at the first rows for columns of shares that are all bare numbers."""
    doubtful = [
        source.column
        for source in layout.sources
        if isinstance(source, ShareText) and not source.scale
    ]
    piece = next(table.pieces(doubtful), None) if doubtful else None
    if piece is None:
        return
    frame = layout.cleaned(piece.frame)
    for name in doubtful:
        texts = frame[name].drop_nulls()
        bare = texts.str.contains(r"^[0-9]+(?:[.,][0-9]+)?$")
        if len(texts) and bool(bare.all()):
            values: dict[str, Fill] = {"value": texts[0][:_SHOWN]}
            said = Text(_BARE.en.format(**values), _BARE.vi.format(**values))
            yield _needs_scale(name, said, place)


def _needs_scale(name: str, found: Text, place: str) -> Diagnostic:
    advice = Help(_NAME_SCALE, {"name": name})
    return _shape(name, _KNOWN_SCALE, found, advice, place)


def _shape(
    name: str, wanted: Text, found: Text, advice: Help, place: str
) -> Diagnostic:
    owner = Text(_COLUMN.en.format(name=name), _COLUMN.vi.format(name=name))
    values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
    return Diagnostic(codes.BAD_SHAPE, None, values, place=place, help=advice)


def _without_facts(needed: Iterable[str], place: str) -> Diagnostic:
    names = [f"`{name}`" for name in needed]
    shown = ", ".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
    values: dict[str, Fill] = {"owner": _OWNER, "wanted": _FACTS, "found": _NO_FACTS}
    advice = Help(_ASKED, {"names": shown})
    return Diagnostic(codes.BAD_SHAPE, None, values, place=place, help=advice)
