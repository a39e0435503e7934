"""
The syntax tree: what was written, nothing more.

Each docstring shows the concrete syntax.  Spans take no part in equality, so two
texts that differ in layout alone have equal trees.
"""

from __future__ import annotations

import attrs

from ntmrules.source import Span
from ntmrules.tree import Tree


@attrs.frozen(repr=False, eq=False)
class Node(Tree):
    """Base of the tree."""

    span: Span = attrs.field(kw_only=True, eq=False)


@attrs.frozen(repr=False, eq=False)
class Word(Node):
    """A name, dotted path or label as written: ``insured``, ``14.1``."""

    text: str


@attrs.frozen(repr=False, eq=False)
class Quoted(Node):
    """``"Bảo hiểm y tế"``, without its quotes."""

    text: str


# Values.


@attrs.frozen(repr=False, eq=False)
class Number(Node):
    """``1_200``, ``1.5``."""

    text: str


@attrs.frozen(repr=False, eq=False)
class Percent(Node):
    """``95%``."""

    number: Number


@attrs.frozen(repr=False, eq=False)
class Quantity(Node):
    """``48 million VND/person``: a number, a scale or none, a unit."""

    number: Number
    scale: str | None
    unit: tuple[Word, ...]


@attrs.frozen(repr=False, eq=False)
class Date(Node):
    """``2021-01-05``."""

    text: str


@attrs.frozen(repr=False, eq=False)
class Name(Node):
    """``insured``: a fact, a definition, or a case of an enum."""

    text: str


@attrs.frozen(repr=False, eq=False)
class CurrentYear(Node):
    """``year``."""


@attrs.frozen(repr=False, eq=False)
class Negative(Node):
    """``-x``."""

    operand: Expression


@attrs.frozen(repr=False, eq=False)
class Arithmetic(Node):
    """``a + b``, with one of ``+ - * /``."""

    operator: str
    left: Expression
    right: Expression


@attrs.frozen(repr=False, eq=False)
class At(Node):
    """``income at 2020``."""

    value: Expression
    year: Expression


@attrs.frozen(repr=False, eq=False)
class Granted(Node):
    """``granted commune.standard``."""

    title: Word


@attrs.frozen(repr=False, eq=False)
class Call(Node):
    """``min(x)``, ``rounded(x, 2)``, ``ratio(a, b)``."""

    function: str
    arguments: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class Collection(Node):
    """``communes where rural``."""

    plural: Word
    where: Expression | None


@attrs.frozen(repr=False, eq=False)
class Years(Node):
    """``years from 2021 to 2023``."""

    first: Expression
    last: Expression


@attrs.frozen(repr=False, eq=False)
class CountOf(Node):
    """``count of communes where rural``."""

    collection: Collection


@attrs.frozen(repr=False, eq=False)
class Aggregate(Node):
    """``average of income over communes weighted by population``."""

    function: str
    value: Expression
    collection: Collection
    weight: Expression | None


@attrs.frozen(repr=False, eq=False)
class ThresholdOf(Node):
    """``threshold of indicator 10.1 of vn.commune.advanced``."""

    label: Word
    ruleset: Word | None


@attrs.frozen(repr=False, eq=False)
class Row(Node):
    """``| 80% | - | otherwise |``; ``None`` stands for ``-``."""

    cells: tuple[Cell, ...]


@attrs.frozen(repr=False, eq=False)
class Dash(Node):
    """``-`` in a table: not applicable."""


@attrs.frozen(repr=False, eq=False)
class Otherwise(Node):
    """``otherwise`` in a table: every case not named."""


@attrs.frozen(repr=False, eq=False)
class Doubtful(Node):
    """``98%?`` in a table: a figure that was not verified."""

    cell: Cell


@attrs.frozen(repr=False, eq=False)
class Lookup(Node):
    """``by region, year { | … | }``; an axis is a name, or ``year``."""

    axes: tuple[Word, ...]
    rows: tuple[Row, ...]


# Conditions.


@attrs.frozen(repr=False, eq=False)
class Comparison(Node):
    """``left >= right``, with one of ``>= > <= < = !=``."""

    operator: str
    left: Expression
    right: Expression


@attrs.frozen(repr=False, eq=False)
class Between(Node):
    """``x between 30% and 50%``, both ends included."""

    value: Expression
    low: Expression
    high: Expression


@attrs.frozen(repr=False, eq=False)
class Not(Node):
    """``not a``."""

    operand: Expression


@attrs.frozen(repr=False, eq=False)
class And(Node):
    """``a and b and c``: at least two operands."""

    operands: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class Or(Node):
    """``a or b or c``: at least two operands."""

    operands: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class If(Node):
    """``if c then a else b``."""

    condition: Expression
    then: Expression
    otherwise: Expression


@attrs.frozen(repr=False, eq=False)
class Holds(Node):
    """``holds district.standard``."""

    title: Word


@attrs.frozen(repr=False, eq=False)
class Reference(Node):
    """``criterion 14``, ``indicator 14.1 of vn.commune.standard``."""

    kind: str  # "criterion" or "indicator"
    label: Word
    ruleset: Word | None


@attrs.frozen(repr=False, eq=False)
class Quantifier(Node):
    """
    ``all``, ``no``, ``any``, ``at least 3``, ``at most 10%``, ``exactly 2``.
    """

    word: str  # "all", "no", "any", "at least", "at most" or "exactly"
    number: Number | Percent | None = None


@attrs.frozen(repr=False, eq=False)
class Hold(Node):
    """``hold commune.standard`` of sub-units."""

    title: Word


@attrs.frozen(repr=False, eq=False)
class Meet(Node):
    """``meet vn.commune.advanced`` of sub-units."""

    ruleset: Word


@attrs.frozen(repr=False, eq=False)
class Have(Node):
    """``have insured >= 95%`` of sub-units."""

    condition: Expression


@attrs.frozen(repr=False, eq=False)
class Quantified(Node):
    """``all communes where rural have insured >= 95% if none met``."""

    quantifier: Quantifier
    collection: Collection | Years
    predicate: Hold | Meet | Have
    if_none: str | None  # "met", "not met" or "not applicable"


@attrs.frozen(repr=False, eq=False)
class Choice(Node):
    """``at least 2 of (a, b, c)``."""

    quantifier: Quantifier
    operands: tuple[Expression, ...]


@attrs.frozen(repr=False, eq=False)
class CriteriaChoice(Node):
    """``at least 15 of criteria of vn.commune.standard except 3, K1``."""

    quantifier: Quantifier
    ruleset: Word | None
    excepted: tuple[Word, ...]


Cell = (
    Number | Percent | Quantity | Date | Name | Negative | Dash | Otherwise | Doubtful
)

Expression = (
    Number
    | Percent
    | Quantity
    | Date
    | Name
    | CurrentYear
    | Negative
    | Arithmetic
    | At
    | Granted
    | Call
    | CountOf
    | Aggregate
    | ThresholdOf
    | Lookup
    | Comparison
    | Between
    | Not
    | And
    | Or
    | If
    | Holds
    | Reference
    | Quantified
    | Choice
    | CriteriaChoice
)


# Clauses of headers, blocks and declarations.


@attrs.frozen(repr=False, eq=False)
class NameClause(Node):
    """``name en "Health"``; without a language it is Vietnamese."""

    language: Word | None
    text: Quoted


@attrs.frozen(repr=False, eq=False)
class ForClause(Node):
    """``for district``."""

    level: Word


@attrs.frozen(repr=False, eq=False)
class BuildsOn(Node):
    """``extends vn.commune.model`` or ``tightens …``."""

    word: str
    ruleset: Word


@attrs.frozen(repr=False, eq=False)
class Confers(Node):
    """``grants commune.standard when …`` or ``revokes …``."""

    word: str
    title: Word
    when: Expression | None


@attrs.frozen(repr=False, eq=False)
class BasisClause(Node):
    """``basis "318/QĐ-TTg" dated 2022-03-08 by "Thủ tướng Chính phủ"``."""

    text: Quoted
    dated: Date | None
    issuer: Quoted | None


@attrs.frozen(repr=False, eq=False)
class InForce(Node):
    """``in force from 2021-01-05 to 2025-12-31``."""

    start: Date
    end: Date | None


@attrs.frozen(repr=False, eq=False)
class StatusClause(Node):
    """``status draft``."""

    status: Word


@attrs.frozen(repr=False, eq=False)
class NoteClause(Node):
    """``note "…"``."""

    text: Quoted


@attrs.frozen(repr=False, eq=False)
class PassesWhen(Node):
    """``passes when any of (indicator 1.1, indicator 1.2)``."""

    condition: Expression


@attrs.frozen(repr=False, eq=False)
class AppliesWhen(Node):
    """``applies when count of high_schools > 0``."""

    condition: Expression


@attrs.frozen(repr=False, eq=False)
class Unverified(Node):
    """``unverified "ngưỡng chưa đối chiếu"``."""

    reason: Quoted


@attrs.frozen(repr=False, eq=False)
class Require(Node):
    """``require insured >= 95%``, or the condition after a colon."""

    condition: Expression


@attrs.frozen(repr=False, eq=False)
class Attested(Node):
    """``attested by "Sở Xây dựng"``."""

    by: Quoted | None


Clause = (
    NameClause
    | ForClause
    | BuildsOn
    | Confers
    | BasisClause
    | InForce
    | StatusClause
    | NoteClause
    | PassesWhen
    | AppliesWhen
    | Unverified
    | Require
    | Attested
)


# Declarations of a ruleset.


@attrs.frozen(repr=False, eq=False)
class Use(Node):
    """``use vn.facts``."""

    vocabulary: Word


@attrs.frozen(repr=False, eq=False)
class Define(Node):
    """``define column = if difficult then TDMNPB else region``."""

    name: Word
    value: Expression


@attrs.frozen(repr=False, eq=False)
class Expect(Node):
    """``expect on district "Số tròn khớp": stated = rounded(insured, 2)``."""

    level: Word | None
    title: Quoted
    condition: Expression


@attrs.frozen(repr=False, eq=False)
class Provision(Node):
    """``criterion 14 "Giáo dục" { … }``: also preconditions and indicators."""

    kind: str  # "precondition", "criterion" or "indicator"
    label: Word
    title: Quoted
    clauses: tuple[Clause, ...]
    indicators: tuple[Provision, ...]


@attrs.frozen(repr=False, eq=False)
class SetValue(Node):
    """``set alley_roads_min = 80%``."""

    name: Word
    value: Expression


@attrs.frozen(repr=False, eq=False)
class Replace(Node):
    """``replace indicator 2.3: insured >= 96%``; without a title it keeps its own."""

    kind: str  # "criterion" or "indicator"
    label: Word
    title: Quoted | None
    clauses: tuple[Clause, ...]
    indicators: tuple[Provision, ...]


@attrs.frozen(repr=False, eq=False)
class Remove(Node):
    """``remove indicator 2.4``."""

    kind: str  # "criterion" or "indicator"
    label: Word


@attrs.frozen(repr=False, eq=False)
class Delegated(Node):
    """``delegated alley_roads_min: share of km to province, at least 70% "…"``."""

    name: Word
    type: TypeName
    level: Word
    bound: str | None  # "at least" or "at most"
    limit: Expression | None
    title: Quoted | None


Item = Use | Define | Expect | Provision | SetValue | Replace | Remove | Delegated
"""What stands below the header of a ruleset."""


@attrs.frozen(repr=False, eq=False)
class RulesetFile(Node):
    """``ruleset vn.commune.standard …``: one file."""

    name: Word
    header: tuple[Clause, ...]
    items: tuple[Item, ...]


# Declarations of a vocabulary.


@attrs.frozen(repr=False, eq=False)
class OnLevels(Node):
    """``on commune, district``."""

    levels: tuple[Word, ...]


@attrs.frozen(repr=False, eq=False)
class SumsUp(Node):
    """``sums up``."""


@attrs.frozen(repr=False, eq=False)
class MayExceed(Node):
    """``may exceed 100%``."""

    limit: Percent


Option = OnLevels | SumsUp | MayExceed | NameClause | BasisClause | NoteClause


@attrs.frozen(repr=False, eq=False)
class TypeName(Node):
    """
    ``share of persons``, ``amount of million VND/person``, ``list of …``, ``region``.
    """

    word: str  # a type word of the language, or "enum"
    noun: Word | None = None
    scale: str | None = None
    unit: tuple[Word, ...] = ()
    of: TypeName | None = None


@attrs.frozen(repr=False, eq=False)
class UnitDeclaration(Node):
    """``unit person, persons "người"``."""

    name: Word
    plural: Word | None
    label: Quoted | None
    options: tuple[Option, ...]


@attrs.frozen(repr=False, eq=False)
class LevelDeclaration(Node):
    """``level commune, communes within district "Xã"``."""

    name: Word
    plural: Word
    parent: Word | None
    label: Quoted | None
    options: tuple[Option, ...]


@attrs.frozen(repr=False, eq=False)
class TitleDeclaration(Node):
    """``title commune.advanced above commune.standard "Xã nâng cao"``."""

    name: Word
    above: Word | None
    label: Quoted | None
    options: tuple[Option, ...]


@attrs.frozen(repr=False, eq=False)
class EnumCase(Node):
    """``TDMNPB "Trung du miền núi phía Bắc"``."""

    name: Word
    label: Quoted | None
    options: tuple[Option, ...]


@attrs.frozen(repr=False, eq=False)
class EnumDeclaration(Node):
    """``ordered enum school_level { no_level, level_1, level_2 }``."""

    name: Word
    ordered: bool
    label: Quoted | None
    options: tuple[Option, ...]
    cases: tuple[EnumCase, ...]


@attrs.frozen(repr=False, eq=False)
class FactDeclaration(Node):
    """``fact insured: share of persons "BHYT" on commune sums up``."""

    name: Word
    type: TypeName
    label: Quoted | None
    options: tuple[Option, ...]


Declaration = (
    Use
    | Define
    | Expect
    | UnitDeclaration
    | LevelDeclaration
    | TitleDeclaration
    | EnumDeclaration
    | FactDeclaration
)


@attrs.frozen(repr=False, eq=False)
class VocabularyFile(Node):
    """``vocabulary vn.facts …``: one file."""

    name: Word
    header: tuple[Clause, ...]
    items: tuple[Declaration, ...]


File = RulesetFile | VocabularyFile
