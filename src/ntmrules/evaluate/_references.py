"""Which version of another ruleset a reference means."""

from __future__ import annotations

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.evaluate._context import Context
from ntmrules.evaluate.trace import Cause, Reason
from ntmrules.model.ruleset import Ruleset, describe_dates
from ntmrules.text import Fill


def version_on(name: str | None, here: Context) -> Ruleset | Reason:
    """
    Pick the version in force on the date looked at; `None` is the ruleset at hand.

    With none in force the reference is unknown, and that is a finding.
    """
    if name is None:
        return here.ruleset
    versions = here.ruleset.references[name]
    for version in versions:
        if version.in_force(here.date):
            return version
    date = here.date.isoformat()
    values: dict[str, Fill] = {
        "name": name,
        "date": date,
        "detail": describe_dates(versions),
    }
    place = here.ruleset.id
    here.sink.add(Diagnostic(codes.REFERENCE_OUT_OF_FORCE, None, values, place=place))
    return Reason(Cause.NOT_IN_FORCE, {"name": name, "date": date})
