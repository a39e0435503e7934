"""
CSV files: text of cells, and for each row the line on which it begins.

Nothing is made of a cell here: no number is read, and a formula is only text.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs
import polars

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.tables._limits import (
    MAX_CELL,
    MAX_COLUMNS,
    PIECE_BYTES,
    PIECE_ROWS,
    cell_too_long,
    too_many_columns,
)
from ntmrules.tables._lines import Lines
from ntmrules.tables._table import Piece, bad_row, bad_table, unreadable
from ntmrules.text import Fill, Text


SEPARATORS = (",", ";", "\t")

_SEP = re.compile(r"sep=(.)\s*")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_EMPTY = Text("it has no line with names of columns", "không có dòng tên cột")
_NOT_TEXT = Text(
    "it is UTF-16; save it as `CSV UTF-8`", "tệp ghi bằng UTF-16; hãy lưu `CSV UTF-8`"
)
_SEVERAL = Text(
    "its first line may be separated by `{first}` or by `{second}`; put the names that"
    " hold such a sign in quotes",
    "dòng đầu có thể tách bằng `{first}` hoặc `{second}`; tên cột chứa các dấu này phải"
    " đặt trong ngoặc kép",
)
_OPEN = Text(
    "the row that begins on line {line} has a quote that is never closed",
    "dòng dữ liệu bắt đầu ở dòng {line} có dấu ngoặc kép không đóng",
)
_OPEN_HERE = Text(
    "it has a quote that is never closed", "có dấu ngoặc kép không được đóng"
)
_QUOTES = Text(
    "text follows a closing quote; a quote inside a cell is written twice",
    "có chữ sau dấu ngoặc kép đóng; ngoặc kép trong ô phải viết hai lần",
)
_CELLS = Text(
    "it has {found} cells, and the table has {wanted} columns",
    "có {found} ô, trong khi bảng có {wanted} cột",
)
_LINES = Text(
    "{problem} (lines {first} to {last} are one row)",
    "{problem} (các dòng {first} đến {last} là một dòng dữ liệu)",
)


@attrs.frozen(eq=False)
class CsvTable:
    """
    A CSV file.

    Attributes:
        separator: What stands between cells.
        marked: Whether it begins with a byte-order mark.
        names: Its columns in order, ``""`` where one has no name.
    """

    path: Path
    size: int
    separator: str
    marked: bool
    names: tuple[str, ...]

    @property
    def columns(self) -> Mapping[str, polars.DataType]:
        """All of them are text."""
        text = polars.String()
        return MappingProxyType({name: text for name in self.names if name})

    def pieces(self, wanted: Collection[str]) -> Iterator[Piece]:
        """Give its rows; see `Table`."""
        try:
            with self.path.open("rb") as file:
                reader = _Rows(Lines(file, str(self.path)), self, wanted)
                reader.read_head()
                while (piece := reader.piece()) is not None:
                    yield piece
        except OSError as error:
            raise unreadable(self.path, error) from error


class _Rows:
    """Reads rows, and refuses those that are no rows of this table."""

    def __init__(self, lines: Lines, table: CsvTable, wanted: Collection[str]) -> None:
        self._lines = lines
        self._name = str(table.path)
        self._separator = table.separator
        self._width = len(table.names)
        named = [at for at, name in enumerate(table.names, 1) if name]
        self._least = named[-1] if named else 0
        self._wanted = [
            (at, name) for at, name in enumerate(table.names) if name in wanted and name
        ]
        # Lines that have been read, and not yet made into rows.
        self._ahead: deque[str] = deque()
        self._number = 0
        self._reader = csv.reader(
            self._next_lines(), delimiter=table.separator, strict=True
        )

    def _next_lines(self) -> Iterator[str]:
        while True:
            text = self._ahead.popleft() if self._ahead else next(self._lines, None)
            if text is None:
                return
            self._number += 1
            self._length += len(text)
            yield text

    def read_head(self) -> None:
        """Go past the names of the columns, which have been read before."""
        self._length = 0
        row: list[str] = []
        while not any(row) or row == ["sep=", ""]:
            row = next(self._reader)

    def piece(self) -> Piece | None:
        """Give the next rows; `None` where there are no more."""
        while texts := self._some_lines():
            frame = self._usual(texts)
            if frame is None:
                self._ahead = deque(texts)
                found = self._one_by_one()
                if found is not None:
                    return found
                continue
            first = self._number + 1
            self._number += len(texts)
            lines = polars.int_range(first, self._number + 1, eager=True)
            return Piece(frame, lines.alias("line"), {}, self._lines.read)
        return None

    def _some_lines(self) -> list[str]:
        texts = list(self._ahead)
        self._ahead.clear()
        before = self._lines.read
        while len(texts) < PIECE_ROWS and self._lines.read - before < PIECE_BYTES:
            text = next(self._lines, None)
            if text is None:
                break
            texts.append(text)
        return texts

    def _usual(self, texts: list[str]) -> polars.DataFrame | None:
        """
        Read lines of which each is a row with all its cells, and none has a quote.

        Gives `None` for any others.
        """
        separator, signs = self._separator, self._width - 1
        if not signs or not self._wanted or self._lines.wrong:
            return None
        if not all(
            text.count(separator) == signs and signs + 2 < len(text) <= MAX_CELL
            for text in texts
        ):
            return None
        data = "".join(texts).encode().replace(b"\r\n", b"\n")
        if b'"' in data or b"\r" in data:
            return None
        frame = polars.read_csv(
            data,
            has_header=False,
            infer_schema=False,
            separator=separator,
            quote_char=None,
            columns=[at for at, _ in self._wanted],
        )
        names = (name for _, name in self._wanted)
        return frame.rename(dict(zip(frame.columns, names, strict=True)))

    def _one_by_one(self) -> Piece | None:
        places: list[int] = []
        cells: list[list[str]] = []
        refused: dict[int, tuple[Diagnostic, ...]] = {}
        width, before = self._width, self._lines.read
        while len(cells) < PIECE_ROWS and self._lines.read - before < PIECE_BYTES:
            first = self._number + 1
            self._length = 0
            found: Diagnostic | None = None
            try:
                row = next(self._reader)
            except StopIteration:
                break
            except csv.Error as error:
                found = self._broken(str(error), first)
                row = []
            else:
                if len(row) != width:
                    row, found = self._fitted(row, first)
                elif self._length > MAX_CELL:
                    longest = max(map(len, row), default=0)
                    if longest > MAX_CELL:
                        found = cell_too_long(longest, self._at(first))
            found = self._wrong() or found
            if found is not None:
                refused[len(cells)] = (found,)
                row = [""] * width
            elif not any(row):
                continue  # a blank line holds nothing
            places.append(first)
            cells.append(row)
        if not cells:
            return None
        columns = list(zip(*cells, strict=True))
        frame = polars.DataFrame(
            [polars.Series(name, columns[at]) for at, name in self._wanted]
        )
        lines = polars.Series("line", places, dtype=polars.Int64)
        return Piece(frame, lines, refused, self._lines.read)

    def _wrong(self) -> Diagnostic | None:
        """Take away what is wrong with the lines up to here; give the first."""
        wrong = self._lines.wrong
        found = [wrong.pop(at) for at in sorted(wrong) if at <= self._number]
        return found[0] if found else None

    def _at(self, line: int) -> str:
        return f"{self._name}:{line}"

    def _broken(self, error: str, first: int) -> Diagnostic:
        """Tell a broken row from a file of which the rest cannot be read."""
        if "expected after" in error or "new-line" in error:
            return bad_row(self._spanning(_QUOTES, first), self._at(first))
        if self._number > first:
            problem = bad_table(_OPEN, self._name, line=first)
            raise FactError([problem])
        return bad_row(_OPEN_HERE, self._at(first))

    def _fitted(
        self, row: list[str], first: int
    ) -> tuple[list[str], Diagnostic | None]:
        """Let empty cells that have no column, or whose column has no name, pass."""
        width = self._width
        if len(row) > width and not any(row[width:]):
            return row[:width], None
        if not any(row) or self._least <= len(row) < width:
            return row + [""] * (width - len(row)), None
        return row, self._ragged(len(row), first)

    def _ragged(self, found: int, first: int) -> Diagnostic:
        values: dict[str, Fill] = {"found": found, "wanted": self._width}
        said = Text(_CELLS.en.format(**values), _CELLS.vi.format(**values))
        return bad_row(self._spanning(said, first), self._at(first))

    def _spanning(self, problem: Text, first: int) -> Text:
        last = self._number
        if last <= first:
            return problem
        values = {"first": first, "last": last}
        return Text(
            _LINES.en.format(problem=problem.en, **values),
            _LINES.vi.format(problem=problem.vi, **values),
        )


def open_csv(path: Path) -> CsvTable:
    """
    Read the names of the columns, and find out what separates them.

    Raises:
        FactError: The file cannot be read, or has no usable names of columns.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(3)
            file.seek(0)
            if start[:2] in _UTF16:
                raise FactError([bad_table(_NOT_TEXT, str(path))])
            lines = Lines(file, str(path))
            separator, names = _head(lines, str(path))
    except (OSError, ValueError) as error:
        if isinstance(error, FactError):
            raise
        raise unreadable(path, error) from error
    return CsvTable(path, size, separator, start == b"\xef\xbb\xbf", names)


def _head(lines: Lines, name: str) -> tuple[str, tuple[str, ...]]:
    first = next((line for line in lines if line.strip()), None)
    chosen = _SEP.fullmatch(first) if first is not None else None
    if chosen is not None:
        first = next((line for line in lines if line.strip()), None)
    if lines.wrong:
        raise FactError(lines.wrong.values())
    if first is None:
        raise FactError([bad_table(_EMPTY, name)])
    separator = chosen[1] if chosen else _separator(first, name)
    # The names may go on on further lines, inside quotes.
    whole = _chained(first, lines)
    try:
        row = next(csv.reader(whole, delimiter=separator, strict=True))
    except csv.Error:
        raise FactError([bad_table(_OPEN, name, line=lines.number)]) from None
    if lines.wrong:
        raise FactError(lines.wrong.values())
    names = tuple(" ".join(cell.split()) for cell in row)
    if len(names) > MAX_COLUMNS:
        raise FactError([too_many_columns(len(names), name)])
    problems = [
        Diagnostic(codes.DUPLICATE_KEY, None, {"key": one}, place=f"{name}:1")
        for one in dict.fromkeys(names)
        if one and names.count(one) > 1
    ]
    if problems:
        raise FactError(problems)
    return separator, names


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _separator(line: str, name: str) -> str:
    """Find what separates the most names."""
    widths = {
        separator: len(next(csv.reader([line], delimiter=separator), []))
        for separator in SEPARATORS
    }
    widest = max(widths.values())
    best = [separator for separator in SEPARATORS if widths[separator] == widest]
    if widest == 1:
        return ","
    if len(best) > 1:
        first, second = best[:2]
        raise FactError([bad_table(_SEVERAL, name, first=first, second=second)])
    return best[0]
