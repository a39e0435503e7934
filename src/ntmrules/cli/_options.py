"""The options that several commands share."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource

from ntmrules import Catalogue
from ntmrules.patience import SEARCH_MS
from ntmrules.text import Language


Command = TypeVar("Command", bound=Callable[..., object])

IN_FORCE = "in force"
"""The status of a version that is neither a draft nor pending."""

_LANGUAGE = "ntmrules.language"
_FOLDERS = "ntmrules.folders"
_SUFFIX = ".ntm"
_MS = 1000
_MOST_SECONDS = 3600


def language_of(ctx: click.Context) -> Language:
    """Give the language that was asked for, as far as it is known yet."""
    language = ctx.meta.get(_LANGUAGE, Language.VI)
    assert isinstance(language, Language)
    return language


def _language(ctx: click.Context, param: click.Parameter, value: str) -> Language:
    """Keep what a group was told, unless its command is told otherwise."""
    typed = ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    if typed or _LANGUAGE not in ctx.meta:
        ctx.meta[_LANGUAGE] = Language(value)
    return language_of(ctx)


def language_option() -> Callable[[Command], Command]:
    """Offer ``--lang``; it is read before everything else, for the complaints."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice([language.value for language in Language]),
        default=Language.VI.value,
        envvar="NTMRULES_LANG",
        show_default=True,
        show_envvar=True,
        is_eager=True,
        callback=_language,
        help="The language of the answer.",
    )


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Offer ``--format``; the first one is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="For people, or for programs.",
    )


def _catalogue(
    ctx: click.Context, _: click.Parameter, folders: tuple[Path, ...]
) -> Catalogue | None:
    """Look through the folders of a command before those of its group."""
    found = (*folders, *ctx.meta.get(_FOLDERS, ()))
    ctx.meta[_FOLDERS] = found
    return Catalogue(*found) if found else None


def rulesets_option() -> Callable[[Command], Command]:
    """Offer ``--rulesets``; the command gets a catalogue, or `None` for the usual."""
    return click.option(
        "--rulesets",
        "catalogue",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        callback=_catalogue,
        help="Look ids up in this folder first; may be given several times.",
    )


def _day(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> datetime.date | None:
    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except ValueError:
        said = f"'{value}' is not a date such as 2024-12-31."
        raise click.BadParameter(said, ctx, param) from None


def date_option(help_text: str) -> Callable[[Command], Command]:
    """Offer ``--as-of``."""
    return click.option("--as-of", metavar="DATE", callback=_day, help=help_text)


def search_option() -> Callable[[Command], Command]:
    """Offer ``--search``; the command gets thousandths of a second."""
    return click.option(
        "--search",
        "search_ms",
        metavar="SECONDS",
        type=click.FloatRange(min=0, max=_MOST_SECONDS),
        default=SEARCH_MS / _MS,
        show_default=True,
        callback=lambda _ctx, _param, seconds: int(seconds * _MS),
        help="How long z3 may look where comparing does not decide; 0 for not at all.",
    )


def ruleset_source(text: str) -> Path | str:
    """Tell the path of a ruleset file from the id of a ruleset."""
    path = Path(text)
    if text.endswith(_SUFFIX) or os.sep in text or path.is_file():
        return path
    return text
