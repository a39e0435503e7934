"""What a file may hold, and how much of it."""

from __future__ import annotations

import functools
import re
from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.source import UNSEEN, Span
from ntmrules.text import Fill, Text


MAX_UNIT_BYTES = 20_000_000
"""The most bytes that a YAML file may have."""

MAX_YAML_DEPTH = 32
"""How many lists and mappings may lie inside each other."""

MAX_YAML_NODES = 1_000_000
"""The most values, keys, lists and mappings in one file."""

MAX_SCALAR = 100_000
"""The most characters in one value or key."""

# What YAML allows in a file, without the byte-order mark inside it.

MAX_PROBLEMS = 1_000
"""How many errors are gathered before reading stops."""

_LIMITS = MappingProxyType(
    {
        "MAX_UNIT_BYTES": (
            MAX_UNIT_BYTES,
            Text("the size of the file in bytes", "kích thước tệp tính theo byte"),
        ),
        "MAX_YAML_DEPTH": (MAX_YAML_DEPTH, Text("the nesting", "độ sâu lồng nhau")),
        "MAX_YAML_NODES": (
            MAX_YAML_NODES,
            Text("the number of values", "số giá trị"),
        ),
        "MAX_SCALAR": (
            MAX_SCALAR,
            Text("the length of this text", "độ dài đoạn chữ này"),
        ),
        "MAX_PROBLEMS": (MAX_PROBLEMS, Text("the number of errors", "số lỗi")),
    }
)

MAX_PROBLEMS = 1_000
"""How many problems are gathered before reading stops."""


@functools.cache
def forbidden_characters() -> re.Pattern[str]:
    """
    Give what finds a character that may stand neither in a file nor in a value.

    These are those that YAML does not allow, and those that nobody sees.
    The pattern takes a while to compile, so it is when the first text is read.
    """
    return re.compile(
        f"[{UNSEEN}]|[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd"
        "\U00010000-\U0010ffff]"
    )


def passed(name: str, found: int, span: Span | None, place: str = "") -> Diagnostic:
    """Say that the limit called *name* was passed."""
    limit, what = _LIMITS[name]
    values: dict[str, Fill] = {
        "what": what,
        "found": found,
        "limit": limit,
        "name": name,
    }
    return Diagnostic(codes.YAML_LIMIT, span, values, place=place)


def forbidden(text: str, span: Span | None, place: str = "") -> Diagnostic | None:
    """Complain of the first character of *text* that may not stand there."""
    found = forbidden_characters().search(text)
    if found is None:
        return None
    character = {"character": f"U+{ord(found[0]):04X}"}
    return Diagnostic(codes.FORBIDDEN_CHARACTER, span, character, place=place)
