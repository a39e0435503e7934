"""
Finds the data that lie beside the code: grammars, rulesets, pages of diagnostics.

The wheel carries them in `_data`; an editable install has none there and reads the
checkout.  A `Traversable` may lie in a zip file: keep to ``/``, `iterdir`,
`read_text` and `read_bytes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType


# Where each kind lies in a checkout; pyproject.toml maps the same folders.
_IN_CHECKOUT: Mapping[str, str] = MappingProxyType(
    {
        "grammars": "grammars",
        "rulesets": "rulesets",
        "diagnostics": "docs/diagnostics",
    }
)


def resource(kind: str) -> Traversable:
    """
    Find the folder of one kind of data.

    Args:
        kind: ``grammars``, ``rulesets`` or ``diagnostics``.

    Returns:
        Traversable: The packaged folder if there is one, else that of the checkout.

    Raises:
        LookupError: There is no such kind of data.
        FileNotFoundError: The installation is incomplete.
    """
    if kind not in _IN_CHECKOUT:
        kinds = ", ".join(_IN_CHECKOUT)
        raise LookupError(f"no data called `{kind}`; there are {kinds}")
    packaged = files("ntmrules") / "_data" / kind
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).parents[2] / _IN_CHECKOUT[kind]
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"the {kind} of ntmrules are missing: install it again")
