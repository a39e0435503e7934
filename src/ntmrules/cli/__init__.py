"""The command `ntmrules`: check, explain, rulesets."""

from ntmrules.cli._main import main


__all__ = ["main"]
