"""Columns of titles that must fit together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs
import polars

from ntmrules.batch._trust import Test
from ntmrules.model.vocabulary import Vocabulary


TITLES, WITHDRAWN = "titles.", ".withdrawn"


@attrs.frozen
class Pair:
    """
    The columns of a title, and of one below it that may be withdrawn.

    Attributes:
        gone: The column of the years in which the lower one was withdrawn.
        test: A title granted before that is itself withdrawn by then.
    """

    higher: str
    lower: str
    gone: str
    test: Test


def outliving(
    vocabulary: Vocabulary, titles: Collection[str], columns: Collection[str]
) -> Iterator[Pair]:
    """Give the pairs of columns that can contradict each other."""
    for title in sorted(titles):
        for lower in vocabulary.implied(title):
            gone = TITLES + lower + WITHDRAWN
            if lower != title and lower in titles and gone in columns:
                higher, ended = TITLES + title, TITLES + title + WITHDRAWN
                right = polars.col(higher) >= polars.col(gone)
                if ended in columns:
                    by_then = polars.col(ended) <= polars.col(gone)
                    right |= by_then.fill_null(value=False)
                test = Test(f"{higher} over {lower}", right)
                yield Pair(higher, TITLES + lower, gone, test)
