"""The page with the tables of the benchmarks."""

from __future__ import annotations

from pathlib import Path


PAGE = Path(__file__).parents[1] / "docs/explanation/performance.md"


def write(name: str, text: str) -> None:
    """Put tables between the marks of a benchmark."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(begin)
    _, after = rest.split(end)
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
