"""Parquet and Arrow files: columns with types, and rows by number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import attrs
import polars

from ntmrules.errors import FactError
from ntmrules.tables._limits import MAX_COLUMNS, PIECE_ROWS, too_many_columns
from ntmrules.tables._table import Piece, bad_table, unreadable
from ntmrules.text import Text


_BROKEN = Text("{reason}", "{reason}")


@attrs.frozen(eq=False)
class StoredTable:
    """
    A Parquet or Arrow file.

    Attributes:
        height: The number of its rows.
    """

    path: Path
    size: int
    columns: Mapping[str, polars.DataType]
    height: int
    _scan: Callable[[Path], polars.LazyFrame]

    def pieces(self, wanted: Collection[str]) -> Iterator[Piece]:
        """Give its rows; see `Table`."""
        picked = [name for name in self.columns if name in wanted]
        for start in range(0, self.height, PIECE_ROWS):
            rows = min(PIECE_ROWS, self.height - start)
            try:
                lazy = self._scan(self.path).select(picked)
                frame = lazy.slice(start, rows).collect() if picked else None
            except (OSError, polars.exceptions.PolarsError) as error:
                raise _broken(self.path, error) from error
            frame = polars.DataFrame() if frame is None else frame
            places = polars.int_range(start + 1, start + rows + 1, eager=True)
            done = self.size * (start + rows) // self.height
            yield Piece(frame, places.alias("line"), {}, done)


def open_parquet(path: Path) -> StoredTable:
    """
    Read what columns a Parquet file has.

    Raises:
        FactError: The file cannot be read.
    """
    return _open(path, polars.scan_parquet)


def open_arrow(path: Path) -> StoredTable:
    """
    Read what columns an Arrow file (IPC, Feather) has.

    Raises:
        FactError: The file cannot be read.
    """
    return _open(path, polars.scan_ipc)


def _open(path: Path, scan: Callable[[Path], polars.LazyFrame]) -> StoredTable:
    try:
        with path.open("rb"):
            size = path.stat().st_size
        lazy = scan(path)
        columns = dict(lazy.collect_schema())
        height = lazy.select(polars.len()).collect().item()
    except FactError:
        raise
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    except polars.exceptions.PolarsError as error:
        raise _broken(path, error) from error
    if len(columns) > MAX_COLUMNS:
        raise FactError([too_many_columns(len(columns), str(path))])
    return StoredTable(path, size, columns, height, scan)


def _broken(path: Path, error: Exception) -> FactError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return FactError([bad_table(_BROKEN, str(path), reason=reason)])
