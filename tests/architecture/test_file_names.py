"""A file is named after what is in it."""

from __future__ import annotations

import pytest

from tests.architecture.source_tree import ROOT


EMPTY_NAMES = frozenset("base common helpers manager misc utils util helper".split())


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks", "examples"])
def test_no_name_hides_what_is_inside(folder: str) -> None:
    """No utils, helpers, common, misc, base or manager, as a file or a folder."""
    hiding = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*")
        if path.stem.strip("_") in EMPTY_NAMES
    ]

    assert [] == hiding


def test_decisions_are_numbered_in_order() -> None:
    """Each has a number of its own, in its name and in its title."""
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    names = [int(page.name[:4]) for page in pages]
    titles = [
        int(page.read_text("utf-8").removeprefix("# ").split(".")[0]) for page in pages
    ]

    assert [*range(1, len(pages) + 1)] == names
    assert names == titles
