"""Writes docs/reference/seed-coverage.md from the data file beside it."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml


ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "reference" / "seed-coverage.yaml"
IDS = Path(__file__).parent / "seed-ids.yaml"

KINDS = ("rules", "facts", "checks", "inconsistencies", "workflow")
TITLES = {
    "rules": "Rules · Quy định",
    "facts": "Figures · Số liệu",
    "checks": "Sums and rates recomputed · Tính lại",
    "inconsistencies": "Disagreements · Chỗ không khớp",
    "workflow": "Who does what · Phân công, trình tự",
}
DOCUMENTS = {
    "dinhquan": ("Định Quán, 03-NQ/HU", "dong-nai"),
    "honquan": ("Hớn Quản, /KH-UBND (2025)", "binh-phuoc"),
    "quangnam": ("Quảng Nam, /QĐ-UBND (draft, 2021)", "quang-nam"),
    "trieuson": ("Triệu Sơn, report of 2021", "thanh-hoa"),
    "quangtri": ("Quảng Trị, /KH-CCB (2020)", "quang-tri"),
}
WAYS = ("rule", "expect", "fact", "unit", "case", "not")
WORDS = {
    "rule": "a rule",
    "expect": "a check of figures",
    "fact": "a fact",
    "unit": "the unit's file",
    "case": "a case",
    "not": "nothing, with the reason",
}
HEAD = """\
# The five documents, clause by clause · Năm văn bản, từng điều khoản

<!-- Written by tests/rulesets/test_seed_coverage.py --regen: do not edit. -->

Five published documents were read clause by clause, and each clause was given an id. A
row says by what it is expressed: the ruleset with its labels, the fact that holds the
figure, the check that finds a disagreement, the unit's file in `examples/`, or a case;
or why it is expressed by nothing. The pages of the provinces go the other way, from the
text to the rule.

Mỗi dòng là một điều khoản của năm văn bản và nơi nó được viết: bộ tiêu chí và số hiệu,
số liệu, phép đối chiếu, hồ sơ đơn vị, hoặc lý do không viết được.
"""


@attrs.frozen
class Row:
    """A clause and where it is expressed."""

    id: str
    means: str
    rule: tuple[str, ...] = ()
    fact: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    absent: str = ""
    why: str = ""

    @property
    def way(self) -> str:
        """The first way in which it is expressed, of `WAYS`."""
        found = (self.rule, self.expect, self.fact, self.unit, self.case)
        return next((w for w, v in zip(WAYS, found, strict=False) if v), "not")


def rows() -> dict[str, Row]:
    """Read the data file."""
    data: dict[str, dict[str, Any]] = yaml.safe_load(DATA.read_text("utf-8"))
    return {identity: _read(identity, entry) for identity, entry in data.items()}


def _read(identity: str, entry: dict[str, Any]) -> Row:
    values: dict[str, Any] = {key: tuple(entry.pop(key, ())) for key in WAYS[:-1]}
    values["absent"] = entry.pop("not", "")
    return Row(id=identity, **values, **entry)


def ids() -> dict[str, dict[str, list[str]]]:
    """Read the ids of each document, by kind."""
    data: dict[str, dict[str, list[str]]] = yaml.safe_load(IDS.read_text("utf-8"))
    return data


def page() -> str:
    """Give the whole page."""
    known = rows()
    parts = [HEAD, _summary(known.values())]
    for document, (title, folder) in DOCUMENTS.items():
        link = f"../../rulesets/vn/{folder}/README.md"
        parts.append(f"## {title}\n\nThe page of the province: [{folder}]({link}).\n")
        parts += _document(document, known)
    return "\n".join(parts)


def _summary(known: Iterable[Row]) -> str:
    groups = {i: kind for d, kind, labels in _groups() for i in _full(d, labels)}
    counts = collections.Counter((groups[row.id], row.way) for row in known)
    left = _left_out(set(rows()))
    lines = [
        f"| | {' | '.join(WORDS[way] for way in WAYS)} | no row |",
        "|---|" + "--:|" * (len(WAYS) + 1),
    ]
    for kind in KINDS:
        cells = [str(counts[kind, way]) for way in WAYS]
        cells.append(str(sum(k == kind for _, k, _ in left)))
        lines.append(f"| {TITLES[kind]} | {' | '.join(cells)} |")
    notes = "A clause that is expressed in several ways counts under the first."
    return "\n".join([*lines, "", notes, ""])


def _document(document: str, known: dict[str, Row]) -> Iterator[str]:
    for kind in KINDS:
        listed = _full(document, ids()[document][kind])
        shown = [known[i] for i in listed if i in known]
        left = [i for i in listed if i not in known]
        yield f"### {TITLES[kind]}\n"
        if shown:
            yield "| id | what it says | where | remark |\n|---|---|---|---|"
            yield "\n".join(map(_row, shown)) + "\n"
        if left:
            yield f"{_reason(kind)}: {', '.join(f'`{i}`' for i in left)}.\n"


def _reason(kind: str) -> str:
    if kind == "workflow":
        return "Duties, reporting and funding, which no assessment looks at"
    return "Without a figure or a condition that can be decided"


def _row(row: Row) -> str:
    where = [
        *_rules(row.rule),
        *(f"check of `{name}`: “{start} …”" for name, start in map(_split, row.expect)),
        *(f"fact `{name}`" for name in row.fact),
        *(f"`examples/{name}.yaml`" for name in row.unit),
        *(f"case `{name}` of `{path}`" for path, name in map(_split, row.case)),
    ]
    if row.absent:
        where.append(f"*{row.absent}*")
    cells = [f"`{row.id}`", row.means, "; ".join(where), row.why]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _rules(names: Iterable[str]) -> Iterator[str]:
    labels: dict[str, list[str]] = {}
    for name, label in map(_split, names):
        labels.setdefault(name, []).append(label)
    for name, found in labels.items():
        yield f"`{name}` {', '.join(filter(None, found))}".strip()


def _split(entry: str) -> tuple[str, str]:
    name, _, rest = entry.partition(" ")
    return name, rest


def _groups() -> Iterator[tuple[str, str, list[str]]]:
    for document, kinds in ids().items():
        for kind in KINDS:
            yield document, kind, kinds[kind]


def _full(document: str, labels: Iterable[str]) -> list[str]:
    return [f"{document}.{label}" for label in labels]


def _left_out(known: set[str]) -> list[tuple[str, str, str]]:
    return [
        (document, kind, identity)
        for document, kind, labels in _groups()
        for identity in _full(document, labels)
        if identity not in known
    ]
