"""
What the columns of a frame mean, and what is wrong with them, told all at once.

A share is two columns ``insured.met`` and ``insured.of``, or one column whose scale
the caller names.  Null is missing; NaN is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal

import attrs
import polars

from ntmrules.diagnostics import Diagnostic, Help, codes, nearest
from ntmrules.errors import FactError
from ntmrules.exact import exact
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    EnumType,
    ListType,
    NumberType,
    ShareType,
)
from ntmrules.model.vocabulary import Fact, Vocabulary
from ntmrules.text import Fill, Text


MET, OF = ".met", ".of"
KEPT = ("id", "name")
TITLES = "titles."
WITHDRAWN = ".withdrawn"
SCALES = {"percent": 100, "fraction": 1}
MOST = 2**63 - 1

_NAME_SCALE = Text(
    'name its scale: `share_columns={{"{fact}": "percent"}}`, or "fraction"; or give'
    " the columns `{fact}.met` and `{fact}.of`",
    'ghi thang đo: `share_columns={{"{fact}": "percent"}}` hoặc "fraction"; hoặc cho'
    " hai cột `{fact}.met` và `{fact}.of`",
)
_RENAME = Text(
    "did you mean `{name}`? a column of something else needs another name",
    "có phải là `{name}`? cột chứa điều khác thì đặt tên khác",
)


@attrs.frozen
class Figures:
    """
    A fact as whole-number columns.

    Attributes:
        column: The name of the figures, or of the numerators.
        scale: The value is the figure divided by this.
        top: The greatest figure there is.
        whole: The name of the denominators, if there are.
        whole_top: The greatest denominator there is.
    """

    column: str
    scale: int = 1
    top: int = 0
    whole: str | None = None
    whole_top: int = 1


class Columns:
    """
    The columns of a frame, checked for the facts that are asked for.

    Attributes:
        frame: Whole numbers, booleans and texts, under the names of the facts.
        figures: Numbers and shares, by fact.
        present: The facts that have a column.
        titles: The titles that have a column.
        problems: What is wrong with them.
    """

    def __init__(
        self,
        frame: polars.DataFrame,
        vocabulary: Vocabulary,
        needed: Mapping[str, Fact],
        scales: Mapping[str, str],
        further: tuple[str, ...] = (),
    ) -> None:
        self.problems: list[Diagnostic] = []
        self._others = (*KEPT, *further)
        self.frame = frame
        self.figures: dict[str, Figures] = {}
        self.present: set[str] = set()
        self.titles: set[str] = set()
        self._vocabulary = vocabulary
        self._names(needed, scales)
        for name, fact in needed.items():
            self._take(name, fact, scales.get(name))
        self._take_titles()

    def complain(self) -> None:
        """Tell all problems, if there are any."""
        if self.problems:
            raise FactError(self.problems)

    # Names.

    def _names(self, needed: Mapping[str, Fact], scales: Mapping[str, str]) -> None:
        facts = self._vocabulary.facts
        for column in self.frame.columns:
            base = column.removesuffix(MET).removesuffix(OF)
            if column.startswith(TITLES):
                title = column.removeprefix(TITLES).removesuffix(WITHDRAWN)
                if title not in self._vocabulary.titles:
                    self._unknown(column, title, self._vocabulary.titles, TITLES)
            elif base not in facts and column not in self._others:
                close = nearest(base, needed)
                if close:
                    self._unknown(column, base, needed, "")
        for name, scale in scales.items():
            if name not in facts or not isinstance(facts[name].type, ShareType):
                self._shape(f"`share_columns[{name!r}]`", "the scale of a share", "it")
            elif scale not in SCALES:
                wanted = '"percent" or "fraction"'
                self._shape(f"`share_columns[{name!r}]`", wanted, repr(scale))

    def _unknown(
        self, column: str, name: str, known: Mapping[str, object], prefix: str
    ) -> None:
        close = nearest(name, known)
        advice = Help(_RENAME, {"name": prefix + close[0]}) if close else None
        code = codes.UNKNOWN_FACT_STRICT
        self.problems.append(Diagnostic(code, None, {"name": column}, help=advice))

    # Values.

    def _take(self, name: str, fact: Fact, scale: str | None) -> None:
        columns = set(self.frame.columns)
        counted = {name + MET, name + OF} & columns
        if isinstance(fact.type, ShareType):
            self._take_share(name, fact, scale, counted)
            return
        if counted:
            self._shape(f"the column `{min(counted)}`", f"`{name}`, no share", "two")
        if name not in columns:
            return
        self.present.add(name)
        match fact.type:
            case CountType():
                self._number(name, name, whole=True, floor=0)
            case AmountType() | NumberType():
                self._number(name, name, whole=False, floor=None)
            case Condition():
                self._dtype(name, "true or false", lambda t: t == polars.Boolean)
            case EnumType():
                self._cases(name, fact.type)
            case ListType():
                self._shape(f"the column `{name}`", "left out: it is a list", "there")
            case _:
                self._shape(f"the column `{name}`", "left out: it is a date", "there")

    def _take_share(
        self, name: str, fact: Fact, scale: str | None, counted: set[str]
    ) -> None:
        if name in self.frame.columns:
            self.present.add(name)
            if counted:
                self._shape(f"the share `{name}`", "given once", "both ways")
            elif scale is None:
                self._shape(
                    f"the column `{name}`",
                    "a share of known scale",
                    "one number",
                    Help(_NAME_SCALE, {"fact": name}),
                )
            elif scale in SCALES:
                self._number(name, name, whole=False, floor=0, by=SCALES[scale])
                most = None if fact.may_exceed else SCALES[scale]
                self._at_most_one(name, most)
        elif len(counted) == 1:
            other = name + (OF if name + MET in counted else MET)
            values: dict[str, Fill] = {"key": other, "owner": Text("the frame", "bảng")}
            self.problems.append(Diagnostic(codes.MISSING_KEY, None, values))
        elif counted:
            self.present.add(name)
            part, whole = name + MET, name + OF
            self._number(name, part, whole=True, floor=0)
            self._number("", whole, whole=True, floor=0)
            if name in self.figures and "" in self.figures:
                self._count(name, part, whole, fact)

    def _count(self, name: str, part: str, whole: str, fact: Fact) -> None:
        own, other = self.figures[name], self.figures.pop("")
        self.figures[name] = attrs.evolve(own, whole=whole, whole_top=other.top)
        one, two = self.frame[part], self.frame[whole]
        if bool((one.is_null() != two.is_null()).any()):
            row = int((one.is_null() != two.is_null()).arg_true()[0])
            self._value(part, row, one[row], "its other part is missing")
        if not fact.may_exceed and bool((one > two).any()):
            row = int((one > two).arg_true()[0])
            self._value(part, row, one[row], f"it is more than `{whole}`, {two[row]}")

    def _at_most_one(self, name: str, most: int | None) -> None:
        figures = self.figures.get(name)
        if most is None or figures is None:
            return
        limit = figures.scale  # the figure of 100%
        if figures.top > limit:
            row = int((self.frame[name] > limit).arg_true()[0])
            self._value(name, row, self.frame[name][row], "it is more than 100%")

    def _number(
        self, fact: str, column: str, *, whole: bool, floor: int | None, by: int = 1
    ) -> None:
        series = self.frame[column]
        kind = series.dtype
        scale = 1
        if kind == polars.Null:
            series = series.cast(polars.Int64)
        elif kind.is_integer():
            if (largest := series.max()) is not None and int(str(largest)) > MOST:
                self._too_large(column, series)
                return
            if kind != polars.Int64:
                series = series.cast(polars.Int64)
        elif not whole and (kind.is_float() or kind.is_decimal()):
            read = self._exactly(column, series)
            if read is None:
                return
            series, scale = read
        elif whole and kind.is_float():
            read = self._exactly(column, series)
            if read is None:
                return
            series, scale = read
            if scale != 1:
                row = int((series % scale != 0).arg_true()[0])
                self._value(column, row, self.frame[column][row], "it is not whole")
                return
        else:
            wanted = "whole numbers" if whole else "numbers"
            self._shape(f"the column `{column}`", wanted, f"`{kind}`")
            return
        if kind != polars.Int64:
            self.frame = self.frame.with_columns(series.alias(column))
        if floor is not None and bool((series < 0).any()):
            row = int((series < 0).arg_true()[0])
            self._value(column, row, series[row], "it is negative")
        ends = (series.min(), series.max())
        top = max((abs(int(str(end))) for end in ends if end is not None), default=0)
        self.figures[fact] = Figures(column, scale * by, top)

    def _exactly(
        self, column: str, series: polars.Series
    ) -> tuple[polars.Series, int] | None:
        """Take decimals, and floats by their shortest form, as whole numbers."""
        values = series.to_list()
        for row, value in enumerate(values):
            if isinstance(value, Decimal):
                continue
            if value is not None and not math.isfinite(value):
                self._value(column, row, value, "it is no number; missing is null")
                return None
        try:
            numbers = [None if value is None else exact(value) for value in values]
        except OverflowError:
            self._too_large(column, series)
            return None
        scale = math.lcm(*{n.denominator for n in numbers if n is not None})
        taken = [None if n is None else int(n * scale) for n in numbers]
        if any(abs(n) > MOST for n in taken if n is not None):
            self._too_large(column, series)
            return None
        return polars.Series(column, taken, dtype=polars.Int64), scale

    def _dtype(
        self, column: str, wanted: str, fits: Callable[[polars.DataType], bool]
    ) -> bool:
        kind = self.frame[column].dtype
        if kind == polars.Null:
            return True
        if not fits(kind):
            self._shape(f"the column `{column}`", wanted, f"`{kind}`")
            return False
        return True

    def _cases(self, column: str, kind: EnumType) -> None:
        texts = (polars.String, polars.Categorical, polars.Enum)
        if not self._dtype(column, "text", lambda t: t in texts):
            return
        self.frame = self.frame.with_columns(polars.col(column).cast(polars.String))
        names = kind.enum.names
        series = self.frame[column]
        wrong = ~series.is_in(names).fill_null(value=True)
        if bool(wrong.any()):
            row = int(wrong.arg_true()[0])
            close = nearest(series[row], names)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            reason = f"it is no case of `{kind.enum.name}`{hint}"
            self._value(column, row, series[row], reason)

    def _take_titles(self) -> None:
        for column in self.frame.columns:
            title = column.removeprefix(TITLES)
            if title == column:
                continue
            year = self._dtype(column, "years", lambda t: t.is_integer())
            if year and self.frame[column].dtype == polars.Null:
                self.frame = self.frame.with_columns(
                    polars.col(column).cast(polars.Int64)
                )
            if year:
                series = self.frame[column]
                wrong = ~series.is_between(1900, 2200).fill_null(value=True)
                if bool(wrong.any()):
                    row = int(wrong.arg_true()[0])
                    self._value(column, row, series[row], "a year is wanted")
            if not title.endswith(WITHDRAWN):
                self.titles.add(title)
            elif column.removesuffix(WITHDRAWN) not in self.frame.columns:
                values: dict[str, Fill] = {
                    "key": column.removesuffix(WITHDRAWN),
                    "owner": Text("the frame", "bảng"),
                }
                self.problems.append(Diagnostic(codes.MISSING_KEY, None, values))
            elif year:
                self._after(column.removesuffix(WITHDRAWN), column)

    def _after(self, granted: str, withdrawn: str) -> None:
        first, last = self.frame[granted], self.frame[withdrawn]
        before = first.is_null() | (last < first).fill_null(value=False)
        alone = last.is_not_null() & before
        if bool(alone.any()):
            row = int(alone.arg_true()[0])
            self._value(withdrawn, row, last[row], f"it is not after `{granted}`")

    # Complaints.

    def _too_large(self, column: str, series: polars.Series) -> None:
        self._shape(
            f"the column `{column}`", "numbers below 2^63", f"`{series.max()!s}`"
        )

    def _shape(
        self, owner: str, wanted: str, found: str, advice: Help | None = None
    ) -> None:
        values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
        self.problems.append(Diagnostic(codes.BAD_SHAPE, None, values, help=advice))

    def _value(self, column: str, row: int, value: object, reason: str) -> None:
        values: dict[str, Fill] = {
            "fact": column,
            "value": str(value),
            "reason": f"{reason} (row {row + 1})",
        }
        self.problems.append(Diagnostic(codes.BAD_VALUE, None, values))

    def frame_titles(self, title: str) -> list[str]:
        """Give the titles with a column whose holding implies *title*."""
        return [
            name for name in self._vocabulary.implying(title) if name in self.titles
        ]
