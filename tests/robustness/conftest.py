"""What goes on for ever is stopped, so that it fails and not the whole run."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import FrameType

import pytest


SECONDS = 60


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """Raise `TimeoutError` in a test that does not end, where the system can."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
