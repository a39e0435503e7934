"""The command `ntmrules`: check, evaluate, replay, explain, rulesets."""

from ntmrules.cli._main import main


__all__ = ["main"]
