"""
Decides the same rows on a cluster of Spark and with Polars at home, and compares them.

`test_cluster` submits it.  It prints one line of JSON for each comparison.
"""

from __future__ import annotations

import datetime
import json
import urllib.request
import warnings
from pathlib import Path
from typing import Any

import polars
from pyspark.sql import SparkSession

import ntmrules


AS_OF = datetime.date(2024, 12, 31)
COMMUNES = 30_000
VILLAGES = 90_000
ROW_GROUPS = 8
"""Parts of a Parquet file, so that there is something to share out."""

RULES = """ruleset cluster.commune
  name  "Xã"
  for   commune
  basis "1/QĐ" dated 2021-01-05
  in force from 2021-01-05
use cluster.facts
criterion 1 "Y tế": insured >= 95%
criterion 2 "Thu nhập": income >= 48.4 million VND/person
criterion 3 "Thôn": at least 70% of villages have insured >= 90%
criterion 4 "Thôn đạt chuẩn": at least 1 villages hold village.standard
"""


GROWN = """ruleset cluster.growth
  name  "Xã"
  for   commune
  basis "1/QĐ" dated 2021-01-05
  in force from 2021-01-05
use cluster.facts
criterion 1 "Thu nhập": income >= income at 2023
criterion 2 "Cảnh quan": attested by "X"
"""

VOCABULARY = """vocabulary cluster.facts
  name "Chỉ tiêu"
unit VND "đồng"
unit person, persons "người"
level commune, communes "Xã"
level village, villages within commune "Thôn"
title village.standard "Thôn đạt chuẩn"
fact insured: share of persons "Bảo hiểm y tế"
fact income: amount of million VND/person "Thu nhập"
"""


def shares(rows: int, step: int) -> dict[str, list[int | None]]:
    """Give the two parts of a share: some missing, some of nothing, some exact hits."""
    wholes = [at % 7 * 20 for at in range(rows)]
    parts = [whole * (80 + at * step % 21) // 100 for at, whole in enumerate(wholes)]
    missing = [at % 11 == 0 for at in range(rows)]
    pairs = list(zip(parts, wholes, missing, strict=True))
    return {
        "insured.met": [None if gone else part for part, _, gone in pairs],
        "insured.of": [None if gone else whole for _, whole, gone in pairs],
    }


def communes() -> polars.DataFrame:
    """Make communes."""
    incomes = [(None, 48.4, 48.3, 51.0)[at % 4] for at in range(COMMUNES)]
    columns: dict[str, Any] = {
        "id": [f"xã {at}" for at in range(COMMUNES)],
        **shares(COMMUNES, 3),
        "income": incomes,
    }
    return polars.DataFrame(columns)


def villages() -> polars.DataFrame:
    """Make their villages; some communes have none."""
    parents = [f"xã {at * 7 % (COMMUNES - 500)}" for at in range(VILLAGES)]
    years = [(None, 2021, 2030)[at % 3] for at in range(VILLAGES)]
    columns: dict[str, Any] = {
        "parent": parents,
        **shares(VILLAGES, 5),
        "titles.village.standard": years,
    }
    return polars.DataFrame(columns)


def history() -> polars.DataFrame:
    """Make an earlier year of some communes."""
    kept = range(0, COMMUNES, 2)
    incomes = [(48.4, 48.3, 50.0)[at % 3] for at in kept]
    ids = [f"xã {at}" for at in kept]
    return polars.DataFrame({"id": ids, "year": 2023, "income": incomes})


def attestations() -> polars.DataFrame:
    """Make judgements of some communes."""
    kept = range(0, COMMUNES, 3)
    columns: dict[str, Any] = {
        "id": [f"xã {at}" for at in kept],
        "label": "2",
        "verdict": [("met", "not met")[at % 2] for at in kept],
        "on": AS_OF,
    }
    return polars.DataFrame(columns)


class Cluster:
    """The cluster that this program was submitted to."""

    def __init__(self) -> None:
        self.session: Any = SparkSession.builder.getOrCreate()

    def frame(self, rows: polars.DataFrame, name: str) -> Any:
        """Give rows as a frame of Spark, in several parts."""
        size = -(-rows.height // ROW_GROUPS)
        folder = Path(name)
        folder.mkdir()
        for at, piece in enumerate(rows.iter_slices(size)):
            piece.write_parquet(folder / f"{at}.parquet")
        return self.session.read.parquet(str(folder.resolve()))

    def executors(self) -> dict[str, int]:
        """Count the tasks that each executor has done in the last stage."""
        context = self.session.sparkContext
        stages = (
            f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages"
        )
        done = [one["stageId"] for one in _asked(f"{stages}?status=complete")]
        (attempt,) = _asked(f"{stages}/{max(done)}?details=true")
        summary = attempt["executorSummary"]
        return {name: one["succeededTasks"] for name, one in summary.items()}


def _asked(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - on loopback
        return json.load(answer)


def compared(name: str, home: polars.DataFrame, away: Any, cluster: Cluster) -> None:
    """Compare row by row, and say who did the work."""
    found = polars.DataFrame(polars.from_arrow(away.toArrow()))
    executors = cluster.executors()
    words = polars.selectors.enum().cast(polars.String)
    wanted = home.with_columns(words).cast(found.schema).sort("id")
    counts = dict(wanted["verdict"].value_counts().iter_rows())
    line = {
        "name": name,
        "rows": found.height,
        "equal": wanted.equals(found.sort("id")),
        "verdicts": counts,
        "executors": executors,
    }
    print(json.dumps(line), flush=True)  # noqa: T201 - what the test reads


def refused(name: str, away: Any) -> None:
    """Say what Spark says of a value that an executor refuses."""
    try:
        away.toArrow()
    except Exception as error:  # noqa: BLE001 - whatever Spark makes of it
        print(json.dumps({"name": name, "said": str(error)}), flush=True)  # noqa: T201 - as above


def main() -> None:
    """Compare."""
    warnings.simplefilter("ignore", UserWarning)
    cluster = Cluster()
    rules = ntmrules.loads(RULES, files={"cluster.facts.ntm": VOCABULARY})
    units, inside = communes(), villages()
    there = cluster.frame(units, "communes")
    below = cluster.frame(inside, "villages")

    home = ntmrules.evaluate_frame(rules, units, as_of=AS_OF)
    away = ntmrules.evaluate_frame(rules, there, as_of=AS_OF)
    compared("rows", home, away, cluster)

    home = ntmrules.evaluate_frame(
        rules, units, as_of=AS_OF, children={"villages": inside}, as_codes=True
    )
    away = ntmrules.evaluate_frame(
        rules, there, as_of=AS_OF, children={"villages": below}, as_codes=True
    )
    compared("children", home, away, cluster)

    grown = ntmrules.loads(GROWN, files={"cluster.facts.ntm": VOCABULARY})
    earlier, judged = history(), attestations()
    years, verdicts = cluster.frame(earlier, "years"), cluster.frame(judged, "verdicts")
    home = ntmrules.evaluate_frame(
        grown, units, as_of=AS_OF, history=earlier, attestations=judged
    )
    away = ntmrules.evaluate_frame(
        grown, there, as_of=AS_OF, history=years, attestations=verdicts
    )
    compared("beside", home, away, cluster)

    home = ntmrules.evaluate_frame("vn.commune.advanced", units, as_of=AS_OF)
    away = ntmrules.evaluate_frame("vn.commune.advanced", there, as_of=AS_OF)
    compared("shipped", home, away, cluster)

    bad = there.selectExpr(
        "id", "`insured.met` + 200 AS `insured.met`", "`insured.of`", "income"
    )
    refused("value", ntmrules.evaluate_frame(rules, bad, as_of=AS_OF))
    fewer = there.where("id != 'xã 7'")
    lost = ntmrules.evaluate_frame(
        rules, fewer, as_of=AS_OF, children={"villages": below}
    )
    refused("orphan", lost)
    reasons = ntmrules.explain_rows(
        rules, there, ["xã 7"], as_of=AS_OF, children={"villages": below}
    )
    verdict = str(reasons["xã 7"].verdict)
    print(json.dumps({"name": "reasons", "verdict": verdict}), flush=True)  # noqa: T201 - as above
    cluster.session.stop()


if __name__ == "__main__":
    main()
