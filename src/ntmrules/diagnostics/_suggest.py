"""Did you mean …: the declared names nearest to a misspelt one."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


MOST_SUGGESTIONS = 5


def fold(name: str) -> str:
    """Write a name in lower case without tone marks, and ``đ`` as ``d``."""
    plain = unicodedata.normalize("NFD", name.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return kept.replace("đ", "d").replace("-", "_")


def nearest(name: str, declared: Iterable[str]) -> tuple[str, ...]:
    """
    Give the declared names near *name*, nearest first, at most five.

    Tone marks, case and ``-``/``_`` do not count.
    """
    by_fold: dict[str, list[str]] = {}
    for candidate in sorted(set(declared)):
        by_fold.setdefault(fold(candidate), []).append(candidate)
    close = difflib.get_close_matches(
        fold(name)[:200], by_fold, n=MOST_SUGGESTIONS, cutoff=0.7
    )
    found = [candidate for key in close for candidate in by_fold[key]]
    return tuple(found[:MOST_SUGGESTIONS])
