"""From a choice of open figures to a unit that has them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from ntmrules.analysis._cases import Case
from ntmrules.analysis._domain import fits, is_whole
from ntmrules.analysis._formula import Env, Flag, Formula, Leaf, leaves, number_of
from ntmrules.evaluate.trace import Step, ValueStep
from ntmrules.exact import Exact, Share, normal
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    DateType,
    EnumType,
    Listed,
    ListType,
    ShareType,
    Type,
    Value,
)
from ntmrules.model.unit import Attestation, Given, TitleRecord, Unit
from ntmrules.model.vocabulary import Fact, Level, Vocabulary
from ntmrules.verdict import Verdict


_MOST_AVERAGED = 20

UnitsFor = Callable[[Flag, bool], tuple[str, tuple[Unit, ...]] | None]
"""Gives the units inside that make a quantifier true, or not."""


class ClashError(Exception):
    """The figures cannot be had together, or not be given at all."""


@attrs.define
class _Draft:
    """A unit that is being made up."""

    facts: dict[int, dict[str, Given]] = attrs.field(factory=dict)
    titles: dict[str, bool] = attrs.field(factory=dict)
    granted: dict[str, int] = attrs.field(factory=dict)
    inside: dict[str, tuple[Unit, ...]] = attrs.field(factory=dict)
    judged: dict[str, bool] = attrs.field(factory=dict)

    def fact(self, fact: Fact, year: int, value: Value) -> None:
        """Give a fact."""
        known = self.facts.setdefault(year, {})
        if known.setdefault(fact.name, Given(value)).value != value:
            raise ClashError
        for one in value.items if isinstance(value, Listed) else (("", value),):
            if not fits(fact, one[1]):
                raise ClashError

    def units(self, plural: str, units: tuple[Unit, ...]) -> None:
        """Give the units inside; what comes first stays, and evaluation will tell."""
        self.inside.setdefault(plural, units)


@attrs.frozen(eq=False)
class Proposal:
    """
    What a unit is to be.

    Attributes:
        flags: What is to be true, and what not.
        figures: What a value is to come to.
    """

    flags: Env
    figures: tuple[tuple[ValueStep, Value], ...] = ()


@attrs.frozen(eq=False)
class Realiser:
    """Makes up units of one level."""

    level: Level
    vocabulary: Vocabulary
    rulesets: tuple[str, ...]
    units_for: UnitsFor

    def unit(
        self,
        env: Env,
        formulas: Iterable[Formula],
        case: Case,
        figures: Iterable[tuple[ValueStep, Value]] = (),
    ) -> Unit | None:
        """
        Make up a unit with the figures of *env*; nothing if there can be none.

        More *figures* may be given by the steps that work them out.
        """
        draft = _Draft()
        try:
            for chosen in case.chosen:
                draft.fact(chosen.fact, case.date.year, chosen.value)
            for leaf in {leaf.key: leaf for leaf in leaves(*formulas)}.values():
                if leaf.key in env:
                    self._set(draft, leaf, env)
            for step, wanted in figures:
                _assign(draft, step, wanted)
            for key, value in env.items():
                if key[0] == "units":
                    draft.units(str(key[1]), value)
        except ClashError:
            return None
        return self._made(draft, case)

    def _made(self, draft: _Draft, case: Case) -> Unit:
        year = case.date.year
        titles: dict[str, TitleRecord] | None = None
        if draft.titles or draft.granted:
            held = [title for title, holds in draft.titles.items() if holds]
            when = {**dict.fromkeys(held, year), **draft.granted}
            titles = {title: TitleRecord(at) for title, at in when.items()}
        judged = {
            label: Attestation(Verdict.MET if met else Verdict.NOT_MET, "—", case.date)
            for label, met in draft.judged.items()
        }
        return Unit(
            self.level,
            self.vocabulary,
            as_of=case.date,
            facts=draft.facts.get(year, {}),
            titles=titles,
            collections=draft.inside,
            history={y: facts for y, facts in draft.facts.items() if y != year},
            attestations=dict.fromkeys(self.rulesets, judged) if judged else {},
        )

    def _set(self, draft: _Draft, leaf: Leaf, env: Env) -> None:
        wanted = env[leaf.key]
        if not isinstance(leaf, Flag):
            kind = e.plain(leaf.step.node).type
            _assign(draft, leaf.step, value_of(wanted, kind))
            return
        match leaf.key[0]:
            case "title":
                draft.titles[str(leaf.key[1])] = wanted
            case "attested":
                if draft.judged.setdefault(str(leaf.key[1]), wanted) != wanted:
                    raise ClashError
            case "fact" | "value" if isinstance(leaf.step, ValueStep):
                _assign(draft, leaf.step, wanted)
            case "condition":
                found = self.units_for(leaf, wanted)
                if found is None:
                    raise ClashError
                draft.units(*found)
            case _:
                raise ClashError


def value_of(number: Fraction, kind: Type) -> Value:
    """Give the value of a type that orders as a number does."""
    exact = normal(number)
    match kind:
        case ShareType():
            return Share(exact.numerator, exact.denominator)
        case EnumType():
            return kind.enum.names[int(exact)]
        case DateType():
            return datetime.date.fromordinal(int(exact))
        case _:
            return exact


def _assign(draft: _Draft, step: Step, value: Value) -> None:
    """Give facts such that an expression comes to a value."""
    node = step.node
    parts = step.steps
    match node:
        case e.FactValue():
            draft.fact(node.fact, step.year, value)
        case e.Defined():
            _assign(draft, parts[0], value)
        case e.AtYear() if len(parts) > 1:
            _assign(draft, parts[0], value)
        case e.Negative() if isinstance(value, int | Fraction):
            _assign(draft, parts[0], -value)
        case e.Function():
            _function(draft, node, parts, value)
        case e.Arithmetic():
            _arithmetic(draft, node, parts, value)
        case e.GrantedYear() if isinstance(value, int):
            if draft.granted.setdefault(node.title.name, value) != value:
                raise ClashError
        case e.CountOf() if node.collection.where is None and isinstance(value, int):
            _bare_units(draft, node.collection.level, step, value)
        case e.Aggregate() if node.collection.where is None:
            _one_unit(draft, node, step, value)
        case _:
            raise ClashError


def _function(
    draft: _Draft, node: e.Function, parts: tuple[Step, ...], value: Value
) -> None:
    if node.name == "ratio" and isinstance(value, Share):
        _assign(draft, parts[0], value.part)
        _assign(draft, parts[1], value.whole)
        return
    kind = parts[0].node.type
    if isinstance(kind, ListType) and not isinstance(value, Listed):
        if node.name == "count":
            raise ClashError
        _assign(draft, parts[0], Listed((("", value),)))
        return
    if node.name not in {"abs", "rounded"}:
        raise ClashError
    _assign(draft, parts[0], value)


def _arithmetic(
    draft: _Draft, node: e.Arithmetic, parts: tuple[Step, ...], value: Value
) -> None:
    left, right = parts
    assert isinstance(left, ValueStep)
    assert isinstance(right, ValueStep)
    factor = _known(right)
    if node.operator in "*/" and factor:
        _assign(draft, left, _times(value, factor, over=node.operator == "*"))
        return
    factor = _known(left)
    if node.operator == "*" and factor:
        _assign(draft, right, _times(value, factor, over=True))
        return
    if node.operator == "/":
        share = value if isinstance(value, Share) else None
        _assign(draft, left, value if share is None else share.part)
        _assign(draft, right, 1 if share is None else share.whole)
        return
    if node.operator in "+-":
        _shifted(draft, node, (left, right), value)
        return
    raise ClashError


def _shifted(
    draft: _Draft, node: e.Arithmetic, sides: tuple[ValueStep, ValueStep], value: Value
) -> None:
    """Let the one side be whatever the other, if it is known, leaves to it."""
    left, right = sides
    wanted = number_of(value, node.type)
    if wanted is None:
        raise ClashError
    sign = 1 if node.operator == "+" else -1
    given = [
        None if x.value is None else number_of(x.value, x.node.type) for x in sides
    ]
    if given[0] is not None:
        _assign(draft, right, value_of(sign * (wanted - given[0]), right.node.type))
        return
    if given[1] is None and wanted < 0 < -sign:
        _assign(draft, left, value_of(Fraction(0), left.node.type))
        _assign(draft, right, value_of(-wanted, right.node.type))
        return
    rest = Fraction(0) if given[1] is None else given[1]
    _assign(draft, left, value_of(wanted - sign * rest, left.node.type))
    if given[1] is None:
        _assign(draft, right, value_of(Fraction(0), right.node.type))


def _known(step: ValueStep) -> Exact | None:
    value = step.value
    is_number = isinstance(value, int | Fraction) and not isinstance(value, bool)
    return value if is_number else None  # type: ignore[return-value]  # see above


def _times(value: Value, factor: Exact, *, over: bool) -> Value:
    scale = 1 / Fraction(factor) if over else Fraction(factor)
    if isinstance(value, Share):
        scaled = Fraction(value.value or 0) * scale
        return Share(scaled.numerator, scaled.denominator)
    if isinstance(value, int | Fraction):
        return normal(Fraction(value) * scale)
    raise ClashError


def _bare_units(draft: _Draft, level: Level, step: Step, number: int) -> None:
    vocabulary = step.unit.vocabulary
    units = tuple(Unit(level, vocabulary, id=f"u{n + 1}") for n in range(number))
    draft.units(level.plural, units)


def _one_unit(draft: _Draft, node: e.Aggregate, step: Step, value: Value) -> None:
    """
    Give one unit whose own figure is the total, the average and the rest.

    An average of counts takes more of them: one has it all, and the others nothing.
    """
    inner = e.plain(node.value)
    if not isinstance(inner, e.FactValue) or node.weight is not None:
        raise ClashError
    level = node.collection.level
    figures = [value]
    if node.function == "average" and isinstance(value, Fraction) and is_whole(inner):
        if value.denominator > _MOST_AVERAGED:
            raise ClashError
        figures = [value.numerator, *[0] * (value.denominator - 1)]
    if not all(fits(inner.fact, figure) for figure in figures):
        raise ClashError
    units = tuple(
        Unit(
            level,
            step.unit.vocabulary,
            id=f"u{number}",
            facts={inner.fact.name: Given(figure)},
        )
        for number, figure in enumerate(figures, 1)
    )
    draft.units(level.plural, units)
