"""Words that stand in many sentences."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

from ntmrules.text import Text
from ntmrules.verdict import Verdict


VERDICTS: Mapping[Verdict, Text] = MappingProxyType(
    {
        Verdict.MET: Text("met", "đạt"),
        Verdict.NOT_MET: Text("not met", "chưa đạt"),
        Verdict.UNKNOWN: Text("unknown", "chưa xác định"),
        Verdict.NOT_APPLICABLE: Text("not applicable", "không áp dụng"),
    }
)
"""What people call the verdicts."""

ALWAYS, NEVER = Text("always", "luôn"), Text("never", "không bao giờ")
"""How often a requirement is met that no facts can change."""

_REASONS: Mapping[int | None, str] = MappingProxyType(
    {
        errno.ENOENT: "không có tệp hoặc thư mục này",
        errno.EACCES: "không có quyền đọc",
        errno.EPERM: "không có quyền đọc",
        errno.EISDIR: "đây là thư mục",
        errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
        errno.ENAMETOOLONG: "tên tệp quá dài",
        errno.ELOOP: "liên kết vòng quanh",
        errno.EIO: "lỗi khi đọc ổ đĩa",
    }
)


def reason(error: Exception) -> Text:
    """Say why a file cannot be read; what is rare, as the system says it."""
    english = (getattr(error, "strerror", None) or str(error)).lower()
    return Text(english, _REASONS.get(getattr(error, "errno", None), english))
