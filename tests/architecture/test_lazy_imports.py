"""Importing ntmrules costs little: what is heavy waits until it is used."""

from __future__ import annotations

import subprocess
import sys

import ntmrules


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


def test_import_leaves_comparing_for_later() -> None:
    """`compare` is there when it is asked for, and named before."""
    program = """
import sys, ntmrules
assert {"compare", "Comparison"} <= {*dir(ntmrules)}
print("ntmrules.analysis" in sys.modules, "difflib" in sys.modules)
print(ntmrules.compare.__module__, ntmrules.Comparison.__name__)
"""

    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert ["False False", "ntmrules.comparing Comparison"] == printed


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As of any module."""
    assert not hasattr(ntmrules, "compere")
