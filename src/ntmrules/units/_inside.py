"""
What lies inside a unit: each level in one place, and units that can be told apart.

Source: engine.md section 2.
"""

from __future__ import annotations

import unicodedata

from ntmrules._yaml import Node, Scalar, Sequence, Table
from ntmrules.diagnostics import Help, Note, codes
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.units._complaints import Complaints, is_absent, join


_NONE: frozenset[str] = frozenset()
_FIRST = Text("the first is here", "đơn vị thứ nhất ở đây")
_ONE_PLACE = Help(
    Text(
        "list them in one place: right here, or inside those in between",
        "ghi ở một nơi: ngay tại đây, hoặc bên trong các đơn vị ở giữa",
    )
)
_GIVE_IDS = Help(
    Text(
        "remove one if they are the same; if not, give each an `id`",
        "nếu là một thì bỏ bớt; nếu không thì ghi `id` cho từng đơn vị",
    )
)


def same_text(text: str) -> str:
    """Give what people see of a name: spaces and widths of letters make no other."""
    if text.isascii() and " " not in text:
        return text
    return " ".join(unicodedata.normalize("NFKC", text).split())


class InsideReader:
    """Looks through everything that lies inside one unit."""

    def __init__(self, vocabulary: Vocabulary, complaints: Complaints) -> None:
        self._plurals = {level.plural for level in vocabulary.levels.values()}
        self._complaints = complaints

    def check(self, unit: Table, path: str) -> frozenset[str]:
        """
        Complain of what is listed twice, and give the plurals listed at any depth.

        Of two lists of one level, one would be passed over without a word.
        """
        own: list[str] = []
        inside: dict[str, frozenset[str]] = {}
        for key, node in unit.entries.items():
            if key not in self._plurals or is_absent(node):
                continue
            own.append(key)
            if isinstance(node, Sequence):
                inside[key] = self._among(node, key, join(path, key))
        if not own:
            return _NONE
        for key in own:
            around = next((one for one, found in inside.items() if key in found), "")
            if around:
                self._complaints.add(
                    codes.LISTED_TWICE,
                    unit.keys.get(key),
                    join(path, key),
                    advice=_ONE_PLACE,
                    plural=key,
                    around=around,
                )
        return frozenset(own).union(*inside.values())

    def _among(self, units: Sequence, plural: str, path: str) -> frozenset[str]:
        found: set[str] = set()
        names: dict[str, Span | None] = {}
        for index, unit in enumerate(units.items):
            if not isinstance(unit, Table):
                continue
            # Most units have nothing inside.
            if not self._plurals.isdisjoint(unit.entries):
                found |= self.check(unit, join(path, index))
            name = _only_name(unit) if "name" in unit.entries else None
            if name is None:
                continue
            if name not in names:
                names[name] = unit.entries["name"].span
                continue
            first = names[name]
            self._complaints.add(
                codes.SAME_NAME,
                unit.entries["name"],
                join(join(path, index), "name"),
                notes=() if first is None else (Note(_FIRST, first),),
                advice=_GIVE_IDS,
                name=name[:100],
                plural=plural,
            )
        return frozenset(found)


def _only_name(unit: Table) -> str | None:
    """Give the name of a unit that has no code."""
    code: Node | None = unit.entries.get("id")
    name = unit.entries.get("name")
    if (code is not None and not is_absent(code)) or not isinstance(name, Scalar):
        return None
    value = name.value
    return same_text(value) or None if isinstance(value, str) else None
