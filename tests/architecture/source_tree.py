"""The modules of ntmrules as the architecture tests see them: text and syntax tree."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import attrs


ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "ntmrules"


@attrs.frozen
class Import:
    """
    One imported name.

    Attributes:
        line: Where it is imported.
        target: ``ntmrules.model.types``, ``lark``: the module, as exactly as known.
    """

    line: int
    target: str


@attrs.frozen
class Module:
    """
    One file of the package.

    Attributes:
        path: Relative to the package, with slashes: ``syntax/_parse.py``.
        text: Its source.
        tree: The same, parsed.
    """

    path: str
    text: str = attrs.field(repr=False)
    tree: ast.Module = attrs.field(repr=False)

    @property
    def part(self) -> str:
        """What stands on a floor: the folder, or the file without its suffix."""
        return self.path.removesuffix(".py").split("/")[0]

    @property
    def name(self) -> str:
        """The dotted name: ``ntmrules.syntax`` for its ``__init__``."""
        parts = ["ntmrules", *self.path.removesuffix(".py").split("/")]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def nodes(self) -> Iterator[ast.AST]:
        """Walk the syntax tree."""
        return ast.walk(self.tree)

    def imports(self) -> list[Import]:
        """List what is imported, at the top and inside functions alike."""
        found = []
        for node in self.nodes():
            if isinstance(node, ast.Import):
                found += [Import(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found += [
                    Import(node.lineno, _exact(node.module or "", alias.name))
                    for alias in node.names
                ]
        return found


def _exact(package: str, name: str) -> str:
    """Tell ``from package import module`` from ``from module import name``."""
    inner = f"{package}.{name}"
    return inner if inner in _names() else package


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


@functools.cache
def modules() -> tuple[Module, ...]:
    """Read every module of the package, in the order of their paths."""
    return tuple(
        read(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "_data" not in path.relative_to(PACKAGE).parts
    )


def read(path: str, text: str) -> Module:
    """Parse one module."""
    return Module(path, text, ast.parse(text, path))


def dotted(node: ast.AST) -> str:
    """Write ``a.b.c`` for such an expression, and nothing for any other."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            before = dotted(node.value)
            return f"{before}.{node.attr}" if before else ""
        case _:
            return ""
