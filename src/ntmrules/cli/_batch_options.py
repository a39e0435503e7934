"""What `ntmrules batch` is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs
import click

from ntmrules import Catalogue
from ntmrules.cli._options import Command


SCALES = ("percent", "fraction")


@attrs.frozen(kw_only=True)
class Asked:
    """
    The arguments of the command.

    Attributes:
        ruleset: A file, or an id.
        tables: The files of units.
        children: Files of sub-units, by the plural of their level.
        output: Where the result goes; `None` for nowhere.
        scales: What a bare number of a share is, by fact; under ``""`` for all.
    """

    ruleset: Path | str
    as_of: datetime.date
    tables: Sequence[Path]
    children: Mapping[str, Sequence[Path]]
    output: Path | None
    force: bool
    scales: Mapping[str, str]
    codes: bool
    fail: bool
    strict: bool
    accept_unverified: bool
    status: str
    catalogue: Catalogue | None


def _scales(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Read ``insured=percent``, or ``percent`` for all shares."""
    found: dict[str, str] = {}
    for part in (one for text in given for one in text.split(",")):
        name, _, scale = part.strip().rpartition("=")
        if scale not in SCALES:
            said = f"'{part}' is not NAME=percent, NAME=fraction, percent or fraction."
            raise click.BadParameter(said, ctx, param)
        if found.setdefault(name, scale) != scale:
            said = f"'{name or 'all shares'}' has two scales."
            raise click.BadParameter(said, ctx, param)
    return found


def scales_option() -> Callable[[Command], Command]:
    """Offer ``--share-columns``; the command gets scales by fact, ``""`` for all."""
    return click.option(
        "--share-columns",
        "scales",
        metavar="NAME=percent|fraction",
        multiple=True,
        callback=_scales,
        help="What a bare number of a share means; without NAME, of every share.",
    )


def _children(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for text in given:
        plural, sign, path = text.partition("=")
        if not (plural and sign and path):
            said = f"'{text}' is not PLURAL=TABLE, such as villages=villages.csv."
            raise click.BadParameter(said, ctx, param)
        found.setdefault(plural, []).append(Path(path))
    return found


def children_option() -> Callable[[Command], Command]:
    """Offer ``--children``; the command gets paths by the plural of their level."""
    return click.option(
        "--children",
        metavar="PLURAL=TABLE",
        multiple=True,
        callback=_children,
        help="Units below, such as villages=villages.csv, with a column `parent`.",
    )
