"""
The common work W: a ruleset that every peer can be given, units for it, the truth.

19 criteria of 3 requirements each, 57 in all: 40 shares ``n/d >= t``, 20 of them with
a threshold by region (7 regions), 8 amounts, 5 truths, 4 times "at least p% of the
villages have a score of s".  15 criteria want all of theirs, 4 want one.  About 1% of
the figures are missing, 2% of the shares hit the threshold exactly, some are 0/0.

Wanted of each unit are 77 verdicts: of requirements, criteria, and the whole.  Here
they are `True`, `False` and `None` for unknown.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs


REGIONS = ("TDMNPB", "DBSH", "BTB", "NTB", "TN", "DNB", "DBSCL")
CRITERIA = 19
VILLAGES = 8
CHOICES = frozenset({3, 8, 12, 17})
"""The criteria of which one requirement is enough."""

Flat = dict[str, Any]
"""A unit as peers take it: one number for each name, `None` where it is missing."""

Truth = bool | None


@attrs.frozen
class Requirement:
    """
    One requirement.

    Attributes:
        kind: ``share``, ``amount``, ``flag`` or ``score``.
        name: The fact it is about.
        least: In thousandths for a share and for the villages of a score.
        by_region: Of a share, what each region must reach; empty for *least*.
        score: What a village must reach.
    """

    label: str
    kind: str
    name: str
    least: int
    by_region: Mapping[str, int]
    score: int = 0

    def wanted(self, region: str) -> int:
        """Give what a region must reach."""
        return self.by_region.get(region, self.least)


@attrs.frozen
class Work:
    """A ruleset of so many criteria, and what is made of it."""

    requirements: tuple[Requirement, ...]

    @property
    def criteria(self) -> list[tuple[str, bool, tuple[Requirement, ...]]]:
        """Give label, whether one is enough, and the requirements of each."""
        found = []
        for start in range(0, len(self.requirements), 3):
            number = start // 3
            enough = number % CRITERIA in CHOICES
            three = self.requirements[start : start + 3]
            found.append((str(number + 1), enough, three))
        return found

    @property
    def keys(self) -> list[str]:
        """Name the 77 verdicts, in order."""
        inner = [f"i{one.label}" for one in self.requirements]
        return [*inner, *(f"c{label}" for label, _, _ in self.criteria), "whole"]

    def of_kind(self, kind: str) -> list[Requirement]:
        """Give the requirements of one kind."""
        return [one for one in self.requirements if one.kind == kind]


def work(times: int = 1) -> Work:
    """Make the work, or one with so many times the criteria."""
    chance = random.Random(20240101)
    made: list[dict[str, Any]] = []
    for _ in range(times):
        made += _kinds(chance)
    chance.shuffle(made)
    return Work(
        tuple(
            Requirement(f"{n // 3 + 1}.{n % 3 + 1}", name=f"fact_{n + 1}", **one)
            for n, one in enumerate(made)
        )
    )


def _kinds(chance: random.Random) -> Iterator[dict[str, Any]]:
    levels = (600, 650, 700, 750, 800, 850, 875, 900, 925, 950, 975, 990)
    for number in range(40):
        least = chance.choice(levels)
        by_region = {}
        if number < 20:
            steps = (-50, -25, -10, 0, 5)
            by_region = {
                region: min(995, least + chance.choice(steps)) for region in REGIONS
            }
        yield {"kind": "share", "least": least, "by_region": by_region}
    for _ in range(8):
        least = chance.choice((1_500, 12_000, 36_151, 50_000, 250_000))
        yield {"kind": "amount", "least": least, "by_region": {}}
    for _ in range(5):
        yield {"kind": "flag", "least": 0, "by_region": {}}
    for _ in range(4):
        score, least = chance.choice((60, 70, 80)), chance.choice((500, 600, 750))
        yield {"kind": "score", "least": least, "by_region": {}, "score": score}


# ── the ruleset as text ────────────────────────────────────────────────────────────


def vocabulary(work: Work) -> str:
    """Write the vocabulary."""
    kinds = {
        "share": "share of persons",
        "amount": "amount of VND/person",
        "flag": "boolean",
        "score": "number",
    }
    cases = ", ".join(f'{region} "Vùng {region}"' for region in REGIONS)
    lines = [
        "vocabulary bench.common",
        'unit VND "đồng"',
        'unit person, persons "người"',
        'level commune, communes "Xã"',
        'level village, villages within commune "Thôn"',
        f"enum region {{ {cases} }}",
        'fact region: region "Vùng" on commune',
    ]
    for one in work.requirements:
        level = "village" if one.kind == "score" else "commune"
        lines.append(f'fact {one.name}: {kinds[one.kind]} "Số liệu" on {level}')
    return "\n".join(lines) + "\n"


def ruleset(work: Work) -> str:
    """Write the ruleset."""
    lines = [
        "ruleset bench.common_work",
        '  name  "Xã"',
        "  for   commune",
        '  basis "1/QĐ-TTg" dated 2021-01-05 by "Thủ tướng Chính phủ"',
        "  in force from 2021-01-05 to 2025-12-31",
        "use bench.common",
    ]
    for label, enough, three in work.criteria:
        lines.append(f'criterion {label} "Tiêu chí {label}" {{')
        if enough:
            operands = ", ".join(f"indicator {one.label}" for one in three)
            lines.append(f"  passes when any of ({operands})")
        for one in three:
            required = _requirement(one)
            lines.append(f'  indicator {one.label} "Chỉ tiêu": {required}')
        lines.append("}")
    return "\n".join(lines) + "\n"


def _requirement(one: Requirement) -> str:
    match one.kind:
        case "share" if one.by_region:
            header = " | ".join(one.by_region)
            row = " | ".join(map(_percent, one.by_region.values()))
            return f"{one.name} >= by region {{\n    | {header} |\n    | {row} |\n  }}"
        case "share":
            return f"{one.name} >= {_percent(one.least)}"
        case "amount":
            return f"{one.name} >= {one.least} VND/person"
        case "flag":
            return one.name
        case _:
            least = _percent(one.least)
            return f"at least {least} of villages have {one.name} >= {one.score}"


def _percent(thousandths: int) -> str:
    whole, tenth = divmod(thousandths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


# ── units ──────────────────────────────────────────────────────────────────────────


def flat_units(work: Work, number: int, villages: int = VILLAGES) -> list[Flat]:
    """
    Make units as peers take them.

    A share is two numbers, ``n_…`` and ``d_…``; the scores of the villages are a list.
    """
    chance = random.Random(7)
    return [_flat(work, chance, villages) for _ in range(number)]


def _flat(work: Work, chance: random.Random, villages: int) -> Flat:
    unit: Flat = {"region": chance.choice(REGIONS)}
    for one in work.requirements:
        missing = chance.random() < 0.01
        match one.kind:
            case "share":
                part, whole = _share(one.wanted(unit["region"]), chance)
                unit[f"n_{one.name}"] = None if missing else part
                unit[f"d_{one.name}"] = None if missing else whole
            case "amount":
                low, high = (0.8, 0.999) if chance.random() < 0.03 else (1.0, 1.5)
                figure = int(one.least * chance.uniform(low, high))
                unit[one.name] = None if missing else figure
            case "flag":
                unit[one.name] = None if missing else chance.random() >= 0.03
            case _:
                unit[one.name] = [
                    None
                    if chance.random() < 0.01
                    else chance.randint(one.score - 10, 100)
                    for _ in range(villages)
                ]
    return unit


def _share(wanted: int, chance: random.Random) -> tuple[int, int]:
    whole, fate = chance.randint(50, 50_000), chance.random()
    if fate < 0.002:
        return 0, 0
    if fate < 0.022:
        whole = whole // 1_000 * 1_000 or 1_000
        return wanted * whole // 1_000, whole
    if fate < 0.052:
        return int(whole * wanted / 1_000 * chance.uniform(0.8, 0.999)), whole
    above = wanted + (1_000 - wanted) * chance.random()
    return min(whole, int(whole * above / 1_000) + 1), whole


def unit_mapping(work: Work, flat: Flat) -> dict[str, Any]:
    """Give a unit as ntmrules takes it, in the plain form."""
    facts: dict[str, Any] = {"region": flat["region"]}
    inside: list[dict[str, Any]] = []
    for one in work.requirements:
        if one.kind == "share":
            part, whole = flat[f"n_{one.name}"], flat[f"d_{one.name}"]
            facts[one.name] = None if part is None else (part, whole)
        elif one.kind == "score":
            for number, score in enumerate(flat[one.name]):
                if number == len(inside):
                    inside.append({"id": f"v{number}", "facts": {}})
                inside[number]["facts"][one.name] = score
        else:
            facts[one.name] = flat[one.name]
    return {"level": "commune", "id": "bench.1", "facts": facts, "villages": inside}


# ── the truth ──────────────────────────────────────────────────────────────────────


def truth(work: Work, flat: Flat) -> dict[str, Truth]:
    """Decide a unit with `Fraction`, step by step."""
    found = {f"i{one.label}": _decide(one, flat) for one in work.requirements}
    criteria = {}
    for label, enough, three in work.criteria:
        inner = [found[f"i{one.label}"] for one in three]
        criteria[f"c{label}"] = any_of(inner) if enough else all_of(inner)
    return {**found, **criteria, "whole": all_of(criteria.values())}


def _decide(one: Requirement, flat: Flat) -> Truth:
    match one.kind:
        case "share":
            part, whole = flat[f"n_{one.name}"], flat[f"d_{one.name}"]
            if part is None or not whole:
                return None
            wanted = Fraction(one.wanted(flat["region"]), 1_000)
            return Fraction(part, whole) >= wanted
        case "amount":
            amount: int | None = flat[one.name]
            return None if amount is None else amount >= one.least
        case "flag":
            flag: Truth = flat[one.name]
            return flag
        case _:
            return _most(one, flat[one.name])


def _most(one: Requirement, scores: list[int | None]) -> Truth:
    met = sum(score is not None and score >= one.score for score in scores)
    unknown = sum(score is None for score in scores)
    wanted = Fraction(one.least, 1_000)
    if Fraction(met, len(scores)) >= wanted:
        return True
    return None if Fraction(met + unknown, len(scores)) >= wanted else False


def all_of(found: Iterable[Truth]) -> Truth:
    """Join with *and*."""
    found = list(found)
    return False if False in found else None if None in found else True


def any_of(found: Iterable[Truth]) -> Truth:
    """Join with *or*."""
    found = list(found)
    return True if True in found else None if None in found else False
