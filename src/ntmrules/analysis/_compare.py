"""Comparing two rulesets, provision by provision."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from ntmrules.analysis._cases import common_dates, expressions
from ntmrules.analysis._changes import CaseChange, Change, Relation
from ntmrules.analysis._comparison import Comparison
from ntmrules.analysis._provisions import Pair, Provision
from ntmrules.analysis._search import Search
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Criterion, Indicator, Ruleset
from ntmrules.text import Text


_WHOLE = Text("the whole ruleset", "toàn bộ tiêu chí")


def compare_rulesets(
    old: Ruleset, new: Ruleset, search: Search | None = None
) -> Comparison:
    """
    Tell what gets stricter and laxer, and what is added and removed.

    Provisions are told apart by their labels.  Figures marked as unverified count.

    Args:
        old: What it is compared with.
        new: What is compared.
        search: Looks further where comparing does not decide.

    Source: language.md section 9.
    """
    dates = common_dates(old, new)
    changes = tuple(_Comparer(old, new, dates, search).changes())
    searched = None if search is None else search.done
    return Comparison(old, new, tuple(dates), changes, searched=searched)


class _Comparer:
    def __init__(
        self,
        old: Ruleset,
        new: Ruleset,
        dates: Sequence[datetime.date],
        search: Search | None,
    ) -> None:
        self._old, self._new, self._dates, self._search = old, new, dates, search
        self._before, self._after = _criteria(old), _criteria(new)
        # What refers to these may change with them.
        self._touched = self._differing()

    def _differing(self) -> set[str]:
        old, new = self._old.indicators, self._new.indicators
        touched = old.keys() ^ new.keys()
        touched |= {x for x in old.keys() & new.keys() if not _same(old[x], new[x])}
        before, after = self._before, self._after
        touched |= before.keys() ^ after.keys()
        for label in before.keys() & after.keys():
            one, other = before[label], after[label]
            mine, theirs = _labels(one), _labels(other)
            if not _same_frame(one, other) or mine != theirs or mine & touched:
                touched.add(label)
        return touched

    def changes(self) -> Iterator[Change]:
        """Give them in the order of the old ruleset; then what is new."""
        for label, criterion in self._before.items():
            yield from self._criterion(label, criterion)
            for indicator in criterion.indicators:
                yield self._indicator(indicator.label)
            added = self._after.get(label)
            for indicator in () if added is None else added.indicators:
                if indicator.label not in self._old.indicators:
                    yield self._indicator(indicator.label)
        for label, criterion in self._after.items():
            if label not in self._before:
                for indicator in criterion.indicators:
                    if indicator.label not in self._old.indicators:
                        yield self._indicator(indicator.label)
        yield from self._whole()

    def _indicator(self, label: str) -> Change:
        old, new = self._old.indicators.get(label), self._new.indicators.get(label)
        if old is None or new is None:
            found = new or old
            assert found is not None
            relation = Relation.ADDED if old is None else Relation.REMOVED
            return Change(self._kind(label), label, found.name, relation, old, new)
        cases: tuple[CaseChange, ...] = ()
        if not _same(old, new) or self._refers_to_touched(old, new):
            cases = self._cases("indicator", label, old, new)
        relation = _sum_up(cases)
        return Change(self._kind(label), label, new.name, relation, old, new, cases)

    def _kind(self, label: str) -> str:
        """Name what has a requirement: some criteria have one of their own."""
        for ruleset in (self._new, self._old):
            if label in ruleset.criteria:
                return "criterion"
            if label in ruleset.preconditions:
                return "precondition"
        return "indicator"

    def _criterion(self, label: str, old: Criterion) -> Iterator[Change]:
        """Compare how a criterion puts its indicators together, where it says."""
        new = self._after.get(label)
        if new is None or (_plain(old) and _plain(new)):
            return
        kind = "precondition" if label in self._old.preconditions else "criterion"
        cases: tuple[CaseChange, ...] = ()
        if label in self._touched or self._refers_to_touched(old, new):
            cases = self._cases("criterion", label, old, new)
        yield Change(kind, label, new.name, _sum_up(cases), old, new, cases)

    def _whole(self) -> Iterator[Change]:
        """Compare what the title turns on, where that is not simply everything."""
        before, after = _when(self._old), _when(self._new)
        if before is None and after is None:
            return
        cases: tuple[CaseChange, ...] = ()
        if before != after or self._touched:
            cases = self._cases("ruleset", "", self._old, self._new)
        yield Change("ruleset", "", _WHOLE, _sum_up(cases), cases=cases)

    def _cases(
        self, kind: str, label: str, first: Provision, second: Provision
    ) -> tuple[CaseChange, ...]:
        pair = Pair(self._old, self._new, kind, label, first, second, self._search)
        return pair.cases(self._dates)

    def _refers_to_touched(self, *provisions: Indicator | Criterion) -> bool:
        return bool(self._touched) and any(
            _refers(node, self._touched)
            for provision in provisions
            for node in expressions(provision)
        )


def _criteria(ruleset: Ruleset) -> Mapping[str, Criterion]:
    return {criterion.label: criterion for criterion in ruleset.provisions()}


def _labels(criterion: Criterion) -> set[str]:
    return {indicator.label for indicator in criterion.indicators}


def _plain(criterion: Criterion) -> bool:
    """Tell whether a criterion is met exactly when its indicators are."""
    return criterion.passes is None and criterion.applies is None


def _when(ruleset: Ruleset) -> e.Expression | None:
    return None if ruleset.confers is None else ruleset.confers.when


def _same(old: Indicator, new: Indicator) -> bool:
    return old.requirement == new.requirement and old.applies == new.applies


def _same_frame(old: Criterion, new: Criterion) -> bool:
    return old.passes == new.passes and old.applies == new.applies


def _refers(node: e.Expression, labels: set[str]) -> bool:
    """Tell whether an expression refers to provisions with some labels."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        match here:
            case e.ProvisionVerdict() | e.ThresholdOf() if here.ruleset is None:
                if here.label in labels:
                    return True
            case e.CriteriaChoice() if here.ruleset is None:
                return True
            case _:
                pass
        waiting += e.children(here)
    return False


def _sum_up(cases: Sequence[CaseChange]) -> Relation:
    """Give the relation of a provision from those of its cases."""
    found = {case.relation for case in cases}
    laxer = found & {Relation.LAXER, Relation.INCOMPARABLE}
    stricter = found & {Relation.STRICTER, Relation.INCOMPARABLE}
    if laxer:
        return Relation.INCOMPARABLE if stricter else Relation.LAXER
    if Relation.UNDECIDED in found:
        return Relation.UNDECIDED
    return Relation.STRICTER if stricter else Relation.EQUAL
