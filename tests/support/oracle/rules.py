"""Rulesets of random trees, and how they are written."""

from __future__ import annotations

import datetime
from typing import Any

from tests.support.oracle.names import Pick, Tree, plural
from tests.support.oracle.words import Writer


Rules = dict[str, Any]
"""A ruleset: ``id level start end when preconditions criteria``."""


class Printer:
    """Writes trees as text, and gathers the definitions they use."""

    def __init__(self) -> None:
        self.definitions: list[str] = []

    def condition(self, tree: Tree) -> str:
        """Write a condition, in parentheses if it has parts."""
        match tree:
            case ("is", value):
                return self.value(value)
            case ("compare", sign, left, right):
                return f"({self.value(left)} {sign} {self.value(right)})"
            case ("between", value, low, high):
                ends = f"{self.value(low)} and {self.value(high)}"
                return f"({self.value(value)} between {ends})"
            case ("not", inner):
                return f"(not {self.condition(inner)})"
            case (("and" | "or") as word, parts):
                return f"({f' {word} '.join(map(self.condition, parts))})"
            case ("choice", quantity, parts):
                inner = ", ".join(map(self.condition, parts))
                return f"({self._chosen(quantity)} of ({inner}))"
            case ("if", test, then, otherwise):
                branches = f"{self.condition(then)} else {self.condition(otherwise)}"
                return f"(if {self.condition(test)} then {branches})"
            case ("holds", title):
                return f"(holds {title})"
            case ("over", quantity, level, where, body, if_none):
                members = f"{plural(level)}{self._where(where)}"
                return self._each(quantity, members, self._body(body), if_none)
            case ("years", quantity, first, last, body, if_none):
                ends = f"{self.value(first)} to {self.value(last)}"
                said = f"have {self.condition(body)}"
                return self._each(quantity, f"years from {ends}", said, if_none)
            case ("criteria", quantity, other, excepted):
                of = f" of {other}" if other else ""
                but = f" except {', '.join(excepted)}" if excepted else ""
                return f"({self._chosen(quantity)} of criteria{of}{but})"
            case ("defined", inner):
                name = f"d{len(self.definitions)}"
                self.definitions.append("")
                text = self.condition(inner)
                self.definitions[int(name[1:])] = f"define {name} = {text}\n"
                return name
            case (kind, label, other):
                of = f" of {other}" if other else ""
                return f"({kind} {label}{of})"
            case _:
                raise TypeError(tree)

    def _body(self, body: Tree) -> str:
        match body:
            case ("have", inner):
                return f"have {self.condition(inner)}"
            case ("holds", title):
                return f"hold {title}"
            case (_, other):
                return f"meet {other}"
            case _:
                raise TypeError(body)

    def _each(self, quantity: Tree, members: str, said: str, none: str | None) -> str:
        many = quantity[0]
        if many == "number":
            many = f"{quantity[1]} {quantity[2]}"
        elif many == "share":
            many = f"{quantity[1]} {quantity[2]}% of"
        ending = f" if none {none}" if none else ""
        return f"({many} {members} {said}{ending})"

    def _chosen(self, quantity: Tree) -> str:
        match quantity:
            case ("number", bound, number):
                return f"{bound} {number}"
            case ("share", bound, percent):
                return f"{bound} {percent}%"
            case _:
                return str(quantity[0])

    def _where(self, where: Tree | None) -> str:
        match where:
            case None:
                return ""
            case ("is", ("fact", name)):
                return f" where {name}"
            case ("not", ("is", ("fact", name))):
                return f" where not {name}"
            case _:
                return f" where ({self.condition(where)})"

    def value(self, tree: Tree) -> str:
        """Write a value, in parentheses if it has parts."""
        match tree:
            case ("fact" | "number" | "case" | "day", text):
                return str(text)
            case ("percent", text):
                return f"{text}%"
            case ("money", text, scale):
                return f"({text} {scale} VND)"
            case ("year",):
                return "year"
            case ("minus", number):
                return f"(year - {number})" if number else "year"
            case ("granted", title):
                return f"(granted {title})"
            case ("at", value, year):
                return f"({self.value(value)} at {self.value(year)})"
            case (("+" | "-" | "*" | "/") as sign, left, right):
                return f"({self.value(left)} {sign} {self.value(right)})"
            case ("ratio", left, right):
                return f"ratio({self.value(left)}, {self.value(right)})"
            case ("rounded", value, digits):
                return f"rounded({self.value(value)}, {digits})"
            case ("call", name, arguments):
                return f"{name}({', '.join(map(self.value, arguments))})"
            case ("if", test, then, otherwise):
                branches = f"{self.value(then)} else {self.value(otherwise)}"
                return f"(if {self.condition(test)} then {branches})"
            case ("count of", level, where):
                return f"(count of {plural(level)}{self._where(where)})"
            case ("aggregate", name, value, level, where, weight):
                by = f" weighted by {self.value(weight)}" if weight else ""
                members = f"{plural(level)}{self._where(where)}"
                return f"({name} of {self.value(value)} over {members}{by})"
            case ("threshold", label, other):
                return f"(threshold of indicator {label} of {other})"
            case ("table", axes, rows, (keys,), cells):
                return self._table(axes, rows, keys, cells)
            case _:
                raise TypeError(tree)

    def _table(self, axes: Tree, rows: Tree, keys: Tree, cells: Tree) -> str:
        corner = f" {axes[0]} |" if len(axes) == 2 else ""
        lines = [f"|{corner} {' | '.join(keys)} |"]
        for key, row in zip(rows, cells, strict=True):
            start = f" {key} |" if key else ""
            written = (_cell(cell) for cell in row)
            lines.append(f"|{start} {' | '.join(written)} |")
        return f"(by {', '.join(axes)} {{\n" + "\n".join(lines) + "\n})"


def _cell(cell: str) -> str:
    if cell == "-":
        return "-"
    return f"{cell[:-1]}%?" if cell.endswith("?") else f"{cell}%"


def write(rules: Rules) -> str:
    """Write a whole ruleset."""
    out = Printer()
    body = "".join(
        _provision(out, kind, one)
        for kind, group in (
            ("precondition", rules["preconditions"]),
            ("criterion", rules["criteria"]),
        )
        for one in group
    )
    when = ""
    if rules["when"] is not None:
        when = f" when {out.condition(rules['when'])}"
    title = f"{rules['level']}.standard"
    grants = f"  grants {title}{when}\n" if rules["level"] in TITLED else ""
    return (
        f"ruleset {rules['id']}\n"
        '  name "R"\n'
        f"  for {rules['level']}\n"
        f"{grants}"
        '  basis "0/T" dated 2010-01-01\n'
        f"  in force from {rules['start']} to {rules['end']}\n"
        "use oracle.facts\n" + "".join(out.definitions) + body
    )


def _provision(out: Printer, kind: str, one: Rules) -> str:
    if one["line"]:
        (inner,) = one["indicators"]
        return f'{kind} {one["label"]} "N" {{\n{_clauses(out, inner)}}}\n'
    clauses = ""
    if one["applies"] is not None:
        clauses += f"  applies when {out.condition(one['applies'])}\n"
    if one["passes"] is not None:
        clauses += f"  passes when {out.condition(one['passes'])}\n"
    inside = "".join(
        f'  indicator {inner["label"]} "N" {{\n{_clauses(out, inner)}  }}\n'
        for inner in one["indicators"]
    )
    return f'{kind} {one["label"]} "N" {{\n{clauses}{inside}}}\n'


def _clauses(out: Printer, inner: Rules) -> str:
    text = ""
    if inner["applies"] is not None:
        text += f"    applies when {out.condition(inner['applies'])}\n"
    if inner["unverified"]:
        text += '    unverified "?"\n'
    if inner["require"] is None:
        return text + "    attested\n"
    # The threshold of an indicator is that of a bare comparison.
    required = out.condition(inner["require"])
    return text + f"    require {required}\n"


def criterion_of(rules: Rules, label: str) -> Rules:
    """Find a criterion or precondition."""
    every = (*rules["criteria"], *rules["preconditions"])
    found: Rules = next(one for one in every if one["label"] == label)
    return found


def indicator_of(rules: Rules, label: str) -> Rules:
    """Find an indicator."""
    found: Rules = next(
        inner
        for one in (*rules["criteria"], *rules["preconditions"])
        for inner in one["indicators"]
        if inner["label"] == label
    )
    return found


# ── drawing ────────────────────────────────────────────────────────────────────────


def ruleset(pick: Pick, level: str, others: tuple[str, ...], depth: int) -> Rules:
    """Draw the ruleset that is assessed."""
    labels: list[str] = []
    criteria = []
    for number in range(1, pick((1, 2, 3)) + 1):
        writer = Writer(pick, level, tuple(labels), others)
        criteria.append(_criterion(writer, str(number), depth))
        labels.append(str(number))
    writer = Writer(pick, level, tuple(labels), others)
    preconditions = []
    if pick((False, False, True)):
        preconditions = [_line(writer, "P1", 1)]
    when = None
    if level in TITLED and pick((False, False, True)):
        when = writer.one_of(
            [
                lambda: ("criteria", writer.quantity(len(labels)), None, ()),
                lambda: ("criteria", ("any",), None, ()),
                lambda: ("criteria", ("all",), None, (pick(labels),)),
                lambda: writer.condition(1),
            ]
        )
    return _rules("oracle.case", level, criteria, preconditions, when)


TITLED = ("district", "commune")
START, END = datetime.date(2015, 1, 1), datetime.date(2030, 12, 31)


def _rules(
    name: str,
    level: str,
    criteria: list[Rules],
    preconditions: list[Rules],
    when: Tree | None = None,
) -> Rules:
    return {
        "id": name,
        "level": level,
        "start": START,
        "end": END,
        "when": when,
        "preconditions": preconditions,
        "criteria": criteria,
    }


def _line(writer: Writer, label: str, depth: int) -> Rules:
    return {
        "label": label,
        "line": True,
        "applies": None,
        "passes": None,
        "indicators": [_indicator(writer, label, depth)],
    }


def _indicator(writer: Writer, label: str, depth: int) -> Rules:
    kind = writer.pick(("", "", "", "", "", "applies", "unverified", "attested"))
    require = None if kind == "attested" else writer.condition(depth)
    applies = writer.condition(1) if kind == "applies" else None
    return {
        "label": label,
        "applies": applies,
        "unverified": kind == "unverified",
        "require": require,
    }


def _criterion(writer: Writer, label: str, depth: int) -> Rules:
    pick = writer.pick
    inner = [f"{label}.{number}" for number in range(1, pick((1, 2, 3)) + 1)]
    passes = None
    if pick((False, False, True)):
        parts = tuple(("indicator", one, None) for one in inner)
        passes = (
            "choice",
            writer.one_of([lambda: writer.quantity(len(inner)), lambda: ("any",)]),
            parts,
        )
    applies = writer.condition(1) if pick((False,) * 4 + (True,)) else None
    return {
        "label": label,
        "line": False,
        "applies": applies,
        "passes": passes,
        "indicators": [_indicator(writer, one, depth) for one in inner],
    }


CHANGES = (None, "2023-07-01", "2024-02-29")


def other_rulesets(pick: Pick) -> tuple[Rules, ...]:
    """Draw the versions of rulesets that are referred to."""
    found: list[Rules] = []
    known: tuple[str, ...] = ()
    for level in ("village", "commune", "district"):
        change = pick(CHANGES)
        ends = [(START, END)]
        if change is not None:
            day = datetime.date.fromisoformat(change)
            before = day - datetime.timedelta(days=pick((1, 1, 40)))
            ends = [(START, before), (day, END)]
        for start, end in ends:
            writer = Writer(pick, level, (), known)
            threshold = ("compare", ">=", ("fact", "s1"), writer.share(1))
            first = _line(writer, "1", 0)
            first["indicators"][0] |= {"require": threshold, "applies": None}
            rules = _rules(
                f"oracle.{level}",
                level,
                [first, _fixed(writer, "2"), _fixed(writer, "3")],
                [],
            )
            found.append(rules | {"start": start, "end": end})
        known = (*known, f"oracle.{level}")
    return tuple(found)


def _fixed(writer: Writer, label: str) -> Rules:
    criterion = _criterion(writer, label, 1)
    inner = [_indicator(writer, f"{label}.{n}", 1) for n in (1, 2)]
    passes = criterion["passes"]
    if passes is not None:
        parts = tuple(("indicator", one["label"], None) for one in inner)
        passes = ("choice", writer.quantity(2), parts)
    return criterion | {"indicators": inner, "passes": passes}
