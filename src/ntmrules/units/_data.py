"""A unit as it was given: read, its shape checked, not yet bound to a vocabulary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import attrs

from ntmrules._yaml import MAX_UNIT_BYTES, Node, Scalar, Table, decode, parse_yaml
from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.diagnostics.words import reason
from ntmrules.errors import FactError
from ntmrules.source import SourceFile
from ntmrules.text import Fill, Text
from ntmrules.units._complaints import Complaints
from ntmrules.units._python import Converter, TooMuchError
from ntmrules.units._times import read_date


_UNIT = Text("a unit", "một đơn vị")
_MAPPING = Text(
    "a mapping with `level` and `facts`", "một bảng khóa và giá trị có `level`, `facts`"
)
_NO_FILE = Text("there is no such file", "không có tệp này")
_FOLDER = Text("it is a folder", "đây là thư mục")
_FORBIDDEN = Text("reading it is not permitted", "không có quyền đọc")


@attrs.frozen(eq=False)
class UnitData:
    """
    A unit as given, in a YAML file or a Python mapping.

    Nothing in it has been compared with a vocabulary yet; `ntmrules.units.bind`
    does that.

    Attributes:
        tree: What was given, with places if it came from a file.
        name: The name of the file, ``""`` for a unit from Python.
    """

    tree: Table = attrs.field(repr=False)
    name: str = ""

    @property
    def as_of(self) -> datetime.date | None:
        """The date of its facts, if there is one that can be read."""
        node = self.tree.entries.get("as_of")
        return read_date(node) if isinstance(node, Scalar) else None


def read_unit(path: Path) -> UnitData:
    """
    Read a unit file.

    Raises:
        FactError: The file cannot be read; it carries every problem found.
    """
    sink = Sink()
    source = None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_UNIT_BYTES + 1)
    except (OSError, ValueError) as error:
        # A ValueError is a path that no file can have, such as one with a NUL.
        values: dict[str, Fill] = {"path": str(path), "reason": _reason(error)}
        sink.add(Diagnostic(codes.UNREADABLE_FILE, None, values, place=str(path)))
    else:
        source = decode(data, str(path), sink)
    return _from_source(source, sink)


def parse_unit(text: str, name: str = "unit") -> UnitData:
    """
    Read a unit from the YAML in *text*; *name* stands for a file name.

    Raises:
        FactError: The text cannot be read; it carries every problem found.
    """
    return _from_source(SourceFile(name, text.removeprefix("\ufeff")), Sink())


def unit_data(mapping: Mapping[str, object]) -> UnitData:
    """
    Take a unit from a Python mapping of the shape that unit files have.

    Numbers may be `int`, `Decimal`, `Fraction` or text, and `float`, which counts by
    its shortest decimal form; a share may be a pair ``(n, d)``; dates may be
    `datetime.date`.  The mapping is copied.

    Raises:
        FactError: It holds what no unit can hold; it carries every problem found.
    """
    sink = Sink()
    node: Node | None
    try:
        node = Converter(sink).node(mapping)
    except TooMuchError:
        node = None
    return _from_tree(node, "", sink)


def unit_from_node(node: Node) -> UnitData:
    """
    Take a unit from a part of a YAML file.

    Raises:
        FactError: It is no mapping.
    """
    return _from_tree(node, node.span.file.name if node.span else "", Sink())


def _from_source(source: SourceFile | None, sink: Sink) -> UnitData:
    node = parse_yaml(source, sink) if source is not None else None
    return _from_tree(node, source.name if source else "", sink)


def _from_tree(node: Node | None, name: str, sink: Sink) -> UnitData:
    if node is not None and not isinstance(node, Table):
        Complaints(sink, "").shape(node, "", _UNIT, _MAPPING)
    if sink.failed or not isinstance(node, Table):
        raise FactError(sink)
    return UnitData(node, name)


def _reason(error: Exception) -> Text:
    match error:
        case FileNotFoundError():
            return _NO_FILE
        case IsADirectoryError():
            return _FOLDER
        case PermissionError():
            return _FORBIDDEN
        case _:
            return reason(error)
