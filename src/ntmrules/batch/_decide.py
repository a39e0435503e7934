"""What decides one row where columns do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias


Decide = Callable[[Mapping[str, Any]], tuple[int | None, ...]]
"""
Gives the codes of one unit: the whole, preconditions, criteria, indicators.

0 is not met, 1 unknown, 2 met, and `None` not applicable.
"""

Frame: TypeAlias = Any
"""A frame of any library, or a column of it, whose types are its own."""
