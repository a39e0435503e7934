"""
Expressions as they were meant: names resolved, types and units checked.

Spans take no part in equality.  `Expression.type` says what each one yields.
Source: language.md sections 4 to 7.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ntmrules.model.types import (
    Condition,
    CountType,
    EnumType,
    Noun,
    Type,
    Value,
    YearType,
)
from ntmrules.model.vocabulary import Fact, Level, Title
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.tree import Tree
from ntmrules.verdict import Bound


_CONDITION = Condition()


@attrs.frozen(repr=False, eq=False)
class Node(Tree):
    """Base of the expressions."""

    span: Span = attrs.field(kw_only=True, eq=False)


@attrs.frozen(repr=False, eq=False)
class ConditionNode(Node):
    """Base of the expressions that are met or not."""

    @property
    def type(self) -> Type:
        """Always `Condition`."""
        return _CONDITION


# Values.


@attrs.frozen(repr=False, eq=False)
class Constant(Node):
    """
    A literal, in the unscaled unit.

    Attributes:
        text: How the rule writes it.
        verified: Whether it was seen in the text of the instrument; false for the
            cells of a table that end in ``?``.
    """

    value: Value
    type: Type
    text: str = attrs.field(eq=False)
    verified: bool = True


@attrs.frozen(repr=False, eq=False)
class FactValue(Node):
    """The value of a fact of the unit at hand."""

    fact: Fact

    @property
    def type(self) -> Type:
        """The declared type."""
        return self.fact.type


@attrs.frozen(repr=False, eq=False)
class Defined(Node):
    """An expression under the name that ``define`` gave it."""

    name: str
    expression: Expression

    @property
    def type(self) -> Type:
        """The type of the expression."""
        return self.expression.type


@attrs.frozen(repr=False, eq=False)
class Delegated(Node):
    """
    A value that one ruleset leaves to another, within a bound.

    Attributes:
        level: Of the units whose rules are to set it.
        bound: On which side it is bounded, if it is.
        limit: Where.
        value: What it was set to: a literal or a table of literals; `None` while it
            is not set.
        declared: The place that leaves it open.
        set_at: The place that sets it.
    """

    name: str
    type: Type
    level: Level
    bound: Bound | None = None
    limit: Constant | None = None
    value: Expression | None = None
    label: Text = attrs.field(kw_only=True, eq=False)
    declared: Span = attrs.field(kw_only=True, eq=False)
    set_at: Span | None = attrs.field(kw_only=True, default=None, eq=False)


@attrs.frozen(repr=False, eq=False)
class CurrentYear(Node):
    """``year``: the year of the assessment, or of the year being looked at."""

    @property
    def type(self) -> Type:
        """Always `YearType`."""
        return YearType()


@attrs.frozen(repr=False, eq=False)
class GrantedYear(Node):
    """The year in which the unit was granted a title."""

    title: Title

    @property
    def type(self) -> Type:
        """Always `YearType`."""
        return YearType()


@attrs.frozen(repr=False, eq=False)
class Negative(Node):
    """``-x``."""

    operand: Expression
    type: Type


@attrs.frozen(repr=False, eq=False)
class Arithmetic(Node):
    """``left operator right`` with one of ``+ - * /``; units are settled."""

    operator: str
    left: Expression
    right: Expression
    type: Type


@attrs.frozen(repr=False, eq=False)
class AtYear(Node):
    """A value as of another year."""

    value: Expression
    year: Expression

    @property
    def type(self) -> Type:
        """The type of the value."""
        return self.value.type


@attrs.frozen(repr=False, eq=False)
class Function(Node):
    """
    ``min max sum average count`` of a list, ``abs``, ``rounded``, ``ratio``.

    ``rounded`` has the value alone as argument, and ``digits``.
    """

    name: str
    arguments: tuple[Expression, ...]
    type: Type
    digits: int = 0


@attrs.frozen(repr=False, eq=False)
class Collection(Node):
    """Every unit of a level below the one at hand, narrowed by ``where``."""

    level: Level
    where: Expression | None


@attrs.frozen(repr=False, eq=False)
class Years(Node):
    """The years from the first to the last, both included."""

    first: Expression
    last: Expression


@attrs.frozen(repr=False, eq=False)
class CountOf(Node):
    """How many units a collection has."""

    collection: Collection
    noun: Noun

    @property
    def type(self) -> Type:
        """A count of the level."""
        return CountType(self.noun)


@attrs.frozen(repr=False, eq=False)
class Aggregate(Node):
    """``sum``, ``average``, ``min`` or ``max`` of a value over a collection."""

    function: str
    value: Expression
    collection: Collection
    weight: Expression | None
    type: Type


@attrs.frozen(repr=False, eq=False)
class ThresholdOf(Node):
    """
    What an indicator requires of this unit at this date.

    Attributes:
        ruleset: The id of the other ruleset, or `None` for the one at hand.
        label: The label of the indicator.
    """

    ruleset: str | None
    label: str
    type: Type


@attrs.frozen(repr=False, eq=False)
class YearAxis(Tree):
    """A table axis that runs over years."""

    keys: tuple[int, ...]
    name: str = "year"


@attrs.frozen(repr=False, eq=False)
class EnumAxis(Tree):
    """A table axis that runs over the cases of an enum."""

    name: str
    value: Expression
    type: EnumType

    @property
    def keys(self) -> tuple[str, ...]:
        """The cases."""
        return self.type.enum.names


Axis = YearAxis | EnumAxis
Key = str | int | None
"""A case, a year, or `None` for every year that has no column of its own."""


@attrs.frozen(repr=False, eq=False)
class Lookup(Node):
    """
    A table of thresholds.

    Attributes:
        axes: One or two.
        cells: What stands for each combination of keys; `None` for ``-``.  Enum
            cases that ``otherwise`` covers are written out; a year axis with
            ``otherwise`` has the key `None`.
    """

    axes: tuple[Axis, ...]
    cells: Mapping[tuple[Key, ...], Constant | None] = attrs.field(repr=False)
    type: Type

    def __hash__(self) -> int:
        return hash((self.axes, frozenset(self.cells.items())))


# Conditions.


@attrs.frozen(repr=False, eq=False)
class IsTrue(ConditionNode):
    """A boolean value as a condition."""

    value: Expression


@attrs.frozen(repr=False, eq=False)
class Comparison(ConditionNode):
    """``left operator right`` with one of ``>= > <= < = !=``."""

    operator: str
    left: Expression
    right: Expression


@attrs.frozen(repr=False, eq=False)
class Between(ConditionNode):
    """``value between low and high``, both ends included."""

    value: Expression
    low: Expression
    high: Expression


@attrs.frozen(repr=False, eq=False)
class Not(ConditionNode):
    """``not a``."""

    operand: Expression


@attrs.frozen(repr=False, eq=False)
class AllOf(ConditionNode):
    """``a and b``, ``all of (a, b)``: at least one operand."""

    operands: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class AnyOf(ConditionNode):
    """``a or b``, ``any of (a, b)``: at least one operand."""

    operands: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class If(Node):
    """``if condition then a else b``, of conditions or of values."""

    condition: Expression
    then: Expression
    otherwise: Expression
    type: Type


@attrs.frozen(repr=False, eq=False)
class Holds(ConditionNode):
    """The unit at hand holds a title, or one above it."""

    title: Title


@attrs.frozen(repr=False, eq=False)
class Meets(ConditionNode):
    """The unit at hand meets a ruleset, evaluated."""

    ruleset: str


@attrs.frozen(repr=False, eq=False)
class ProvisionVerdict(ConditionNode):
    """
    The verdict of a criterion or indicator.

    Attributes:
        kind: ``"criterion"`` or ``"indicator"``.
        ruleset: The id of the other ruleset, or `None` for the one at hand.
    """

    kind: str
    label: str
    ruleset: str | None


@attrs.frozen(repr=False, eq=False)
class Quantity(Tree):
    """
    How many are wanted: a number, or a share *part*/*whole*.

    ``all`` is at least 1/1 and ``no`` at most 0/1.

    Attributes:
        word: How the rule says it: ``all``, ``no``, ``at least 3``.
    """

    bound: Bound
    number: int | None
    part: int = 0
    whole: int = 1
    word: str = attrs.field(eq=False, default="")


@attrs.frozen(repr=False, eq=False)
class Quantified(ConditionNode):
    """
    A quantifier over sub-units or years.

    Attributes:
        predicate: The condition, to be evaluated in each member.
        if_none: The verdict of an empty collection, or `None` to leave it to
            language.md section 6.
    """

    quantity: Quantity
    collection: Collection | Years
    predicate: Expression
    if_none: str | None = None


@attrs.frozen(repr=False, eq=False)
class Choice(ConditionNode):
    """``at least 2 of (a, b, c)``: a quantifier over conditions."""

    quantity: Quantity
    operands: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class CriteriaChoice(ConditionNode):
    """
    A quantifier over the criteria of a ruleset, some excepted.

    ``all of criteria`` and ``any of criteria`` have the words ``all`` and ``any``:
    they join the verdicts as *and* and *or* do.
    """

    quantity: Quantity
    ruleset: str | None
    excepted: tuple[str, ...]


Expression = (
    Constant
    | FactValue
    | Defined
    | Delegated
    | CurrentYear
    | GrantedYear
    | Negative
    | Arithmetic
    | AtYear
    | Function
    | CountOf
    | Aggregate
    | ThresholdOf
    | Lookup
    | IsTrue
    | Comparison
    | Between
    | Not
    | AllOf
    | AnyOf
    | If
    | Holds
    | Meets
    | ProvisionVerdict
    | Quantified
    | Choice
    | CriteriaChoice
)


def children(node: Expression) -> tuple[Expression, ...]:
    """Give the expressions directly inside *node*, in the order of the text."""
    match node:
        case Defined():
            return (node.expression,)
        case Delegated():
            return () if node.value is None else (node.value,)
        case Negative() | Not():
            return (node.operand,)
        case Arithmetic() | Comparison():
            return (node.left, node.right)
        case AtYear():
            return (node.value, node.year)
        case Function():
            return node.arguments
        case CountOf():
            return _of_collection(node.collection)
        case Aggregate():
            weight = () if node.weight is None else (node.weight,)
            return (node.value, *_of_collection(node.collection), *weight)
        case Lookup():
            return tuple(a.value for a in node.axes if isinstance(a, EnumAxis))
        case IsTrue():
            return (node.value,)
        case Between():
            return (node.value, node.low, node.high)
        case AllOf() | AnyOf() | Choice():
            return node.operands
        case If():
            return (node.condition, node.then, node.otherwise)
        case Quantified():
            return (*_of_collection(node.collection), node.predicate)
        case _:
            return ()


def _of_collection(collection: Collection | Years) -> tuple[Expression, ...]:
    if isinstance(collection, Years):
        return (collection.first, collection.last)
    return () if collection.where is None else (collection.where,)


def plain(node: Expression) -> Expression:
    """Look through definitions to what they stand for."""
    while isinstance(node, Defined):
        node = node.expression
    return node
