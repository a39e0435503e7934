"""Frames that are decided when somebody wants their rows: lazy Polars, and Dask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import attrs
import polars

from ntmrules._version import __version__
from ntmrules.batch._beside import Place
from ntmrules.batch._decide import Frame
from ntmrules.batch._eager import settled
from ntmrules.batch._job import Job, Tables, unpacked
from ntmrules.batch._pandas import pandas_of_polars, polars_of_pandas
from ntmrules.batch._run import Rows


@attrs.frozen
class Later:
    """
    A frame beside a lazy frame.

    Attributes:
        empty: Its columns, without rows.
        rows: Gives it whole.
    """

    empty: polars.DataFrame
    rows: Callable[[], polars.DataFrame]


def later(frame: polars.LazyFrame, wanted: Callable[[str], bool]) -> Later:
    """Take a lazy frame of Polars, to be collected with the one it belongs to."""
    empty = polars.DataFrame(schema=frame.collect_schema())
    return Later(settled(empty, wanted), lambda: settled(frame.collect(), wanted))


def decide_lazy(
    job: Job, frame: polars.LazyFrame, beside: Mapping[Place, Later]
) -> tuple[Rows, polars.LazyFrame]:
    """
    Decide a lazy frame of Polars when it is collected.

    Alone the rows may come by pieces, as the streaming engine has them; with others
    beside them they come at once: a piece cannot say which sub-unit is nobody's.

    Raises:
        FactError: The columns cannot be used, as far as their types tell.
    """
    wanted = job.wanted()
    schema = frame.collect_schema()
    empty = settled(polars.DataFrame(schema=schema), wanted)
    nobody = {place: one.empty for place, one in beside.items()}
    shape = job.run(Tables(empty, nobody))

    def decide(piece: polars.DataFrame) -> polars.DataFrame:
        rows = settled(piece, wanted)
        if not beside:
            return job.run_piece(Tables(rows))
        whole = {place: one.rows() for place, one in beside.items()}
        return job.run(Tables(rows, whole)).verdicts

    return shape, frame.select(kept_columns(list(schema), wanted)).map_batches(
        decide, schema=shape.verdicts.schema, streamable=not beside
    )


def kept_columns(names: list[str], wanted: Callable[[str], bool]) -> list[str]:
    """Leave out what has no say, once its name was judged; something counts rows."""
    return [name for name in names if wanted(name)] or names[:1]


def decide_dask(job: Job, frame: Frame) -> tuple[Rows, Frame]:
    """
    Decide a frame of Dask, each partition where it lies.

    Raises:
        FactError: The columns cannot be used, as far as their types tell.
    """
    wanted = job.wanted()
    empty = settled(polars_of_pandas(frame._meta, "the frame", wanted), wanted)  # noqa: SLF001 - how Dask tells the types of columns
    shape = job.run(Tables(empty))
    decide = partial(decide_partition, __version__, job.packed())
    names = kept_columns([str(name) for name in frame.columns], wanted)
    kept = frame[[name for name in frame.columns if str(name) in names]]
    meta = pandas_of_polars(shape.verdicts, frame._meta)  # noqa: SLF001 - as above
    return shape, kept.map_partitions(decide, meta=meta)


def decide_partition(version: str, data: bytes, rows: Frame) -> Frame:
    """Decide the rows of one partition of pandas; this runs on a worker."""
    job = unpacked(version, data)
    wanted = job.wanted()
    taken = settled(polars_of_pandas(rows, "the frame", wanted), wanted)
    return pandas_of_polars(job.run_piece(Tables(taken)), rows)
