"""
What can be measured: levels, titles, units, enums and facts.

Source: language.md section 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ntmrules.model.types import Enum, Noun, Type
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.tree import Tree


@attrs.frozen(repr=False, eq=False)
class Level(Tree):
    """
    A kind of unit such as commune.

    Attributes:
        parent: The name of the level above, or `None` at the top.
    """

    name: str
    plural: str
    parent: str | None
    label: Text
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)


@attrs.frozen(repr=False, eq=False)
class Title(Tree):
    """
    A title that units of one level earn.

    Attributes:
        name: A dotted path; its first part is the level.
        above: The title that holding this one implies, or `None`.
    """

    name: str
    above: str | None
    label: Text
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)

    @property
    def level(self) -> str:
        """The name of the level whose units hold it."""
        return self.name.partition(".")[0]


@attrs.frozen(repr=False, eq=False)
class Fact(Tree):
    """
    Something that is measured.

    Attributes:
        levels: The levels at which it may be given; empty for any.
        sums_up: Whether a unit without its own value takes the total of its
            sub-units.
        may_exceed: Whether a share may exceed 100%.
    """

    name: str
    type: Type
    label: Text
    levels: tuple[str, ...] = ()
    sums_up: bool = False
    may_exceed: bool = False
    basis: str = ""
    notes: tuple[str, ...] = ()
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)


@attrs.frozen(eq=False)
class Vocabulary:
    """
    The declarations that a ruleset can use, those of used vocabularies included.

    Attributes:
        name: Its id, such as ``vn.facts``.
        nouns: Units that are counted or measured, by singular name.
        levels: By name.
        titles: By name.
        enums: By name.
        facts: By name.
    """

    name: str
    nouns: Mapping[str, Noun]
    levels: Mapping[str, Level]
    titles: Mapping[str, Title]
    enums: Mapping[str, Enum]
    facts: Mapping[str, Fact]
    _summed: Mapping[str, Fact] = attrs.field(init=False, repr=False)
    _plurals: Mapping[str, Level] = attrs.field(init=False, repr=False)
    _implying: Mapping[str, tuple[str, ...]] = attrs.field(init=False, repr=False)

    @_summed.default
    def _facts_that_sum_up(self) -> Mapping[str, Fact]:
        return {name: fact for name, fact in self.facts.items() if fact.sums_up}

    @_plurals.default
    def _levels_by_plural(self) -> Mapping[str, Level]:
        return {level.plural: level for level in self.levels.values()}

    @_implying.default
    def _titles_by_implied(self) -> Mapping[str, tuple[str, ...]]:
        implying: dict[str, list[str]] = {}
        for title in self.titles:
            for implied in self.implied(title):
                implying.setdefault(implied, []).append(title)
        return {title: tuple(names) for title, names in implying.items()}

    @property
    def summed(self) -> Mapping[str, Fact]:
        """The facts that sum up, by name."""
        return self._summed

    def level_of_plural(self, plural: str) -> Level | None:
        """Find a level by its plural."""
        return self._plurals.get(plural)

    def implied(self, title: str) -> Iterator[str]:
        """Give *title* and every title that holding it implies, downwards."""
        seen = set()
        name: str | None = title
        while name is not None and name in self.titles and name not in seen:
            seen.add(name)
            yield name
            name = self.titles[name].above

    def ordered(self, title: str) -> tuple[tuple[str, str], ...]:
        """
        Give the pairs of a higher and a lower title among those that bear on *title*.

        Of the lower one there are never fewer holders than of the higher.
        """
        related = {*self.implying(title), *self.implied(title)}
        return tuple(
            (higher, lower)
            for higher in sorted(related)
            for lower in self.implied(higher)
            if lower in related and lower != higher
        )

    def implying(self, title: str) -> tuple[str, ...]:
        """Give *title* and every title whose holding implies it."""
        return self._implying.get(title, (title,))

    def is_below(self, level: str, above: str) -> bool:
        """Tell whether units of *level* lie inside units of *above*."""
        return above in self.ancestors(level)

    def ancestors(self, level: str) -> tuple[str, ...]:
        """Give the levels above *level*, nearest first."""
        found: list[str] = []
        parent = self.levels[level].parent
        while parent is not None and parent in self.levels and parent not in found:
            found.append(parent)
            parent = self.levels[parent].parent
        return tuple(found)
