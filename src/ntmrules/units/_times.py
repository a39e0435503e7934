"""Dates and years of units."""

from __future__ import annotations

import datetime
import re

from ntmrules._yaml import Node, Scalar
from ntmrules.diagnostics import Edit, Help
from ntmrules.model.unit import When
from ntmrules.text import Text
from ntmrules.units._complaints import Complaints, write, written


FIRST_YEAR = 1900
LAST_YEAR = 2200

A_DATE = Text(
    "a date between 1900 and 2200 such as `2021-12-31`",
    "một ngày trong các năm 1900 đến 2200 như `2021-12-31`",
)
A_YEAR = Text(
    "a year between 1900 and 2200 such as `2021`",
    "một năm từ 1900 đến 2200 như `2021`",
)
_EITHER = Text(
    "a year or a date, `2021` or `2021-12-31`",
    "một năm hoặc một ngày, `2021` hoặc `2021-12-31`",
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_DAY_FIRST = re.compile(r"\s*(\d\d?)[/.-](\d\d?)[/.-](\d{4})\s*", re.ASCII)


def read_date(scalar: Scalar) -> datetime.date | None:
    """Read a date of the calendar, or give `None`."""
    value = scalar.value
    if isinstance(value, str):
        if not _ISO.fullmatch(value):
            return None
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            return None
    # A time of day never gets into the tree, see `_python`.
    if not isinstance(value, datetime.date):
        return None
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else None


def read_year(scalar: Scalar) -> int | None:
    """Read a year, or give `None`."""
    value = scalar.value
    if isinstance(value, str) and _YEAR.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def advise_date(scalar: Scalar) -> Help | None:
    """Turn ``31/12/2021`` around."""
    match = _DAY_FIRST.fullmatch(written(scalar))
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    text = f"{year:04}-{month:02}-{day:02}"
    if read_date(Scalar(text)) is None:
        return None
    advice = write(text)
    edit = Edit(scalar.span, text) if scalar.span else None
    return Help(advice.text, advice.values, edit)


def take_date(
    node: Node | None, path: str, owner: str, complaints: Complaints
) -> datetime.date | None:
    """Read a date that may be absent, and complain of anything else."""
    if node is None or (isinstance(node, Scalar) and node.absent):
        return None
    date = read_date(node) if isinstance(node, Scalar) else None
    if date is None:
        advice = advise_date(node) if isinstance(node, Scalar) else None
        complaints.shape(node, path, owner, A_DATE, advice)
    return date


def take_when(node: Node, path: str, owner: str, complaints: Complaints) -> When | None:
    """Read a year or a date, and complain of anything else."""
    when: When | None = None
    if isinstance(node, Scalar):
        when = read_year(node) or read_date(node)
    if when is None:
        advice = advise_date(node) if isinstance(node, Scalar) else None
        complaints.shape(node, path, owner, _EITHER, advice)
    return when
