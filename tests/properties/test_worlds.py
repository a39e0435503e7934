"""Laws of evaluation over random rulesets and units (language.md section 8)."""

from __future__ import annotations

import copy
import datetime
import json
import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules import Assessment, Ruleset, Verdict
from ntmrules.diagnostics import Sink
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._provisions import Provisions
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Confers, Criterion, Indicator
from ntmrules.units import bind, parse_unit, unit_data
from tests.support.strategies import (
    AS_OF,
    FILES,
    Draw,
    World,
    completed,
    ruleset_texts,
    units,
    worlds,
)


UNKNOWN = Verdict.UNKNOWN
# Whole worlds are large values; their size is meant.
many = settings(
    max_examples=settings().max_examples * 6 // 10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def load(text: str) -> Ruleset:
    """Load a ruleset that may refer to the one for communes."""
    return ntmrules.loads(text, files=FILES)


def assess(
    ruleset: Ruleset,
    unit: Mapping[str, Any],
    as_of: datetime.date = AS_OF,
    *,
    accept_unverified: bool = False,
) -> Assessment:
    """Assess a unit."""
    return ntmrules.evaluate(
        ruleset, unit, as_of=as_of, accept_unverified=accept_unverified
    )


def verdicts_of(assessment: Assessment) -> dict[str, Verdict]:
    """Give the verdict of the whole and of every provision."""
    found = {"": assessment.verdict}
    for group in (assessment.preconditions, assessment.criteria):
        for label, criterion in group.items():
            found[f"criterion {label}"] = criterion.verdict
            for inner, indicator in criterion.indicators.items():
                found[f"indicator {inner}"] = indicator.verdict
    return found


def refines(before: Mapping[str, Verdict], after: Mapping[str, Verdict]) -> list[str]:
    """Give what was decided before and is another thing after."""
    return [
        f"{label or 'the whole'}: {verdict} became {after[label]}"
        for label, verdict in before.items()
        if verdict is not UNKNOWN and after[label] is not verdict
    ]


@st.composite
def grown_worlds(draw: Draw) -> tuple[World, dict[str, Any]]:
    """Draw a world, and its unit with more that is known."""
    world = draw(worlds())
    return world, draw(completed(world.unit))


@many
@given(grown_worlds())
def test_more_facts_never_change_a_decision(
    grown: tuple[World, dict[str, Any]],
) -> None:
    """What is decided stays as it is, whatever of the missing becomes known."""
    world, more = grown
    ruleset = load(world.ruleset)
    before = verdicts_of(assess(ruleset, world.unit))
    after = verdicts_of(assess(ruleset, more))

    assert [] == refines(before, after)


@many
@given(worlds(), st.integers(0, 2**32))
def test_the_order_of_sub_units_never_matters(world: World, seed: int) -> None:
    """Lists of units are sets."""
    ruleset = load(world.ruleset)
    shuffled = copy.deepcopy(world.unit)
    _shuffle(shuffled, random.Random(seed))  # noqa: S311 - not a secret
    before = verdicts_of(assess(ruleset, world.unit))

    assert before == verdicts_of(assess(ruleset, shuffled))


def _shuffle(unit: dict[str, Any], chance: random.Random) -> None:
    for inside in unit.values():
        if isinstance(inside, list):
            chance.shuffle(inside)
            for sub in inside:
                _shuffle(sub, chance)


@many
@given(worlds())
def test_the_order_of_operands_never_matters(world: World) -> None:
    """Of ``and``, ``or`` and choices."""
    ruleset = load(world.ruleset)
    before = verdicts_of(assess(ruleset, world.unit))

    assert before == verdicts_of(assess(_turned(ruleset), world.unit))


def _turned(ruleset: Ruleset) -> Ruleset:
    confers = ruleset.confers
    assert confers is not None
    when = None if confers.when is None else _turn(confers.when)
    return attrs.evolve(
        ruleset,
        confers=Confers(confers.revokes, confers.title, when),
        preconditions={k: _turn_criterion(c) for k, c in ruleset.preconditions.items()},
        criteria={k: _turn_criterion(c) for k, c in ruleset.criteria.items()},
    )


def _turn_criterion(criterion: Criterion) -> Criterion:
    return attrs.evolve(
        criterion,
        applies=None if criterion.applies is None else _turn(criterion.applies),
        passes=None if criterion.passes is None else _turn(criterion.passes),
        indicators=tuple(_turn_indicator(x) for x in criterion.indicators),
    )


def _turn_indicator(indicator: Indicator) -> Indicator:
    requirement = indicator.requirement
    if not isinstance(requirement, Attested):
        requirement = _turn(requirement)
    applies = None if indicator.applies is None else _turn(indicator.applies)
    return attrs.evolve(indicator, applies=applies, requirement=requirement)


def _turn(node: Any) -> Any:
    """Turn the operands of every node round, all the way down."""
    if isinstance(node, tuple):
        return tuple(_turn(part) for part in node)
    if not isinstance(node, e.Node):
        return node
    parts = {
        field.name: _turn(getattr(node, field.name))
        for field in attrs.fields(type(node))
        if field.name not in {"span", "type"}
    }
    if isinstance(node, e.AllOf | e.AnyOf | e.Choice):
        parts["operands"] = parts["operands"][::-1]
    return attrs.evolve(node, **parts)


@many
@given(worlds())
def test_unknown_is_always_explained(world: World) -> None:
    """Something is missing, or the trace says why nobody can know."""
    assessment = assess(load(world.ruleset), world.unit)
    said = bool(assessment.missing) or any(_reasons(assessment.trace))

    assert said is True or assessment.verdict is not UNKNOWN


def _reasons(step: Any) -> Iterator[object]:
    if getattr(step, "reason", None) is not None:
        yield step.reason
    for name in ("preconditions", "criteria", "indicators", "steps", "members"):
        for part in getattr(step, name, ()):
            yield from _reasons(part)
    for name in ("applies", "passes", "requirement", "when", "where", "predicate"):
        part = getattr(step, name, None)
        if part is not None:
            yield from _reasons(part)
    if getattr(step, "provision", None) is not None:
        yield from _reasons(step.provision)


@many
@given(worlds())
def test_assessing_changes_nothing_and_repeats(world: World) -> None:
    """The unit stays as it was, and the second time everything is the same."""
    ruleset = load(world.ruleset)
    unit = copy.deepcopy(world.unit)
    first = assess(ruleset, unit)
    second = assess(load(world.ruleset), unit)

    assert world.unit == unit
    assert verdicts_of(first) == verdicts_of(second)
    assert list(map(str, first.findings)) == list(map(str, second.findings))
    assert list(map(str, first.missing)) == list(map(str, second.missing))


@many
@given(worlds())
def test_a_file_says_the_same_as_a_mapping(world: World) -> None:
    """YAML text and Python give one unit."""
    ruleset = load(world.ruleset)
    # JSON is YAML.
    text = json.dumps(world.unit, indent=1)
    from_file = ntmrules.evaluate(ruleset, parse_unit(text), as_of=AS_OF)

    assert verdicts_of(assess(ruleset, world.unit)) == verdicts_of(from_file)


@many
@given(worlds())
def test_accepting_unverified_figures_only_decides(world: World) -> None:
    """What was decided without them stays."""
    ruleset = load(world.ruleset)
    before = verdicts_of(assess(ruleset, world.unit))
    after = verdicts_of(assess(ruleset, world.unit, accept_unverified=True))

    assert [] == refines(before, after)


@many
@given(worlds(), st.sampled_from(["1.1", "1", "2.1", "2"]), st.sampled_from(Verdict))
def test_an_attestation_decides_only_what_is_unknown(
    world: World, label: str, verdict: Verdict
) -> None:
    """Facts win over it, provision by provision."""
    ruleset = load(world.ruleset)
    judged = {"verdict": verdict.value, "by": "Sở", "on": "2024-06-30"}
    attested = {label: judged}
    unit = {**world.unit, "attestations": {"test.world": attested}}
    assessment = assess(ruleset, unit)
    criterion = assessment.trace.criteria[int(label[0]) - 1]
    trace = criterion if "." not in label else criterion.indicators[0]

    if trace.computed is not UNKNOWN:
        assert trace.computed is trace.verdict
    else:
        assert verdict is trace.verdict


@many
@given(ruleset_texts(), units())
def test_looking_back_agrees_with_what_was_decided_then(
    text: str, unit: dict[str, Any]
) -> None:
    """The end of 2023 comes to the same, assessed then or a year later."""
    # Which years are those of grants depends on the date of the assessment.
    ruleset = load(re.sub(r"granted [\w.]+", "2023", text))
    dated = {**unit, "as_of": AS_OF}
    before = verdicts_of(assess(ruleset, dated, datetime.date(2023, 12, 31)))
    bound = bind(unit_data(dated), ruleset.vocabulary)
    now = Context(
        bound, ruleset, 2024, AS_OF, AS_OF, AS_OF, Provisions(), Sink(), False
    )
    back = now.verdicts.whole(now.at(2023), ruleset)
    after = verdicts_of(Assessment(back))

    assert [] == refines(before, after)
