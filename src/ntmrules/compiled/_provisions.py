"""
Rulesets, criteria and indicators as code.

Source: language.md section 1.
"""

from __future__ import annotations

from ntmrules.compiled._codes import MET, NOT_APPLICABLE, UNKNOWN
from ntmrules.compiled._conditions import UNKNOWN_CODE, all_of
from ntmrules.compiled._frames import Code, Frame, Scope
from ntmrules.compiled._records import Recording
from ntmrules.model.expressions import Expression
from ntmrules.model.ruleset import Attested, Ruleset


def whole(ruleset: Ruleset, frame: Frame) -> str:
    """
    Write a whole ruleset.

    The result is a tuple: the verdict of the whole, then those of preconditions,
    criteria and indicators in the order of the file.
    """
    scope = Scope(frame, ruleset)
    maker = frame.maker
    labels = [criterion.label for criterion in ruleset.provisions()]
    outer = [maker.here("criterion", label, scope) for label in labels]
    inner = [maker.here("indicator", label, scope) for label in ruleset.indicators]
    confers = ruleset.confers
    if confers is not None and confers.when is not None:
        verdict = maker.condition(confers.when, scope)
    else:
        verdict = all_of(outer, scope)
    texts = [code.text for code in (verdict, *outer, *inner)]
    return f"({', '.join(texts)})"


def provision(kind: str, label: str, scope: Scope) -> Code:
    """Write one criterion or indicator in place, once in a frame."""
    written = scope.frame.provisions
    if (kind, label) not in written:
        write = _criterion if kind == "criterion" else _indicator
        written[kind, label] = write(label, scope)
    return written[kind, label]


def _criterion(label: str, scope: Scope) -> Code:
    provisions = scope.ruleset.criteria
    if label not in provisions:
        provisions = scope.ruleset.preconditions
    criterion = provisions[label]
    if criterion.holds_its_requirement:
        # It is its one indicator, attestation and all.
        return provision("indicator", label, scope)
    indicators = [
        provision("indicator", one.label, scope) for one in criterion.indicators
    ]
    if criterion.passes is None:
        verdict = all_of(indicators, scope)
    else:
        verdict = scope.frame.maker.condition(criterion.passes, scope)
    verdict = _where_it_applies(criterion.applies, verdict, scope)
    return _recorded(label, verdict, scope)


def _indicator(label: str, scope: Scope) -> Code:
    maker, indicator = scope.frame.maker, scope.ruleset.indicators[label]
    requirement = indicator.requirement
    if isinstance(requirement, Attested) or (
        indicator.unverified and not maker.accept_unverified
    ):
        verdict = UNKNOWN_CODE
    else:
        verdict = maker.condition(requirement, scope)
    verdict = _where_it_applies(indicator.applies, verdict, scope)
    return _recorded(label, verdict, scope)


def _where_it_applies(applies: Expression | None, verdict: Code, scope: Scope) -> Code:
    if applies is None:
        return verdict
    test = scope.frame.maker.condition(applies, scope).text
    otherwise = f"{UNKNOWN} if {test} == {UNKNOWN} else {NOT_APPLICABLE}"
    text = f"{verdict.text} if {test} == {MET} else {otherwise}"
    return Code(scope.frame.let("x", text))


def _recorded(label: str, verdict: Code, scope: Scope) -> Code:
    """Let an attestation stand where the facts leave it unknown."""
    frame = scope.frame
    if not frame.attested:
        return verdict
    recording = Recording(scope.ruleset.id, scope.ruleset.start, frame.date)
    attested = frame.once(
        "attested", f"{frame.bind(recording.of)}(u)", recording.ruleset
    )
    # A name of its own: the condition may stand elsewhere too.
    found = frame.let("x", verdict.text)
    frame.write(
        f"if {found} == {UNKNOWN}:"
        f" {found} = {attested}.get({frame.bind(label)}, {UNKNOWN})"
    )
    return Code(found)
