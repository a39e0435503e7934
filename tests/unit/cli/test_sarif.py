"""
`ntmrules check --format sarif`: what the standard asks of every log.

The schema holds the parts of SARIF 2.1.0 that are written, and lets nothing else pass,
as that of the standard does.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import ntmrules
from ntmrules.cli._sarif import as_sarif
from ntmrules.text import Language
from tests.unit.cli.command import ROOT, run


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _unique(item: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": item, "uniqueItems": True, "minItems": least}


_NUMBER = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
# A single brace would be a place for an argument, and there are none.
_STRING = {"type": "string", "pattern": r"\A(?:[^{}]|\{\{|\}\})+\Z"}
_MESSAGE = _object("text", text=_STRING)
_REGION = _object(
    "startLine startColumn endLine endColumn",
    startLine=_NUMBER,
    startColumn=_NUMBER,
    endLine=_NUMBER,
    endColumn=_NUMBER,
)
_ARTIFACT = _object("uri", uri={"type": "string", "pattern": r"\A[!-~]+\Z"})
_PHYSICAL = _object("artifactLocation", artifactLocation=_ARTIFACT, region=_REGION)
_LOCATION = _object("physicalLocation", physicalLocation=_PHYSICAL, message=_MESSAGE)
_REPLACEMENT = _object(
    "deletedRegion",
    deletedRegion=_REGION,
    insertedContent=_object("text", text={"type": "string"}),
)
_CHANGE = _object(
    "artifactLocation replacements",
    artifactLocation=_ARTIFACT,
    replacements={"type": "array", "items": _REPLACEMENT, "minItems": 1},
)
_RESULT = _object(
    "message ruleId ruleIndex level locations",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION},
    relatedLocations=_unique(_LOCATION),
    fixes=_unique(_object("artifactChanges", artifactChanges=_unique(_CHANGE, 1))),
)
_RULE = _object(
    "id name shortDescription fullDescription help",
    id={"type": "string"},
    name={"type": "string"},
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    defaultConfiguration=_object("level", level=_LEVEL),
    help=_MESSAGE,
)
_DRIVER = _object(
    "name",
    name={"type": "string"},
    version={"type": "string"},
    rules=_unique(_RULE),
)
_RUN = _object(
    "tool results",
    tool=_object("driver", driver=_DRIVER),
    language={"type": "string", "pattern": r"\A[a-z]{2}(-[A-Z]{2})?\Z"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": _RESULT},
)
_LOG = _object(
    "version runs",
    **{"$schema": {"type": "string"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": _RUN},
)
TESTS = ROOT / "tests"
BAD = TESTS / "golden" / "bad"


@pytest.mark.parametrize("language", Language)
def test_every_bad_file_makes_a_valid_log(language: Language, tmp_path: Path) -> None:
    """With the witness of a laxer rule, and the rule behind every result."""
    for vocabulary in (TESTS / "conformance/vocabulary.ntm", BAD / "more.ntm"):
        shutil.copy(vocabulary, tmp_path)
    catalogue = ntmrules.Catalogue(tmp_path)
    files = sorted(BAD.rglob("*.ntm"))
    found = [d for path in files for d in ntmrules.check(path, catalogue=catalogue)]
    document = json.loads(json.dumps(as_sarif(found, language)))
    (log,) = document["runs"]
    rules = log["tool"]["driver"]["rules"]
    told = [x["message"]["text"] for x in log["results"] if x["ruleId"] == "NTM623"]

    jsonschema.validate(document, _LOG)
    assert len(found) == len(log["results"]) > 100
    assert all(rules[x["ruleIndex"]]["id"] == x["ruleId"] for x in log["results"])
    assert any("{{level: commune, facts: {{" in text for text in told)


def test_an_empty_log_is_valid(tmp_path: Path) -> None:
    """Nothing wrong, and still a run."""
    document = as_sarif([], Language.EN)

    jsonschema.validate(document, _LOG)


def test_columns_are_those_of_editors(tmp_path: Path) -> None:
    """A letter outside the first plane counts twice; the end is past the last one."""
    file = tmp_path / "Xã mới.ntm"
    file.write_text(
        "ruleset demo.commune\n"
        '  name  "Xã"\n  for   commune\n'
        '  basis "1" dated 2021-01-05\n  in force from 2021-01-05\n\n'
        "use vn.facts\n\n"
        'criterion 1 "A 🏡": insurd >= 95%\n',
        "utf-8",
    )

    outcome = run("check", file, "--format", "sarif")
    document = json.loads(outcome.output)
    (result,) = document["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    (fix,) = result["fixes"]
    (replaced,) = fix["artifactChanges"][0]["replacements"]

    jsonschema.validate(document, _LOG)
    assert "utf16CodeUnits" == document["runs"][0]["columnKind"]
    assert {"startLine": 9, "startColumn": 21, "endLine": 9, "endColumn": 27} == (
        place["region"]
    )
    assert place["region"] == replaced["deletedRegion"]
    assert place["artifactLocation"]["uri"].endswith("/X%C3%A3%20m%E1%BB%9Bi.ntm")
    assert {"text": "insured"} == replaced["insertedContent"]
