"""
The names that the functions of a program share, and their compilation.

Every name in the code is made here.  What comes from a ruleset is bound to one of
them, or is an integer; no text of anybody becomes code.
"""

from __future__ import annotations

from collections.abc import Callable

from ntmrules.compiled import _counting, _exact, _records
from ntmrules.compiled._codes import Loose


Function = Callable[..., Loose]


class Space:
    """
    The names that all functions of one program share.

    Attributes:
        sources: The code of each function, in the order they were made.
    """

    def __init__(self) -> None:
        self.names: dict[str, Loose] = {
            "__builtins__": {},
            "CALCULATE": _exact.calculate,
            "COLLECTED": _counting.Collected,
            "COUNT_OF": _counting.count_of,
            "DASH": _exact.DASH,
            "EXACT": _exact.exact_number,
            "FACTS": _records.facts_of,
            "GATHER": _records.gather,
            "KNOWN": _exact.known,
            "NO_FACTS": _records.NO_FACTS,
            "NO_GROUPS": (),
            "PLAIN": _records.plain_facts_count,
            "dict": dict,
            "KeyError": KeyError,
            "int": int,
            "len": len,
            "list": list,
            "str": str,
            "tuple": tuple,
        }
        self.sources: list[str] = []
        self._bound: dict[object, str] = {}
        self._number = 0

    def name(self, kind: str) -> str:
        """Make a name."""
        self._number += 1
        return f"{kind}{self._number}"

    def bind(self, value: Loose, kind: str = "k") -> str:
        """Give a name to what the code needs; equal texts have one."""
        key = value if isinstance(value, str) else id(value)
        if key not in self._bound:
            self._bound[key] = self.name(kind)
            # From now on it lives as long as its id is looked up.
            self.names[self._bound[key]] = value
        return self._bound[key]

    def define(self, name: str, lines: list[str]) -> Function:
        """Compile the function *name*."""
        source = "\n".join(lines) + "\n"
        self.sources.append(source)
        code = compile(source, f"<ntmrules {name}>", "exec")
        exec(code, self.names)  # noqa: S102 - made from the checked model alone
        function: Function = self.names[name]
        return function
