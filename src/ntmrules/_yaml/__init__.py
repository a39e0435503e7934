"""
YAML with line numbers and no surprises.

A plain scalar is never resolved: ``no``, ``1:30``, ``00123`` and ``1e5`` stay the text
they are, and whoever reads the tree decides what the text means.  Aliases, anchors,
tags, merge keys and second documents are refused, and so is a key given twice.
"""

from ntmrules._yaml._limits import (
    MAX_PROBLEMS,
    MAX_SCALAR,
    MAX_UNIT_BYTES,
    MAX_YAML_DEPTH,
    MAX_YAML_NODES,
    forbidden,
    forbidden_characters,
    passed,
)
from ntmrules._yaml._nodes import Node, Plain, Scalar, Sequence, Table
from ntmrules._yaml._read import decode, parse_yaml


__all__ = [
    "MAX_PROBLEMS",
    "MAX_SCALAR",
    "MAX_UNIT_BYTES",
    "MAX_YAML_DEPTH",
    "MAX_YAML_NODES",
    "Node",
    "Plain",
    "Scalar",
    "Sequence",
    "Table",
    "decode",
    "forbidden",
    "forbidden_characters",
    "parse_yaml",
    "passed",
]
