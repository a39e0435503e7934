"""Builds the nodes of words, values and expressions, a method for each rule."""

from __future__ import annotations

import itertools

from ntmrules.source import Span
from ntmrules.syntax import _expression_errors as errors
from ntmrules.syntax import nodes
from ntmrules.syntax._report import Report


DEEPENING = frozenset(
    "conditional disjunction conjunction negation comparison between arithmetic"
    " negative at call aggregate quantified choice have list_type".split()
)
"""The rules whose value holds values of their own kind."""


class ExpressionBuilder:
    """
    Makes values and conditions of their parts.

    Each method is named after a rule of the grammar, where an example stands; it is
    given the place of the whole and the parts that are not fixed words or signs.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        # The tree keeps no parentheses; their content is known by its place.
        self._in_parentheses: set[tuple[int, int]] = set()

    # Words and values.

    def number(self, span: Span, text: str) -> nodes.Number:
        return nodes.Number(text, span=span)

    def percent(self, span: Span, number: nodes.Number) -> nodes.Percent:
        return nodes.Percent(number, span=span)

    def quantity(
        self,
        span: Span,
        number: nodes.Number,
        scale: str | None,
        unit: tuple[nodes.Word, ...],
    ) -> nodes.Quantity:
        return nodes.Quantity(number, scale, unit, span=span)

    def scale(self, _span: Span, word: str) -> str:
        return word

    def unit_of_measure(
        self, _span: Span, *names: nodes.Word
    ) -> tuple[nodes.Word, ...]:
        return names

    def date(self, span: Span, text: str) -> nodes.Date:
        return nodes.Date(text, span=span)

    def text(self, span: Span, quoted: str) -> nodes.Quoted:
        return nodes.Quoted(quoted[1:-1], span=span)

    def name(self, span: Span, text: str) -> nodes.Word:
        return nodes.Word(text, span=span)

    id = label = axis = name

    # Expressions, weakest first.

    def conditional(
        self,
        span: Span,
        condition: nodes.Expression,
        then: nodes.Expression,
        otherwise: nodes.Expression,
    ) -> nodes.If:
        return nodes.If(condition, then, otherwise, span=span)

    def disjunction(self, span: Span, *operands: nodes.Expression) -> nodes.Or:
        node = nodes.Or(operands, span=span)
        if any(isinstance(x, nodes.And) and self._is_bare(x) for x in operands):
            self.report.add_of(span, errors.mixed_and_or(node, self._is_bare))
        self._check_ends(node)
        return node

    def conjunction(self, span: Span, *operands: nodes.Expression) -> nodes.And:
        node = nodes.And(operands, span=span)
        self._check_ends(node)
        return node

    def _check_ends(self, node: nodes.And | nodes.Or) -> None:
        """Refuse ``all communes have a and b``, where b may be of each commune."""
        for open_, following in itertools.pairwise(node.operands):
            if (
                isinstance(open_, nodes.Quantified)
                and isinstance(open_.predicate, nodes.Have)
                and open_.if_none is None
                and self._is_bare(open_)
                and self._is_bare(open_.predicate.condition)
                and not isinstance(following, nodes.Quantified)
            ):
                found = errors.end_of_have(node, open_, following, self._is_bare)
                self.report.add_of(open_.span, found)

    def negation(self, span: Span, operand: nodes.Expression) -> nodes.Not:
        return nodes.Not(operand, span=span)

    def comparison(
        self,
        span: Span,
        left: nodes.Expression,
        operator: str,
        right: nodes.Expression,
    ) -> nodes.Expression:
        if not isinstance(left, nodes.Comparison | nodes.And) or not self._is_bare(
            left
        ):
            return nodes.Comparison(operator, left, right, span=span)
        # A chain counts as what its author meant: each neighbour compared.
        links = left.operands if isinstance(left, nodes.And) else (left,)
        last = links[-1]
        assert isinstance(last, nodes.Comparison)
        link = nodes.Comparison(
            operator, last.right, right, span=last.right.span.to(right.span)
        )
        chain = nodes.And((*links, link), span=span)
        if left is last:
            self.report.add_of(span, errors.chained_comparison(chain))
        return chain

    def operator(self, _span: Span, sign: str) -> str:
        return sign

    def between(
        self,
        span: Span,
        value: nodes.Expression,
        low: nodes.Expression,
        high: nodes.Expression,
    ) -> nodes.Between:
        return nodes.Between(value, low, high, span=span)

    def arithmetic(
        self,
        span: Span,
        left: nodes.Expression,
        operator: str,
        right: nodes.Expression,
    ) -> nodes.Arithmetic:
        return nodes.Arithmetic(operator, left, right, span=span)

    plus_or_minus = times_or_over = operator

    def negative(self, span: Span, operand: nodes.Expression) -> nodes.Negative:
        return nodes.Negative(operand, span=span)

    def at(
        self, span: Span, value: nodes.Expression, year: nodes.Expression
    ) -> nodes.At:
        return nodes.At(value, year, span=span)

    def grouped(self, _span: Span, inner: nodes.Expression) -> nodes.Expression:
        self._in_parentheses.add((inner.span.start, inner.span.end))
        return inner

    def _is_bare(self, node: nodes.Expression) -> bool:
        return (node.span.start, node.span.end) not in self._in_parentheses

    # What stands for a value or a verdict.

    def reference_name(self, span: Span, text: str) -> nodes.Name:
        return nodes.Name(text, span=span)

    def current_year(self, span: Span) -> nodes.CurrentYear:
        return nodes.CurrentYear(span=span)

    def granted(self, span: Span, title: nodes.Word) -> nodes.Granted:
        return nodes.Granted(title, span=span)

    def holds(self, span: Span, title: nodes.Word) -> nodes.Holds:
        return nodes.Holds(title, span=span)

    def reference(
        self, span: Span, kind: str, label: nodes.Word, ruleset: nodes.Word | None
    ) -> nodes.Reference:
        return nodes.Reference(kind, label, ruleset, span=span)

    reference_word = operator

    def threshold(
        self, span: Span, label: nodes.Word, ruleset: nodes.Word | None
    ) -> nodes.ThresholdOf:
        return nodes.ThresholdOf(label, ruleset, span=span)

    def call(
        self, span: Span, function: str, *arguments: nodes.Expression
    ) -> nodes.Call:
        return nodes.Call(function, arguments, span=span)

    function = list_function = operator

    # Collections and quantifiers.

    def collection(
        self, span: Span, plural: nodes.Word, where: nodes.Expression | None
    ) -> nodes.Collection:
        return nodes.Collection(plural, where, span=span)

    def years(
        self, span: Span, first: nodes.Expression, last: nodes.Expression
    ) -> nodes.Years:
        return nodes.Years(first, last, span=span)

    def count_of(self, span: Span, collection: nodes.Collection) -> nodes.CountOf:
        return nodes.CountOf(collection, span=span)

    def aggregate(
        self,
        span: Span,
        function: str,
        value: nodes.Expression,
        collection: nodes.Collection,
        weight: nodes.Expression | None,
    ) -> nodes.Aggregate:
        return nodes.Aggregate(function, value, collection, weight, span=span)

    def quantified(
        self,
        span: Span,
        quantifier: nodes.Quantifier,
        collection: nodes.Collection | nodes.Years,
        predicate: nodes.Hold | nodes.Meet | nodes.Have,
        if_none: str | None,
    ) -> nodes.Quantified:
        return nodes.Quantified(quantifier, collection, predicate, if_none, span=span)

    def hold(self, span: Span, title: nodes.Word) -> nodes.Hold:
        return nodes.Hold(title, span=span)

    def meet(self, span: Span, ruleset: nodes.Word) -> nodes.Meet:
        return nodes.Meet(ruleset, span=span)

    def have(self, span: Span, condition: nodes.Expression) -> nodes.Have:
        return nodes.Have(condition, span=span)

    def if_none(self, _span: Span, *words: str) -> str:
        return " ".join(words[2:])

    def choice(
        self, span: Span, quantifier: nodes.Quantifier, *operands: nodes.Expression
    ) -> nodes.Choice:
        return nodes.Choice(quantifier, operands, span=span)

    def criteria_choice(
        self,
        span: Span,
        quantifier: nodes.Quantifier,
        ruleset: nodes.Word | None,
        excepted: tuple[nodes.Word, ...] | None,
    ) -> nodes.CriteriaChoice:
        return nodes.CriteriaChoice(quantifier, ruleset, excepted or (), span=span)

    def excepted(self, _span: Span, *labels: nodes.Word) -> tuple[nodes.Word, ...]:
        return labels

    def each(self, _span: Span, quantifier: nodes.Quantifier) -> nodes.Quantifier:
        return quantifier

    chosen = each

    def every(self, span: Span, word: str) -> nodes.Quantifier:
        return nodes.Quantifier(word, span=span)

    whole = every

    def count_bound(
        self, span: Span, word: str, number: nodes.Number | nodes.Percent
    ) -> nodes.Quantifier:
        return nodes.Quantifier(word, number, span=span)

    share_bound = count_bound

    def bound(self, _span: Span, *words: str) -> str:
        return " ".join(words)

    # Tables.

    def lookup(
        self,
        span: Span,
        first: nodes.Word,
        second: nodes.Word | None,
        *rows: nodes.Row,
    ) -> nodes.Lookup:
        axes = (first,) if second is None else (first, second)
        return nodes.Lookup(axes, rows, span=span)

    def row(self, span: Span, *cells: nodes.Cell) -> nodes.Row:
        return nodes.Row(cells, span=span)

    def doubtful(self, span: Span, cell: nodes.Cell) -> nodes.Doubtful:
        return nodes.Doubtful(cell, span=span)

    def dash(self, span: Span) -> nodes.Dash:
        return nodes.Dash(span=span)

    def otherwise(self, span: Span) -> nodes.Otherwise:
        return nodes.Otherwise(span=span)
