"""The commands by name, and what happens when one fails."""

from __future__ import annotations

import errno
import importlib
import traceback
from collections.abc import Mapping
from types import MappingProxyType

import click

from ntmrules import LANGUAGE_VERSION, __version__
from ntmrules.cli._diagnostics import rendered
from ntmrules.cli._options import language_of
from ntmrules.cli._terminal import write
from ntmrules.diagnostics import Diagnostic, codes, nearest
from ntmrules.errors import NtmRulesError
from ntmrules.text import Language


PROBLEMS = 1
BUG = 3
_INTERRUPTED = 130

# Each in a module of its own, imported when it is called.
_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "batch": "ntmrules.cli._batch",
        "check": "ntmrules.cli._check",
        "compare": "ntmrules.cli._compare",
        "evaluate": "ntmrules.cli._evaluate",
        "explain": "ntmrules.cli._explain",
        "fmt": "ntmrules.cli._fmt",
        "replay": "ntmrules.cli._replay",
        "rulesets": "ntmrules.cli._rulesets",
        "test": "ntmrules.cli._test",
    }
)


class _Commands(click.Group):
    """A group whose commands return their exit status, and that tells failures."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return sorted({*_COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; an unknown one is a usage error that names the nearest."""
        if cmd_name in _COMMANDS:
            command = importlib.import_module(_COMMANDS[cmd_name]).command
            assert isinstance(command, click.Command)
            return command
        found = super().get_command(ctx, cmd_name)
        close = nearest(cmd_name, _COMMANDS)
        if found is None and close and not ctx.resilient_parsing:
            ctx.fail(f"No such command '{cmd_name}'. Did you mean '{close[0]}'?")
        return found

    def invoke(self, ctx: click.Context) -> None:
        """Run a command; whatever it raises ends in words and an exit status."""
        try:
            status = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except NtmRulesError as error:
            write(
                "\n\n".join(rendered(d, language_of(ctx)) for d in error.diagnostics),
                to_errors=True,
            )
            status = PROBLEMS
        except KeyboardInterrupt:
            status = _INTERRUPTED
        except Exception as error:
            # The reader of our output went away (`| head`): click knows what to do.
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            tell_bug(error, language_of(ctx))
            status = BUG
        ctx.exit(status or 0)


def tell_bug(error: Exception, language: Language = Language.VI) -> None:
    """Own up to a mistake of ntmrules: the traceback, and NTM901."""
    problem = f"{type(error).__name__}: {error}".rstrip(": ")
    bug = Diagnostic(codes.BUG, None, {"problem": problem})
    told = "".join(traceback.format_exception(error))
    write(f"{told}\n{rendered(bug, language)}", to_errors=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, message=f"ntmrules %(version)s, language version {LANGUAGE_VERSION}"
)
def ntmrules() -> None:
    """
    Assess communes and districts of Viet Nam against criteria written as text.

    Exit status: 0 fine, 1 problems found, 2 wrong usage, 3 a bug in ntmrules.

    Answers are in Vietnamese; --lang en, or NTMRULES_LANG=en, asks for English.
    """
