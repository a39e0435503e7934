"""Random conditions and values as nested tuples."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.support.oracle.names import (
    AMOUNTS,
    BOOLEANS,
    COUNTS,
    GRADES,
    INSIDE,
    ONLY,
    PERCENTS,
    REGIONS,
    SHARES,
    TITLES,
    YEARS,
    Pick,
    Tree,
)


Maker = Callable[[], Tree]


class Writer:
    """Makes well-typed trees for units of one level."""

    def __init__(
        self, pick: Pick, level: str, labels: Sequence[str], others: Sequence[str]
    ) -> None:
        self.pick = pick
        self.level = level
        # Labels above that may be referred to, and ids of other rulesets, by level.
        self.labels = labels
        self.others = others

    def one_of(self, makers: Sequence[Maker]) -> Tree:
        """Make one of several."""
        return self.pick(makers)()

    def _there(self, level: str) -> Writer:
        return Writer(self.pick, level, (), self.others)

    # Conditions.

    def condition(self, depth: int) -> Tree:
        """Make a condition."""
        pick, d = self.pick, depth - 1
        plain: list[Maker] = [
            lambda: ("is", ("fact", pick(BOOLEANS))),
            lambda: self._compare(self.share, 0),
            lambda: self._compare(self.count, 0),
        ]
        if depth <= 0:
            return self.one_of(plain)
        makers = [
            *plain,
            lambda: self._compare(self.share, d),
            lambda: self._compare(self.count, d),
            lambda: self._compare(self.amount, d),
            lambda: self._compare(self.year, d),
            self._special,
            lambda: (
                "between",
                *(self.share(min(d, 1)) for _ in range(3)),
            ),
            lambda: ("not", self.condition(d)),
            lambda: (pick(("and", "or")), self._some(d)),
            lambda: self._choice(d),
            lambda: ("if", *(self.condition(d) for _ in range(3))),
            lambda: self._years(d),
        ]
        if TITLES[self.level]:
            makers.append(lambda: ("holds", pick(TITLES[self.level])))
            makers.append(
                lambda: (
                    "compare",
                    pick(("=", "!=", "<=", ">")),
                    ("granted", pick(TITLES[self.level])),
                    self.year(0),
                )
            )
        if INSIDE[self.level]:
            makers += [lambda: self._quantified(d)] * 4
            makers += [
                lambda: (
                    "compare",
                    pick(("=", "!=", "<", "<=", ">", ">=")),
                    ("count of", *self._collection(d)),
                    ("number", str(pick((0, 1, 2)))),
                )
            ] * 2
        if self.labels:
            makers += [self._reference, self._reference]
        if f"oracle.{self.level}" in self.others:
            makers += [self._elsewhere, self._elsewhere]
        return self.one_of(makers)

    def _some(self, depth: int) -> tuple[Tree, ...]:
        return tuple(self.condition(depth) for _ in range(self.pick((1, 2, 2, 3))))

    def _choice(self, depth: int) -> Tree:
        parts = self._some(depth)
        return ("choice", self.quantity(len(parts)), parts)

    def _compare(self, value: Callable[[int], Tree], depth: int) -> Tree:
        sign = self.pick((">=", ">", "<=", "<", "=", "!="))
        return ("compare", sign, value(depth), value(depth))

    def _special(self) -> Tree:
        pick = self.pick
        return self.one_of(
            [
                lambda: (
                    "compare",
                    pick(("=", "!=")),
                    ("fact", "region"),
                    ("case", pick(REGIONS)),
                ),
                lambda: (
                    "compare",
                    pick((">=", ">", "<=", "<", "=", "!=")),
                    ("fact", "rating"),
                    ("case", pick(GRADES)),
                ),
                lambda: (
                    "compare",
                    pick((">=", "<")),
                    ("fact", "founded"),
                    ("day", pick(("2023-12-31", "2024-02-29"))),
                ),
                lambda: (
                    "compare",
                    pick((">=", "=", "<")),
                    ("call", "count", (("fact", "parts"),)),
                    ("number", str(pick((0, 1, 2)))),
                ),
            ]
        )

    def quantity(self, most: int = 2) -> Tree:
        """Make a quantity, of up to *most*."""
        pick = self.pick
        return self.one_of(
            [
                lambda: ("all",),
                lambda: ("number", pick(("at least", "at most", "exactly")), 1),
                lambda: (
                    "number",
                    pick(("at least", "at most", "exactly")),
                    min(most, 2),
                ),
                lambda: (
                    "share",
                    pick(("at least", "at most")),
                    pick(("0", "40", "50", "66", "100")),
                ),
            ]
        )

    def _collection(self, depth: int) -> tuple[str, Tree | None]:
        level = self.pick(INSIDE[self.level])
        where = None
        if self.pick((False, False, True)):
            there = self._there(level)
            where = self.one_of(
                [
                    lambda: ("is", ("fact", self.pick(BOOLEANS))),
                    lambda: ("not", ("is", ("fact", self.pick(BOOLEANS)))),
                    lambda: there.condition(min(depth, 1)),
                ]
            )
        return level, where

    def _quantified(self, depth: int) -> Tree:
        pick = self.pick
        level, where = self._collection(depth)
        makers: list[Maker] = [lambda: ("have", self._there(level).condition(depth))]
        if TITLES[level]:
            makers.append(lambda: ("holds", pick(TITLES[level])))
        if f"oracle.{level}" in self.others:
            makers.append(lambda: ("meets", f"oracle.{level}"))
        quantity = self.one_of([self.quantity, lambda: ("no",)])
        return ("over", quantity, level, where, self.one_of(makers), self._if_none())

    def _if_none(self) -> str | None:
        return self.pick((None, None, "met", "not met", "not applicable"))

    def _years(self, depth: int) -> Tree:
        quantity = self.one_of([self.quantity, lambda: ("no",)])
        first, last = self.one_of(
            [
                lambda: (("minus", 2), ("minus", 0)),
                lambda: (self.year(0), self.year(0)),
                lambda: (("minus", 1), ("minus", 1)),
            ]
        )
        body = self.condition(depth)
        return ("years", quantity, first, last, body, self._if_none())

    def _reference(self) -> Tree:
        label = self.pick(self.labels)
        return self.one_of(
            [
                lambda: ("criterion", label, None),
                lambda: ("indicator", f"{label}.1", None),
            ]
        )

    def _elsewhere(self) -> Tree:
        pick, other = self.pick, f"oracle.{self.level}"
        quantity = self.one_of([lambda: self.quantity(1), lambda: ("any",)])
        return self.one_of(
            [
                lambda: ("criterion", pick(("1", "2", "3")), other),
                lambda: ("indicator", pick(("1", "2.1", "3.2")), other),
                lambda: ("criteria", quantity, other, ()),
                lambda: ("criteria", quantity, other, (pick(("1", "2")),)),
            ]
        )

    # Values.

    def _facts(self, names: Sequence[str]) -> Tree:
        usable = [n for n in names if self.level in ONLY.get(n, (self.level,))]
        return ("fact", self.pick(usable))

    def share(self, depth: int) -> Tree:
        """Make a share."""
        pick, d = self.pick, depth - 1
        plain: list[Maker] = [
            lambda: ("percent", pick(PERCENTS)),
            lambda: self._facts(SHARES),
            lambda: self._facts(SHARES),
        ]
        if depth <= 0:
            return self.one_of(plain)
        makers = [
            *plain,
            self._table,
            self._table,
            lambda: ("at", self._facts(SHARES), self.year(0)),
            lambda: (pick(("+", "-")), self.share(d), self.share(d)),
            lambda: ("*", self._number(), self.share(d)),
            lambda: ("/", self.share(d), self._number()),
            lambda: ("ratio", self._facts(COUNTS), self._facts(COUNTS)),
            lambda: ("/", self.amount(0), self.amount(0)),
            lambda: ("rounded", self.share(d), pick((0, 1))),
            lambda: ("call", "abs", (self.share(d),)),
            lambda: (
                "call",
                pick(("min", "max", "average")),
                (("fact", "parts"),),
            ),
            lambda: ("if", self.condition(d), self.share(d), self.share(d)),
        ]
        if INSIDE[self.level]:
            makers += [lambda: self._aggregate(d)] * 2
        if f"oracle.{self.level}" in self.others:
            makers.append(lambda: ("threshold", "1", f"oracle.{self.level}"))
        return self.one_of(makers)

    def _aggregate(self, depth: int) -> Tree:
        level, where = self._collection(depth)
        there = self._there(level)
        name = self.pick(("min", "max", "average", "average"))
        weight = self.pick((None, there._facts(("c1", "total_count"))))
        if name != "average":
            weight = None
        value = there.share(min(depth, 1))
        return ("aggregate", name, value, level, where, weight)

    def _number(self) -> Tree:
        return self.one_of(
            [lambda: ("number", self.pick(("0.5", "2"))), lambda: ("fact", "factor")]
        )

    def count(self, depth: int) -> Tree:
        """Make a count of persons."""
        pick, d = self.pick, depth - 1
        plain: list[Maker] = [
            lambda: ("number", str(pick((0, 1, 2, 10)))),
            lambda: self._facts(COUNTS),
            lambda: self._facts(COUNTS),
        ]
        if depth <= 0:
            return self.one_of(plain)
        makers = [
            *plain,
            lambda: ("at", self._facts(COUNTS), self.year(0)),
            lambda: (pick(("+", "-")), self._facts(COUNTS), self._facts(COUNTS)),
            lambda: ("if", self.condition(d), self._facts(COUNTS), ("number", "1")),
        ]
        if INSIDE[self.level]:
            makers.append(lambda: self._sum(d))
        return self.one_of(makers)

    def _sum(self, depth: int) -> Tree:
        level, where = self._collection(depth)
        value = self._there(level)._facts(("c1", "total_count"))
        return ("aggregate", "sum", value, level, where, None)

    def amount(self, depth: int) -> Tree:
        """Make an amount of money."""
        pick = self.pick
        plain: list[Maker] = [
            lambda: ("money", pick(("0", "1", "1.5", "3")), "million"),
            lambda: ("money", pick(("1_000", "1_500")), "thousand"),
            lambda: self._facts(AMOUNTS),
            lambda: self._facts(AMOUNTS),
        ]
        if depth <= 0:
            return self.one_of(plain)
        makers = [
            *plain,
            lambda: ("at", self._facts(AMOUNTS), self.year(0)),
            lambda: ("*", self._number(), ("at", self._facts(AMOUNTS), self.year(0))),
            lambda: ("+", self._facts(AMOUNTS), self.amount(0)),
        ]
        return self.one_of(makers)

    def year(self, _: int) -> Tree:
        """Make a year."""
        pick = self.pick
        makers: list[Maker] = [
            lambda: ("number", str(pick(YEARS))),
            lambda: ("year",),
            lambda: ("minus", 1),
            lambda: ("fact", "since"),
        ]
        if TITLES[self.level]:
            makers += [lambda: ("granted", pick(TITLES[self.level]))] * 2
        return self.one_of(makers)

    def _cells(self, number: int) -> tuple[str, ...]:
        cells = (*PERCENTS, "5?", "50?", "-", "-")
        return tuple(self.pick(cells) for _ in range(number))

    def _table(self) -> Tree:
        pick = self.pick
        match pick(("enum", "otherwise", "year", "both", "grades")):
            case "enum":
                return ("table", ("region",), (None,), (REGIONS,), (self._cells(3),))
            case "otherwise":
                keys: tuple[str, ...] = ("north", "otherwise")
                return ("table", ("region",), (None,), (keys,), (self._cells(2),))
            case "year":
                keys = pick((("2023", "otherwise"), ("2022", "2023"), ("2024",)))
                cells: Tree = (self._cells(len(keys)),)
                return ("table", ("year",), (None,), (keys,), cells)
            case "both":
                keys = pick((("2023", "otherwise"), ("2022", "2023")))
                rows = pick((REGIONS, ("south", "otherwise")))
                cells = tuple(self._cells(2) for _ in rows)
                return ("table", ("region", "year"), rows, (keys,), cells)
            case _:
                keys = ("fair", "otherwise")
                cells = tuple(self._cells(2) for _ in REGIONS)
                return ("table", ("region", "rating"), REGIONS, (keys,), cells)
