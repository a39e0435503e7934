"""The limits of a text, each with a diagnostic of its own (language.md section 10)."""

from __future__ import annotations


MAX_FILE_BYTES = 2_000_000
"""The size of a file."""

MAX_TOKENS = 200_000
"""The words and signs of a file."""

MAX_DEPTH = 64
"""How deep brackets and expressions may be nested."""

MAX_REPORTS = 100
"""The problems of one file that are told; a text with more is no criteria file."""
