"""The floors of ntmrules, as data: every module stands on one."""

from __future__ import annotations

from types import MappingProxyType


# From the ground up.  A part may import any part on a row above its own in this
# table, and its own folder; parts of one row do not know each other.
ROWS: tuple[tuple[int, str], ...] = (
    (0, "source text tree verdict exact patience _resources _version"),
    (0, "measure keywords"),
    (1, "diagnostics"),
    (1, "errors"),
    (1, "_yaml"),
    (2, "syntax"),
    (3, "model"),
    (4, "checker"),
    (5, "evaluate compiled batch"),
    (6, "assessment"),
    (6, "report analysis"),
    (7, "catalogue entries units"),
    (7, "shelf"),
    (7, "loading"),
    (7, "api"),
    (7, "comparing frames"),
    (7, "tables"),
    (7, "__init__"),
    (7, "testing"),
    (8, "cli lsp"),
    (8, "__main__"),
)

ROW_OF = MappingProxyType(
    {part: row for row, (_, parts) in enumerate(ROWS) for part in parts.split()}
)
FLOOR_OF = MappingProxyType(
    {part: floor for floor, parts in ROWS for part in parts.split()}
)

# Who may import which library; any other library is refused until it is listed.
HOMES = MappingProxyType(
    {
        "attrs": None,  # anywhere
        "lark": "syntax",
        "yaml": "_yaml",
        "narwhals": "batch",
        "polars": "batch tables",
        "pandas": "batch",
        "pyarrow": "batch",
        "pyspark": "batch",
        "hypothesis": "testing",
        "z3": "analysis",
        "click": "cli",
        "rich": "cli",
    }
)
