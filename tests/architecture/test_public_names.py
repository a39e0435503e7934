"""The names that callers may rely on."""

from __future__ import annotations

import inspect
from pathlib import Path

import ntmrules


NAMES = Path(__file__).parent / "public_names.txt"


def _kind_then_name(name: str) -> tuple[int, str]:
    """Sort as ruff does: constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_public_names_are_the_listed_ones() -> None:
    """A name comes and goes by a change to public_names.txt, seen in review."""
    assert NAMES.read_text(encoding="utf-8").split() == list(ntmrules.__all__)


def test_public_names_are_sorted() -> None:
    """So that two changes seldom touch the same line."""
    assert sorted(ntmrules.__all__, key=_kind_then_name) == list(ntmrules.__all__)


def test_public_names_are_documented() -> None:
    """Every public class and function, and every public method, says what it does."""
    silent = []
    for name in ntmrules.__all__:
        value = getattr(ntmrules, name)
        if inspect.isclass(value):
            silent += [
                f"{name}.{inner}"
                for inner, method in vars(value).items()
                if not inner.startswith("_")
                and (inspect.isfunction(method) or isinstance(method, property))
                and not inspect.getdoc(method)
            ]
        if (inspect.isclass(value) or callable(value)) and not value.__doc__:
            silent.append(name)

    assert [] == silent
