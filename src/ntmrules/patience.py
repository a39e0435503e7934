"""How long a search may take, where an answer cannot be reckoned."""

from __future__ import annotations


SEARCH_MS = 2000
"""How long z3 may look in one comparison, in thousandths of a second."""
