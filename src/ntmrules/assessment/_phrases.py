"""The one catalogue of phrases of an explanation."""

from __future__ import annotations

from ntmrules.text import Text


# Gaps.

LACKING = Text("short by {number}{noun}", "còn thiếu {number}{noun}")
LACKING_MORE = Text("short by {number}{noun}", "cần thêm {number}{noun}")
OVER_BY = Text("over by {number}{noun}", "phải giảm {number}{noun}")
MORE = Text("{number} more{noun} needed", "còn thiếu {number}{noun}")
FEWER = Text("{number} fewer{noun} needed", "phải giảm {number}{noun}")
NEEDED = Text("{number} more{noun} needed", "cần thêm {number}{noun}")
TOO_MANY = Text("{number}{noun} too many", "thừa {number}{noun}")
CONDITIONS_NEEDED = Text(
    "{number}{noun} still to be met", "còn {number}{noun} chưa đạt"
)
CONDITIONS_TOO_MANY = Text("{number}{noun} too many are met", "thừa {number}{noun} đạt")
MORE_THAN = Text("more than {number}", "hơn {number}")
AT_LEAST = Text("at least {number}", "ít nhất {number}")
AT_THE_LIMIT = Text(
    "exactly at the limit, and must be above it", "bằng đúng mức, phải cao hơn mức"
)
AT_THE_LIMIT_BELOW = Text(
    "exactly at the limit, and must be below it", "bằng đúng mức, phải thấp hơn mức"
)
UNDECIDED = Text(" ({number} unknown so far)", " ({number} chưa xác định)")
OR = Text("; or {gap}", "; hoặc {gap}")
CLOSEST = Text("; closest: {units}", "; gần nhất: {units}")
THE_ONE = Text("; not yet: {units}", "; chưa đạt: {units}")
OTHERS = Text("{number} others", "{number} nơi khác")


# Values.

YES = Text("yes", "có")
NO = Text("no", "không")
NO_DATA = Text("no figure", "chưa có số liệu")
NO_VALUE = Text("unknown", "chưa xác định")
DASH = Text("nothing here", "không đặt ra")
MORE_ITEMS = Text("{number} more", "{number} mục khác")


# Expressions.

IN_YEAR = Text("{what} in {year}", "{what} {year}")
THE_YEAR = Text("{year}", "năm {year}")
YEAR = Text("the year of assessment", "năm đánh giá")
GRANTED = Text("the year of the title “{title}”", "năm được công nhận “{title}”")
FUNCTIONS = {
    "min": Text("the lowest of {what}", "mức thấp nhất của {what}"),
    "max": Text("the highest of {what}", "mức cao nhất của {what}"),
    "sum": Text("the sum of {what}", "tổng {what}"),
    "average": Text("the average of {what}", "trung bình {what}"),
    "count": Text("the number of {what}", "số mục của {what}"),
    "abs": Text("the size of {what}", "độ lớn của {what}"),
    "rounded": Text("{what}, rounded", "{what}, làm tròn"),
}
OVER = Text("{what} over {members}", "{what} của các {members}")
NUMBER_OF = Text("the number of {members}", "số {members}")
WHERE = Text("{members} where {condition}", "{members} mà {condition}")
THRESHOLD_OF = Text("the threshold of indicator {label}", "mức của chỉ tiêu {label}")
OF_RULESET = Text("{what} of {ruleset}", "{what} của {ruleset}")
BY_TABLE = Text("by table", "theo bảng")
NOT = Text("not ({condition})", "không ({condition})")
AND = Text(" and ", " và ")
OR_ELSE = Text(" or ", " hoặc ")
BETWEEN = Text("between {low} and {high}", "từ {low} đến {high}")
HOLDS = Text("hold the title “{title}”", "đạt danh hiệu “{title}”")
MEETS = Text("meet {ruleset}", "đáp ứng {ruleset}")
PRECONDITION = Text("precondition {label}", "điều kiện {label}")
CRITERION = Text("criterion {label}", "tiêu chí {label}")
INDICATOR = Text("indicator {label}", "chỉ tiêu {label}")


# Where values come from.

SUMMED = Text("added up over the {members}", "cộng từ các {members}")
ALONE_IN_YEAR = Text("of {year}", "năm {year}")
TABLE = Text("by the table for {cases}", "theo bảng, {cases}")


# Conditions.

REQUIRED = Text("{value}, required {wanted}", "{value}, yêu cầu {wanted}")
NOT_REQUIRED = Text("{value}, required {limit}", "{value}, yêu cầu: {limit}")
NAMED = Text("{name}: {value}", "{name}: {value}")
HAS_TITLE = Text("title “{title}”: {verdict}", "danh hiệu “{title}”: {verdict}")
SINCE = Text("{verdict} (since {year})", "{verdict} (từ {year})")
NO_RECORD = Text("no record of titles", "chưa có hồ sơ danh hiệu")
TALLY = Text("{met}/{all} {members} {condition}", "{met}/{all} {members} {condition}")
HAVING = Text("with {condition}", "có {condition}")
ALL = Text("all", "tất cả")
NONE = Text("none", "không {members} nào")
AT_LEAST_OF = Text("at least {number}", "ít nhất {number}")
AT_MOST_OF = Text("at most {number}", "nhiều nhất {number}")
EXACTLY = Text("exactly {number}", "đúng {number}")
THAT_IS = Text("{quantity} ({number} {members})", "{quantity} ({number} {members})")
UNKNOWN_MEMBERS = Text("{number} unknown", "{number} chưa xác định")
OTHER_MEMBERS = Text("{number} not applicable", "{number} không áp dụng")
DOUBTFUL_MEMBERS = Text("{number} may not belong", "{number} chưa rõ có thuộc diện")
LIST_INCOMPLETE = Text("the list is not complete", "danh sách chưa đủ")
LIST_MISSING = Text("no list of {members} on file", "chưa có danh sách {members}")
NOTHING_TO_COUNT = Text("no {members} on file", "không có {members} nào trong hồ sơ")
EACH_OF = Text("all {number} of these ({met} met)", "cả {number} điều kiện ({met} đạt)")
ONE_OF = Text(
    "one of these {number} ({met} met)", "một trong {number} điều kiện ({met} đạt)"
)
SO_MANY_OF = Text(
    "{quantity} of these {number} ({met} met)",
    "{quantity} trong {number} điều kiện ({met} đạt)",
)
NOT_THIS = Text("this must not be met", "không được rơi vào điều kiện sau")
TRUE = Text("yes", "đúng")
UNTRUE = Text("no", "không")
ONE_OF_THESE = Text("{quantity} of ({conditions})", "{quantity} trong ({conditions})")
IF = Text("if {condition}: {answer}", "nếu {condition}: {answer}")
THEN = Text("then", "thì")
ELSE = Text("otherwise", "nếu không thì")
VERDICT_OF = Text("{what}: {verdict}", "{what}: {verdict}")
CRITERIA_MET = Text("{met}/{all} criteria met", "{met}/{all} tiêu chí đạt")
NOT_YET = Text("not met: {labels}", "chưa đạt: {labels}")


# Provisions.

APPLIES_WHEN = Text("applies when", "áp dụng khi")
PASSES_WHEN = Text("met when", "đạt khi")
ATTESTED = Text("attested", "do người có thẩm quyền xác nhận")
ATTESTED_BY = Text("attested by {who}", "do {who} xác nhận")
RECORDED = Text("recorded: {details}", "ghi nhận: {details}")
NO_DETAILS = Text("no details", "không ghi chi tiết")
UNVERIFIED = Text(
    "unverified: {why}; if it held: {verdict}",
    "chưa kiểm chứng: {why}; nếu áp dụng thì: {verdict}",
)
UNVERIFIED_COUNTS = Text(
    "unverified, counted all the same: {why}", "chưa kiểm chứng nhưng vẫn tính: {why}"
)
UNVERIFIED_FIGURE = Text("{figure} (unverified)", "{figure} (chưa kiểm chứng)")
RECORDED_LIKE_OTHERS = Text("recorded", "ghi nhận")
RECORDED_BY = Text("Recorded: {details}", "Ghi nhận theo: {details}")
SET_BY = Text("set by {instrument}", "đặt bởi {instrument}")
REASON = Text("reason: {reason}", "lý do: {reason}")


# The whole.

TITLE = Text("{ruleset} ({id})", "{ruleset} ({id})")
BASIS = Text("Basis: {instrument}", "Căn cứ: {instrument}")
STARTS_FROM = Text(
    "Builds on: {ruleset}, {instrument}", "Dựa trên: {ruleset}, {instrument}"
)
DATED = Text(" of {date}", " ngày {date}")
ISSUED = Text(", {issuer}", " của {issuer}")
DATE = Text("Assessment date: {date}", "Ngày đánh giá: {date}")
COUNTS = Text("{counts} criteria met", "{counts} tiêu chí đạt")
COUNT_NOT_MET = Text("{number} not met", "{number} chưa đạt")
COUNT_UNKNOWN = Text("{number} unknown", "{number} chưa xác định")
COUNT_NOT_APPLICABLE = Text("{number} not applicable", "{number} không áp dụng")
GROUP = Text("Group: {groups} criteria", "Nhóm: {groups} tiêu chí")
GROUP_NAMES = {
    "19": Text("19", "19"),
    "15-18": Text("15–18", "15–18"),
    "10-14": Text("10–14", "10–14"),
    "under 10": Text("under 10", "dưới 10"),
}
GRANTS = Text("Earns the title “{title}”", "Đủ điều kiện công nhận danh hiệu “{title}”")
REVOKES = Text(
    "The title “{title}” must be withdrawn", "Phải thu hồi danh hiệu “{title}”"
)
NOT_GRANTED = Text(
    "Does not earn the title “{title}”",
    "Chưa đủ điều kiện công nhận danh hiệu “{title}”",
)
NOT_REVOKED = Text(
    "The title “{title}” need not be withdrawn",
    "Không phải thu hồi danh hiệu “{title}”",
)
TITLE_OPEN = Text(
    "Whether the title “{title}” is earned cannot be said yet",
    "Chưa kết luận được về danh hiệu “{title}”",
)
WITHDRAWAL_OPEN = Text(
    "Whether the title “{title}” must be withdrawn cannot be said yet",
    "Chưa kết luận được việc thu hồi danh hiệu “{title}”",
)
WITHOUT_EFFECT = Text(
    "Nothing follows for the title “{title}”: the ruleset is {why}",
    "Không có hiệu lực với danh hiệu “{title}”: bộ tiêu chí {why}",
)
STATUS = {
    "draft": Text("draft", "dự thảo"),
    "pending": Text("pending", "chưa ban hành"),
}
NO_END = Text("further notice", "khi có quy định mới")
IS_DRAFT = Text("not in force yet ({status})", "chưa có hiệu lực ({status})")
IS_OUTSIDE = Text("not in force on {date}", "không có hiệu lực ngày {date}")
COUNTS_UNVERIFIED = Text(
    "Figures marked as unverified count here", "Có tính cả các mức chưa kiểm chứng"
)
LEGEND = Text(
    "✓ met  ✗ not met  ? unknown  – not applicable",
    "✓ đạt  ✗ chưa đạt  ? chưa xác định  – không áp dụng",
)
PRECONDITIONS = Text("Preconditions", "Điều kiện")
CRITERIA = Text("Criteria", "Tiêu chí")
MET_WHEN = Text("Met when", "Đạt khi")
STILL_MISSING = Text("Still missing", "Còn thiếu số liệu")
NO_LONGER_MATTERS = Text(
    "{number} more missing, named above, can no longer change the verdict",
    "Còn thiếu {number} mục nêu ở trên, không làm đổi kết luận chung",
)
FINDINGS = Text("Findings", "Điều cần lưu ý")


# What is missing.

LACKS = Text("missing: {what}", "thiếu: {what}")
A_RECORD = Text(
    "record of titles (for “{title}”)", "hồ sơ danh hiệu (để xét “{title}”)"
)
A_LIST = Text("list of {members}", "danh sách {members}")
AN_ATTESTATION = Text("attestation", "xác nhận")
AN_ATTESTATION_BY = Text("attestation by {who}", "xác nhận của {who}")
ABOUT = Text("{what} on {provision}", "{what} về {provision}")
A_VERIFICATION = Text(
    "a look at the instrument for its figure", "đối chiếu mức với văn bản"
)
A_VERIFICATION_OF = Text(
    "a look at the instrument for the figure of {provision}",
    "đối chiếu với văn bản mức của {provision}",
)
A_SETTING = Text(
    "left to the {level}, not set: {what}", "do cấp {level} quy định, chưa có: {what}"
)
OF_OTHER_RULESET = Text("Under {ruleset}:", "Theo {ruleset}:")
AMONG = Text("{what} ({units})", "{what} ({units})")
FURTHER = Text("{number} others", "{number} nơi khác")
FURTHER_ITEMS = Text("{number} more things", "{number} mục khác")
