"""What is missing, and why something is unknown, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._missing import Missing, MissingKind
from ntmrules.assessment._speech import Speech, find_ruleset
from ntmrules.assessment._words import counted
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    MemberStep,
    Reason,
    Step,
    ValueStep,
)
from ntmrules.model.unit import Unit
from ntmrules.model.words import within
from ntmrules.text import Language, Text
from ntmrules.verdict import Verdict


_MOST_UNITS = 3
_MOST_THINGS = 5
_ASKED_OF_PEOPLE = frozenset({MissingKind.ATTESTATION, MissingKind.VERIFICATION})

# What the lines of missing things say already.
_SAID = frozenset(
    {
        Cause.FACT_MISSING,
        Cause.YEAR_MISSING,
        Cause.TITLES_MISSING,
        Cause.COLLECTION_MISSING,
        Cause.NOT_ATTESTED,
        Cause.NOT_SET,
        Cause.UNVERIFIED,
        Cause.UNVERIFIED_CELL,
        Cause.APPLIES_UNKNOWN,
    }
)


def missing_text(
    missing: Iterable[Missing], speech: Speech, own: str, later: Collection[Missing]
) -> str:
    """
    Name what is missing on one line, shortened.

    Args:
        missing: What is missing.
        speech: How to say it.
        own: The label of the provision below which the line stands.
        later: What is named at the end in any case; of the rest no figure is left
            out.
    """
    groups = [*_grouped(missing)]
    shown = [
        (first, units)
        for at, (first, units) in enumerate(groups)
        if at < _MOST_THINGS
        or (first not in later and first.kind not in _ASKED_OF_PEOPLE)
    ]
    named = []
    for first, units in shown:
        mine = first.fact == own and first.ruleset == speech.whole.ruleset.id
        text = _thing(first, "" if mine else _label(first, speech), speech)
        named.append(_placed(text, first, units, speech, most=_MOST_UNITS))
    rest = len(groups) - len(named)
    if rest:
        named.append(speech.say(p.FURTHER_ITEMS, number=rest))
    return "; ".join(named)


def missing_items(missing: Iterable[Missing], speech: Speech) -> Iterator[str]:
    """Name what is missing in full, one thing after the other."""
    for first, units in _grouped(missing):
        provision = f"{_kind_and_label(first, speech)} {speech.say(first.label)}"
        text = _thing(first, provision, speech)
        yield _placed(text, first, units, speech, most=len(units))


def _grouped(missing: Iterable[Missing]) -> Iterator[tuple[Missing, list[Unit]]]:
    groups: dict[tuple[object, ...], tuple[Missing, list[Unit]]] = {}
    for one in missing:
        key = (one.kind, one.fact, one.year, one.ruleset)
        groups.setdefault(key, (one, []))[1].append(one.unit)
    yield from groups.values()


def _placed(
    text: str, missing: Missing, units: list[Unit], speech: Speech, *, most: int
) -> str:
    """Add the year and the units, where they are not those of the assessment."""
    whole = speech.whole
    if missing.kind is MissingKind.FACT and missing.year != whole.date.year:
        year = speech.say(p.THE_YEAR, year=str(missing.year))
        text = speech.say(p.IN_YEAR, what=text, year=year)
    if units == [whole.unit]:
        return text
    names = [unit.called for unit in units[:most]]
    rest = len(units) - len(names)
    if rest:
        names.append(speech.say(p.FURTHER, number=rest))
    return speech.say(p.AMONG, what=text, units=", ".join(names))


def _thing(missing: Missing, provision: str, speech: Speech) -> str:
    label = speech.say(missing.label)
    match missing.kind:
        case MissingKind.FACT:
            return label
        case MissingKind.TITLES:
            return speech.say(p.A_RECORD, title=label)
        case MissingKind.COLLECTION:
            return speech.say(p.A_LIST, members=_members(missing.fact, speech))
        case MissingKind.ATTESTATION:
            text = speech.say(p.AN_ATTESTATION)
            if missing.detail:
                text = speech.say(p.AN_ATTESTATION_BY, who=missing.detail)
            if provision:
                text = speech.say(p.ABOUT, what=text, provision=provision)
            return text
        case MissingKind.SETTING:
            level = speech.whole.ruleset.vocabulary.levels[missing.detail]
            name = counted(level).text(speech.language, single=True)
            return speech.say(p.A_SETTING, level=name, what=label)
        case MissingKind.VERIFICATION if provision:
            return speech.say(p.A_VERIFICATION_OF, provision=provision)
        case MissingKind.VERIFICATION:
            return speech.say(p.A_VERIFICATION)


def _members(plural: str, speech: Speech) -> str:
    level = speech.whole.ruleset.vocabulary.level_of_plural(plural)
    if level is None:
        return plural
    return counted(level).text(speech.language, single=False)


def _kind_and_label(missing: Missing, speech: Speech) -> str:
    """Name a provision by its kind and label: ``tiêu chí 14``."""
    ruleset = find_ruleset(speech.whole.ruleset, missing.ruleset)
    phrase = p.INDICATOR
    if ruleset is not None and missing.fact in ruleset.preconditions:
        phrase = p.PRECONDITION
    elif ruleset is not None and missing.fact in ruleset.criteria:
        phrase = p.CRITERION
    return speech.say(phrase, label=missing.fact)


def _label(missing: Missing, speech: Speech) -> str:
    text = _kind_and_label(missing, speech)
    if missing.ruleset == speech.whole.ruleset.id:
        return text
    return f"{text} ({missing.ruleset})"


def reasons(step: Step | None, speech: Speech) -> tuple[str, ...]:
    """Say why a condition is unknown, apart from what is missing; each once."""
    found = (_reason(reason, speech) for reason in _causes(step))
    return tuple(dict.fromkeys(found))


def _causes(step: Step | MemberStep | None) -> Iterator[Reason]:
    if step is None:
        return
    if isinstance(step, MemberStep):
        for inner in (step.where, step.predicate):
            yield from _causes(inner)
        return
    unknown = (
        step.unknown if isinstance(step, ValueStep) else step.verdict is Verdict.UNKNOWN
    )
    if not unknown:
        return
    if step.reason is not None and step.reason.cause not in _SAID:
        yield step.reason
    for inner in step.steps:
        yield from _causes(inner)
    if isinstance(step, ConditionStep):
        for member in step.members:
            yield from _causes(member)


def _reason(reason: Reason, speech: Speech) -> str:
    """Write a reason with the names that people use."""
    values = dict(reason.values)
    name = values.get("name")
    template: Text = reason.cause.value
    if isinstance(name, str):
        values["name"] = _called(name, speech)
        template = Text(template.en.replace("`", ""), template.vi.replace("`", ""))
    return template.fill(speech.language, values)


def _called(name: str, speech: Speech) -> str:
    vocabulary = speech.whole.ruleset.vocabulary
    if name in vocabulary.titles:
        return f"“{speech.say(vocabulary.titles[name].label)}”"
    if name in vocabulary.facts:
        return f"“{speech.say(vocabulary.facts[name].label)}”"
    level = vocabulary.level_of_plural(name)
    if level is not None:
        return counted(level).text(speech.language, single=False)
    if name == "years":
        return within("năm") if speech.language is Language.VI else "years"
    return speech.ruleset(name)
