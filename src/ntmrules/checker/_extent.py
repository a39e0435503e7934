"""
How deep an evaluation goes, and how much it visits, with everything written out.

Criteria and indicators are evaluated once, and then known; a definition or the
threshold of an indicator is evaluated wherever it is named.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Mapping, Sequence

import attrs

from ntmrules.checker._references import depends_on
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset, threshold
from ntmrules.syntax import MAX_DEPTH, MAX_TOKENS


MOST_LEVELS = 100
"""Brackets count while a file is read, and definitions and references after it."""

LONGEST_RUN = 200
"""The most years that evaluation looks at in one run, its `MAX_YEARS`."""

MOST_VISITS = 2 * MAX_TOKENS
"""As many as the longest file makes without definitions, references and years."""

assert MOST_LEVELS > MAX_DEPTH

# A reference leads through a criterion and its indicators to their conditions.
_REFERENCE = 3

Key = tuple[str, str]


@attrs.define
class Book:
    """
    The provisions of a ruleset, and how many levels below each one are.

    Attributes:
        versions: Of the rulesets it refers to.
        levels: By kind and label.
        visits: All in all.
    """

    preconditions: Mapping[str, Criterion]
    criteria: Mapping[str, Criterion]
    versions: Mapping[str, Sequence[Ruleset]]
    levels: dict[Key, int] = attrs.field(factory=dict)
    visits: int = 0

    def provisions(self) -> Iterator[Criterion]:
        """Give preconditions, then criteria."""
        yield from self.preconditions.values()
        yield from self.criteria.values()

    def whole(self) -> int:
        """Give the levels of the whole."""
        return max(self.levels.values(), default=0)


Provision = Criterion | Indicator


class Extents:
    """Works out how far evaluations go, of each ruleset once."""

    def __init__(self) -> None:
        self._books: dict[int, Book] = {}
        self._thresholds: dict[tuple[int, str], tuple[int, int]] = {}

    def measure(self, book: Book) -> Mapping[Key, Provision]:
        """
        Fill in levels and visits; give the provisions by kind and label.

        The references inside the book must not form a circle.
        """
        found: dict[Key, Provision] = {}
        for criterion in book.provisions():
            found["criterion", criterion.label] = criterion
            for indicator in criterion.indicators:
                found["indicator", indicator.label] = indicator
        needs = {
            key: _needs(provision, book.criteria) for key, provision in found.items()
        }
        for key in graphlib.TopologicalSorter(needs).static_order():
            provision = found.get(key)
            if provision is not None:
                book.levels[key] = self._levels(provision, book)
        return found

    def _levels(self, provision: Provision, book: Book) -> int:
        levels = 0
        if isinstance(provision, Criterion):
            inside = provision.indicators
            levels = max(book.levels["indicator", found.label] for found in inside)
        return max([levels, *(self.add(part, book) for part in _parts(provision))])

    def add(self, root: e.Expression, book: Book) -> int:
        """Add the visits of an expression to a book; give its levels."""
        levels, visits = self._walk(root, book)
        book.visits += visits
        return levels

    def _walk(self, root: e.Expression, book: Book) -> tuple[int, int]:
        """Give levels and visits of an expression, these not far beyond the limit."""
        deepest = visits = 0
        waiting = [(root, 1, 1)]
        while waiting and visits <= MOST_VISITS:
            node, level, times = waiting.pop()
            visits += times
            deepest = max(deepest, level)
            inside = times * _years(node)
            waiting += [(child, level + 1, inside) for child in e.children(node)]
            for there in self._there(node, book):
                if isinstance(node, e.ThresholdOf):
                    levels, more = self._threshold(node.label, there)
                    below = [levels - _REFERENCE]
                else:
                    below = _below(node, there)
                    more = len(below)
                visits += times * more
                deepest = max([deepest, *(level + _REFERENCE + x for x in below)])
        return deepest, visits

    def _threshold(self, label: str, book: Book) -> tuple[int, int]:
        key = (id(book), label)
        if key not in self._thresholds:
            wanted = _wanted(book, label)
            self._thresholds[key] = (
                (0, 0) if wanted is None else self._walk(wanted, book)
            )
        return self._thresholds[key]

    def _there(self, node: e.Expression, book: Book) -> list[Book]:
        """Give the books of the rulesets to which an expression refers."""
        if not isinstance(
            node, e.ProvisionVerdict | e.CriteriaChoice | e.Meets | e.ThresholdOf
        ):
            return []
        if node.ruleset is None:
            return [book]
        return [self._book(version) for version in book.versions.get(node.ruleset, ())]

    def _book(self, ruleset: Ruleset) -> Book:
        if id(ruleset) not in self._books:
            book = Book(ruleset.preconditions, ruleset.criteria, ruleset.references)
            self._books[id(ruleset)] = book
            self.measure(book)
            if ruleset.confers is not None and ruleset.confers.when is not None:
                book.levels["when", ""] = self.add(ruleset.confers.when, book)
        return self._books[id(ruleset)]


def _years(node: e.Expression) -> int:
    """Give how often a quantifier over years looks at its condition, at most."""
    if not isinstance(node, e.Quantified) or not isinstance(node.collection, e.Years):
        return 1
    first, last = _from_now(node.collection.first), _from_now(node.collection.last)
    if first is None or last is None or first[0] is not last[0]:
        return LONGEST_RUN
    return max(1, min(last[1] - first[1] + 1, LONGEST_RUN))


def _from_now(node: e.Expression) -> tuple[bool, int] | None:
    """Read ``2021`` and ``year - 3``: whether it counts from this year, and how far."""
    match e.plain(node):
        case e.Constant(value=int() as year):
            return False, year
        case e.CurrentYear():
            return True, 0
        case e.Arithmetic(
            operator="-" | "+" as sign,
            left=e.CurrentYear(),
            right=e.Constant(value=int() as number),
        ):
            return True, number if sign == "+" else -number
        case _:
            return None


def _parts(provision: Provision) -> Iterator[e.Expression]:
    if provision.applies is not None:
        yield provision.applies
    required = (
        provision.passes if isinstance(provision, Criterion) else provision.requirement
    )
    if required is not None and not isinstance(required, Attested):
        yield required


def _needs(provision: Provision, criteria: Mapping[str, Criterion]) -> set[Key]:
    needs = {
        (edge.kind, edge.label)
        for part in _parts(provision)
        for edge in depends_on(part, criteria)
    }
    if isinstance(provision, Criterion):
        needs |= {("indicator", indicator.label) for indicator in provision.indicators}
    return needs


def _below(node: e.Expression, book: Book) -> list[int]:
    """Give the levels of each provision of *book* to which a node refers."""
    match node:
        case e.ProvisionVerdict():
            return [book.levels.get((node.kind, node.label), 0)]
        case e.CriteriaChoice():
            kept = [label for label in book.criteria if label not in node.excepted]
            return [book.levels.get(("criterion", label), 0) for label in kept]
        case _:
            return [book.whole()]


def _wanted(book: Book, label: str) -> e.Expression | None:
    for criterion in book.provisions():
        for indicator in criterion.indicators:
            if indicator.label == label:
                return threshold(indicator.requirement)
    return None
