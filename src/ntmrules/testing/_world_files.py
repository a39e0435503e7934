"""The vocabulary of random rulesets, and a ruleset for them to refer to."""

from __future__ import annotations


VOCABULARY = """\
vocabulary test.facts
  name "Conformance"

unit VND "đồng"
unit ha "hecta"
unit km "km"
unit person, persons "người"
unit household, households "hộ"
unit product, products "sản phẩm"

level province, provinces "Tỉnh"
level district, districts within province "Huyện"
level commune, communes within district "Xã"
level village, villages within commune "Thôn"
level high_school, high_schools within district "Trường THPT"

title district.standard "Huyện đạt chuẩn"
title district.advanced above district.standard "Huyện nâng cao"
title commune.standard "Xã đạt chuẩn"
title commune.advanced above commune.standard "Xã nâng cao"
title commune.model above commune.advanced "Xã kiểu mẫu"
title village.model "Thôn kiểu mẫu"

enum region {
  north "Bắc",
  centre "Trung",
  south "Nam"
}
ordered enum grade { weak, fair, good, excellent }

fact region: region "Vùng"
fact rural: boolean "Nông thôn"
fact debt_free: boolean "Không nợ đọng"
fact has_market: boolean "Có chợ"
fact insured: share of persons "Bảo hiểm y tế" sums up
fact sorting: share of households "Phân loại rác"
fact poor: share of households "Hộ nghèo"
fact satisfaction: share of persons "Hài lòng"
fact satisfaction_by_content: list of share of persons "Hài lòng từng nội dung"
fact fulfilment: share of products "So với kế hoạch" may exceed 100%
fact income: amount of million VND/person "Thu nhập"
fact land_value: amount of million VND/ha "Giá trị sản xuất"
fact debt: amount of million VND "Nợ đọng" sums up
fact population: count of persons "Dân số" sums up
fact crimes: count of persons "Phạm tội nghiêm trọng"
fact ocop: count of products "Sản phẩm OCOP"
fact rating: grade "Xếp loại"
fact factor: number "Hệ số"
"""
COMMUNES = """\
ruleset test.communes
  name "Communes"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2022-01-01 to 2100-12-31
use test.facts
criterion 1 "A": insured >= by region { | north | otherwise |
  | - | 50% | }
criterion 2 "B": all villages hold village.model if none not applicable
criterion 3 "C" {
  passes when at most 1 of (indicator 3.1, indicator 3.2)
  indicator 3.1 "D": crimes <= 1
  indicator 3.2 "E" { unverified "?" require rural }
}
"""
FILES = {"vocabulary.ntm": VOCABULARY, "communes.ntm": COMMUNES}
