"""A small vocabulary for the tests of units, like that of the conformance cases."""

from __future__ import annotations

from types import MappingProxyType

from ntmrules.measure import Measure
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    Enum,
    EnumType,
    ListType,
    Noun,
    NumberType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.vocabulary import Fact, Level, Title, Vocabulary
from ntmrules.source import SourceFile, Span
from ntmrules.text import Text


HERE = Span(SourceFile("vocabulary.ntm", ""), 0, 0)


def _noun(name: str, plural: str = "") -> Noun:
    return Noun(name, plural or name, Text(name, name))


def _level(name: str, plural: str, parent: str | None) -> Level:
    return Level(name, plural, parent, Text(name, name), span=HERE)


def _title(name: str, above: str | None = None) -> Title:
    return Title(name, above, Text(name, name), span=HERE)


PERSON = _noun("person", "persons")
KM = _noun("km")
PRODUCT = _noun("product", "products")
NOUNS = (PERSON, KM, PRODUCT, _noun("VND"), _noun("ha"), _noun("m2"))
REGION = Enum(
    "region",
    tuple((name, Text(name, name)) for name in ("north", "centre", "south")),
    ordered=False,
)
PER_PERSON = Measure((("VND", 1), ("person", -1)), 1_000_000, "million VND/person")
PER_HECTARE = Measure((("VND", 1), ("ha", -1)), 1_000_000, "million VND/ha")
GREEN = Measure((("m2", 1), ("person", -1)), 1, "m2/person")
AREA = Measure((("ha", 1),), 1, "ha")


def _facts() -> dict[str, Fact]:
    kinds: dict[str, Type] = {
        "region": EnumType(REGION),
        "rural": Condition(),
        "insured": ShareType(PERSON),
        "sorting": ShareType(PERSON),
        "poor": ShareType(PERSON),
        "paved": ShareType(KM),
        "fulfilment": ShareType(PRODUCT),
        "satisfaction_by_content": ListType(ShareType(PERSON)),
        "income": AmountType(PER_PERSON),
        "land_value": AmountType(PER_HECTARE),
        "land": AmountType(AREA),
        "green": AmountType(GREEN),
        "population": CountType(PERSON),
        "crimes": CountType(PERSON),
        "factor": NumberType(),
        "factors": ListType(NumberType()),
        "approved": DateType(),
        "founded": YearType(),
        "villages_only": CountType(PERSON),
    }
    levels = {"villages_only": ("village",)}
    return {
        name: Fact(
            name,
            kind,
            Text(name, name),
            levels.get(name, ()),
            may_exceed=name == "fulfilment",
            span=HERE,
        )
        for name, kind in kinds.items()
    }


LEVELS = (
    _level("province", "provinces", None),
    _level("district", "districts", "province"),
    _level("commune", "communes", "district"),
    _level("village", "villages", "commune"),
)
TITLES = (
    _title("district.standard"),
    _title("commune.standard"),
    _title("commune.advanced", "commune.standard"),
    _title("commune.model", "commune.advanced"),
    _title("village.model"),
)
VOCABULARY = Vocabulary(
    "test.facts",
    MappingProxyType({noun.name: noun for noun in NOUNS}),
    MappingProxyType({level.name: level for level in LEVELS}),
    MappingProxyType({title.name: title for title in TITLES}),
    MappingProxyType({"region": REGION}),
    MappingProxyType(_facts()),
)
