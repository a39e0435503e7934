"""Building on another ruleset: what is taken over, and who set what."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import ntmrules


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests" / "conformance" / "vocabulary.ntm").read_text("utf-8")
NATIONAL = """\
ruleset test.national
  name   "Quốc gia"
  for    commune
  grants commune.standard
  basis  "1/QĐ-TTg" dated 2020-01-01 by "Thủ tướng"
  in force from 2020-01-01 to 2025-12-31
use test.facts
delegated sorting_min: share of households to province, at least 50% "Mức phân loại"
define column = if rural then north else region
criterion 1 "A" {
  name en "A in English"
  indicator 1.1 "Bảo hiểm" { name en "Insured" require insured >= 90% }
  indicator 1.2 "Hài lòng": satisfaction >= 80%
}
criterion 2 "B": sorting >= sorting_min
criterion 3 "C": debt_free
"""
PROVINCE = """\
ruleset test.province
  name    "Tỉnh"
  extends test.national
  basis   "2/QĐ-UBND" dated 2021-01-01 by "UBND tỉnh"
  in force from 2021-01-01 to 2025-12-31
set sorting_min = 60%
replace indicator 1.1: insured >= 95%
"""
DISTRICT = """\
ruleset test.district
  name    "Huyện"
  extends test.province
  basis   "3/QĐ-UBND" dated 2022-01-01 by "UBND huyện"
  in force from 2022-01-01 to 2025-12-31
replace indicator 1.2 "Hài lòng hơn": satisfaction >= 90%
criterion 4 "D": has_market
"""
FILES = {"v.ntm": VOCABULARY, "n.ntm": NATIONAL, "p.ntm": PROVINCE}
DATE = datetime.date(2024, 12, 31)
FACTS = {
    "insured": "95%",
    "satisfaction": "90%",
    "sorting": "60%",
    "debt_free": True,
    "has_market": True,
}


@pytest.fixture
def district() -> ntmrules.Ruleset:
    """Give the uppermost of three layers."""
    return ntmrules.loads(DISTRICT, files=FILES)


def test_layers(district: ntmrules.Ruleset) -> None:
    """From the uppermost down."""
    ids = [layer.id for layer in district.layers()]

    assert ["test.district", "test.province", "test.national"] == ids
    assert ["1", "2", "3", "4"] == list(district.criteria)
    assert district.confers is not None
    assert "commune.standard" == district.confers.title.name


def test_every_figure_knows_who_set_it(district: ntmrules.Ruleset) -> None:
    """Provisions by their place, delegated values by where they were set."""
    set_by = {
        label: layer.id
        for label, indicator in district.indicators.items()
        if (layer := district.set_by(indicator.span)) is not None
    }
    delegated = district.delegated["sorting_min"]

    assert {
        "1.1": "test.province",
        "1.2": "test.district",
        "2": "test.national",
        "3": "test.national",
        "4": "test.district",
    } == set_by
    assert delegated.set_at is not None
    province, national = (
        district.set_by(span) for span in (delegated.set_at, delegated.declared)
    )
    assert province is not None
    assert national is not None
    assert ("test.province", "test.national") == (province.id, national.id)
    assert district.set_by(district.vocabulary.facts["insured"].span) is None


def test_names_stay_with_a_title_that_stays(district: ntmrules.Ruleset) -> None:
    """A new title needs new names."""
    names = {label: found.name for label, found in district.indicators.items()}

    assert ("Insured", "Bảo hiểm") == (names["1.1"].en, names["1.1"].vi)
    assert "Hài lòng hơn" == names["1.2"].vi


def test_the_explanation_says_who_set_what(district: ntmrules.Ruleset) -> None:
    """What is the decree's own needs no word."""
    unit = {"level": "commune", "facts": FACTS}
    assessment = ntmrules.evaluate(district, unit, as_of=DATE)
    told = assessment.explain("vi")

    assert ntmrules.Verdict.MET is assessment.verdict
    assert "Dựa trên: Tỉnh (test.province), 2/QĐ-UBND" in told
    assert "Dựa trên: Quốc gia (test.national), 1/QĐ-TTg" in told
    assert "(đặt bởi 3/QĐ-UBND ngày 01/01/2022 của UBND huyện)" in told
    assert "Mức phân loại; đặt bởi 2/QĐ-UBND ngày 01/01/2021 của UBND tỉnh" in told
    assert "đặt bởi 1/QĐ-TTg" not in told


def test_the_document_says_who_set_what(district: ntmrules.Ruleset) -> None:
    """It follows the schema, with values that are not set too."""
    schema = json.loads(
        (ROOT / "docs/reference/assessment-1.schema.json").read_text("utf-8")
    )
    unit = {"level": "commune", "facts": FACTS}
    data: Any = ntmrules.evaluate(district, unit, as_of=DATE).to_dict()
    national = ntmrules.loads(NATIONAL, files={"v.ntm": VOCABULARY})
    open_ = ntmrules.evaluate(national, unit, as_of=DATE)
    for found in (data, open_.to_dict()):
        jsonschema.validate(found, schema)

    (first, *_), second, *_ = (x["indicators"] for x in data["criteria"])
    assert {"ruleset": "test.province", "instrument": "2/QĐ-UBND"} == first["set_by"]
    threshold = second[0]["trace"]["steps"][1]
    assert "set" == threshold["origin"]
    assert "test.province" == threshold["set_by"]["ruleset"]
    (missing,) = open_.missing
    assert ("setting", "sorting_min", "province") == (
        missing.kind.value,
        missing.fact,
        missing.detail,
    )


def test_the_fingerprint_covers_every_layer(district: ntmrules.Ruleset) -> None:
    """Whoever changes the decree changes what builds on it."""
    files = {**FILES, "n.ntm": NATIONAL.replace("satisfaction >= 80%", "rural")}
    changed = ntmrules.loads(DISTRICT, files=files)

    assert district.content_hash != changed.content_hash


def test_only_what_is_new_is_told_of_the_other_text() -> None:
    """Its own warnings were told with it."""
    national = NATIONAL + 'criterion 4 "E": debt_free\n'
    files = {"v.ntm": VOCABULARY, "n.ntm": national}
    there = ntmrules.check_text(national, files={"v.ntm": VOCABULARY})
    here = ntmrules.check_text(PROVINCE, files=files)

    assert ["NTM231", "NTM607"] == [one.code.id for one in there]
    assert [] == [one.code.id for one in here]
