"""Every row of a frame comes to what `evaluate` says of it."""

from __future__ import annotations

import polars
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ntmrules
from tests.support.frames import compared, frames, texts
from tests.support.strategies import FILES, Draw


many = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@st.composite
def families(
    draw: Draw, level: str, below: tuple[str, ...]
) -> tuple[polars.DataFrame, dict[str, polars.DataFrame]]:
    """Draw a frame with frames of sub-units; some of these may be absent."""
    frame = draw(frames(level))
    parents = tuple(frame["id"].to_list())
    children = {}
    for name in below:
        if draw(st.integers(0, 5)):
            children[f"{name}s"] = draw(frames(name, parents))
    return frame, children


@many
@given(texts("village", columnar=True), frames("village"), st.booleans())
def test_by_columns(text: str, frame: polars.DataFrame, accept: bool) -> None:
    """What columns express."""
    compared(ntmrules.loads(text, files=FILES), frame, accept=accept)


@many
@given(texts("village", columnar=False), frames("village"))
def test_one_by_one(text: str, frame: polars.DataFrame) -> None:
    """Whatever the language has; what columns do not express too."""
    compared(ntmrules.loads(text, files=FILES), frame)


@many
@given(texts("commune", columnar=True), families("commune", ("village",)))
def test_sub_units_by_columns(
    text: str, family: tuple[polars.DataFrame, dict[str, polars.DataFrame]]
) -> None:
    """Quantifiers, counts and totals: members missing, unknown, none at all."""
    compared(ntmrules.loads(text, files=FILES), *family)


@many
@given(
    texts("district", columnar=True),
    families("district", ("commune", "village", "high_school")),
)
def test_sub_units_of_several_levels(
    text: str, family: tuple[polars.DataFrame, dict[str, polars.DataFrame]]
) -> None:
    """Levels below, right below and in between, some of them left out."""
    compared(ntmrules.loads(text, files=FILES), *family)
