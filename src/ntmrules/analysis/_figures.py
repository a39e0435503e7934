"""What a provision requires in a case, and the case itself, in words."""

from __future__ import annotations

import itertools
from fractions import Fraction

import attrs

from ntmrules.analysis._cases import Case, provision_expressions
from ntmrules.analysis._changes import Figure
from ntmrules.analysis._formula import (
    Branch,
    Counted,
    Every,
    Flag,
    Formula,
    Guarded,
    Known,
    Reverse,
    Some,
    Test,
    leaves,
    parts_of,
)
from ntmrules.evaluate.trace import ValueStep
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset
from ntmrules.model.types import EnumType
from ntmrules.model.words import within
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.verdict import Verdict


_NOT_APPLICABLE = Text("not applicable", "không áp dụng")
_UNKNOWN = Text("no figure", "không có mức")
_ATTESTED = Text("attested by {who}", "do {who} xác nhận")
_SOMEONE = Text("a person", "người có thẩm quyền")
_ALL_INDICATORS = Text("all of its indicators", "mọi chỉ tiêu của tiêu chí")
_ALL_CRITERIA = Text("all criteria", "mọi tiêu chí")
NOT_THERE = Figure(Text("it is not there", "không có"), quoted=False)
LONGEST = 100
"""The most of a requirement that is shown, in letters."""

_BEFORE, _AHEAD = 30, 40


def figures(
    before: Formula,
    after: Formula,
    first: Indicator | Criterion | Ruleset,
    second: Indicator | Criterion | Ruleset,
) -> tuple[Figure, Figure]:
    """
    Say what a provision requires in a case, before and after.

    Where the two differ in figures alone, those are given; a figure behind a name is
    looked up, so that the two never read the same.
    """
    before, after = _alone(before), _alone(after)
    keys = {one.key for one in (before, after) if isinstance(one, Test)}
    simple = isinstance(before, Test | Known) and isinstance(after, Test | Known)
    short = simple and len(keys) == 1
    there = _differing(before, after, short=short)
    here = _differing(after, before, short=short)
    if there is None or here is None:
        there = _figure(before, first, short=short)
        here = _figure(after, second, short=short)
    if there.text == here.text:
        there, here = _defined(first, second) or (there, here)
    return _shortened(there, here), _shortened(here, there)


def plain_figures(
    first: Indicator | Criterion | Ruleset, second: Indicator | Criterion | Ruleset
) -> tuple[Figure, Figure]:
    """Quote a provision, before and after, where cases are not told apart."""
    there, here = written(first), written(second)
    return _shortened(there, here), _shortened(here, there)


def _alone(formula: Formula) -> Formula:
    while isinstance(formula, Every) and len(formula.parts) == 1:
        formula = formula.parts[0]
    return formula


def _differing(formula: Formula, other: Formula, *, short: bool) -> Figure | None:
    """Give the comparisons of a formula that differ from another one's in figures."""
    if formula == other or _shape(formula) != _shape(other):
        return None
    theirs = {leaf for leaf in leaves(other) if isinstance(leaf, Test)}
    tests = dict.fromkeys(x for x in leaves(formula) if isinstance(x, Test))
    mine = [test for test in tests if test not in theirs]
    if not mine:
        return None
    words = ", ".join(dict.fromkeys(_compared(test, short=short) for test in mine))
    return Figure(Text(words, words), _wanted(mine[0].wanted)[1])


def _shape(formula: Formula) -> Formula:
    """Forget the figures of a formula."""
    match formula:
        case Test():
            return attrs.evolve(formula, limit=Fraction(0))
        case Every() | Some() | Counted():
            return attrs.evolve(formula, parts=tuple(map(_shape, formula.parts)))
        case Reverse():
            return Reverse(_shape(formula.part))
        case Branch():
            return Branch(*map(_shape, parts_of(formula)))
        case Guarded():
            return Guarded(*map(_shape, parts_of(formula)))
        case Known() | Flag():
            return formula


def _compared(test: Test, *, short: bool) -> str:
    figure = f"{test.sign} {_wanted(test.wanted)[0]}"
    return figure if short else f"{_tidy(test.step.node.span.text)} {figure}"


def _figure(
    formula: Formula, provision: Indicator | Criterion | Ruleset, *, short: bool
) -> Figure:
    if formula == Known(Verdict.NOT_APPLICABLE):
        return Figure(_NOT_APPLICABLE, _span(provision), quoted=False)
    if formula == Known(Verdict.UNKNOWN):
        return Figure(_UNKNOWN, _span(provision), quoted=False)
    if isinstance(formula, Test):
        words = _compared(formula, short=short)
        return Figure(Text(words, words), _wanted(formula.wanted)[1])
    return written(provision)


def _defined(
    first: Indicator | Criterion | Ruleset, second: Indicator | Criterion | Ruleset
) -> tuple[Figure, Figure] | None:
    """Give the first definition that a provision turns on and that differs."""
    old, new = _definitions(first), _definitions(second)
    for name, there in old.items():
        here = new.get(name, there)
        if here.text != there.text:
            return _named(name, there), _named(name, here)
    return None


def _named(name: str, figure: Figure) -> Figure:
    words = Text(f"{name} = {figure.text.en}", f"{name} = {figure.text.vi}")
    return attrs.evolve(figure, text=words)


def _definitions(provision: Indicator | Criterion | Ruleset) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    waiting = list(provision_expressions(provision))
    while waiting:
        node = waiting.pop()
        if isinstance(node, e.Defined):
            found.setdefault(node.name, _quoted(node.expression.span))
        waiting += e.children(node)
    return found


def _shortened(figure: Figure, other: Figure) -> Figure:
    """Cut what is long, around the place where it differs from the other one."""
    return attrs.evolve(
        figure,
        text=Text(
            _cut(figure.text.en, other.text.en), _cut(figure.text.vi, other.text.vi)
        ),
    )


def _cut(text: str, other: str) -> str:
    if len(text) <= LONGEST:
        return text
    alike = itertools.takewhile(
        lambda two: two[0] == two[1], zip(text, other, strict=False)
    )
    same = sum(1 for _ in alike)
    start = 0
    if same > LONGEST - _AHEAD:
        start = text.rfind(" ", 0, max(same - _BEFORE, 1)) + 1
    found = text[start : start + LONGEST]
    lead, rest = ("…" if start else ""), ("…" if start + LONGEST < len(text) else "")
    return f"{lead}{found}{rest}"


def _span(provision: Indicator | Criterion | Ruleset) -> Span:
    if isinstance(provision, Indicator):
        return provision.requirement.span
    return provision.span


def written(provision: Indicator | Criterion | Ruleset) -> Figure:
    """Quote the author."""
    match provision:
        case Indicator():
            requirement = provision.requirement
            if isinstance(requirement, Attested):
                by = requirement.by
                who = Text(by, by) if by else _SOMEONE
                words = Text(
                    _ATTESTED.en.format(who=who.en), _ATTESTED.vi.format(who=who.vi)
                )
                return Figure(words, requirement.span, quoted=False)
            return _quoted(requirement.span)
        case Criterion():
            if provision.passes is None:
                return Figure(_ALL_INDICATORS, provision.span, quoted=False)
            return _quoted(provision.passes.span)
        case Ruleset():
            confers = provision.confers
            if confers is None or confers.when is None:
                return Figure(_ALL_CRITERIA, provision.span, quoted=False)
            return _quoted(confers.when.span)


def _quoted(span: Span) -> Figure:
    lines = (line.split("#", 1)[0] for line in span.text.splitlines())
    text = " ".join(" ".join(lines).split())
    return Figure(Text(text, text), span)


def _wanted(step: ValueStep) -> tuple[str, Span]:
    """Give what a known figure is in the words of the rule, and where it stands."""
    node = step.node
    match node:
        case e.Constant():
            return _tidy(node.text), node.span
        case e.Lookup():
            cell = _cell(node, step)
            if cell is not None:
                return _tidy(cell.text), cell.span
        case e.Delegated() if node.value is None and node.limit is not None:
            return _tidy(node.limit.text), node.limit.span
        case e.Defined() | e.Delegated() | e.ThresholdOf() if step.steps:
            inner = step.steps[0]
            if isinstance(inner, ValueStep):
                text, span = _wanted(inner)
                # A threshold of another indicator is named where it is asked for.
                return text, node.span if isinstance(node, e.ThresholdOf) else span
        case _:
            pass
    return _tidy(node.span.text), node.span


def _tidy(text: str) -> str:
    return " ".join(text.split()).removesuffix("?")


def _cell(node: e.Lookup, step: ValueStep) -> e.Constant | None:
    values = iter(step.steps)
    keys: list[e.Key] = []
    for axis in node.axes:
        if isinstance(axis, e.YearAxis):
            keys.append(step.year if step.year in axis.keys else None)
        else:
            found = next(values)
            keys.append(str(getattr(found, "value", "")))
    return node.cells.get(tuple(keys))


def case_name(case: Case, date: str) -> Text:
    """Name a case: ``TDMNPB, not rural, 2024``; *date* is empty where none matters."""
    english, vietnamese = [], []
    for chosen in case.chosen:
        if isinstance(chosen.value, bool):
            name, label = chosen.fact.name, within(chosen.fact.label.vi)
            english.append(name if chosen.value else f"not {name}")
            vietnamese.append(label if chosen.value else f"không phải: {label}")
        else:
            english.append(chosen.value)
            kind, called = chosen.fact.type, ""
            if isinstance(kind, EnumType):
                called = kind.enum.label(chosen.value).vi
            vietnamese.append(called or chosen.value)
    if date:
        english.append(date)
        vietnamese.append(date)
    return Text(", ".join(english), ", ".join(vietnamese))
