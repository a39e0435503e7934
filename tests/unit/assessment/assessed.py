"""Small assessments, written as rules and facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import ntmrules
from ntmrules.assessment import Assessment


AS_OF = datetime.date(2024, 12, 31)
VOCABULARY = """\
vocabulary test.facts
unit VND "đồng"
unit ha "hecta"
unit km "km"
unit person, persons "người"
unit household, households "hộ"
unit product, products "sản phẩm"
level district, districts "Huyện" name en "District"
level commune, communes within district "Xã" name en "Commune"
level school, schools within commune "Trường" name en "School"
title district.standard "Huyện đạt chuẩn" name en "Standard district"
title commune.standard "Xã đạt chuẩn" name en "Standard commune"
title commune.advanced above commune.standard "Xã nâng cao" name en "Advanced commune"
enum region "Vùng" { BTB "Bắc Trung Bộ", TN "Tây Nguyên" }
ordered enum rating { weak "Yếu", good "Tốt" }
fact region: region "Vùng" name en "Region"
fact rating: rating "Xếp loại" name en "Rating"
fact insured: share of persons "Bảo hiểm y tế" sums up name en "Health insurance"
fact sorting: share of households "Phân loại rác" name en "Waste sorting"
fact poor: share of households "Hộ nghèo" name en "Poor households"
fact paved: share of km "Đường được cứng hóa" name en "Paved roads"
fact content: list of share of persons "Hài lòng từng mặt" name en "Satisfaction"
fact income: amount of million VND/person "Thu nhập" name en "Income"
fact value: amount of million VND/ha "Giá trị sản xuất" name en "Production value"
fact debt: amount of million VND "Nợ đọng" sums up name en "Debt"
fact crimes: count of persons "Phạm tội nghiêm trọng" name en "Serious crimes"
fact ocop: count of products "Sản phẩm OCOP" name en "OCOP products"
fact market: boolean "Có chợ" name en "Has a market"
fact rural: boolean "Nông thôn" name en "Rural"
"""
HEADER = """\
ruleset test.case
  name    "Huyện nâng cao"
  name en "Advanced district"
  for     district
  {confers}
  basis   "03-NQ/HU" dated 2021-01-05 by "Huyện ủy"
  in force from 2021-01-05 to 2025-12-31
  {status}

use test.facts
"""


def assess(
    criteria: str,
    unit: Mapping[str, object] | None = None,
    *,
    confers: str = "grants district.standard",
    status: str = "",
    as_of: datetime.date = AS_OF,
    more: dict[str, str] | None = None,
    accept_unverified: bool = False,
) -> Assessment:
    """Assess a district under a few criteria."""
    text = HEADER.format(confers=confers, status=status) + criteria
    files = {"facts.ntm": VOCABULARY, **(more or {})}
    given = {"level": "district", "id": "d", "name": "Huyện D", **(unit or {})}
    return ntmrules.evaluate(
        ntmrules.loads(text, files=files),
        given,
        as_of=as_of,
        accept_unverified=accept_unverified,
    )


def facts(**values: object) -> dict[str, object]:
    """Give a unit with some facts."""
    return {"facts": values}
