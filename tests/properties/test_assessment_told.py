"""What is told about any assessment: all that is missing, nothing false."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given

from ntmrules.assessment import (
    CriterionResult,
    IndicatorResult,
    MissingKind,
    Receipt,
)
from ntmrules.text import Language
from ntmrules.verdict import Verdict
from tests.properties.test_assessment_missing import assess, load, rulesets, units


ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(
    (ROOT / "docs/reference/assessment-1.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@given(rulesets(), units())
def test_the_explanation_names_all_that_is_missing(
    text: str, unit: dict[str, Any]
) -> None:
    """Each fact by its label, each unit by its name, of the whole and of its parts."""
    assessment = assess(load(text), unit)
    results = (*assessment.preconditions.values(), *assessment.criteria.values())
    missing = {*assessment.missing, *(m for r in results for m in r.missing)}
    for language in Language:
        told = assessment.explain(language)
        for one in missing:
            if one.kind in {MissingKind.FACT, MissingKind.TITLES}:
                assert one.label.fill(language, {}) in told
            if one.kind is MissingKind.ATTESTATION:
                assert one.fact in told
            if one.unit is not assessment.unit:
                assert one.unit.called in told


@given(rulesets(), units())
def test_documents_follow_the_schema(text: str, unit: dict[str, Any]) -> None:
    """And come back from JSON as they went."""
    assessment = assess(load(text), unit)
    data = assessment.to_dict()

    assert [] == [error.message for error in VALIDATOR.iter_errors(data)]
    assert data == json.loads(json.dumps(data))
    assert assessment.receipt == Receipt.from_dict(data["receipt"])


@given(rulesets(), units())
def test_the_same_is_told_twice(text: str, unit: dict[str, Any]) -> None:
    """Nothing depends on the order of sets or on where objects lie."""
    ruleset = load(text)
    one, two = assess(ruleset, unit), assess(ruleset, unit)

    assert one.explain() == two.explain()
    assert one.to_dict() == two.to_dict()


@given(rulesets(), units())
def test_gaps_are_of_what_is_not_met(text: str, unit: dict[str, Any]) -> None:
    """They have a sentence in both languages, and never a negative amount."""
    assessment = assess(load(text), unit)
    for result in (*assessment.preconditions.values(), *assessment.criteria.values()):
        parts: list[CriterionResult | IndicatorResult] = [result]
        parts += result.indicators.values()
        for one in parts:
            if one.gap is not None:
                assert Verdict.NOT_MET is one.verdict
                assert one.gap.amount >= 0
                assert one.gap.text("vi")
                assert one.gap.text("en")
