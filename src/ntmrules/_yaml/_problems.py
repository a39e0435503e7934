"""What libyaml and its pure twin complain of, in words for people."""

from __future__ import annotations

from ntmrules.text import Text


ALIAS = Text("aliases (`*name`) are not used", "không dùng bí danh (`*tên`)")
ANCHOR = Text("anchors (`&name`) are not used", "không dùng neo (`&tên`)")
TAG = Text("tags (`!name`) are not used", "không dùng thẻ (`!tên`)")

INDENTED = Text(
    "this line is wrongly indented, or a key or a `-` is missing",
    "dòng này thụt sai, hoặc thiếu khóa hay dấu `-`",
)

# By what they contain.
_WORDS = (
    (
        "mapping values are not allowed",
        Text("a `:` is not expected here", "không mong đợi dấu `:` ở đây"),
    ),
    ("':'", Text("a `:` is missing after the key", "thiếu dấu `:` sau khóa")),
    ("']'", Text("a `,` or `]` is missing", "thiếu dấu `,` hoặc `]`")),
    ("'}'", Text("a `,` or `}` is missing", "thiếu dấu `,` hoặc `}`")),
    (
        "cannot start any token",
        Text(
            "a value cannot begin with this sign without quotes",
            "giá trị không đặt trong ngoặc thì không mở đầu bằng dấu này được",
        ),
    ),
    (
        "unexpected end of stream",
        Text("the quotes are never closed", "dấu ngoặc kép chưa được đóng"),
    ),
    (
        "escape",
        Text(
            "this `\\` escape is not known inside double quotes",
            "không có ký hiệu `\\` này trong ngoặc kép",
        ),
    ),
    (
        "block sequence entries",
        Text("a list is not expected here", "không mong đợi danh sách ở đây"),
    ),
    (
        "document start",
        Text(
            "more text after the end of the document",
            "còn chữ sau khi tài liệu đã kết thúc",
        ),
    ),
    ("tag handle", TAG),
    ("anchor or alias", ALIAS),
    ("node content", Text("a value is missing", "thiếu một giá trị")),
    ("'-' indicator", INDENTED),
    ("expected key", INDENTED),
    ("block end", INDENTED),
)


def words(problem: str) -> Text:
    """Say it in both languages; what is not known stays as it is."""
    for part, text in _WORDS:
        if part in problem:
            return text
    return Text(problem, problem)
