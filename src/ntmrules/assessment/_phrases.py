"""The one catalogue of phrases of an explanation."""

from __future__ import annotations

from ntmrules.text import Text


# Gaps.

LACKING = Text("{number} more{noun} needed", "còn thiếu {number}{noun}")
LESS = Text("{number} fewer{noun} needed", "phải giảm {number}{noun}")
NEEDED = Text("{number} more{noun} needed", "cần thêm {number}{noun}")
TOO_MANY = Text("{number}{noun} too many", "thừa {number}{noun}")
CONDITIONS_NEEDED = Text(
    "{number}{noun} still to be met", "còn {number}{noun} chưa đạt"
)
CONDITIONS_TOO_MANY = Text("{number}{noun} too many are met", "thừa {number}{noun} đạt")
MORE_THAN = Text("more than {number}", "hơn {number}")
AT_LEAST = Text("at least {number}", "ít nhất {number}")
AT_THE_LIMIT = Text(
    "exactly at the limit, and must be above it", "bằng đúng mức, phải cao hơn mức"
)
AT_THE_LIMIT_BELOW = Text(
    "exactly at the limit, and must be below it", "bằng đúng mức, phải thấp hơn mức"
)
UNDECIDED = Text(" ({number} unknown so far)", " ({number} chưa xác định)")
OR = Text("; or {gap}", "; hoặc {gap}")
CLOSEST = Text("; closest: {units}", "; gần nhất: {units}")
THE_ONE = Text("; not yet: {units}", "; chưa đạt: {units}")
OTHERS = Text("{number} others", "{number} nơi khác")
