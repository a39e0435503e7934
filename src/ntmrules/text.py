"""Sentences that exist in Vietnamese and in English, and are filled in later."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

import attrs


class Language(enum.Enum):
    """A language in which people are addressed."""

    VI = "vi"
    EN = "en"


@attrs.frozen
class Text:
    """
    One sentence in both languages, with named holes such as ``{name}``.

    A hole is filled with text, a whole number, a date, or another `Text`, which is
    then put in the same language.  A date is 2021-12-31 in English and 31/12/2021 in
    Vietnamese; one that people are to type is given as text.
    """

    en: str
    vi: str

    def fill(self, language: Language, values: Mapping[str, Fill]) -> str:
        """Write the sentence in *language*, its holes filled from *values*."""
        template = self.vi if language is Language.VI else self.en
        filled = {name: _worded(value, language) for name, value in values.items()}
        return template.format_map(filled) if filled else template


Fill = str | int | datetime.date | Text


def _worded(value: Fill, language: Language) -> str | int:
    match value:
        case Text():
            return value.fill(language, {})
        case datetime.date():
            return date_text(value, language)
        case _:
            return value


def date_text(date: datetime.date, language: Language) -> str:
    """Write a date: 31/12/2021 in Vietnamese, 2021-12-31 in English."""
    if language is Language.VI:
        return f"{date.day:02}/{date.month:02}/{date.year:04}"
    return date.isoformat()


def figure(plain: str) -> Text:
    """Put a plain number such as ``94.55%`` in a sentence: ``94,55%`` in Vietnamese."""
    return Text(plain, plain.replace(".", ","))
