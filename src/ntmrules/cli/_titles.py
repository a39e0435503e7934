"""What to say of a ruleset in a heading: level, dates, title, instrument."""

from __future__ import annotations

from ntmrules import Ruleset
from ntmrules.model.ruleset import Instrument
from ntmrules.model.vocabulary import Title
from ntmrules.text import Fill, Language, Text


_FROM_TO = Text("{start}–{end}", "{start}–{end}")
_FROM = Text("from {start}", "từ {start}")
_STATUS = {
    "draft": Text("draft", "dự thảo"),
    "pending": Text("pending", "chưa ban hành"),
}
_GRANTS = Text("grants {title}", "công nhận {title}")
_REVOKES = Text("revokes {title}", "thu hồi {title}")
_LEVEL = Text("for a {level}", "cấp {level}")
_DATED = Text(" of {date}", " ngày {date}")


def level_text(ruleset: Ruleset, language: Language) -> str:
    """Say which level it assesses."""
    label = ruleset.level.label.fill(language, {})
    return _LEVEL.fill(language, {"level": label[:1].lower() + label[1:]})


def confers_text(ruleset: Ruleset, language: Language) -> str:
    """Say which title it grants or revokes; nothing if none."""
    confers = ruleset.confers
    if confers is None:
        return ""
    template = _REVOKES if confers.revokes else _GRANTS
    return template.fill(language, {"title": _title(confers.title)})


def _title(title: Title) -> Text:
    """Name a title: in Vietnamese by its label, where it has one."""
    return Text(title.name, title.label.vi or title.name)


def dates_text(ruleset: Ruleset, language: Language) -> str:
    """Say when it is in force, and that it is a draft if it is one."""
    template = _FROM if ruleset.end is None else _FROM_TO
    values: dict[str, Fill] = {"start": ruleset.start}
    if ruleset.end is not None:
        values["end"] = ruleset.end
    said = template.fill(language, values)
    status = _STATUS.get(ruleset.status)
    return said if status is None else f"{said} ({status.fill(language, {})})"


def instrument_text(instrument: Instrument, language: Language) -> str:
    """Name an instrument, with its date and issuer if they are said."""
    said = instrument.number
    if instrument.dated is not None:
        said += _DATED.fill(language, {"date": instrument.dated})
    return f"{said}, {instrument.issuer}" if instrument.issuer else said
