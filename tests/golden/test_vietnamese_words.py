"""
What people read in Vietnamese is Vietnamese.

Every diagnostic under ``messages`` stands there in English and in Vietnamese.  A word
that is in both came through untranslated, unless it is a name, or is in quotes: what
people have written, or are to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars
import pytest

import ntmrules
from ntmrules.text import Language
from tests.golden.test_bad_files import BESIDE, DATE, MESSAGES, RULESET


_SAID = re.compile(
    r"^(?:[^\W\d]+(?: \w+)?\[NTM\d{3}\]: | += (?:\w+(?: \w+)?): | +::: \S+: )(.*)$"
)
_QUOTED = re.compile(
    r"`[^`]*`|“[^”]*”|\{.*\}|[\w.-]+\.ntm(?::\d+)*|\bvn\.[\w.]+|chỉ tiêu [\d.]+"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_POINT = re.compile(r"\d\.\d(?!\d\d\b)")
_NAMES = frozenset("ntmrules YAML UTF byte JSON CSV xE xBF".split())
"""Names, and what is called the same in both languages."""
_VIETNAMESE = frozenset({"so"})
"""Vietnamese words that are spelt as English ones."""
_ENGLISH = frozenset(
    """
    the an and or of is are was were has have had must may not with without which
    this these those from into than least most only there here where when what
    missing column row table file unit fact share count number between
    commune communes district districts village villages province person persons
    household households text date year years
    """.split()
)


def _said(text: str) -> Iterator[str]:
    """Give the sentences of diagnostics, their quotes left out."""
    for line in text.splitlines():
        found = _SAID.match(line)
        if found and "ntmrules explain" not in line:
            yield _QUOTED.sub("`", found[1])


def _foreign(english: str, vietnamese: str) -> list[str]:
    words = set(_WORD.findall(vietnamese))
    same = words & set(_WORD.findall(english)) - _VIETNAMESE
    plain = {word for word in words if word.isascii()}
    left = sorted((same & plain | words & _ENGLISH) - _NAMES)
    return left + _ISO_DATE.findall(vietnamese) + _POINT.findall(vietnamese)


@pytest.mark.parametrize(
    "path",
    sorted(MESSAGES.rglob("*.txt")),
    ids=lambda path: path.relative_to(MESSAGES).with_suffix("").as_posix(),
)
def test_no_english_in_vietnamese(path: Path) -> None:
    """No English word, ISO date or decimal point stands outside quotes."""
    english, vietnamese = path.read_text("utf-8").split("──── vi ────")
    pairs = list(zip(_said(english), _said(vietnamese), strict=True))

    assert pairs, "no sentence was found"
    assert [] == [(there, bad) for en, there in pairs if (bad := _foreign(en, there))]


@pytest.mark.parametrize(
    "vietnamese",
    ["đếm households", "ngày 2020-12-31", "đạt 94.55% số hộ", "`a` and `b`"],
)
def test_the_check_sees_what_it_looks_for(vietnamese: str) -> None:
    """A check that finds nothing may be blind."""
    assert _foreign("", vietnamese)
    assert not _foreign(
        "counts 4800 on 2020-12-31", "đếm 4.800 ngày 31/12/2020, 94,55%"
    )


def test_what_is_said_of_a_frame() -> None:
    """Columns that cannot be taken are complained of in Vietnamese too."""
    frame = polars.DataFrame(
        {"id": ["a"], "insured": [0.95], "rural": ["x"], "crimes": [-1]}
    )
    asked = RULESET.replace("insured >= 95%", "insured >= 95% and rural and crimes = 0")
    ruleset = ntmrules.loads(asked.format(level="commune"), files=BESIDE)

    with pytest.raises(ntmrules.FactError) as raised:
        ntmrules.evaluate_frame(ruleset, frame, as_of=DATE)

    said = [
        tuple(_QUOTED.sub("`", one.message_in(language)) for language in Language)
        for one in raised.value.diagnostics
    ]
    assert len(said) > 2
    assert [] == [(vi, bad) for vi, en in said if (bad := _foreign(en, vi))]
