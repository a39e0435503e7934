"""Sentences that exist in Vietnamese and in English, and are filled in later."""

from __future__ import annotations

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

    A hole is filled with text, a whole number, or another `Text`, which is then
    put in the same language.
    """

    en: str
    vi: str

    def fill(self, language: Language, values: Mapping[str, Fill]) -> str:
        """Write the sentence in *language*, its holes filled from *values*."""
        template = self.vi if language is Language.VI else self.en
        filled = {
            name: value.fill(language, {}) if isinstance(value, Text) else value
            for name, value in values.items()
        }
        return template.format_map(filled) if filled else template


Fill = str | int | Text
