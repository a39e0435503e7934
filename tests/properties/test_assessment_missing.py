"""What is missing is all that can change a verdict, and only that."""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import ntmrules
from ntmrules.assessment import Assessment, Missing, MissingKind
from ntmrules.assessment._results import CriterionResult, IndicatorResult
from ntmrules.verdict import Verdict


AS_OF = datetime.date(2024, 12, 31)
YEARS = (2022, 2023)
BOOLEANS, SHARES, COUNTS, AMOUNTS = 8, 6, 6, 3
VOCABULARY = "\n".join(
    [
        "vocabulary test.small",
        'unit person, persons "người"',
        'unit VND "đồng"',
        'level district, districts "Huyện"',
        'level commune, communes within district "Xã"',
        'title district.standard "Huyện đạt chuẩn"',
        'title commune.standard "Xã đạt chuẩn"',
        "enum region { north, south }",
        'fact region: region "Vùng"',
        'fact total: share of persons "Tổng" sums up',
        *(f'fact b{n}: boolean "Đúng {n}"' for n in range(BOOLEANS)),
        *(f'fact s{n}: share of persons "Tỷ lệ {n}"' for n in range(SHARES)),
        *(f'fact c{n}: count of persons "Số người {n}"' for n in range(COUNTS)),
        *(f'fact a{n}: amount of VND "Tiền {n}"' for n in range(AMOUNTS)),
    ]
)
HEADER = """\
ruleset test.case
  name  "Case"
  for   district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.small
"""

# Conditions that share no fact, so that none can make another superfluous.
ATOMS = (
    *(f"b{n}" for n in range(BOOLEANS)),
    "s0 >= 95%",
    "s1 > 50%",
    "60% <= s2",
    "s3 between 20% and 60%",
    "s4 <= by region { | north | south | \n | 10% | 20% | }",
    "rounded(s5, 0) < 30%",
    "c0 = 0",
    "c1 + c2 >= 100",
    "c3 at 2023 <= 50",
    "a0 >= 2 * a0 at 2022",
    "a1 / a2 >= 150%",
)
WHOLE = (
    *ATOMS,
    "holds district.standard",
    "total >= 50%",
    "all years from year - 2 to year - 1 have c4 < 10",
    "all communes hold commune.standard",
    "at least 2 communes hold commune.standard",
    "sum of c5 over communes > 5",
)
VALUES: dict[str, tuple[object, ...]] = {
    "b": (False, True),
    "s": ("0/100", "100/100", "15/100", "40/100"),
    "c": (0, 1000),
    "a": (1, 1000),
}


def values_of(fact: str) -> tuple[object, ...]:
    """Give values of a fact on either side of every threshold above."""
    if fact == "region":
        return ("north", "south")
    if fact == "total":
        return ("0/9999", "9999/9999")
    return VALUES[fact[0]]


FACTS = tuple(
    ["region", "total"]
    + [f"b{n}" for n in range(BOOLEANS)]
    + [f"s{n}" for n in range(SHARES)]
    + [f"c{n}" for n in range(COUNTS)]
    + [f"a{n}" for n in range(AMOUNTS)]
)


OVER_COMMUNES = ["all", "some", "few", "one", "share", "no", "count"]


class Pool:
    """Hands out each condition once."""

    def __init__(
        self, draw: st.DrawFn, atoms: tuple[str, ...], inner: Pool | None = None
    ) -> None:
        self._draw = draw
        self._left = list(draw(st.permutations(atoms)))
        self._inner = inner

    def take(self, depth: int) -> str:
        """Build a condition, up to *depth* levels deep."""
        if depth == 0 or len(self._left) < 8:
            return self._left.pop()
        kinds = ["atom", "and", "or", "not", "if", "of"]
        if self._inner is not None and len(self._inner._left) >= 8:
            kinds += OVER_COMMUNES
        kind = self._draw(st.sampled_from(kinds))

        def one() -> str:
            return self.take(depth - 1)

        if kind in OVER_COMMUNES and self._inner is not None:
            return self._over_communes(self._inner, kind, depth)
        match kind:
            case "and" | "or":
                return f"(({one()}) {kind} ({one()}))"
            case "not":
                return f"not ({one()})"
            case "if":
                return f"(if ({one()}) then ({one()}) else ({one()}))"
            case "of":
                word = self._draw(st.sampled_from(["at least 2", "at most 1"]))
                return f"{word} of (({one()}), ({one()}), ({one()}))"
            case _:
                return self._left.pop()

    def _over_communes(self, inner: Pool, kind: str, depth: int) -> str:
        # Facts of communes are others than those of the district.
        where = ""
        if self._draw(st.booleans()):
            where = f" where ({inner.take(0)})"
        body = f"({inner.take(depth - 1)})"
        none = self._draw(st.sampled_from(["", "", " if none met", " if none not met"]))
        return {
            "all": f"all communes{where} have {body}{none}",
            "no": f"no communes{where} have {body}{none}",
            "some": f"at least 2 communes{where} have {body}{none}",
            "few": f"at most 1 communes{where} have {body}{none}",
            "one": f"exactly 1 communes{where} have {body}{none}",
            "share": f"at least 50% of communes{where} have {body}{none}",
            "count": f"count of communes where {body} >= 2",
        }[kind]


@st.composite
def rulesets(draw: st.DrawFn) -> str:
    """Draw a small ruleset in which no fact stands twice."""
    pool = Pool(draw, WHOLE, Pool(draw, ATOMS))
    take = pool.take
    first = take(2)
    second = draw(
        st.sampled_from(
            [
                'indicator 2.1 "B": attested by "Sở"',
                f'indicator 2.1 "B" {{ applies when {take(0)}\n require {take(1)} }}',
                f'indicator 2.1 "B" {{ unverified "?"\n require {take(0)} }}',
            ]
        )
    )
    passes = draw(
        st.sampled_from(["", "passes when any of (indicator 2.1, indicator 2.2)"])
    )
    return f"""{HEADER}
precondition P1 "P": {take(0)}
criterion 1 "A": {first}
criterion 2 "B" {{
  {passes}
  {second}
  indicator 2.2 "C": {take(1)}
}}
"""


@st.composite
def figures(draw: st.DrawFn) -> dict[str, object]:
    """Draw values for some facts."""
    chosen = draw(st.sets(st.sampled_from(FACTS)))
    return {fact: draw(st.sampled_from(_modest(fact))) for fact in sorted(chosen)}


def _modest(fact: str) -> tuple[object, ...]:
    """Give values that leave it to the others which way a sum or quotient goes."""
    modest = {"c": (1,), "a": (10,), "t": ("0/9", "9/9")}
    return modest.get(fact[0], values_of(fact))


TITLE_RECORDS: tuple[dict[str, int], ...] = ({}, {"standard": 2020})


def _titles(level: str, record: dict[str, int]) -> dict[str, int]:
    return {f"{level}.{name}": year for name, year in record.items()}


@st.composite
def communes(draw: st.DrawFn, at: int) -> dict[str, Any]:
    """Draw a commune."""
    commune: dict[str, Any] = {"id": f"c{at}", "facts": draw(figures())}
    _give_titles(draw, commune, "commune")
    return commune


def _give_titles(draw: st.DrawFn, unit: dict[str, Any], level: str) -> None:
    if draw(st.booleans()):
        unit["titles"] = _titles(level, draw(st.sampled_from(TITLE_RECORDS)))


@st.composite
def units(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a district, most of it missing."""
    unit: dict[str, Any] = {"level": "district", "id": "d", "facts": draw(figures())}
    unit["history"] = {year: draw(figures()) for year in YEARS}
    _give_titles(draw, unit, "district")
    number = draw(st.none() | st.integers(0, 3))
    if number is not None:
        unit["communes"] = [draw(communes(at)) for at in range(number)]
    return unit


Slot = tuple[str, str, int]
Target = Assessment | CriterionResult | IndicatorResult


def _targets(assessment: Assessment) -> dict[str, Target]:
    found: dict[str, Target] = {"": assessment}
    for result in (*assessment.preconditions.values(), *assessment.criteria.values()):
        found[f"criterion {result.label}"] = result
        for label, inner in result.indicators.items():
            found[f"indicator {label}"] = inner
    return found


def _slot(missing: Missing) -> Slot:
    year = missing.year if missing.kind is MissingKind.FACT else AS_OF.year
    name = "titles" if missing.kind is MissingKind.TITLES else missing.fact
    return (missing.unit.id, name, year)


def _by_id(unit: dict[str, Any]) -> dict[str, dict[str, Any]]:
    inside = unit.get("communes", [])
    return {"d": unit} | {commune["id"]: commune for commune in inside}


def _open_slots(unit: dict[str, Any]) -> Iterator[Slot]:
    """Give all that is missing from a unit."""
    for id_, one in _by_id(unit).items():
        if "titles" not in one:
            yield (id_, "titles", AS_OF.year)
        for fact in FACTS:
            if fact not in one["facts"]:
                yield (id_, fact, AS_OF.year)
            for year in YEARS:
                if fact not in one.get("history", {}).get(year, {}):
                    yield (id_, fact, year)
    if "communes" not in unit:
        yield ("d", "communes", AS_OF.year)


def _fill(unit: dict[str, Any], slot: Slot, value: object) -> None:
    id_, name, year = slot
    one = _by_id(unit)[id_]
    if name == "titles":
        one["titles"] = value
    elif name == "communes":
        one["communes"] = value
    elif year == AS_OF.year:
        one["facts"][name] = value
    else:
        one.setdefault("history", {}).setdefault(year, {})[name] = value


def _values(slot: Slot) -> tuple[object, ...]:
    id_, name, _ = slot
    if name == "titles":
        level = "district" if id_ == "d" else "commune"
        return tuple(_titles(level, record) for record in TITLE_RECORDS)
    if name == "communes":
        full = {
            "id": "new",
            "facts": {fact: values_of(fact)[0] for fact in FACTS},
            "titles": {},
        }
        return ([], [full])
    return values_of(name)


def load(text: str) -> ntmrules.Ruleset:
    """Load a ruleset over the small vocabulary."""
    return ntmrules.loads(text, files={"small.ntm": VOCABULARY})


def assess(ruleset: ntmrules.Ruleset, unit: dict[str, Any]) -> Assessment:
    """Assess a district."""
    return ntmrules.evaluate(ruleset, unit, as_of=AS_OF)


@given(rulesets(), units(), st.data())
def test_nothing_else_can_change_the_verdict(
    text: str, unit: dict[str, Any], data: st.DataObject
) -> None:
    """An unknown verdict stays unknown, whatever else becomes known."""
    ruleset = load(text)
    targets = _targets(assess(ruleset, unit))
    unknown = [key for key, t in targets.items() if t.verdict is Verdict.UNKNOWN]
    assume(unknown)
    key = data.draw(st.sampled_from(unknown))
    missing = {_slot(one) for one in targets[key].missing}
    # The unit's own figure replaces a total, or stands for one; so may units that are
    # not listed yet (language.md section 8).
    if any(slot[1] == "total" for slot in missing):
        missing.add(("d", "communes", AS_OF.year))
    missing |= {("d", "total", year) for year in (*YEARS, AS_OF.year)}
    filled = copy.deepcopy(unit)
    for slot in _open_slots(unit):
        if slot not in missing:
            _fill(filled, slot, data.draw(st.sampled_from(_values(slot))))

    after = _targets(assess(ruleset, filled))[key]

    assert Verdict.UNKNOWN is after.verdict


@given(rulesets(), units(), st.data())
def test_each_missing_fact_can_change_the_verdict(
    text: str, unit: dict[str, Any], data: st.DataObject
) -> None:
    """
    With some values of the other missing facts it makes a difference, or is needed.

    Where nothing is unknown for good, such as a condition on no communes at all.
    """
    assume(unit.get("communes") != [])
    ruleset = load(text)
    targets = _targets(assess(ruleset, unit))
    key = data.draw(st.sampled_from(sorted(targets)))
    found = targets[key].missing
    facts = [_slot(one) for one in found if one.kind is MissingKind.FACT]
    assume(0 < len(facts) <= 4 and len(facts) == len(found))
    outcomes: dict[tuple[object, ...], Verdict] = {}
    for values in itertools.product(*((None, *_values(slot)) for slot in facts)):
        filled = copy.deepcopy(unit)
        for slot, value in zip(facts, values, strict=True):
            if value is not None:
                _fill(filled, slot, value)
        outcomes[values] = _targets(assess(ruleset, filled))[key].verdict

    for at in range(len(facts)):
        seen: dict[tuple[object, ...], set[Verdict]] = {}
        for values, verdict in outcomes.items():
            rest = (*values[:at], *values[at + 1 :])
            seen.setdefault(rest, set()).add(verdict)
        assert any(len(verdicts) > 1 for verdicts in seen.values()), facts[at]


@given(rulesets(), units())
def test_a_decided_verdict_misses_nothing(text: str, unit: dict[str, Any]) -> None:
    """Of a whole and of each of its parts."""
    for target in _targets(assess(load(text), unit)).values():
        if target.verdict is not Verdict.UNKNOWN:
            assert () == target.missing
