"""Steps are made whole, and every kind of expression has somebody to work it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from ntmrules.evaluate._walk import CONDITIONS, VALUES
from ntmrules.evaluate.trace import ConditionStep, Step, ValueStep
from ntmrules.model import expressions as e
from tests.unit.evaluate.assessing import assess


CRITERIA = """
criterion 1 "A" {
  indicator 1.1 "A": insured >= 95%
  indicator 1.2 "B": not (rural and indicator 1.1)
  indicator 1.3 "C": all communes have population >= 10
}
"""


def _steps() -> Iterator[Step]:
    unit = {
        "facts": {"insured": "190113/204379", "rural": True},
        "communes": [{"facts": {"population": 9}}, {"facts": {}}],
    }
    trace = assess(CRITERIA, unit).trace
    waiting: list[Step | None] = [
        indicator.requirement for indicator in trace.criteria[0].indicators
    ]
    while waiting:
        step = waiting.pop()
        if step is None:
            continue
        yield step
        waiting += step.steps
        if isinstance(step, ConditionStep):
            waiting += [member.predicate for member in step.members]


def test_steps_have_all_their_fields() -> None:
    """They are made without calling their class, which would see to that."""
    steps = [*_steps()]

    assert {ValueStep, ConditionStep} == {type(step) for step in steps}
    assert [len(step._fields) for step in steps] == [len(step) for step in steps]
    assert [type(step)(*step) for step in steps] == steps


def test_steps_do_not_change() -> None:
    """What was found stays found."""
    step = next(_steps())

    with pytest.raises(AttributeError):
        step.unit = step.unit  # type: ignore[misc]  # it must not work


def test_every_expression_is_a_value_or_a_condition() -> None:
    """`if` and definitions are both."""
    assert set(get_args(e.Expression)) == {*VALUES, *CONDITIONS}
    assert {e.If, e.Defined} == VALUES.keys() & CONDITIONS.keys()
