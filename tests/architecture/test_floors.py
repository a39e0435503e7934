"""Imports point down, and libraries stay behind their doors."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping

import pytest

from tests.architecture.floors import FLOOR_OF, HOMES, ROW_OF
from tests.architecture.source_tree import Module, modules, read


def test_every_module_stands_on_a_floor() -> None:
    """A new file or folder says where it belongs, in floors.py."""
    homeless = [m.path for m in modules() if m.part not in FLOOR_OF]

    assert [] == homeless


def _upward(module: Module) -> list[str]:
    return [
        f"{module.path}:{found.line}: {module.part} may not import {part}"
        for found in module.imports()
        if (part := _part(found.target)) is not None
        and part != module.part
        and ROW_OF.get(part, -1) >= ROW_OF.get(module.part, -1)
    ]


def _part(target: str) -> str | None:
    """Give the part of ntmrules that is imported, if it is one."""
    package, _, inner = target.partition(".")
    if package != "ntmrules":
        return None
    return inner.split(".")[0] or "__init__"


def test_imports_point_down() -> None:
    """A module knows the rows below its own, and its own folder."""
    assert [] == [line for module in modules() for line in _upward(module)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("source.py", "from ntmrules.evaluate import trace"),
        ("evaluate/_walk.py", "def late():\n    import ntmrules.compiled"),
        ("model/unit.py", "import ntmrules"),
    ],
)
def test_an_import_that_points_up_is_seen(path: str, text: str) -> None:
    """Also between engines, inside a function, and through the front door."""
    assert 1 == len(_upward(read(path, text)))


def _astray(module: Module) -> list[str]:
    found = []
    for imported in module.imports():
        library = imported.target.split(".")[0]
        if library == "ntmrules" or library in sys.stdlib_module_names:
            continue
        place = f"{module.path}:{imported.line}"
        if library not in HOMES:
            found.append(f"{place}: {library} has no home in floors.py")
        elif (homes := HOMES[library]) and module.part not in homes.split():
            found.append(f"{place}: {library} belongs to {homes} alone")
    return found


def test_libraries_stay_in_their_folder() -> None:
    """Lark under syntax, narwhals under batch: the rest never sees their types."""
    assert [] == [line for module in modules() for line in _astray(module)]


@pytest.mark.parametrize("text", ["import lark", "from requests import get"])
def test_a_library_astray_is_seen(text: str) -> None:
    """A library at home elsewhere, and one at home nowhere."""
    assert 1 == len(_astray(read("checker/_names.py", text)))


def test_imports_are_absolute() -> None:
    """A line of import reads the same wherever it stands."""
    relative = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert [] == relative


def test_nothing_is_imported_for_types_alone() -> None:
    """
    If a name is needed only for typing, the floor is wrong.

    The shop window stands above all floors, and what it gives later has a type before.
    """
    window = "__init__.py"
    escapes = [
        m.path for m in modules() if "TYPE_CHECKING" in m.text and m.path != window
    ]

    assert [] == escapes


def _cycles(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Take away what imports, or is imported by, nothing that is left."""
    left = {name: set(targets) - {name} for name, targets in graph.items()}
    while left:
        imported = set().union(*left.values())
        free = [
            n for n, to in left.items() if n not in imported or not to & left.keys()
        ]
        if not free:
            break
        for name in free:
            del left[name]
    return sorted(left)


def test_imports_do_not_run_in_circles() -> None:
    """Modules of one folder have an order too, function-level imports included."""
    graph = {m.name: {found.target for found in m.imports()} for m in modules()}

    assert [] == _cycles(graph)


def test_a_circle_is_seen() -> None:
    """It alone is named, not what leads into it or what it leads to."""
    graph = {"a": ["b"], "b": ["c", "d"], "c": ["b"], "d": []}

    assert ["b", "c"] == _cycles(graph)
