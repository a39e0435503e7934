"""Importing ntmrules costs little: what is heavy waits until it is used."""

from __future__ import annotations

import subprocess
import sys


HEAVY = frozenset(
    "lark yaml narwhals polars pandas pyarrow duckdb dask pyspark numpy click rich"
    " hypothesis jinja2 pygls openpyxl xlsxwriter z3".split()
)


def test_import_loads_no_library_but_attrs() -> None:
    """In a fresh process, `import ntmrules` leaves the heavy libraries alone."""
    program = "import sys, ntmrules; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert set() == HEAVY & set(loaded)
