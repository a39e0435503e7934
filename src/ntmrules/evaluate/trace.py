"""
What evaluation returns: every operand with its value, origin and verdict.

The trace is the result, not a log: explanations, gaps and what is missing are
read from it afterwards.

Steps are named tuples: there are hundreds in every trace, and a frozen class takes
three times as long to make.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from typing import NamedTuple

import attrs

from ntmrules.diagnostics import Diagnostic
from ntmrules.model.expressions import Expression
from ntmrules.model.ruleset import Criterion, Indicator, Ruleset
from ntmrules.model.types import Value
from ntmrules.model.unit import Attestation, Given, Unit
from ntmrules.text import Fill, Language, Text
from ntmrules.tree import Tree
from ntmrules.verdict import Tally, Verdict


class Origin(enum.Enum):
    """Where a value comes from."""

    CONSTANT = "constant"
    TABLE = "table"
    GIVEN = "given"
    SUMMED = "summed up"
    TITLE = "title"
    COUNTED = "counted"
    COMPUTED = "computed"
    ASSESSMENT = "assessment date"
    SET = "set"


class Cause(enum.Enum):
    """Why something is unknown."""

    FACT_MISSING = Text("`{name}` is missing", "thiếu số liệu `{name}`")
    YEAR_MISSING = Text(
        "`{name}` is missing for {year}", "thiếu số liệu `{name}` của năm {year}"
    )
    YEAR_TO_COME = Text(
        "{year} is after the assessment", "năm {year} sau ngày đánh giá"
    )
    NOT_A_YEAR = Text("`{year}` is not a year", "`{year}` không phải là năm")
    TITLES_MISSING = Text(
        "there is no record of titles", "không có ghi nhận về danh hiệu"
    )
    NOT_GRANTED = Text(
        "`{name}` is not on record", "không có ghi nhận danh hiệu `{name}`"
    )
    LOWER_TITLE_MISSING = Text(
        "a title above `{name}` is on record, and not when `{name}` was granted",
        "có danh hiệu cao hơn `{name}` nhưng không ghi năm công nhận `{name}`",
    )
    COLLECTION_MISSING = Text("the {name} are not on file", "không có danh sách {name}")
    COLLECTION_EMPTY = Text("no {name} on file", "không có {name} nào trong hồ sơ")
    COLLECTION_COUNTED = Text(
        "of the {name} only counts are known", "chỉ biết số lượng {name}"
    )
    NOT_SUMMABLE = Text(
        "a percentage without counts cannot be added up",
        "tỷ lệ không có số đếm thì không cộng được",
    )
    ZERO_DENOMINATOR = Text("the denominator is 0", "mẫu số bằng 0")
    NO_COLUMN = Text(
        "the table has nothing for {year}", "bảng không có mức cho năm {year}"
    )
    NOT_SET = Text(
        "`{what}` is left to the {level}, not set",
        "`{what}` do cấp {level} quy định, chưa có mức",
    )
    NO_ITEMS = Text("the list is empty", "danh sách trống")
    NOT_ATTESTED = Text("there is no attestation", "chưa có xác nhận")
    UNVERIFIED_CELL = Text(
        "`{figure}` of the table is unverified",
        "mức `{figure}` trong bảng chưa kiểm chứng",
    )
    UNVERIFIED = Text("unverified: {why}", "chưa kiểm chứng: {why}")
    APPLIES_UNKNOWN = Text(
        "it is unknown whether it applies", "chưa rõ có áp dụng hay không"
    )
    NOT_IN_FORCE = Text(
        "`{name}` is not in force on {date}", "`{name}` không có hiệu lực ngày {date}"
    )
    TOO_MANY_YEARS = Text(
        "more than {limit} years (`MAX_YEARS`)", "quá {limit} năm (`MAX_YEARS`)"
    )
    TITLE_DATES = Text(
        "only the year of the withdrawal is on record",
        "chỉ ghi năm thu hồi, không rõ ngày",
    )


@attrs.frozen(repr=False, eq=False)
class Reason(Tree):
    """Why something is unknown, with what fills the sentence."""

    cause: Cause
    values: Mapping[str, Fill] = attrs.field(factory=dict)

    @property
    def text(self) -> Text:
        """The sentence, its holes filled."""
        template: Text = self.cause.value
        return Text(
            template.fill(Language.EN, self.values),
            template.fill(Language.VI, self.values),
        )


class ValueStep(NamedTuple):
    """
    What a value came to.

    Attributes:
        node: The expression.
        unit: The unit of which it is the value.
        year: The year of which it is the value.
        value: The value; `None` when it is unknown or not applicable.
        not_applicable: Whether a table has ``-`` here.
        reason: Why it is unknown; of a figure that counts though it is unverified,
            that it is.
        origin: Where the value comes from.
        given: The fact as it was given, if it was.
        bounds: Of an unknown count: the least and, if there is one, the most it
            can be.
        steps: The operands.
    """

    node: Expression
    unit: Unit
    year: int
    value: Value | None
    not_applicable: bool = False
    reason: Reason | None = None
    origin: Origin = Origin.COMPUTED
    given: Given | None = None
    bounds: tuple[int, int | None] | None = None
    steps: tuple[Step, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether the value is unknown."""
        return self.value is None and not self.not_applicable


class MemberStep(NamedTuple):
    """One member of a collection: does it belong, and what did it come to."""

    unit: Unit
    year: int
    where: Step | None
    predicate: Step | None


class ConditionStep(NamedTuple):
    """
    What a condition came to.

    Attributes:
        node: The expression.
        unit: The unit that was looked at.
        year: The year that was looked at.
        verdict: The verdict.
        reason: Why it is unknown, when it is its own doing.
        steps: The operands, all of them.
        members: Of a quantifier: its members.
        tally: Of a quantifier or choice: how its members came out.
        provision: Of a reference: what it refers to.
    """

    node: Expression
    unit: Unit
    year: int
    verdict: Verdict
    reason: Reason | None = None
    steps: tuple[Step, ...] = ()
    members: tuple[MemberStep, ...] = ()
    tally: Tally | None = None
    provision: ProvisionTrace | RulesetTrace | None = None


Step = ValueStep | ConditionStep


class IndicatorTrace(NamedTuple):
    """
    What an indicator came to.

    Attributes:
        verdict: Its verdict.
        computed: What the facts alone say.
        recorded: The attestation that decided it, if one did.
        unverified_verdict: Of an unverified figure: what it would say.
        applies: The condition under which it applies, if it has one.
        requirement: The requirement; `None` where a person judges.
        reason: Why it is unknown, when it is its own doing.
    """

    indicator: Indicator
    unit: Unit
    verdict: Verdict
    computed: Verdict
    recorded: Attestation | None
    unverified_verdict: Verdict | None
    applies: Step | None
    requirement: Step | None
    reason: Reason | None


class CriterionTrace(NamedTuple):
    """What a criterion or precondition came to; see `IndicatorTrace`."""

    criterion: Criterion
    unit: Unit
    verdict: Verdict
    computed: Verdict
    recorded: Attestation | None
    applies: Step | None
    indicators: tuple[IndicatorTrace, ...]
    passes: Step | None
    reason: Reason | None


ProvisionTrace = IndicatorTrace | CriterionTrace


@attrs.frozen(repr=False, eq=False)
class RulesetTrace(Tree):
    """
    What a unit came to under a ruleset on a date.

    Attributes:
        verdict: The verdict of the whole.
        when: The condition of ``grants … when``, if there is one.
        reason: Why it is unknown, when no version is in force.
        findings: What was noticed, in the order of discovery.
    """

    ruleset: Ruleset
    unit: Unit
    date: datetime.date
    verdict: Verdict
    preconditions: tuple[CriterionTrace, ...]
    criteria: tuple[CriterionTrace, ...]
    when: Step | None
    findings: tuple[Diagnostic, ...] = ()
