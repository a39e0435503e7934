"""The vocabulary of random rulesets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar


T = TypeVar("T")
Tree = tuple[Any, ...]


class Pick(Protocol):
    """Chooses one of several."""

    def __call__(self, choices: Sequence[T], /) -> T:
        """Choose."""


PARENT = {
    "district": "province",
    "commune": "district",
    "school": "district",
    "village": "commune",
}
LEVELS = ("province", "district", "commune", "village", "school")
INSIDE = {
    "province": ("district", "commune", "village", "school"),
    "district": ("commune", "village", "school"),
    "commune": ("village",),
    "village": (),
    "school": (),
}
# From the lowest to the highest, each implying those before it.
TITLES = {
    "province": (),
    "district": ("district.standard", "district.advanced"),
    "commune": ("commune.standard", "commune.advanced", "commune.model"),
    "village": ("village.model",),
    "school": (),
}
REGIONS = ("north", "centre", "south")
GRADES = ("weak", "fair", "good")
BOOLEANS = ("b1", "b2", "b3")
SHARES = ("s1", "s2", "total_share", "excess")
COUNTS = ("c1", "total_count", "total_here")
AMOUNTS = ("a1", "a2")
# Where a fact may be given; else anywhere.
ONLY = {"total_here": ("commune", "district")}
SUMS_UP = ("total_share", "total_count", "total_here")
PERCENTS = ("0", "5", "12.5", "50", "95", "100")
YEARS = (2021, 2022, 2023, 2024, 2025)

VOCABULARY = "\n".join(
    [
        "vocabulary oracle.facts",
        'unit VND "đồng"',
        'unit person, persons "người"',
        'level province, provinces "Tỉnh"',
        'level district, districts within province "Huyện"',
        'level commune, communes within district "Xã"',
        'level village, villages within commune "Thôn"',
        'level school, schools within district "Trường"',
        'title district.standard "1"',
        'title district.advanced above district.standard "2"',
        'title commune.standard "1"',
        'title commune.advanced above commune.standard "2"',
        'title commune.model above commune.advanced "3"',
        'title village.model "1"',
        "enum region { north, centre, south }",
        "ordered enum grade { weak, fair, good }",
        'fact region: region "R"',
        'fact rating: grade "G"',
        *(f'fact {name}: boolean "B"' for name in BOOLEANS),
        'fact s1: share of persons "S"',
        'fact s2: share of persons "S"',
        'fact total_share: share of persons "S" sums up',
        'fact excess: share of persons "S" may exceed 100%',
        'fact c1: count of persons "C"',
        'fact total_count: count of persons "C" sums up',
        'fact total_here: count of persons "C" on commune, district sums up',
        'fact a1: amount of million VND "A"',
        'fact a2: amount of thousand VND "A"',
        'fact factor: number "N"',
        'fact parts: list of share of persons "L"',
        'fact since: year "Y"',
        'fact founded: date "D"',
    ]
)


def plural(level: str) -> str:
    """Give the plural of a level."""
    return f"{level}s"
