"""Quantifiers in one line: so many of so many, against how many are wanted."""

from __future__ import annotations

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._members import MAY_BELONG, verdict_of
from ntmrules.assessment._speech import Speech
from ntmrules.assessment._words import CRITERIA, YEARS, counted
from ntmrules.evaluate.trace import Cause, ConditionStep, CriterionTrace
from ntmrules.model import expressions as e
from ntmrules.verdict import Tally, Verdict


def quantified_text(node: e.Quantified, step: ConditionStep, speech: Speech) -> str:
    """Tell how many members are met, against how many are wanted."""
    collection = node.collection
    if isinstance(collection, e.Years):
        members = word = YEARS.text(speech.language, single=False)
    else:
        members = speech.members(collection)
        word = counted(collection.level).text(speech.language, single=False)
        absent = _absent(step, word, speech)
        if absent:
            wanted = _wanted(node.quantity, word, None, speech)
            condition = _predicate(node.predicate, speech)
            wanted = f"{wanted} {members} {condition}"
            return speech.say(p.REQUIRED, value=absent, wanted=wanted)
    tally = step.tally or Tally()
    outside = sum(
        verdict_of(member.predicate) is Verdict.NOT_APPLICABLE
        and verdict_of(member.where) in MAY_BELONG
        for member in step.members
    )
    found = speech.say(
        p.TALLY,
        met=speech.number(tally.met),
        all=speech.number(tally.sure),
        members=members,
        condition=_predicate(node.predicate, speech),
    )
    found += _doubts(tally, outside, speech)
    wanted = _wanted(node.quantity, word, tally, speech)
    return speech.say(p.REQUIRED, value=found, wanted=wanted)


def _predicate(node: e.Expression, speech: Speech) -> str:
    text = speech.expression(node)
    if isinstance(e.plain(node), e.Holds | e.Meets):
        return text
    return speech.say(p.HAVING, condition=text)


def _absent(step: ConditionStep, members: str, speech: Speech) -> str:
    cause = None if step.reason is None else step.reason.cause
    if cause is Cause.COLLECTION_EMPTY:
        return speech.say(p.NOTHING_TO_COUNT, members=members)
    tally = step.tally or Tally()
    if cause is Cause.COLLECTION_MISSING and tally.sure + tally.maybe == 0:
        return speech.say(p.LIST_MISSING, members=members)
    return ""


def _doubts(tally: Tally, outside: int, speech: Speech) -> str:
    found = [
        speech.say(phrase, number=number)
        for phrase, number in (
            (p.UNKNOWN_MEMBERS, tally.unknown),
            (p.DOUBTFUL_MEMBERS, tally.maybe),
            (p.OTHER_MEMBERS, outside),
        )
        if number
    ]
    if tally.open:
        found.append(speech.say(p.LIST_INCOMPLETE))
    return f" ({', '.join(found)})" if found else ""


def _wanted(
    quantity: e.Quantity, members: str, tally: Tally | None, speech: Speech
) -> str:
    """Say how many are wanted; of a share also how many that is."""
    text = speech.quantity(quantity, members)
    strict = quantity.part in {0, quantity.whole}
    if quantity.number is not None or tally is None or strict or not tally.sure:
        return text
    number = -(-quantity.part * tally.sure // quantity.whole)
    if quantity.bound.value == "at most":
        number = quantity.part * tally.sure // quantity.whole
    return speech.say(p.THAT_IS, quantity=text, number=number, members=members)


def criteria_text(node: e.CriteriaChoice, step: ConditionStep, speech: Speech) -> str:
    """Tell how many criteria are met, how many are wanted, and which are not met."""
    relevant = [s for s in step.steps if isinstance(s, ConditionStep)]
    verdicts = [s.verdict for s in relevant]
    met = verdicts.count(Verdict.MET)
    counted_ = len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE)
    text = speech.say(p.CRITERIA_MET, met=met, all=counted_)
    if node.ruleset is not None:
        name = speech.ruleset(node.ruleset)
        text = speech.say(p.OF_RULESET, what=text, ruleset=name)
    unknown = verdicts.count(Verdict.UNKNOWN)
    if unknown:
        text += f" ({speech.say(p.UNKNOWN_MEMBERS, number=unknown)})"
    word = CRITERIA.text(speech.language, single=False)
    if node.quantity.word == "any":
        wanted = speech.say(p.AT_LEAST_OF, number=1)
    else:
        wanted = speech.quantity(node.quantity, word)
    text = speech.say(p.REQUIRED, value=text, wanted=wanted)
    labels = ", ".join(
        s.provision.criterion.label
        for s in relevant
        if s.verdict is Verdict.NOT_MET and isinstance(s.provision, CriterionTrace)
    )
    return f"{text}; {speech.say(p.NOT_YET, labels=labels)}" if labels else text
