"""`ntmrules explain`: the page of a diagnostic code."""

from __future__ import annotations

import io
import re

import click

from ntmrules._resources import resource
from ntmrules.cli._options import language_option
from ntmrules.cli._terminal import for_people, width, write
from ntmrules.diagnostics import codes, nearest
from ntmrules.text import Language, Text


_UNKNOWN = Text("there is no code `{code}`", "không có mã `{code}`")
_NEAREST = Text("; the nearest are {names}", "; các mã gần nhất: {names}")


@click.command("explain")
@click.argument("code")
@language_option()
def command(code: str, language: Language) -> int:
    """
    Explain a diagnostic code, such as NTM201: what it means, and the repair.

    The page comes with ntmrules; no network is needed.
    """
    identity = _code(code)
    if identity is None:
        close = nearest(code.strip().upper(), codes.CODES)
        said = _UNKNOWN.fill(language, {"code": code})
        if close:
            said += _NEAREST.fill(language, {"names": ", ".join(sorted(close))})
        raise click.UsageError(said)
    page = (resource("diagnostics") / f"{identity}.md").read_text(encoding="utf-8")
    write(_laid_out(page) if for_people() else page.rstrip("\n"))
    return 0


def _code(text: str) -> str | None:
    """Find a code by its id, by its number alone, or by its name."""
    wanted = re.sub(r"^(?=\d{3}$)", "NTM", text.strip().upper())
    by_slug = {code.slug.upper(): code.id for code in codes.CODES.values()}
    return wanted if wanted in codes.CODES else by_slug.get(wanted)


def _laid_out(page: str) -> str:
    """Lay Markdown out for a terminal."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    # In colour here: where none is wanted, `write` takes it out.
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        theme=Theme({"markdown.h2": "bold underline", "markdown.code": "cyan"}),
        width=width(),
    )
    # A heading of the first level would be put in a box, and in the middle.
    text = page.replace("# ", "## ", 1) if page.startswith("# ") else page
    with console.capture() as captured:
        console.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
    rows = [line.rstrip() for line in captured.get().splitlines()]
    bare = [click.unstyle(row).strip() for row in rows]
    # Around blocks of code rich leaves more room than a terminal has.
    kept = [row for at, row in enumerate(rows) if bare[at] or (at and bare[at - 1])]
    return "\n".join(kept)
