"""The two trees are values."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import attrs

from tests.architecture.source_tree import modules


def _nodes() -> Iterator[type]:
    """Give every attrs class that a module of the two trees defines."""
    for module in modules():
        if module.part in {"syntax", "model"}:
            for value in vars(importlib.import_module(module.name)).values():
                if (
                    isinstance(value, type)
                    and value.__module__ == module.name
                    and attrs.has(value)
                ):
                    yield value


def _loose(node: type) -> bool:
    properties = attrs.inspect(node)
    frozen = properties.is_frozen and properties.is_slotted
    return not frozen or any("__dict__" in vars(base) for base in node.__mro__)


def test_nodes_are_frozen_and_slotted() -> None:
    """A node never changes after it was built, and has no attribute but its fields."""
    assert [] == [f"{n.__module__}.{n.__name__}" for n in _nodes() if _loose(n)]


def test_a_loose_node_is_seen() -> None:
    """One that is not frozen, one without slots, one with a base without slots."""

    @attrs.define
    class Changes: ...

    @attrs.frozen(slots=False)
    class Open: ...

    class Base: ...

    @attrs.frozen
    class Derived(Base): ...

    assert [True, True, True] == [_loose(node) for node in (Changes, Open, Derived)]
