"""What every test run needs: profiles of hypothesis, and the docs as tests."""

from __future__ import annotations

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, SkipParser

from tests.docs.examples import (
    check_ntm,
    compare_output,
    directives,
    run_console,
    run_python,
    tidy_up,
)


# `ci` finds the same on every machine; `search` looks for new examples.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=40)
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile("ci")

pytest_collect_file = Sybil(
    parsers=[
        directives,
        CodeBlockParser("python", run_python),
        CodeBlockParser("output", compare_output),
        CodeBlockParser("console", run_console),
        CodeBlockParser("ntm", check_ntm),
        SkipParser(),
    ],
    patterns=["README.md", "docs/**/*.md", "docs/*.md"],
    excludes=["tests/*.md", "tests/*/*.md"],
    teardown=tidy_up,
).pytest()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--regen``."""
    parser.addoption(
        "--regen",
        action="store_true",
        help="rewrite the golden files instead of comparing; then read the diff",
    )


@pytest.fixture
def regen(pytestconfig: pytest.Config) -> bool:
    """Tell whether golden files are to be rewritten."""
    return bool(pytestconfig.getoption("--regen"))
