"""
Requirements that no facts can change.

A single comparison is looked at when a file is checked; here what several come to
together: ``x >= 90% and x < 80%``, column by column of a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntmrules.analysis._cases import Case, Choosers, common_dates
from ntmrules.analysis._figures import case_name
from ntmrules.analysis._formula import Formula, Known, leaves, parts_of
from ntmrules.analysis._provisions import formula_of
from ntmrules.analysis._space import choices, every, size
from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.diagnostics.words import ALWAYS, NEVER
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Indicator, Ruleset
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.text import Fill, Text
from ntmrules.verdict import Verdict


MOST_TRIED = 2_000
"""The most choices of figures that are tried for one requirement."""

_ADVICE = Text(
    "correct a sign or a figure: the parts do not go together",
    "sửa một dấu so sánh hoặc một mức: các phần không đi cùng nhau",
)
_MET, _NOT_MET = Verdict.MET, Verdict.NOT_MET


def always_same(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """Tell which requirements always or never are met, and in which case never."""
    for criterion in ruleset.provisions():
        for indicator in criterion.indicators:
            span = indicator.requirement.span
            # What was taken over is told where it stands.
            if span.file is ruleset.span.file and _may_clash(indicator):
                yield from _told(ruleset, indicator)


def _may_clash(indicator: Indicator) -> bool:
    """Tell whether a requirement looks at one thing more than once."""
    if isinstance(indicator.requirement, Attested):
        return False
    seen: set[str] = set()
    waiting: list[e.Expression] = [indicator.requirement]
    while waiting:
        node = waiting.pop()
        match node:
            case e.Between():
                return True
            case e.Comparison() | e.IsTrue() | e.Holds():
                names = _names(node)
                if names & seen:
                    return True
                seen |= names
            case e.Quantified():
                pass  # sub-units are others
            case _:
                waiting += e.children(node)
    return False


def _names(node: e.Expression) -> set[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, e.FactValue):
            found.add(here.fact.name)
        elif isinstance(here, e.Holds):
            found.add("holds")
        waiting += e.children(here)
    return found


def _told(ruleset: Ruleset, indicator: Indicator) -> Iterator[Diagnostic]:
    assert not isinstance(indicator.requirement, Attested)
    dates = common_dates(ruleset, ruleset)
    choosers = Choosers()
    choosers.add(indicator.requirement, ruleset)
    cases = choosers.cases(dates) or []
    formulas = [
        (case, formula_of(ruleset, "indicator", indicator.label, case))
        for case in cases
    ]
    if not any(leaves(formula) for _, formula in formulas):
        return  # the date alone decides, which is meant
    found = [
        (case, formula, _possible(formula, ruleset.vocabulary))
        for case, formula in formulas
    ]
    together = set().union(*(verdicts for *_, verdicts in found))
    applying = together - {Verdict.NOT_APPLICABLE}
    if len(applying) == 1 and applying <= {_MET, _NOT_MET}:
        yield _diagnostic(indicator, ALWAYS if _MET in applying else NEVER, None)
        return
    for case, formula, verdicts in found:
        never = verdicts - {Verdict.NOT_APPLICABLE} == {_NOT_MET}
        if never and not _is_refused(formula):
            yield _diagnostic(indicator, NEVER, case)
            return


def _is_refused(formula: Formula) -> bool:
    """Tell whether the case itself decides a part, as ``region = TN`` does."""
    if isinstance(formula, Known):
        return True
    return any(map(_is_refused, parts_of(formula)))


def _possible(formula: Formula, vocabulary: Vocabulary) -> set[Verdict]:
    """Give what a requirement can come to; more, if that is not certain."""
    space = choices((formula,))
    if size(space) > MOST_TRIED:
        return {_MET, _NOT_MET}
    found: set[Verdict] = set()
    for env in every(space, vocabulary):
        found.add(formula.verdict(env))
        if {_MET, _NOT_MET} <= found:
            break
    return found


def _diagnostic(indicator: Indicator, always: Text, case: Case | None) -> Diagnostic:
    words = Text("", "")
    if case is not None:
        dated = str(case.date.year) if not case.chosen else ""
        name = case_name(case, dated)
        words = Text(f" for {name.en}", f" đối với {name.vi}")
    values: dict[str, Fill] = {"always": always, "case": words}
    return Diagnostic(
        codes.ALWAYS_SAME,
        indicator.requirement.span,
        values,
        place=indicator.name.en,
        place_vi=indicator.name.vi,
        help=Help(_ADVICE),
    )
