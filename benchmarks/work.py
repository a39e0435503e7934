"""
The common work: a ruleset of 60 indicators, made here, and a unit to assess by it.

20 criteria of 3 indicators: 20 shares with a threshold by region, 20 shares with one
threshold, 10 amounts, 6 booleans, 4 quantifiers over 8 villages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


REGIONS = ("TDMNPB", "DBSH", "BTB", "NTB", "TN", "DNB", "DBSCL")

SHARES = 40
TABLES = 20
AMOUNTS = 10
BOOLEANS = 6
QUANTIFIERS = 4
VILLAGES = 8


def vocabulary() -> str:
    """Write the facts that the ruleset uses."""
    cases = ", ".join(f'{region} "Vùng {region}"' for region in REGIONS)
    lines = [
        "vocabulary bench.facts",
        'unit VND "đồng"',
        'unit person, persons "người"',
        'level commune, communes "Xã"',
        'level village, villages within commune "Thôn"',
        f"enum region {{ {cases} }}",
        'fact region: region "Vùng" on commune',
    ]
    lines += [f'fact share_{i}: share of persons "Tỷ lệ {i}"' for i in range(SHARES)]
    lines += [
        f'fact amount_{i}: amount of million VND/person "Mức {i}"'
        for i in range(AMOUNTS)
    ]
    lines += [f'fact flag_{i}: boolean "Có {i}"' for i in range(BOOLEANS)]
    return "\n".join(lines) + "\n"


def ruleset() -> str:
    """Write the ruleset: each criterion takes three requirements in turn."""
    lines = [
        "ruleset bench.commune",
        '  name  "Xã"',
        "  for   commune",
        '  basis "1/QĐ-TTg" dated 2021-01-05 by "Thủ tướng Chính phủ"',
        "  in force from 2021-01-05 to 2025-12-31",
        "use bench.facts",
    ]
    for number, requirement in enumerate(_requirements()):
        criterion, indicator = divmod(number, 3)
        label = f"{criterion + 1}.{indicator + 1}"
        if indicator == 0:
            lines.append(f'criterion {criterion + 1} "Tiêu chí {criterion + 1}" {{')
        lines.append(f'  indicator {label} "Chỉ tiêu {label}": {requirement}')
        if indicator == 2:
            lines.append("}")
    return "\n".join(lines) + "\n"


def _requirements() -> Iterator[str]:
    for i in range(SHARES):
        if i < TABLES:
            header = " | ".join(REGIONS)
            row = " | ".join(f"{70 + (i + column) % 30}%" for column in range(7))
            yield f"share_{i} >= by region {{\n    | {header} |\n    | {row} |\n  }}"
        else:
            yield f"share_{i} >= {60 + i}.5%"
    for i in range(AMOUNTS):
        yield f"amount_{i} >= {40 + i} million VND/person"
    for i in range(BOOLEANS):
        yield f"flag_{i}"
    for i in range(QUANTIFIERS):
        yield f"at least {60 + 10 * i}% of villages have share_{i} >= 80%"


def unit() -> dict[str, Any]:
    """Give a commune near its thresholds, one fact in forty missing."""
    facts: dict[str, Any] = {"region": "BTB"}
    facts |= {f"share_{i}": f"{3500 + 37 * i}/5000" for i in range(SHARES) if i != 7}
    facts |= {f"amount_{i}": f"{38 + 2 * i}.5" for i in range(AMOUNTS)}
    facts |= {f"flag_{i}": i % 3 != 0 for i in range(BOOLEANS)}
    return {
        "level": "commune",
        "id": "bench.1",
        "facts": facts,
        "villages": [
            {"id": f"bench.1.{v}", "facts": _village_facts(v)} for v in range(VILLAGES)
        ],
    }


def _village_facts(village: int) -> dict[str, Any]:
    return {f"share_{i}": f"{62 + 4 * village + i}/100" for i in range(QUANTIFIERS)}
