"""Diagnostics as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from ntmrules import __version__
from ntmrules.diagnostics import Diagnostic, Severity
from ntmrules.source import Span
from ntmrules.text import Language


_LEVELS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(found: Iterable[Diagnostic], language: Language) -> dict[str, object]:
    """Give diagnostics as one run."""
    found = list(found)
    rules = {d.code.id: d.code for d in found}
    ids = sorted(rules)
    driver = {
        "name": "ntmrules",
        "version": __version__,
        "rules": [
            {
                "id": identity,
                "name": rules[identity].slug,
                "defaultConfiguration": {"level": _LEVELS[rules[identity].severity]},
                "help": {"text": f"ntmrules explain {identity}"},
            }
            for identity in ids
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, ids.index(d.code.id), language) for d in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(found: Diagnostic, rule: int, language: Language) -> dict[str, object]:
    text = found.message_in(language)
    if found.help is not None:
        text = f"{text}; {found.help.message(language)}"
    related = [
        {**_location(note.span), "message": {"text": note.message(language)}}
        for note in found.notes
        if note.span is not None
    ]
    edit = None if found.help is None else found.help.edit
    return {
        "ruleId": found.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": [] if found.span is None else [_location(found.span)],
        **({"relatedLocations": related} if related else {}),
        **({} if edit is None else {"fixes": [_fix(edit.span, edit.text)]}),
    }


def _location(span: Span) -> dict[str, object]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(span)},
            "region": _region(span),
        }
    }


def _uri(span: Span) -> str:
    path = Path(span.file.name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _region(span: Span) -> dict[str, object]:
    end_line, end_column = span.file.position(span.end)
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _fix(span: Span, text: str) -> dict[str, object]:
    replacement = {"deletedRegion": _region(span), "insertedContent": {"text": text}}
    change = {"artifactLocation": {"uri": _uri(span)}, "replacements": [replacement]}
    return {"artifactChanges": [change]}
