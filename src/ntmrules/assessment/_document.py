"""
An assessment as a document: stable, versioned, of what JSON can hold.

Its schema is docs/reference/assessment-1.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping

from ntmrules.assessment._json import (
    Json,
    Object,
    date_json,
    finding_json,
    gap_json,
    missing_json,
    text_json,
    unit_json,
)
from ntmrules.assessment._outline import Outline
from ntmrules.assessment._results import CriterionResult, IndicatorResult
from ntmrules.assessment._traces import TraceWriter
from ntmrules.model.ruleset import Ruleset


SCHEMA = "ntmrules/assessment/1"
"""The id of the schema."""


def document(outline: Outline) -> Object:
    """Write an assessment."""
    trace, counts = outline.trace, outline.counts
    writer = TraceWriter(trace)
    groups: list[Json] = list(counts.groups)
    found: Object = {
        "schema": SCHEMA,
        "verdict": trace.verdict.value,
        "grants": outline.grants,
        "revokes": outline.revokes,
        "effective": outline.effective,
        "ruleset": _ruleset(trace.ruleset),
        "unit": unit_json(trace.unit),
        "as_of": date_json(trace.date),
        "accept_unverified": outline.accept_unverified,
        "counts": {
            "met": counts.met,
            "not_met": counts.not_met,
            "unknown": counts.unknown,
            "not_applicable": counts.not_applicable,
            "of": counts.of,
            "text": counts.text,
            "groups": groups,
        },
        "preconditions": _results(outline.preconditions, writer),
        "criteria": _results(outline.criteria, writer),
        "when": writer.step(trace.when),
        "missing": [missing_json(one) for one in outline.missing],
        "findings": [finding_json(one) for one in outline.findings],
    }
    # What is referred to is known once everything else is written.
    found["referenced"] = writer.referenced()
    found["units"] = writer.units()
    found["receipt"] = outline.receipt.to_dict()
    return found


def _ruleset(ruleset: Ruleset) -> Object:
    return {
        "id": ruleset.id,
        "name": text_json(ruleset.name),
        "level": ruleset.level.name,
        "start": date_json(ruleset.start),
        "end": date_json(ruleset.end),
        "status": ruleset.status,
        "basis": {
            "number": ruleset.basis.number,
            "dated": date_json(ruleset.basis.dated),
            "issuer": ruleset.basis.issuer,
        },
    }


def _results(results: Mapping[str, CriterionResult], writer: TraceWriter) -> list[Json]:
    return [_criterion(result, writer) for result in results.values()]


def _criterion(result: CriterionResult, writer: TraceWriter) -> Object:
    indicators: list[Json] = [
        _indicator(inner, writer) for inner in result.indicators.values()
    ]
    return {
        **writer.criterion(result.trace),
        "gap": gap_json(result.gap),
        "missing": [missing_json(one) for one in result.missing],
        "indicators": indicators,
    }


def _indicator(result: IndicatorResult, writer: TraceWriter) -> Object:
    return {
        **writer.indicator(result.trace),
        "gap": gap_json(result.gap),
        "missing": [missing_json(one) for one in result.missing],
    }
