"""Everything that what is missing could be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.oracle.people import Missing


def outcomes(read: Callable[[dict[Any, Any]], str], most: int) -> frozenset[str] | None:
    """
    Read under all completions; `None` if there are more than *most*.

    Args:
        read: Reads under answers to questions, or raises the next question.
        most: How many completions are looked at.
    """
    found: list[str] = []
    waiting: list[dict[Any, Any]] = [{}]
    while waiting:
        if len(found) + len(waiting) > most:
            return None
        answers = waiting.pop()
        try:
            found.append(read(answers))
        except Missing as missing:
            waiting += [{**answers, missing.question: one} for one in missing.answers]
    return frozenset(found)
