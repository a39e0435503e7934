"""
Where rulesets are looked up by id.

Source: engine.md section 1.
"""

from __future__ import annotations

from pathlib import Path


class Catalogue:
    """
    Rulesets by id: those of the given folders, of installed packages, and shipped.

    Two catalogues of the same folders are equal.

    Attributes:
        folders: Folder trees that are looked through, in order, before the shipped
            rulesets.
        packages: Whether to ask installed packages for ids that are not shipped.
    """

    __slots__ = ("folders", "packages")

    def __init__(self, *folders: Path, packages: bool = True) -> None:
        self.folders = folders
        self.packages = packages

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalogue):
            return NotImplemented
        return (self.folders, self.packages) == (other.folders, other.packages)

    def __hash__(self) -> int:
        return hash((self.folders, self.packages))

    def __repr__(self) -> str:
        shown = [repr(str(folder)) for folder in self.folders]
        return f"Catalogue({', '.join(shown)})"
