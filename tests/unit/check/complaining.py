"""Short ways from a text to what the checker says of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import ntmrules


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
HEADER = """\
ruleset {name}
  name     "Case"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  {force}

use test.facts
"""
IN_FORCE = "in force from 2000-01-01 to 2100-12-31"


def ruleset_text(
    criteria: str,
    level: str = "district",
    name: str = "test.case",
    force: str = IN_FORCE,
) -> str:
    """Write a whole ruleset around its criteria."""
    return HEADER.format(name=name, level=level, force=force) + criteria


def diagnostics(
    text: str, others: Mapping[str, str] | None = None
) -> tuple[ntmrules.Diagnostic, ...]:
    """Check a whole text over the vocabulary of the conformance cases."""
    files = {"vocabulary.ntm": VOCABULARY, **(others or {})}
    return ntmrules.check_text(text, files=files)


def codes(text: str, others: Mapping[str, str] | None = None) -> list[str]:
    """Give the codes of what is said of a whole text."""
    return [found.code.id for found in diagnostics(text, others)]


def codes_of(condition: str, level: str = "district") -> list[str]:
    """Give the codes of what is said of one condition."""
    return codes(ruleset_text(f'criterion 1 "A": {condition}', level))


def said_of(condition: str, level: str = "district") -> str:
    """Give everything that is said of one condition."""
    text = ruleset_text(f'criterion 1 "A": {condition}', level)
    return "\n".join(map(str, diagnostics(text)))


def vocabulary_codes(declarations: str) -> list[str]:
    """Give the codes of what is said of a vocabulary."""
    text = f'vocabulary test.own\n  name "Own"\n{declarations}'
    return [found.code.id for found in ntmrules.check_text(text)]
