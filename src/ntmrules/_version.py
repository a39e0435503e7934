"""The version of the library, and of the language it reads: two separate lines."""

from __future__ import annotations


__version__ = "0.1.0"

LANGUAGE_VERSION = "1"
"""The version of docs/language.md that this library implements."""
