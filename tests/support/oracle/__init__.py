"""
A second, slow reading of the language that shares no code with `ntmrules`.

`words` writes random rulesets as nested tuples and as text, `places` writes units for
them, `tables` whole frames of units, and `meaning` reads the tuples by language.md
sections 1 to 8: with two values, where everything is known, and over all completions
where something is missing.
"""
