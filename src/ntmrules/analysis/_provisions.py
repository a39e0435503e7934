"""How one provision of two rulesets relates, case by case."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from ntmrules.analysis._cases import Case, Choosers, provision_expressions
from ntmrules.analysis._changes import CaseChange, Looked, Relation, Witness
from ntmrules.analysis._figures import case_name, figures, plain_figures
from ntmrules.analysis._formula import Formula
from ntmrules.analysis._implication import PASSES, Answer, Truth
from ntmrules.analysis._members import Quantifiers
from ntmrules.analysis._reading import read
from ntmrules.analysis._realise import Proposal, Realiser
from ntmrules.analysis._search import Search
from ntmrules.evaluate import evaluate_provision
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Criterion, Indicator, Ruleset
from ntmrules.model.unit import Unit
from ntmrules.text import Text
from ntmrules.verdict import Verdict


Provision = Indicator | Criterion | Ruleset

_UNDECIDED = Text("", "")


@attrs.frozen(eq=False)
class _Outcome:
    """How two formulas relate, and the units that show it."""

    relation: Relation
    laxer: Witness | None
    stricter: Witness | None
    looked: Looked = Looked.NOT


def formula_of(ruleset: Ruleset, kind: str, label: str, case: Case) -> Formula:
    """Read what a provision comes to in a case."""
    known = ruleset.vocabulary.facts
    facts = {
        chosen.fact.name: chosen.given
        for chosen in case.chosen
        if chosen.fact.name in known
    }
    unit = Unit(ruleset.level, ruleset.vocabulary, as_of=case.date, facts=facts)
    trace = evaluate_provision(ruleset, unit, case.date, kind, label)
    return read(trace)


@attrs.frozen(eq=False)
class Pair:
    """
    A provision that two rulesets have.

    Attributes:
        kind: ``"indicator"``, ``"criterion"`` or ``"ruleset"``.
        first: It in the old ruleset.
        second: It in the new one.
        search: Looks further where comparing does not decide.
    """

    old: Ruleset
    new: Ruleset
    kind: str
    label: str
    first: Provision
    second: Provision
    search: Search | None = None

    def cases(self, dates: Sequence[datetime.date]) -> tuple[CaseChange, ...]:
        """Compare them in every case."""
        choosers = Choosers()
        for ruleset, provision in ((self.old, self.first), (self.new, self.second)):
            for node in provision_expressions(provision):
                choosers.add(node, ruleset)
        cases = choosers.cases(dates)
        if cases is None:
            case = Case(dates[-1])
            before, after = plain_figures(self.first, self.second)
            return (CaseChange(case, _UNDECIDED, Relation.UNDECIDED, before, after),)
        return tuple(self._each(cases, dated=choosers.dated))

    def _each(self, cases: Sequence[Case], *, dated: bool) -> Iterator[CaseChange]:
        days = {case.date for case in cases} if dated else set()
        years = Counter(day.year for day in days)
        known: dict[tuple[Formula, Formula], _Outcome] = {}
        for case in cases:
            before = self._formula(self.old, case)
            after = self._formula(self.new, case)
            key = (before, after)
            if key not in known:
                known[key] = self._outcome(before, after, case)
            outcome = known[key]
            yield CaseChange(
                case,
                case_name(case, _written_date(case.date, years)),
                outcome.relation,
                *figures(before, after, self.first, self.second),
                outcome.laxer,
                outcome.stricter,
                outcome.looked,
            )

    def _formula(self, ruleset: Ruleset, case: Case) -> Formula:
        return formula_of(ruleset, self.kind, self.label, case)

    def _outcome(self, before: Formula, after: Formula, case: Case) -> _Outcome:
        if before == after:
            return _Outcome(Relation.EQUAL, None, None)
        forth = Quantifiers(self.new, self.old, case.date)
        back = Quantifiers(self.old, self.new, case.date)
        not_laxer = forth.implication().implies(after, before)
        not_stricter = back.implication().implies(before, after)
        looked, laxer = self._found(
            not_laxer, forth, (after, before), case, self._is_laxer
        )
        _, stricter = self._found(
            not_stricter, back, (before, after), case, self._is_stricter
        )
        relation = _relation(
            _borne_out(not_laxer, laxer), _borne_out(not_stricter, stricter)
        )
        return _Outcome(relation, laxer, stricter, looked)

    def _found(
        self,
        answer: Answer,
        quantifiers: Quantifiers,
        formulas: tuple[Formula, Formula],
        case: Case,
        shows: Callable[[Witness], bool],
    ) -> tuple[Looked, Witness | None]:
        """Find a unit that the first formula accepts and the second does not."""
        if answer.truth is Truth.YES:
            return Looked.NOT, None
        names = tuple(dict.fromkeys((self.new.id, self.old.id)))
        realiser = Realiser(
            self.new.level, self.new.vocabulary, names, quantifiers.units_for
        )

        def shown(proposal: Proposal) -> Witness | None:
            # An answer that evaluation does not bear out is no answer.
            unit = realiser.unit(proposal.flags, formulas, case, proposal.figures)
            witness = None if unit is None else self._witness(unit, case)
            return witness if witness is not None and shows(witness) else None

        if answer.truth is Truth.NO:
            witness = shown(Proposal(answer.shown_by))
            if witness is not None:
                return Looked.NOT, witness
        if self.search is None:
            return Looked.NOT, None
        return self.search.look(*formulas, self.new.vocabulary, shown)

    def _witness(self, unit: Unit, case: Case) -> Witness:
        old, new = (
            evaluate_provision(x, unit, case.date, self.kind, self.label).verdict
            for x in (self.old, self.new)
        )
        return Witness(unit, case.date, old, new)

    def _is_laxer(self, shown: Witness) -> bool:
        # A value that is not set, and a collection without units, leave it unknown
        # however much is given.
        nothing = any(inside == () for inside in shown.unit.collections.values())
        refused = shown.old is Verdict.NOT_MET or (
            shown.old is Verdict.UNKNOWN and (nothing or _leaves_open(self.first))
        )
        return shown.new in PASSES and refused

    def _is_stricter(self, shown: Witness) -> bool:
        accepted = shown.old in PASSES or (
            shown.old is Verdict.UNKNOWN and _leaves_open(self.first)
        )
        return shown.new is Verdict.NOT_MET and accepted


def _written_date(date: datetime.date, years: Mapping[int, int]) -> str:
    """Name a year; the day where several of one year are looked at."""
    if date.year not in years:
        return ""
    return str(date.year) if years[date.year] == 1 else date.isoformat()


def _borne_out(answer: Answer, shown: Witness | None) -> Truth:
    if answer.truth is Truth.YES:
        return Truth.YES
    return Truth.OPEN if shown is None else Truth.NO


def _relation(not_laxer: Truth, not_stricter: Truth) -> Relation:
    if not_laxer is Truth.YES:
        equal = not_stricter is Truth.YES
        return Relation.EQUAL if equal else Relation.STRICTER
    if not_laxer is Truth.OPEN:
        return Relation.UNDECIDED
    both = not_stricter is Truth.NO
    return Relation.INCOMPARABLE if both else Relation.LAXER


def _leaves_open(provision: Provision) -> bool:
    """Tell whether a provision turns on a value that is left to others, not set."""
    waiting = list(provision_expressions(provision))
    while waiting:
        node = waiting.pop()
        if isinstance(node, e.Delegated) and node.value is None:
            return True
        waiting += e.children(node)
    return False
