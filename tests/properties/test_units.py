"""Laws of reading units."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ntmrules._yaml import Scalar
from ntmrules.errors import FactError
from ntmrules.exact import Exact, Share, quotient, read_number
from ntmrules.model.unit import Counts, Given, Unit
from ntmrules.units import UnitData, bind, direct, facts_hash, parse_unit, unit_data
from ntmrules.units._complaints import written
from ntmrules.units._facts import quick_fact
from ntmrules.units._numbers import RefusedError, read_share, scaled
from ntmrules.units._values import ValueReader
from tests.unit.units.given import fact, fact_python
from tests.unit.units.vocabulary import PERSON, VOCABULARY


KEYS = st.sampled_from(
    "level id name as_of facts titles history attestations communes villages value"
    " stated source on note granted withdrawn by total hold verdict document 2010 1.1"
    " vn.x insured income population rural region approved founded factors factor"
    " satisfaction_by_content commune.standard commune.advanced village.model".split()
)
TEXTS = st.sampled_from(
    "commune district village 1/2 3/2 1/0 0/0 95% 93,02% 0.95 48 -1 1e5 true false no"
    " null ~ north 2021 2021-12-31 31/12/2021 met 1/2=50% 190.113 nan".split()
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.dates()
    | st.datetimes()
    | st.text(max_size=5)
    | TEXTS
    | st.binary(max_size=2)
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(KEYS | st.text(max_size=3) | st.integers(), inner, max_size=6)
    ),
    max_leaves=25,
)
TOKENS = st.lists(
    KEYS
    | TEXTS
    | st.sampled_from([": ", "\n", "\n  ", "\n- ", "- ", "{", "}", "[", "]", ", "])
    | st.sampled_from(["'", '"', "&a ", "*a", "!t ", "---\n", "|\n", "# ", "<<: "])
    | st.text(max_size=3),
    max_size=40,
).map("".join)


def _settles(read: Any) -> Unit | None:
    """Read and bind: a unit, or an error that says something."""
    try:
        data = read()
        assert isinstance(data, UnitData)
        return bind(data, VOCABULARY)
    except FactError as error:
        told = (error.diagnostics, str(error))
    assert all(told)
    return None


@given(st.text() | TOKENS)
def test_any_text_gives_a_unit_or_an_error(text: str) -> None:
    """Nothing crashes."""
    _settles(lambda: parse_unit(text))


@given(ANYTHING)
def test_anything_from_python_gives_a_unit_or_an_error(value: Any) -> None:
    """Nothing crashes."""
    _settles(lambda: unit_data(value))


@given(st.dictionaries(KEYS, ANYTHING))
def test_any_mapping_gives_a_unit_or_an_error(mapping: dict[str, Any]) -> None:
    """Nothing crashes further inside, either."""
    _settles(lambda: unit_data({**mapping, "level": "district"}))


@given(st.dictionaries(KEYS, ANYTHING))
def test_any_facts_give_a_unit_or_an_error(facts: dict[str, Any]) -> None:
    """Nor with the facts."""
    _settles(lambda: unit_data({"level": "village", "facts": facts}))


# ── units that are all right ────────────────────────────────────────────────

WORDS = st.text("abcdefghijklmnopqrstuvwxyzăâđêôơư 0123456789", min_size=1, max_size=8)
COUNTS = st.integers(0, 10**12)
PERCENTS = st.decimals(0, 100, places=2).map(lambda value: f"{value}%")
SHARES = (
    st.tuples(COUNTS, COUNTS)
    .map(sorted)
    .map(lambda pair: f"{pair[0]}/{max(pair[1], 1)}")
    | PERCENTS
)
AMOUNTS = st.decimals(0, 10**9, places=3).map(str)


def _in_full(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return (
        values
        | st.none()
        | st.fixed_dictionaries(
            {"value": values | st.none()},
            optional={"source": WORDS, "on": st.dates().map(_recent)},
        )
    )


def _recent(day: Any) -> str:
    return str(day.replace(year=1900 + day.year % 200))


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "insured": _in_full(SHARES),
        "poor": _in_full(SHARES),
        "income": _in_full(AMOUNTS),
        "population": _in_full(COUNTS),
        "rural": _in_full(st.booleans()),
        "region": _in_full(st.sampled_from(["north", "centre", "south"])),
        "factor": _in_full(st.decimals(-(10**9), 10**9, places=5).map(str)),
        "satisfaction_by_content": st.lists(SHARES, max_size=3)
        | st.dictionaries(WORDS.map(lambda word: f"k{word}"), SHARES, max_size=3),
        "unheard_of": COUNTS,
    },
)
UNITS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"level": st.just("district")},
    optional={
        "name": WORDS,
        "facts": FACTS,
        "titles": st.none() | st.just({}) | st.just({"district.standard": 2020}),
        "history": st.dictionaries(st.integers(1990, 2020).map(str), FACTS, max_size=2),
        "communes": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "facts": FACTS,
                    "titles": st.dictionaries(
                        st.sampled_from(["commune.standard", "commune.model"]),
                        st.integers(2010, 2024),
                    ),
                    "attestations": st.just({"vn.x": {"1.1": "met"}}),
                },
            ),
            max_size=4,
        )
        | st.just({"total": 3, "hold": {"commune.standard": 2}}),
    },
)


def _shuffled(value: Any, order: random.Random) -> Any:
    """Put the keys of every mapping in another order."""
    if isinstance(value, list):
        return [_shuffled(item, order) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    order.shuffle(keys)
    return {key: _shuffled(value[key], order) for key in keys}


@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(
    mapping: dict[str, Any], order: random.Random
) -> None:
    """Neither what was given nor what was noticed."""
    first = bind(unit_data(mapping), VOCABULARY)
    second = bind(unit_data(_shuffled(mapping, order)), VOCABULARY)

    assert facts_hash(first) == facts_hash(second)
    assert sorted(map(str, first.findings)) == sorted(map(str, second.findings))


@given(UNITS)
def test_a_file_and_a_mapping_mean_the_same(mapping: dict[str, Any]) -> None:
    """JSON is YAML."""
    text = json.dumps(mapping, ensure_ascii=False)

    from_text = bind(parse_unit(text), VOCABULARY)
    from_python = bind(unit_data(mapping), VOCABULARY)

    assert facts_hash(from_text) == facts_hash(from_python)
    assert from_text.facts == from_python.facts


# ── numbers ─────────────────────────────────────────────────────────────────


@given(COUNTS, COUNTS, st.decimals(0, 100, places=3))
def test_a_share_decides_as_its_counts_do(
    part: int, whole: int, threshold: Decimal
) -> None:
    """Exactly on the threshold, just below, and anywhere else."""
    part, whole = sorted((part, whole + 1))
    wanted = Fraction(threshold) / 100

    share = fact("insured", f"{part}/{whole}")

    assert share == fact_python("insured", (part, whole))
    assert isinstance(share, Share)
    assert share.value is not None
    cross = part * wanted.denominator >= wanted.numerator * whole
    assert cross == (share.value >= wanted)


@given(st.decimals(0, 100, places=6))
def test_a_percentage_is_a_hundredth(percent: Decimal) -> None:
    """Of the decimal that was written."""
    share = fact("insured", f"{percent}%")

    assert Share(quotient(Fraction(percent), 100)) == share


WHOLE = st.integers(-3, 12) | st.integers(10**60 - 2, 10**60 + 1)
NUMBERS = st.from_regex(r"\A[+-]?[0-9]{1,8}(_[0-9]{1,3})?(\.[0-9]{1,8})?\Z")


@given(NUMBERS | st.from_regex(r"\A[0-9]{58,61}\Z"), st.integers(1, 10**9))
def test_the_quick_number_is_the_number(text: str, times: int) -> None:
    """Scaled like the slow one."""
    try:
        slow = read_number(text)
    except OverflowError:
        slow = None
    if slow is None:
        return

    assert quotient(slow * times, 100) == scaled(text, times, 100)
    assert type(quotient(slow * times, 100)) is type(scaled(text, times, 100))


def _share(text: str) -> object:
    try:
        return read_share(Scalar(text), PERSON, may_exceed=False)
    except RefusedError as error:
        return error.reason


@given(
    st.from_regex(r"\A[0-9]{0,5}(\.[0-9]{0,3})?%?\Z")
    | st.from_regex(r"\A[0-9]{0,5}/[0-9]{0,5}( = [0-9]{1,2}%)?\Z")
    | st.text("0123456789./%=-+_ ٣²", max_size=12)
)
def test_the_quick_share_is_the_share(text: str) -> None:
    """A blank in front makes the reader go the long way."""
    assert _share(text) == _share(f" {text}")


@given(
    st.sampled_from([name for name in VOCABULARY.facts if name != "villages_only"]),
    st.booleans() | WHOLE | st.tuples(WHOLE, WHOLE),
)
def test_the_quick_value_is_the_value(name: str, raw: Any) -> None:
    """A plain value of Python comes to the same the long way, or is left to it."""
    kind = VOCABULARY.facts[name].type
    quick = quick_fact(raw, kind)
    if quick is None:
        return
    scalar = Scalar(raw)
    slow = ValueReader(VOCABULARY).read_one(scalar, VOCABULARY.facts[name], kind)

    assert Given(slow, written(scalar)) == quick  # type: ignore[arg-type]  # it is read
    assert type(slow) is type(quick.value)


@given(st.decimals(0, 10**12, places=6))
def test_an_amount_is_exact(amount: Decimal) -> None:
    """In whatever scale it was written."""
    wanted: Exact = quotient(Fraction(amount) * 1_000_000, 1)

    assert wanted == fact("income", str(amount))
    assert wanted == fact_python("income", amount)
    assert wanted == fact("income", f"{amount} million VND/person")
    assert wanted == fact("income", f"'{amount * 1000:f} thousand VND/person'")


FACTS = st.dictionaries(
    st.sampled_from([*VOCABULARY.facts, "unheard_of"]),
    st.none() | st.booleans() | WHOLE | TEXTS | LEAVES | st.tuples(WHOLE, WHOLE),
    max_size=4,
)
KNOWN = st.sampled_from(["", "a", "b", "Xã Phú Túc", "Xa\u0303", "\u200b"])
INSIDE = st.fixed_dictionaries(
    {}, optional={"id": KNOWN, "name": KNOWN | LEAVES, "facts": FACTS}
)
PLAIN_UNITS = st.fixed_dictionaries(
    {"level": st.just("commune")},
    optional={
        "id": KNOWN,
        "name": KNOWN,
        "as_of": st.dates() | LEAVES,
        "facts": FACTS,
        "villages": st.lists(INSIDE, max_size=3),
        "communes": st.lists(INSIDE, max_size=1),
    },
)


def _parts(unit: Unit) -> tuple[Any, ...]:
    """Give all that a unit holds, for comparing."""
    inside = {
        plural: known if isinstance(known, Counts) else [_parts(one) for one in known]
        for plural, known in unit.collections.items()
    }
    named = (unit.level, unit.id, unit.name, unit.as_of, unit.titles, unit.span)
    records = (dict(unit.history), dict(unit.attestations), unit.findings)
    return (*named, dict(unit.facts), inside, *records)


@given(PLAIN_UNITS)
def test_what_is_read_at_once_is_what_is_read_the_long_way(
    unit: dict[str, Any],
) -> None:
    """Where anything is to be said, it is left to the long way."""
    read = direct(unit, VOCABULARY)
    if read is None:
        return

    assert _parts(bind(unit_data(unit), VOCABULARY, strict=True)) == _parts(read)
