"""
Diagnostics as SARIF 2.1.0, which code hosts show beside the lines.

Columns are those of editors, in UTF-16 units; braces of a message are doubled, because
single ones stand for its arguments (sections 3.11.5 and 3.14.17 of the standard).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from ntmrules import __version__
from ntmrules._resources import resource
from ntmrules.diagnostics import Code, Diagnostic, Severity
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
        "rules": [_rule(rules[identity], language) for identity in ids],
    }
    run = {
        "tool": {"driver": driver},
        "language": language.value,
        "columnKind": "utf16CodeUnits",
        "results": [_result(d, ids.index(d.code.id), language) for d in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code, language: Language) -> dict[str, object]:
    return {
        "id": code.id,
        "name": code.slug,
        "shortDescription": _message(code.slug.replace("-", " ")),
        "fullDescription": _message(_meaning(code, language)),
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "help": _message(f"ntmrules explain {code.id}"),
    }


def _meaning(code: Code, language: Language) -> str:
    """Give the first paragraph of the page of a code."""
    page = (resource("diagnostics") / f"{code.id}.md").read_text(encoding="utf-8")
    english, _, vietnamese = page.partition("## Tiếng Việt")
    part = vietnamese if language is Language.VI else english.partition("\n")[2]
    return " ".join(part.strip().split("\n\n")[0].split())


def _message(text: str) -> dict[str, str]:
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _result(found: Diagnostic, rule: int, language: Language) -> dict[str, object]:
    said = [found.message_in(language)]
    related: list[dict[str, object]] = []
    for note in found.notes:
        if note.span is None:
            said.append(note.message(language))
            continue
        place = {**_location(note.span), "message": _message(note.message(language))}
        if place not in related:
            related.append(place)
    if found.help is not None:
        said.append(found.help.message(language))
    edit = None if found.help is None else found.help.edit
    return {
        "ruleId": found.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": _message("; ".join(said)),
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
    file = span.file
    return {
        "startLine": span.line,
        "startColumn": file.utf16_column(span.start) + 1,
        "endLine": file.position(span.end)[0],
        "endColumn": file.utf16_column(span.end) + 1,
    }


def _fix(span: Span, text: str) -> dict[str, object]:
    replacement = {"deletedRegion": _region(span), "insertedContent": {"text": text}}
    change = {"artifactLocation": {"uri": _uri(span)}, "replacements": [replacement]}
    return {"artifactChanges": [change]}
