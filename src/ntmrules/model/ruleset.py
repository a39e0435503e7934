"""
A ruleset as it was meant.

Source: language.md section 1.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

import attrs

from ntmrules.model.expressions import Comparison, Delegated, Expression, plain
from ntmrules.model.vocabulary import Level, Title, Vocabulary
from ntmrules.source import Span
from ntmrules.text import Language, Text
from ntmrules.tree import Tree


_FROM_TO = Text("{start} to {end}", "{start} đến {end}")
_FROM = Text("from {start}", "từ {start}")


@attrs.frozen(repr=False, eq=False)
class Instrument(Tree):
    """
    A legal document.

    Attributes:
        number: Its number, such as ``318/QĐ-TTg``.
        dated: When it was signed, if said.
        issuer: Who issued it, ``""`` if not said.
    """

    number: str
    dated: datetime.date | None
    issuer: str


@attrs.frozen(repr=False, eq=False)
class Attested(Tree):
    """A requirement that a person judges; ``by`` is ``""`` for anybody."""

    by: str
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)


@attrs.frozen(repr=False, eq=False)
class Indicator(Tree):
    """
    An indicator (chỉ tiêu).

    Attributes:
        applies: When it applies; `None` for always.
        requirement: A condition, or a judgement.
        unverified: Why its figure is not law yet; ``""`` when it is.
        basis: Clauses of instruments that it rests on.
    """

    label: str
    name: Text
    applies: Expression | None
    requirement: Expression | Attested
    unverified: str = ""
    basis: tuple[Instrument, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)


@attrs.frozen(repr=False, eq=False)
class Criterion(Tree):
    """
    A criterion (tiêu chí), or a precondition.

    Attributes:
        indicators: At least one; a criterion that holds its requirement itself has
            one indicator with the criterion's own label.
        passes: When it is met; `None` for all of its indicators.
    """

    label: str
    name: Text
    applies: Expression | None
    indicators: tuple[Indicator, ...]
    passes: Expression | None = None
    basis: tuple[Instrument, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)

    @property
    def holds_its_requirement(self) -> bool:
        """Whether it was written without indicators."""
        return self.indicators[0].label == self.label


@attrs.frozen(repr=False, eq=False)
class Confers(Tree):
    """
    The title that a ruleset grants or revokes.

    Attributes:
        when: The condition, or `None` for every precondition and criterion.
    """

    revokes: bool
    title: Title
    when: Expression | None


@attrs.frozen(repr=False, eq=False)
class Expectation(Tree):
    """
    What figures of a unit must satisfy to make sense together.

    It has no verdict: where it is not met, that is a finding.
    """

    name: Text
    condition: Expression
    span: Span = attrs.field(kw_only=True, eq=False, repr=False)


@attrs.frozen(eq=False)
class Ruleset:
    """
    One version of a criteria set (bộ tiêu chí).

    Attributes:
        id: Its dotted path, shared by its versions.
        start: The first assessment date it governs.
        end: The last one, or `None` for no end.
        status: ``"in force"``, ``"draft"`` or ``"pending"``.
        preconditions: In the order of the file, by label.
        criteria: In the order of the file, by label.
        expectations: What the figures of a unit must satisfy together.
        references: The versions of every other ruleset it refers to, by id.
        content_hash: SHA-256 of its text and of the files it uses, in hex.
        base: The version of another ruleset that it starts from, if it does.
        tightens: Whether it may accept only what its base accepts.
        delegated: The values it leaves to others, by name, set or not.
    """

    id: str
    name: Text
    level: Level
    basis: Instrument
    start: datetime.date
    end: datetime.date | None
    status: str
    confers: Confers | None
    preconditions: Mapping[str, Criterion]
    criteria: Mapping[str, Criterion]
    vocabulary: Vocabulary = attrs.field(repr=False)
    references: Mapping[str, tuple[Ruleset, ...]] = attrs.field(repr=False)
    expectations: tuple[Expectation, ...] = ()
    notes: tuple[str, ...] = ()
    content_hash: str = ""
    path: str = ""
    base: Ruleset | None = attrs.field(default=None, repr=False)
    tightens: bool = False
    delegated: Mapping[str, Delegated] = attrs.field(factory=dict, repr=False)
    span: Span = attrs.field(kw_only=True, repr=False)
    _indicators: Mapping[str, Indicator] = attrs.field(init=False, repr=False)

    @_indicators.default
    def _indicators_by_label(self) -> Mapping[str, Indicator]:
        return {
            indicator.label: indicator
            for criterion in self.provisions()
            for indicator in criterion.indicators
        }

    def provisions(self) -> Iterator[Criterion]:
        """Give preconditions, then criteria."""
        yield from self.preconditions.values()
        yield from self.criteria.values()

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator, by label."""
        return self._indicators

    def layers(self) -> Iterator[Ruleset]:
        """Give this ruleset, the one it starts from, and so on down."""
        layer: Ruleset | None = self
        while layer is not None:
            yield layer
            layer = layer.base

    def set_by(self, span: Span) -> Ruleset | None:
        """
        Tell which of its layers set a figure or provision.

        Args:
            span: The place of it; `None` comes back for one in a vocabulary.
        """
        for layer in self.layers():
            if layer.span.file is span.file:
                return layer
        return None

    def in_force(self, date: datetime.date) -> bool:
        """Tell whether it governs *date*; its status is not looked at."""
        return self.start <= date and (self.end is None or date <= self.end)


def threshold(requirement: Expression | Attested) -> Expression | None:
    """
    Give what a requirement asks for, if it is one comparison.

    Source: language.md section 4, "threshold of"; its right side is the threshold.
    """
    if isinstance(requirement, Attested):
        return None
    condition = plain(requirement)
    return condition.right if isinstance(condition, Comparison) else None


def describe_dates(versions: tuple[Ruleset, ...]) -> Text:
    """Say when versions are in force, such as ``2016-12-01 to 2020-12-31``."""
    english, vietnamese = (
        ", ".join(_span(version, language) for version in versions)
        for language in (Language.EN, Language.VI)
    )
    return Text(f"in force {english}", f"hiệu lực {vietnamese}")


def _span(version: Ruleset, language: Language) -> str:
    if version.end is None:
        return _FROM.fill(language, {"start": version.start})
    return _FROM_TO.fill(language, {"start": version.start, "end": version.end})
