"""What an assessment rested on."""

from __future__ import annotations

import datetime
import json

import pytest

from ntmrules._version import LANGUAGE_VERSION, __version__
from ntmrules.assessment import Receipt
from ntmrules.assessment import assess as wrap
from ntmrules.errors import FactError
from tests.unit.assessment.assessed import assess, facts


OTHER = """\
ruleset test.other
  name  "Bộ khác"
  for   district
  basis "1/QĐ" dated 2020-01-01
  in force from 2020-01-01 to 2030-12-31
use test.facts
criterion 1 "A": market
"""


def _receipt(criteria: str = 'criterion 1 "A": market') -> Receipt:
    return assess(criteria, facts(market=True), more={"other.ntm": OTHER}).receipt


def test_what_it_says() -> None:
    """Ruleset and version, date, versions of language and library."""
    receipt = _receipt()

    assert ("test.case", datetime.date(2021, 1, 5)) == (
        receipt.ruleset,
        receipt.version,
    )
    assert datetime.date(2024, 12, 31) == receipt.as_of
    assert (LANGUAGE_VERSION, __version__) == (
        receipt.language_version,
        receipt.library_version,
    )
    assert not receipt.accept_unverified
    assert 64 == len(receipt.content_hash)
    assert () == receipt.references


def test_it_names_what_is_referred_to() -> None:
    """The other ruleset decides too, so its text counts."""
    receipt = _receipt('criterion 1 "A": all of criteria of test.other')

    assert ["test.other"] == [source.ruleset for source in receipt.references]
    assert all(64 == len(source.content_hash) for source in receipt.references)


def test_there_and_back() -> None:
    """Through JSON it is the same receipt."""
    receipt = _receipt('criterion 1 "A": all of criteria of test.other')
    text = json.dumps(receipt.to_dict())

    assert receipt == Receipt.from_dict(json.loads(text))
    assert () == receipt.differences(Receipt.from_dict(json.loads(text)))


def test_differences_are_named() -> None:
    """By field."""
    one, two = _receipt(), _receipt('criterion 1 "A": market and market')

    assert ("content_hash",) == one.differences(two)


def test_the_fingerprint_of_the_facts() -> None:
    """It is taken when it is asked for, by whoever knows how."""
    trace = assess('criterion 1 "A": market').trace
    taken = wrap(trace, accept_unverified=True, facts_hash=lambda unit: unit.id * 3)

    assert "ddd" == taken.receipt.facts_hash
    assert wrap(trace, accept_unverified=False).receipt.facts_hash is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema": "other"}, "ntmrules/receipt/1"),
        ({"ruleset": None}, "`ruleset`|ruleset must be"),
        ({"version": "yesterday"}, "yesterday"),
        ({"accept_unverified": "no"}, "true or false"),
        ({"references": {}}, "a list"),
        ({"references": [1]}, "a mapping"),
    ],
)
def test_what_is_no_receipt(change: dict[str, object], words: str) -> None:
    """The complaint names the field."""
    data = {**_receipt().to_dict(), **change}

    with pytest.raises(FactError, match=words):
        Receipt.from_dict(data)


def test_a_field_that_is_not_there() -> None:
    """It is named, and a receipt that is no mapping is refused."""
    data = _receipt().to_dict()
    del data["as_of"]

    with pytest.raises(FactError, match="as_of"):
        Receipt.from_dict(data)
    with pytest.raises(FactError, match="mapping"):
        Receipt.from_dict("receipt")
