"""What a comparison of two rulesets finds, piece by piece."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

import attrs

from ntmrules.analysis._cases import Case
from ntmrules.model.ruleset import Criterion, Indicator, Ruleset
from ntmrules.model.unit import Unit
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.verdict import Verdict


class Relation(enum.Enum):
    """
    How a provision of the new ruleset relates to that of the old one.

    *Stricter* also stands where it is certain that nothing is laxer, and open whether
    anything is stricter.
    """

    EQUAL = "unchanged"
    STRICTER = "stricter"
    LAXER = "laxer"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def is_laxer(self) -> bool:
        """Whether some unit passes that did not."""
        return self in {Relation.LAXER, Relation.INCOMPARABLE, Relation.REMOVED}


class Looked(enum.Enum):
    """What came of looking for a unit with z3."""

    NOT = "not"
    ABSENT = "z3 is not installed"
    IN_VAIN = "in vain"
    GAVE_UP = "gave up"


@attrs.frozen
class Searched:
    """
    What z3 was asked in a comparison, and what it took.

    Attributes:
        questions: How many times it was asked.
        found: How many units it found that evaluation bears out.
        milliseconds: The time it took, in thousandths of a second.
    """

    questions: int
    found: int
    milliseconds: int


@attrs.frozen(eq=False)
class Witness:
    """
    A unit that the one ruleset accepts and the other does not, as `evaluate` says.

    Attributes:
        date: The date on which both were evaluated.
        old: What the old provision comes to.
        new: What the new one comes to.
    """

    unit: Unit
    date: datetime.date
    old: Verdict
    new: Verdict


@attrs.frozen(eq=False)
class Figure:
    """
    What a provision requires in a case.

    Attributes:
        text: In the words of the ruleset, or else our own.
        span: Where.
        quoted: Whether they are those of the ruleset.
    """

    text: Text
    span: Span | None = None
    quoted: bool = True

    @property
    def in_quotes(self) -> Text:
        """The words, in back-quotes if they are the author's."""
        if not self.quoted:
            return self.text
        return Text(f"`{self.text.en}`", f"`{self.text.vi}`")


@attrs.frozen(eq=False)
class CaseChange:
    """
    What changes in one case.

    Attributes:
        name: The case in words, ``""`` where there is only one.
        laxer: A unit that the new provision accepts and the old one does not.
        stricter: A unit that the old provision accepts and the new one does not.
        looked: Whether z3 looked for a laxer unit, and found none.
    """

    case: Case
    name: Text
    relation: Relation
    old: Figure
    new: Figure
    laxer: Witness | None = None
    stricter: Witness | None = None
    looked: Looked = Looked.NOT


@attrs.frozen(eq=False)
class Change:
    """
    What changes in a provision.

    Attributes:
        kind: ``"indicator"``, ``"criterion"``, ``"precondition"`` or ``"ruleset"``; a
            criterion or precondition with indicators has a change of its own only
            where it says more than they do.
        label: Its label; of the whole ruleset, nothing.
        old: It as it was; `None` for what is added, and for the whole.
        new: It as it is; `None` for what is removed, and for the whole.
        cases: Case by case, where both have it and they differ.
    """

    kind: str
    label: str
    name: Text
    relation: Relation
    old: Indicator | Criterion | None = None
    new: Indicator | Criterion | None = None
    cases: tuple[CaseChange, ...] = ()

    @property
    def is_requirement(self) -> bool:
        """Whether it is a requirement itself, and not what joins requirements."""
        return isinstance(self.new or self.old, Indicator)


class Effect(enum.Enum):
    """What the new ruleset does to a unit."""

    GAINS = "gains"
    LOSES = "loses"
    BECOMES_UNKNOWN = "becomes unknown"
    BECOMES_KNOWN = "becomes known"
    SAME = "same"


@attrs.frozen(eq=False)
class UnitChange:
    """
    What changes for a unit.

    Attributes:
        by: The indicators that come to something else, with the old and the new
            verdict; `None` where one ruleset has no such indicator.
    """

    unit: Unit
    date: datetime.date
    old: Verdict
    new: Verdict
    effect: Effect
    by: Mapping[str, tuple[Verdict | None, Verdict | None]]


@attrs.frozen(eq=False)
class Found:
    """
    What distinguishes two rulesets.

    Attributes:
        dates: The days on which they were compared, where a date matters.
        changes: One for each provision, unchanged ones too, in the order of the old
            ruleset; then what is new.
        units: What changes for the units that were given.
        searched: What z3 was asked; nothing if nothing was.
    """

    old: Ruleset
    new: Ruleset
    dates: tuple[datetime.date, ...]
    changes: tuple[Change, ...]
    units: tuple[UnitChange, ...] = ()
    searched: Searched | None = None

    def of(self, *relations: Relation) -> tuple[Change, ...]:
        """Give the changes of some kinds."""
        return tuple(x for x in self.changes if x.relation in relations)

    @property
    def tightens(self) -> bool | None:
        """Whether the new ruleset is nowhere laxer; `None` where that is open."""
        if any(change.relation.is_laxer for change in self.changes):
            return False
        return None if self.of(Relation.UNDECIDED) else True
