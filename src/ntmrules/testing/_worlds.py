"""
Random rulesets that mean something, with the vocabulary they are written in.

Figures are few and close together, so that units of the same figures hit them exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st


PERCENTS = ("0%", "5%", "12.5%", "50%", "57.5%", "95%", "99%")
SHARE_FACTS = ("insured", "sorting", "poor", "satisfaction")
COUNT_FACTS = ("population", "crimes")
BOOLEAN_FACTS = ("rural", "debt_free", "has_market")
TITLES = {
    "district": ("district.standard", "district.advanced"),
    "commune": ("commune.standard", "commune.advanced", "commune.model"),
    "village": ("village.model",),
    "high_school": (),
}
BELOW = {
    "district": ("communes", "villages", "high_schools"),
    "commune": ("villages",),
    "village": (),
    "high_school": (),
}
LEVEL_OF = {"communes": "commune", "villages": "village", "high_schools": "high_school"}
REGIONS = ("north", "centre", "south")
GRADES = ("weak", "fair", "good", "excellent")

FACTORS = ("0.5", "2", "factor")
OF_LISTS = ("min", "max", "average")
YEARS = (
    ("year - 2", "year"),
    ("2021", "year - 1"),
    ("2023", "2025"),
    ("2023", "2022"),
)
IF_NONE = ("", "", "", " if none met", " if none not met", " if none not applicable")
WHEN = (
    "",
    "",
    " when at least 1 of criteria",
    " when at most 50% of criteria except 1",
)

Draw = st.DrawFn
T = TypeVar("T")


class Writer:
    """Writes well-typed conditions and values for units of one level."""

    def __init__(self, draw: Draw, level: str, labels: Sequence[str]) -> None:
        self._draw = draw
        self._level = level
        # Labels of criteria that may be referred to, at the level of the ruleset.
        self._labels = labels

    def pick(self, choices: Sequence[T]) -> T:
        """Draw one of several."""
        return self._draw(st.sampled_from(choices))

    def _one_of(self, *makers: Callable[[], str]) -> str:
        maker: Callable[[], str] = self.pick(makers)
        return maker()

    # Conditions.

    def condition(self, depth: int) -> str:
        """Write a condition, in parentheses where it has parts."""
        if depth <= 0:
            return self._one_of(
                self._truth, lambda: self._share_test(0), lambda: self._count_test(0)
            )
        d = depth - 1
        makers = [
            self._truth,
            lambda: self._share_test(d),
            lambda: self._count_test(d),
            lambda: f"{self.amount()} {self._sign()} {self.amount()}",
            lambda: f"rating {self._sign()} {self.pick(GRADES)}",
            lambda: f"region {self.pick(('=', '!='))} {self.pick(REGIONS)}",
            lambda: f"{self.share(d)} between {self.share(d)} and {self.share(d)}",
            lambda: self._joined(d),
            lambda: f"not ({self.condition(d)})",
            lambda: f"(if {self._in(d)} then {self._in(d)} else {self._in(d)})",
            lambda: self._choice(d),
            lambda: self._years(d),
            self._title,
        ]
        if BELOW[self._level]:
            makers += [lambda: self._quantified(d)] * 2
        if self._labels:
            makers.append(self._reference)
        if self._level == "commune":
            makers.append(self._commune_reference)
        return self._one_of(*makers)

    def _in(self, depth: int) -> str:
        return f"({self.condition(depth)})"

    def _truth(self) -> str:
        return str(self.pick(BOOLEAN_FACTS))

    def _sign(self) -> str:
        return str(self.pick((">=", ">", "<=", "<", "=", "!=")))

    def _share_test(self, depth: int) -> str:
        return f"{self.share(depth)} {self._sign()} {self.share(depth)}"

    def _count_test(self, depth: int) -> str:
        if self.pick((False, True)) and BELOW[self._level]:
            return f"{self._count_of(depth)} {self._sign()} {self.pick((0, 1, 2))}"
        return f"{self.count(depth)} {self._sign()} {self.count(depth)}"

    def _joined(self, depth: int) -> str:
        word = self.pick((" and ", " or "))
        return f"({word.join(self._in(depth) for _ in range(self.pick((2, 3))))})"

    def _choice(self, depth: int) -> str:
        operands = ", ".join(self._in(depth) for _ in range(self.pick((1, 2, 3))))
        words = ("all", "any", "at least 1", "at most 1", "exactly 1")
        percents = ("at least 0%", "at least 60%", "at most 50%", "at most 100%")
        return f"{self.pick((*words, *percents))} of ({operands})"

    def _years(self, depth: int) -> str:
        first, last = self.pick(YEARS)
        words = ("all", "no", "at least 1", "at most 1", "at least 50% of")
        text = f"{self.pick(words)} years from {first} to {last}"
        return f"{text} have {self._in(depth)}{self.pick(IF_NONE)}"

    def _title(self) -> str:
        titles = TITLES[self._level]
        if not titles:
            return self._truth()
        title = self.pick(titles)
        if self.pick((False, True)):
            return f"holds {title}"
        return f"granted {title} {self._sign()} {self.pick(('2021', '2023', 'year'))}"

    def _quantified(self, depth: int) -> str:
        plural = self.pick(BELOW[self._level])
        words = ("all", "no", "at least 1", "at least 2", "at most 1", "exactly 1")
        percents = ("at least 50% of", "at most 50% of", "at least 0% of")
        inside = self._inside(plural)
        where = self._where(inside, depth)
        titles = TITLES[LEVEL_OF[plural]]
        if bool(titles) and self.pick((False, True)):
            body = f"hold {self.pick(titles)}"
        elif plural == "communes" and self.pick((False, False, True)):
            body = "meet test.communes"
        else:
            body = f"have ({inside.condition(depth)})"
        word = self.pick((*words, *percents))
        return f"{word} {plural}{where} {body}{self.pick(IF_NONE)}"

    def _inside(self, plural: str) -> Writer:
        return Writer(self._draw, LEVEL_OF[plural], ())

    def _where(self, inside: Writer, depth: int) -> str:
        match self.pick(("", "", "name", "not", "condition")):
            case "name":
                return f" where {self.pick(BOOLEAN_FACTS)}"
            case "not":
                return f" where not {self.pick(BOOLEAN_FACTS)}"
            case "condition":
                return f" where ({inside.condition(min(depth, 1))})"
            case _:
                return ""

    def _reference(self) -> str:
        if self.pick((False, True)):
            return f"criterion {self.pick(self._labels)}"
        return f"indicator {self.pick(self._labels)}.1"

    def _commune_reference(self) -> str:
        what = ("criterion 1", "criterion 2", "indicator 3.2", "all of criteria")
        return f"{self.pick((*what, 'at least 2 of criteria'))} of test.communes"

    # Values.

    def share(self, depth: int) -> str:
        """Write a share."""
        plain = [
            lambda: str(self.pick(PERCENTS)),
            lambda: str(self.pick(SHARE_FACTS)),
        ]
        if depth <= 0:
            return self._one_of(*plain)
        d = depth - 1
        makers = [
            *plain,
            *plain,
            self._share_table,
            lambda: f"(if {self._in(d)} then {self.share(d)} else {self.share(d)})",
            lambda: f"({self.share(d)} {self.pick('+-')} {self.share(d)})",
            lambda: f"({self.pick(FACTORS)} * {self.share(d)})",
            lambda: f"({self.share(d)} / {self.pick(FACTORS)})",
            lambda: f"{self.pick(SHARE_FACTS)} at {self.year()}",
            lambda: f"ratio({self.pick(COUNT_FACTS)}, population)",
            lambda: f"(debt / debt at {self.year()})",
            lambda: f"rounded({self.share(d)}, {self.pick((0, 1))})",
            lambda: f"abs({self.share(d)})",
            lambda: f"{self.pick(OF_LISTS)}(satisfaction_by_content)",
        ]
        if BELOW[self._level]:
            makers.append(lambda: self._share_over(d))
        if self._level == "commune":
            makers.append(lambda: "(threshold of indicator 1 of test.communes)")
        return self._one_of(*makers)

    def _cells(self, number: int) -> str:
        cells = [self.pick((*PERCENTS, "5%?", "-", "-")) for _ in range(number)]
        return " | ".join(cells)

    def _share_table(self) -> str:
        match self.pick(("regions", "otherwise", "year", "both")):
            case "regions":
                header, row = " | ".join(REGIONS), self._cells(3)
                return f"by region {{ | {header} |\n | {row} | }}"
            case "otherwise":
                return f"by region {{ | north | otherwise |\n | {self._cells(2)} | }}"
            case "year":
                return f"by year {{ | 2023 | otherwise |\n | {self._cells(2)} | }}"
            case _:
                rows = "\n".join(
                    f" | {region} | {self._cells(2)} |" for region in REGIONS
                )
                return f"by region, year {{ | region | 2023 | 2024 |\n{rows} }}"

    def _share_over(self, depth: int) -> str:
        plural = self.pick(BELOW[self._level])
        function = self.pick(("min", "max", "average", "weighted"))
        weight = ""
        if function == "weighted":
            function, weight = "average", " weighted by population"
        inside = self._inside(plural)
        where = self._where(inside, 0)
        return f"({function} of {inside.share(depth)} over {plural}{where}{weight})"

    def count(self, depth: int) -> str:
        """Write a count of persons."""
        if depth <= 0:
            return str(self.pick((0, 1, 2, 10, *COUNT_FACTS)))
        makers = [
            lambda: str(self.pick(COUNT_FACTS)),
            lambda: f"{self.pick(COUNT_FACTS)} at {self.year()}",
            lambda: f"(crimes {self.pick('+-')} population)",
            lambda: f"(2 * {self.pick(COUNT_FACTS)})",
            lambda: f"(if {self._in(depth - 1)} then 1 else crimes)",
        ]
        if BELOW[self._level]:
            plural = self.pick(BELOW[self._level])
            makers.append(lambda: f"(sum of crimes over {plural})")
        return self._one_of(*makers)

    def _count_of(self, depth: int) -> str:
        plural = self.pick(BELOW[self._level])
        return f"count of {plural}{self._where(self._inside(plural), depth)}"

    def amount(self) -> str:
        """Write an amount of money for a person."""
        unit = "million VND/person"
        makers = [
            lambda: f"{self.pick(('0', '1', '1.5', '3'))} {unit}",
            lambda: "income",
            lambda: f"income at {self.year()}",
            lambda: f"({self.pick(FACTORS)} * income at {self.year()})",
            lambda: "(income + 1 thousand VND/person)",
        ]
        return self._one_of(*makers)

    def year(self) -> str:
        """Write a year, known or not."""
        titles = TITLES[self._level]
        known = ("2021", "2023", "2024", "2026", "(year - 1)")
        return str(self.pick((*known, *(f"granted {title}" for title in titles))))


@st.composite
def ruleset_texts(draw: Draw, level: str = "district", depth: int = 2) -> str:
    """Draw a ruleset with two or three criteria, a precondition, and clauses."""
    labels: list[str] = []
    criteria: list[str] = []
    for number in range(1, draw(st.integers(2, 3)) + 1):
        writer = Writer(draw, level, tuple(labels))
        criteria.append(_criterion(draw, writer, str(number), depth))
        labels.append(str(number))
    writer = Writer(draw, level, tuple(labels))
    first = (
        f'precondition P "P": {writer.condition(1)}\n' if draw(st.booleans()) else ""
    )
    when = draw(
        st.sampled_from(
            (
                "",
                "",
                " when at least 1 of criteria",
                " when at most 50% of criteria except 1",
            )
        )
    )
    return f"""\
ruleset test.world
  name "World"
  for {level}
  grants {level}.standard{when}
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
{first}{"".join(criteria)}"""


def _criterion(draw: Draw, writer: Writer, label: str, depth: int) -> str:
    inner = [f"{label}.{number}" for number in range(1, draw(st.integers(1, 2)) + 1)]
    indicators = "".join(_indicator(draw, writer, one, depth) for one in inner)
    clauses = ""
    if draw(st.integers(0, 5)) == 0:
        clauses += f"  applies when {writer.condition(1)}\n"
    if draw(st.integers(0, 3)) == 0:
        word = writer.pick(
            ("any of", "at least 1 of", "at most 1 of", "at least 60% of")
        )
        operands = ", ".join(f"indicator {one}" for one in inner)
        clauses += f"  passes when {word} ({operands})\n"
    return f'criterion {label} "C" {{\n{clauses}{indicators}}}\n'


def _indicator(draw: Draw, writer: Writer, label: str, depth: int) -> str:
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return f'  indicator {label} "I": attested by "Sở"\n'
    require = f"require {writer.condition(depth)}"
    if kind == 1:
        require = f'unverified "?"\n    {require}'
    if kind in {2, 3}:
        require = f"applies when {writer.condition(1)}\n    {require}"
    return f'  indicator {label} "I" {{\n    {require}\n  }}\n'
