"""
Where rulesets are looked up by id.

Source: engine.md section 1.
"""

from __future__ import annotations

from pathlib import Path


class Catalogue:
    """
    Rulesets by id: those of the given folders, of installed packages, and shipped.

    A catalogue reads each file once: make a new one to see what has changed since.

    Attributes:
        folders: Folder trees that are looked through, in order, before the shipped
            rulesets.
        packages: Whether to ask installed packages for ids that are not shipped.
    """

    __slots__ = ("folders", "packages")

    def __init__(self, *folders: Path, packages: bool = True) -> None:
        self.folders = folders
        self.packages = packages

    def __repr__(self) -> str:
        shown = [repr(str(folder)) for folder in self.folders]
        return f"Catalogue({', '.join(shown)})"
