"""Chains such as of titles above titles: no circles, and not without end."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.define
class Chains:
    """
    What is wrong with the chains of one kind of names.

    Attributes:
        circles: By the name whose link closes a circle: the names around it.
        too_long: The names at which a chain becomes longer than it may.
    """

    circles: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    too_long: list[str] = attrs.field(factory=list)

    @property
    def cut(self) -> set[str]:
        """The names whose link must go, so that every chain ends."""
        return {*self.circles, *self.too_long}


def follow(above: Mapping[str, str | None], longest: int) -> Chains:
    """Follow every chain once; *longest* is how many links it may have."""
    found = Chains()
    lengths: dict[str, int] = {}
    for first in above:
        path: dict[str, None] = {}
        name: str | None = first
        while name is not None and name in above and name not in lengths:
            if name in path:
                around = [*path][[*path].index(name) :]
                found.circles[around[-1]] = (*around, name)
                break
            path[name] = None
            name = above[name]
        for passed in reversed(path):
            next_one = above[passed]
            ends = next_one is None or passed in found.circles
            lengths[passed] = 0 if ends else lengths.get(next_one or "", 0) + 1
            if lengths[passed] > longest:
                found.too_long.append(passed)
                lengths[passed] = 0
    return found
