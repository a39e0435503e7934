"""
Frames that were looked at once, for all the rulesets that decide them later.

What is known of the figures then makes them cheaper to decide: numbers get the width
that the greatest of them needs, and cases the number of their place.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping

import attrs
import polars

from ntmrules.batch._columns import MET, OF, Columns
from ntmrules.batch._decide import Frame
from ntmrules.batch._eager import taken
from ntmrules.batch._kinds import Kind, kind_of, refused
from ntmrules.batch._needs import needs_of, wanted_of
from ntmrules.batch._plan import MOST_PLANS, Form, Plan, write
from ntmrules.batch._titles import TITLES
from ntmrules.batch._values import WIDTHS, width
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Fact, Vocabulary
from ntmrules.text import Text


_YEARS = 64
_IN_MEMORY = Text(
    "one in memory: of Polars (not lazy), pandas, PyArrow or DuckDB",
    "bảng trong bộ nhớ: của Polars (không phải lazy), pandas, PyArrow hoặc DuckDB",
)


@attrs.frozen(eq=False)
class CheckedFrame:
    """
    A frame whose figures were checked; `ntmrules.check_frame` makes it.

    `ntmrules.evaluate_frame` takes it in place of the frame.  A ruleset that asks for
    the same facts, or fewer, decides it without looking at them again.

    Attributes:
        original: The frame it was made of.
    """

    original: Frame
    kind: Kind
    rows: polars.DataFrame
    scales: Mapping[str, str]
    columns: Columns
    _vocabulary: Vocabulary
    _facts: Mapping[str, Fact]
    _plan_for: Callable[[Form], Plan] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        # Writing the expressions takes as long as deciding some ten thousand rows.
        kept = functools.lru_cache(maxsize=MOST_PLANS)(self._write)
        object.__setattr__(self, "_plan_for", kept)

    def _write(self, form: Form) -> Plan:
        return write(form, self.columns, {})

    def decide(self, form: Form) -> polars.DataFrame | None:
        """Decide the rows, which have nothing inside."""
        return self._plan_for(form).decide(self.columns.frame, self.rows)

    def covers(self, ruleset: Ruleset) -> bool:
        """Tell whether all that *ruleset* asks for was looked at."""
        facts, vocabulary = needs_of(ruleset).facts, ruleset.vocabulary
        if vocabulary is not self._vocabulary:
            if vocabulary.titles != self._vocabulary.titles:
                return False
            return all(self._facts.get(name) == fact for name, fact in facts.items())
        return facts.keys() <= self._facts.keys()

    def __len__(self) -> int:
        return self.rows.height


def checked(ruleset: Ruleset, frame: Frame, scales: Mapping[str, str]) -> CheckedFrame:
    """
    Look at the columns that *ruleset* asks for.

    Raises:
        FactError: The frame cannot be used; carries every problem.
    """
    kind = kind_of(frame, "the frame")
    if kind in {Kind.LAZY, Kind.DASK, Kind.SPARK}:
        raise refused("the frame", _IN_MEMORY, kind.value)
    facts = needs_of(ruleset).facts
    rows = taken(frame, kind, "the frame", wanted_of(facts))
    columns = Columns(rows, ruleset.vocabulary, facts, scales)
    columns.complain()
    short = _shortened(columns)
    return CheckedFrame(
        frame, kind, rows, dict(scales), short, ruleset.vocabulary, facts
    )


def _shortened(columns: Columns) -> Columns:
    """Give numbers their width, and cases their places, in memory of their own."""
    kept: list[polars.Expr | polars.Series] = [*columns.cases]
    figures = {}
    for name, own in columns.figures.items():
        bits = width(max(own.top, own.whole_top))
        pair = own.whole is not None
        part, whole = (name + MET, name + OF) if pair else (name, "")
        kept += [_apart(columns.frame[one], bits) for one in (part, whole) if one]
        below = polars.col(whole) if pair else None
        figures[name] = attrs.evolve(
            own, column=polars.col(part), whole=below, bits=bits
        )
    kept += [
        _apart(column, _YEARS)
        for column in columns.frame
        if column.name.startswith(TITLES)
    ]
    short = copy.copy(columns)
    short.frame = columns.frame.with_columns(kept)
    short.kinds, short.figures = dict(short.frame.schema), figures
    short.cases, short.bits = [], min(WIDTHS)
    return short


def _apart(column: polars.Series, bits: int) -> polars.Series:
    """Copy whole numbers: a column may lie in memory that NumPy changes later."""
    if column.dtype == WIDTHS[bits]:
        column = column.cast(WIDTHS[2 * bits])
    return column.cast(WIDTHS[bits])
