"""Random units, as unit files have them."""

from __future__ import annotations

from typing import Any

from tests.support.oracle.names import (
    AMOUNTS,
    BOOLEANS,
    COUNTS,
    GRADES,
    INSIDE,
    LEVELS,
    ONLY,
    PARENT,
    REGIONS,
    TITLES,
    Pick,
    plural,
)


Plain = dict[str, Any]

FIGURES: dict[str, tuple[object, ...]] = {
    **dict.fromkeys(BOOLEANS, (True, False)),
    "s1": ("0/8", "1/20", "1/8", "1/2", "19/20", "20/20", "0/0", "95%", "50%"),
    "s2": ("1/20", "1/2", "19/20", "50%", "0%"),
    "total_share": ("0/8", "1/2", "5/5", "0/0", "19/20", "50%"),
    "excess": ("130%", "3/2", "50%"),
    **dict.fromkeys(COUNTS, (0, 1, 2, 10)),
    **dict.fromkeys(AMOUNTS, (0, 1, "1.5", "3 million VND", "1500 thousand VND")),
    "region": REGIONS,
    "rating": GRADES,
    "factor": (0, "0.5", 2),
    "parts": (["95%", "5%"], ["50%"], [], ["19/20"], ["0/0", "50%"]),
    "since": (2021, 2023, 2024, 2025),
    "founded": ("2023-12-31", "2024-02-29", "2024-01-01"),
}
DATES = (
    "2024-12-31",
    "2024-02-29",
    "2024-02-28",
    "2023-12-31",
    "2023-06-30",
    "2023-07-01",
    "2024-01-01",
    "2025-01-01",
)
DAYS: tuple[str | None, ...] = (
    "2024-02-29",
    "2023-06-30",
    "2023-07-01",
    "2024-12-31",
    "2025-06-30",
    None,
)
RECORDS: tuple[object, ...] = (
    2020,
    2023,
    2024,
    2025,
    "2024-02-29",
    "2024-12-31",
    {"granted": 2021, "withdrawn": 2023},
    {"granted": 2021, "withdrawn": 2024},
    {"granted": "2021-12-31", "withdrawn": "2024-02-29"},
    {"granted": "2023-07-01", "withdrawn": "2024-01-01"},
)


class Surveyor:
    """
    Draws units.

    Args:
        known: In how many cases of ten a fact is known; 10 leaves nothing out.
        dated: Whether units inside have dates of their own.
        judged: Whether there are attestations of what could be computed.
    """

    def __init__(self, pick: Pick, known: int, *, dated: bool, judged: bool) -> None:
        self.pick = pick
        self.known = known
        self.dated = dated
        self.judged = judged

    def _often(self) -> bool:
        return self.pick(range(10)) < self.known

    def unit(self, level: str, path: str, most: int) -> Plain:
        """Draw a unit with all that lies inside it."""
        pick = self.pick
        # Ids are told apart by level alone: the same at two levels is allowed.
        unit: Plain = {"id": path, "facts": self._facts(level)}
        if self.dated and pick((False, False, True)):
            unit["as_of"] = pick(DATES)
        years = [year for year in (2021, 2022, 2023, 2024) if pick((True, False))]
        if self.known == 10:
            years = [2021, 2022, 2023, 2024]
        unit["history"] = {year: self._facts(level) for year in years}
        if TITLES[level] and self._often():
            unit["titles"] = self._titles(level)
        if pick((False, False, True)):
            unit["attestations"] = self._attestations(level)
        self._inside(unit, level, path, most)
        return unit

    def _facts(self, level: str) -> Plain:
        return {
            name: self._figure(figures)
            for name, figures in FIGURES.items()
            if level in ONLY.get(name, (level,)) and self._often()
        }

    def _figure(self, figures: tuple[object, ...]) -> object:
        figure = self.pick(figures)
        if not self.dated or self.pick(range(8)):
            return figure
        return {"value": figure, "on": self.pick(DATES)}

    def _titles(self, level: str) -> Plain:
        titles: Plain = {}
        gone = None
        for title in TITLES[level]:
            record = self.pick(RECORDS)
            if self.pick((True, False)) and (gone is None or record == gone):
                titles[title] = record
            # What outlives a title below it is refused.
            if title in titles and isinstance(record, dict):
                gone = record
        return titles

    def _attestations(self, level: str) -> Plain:
        labels = ("1", "2", "1.1", "2.1", "3.2", "P1") if self.judged else ()
        judged = {
            label: {
                "verdict": self.pick(("met", "not met", "not applicable", "unknown")),
                "on": self.pick(DAYS),
            }
            for label in labels
            if self.pick((True, False))
        }
        return {"oracle.case": judged, f"oracle.{level}": judged}

    def _inside(self, unit: Plain, level: str, path: str, most: int) -> None:
        for inner in INSIDE[level]:
            # Lists of one level in two places are refused, so each has one place:
            # right above it, or past one level where that one is not listed.
            direct = PARENT[inner] == level
            past = PARENT.get(PARENT[inner]) == level
            if past and plural(PARENT[inner]) in unit:
                continue
            if not direct and not (past and self.pick((False, False, True))):
                continue
            if not direct or self._often():
                unit[plural(inner)] = self._members(inner, path, most)

    def _members(self, level: str, path: str, most: int) -> object:
        kinds = ("list",) if self.known == 10 else ("list", "list", "list", "counts")
        if self.pick(kinds) == "counts":
            total = self.pick((0, 1, 2, 3))
            titles = [title for title in TITLES[level] if self.pick((True, False))]
            hold = {title: self.pick(range(total + 1)) for title in titles}
            return {"total": total, "hold": hold}
        number = self.pick(range(most + 1))
        return [
            self.unit(level, f"{path}{'' if n == 0 else n}", max(1, most - 1))
            for n in range(number)
        ]


def trimmed(unit: Plain, around: str | None = None) -> None:
    """Leave out the history that the unit's own date makes an error."""
    date = unit.get("as_of") or around
    if date is not None:
        own = int(str(date)[:4])
        unit["history"] = {y: f for y, f in unit["history"].items() if y < own}
    for level in LEVELS:
        inside = unit.get(plural(level))
        for sub in inside if isinstance(inside, list) else ():
            trimmed(sub, date)
