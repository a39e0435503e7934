"""
Frames of PySpark: lazy, decided on the executors by the engine that decides at home.

Rows travel as Arrow batches, the rules once as a packed job.  What is beside the rows,
such as sub-units, travels with its unit: all are dealt into groups by its id, so that a
group has every row that its verdicts and its checks need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import polars

from ntmrules._version import __version__
from ntmrules.batch._arrow import polars_of_arrow
from ntmrules.batch._beside import Place
from ntmrules.batch._columns import KEPT
from ntmrules.batch._decide import Frame
from ntmrules.batch._eager import settled
from ntmrules.batch._job import Job, Tables, unpacked
from ntmrules.batch._kinds import lacking, refused
from ntmrules.batch._run import Rows
from ntmrules.batch._words import THE_FRAME
from ntmrules.text import Text


_PART, _GROUP = "part", "group"
_ARROW = Text("of columns that Arrow has", "gồm các kiểu cột mà Arrow có")
_NAMES = Text("one with different names of columns", "có tên cột khác nhau")


def decide_spark(
    job: Job, frame: Frame, beside: Mapping[Place, Frame]
) -> tuple[Rows, Frame]:
    """
    Decide a frame of PySpark when Spark runs it.

    Raises:
        FactError: The columns cannot be used, as far as their types tell.
    """
    try:
        import pyarrow  # noqa: F401 - PySpark needs it, and does not ask for it
    except ModuleNotFoundError as error:
        raise lacking("spark", error) from None
    rows = _Part(frame, "the frame", "id", job.wanted())
    parts = [
        _Part(one, place.owner, place.key, job.wanted(place))
        for place, one in beside.items()
    ]
    nobody = [part.empty() for part in parts]
    shape = job.run(Tables(rows.empty(), dict(zip(beside, nobody, strict=True))))
    schema = _schema(shape.verdicts, frame)
    worker = _Worker(
        __version__,
        job.packed(),
        _arrow_schema(schema),
        tuple(rows.kept()),
        tuple(beside),
    )
    if not beside:
        return shape, rows.narrow().mapInArrow(worker.pieces, schema)

    def decide(table: Any) -> Any:  # noqa: ANN401 - of PyArrow
        # PySpark counts the arguments: with a second one it would give the key too.
        return worker.group(table)

    return shape, _dealt([rows, *parts]).groupBy(_GROUP).applyInArrow(decide, schema)


def rows_of_spark(
    frame: Frame, key: str, ids: Sequence[str], wanted: Callable[[str], bool]
) -> polars.DataFrame:
    """Bring home the rows whose *key* is one of *ids*."""
    from pyspark.sql import functions

    part = _Part(frame, "the frame", key, wanted)
    part.empty()
    chosen = frame.filter(functions.col(_quoted(key)).cast("string").isin(list(ids)))
    table = attrs.evolve(part, frame=chosen).narrow().toArrow()
    table = table.rename_columns(part.kept())
    return settled(polars_of_arrow(table, part.owner, wanted), wanted)


@attrs.frozen
class _Part:
    """The rows, or a frame beside them, in which *key* is the id of a row."""

    frame: Frame
    owner: str
    key: str
    wanted: Callable[[str], bool]

    def empty(self) -> polars.DataFrame:
        """Give the columns without rows, as an executor will see them."""
        import pyarrow
        from pyspark.sql.types import NullType, StructField, StructType

        fields = [
            field if self.wanted(field.name) else StructField(field.name, NullType())
            for field in self.frame.schema.fields
        ]
        names = [field.name for field in fields]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise refused(self.owner, _NAMES, f"`{twice}`")
        table = _arrow_schema(StructType(fields)).empty_table()
        assert isinstance(table, pyarrow.Table)
        return settled(polars_of_arrow(table, self.owner, self.wanted), self.wanted)

    def kept(self) -> list[str]:
        names = [field.name for field in self.frame.schema.fields]
        return [name for name in names if self.wanted(name)] or names[:1]

    def narrow(self) -> Frame:
        """
        Leave out the columns that have no say, and number the others.

        PySpark looks up the columns that it sends by their plain names, in which a
        dot would lead into a structure.
        """
        from pyspark.sql import functions

        return self.frame.select(
            *(
                functions.col(_quoted(name)).alias(f"{_PART}{at}")
                for at, name in enumerate(self.kept())
            )
        )


def _dealt(parts: Sequence[_Part]) -> Frame:
    """Put all parts into one frame, a column for each, in groups by unit."""
    from functools import reduce

    from pyspark.sql import functions

    session = parts[0].frame.sparkSession
    groups = int(session.conf.get("spark.sql.shuffle.partitions"))
    tagged = []
    for number, part in enumerate(parts):
        key = functions.col(_quoted(part.key))
        group = functions.pmod(functions.hash(key.cast("string")), groups)
        kept = functions.struct(*map(_quoted, part.kept()))
        tagged.append(
            part.frame.select(
                group.alias(_GROUP),
                functions.lit(number).alias(_PART),
                kept.alias(f"{_PART}{number}"),
            )
        )
    joined = reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), tagged)
    # Said by number, since Spark would else put what is few bytes on one machine.
    return joined.repartition(groups, _GROUP)


@attrs.frozen
class _Worker:
    """What an executor does."""

    version: str
    job: bytes
    schema: Any
    names: tuple[str, ...]
    places: tuple[Place, ...]

    def pieces(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Decide the batches of a partition."""
        import pyarrow

        job = unpacked(self.version, self.job)
        for batch in batches:
            table = pyarrow.Table.from_batches([batch]).rename_columns(self.names)
            rows = self._settled(table, job.wanted())
            yield from self._given(job.run_piece(Tables(rows))).to_batches()

    def group(self, table: Any) -> Any:  # noqa: ANN401 - of PyArrow
        """Decide the units of a group."""
        import pyarrow.compute

        job = unpacked(self.version, self.job)
        found = []
        for number, place in enumerate((None, *self.places)):
            own = pyarrow.compute.equal(table.column(_PART), number)
            column = table.column(f"{_PART}{number}").filter(own).combine_chunks()
            rows = pyarrow.Table.from_struct_array(column)
            found.append(self._settled(rows, job.wanted(place)))
        rows, *others = found
        tables = Tables(rows, dict(zip(self.places, others, strict=True)))
        return self._given(job.run_piece(tables))

    def _settled(
        self,
        table: Any,  # noqa: ANN401 - of PyArrow
        wanted: Callable[[str], bool],
    ) -> polars.DataFrame:
        return settled(polars_of_arrow(table, "the frame", wanted), wanted)

    def _given(self, verdicts: polars.DataFrame) -> Any:  # noqa: ANN401 - of PyArrow
        words = polars.selectors.enum().cast(polars.String)
        return verdicts.with_columns(words).to_arrow().cast(self.schema)


def _schema(verdicts: polars.DataFrame, frame: Frame) -> Any:  # noqa: ANN401 - of PySpark
    """Say what comes out, in the types of Spark."""
    from pyspark.sql import types

    given = {field.name: field.dataType for field in frame.schema.fields}
    fields = []
    for name, kind in verdicts.schema.items():
        if name in KEPT:
            own = given[name]
        elif isinstance(kind, polars.Enum):
            own = types.StringType()
        else:
            own = types.ByteType() if kind == polars.Int8 else types.IntegerType()
        fields.append(types.StructField(name, own))
    return types.StructType(fields)


def _arrow_schema(schema: Any) -> Any:  # noqa: ANN401 - of PySpark and PyArrow
    from pyspark.errors import PySparkException
    from pyspark.sql.pandas.types import to_arrow_schema

    try:
        return to_arrow_schema(schema)
    except PySparkException as error:
        raise refused(THE_FRAME, _ARROW, str(error)) from None


def _quoted(name: str) -> str:
    doubled = name.replace("`", "``")
    return f"`{doubled}`"
