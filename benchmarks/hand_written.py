"""
What somebody would write by hand for the work W, to be fast: straight-line Python.

It is written by a loop here, and is as good as typed: one line for each requirement,
thresholds by region looked up once, integers multiplied across.  `closures` is the
same with one small function for each requirement.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from benchmarks.common_work import REGIONS, Requirement, Work, all_of, any_of


Loose: TypeAlias = Any
Function = Callable[[Loose], Loose]

_RATIOS = {
    "int": "n * 1000 >= {wanted} * d",
    "decimal": "Decimal(n) / Decimal(d) >= {wanted}",
    "fraction": "Fraction(n, d) >= {wanted}",
    "float": "n / d >= {wanted}",
}


def _constant(thousandths: int, numbers: str) -> Loose:
    match numbers:
        case "decimal":
            return Decimal(thousandths) / 1_000
        case "fraction":
            return Fraction(thousandths, 1_000)
        case "float":
            return thousandths / 1_000
        case _:
            return thousandths


def straight_line(
    work: Work, *, numbers: str = "int", result: str = "tuple", shape: str = "flat"
) -> Function:
    """
    Write the function.

    Args:
        work: What to decide.
        numbers: ``int``, ``decimal``, ``fraction``, or ``float``, which is inexact.
        result: ``tuple`` or ``dict``.
        shape: ``flat`` for the units of `flat_units`, ``mapping`` for those of
            `unit_mapping`.
    """
    regional = [one for one in work.of_kind("share") if one.by_region]
    space: dict[str, Any] = {"Decimal": Decimal, "Fraction": Fraction}
    space["T"] = {
        region: tuple(_constant(one.by_region[region], numbers) for one in regional)
        for region in REGIONS
    }
    names = {one.label: f"i{number}" for number, one in enumerate(work.requirements)}
    lines = ["def decide(u):"]
    if shape == "mapping":
        lines += [" villages = u['villages']", " u = u['facts']", " get = u.get"]
    thresholds = ", ".join(f"t_{names[one.label]}" for one in regional)
    lines.append(f" {thresholds}, = T[u['region']]")
    for one in work.requirements:
        lines += _lines(one, names[one.label], numbers, shape, space)
    outer = []
    for number, (_, enough, three) in enumerate(work.criteria):
        outer.append(f"c{number}")
        joined = _joined([names[one.label] for one in three], enough=enough)
        lines.append(f" c{number} = {joined}")
    lines.append(f" whole = {_joined(outer, enough=False)}")
    found = [*names.values(), *outer, "whole"]
    if result == "dict":
        pairs = zip(work.keys, found, strict=True)
        lines.append(f" return {{{', '.join(f'{k!r}: {v}' for k, v in pairs)}}}")
    else:
        lines.append(f" return ({', '.join(found)})")
    exec("\n".join(lines), space)  # noqa: S102 - written above
    decide: Function = space["decide"]
    return decide


def _lines(
    one: Requirement, name: str, numbers: str, shape: str, space: dict[str, Any]
) -> list[str]:
    fact = f"u['{one.name}']" if shape == "flat" else f"get('{one.name}')"
    match one.kind:
        case "share":
            wanted = f"t_{name}"
            if not one.by_region:
                constant = _constant(one.least, numbers)
                wanted = str(constant) if numbers in {"int", "float"} else f"k_{name}"
                space[f"k_{name}"] = constant
            test = _RATIOS[numbers].format(wanted=wanted)
            if shape == "flat":
                return [
                    f" n = u['n_{one.name}']; d = u['d_{one.name}']",
                    f" {name} = None if n is None or not d else {test}",
                ]
            return [
                f" v = {fact}",
                f" if v is None: {name} = None",
                " else:",
                "  n, d = v",
                f"  {name} = {test} if d else None",
            ]
        case "amount":
            test = f"v >= {one.least}"
            return [f" v = {fact}; {name} = None if v is None else {test}"]
        case "flag":
            return [f" {name} = {fact}"]
        case _:
            loop = [f" for v in u['{one.name}']:"]
            if shape == "mapping":
                loop = [
                    " for s in villages:",
                    f"  v = s['facts'].get('{one.name}')",
                ]
            of = f"u['{one.name}']" if shape == "flat" else "villages"
            maybe = "None if (p + q) * 1000 >= m else False"
            return [
                " p = q = 0",
                *loop,
                "  if v is None: q += 1",
                f"  elif v >= {one.score}: p += 1",
                f" m = {one.least} * len({of})",
                f" {name} = True if p * 1000 >= m else {maybe}",
            ]


def _joined(names: list[str], *, enough: bool) -> str:
    unknown = " or ".join(f"{name} is None" for name in names)
    if enough:
        return f"True if {' or '.join(names)} else None if {unknown} else False"
    failed = " or ".join(f"{name} is False" for name in names)
    return f"True if {' and '.join(names)} else False if {failed} else None"


def closures(work: Work) -> Function:
    """Make a list of small functions, one for each requirement."""
    tests = [(f"i{one.label}", _closure(one)) for one in work.requirements]
    criteria = [
        (f"c{label}", any_of if enough else all_of, [f"i{one.label}" for one in three])
        for label, enough, three in work.criteria
    ]

    def decide(unit: Loose) -> Loose:
        found = {key: test(unit) for key, test in tests}
        outer = {
            key: join([found[one] for one in inner]) for key, join, inner in criteria
        }
        return {**found, **outer, "whole": all_of(outer.values())}

    return decide


def _closure(one: Requirement) -> Function:
    match one.kind:
        case "share":
            part, whole = f"n_{one.name}", f"d_{one.name}"
            wanted = {region: one.wanted(region) for region in REGIONS}

            def share(unit: Loose) -> Loose:
                n, d = unit[part], unit[whole]
                if n is None or not d:
                    return None
                return n * 1_000 >= wanted[unit["region"]] * d

            return share
        case "amount":

            def amount(unit: Loose) -> Loose:
                found = unit[one.name]
                return None if found is None else found >= one.least

            return amount
        case "flag":
            return lambda unit: unit[one.name]
        case _:

            def score(unit: Loose) -> Loose:
                met = unknown = 0
                for found in unit[one.name]:
                    if found is None:
                        unknown += 1
                    elif found >= one.score:
                        met += 1
                wanted = one.least * len(unit[one.name])
                if met * 1_000 >= wanted:
                    return True
                return None if (met + unknown) * 1_000 >= wanted else False

            return score
