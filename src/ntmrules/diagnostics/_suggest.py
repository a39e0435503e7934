"""Did you mean …: the declared names nearest to a misspelt one."""

from __future__ import annotations

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
    import difflib  # a name is misspelt seldom, and not while importing

    by_fold: dict[str, list[str]] = {}
    for candidate in sorted(set(declared)):
        by_fold.setdefault(fold(candidate), []).append(candidate)
    folded = fold(name)[:200]
    close = difflib.get_close_matches(folded, by_fold, n=MOST_SUGGESTIONS, cutoff=0.7)
    likeness = [difflib.SequenceMatcher(None, key, folded).ratio() for key in close]
    # Those that are much less alike than the nearest only distract from it.
    found = [
        candidate
        for key, ratio in zip(close, likeness, strict=True)
        if 10 * (likeness[0] - ratio) <= 1
        for candidate in by_fold[key]
    ]
    return tuple(found[:MOST_SUGGESTIONS])
