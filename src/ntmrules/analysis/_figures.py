"""What a provision requires in a case, and the case itself, in words."""

from __future__ import annotations

from ntmrules.analysis._cases import Case
from ntmrules.analysis._changes import Figure
from ntmrules.analysis._formula import Every, Formula, Known, Test
from ntmrules.evaluate.trace import ValueStep
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset
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
_LONGEST = 100


def figure(formula: Formula, provision: Indicator | Criterion | Ruleset) -> Figure:
    """Say what a provision requires where its formula is this one."""
    if formula == Known(Verdict.NOT_APPLICABLE):
        return Figure(_NOT_APPLICABLE, _span(provision), quoted=False)
    if formula == Known(Verdict.UNKNOWN):
        return Figure(_UNKNOWN, _span(provision), quoted=False)
    if isinstance(formula, Every) and len(formula.parts) == 1:
        return figure(formula.parts[0], provision)
    if isinstance(formula, Test):
        text, span = _wanted(formula.wanted)
        words = f"{formula.sign} {text}"
        return Figure(Text(words, words), span)
    return written(provision)


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
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
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
            name = chosen.fact.name
            english.append(name if chosen.value else f"not {name}")
            vietnamese.append(name if chosen.value else f"không {name}")
        else:
            english.append(chosen.value)
            vietnamese.append(chosen.value)
    if date:
        english.append(date)
        vietnamese.append(date)
    return Text(", ".join(english), ", ".join(vietnamese))
