"""
What the columns of a frame mean, and what is wrong with them, told all at once.

A share is two columns ``insured.met`` and ``insured.of``, or one column whose scale
the caller names.  Null is missing; NaN is refused.

Columns are read in one of two ways.  *Trusting*, their values are not looked at:
`Columns.tests` says what must hold of each row, to be decided in the same pass as the
verdicts.  Otherwise each column is looked at, and `Columns.problems` has all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import polars

from ntmrules.batch import _words as w
from ntmrules.batch._numbers import (
    SHORT,
    Figures,
    NotFiniteError,
    TooLargeError,
    Whole,
    as_whole,
)
from ntmrules.batch._titles import TITLES, WITHDRAWN, outliving
from ntmrules.batch._trust import (
    TRUSTED,
    Test,
    at_most,
    coded,
    part_of,
    place,
    within,
)
from ntmrules.batch._values import MOST
from ntmrules.diagnostics import Diagnostic, Help, codes, nearest
from ntmrules.errors import FactError
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
YEARS = (1900, 2200)
SCALES = {"percent": 100, "fraction": 1}


class Columns:
    """
    The columns of a frame, checked for the facts that are asked for.

    Attributes:
        frame: Whole numbers, booleans and texts, under the names of the facts.
        kinds: The types of its columns.
        cases: The places of the cases of enums, under the names that `coded` gives.
        bits: The least width of numbers.
        trusting: Whether values are looked at later, by tests.
        tests: What must hold of each row.
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
        *,
        trusting: bool = False,
    ) -> None:
        self.problems: list[Diagnostic] = []
        self.tests: list[Test] = []
        self.trusting = trusting
        self._others = (*KEPT, *further)
        self.frame = frame
        self.kinds: dict[str, polars.DataType] = dict(frame.schema)
        self.figures: dict[str, Figures] = {}
        self.present: set[str] = set()
        self.cases: list[polars.Expr] = []
        self.bits = 64
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
                self._shape(f"`share_columns[{name!r}]`", w.SCALE, w.NO_SHARE)
            elif scale not in SCALES:
                self._shape(f"`share_columns[{name!r}]`", w.SCALES_ARE, repr(scale))

    def _unknown(
        self, column: str, name: str, known: Mapping[str, object], prefix: str
    ) -> None:
        close = nearest(name, known)
        advice = Help(w.RENAME, {"name": prefix + close[0]}) if close else None
        code = codes.UNKNOWN_FACT_STRICT
        self.problems.append(Diagnostic(code, None, {"name": column}, help=advice))

    # Values.

    def _take(self, name: str, fact: Fact, scale: str | None) -> None:
        counted = {name + MET, name + OF} & self.kinds.keys()
        if isinstance(fact.type, ShareType):
            self._take_share(name, fact, scale, counted)
            return
        if counted:
            self._shape(w.column(min(counted)), w.not_a_share(name), w.TWO)
        if name not in self.kinds:
            return
        self.present.add(name)
        match fact.type:
            case CountType():
                self._number(name, name, whole=True, floor=0)
            case AmountType() | NumberType():
                self._number(name, name, whole=False, floor=None)
            case Condition():
                self._dtype(name, w.TRUTH, lambda t: t == polars.Boolean)
            case EnumType():
                self._cases(name, fact.type)
            case ListType():
                self._shape(w.column(name), w.NO_LIST, w.THERE)
            case _:
                self._shape(w.column(name), w.NO_DATE, w.THERE)

    def _take_share(
        self, name: str, fact: Fact, scale: str | None, counted: set[str]
    ) -> None:
        if name in self.kinds:
            self.present.add(name)
            if counted:
                self._shape(w.share(name), w.GIVEN_ONCE, w.BOTH_WAYS)
            elif scale is None:
                self._shape(
                    w.column(name),
                    w.KNOWN_SCALE,
                    w.ONE_NUMBER,
                    Help(w.NAME_SCALE, {"fact": name}),
                )
            elif scale in SCALES:
                self._number(name, name, whole=False, floor=0, by=SCALES[scale])
                self._at_most_one(name, fact)
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
        self.figures[name] = attrs.evolve(own, whole=other.column, whole_top=other.top)
        one, two = self.frame[part], self.frame[whole]
        if self.trusting:
            del self.tests[-2:]
            kinds = (one.dtype, two.dtype)
            test = part_of(name, part, whole, kinds, may_exceed=fact.may_exceed)
            self.tests.append(test)
            return
        if bool((one.is_null() != two.is_null()).any()):
            row = int((one.is_null() != two.is_null()).arg_true()[0])
            self._value(part, row, one[row], w.OTHER_MISSING)
        if not fact.may_exceed and bool((one > two).any()):
            row = int((one > two).arg_true()[0])
            self._value(part, row, one[row], w.more_than(whole, two[row]))

    def _at_most_one(self, name: str, fact: Fact) -> None:
        figures = self.figures.get(name)
        if fact.may_exceed or figures is None:
            return
        limit = figures.scale  # the figure of 100%
        if self.trusting:
            kind = self.frame[name].dtype
            self.tests[-1] = at_most(name, kind, min(limit, TRUSTED))
        elif figures.top > limit:
            row = int((self.frame[name] > limit).arg_true()[0])
            self._value(name, row, self.frame[name][row], w.OVER_ONE)

    def _number(
        self, fact: str, column: str, *, whole: bool, floor: int | None, by: int = 1
    ) -> None:
        taken = self._whole(column, whole=whole)
        if taken is None:
            return
        series, scale = taken.series, taken.scale
        figures = polars.col(column)
        if series.dtype != polars.Int64:
            figures = figures.cast(polars.Int64)
        if self.trusting:
            kind = series.dtype
            sure = floor is None
            test = within(column, kind) if sure else at_most(column, kind, TRUSTED)
            self.tests += [] if test is None else [test]
            self.figures[fact] = Figures(figures, scale * by, TRUSTED)
            return
        if floor is not None and bool((series < 0).any()):
            row = int((series < 0).arg_true()[0])
            self._value(column, row, series[row], w.NEGATIVE)
        ends = (series.min(), series.max())
        top = max((abs(int(str(end))) for end in ends if end is not None), default=0)
        self.figures[fact] = Figures(figures, scale * by, top)

    def _whole(self, column: str, *, whole: bool) -> Whole | None:
        """Give a column of numbers as whole numbers, or say why it is none."""
        series = self.frame[column]
        kind = series.dtype
        if kind == polars.Null:
            return self._replaced(column, Whole(series.cast(polars.Int64), 1))
        if kind.is_integer():
            if kind in SHORT:
                return Whole(series, 1)
            ends = [end for end in (series.min(), series.max()) if end is not None]
            if any(abs(int(str(end))) > MOST for end in ends):
                self._too_large(column, series)
                return None
            return self._replaced(column, Whole(series.cast(polars.Int64), 1))
        if not kind.is_float() and (whole or not kind.is_decimal()):
            wanted = w.WHOLE_NUMBERS if whole else w.NUMBERS
            self._shape(w.column(column), wanted, f"`{kind}`")
            return None
        try:
            found = as_whole(series)
        except NotFiniteError as error:
            value = series[error.row]
            self._value(column, error.row, value, w.NOT_FINITE)
            return None
        except TooLargeError:
            self._too_large(column, series)
            return None
        if whole and found.scale != 1:
            row = int((found.series % found.scale != 0).arg_true()[0])
            self._value(column, row, series[row], w.NOT_WHOLE)
            return None
        return self._replaced(column, found)

    def _replaced(self, column: str, found: Whole) -> Whole:
        self.frame = self.frame.with_columns(found.series.alias(column))
        self.kinds[column] = found.series.dtype
        return found

    def _dtype(
        self, column: str, wanted: Text, fits: Callable[[polars.DataType], bool]
    ) -> bool:
        kind = self.frame[column].dtype
        if kind == polars.Null:
            return True
        if not fits(kind):
            self._shape(w.column(column), wanted, f"`{kind}`")
            return False
        return True

    def _cases(self, column: str, kind: EnumType) -> None:
        texts = (polars.String, polars.Categorical, polars.Enum)
        if not self._dtype(column, w.TEXT, lambda t: t in texts):
            return
        names = kind.enum.names
        given = self.frame[column]
        self.cases.append(place(column, names, given.dtype))
        if self.trusting:
            found = polars.col(coded(column))
            if given.dtype == polars.Null:
                return
            told = polars.when(polars.col(column).is_not_null())
            self.tests.append(Test(column, told.then(found.is_not_null())))
            return
        series = given.cast(polars.String)
        wrong = ~series.is_in(names).fill_null(value=True)
        if bool(wrong.any()):
            row = int(wrong.arg_true()[0])
            close = next(iter(nearest(series[row], names)), None)
            reason = w.did_you_mean(w.no_case(kind.enum.name), close)
            self._value(column, row, series[row], reason)

    def _take_titles(self) -> None:
        for column in (c for c in self.frame.columns if c.startswith(TITLES)):
            title = column.removeprefix(TITLES)
            year = self._dtype(column, w.YEAR_NUMBERS, lambda t: t.is_integer())
            if year:
                self._years(column)
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
        if not self.problems:
            self._outlives()

    def _years(self, column: str) -> None:
        if self.frame[column].dtype == polars.Null:
            self.frame = self.frame.with_columns(polars.col(column).cast(polars.Int64))
            self.kinds[column] = polars.Int64()
        right = polars.col(column).is_between(*YEARS)
        if self.trusting:
            self.tests.append(Test(column, right))
            return
        series = self.frame[column]
        wrong = ~series.is_between(*YEARS).fill_null(value=True)
        if bool(wrong.any()):
            row = int(wrong.arg_true()[0])
            self._value(column, row, series[row], w.A_YEAR)

    def _after(self, granted: str, withdrawn: str) -> None:
        if self.trusting:
            first, last = polars.col(granted), polars.col(withdrawn)
            order = (first <= last).fill_null(value=False)
            self.tests.append(Test(f"{withdrawn} after", last.is_null() | order))
            return
        one, two = self.frame[granted], self.frame[withdrawn]
        before = one.is_null() | (two < one).fill_null(value=False)
        alone = two.is_not_null() & before
        if bool(alone.any()):
            row = int(alone.arg_true()[0])
            self._value(withdrawn, row, two[row], w.not_after(granted))

    def _outlives(self) -> None:
        """Refuse a title that outlives one that it implies, as NTM738 does."""
        for one in outliving(self._vocabulary, self.titles, self.kinds):
            if self.trusting:
                self.tests.append(one.test)
                continue
            holds = one.test.holds.fill_null(value=True)
            wrong = self.frame.select(~holds).to_series()
            if wrong.any():
                row = int(wrong.arg_true()[0])
                reason = w.outlives(one.lower, self.frame[one.gone][row])
                self._value(one.higher, row, self.frame[one.higher][row], reason)

    # Complaints.

    def _too_large(self, column: str, series: polars.Series) -> None:
        self._shape(w.column(column), w.SMALL_NUMBERS, f"`{series.max()!s}`")

    def _shape(
        self, owner: Fill, wanted: Fill, found: Fill, advice: Help | None = None
    ) -> None:
        values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
        self.problems.append(Diagnostic(codes.BAD_SHAPE, None, values, help=advice))

    def _value(self, column: str, row: int, value: object, reason: Text) -> None:
        values: dict[str, Fill] = {
            "fact": column,
            "value": str(value),
            "reason": w.in_row(reason, row + 1),
            "why": reason,
            "row": row + 1,
        }
        self.problems.append(Diagnostic(codes.BAD_VALUE, None, values))

    def frame_titles(self, title: str) -> list[str]:
        """Give the titles with a column that imply *title*."""
        return [one for one in self._vocabulary.implying(title) if one in self.titles]
