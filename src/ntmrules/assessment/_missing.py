"""
Something that is missing; what is missing is searched for in `_search`.

Source: engine.md section 3.
"""

from __future__ import annotations

import enum

import attrs

from ntmrules.model.unit import Unit
from ntmrules.text import Text
from ntmrules.tree import Tree


class MissingKind(enum.Enum):
    """What sort of thing is missing."""

    FACT = "fact"
    TITLES = "titles"
    COLLECTION = "collection"
    ATTESTATION = "attestation"
    VERIFICATION = "verification"
    SETTING = "setting"


@attrs.frozen(repr=False, eq=False)
class Missing(Tree):
    """
    Something that could still change a verdict.

    Attributes:
        fact: The name of the fact; of other kinds the title, the plural of the
            sub-units, or the label of the provision.
        unit: The unit it is missing from.
        year: The year it is missing for.
        ruleset: Of an attestation or verification: the id of the ruleset.
        label: What people call it.
        detail: Who is to attest; why a figure is not verified.
    """

    fact: str
    kind: MissingKind
    unit: Unit
    year: int
    ruleset: str = ""
    label: Text = attrs.field(kw_only=True, eq=False, repr=False)
    detail: str = attrs.field(kw_only=True, default="", eq=False, repr=False)
