"""
Tables in files: CSV, Parquet and Arrow, assessed piece by piece.

`Batch` decides the rows of tables that may be larger than the memory; what is wrong
with a row is told with its file and line, and does not stop the others.
"""

from ntmrules.tables._batch import Batch, Decided
from ntmrules.tables._files import Format, format_of, open_table, output
from ntmrules.tables._limits import MOST_TOLD
from ntmrules.tables._result import result
from ntmrules.tables._table import Table
from ntmrules.tables._tally import Tally
from ntmrules.tables._task import Task
from ntmrules.tables._writing import Output


__all__ = [
    "MOST_TOLD",
    "Batch",
    "Decided",
    "Format",
    "Output",
    "Table",
    "Tally",
    "Task",
    "format_of",
    "open_table",
    "output",
    "result",
]
