"""Which words begin a declaration or a clause, told from the tokens alone."""

from __future__ import annotations

from collections.abc import Sequence

from ntmrules.syntax._tokens import Token


RULESET_DECLARATIONS = frozenset(
    "PRECONDITION CRITERION INDICATOR SET REPLACE REMOVE DELEGATED".split()
)
VOCABULARY_DECLARATIONS = frozenset("UNIT LEVEL TITLE ENUM ORDERED FACT".split())
DECLARATIONS = (
    RULESET_DECLARATIONS | VOCABULARY_DECLARATIONS | {"USE", "DEFINE", "EXPECT"}
)
CLAUSES = frozenset(
    "NAME FOR EXTENDS TIGHTENS GRANTS REVOKES BASIS IN STATUS NOTE PASSES APPLIES"
    " UNVERIFIED REQUIRE ATTESTED".split()
)
HEADS = frozenset({"RULESET", "VOCABULARY"})

PROVISIONS = frozenset({"PRECONDITION", "CRITERION", "INDICATOR"})
_LABELS = frozenset({"FIGURE", "WORD", "DOTTED"})
_AFTER_LABEL = frozenset({"QUOTED", "COLON", "LBRACE"})


def declaration_at(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """
    Tell whether a declaration begins at a token.

    ``criterion 1`` may also refer to a criterion; before a title, a colon or a
    brace it does not.

    Returns:
        tuple[str, ...]: Kinds of tokens that fit where such a declaration may stand,
            and nowhere else; nothing if none begins.
    """
    kind, before = tokens[at].kind, tokens[at - 1].kind if at else ""
    if kind not in DECLARATIONS or (kind == "ENUM" and before == "ORDERED"):
        return ()
    if kind not in PROVISIONS:
        return (kind,)
    if before in {"REPLACE", "REMOVE"}:
        return ()
    following = [token.kind for token in tokens[at + 1 : at + 3]]
    if following[:1] == ["QUOTED"]:
        return provision(kind)
    certain = (
        following[0] in _LABELS and following[1:2] and following[1] in _AFTER_LABEL
    )
    return provision(kind) if certain else ()


def provision(kind: str) -> tuple[str, ...]:
    """Give the kinds with which a precondition, criterion or indicator begins."""
    return (kind, "FIGURE", "QUOTED")


def clause_at(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """Tell whether a clause begins at a token, in the same way."""
    kind = tokens[at].kind
    if kind not in CLAUSES or (at and tokens[at - 1].kind == "COLON"):
        return ()
    return (kind,)


def begins_line(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token is the first of its line."""
    return at == 0 or "\n" in text[tokens[at - 1].end : tokens[at].start]


def ahead(
    tokens: Sequence[Token], at: int, most: int = 12
) -> tuple[list[str], tuple[str, ...]]:
    """
    List the kinds of the tokens from *at* up to the next declaration.

    Returns:
        The kinds, and those with which the next declaration begins, if it is near.
    """
    kinds: list[str] = []
    for place in range(at, min(at + most, len(tokens))):
        if start := declaration_at(tokens, place):
            return kinds, start
        kinds.append(tokens[place].kind)
    return kinds, ()
