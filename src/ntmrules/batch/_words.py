"""What is said of frames, in both languages."""

from __future__ import annotations

from ntmrules.text import Language, Text


THE_FRAME = Text("the frame", "bảng")
THERE = Text("there", "có")
WITH_ID = Text("one with a column `id`", "có cột `id`")
ONE_WITHOUT = Text("one without", "không có")
ID_COLUMN = Text("the column `id`", "cột `id`")
DIFFERENT = Text("different in each row", "khác nhau ở mỗi dòng")

TRUTH = Text("true or false", "đúng hoặc sai")
TEXT = Text("text", "chữ")
YEAR_NUMBERS = Text("years", "năm")
NUMBERS = Text("numbers", "số")
WHOLE_NUMBERS = Text("whole numbers", "số nguyên")
SMALL_NUMBERS = Text("numbers below 2^63", "số nhỏ hơn 2^63")
SCALE = Text("the scale of a share", "thang của một tỷ lệ")
NO_SHARE = Text("it", "thứ khác")
SCALES_ARE = Text('"percent" or "fraction"', "`percent` hoặc `fraction`")
NO_LIST = Text("left out: it is a list", "bỏ ra: đó là danh sách")
NO_DATE = Text("left out: it is a date", "bỏ ra: đó là ngày")
TWO = Text("two", "hai cột")
GIVEN_ONCE = Text("given once", "ghi một cách thôi")
BOTH_WAYS = Text("both ways", "ghi cả hai cách")
KNOWN_SCALE = Text("a share of known scale", "tỷ lệ có thang đã biết")
ONE_NUMBER = Text("one number", "một số")

NOT_FINITE = Text(
    "it is no number; missing is null", "không phải là số; chưa có số liệu thì để null"
)
NOT_WHOLE = Text("it is not whole", "không phải số nguyên")
OVER_ONE = Text("it is more than 100%", "lớn hơn 100%")
NEGATIVE = Text("it is negative", "là số âm")
OTHER_MISSING = Text("its other part is missing", "thiếu nửa kia")
A_YEAR = Text("a year is wanted", "ở đây cần một năm")
OF_THE_FRAME = Text("an `id` of the frame", "một `id` của bảng")
WITH_PARENT = Text("a frame with `parent`", "một bảng có `parent`")
THAT = Text("that", "tên khác")

NAME_SCALE = Text(
    'name its scale: `share_columns={{"{fact}": "percent"}}`, or "fraction"; or give'
    " the columns `{fact}.met` and `{fact}.of`",
    'ghi thang đo: `share_columns={{"{fact}": "percent"}}` hoặc "fraction"; hoặc cho'
    " hai cột `{fact}.met` và `{fact}.of`",
)
RENAME = Text(
    "did you mean `{name}`? a column of something else needs another name",
    "có phải là `{name}`? cột chứa điều khác thì đặt tên khác",
)

_COLUMN = Text("the column `{name}`", "cột `{name}`")
_SHARE = Text("the share `{name}`", "tỷ lệ `{name}`")
_NOT_A_SHARE = Text("`{name}`, no share", "`{name}`, vốn không phải tỷ lệ")
_NO_CASE = Text("it is no case of `{enum}`", "không phải trường hợp nào của `{enum}`")
_MORE_THAN = Text("it is more than `{whole}`, {value}", "lớn hơn `{whole}`, là {value}")
_NOT_AFTER = Text("it is not after `{granted}`", "không sau `{granted}`")
_OUTLIVES = Text(
    "`{lower}` below it was withdrawn in {year}, and it still stands",
    "`{lower}` ở dưới đã bị thu hồi năm {year} mà danh hiệu này vẫn còn",
)
_DID_YOU_MEAN = Text("; did you mean `{close}`?", "; có phải ý bạn là `{close}`?")
_IN_ROW = Text("{reason} (row {row})", "{reason} (dòng {row})")
_OF_ID = Text("{reason} (id `{name}`)", "{reason} (id `{name}`)")
_PARENT_OF = Text(
    "the parent of row {row} of {owner}", "đơn vị cấp trên ở dòng {row} của {owner}"
)
_LEVEL_BELOW = Text(
    "the plural of a level below {level}", "tên số nhiều của một cấp dưới {level}"
)


def _both(text: Text, **values: str | int | Text) -> Text:
    return Text(text.fill(Language.EN, values), text.fill(Language.VI, values))


def column(name: str) -> Text:
    """Name a column."""
    return _both(_COLUMN, name=name)


def share(name: str) -> Text:
    """Name a share."""
    return _both(_SHARE, name=name)


def not_a_share(name: str) -> Text:
    """Say that a fact is no share."""
    return _both(_NOT_A_SHARE, name=name)


def no_case(enum: str) -> Text:
    """Say that a value is no case of an enum."""
    return _both(_NO_CASE, enum=enum)


def more_than(whole: str, value: object) -> Text:
    """Say that a part is more than its whole."""
    return _both(_MORE_THAN, whole=whole, value=str(value))


def not_after(granted: str) -> Text:
    """Say that a title is withdrawn too early."""
    return _both(_NOT_AFTER, granted=granted)


def outlives(lower: str, year: object) -> Text:
    """Say that a title outlives one that it implies."""
    return _both(_OUTLIVES, lower=lower, year=str(year))


def did_you_mean(said: Text, close: str | None) -> Text:
    """Add the nearest name, if there is one."""
    if close is None:
        return said
    more = _both(_DID_YOU_MEAN, close=close)
    return Text(said.en + more.en, said.vi + more.vi)


def in_row(reason: Text, row: int) -> Text:
    """Say in which row, counted from 1."""
    return _both(_IN_ROW, reason=reason, row=row)


def of_id(reason: Text, name: object) -> Text:
    """Say of which unit."""
    return _both(_OF_ID, reason=reason, name=str(name))


def parent_of(row: int, owner: str) -> Text:
    """Name the parent that a row gives."""
    return _both(_PARENT_OF, row=row, owner=owner)


def level_below(level: Text) -> Text:
    """Say what the name of a frame of sub-units has to be."""
    return _both(_LEVEL_BELOW, level=level)
