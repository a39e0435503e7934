"""
The one table of diagnostic codes.

``NTM`` + stage digit + two digits; stages are those of language.md section 10.
Every code has a page in ``docs/diagnostics``; codes are never used again.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ntmrules.diagnostics._diagnostic import Code, Severity
from ntmrules.text import Text


_TABLE: dict[str, Code] = {}


def _code(identity: str, slug: str, severity: Severity, en: str, vi: str) -> Code:
    assert identity not in _TABLE, identity
    code = Code(identity, slug, severity, Text(en, vi))
    _TABLE[identity] = code
    return code


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

# Stage 0: files.
UNREADABLE_FILE = _code(
    "NTM001",
    "unreadable-file",
    _E,
    "cannot read `{path}`: {reason}",
    "không đọc được `{path}`: {reason}",
)
NOT_UTF8 = _code(
    "NTM002",
    "not-utf8",
    _E,
    "the file is not UTF-8 text: byte {byte} cannot be read",
    "tệp không phải văn bản UTF-8: không đọc được byte {byte}",
)
FORBIDDEN_CHARACTER = _code(
    "NTM003",
    "forbidden-character",
    _E,
    "the character {character} may not stand in a file",
    "ký tự {character} không được có trong tệp",
)
FILE_TOO_LARGE = _code(
    "NTM004",
    "file-too-large",
    _E,
    "the file has {size} bytes, more than the {limit} that `MAX_FILE_BYTES` allows",
    "tệp có {size} byte, vượt giới hạn {limit} của `MAX_FILE_BYTES`",
)
EMPTY_FILE = _code(
    "NTM005",
    "empty-file",
    _E,
    "the file holds neither a ruleset nor a vocabulary",
    "tệp không có bộ tiêu chí hay từ vựng nào",
)
NO_RULESETS = _code(
    "NTM006",
    "no-rulesets",
    _E,
    "no `.ntm` file under `{path}`",
    "không có tệp `.ntm` nào trong `{path}`",
)

NOT_A_RULESET = _code(
    "NTM007",
    "not-a-ruleset",
    _E,
    "`{name}` is a vocabulary, not a ruleset",
    "`{name}` là từ vựng, không phải bộ tiêu chí",
)
FOLDER_TOO_LARGE = _code(
    "NTM008",
    "folder-too-large",
    _E,
    "`{path}` holds more than the {limit} files that `MAX_FOLDER_FILES` allows",
    "`{path}` có nhiều hơn {limit} tệp mà `MAX_FOLDER_FILES` cho phép",
)
NO_CASES = _code(
    "NTM009",
    "no-cases",
    _E,
    "there is no case to run under `{path}`",
    "không có ca kiểm thử nào để chạy trong `{path}`",
)

# Stage 1: syntax.
UNEXPECTED = _code(
    "NTM101",
    "unexpected-text",
    _E,
    "unexpected {found}",
    "gặp {found} ngoài dự kiến",
)
UNKNOWN_CHARACTER = _code(
    "NTM102",
    "unknown-character",
    _E,
    "`{text}` is not part of the language",
    "`{text}` không thuộc ngôn ngữ này",
)
MIXED_AND_OR = _code(
    "NTM103",
    "mixed-and-or",
    _E,
    "`and` and `or` are mixed without parentheses",
    "`and` và `or` đi cùng nhau mà không có dấu ngoặc",
)
CHAINED_COMPARISON = _code(
    "NTM104",
    "chained-comparison",
    _E,
    "comparisons cannot be chained",
    "không thể nối nhiều phép so sánh liền nhau",
)
DOUBLE_EQUALS = _code(
    "NTM105",
    "double-equals",
    _E,
    "equality is written `=`, not `==`",
    "bằng nhau viết là `=`, không phải `==`",
)
DECIMAL_COMMA = _code(
    "NTM106",
    "decimal-comma",
    _E,
    "`{text}` has a decimal comma",
    "`{text}` dùng dấu phẩy thập phân",
)
RESERVED_WORD = _code(
    "NTM107",
    "reserved-word",
    _E,
    "`{word}` is a word of the language and cannot be a name",
    "`{word}` là từ của ngôn ngữ, không dùng làm tên được",
)
NOT_CLOSED = _code(
    "NTM108",
    "not-closed",
    _E,
    "`{bracket}` is never closed",
    "`{bracket}` chưa được đóng",
)
TOO_DEEP = _code(
    "NTM109",
    "too-deep",
    _E,
    "nested more than {limit} deep (`MAX_DEPTH`)",
    "lồng nhau quá {limit} tầng (`MAX_DEPTH`)",
)
NUMBER_TOO_LONG = _code(
    "NTM110",
    "number-too-long",
    _E,
    "this number has {digits} characters; at most {limit} digits may stand on each"
    " side of the point (`MAX_DIGITS`)",
    "số này dài {digits} ký tự; mỗi bên dấu chấm chỉ được tối đa {limit} chữ số"
    " (`MAX_DIGITS`)",
)
UNTERMINATED_STRING = _code(
    "NTM111",
    "unterminated-string",
    _E,
    'the text that starts here has no closing `"`',
    'đoạn chữ bắt đầu ở đây thiếu dấu `"` đóng',
)
# NTM112 was said of files with Vietnamese keywords, when they were not read yet.
CLAUSE_TWICE = _code(
    "NTM113",
    "clause-twice",
    _E,
    "`{clause}` is given twice",
    "`{clause}` được viết hai lần",
)
CLAUSE_MISSING = _code(
    "NTM114",
    "clause-missing",
    _E,
    "{owner} has no `{clause}`",
    "{owner} thiếu `{clause}`",
)
CLAUSE_MISPLACED = _code(
    "NTM115",
    "clause-misplaced",
    _E,
    "`{clause}` does not belong in {owner}",
    "`{clause}` không đặt trong {owner} được",
)
TOO_MANY_TOKENS = _code(
    "NTM116",
    "file-too-long",
    _E,
    "the file has more than {limit} words and signs (`MAX_TOKENS`)",
    "tệp có hơn {limit} từ và ký hiệu (`MAX_TOKENS`)",
)
BAD_DATE = _code(
    "NTM117",
    "bad-date",
    _E,
    "`{text}` is not a date of the calendar",
    "`{text}` không phải ngày có thật trong lịch",
)
NOTHING_BELOW = _code(
    "NTM118",
    "nothing-to-build-on",
    _E,
    "`{construct}` changes what another ruleset says, and this one builds on none",
    "`{construct}` sửa quy định của bộ tiêu chí khác, mà bộ này không dựa trên bộ nào",
)
MIXED_KEYWORDS = _code(
    "NTM119",
    "mixed-keywords",
    _E,
    "`{word}` is {its}, and the keywords of this file are {ours}",
    "`{word}` là {its}, còn từ khóa của tệp này là {ours}",
)
NAME_IN_THE_WAY = _code(
    "NTM120",
    "name-in-the-way",
    _E,
    "the name `{name}` is read as a keyword in Vietnamese",
    "tên `{name}` trùng với từ khóa tiếng Việt",
)
END_OF_HAVE = _code(
    "NTM121",
    "end-of-have",
    _E,
    "it cannot be seen where what follows `have` ends",
    "không rõ điều kiện sau `have` hết ở đâu",
)

# Stage 2: names.
UNKNOWN_NAME = _code(
    "NTM201", "unknown-name", _E, "unknown {kind} `{name}`", "không có {kind} `{name}`"
)
DEFINED_TWICE = _code(
    "NTM202",
    "defined-twice",
    _E,
    "`{name}` is defined twice",
    "`{name}` được định nghĩa hai lần",
)
LABEL_TWICE = _code(
    "NTM203",
    "label-twice",
    _E,
    "the label `{label}` is used twice",
    "số hiệu `{label}` được dùng hai lần",
)
LABEL_ORDER = _code(
    "NTM204",
    "label-order",
    _W,
    "the label `{label}` stands after `{before}`",
    "số hiệu `{label}` đứng sau `{before}`",
)
UNKNOWN_LABEL = _code(
    "NTM205",
    "unknown-label",
    _E,
    "there is no {kind} `{label}`",
    "không có {kind} `{label}`",
)
CIRCULAR = _code(
    "NTM206",
    "circular-reference",
    _E,
    "`{name}` depends on itself",
    "`{name}` phụ thuộc vào chính nó",
)
UNKNOWN_FILE = _code(
    "NTM207",
    "unknown-file",
    _E,
    "there is no {kind} `{name}`",
    "không có {kind} `{name}`",
)
BROKEN_FILE = _code(
    "NTM208",
    "broken-file",
    _E,
    "`{name}` has errors of its own",
    "bản thân `{name}` có lỗi",
)
LABEL_OUTSIDE = _code(
    "NTM209",
    "label-outside",
    _W,
    "indicator `{label}` stands in criterion `{criterion}`, and its number does not"
    " begin so",
    "chỉ tiêu `{label}` nằm trong tiêu chí `{criterion}` nhưng số hiệu không bắt đầu"
    " như vậy",
)
TOO_MANY_REFERENCES = _code(
    "NTM210",
    "too-many-references",
    _E,
    "references between rulesets go more than {limit} deep (`MAX_REFERENCES`)",
    "các bộ tiêu chí dẫn chiếu nhau quá {limit} tầng (`MAX_REFERENCES`)",
)

OFFERED_TWICE = _code(
    "NTM211",
    "offered-twice",
    _E,
    "`{name}` is offered by both {first} and {second}",
    "cả {first} và {second} đều cung cấp `{name}`",
)

SEVERAL_FILES = _code(
    "NTM212",
    "several-files",
    _E,
    "several files define the vocabulary `{name}`: {files}",
    "nhiều tệp cùng định nghĩa từ vựng `{name}`: {files}",
)
REMOVES_ALL = _code(
    "NTM213",
    "removes-all",
    _E,
    "`remove indicator {label}` leaves criterion `{criterion}` without an indicator",
    "`remove indicator {label}` làm tiêu chí `{criterion}` không còn chỉ tiêu nào",
)

UNUSED_DEFINITION = _code(
    "NTM231",
    "unused-definition",
    _W,
    "`{name}` is defined, and nothing uses it",
    "`{name}` được định nghĩa nhưng không dùng ở đâu",
)
UNUSED_FACT = _code(
    "NTM232",
    "unused-fact",
    _I,
    "no file uses the fact `{name}`",
    "không tệp nào dùng số liệu `{name}`",
)
LOOK_ALIKE_LETTER = _code(
    "NTM233",
    "look-alike-letter",
    _W,
    "`{name}` has a letter that is not Latin: {letter}",
    "`{name}` có chữ cái không phải Latinh: {letter}",
)

# Stage 3: types and units.
TYPE_CLASH = _code(
    "NTM301",
    "type-clash",
    _E,
    "{left} is {left_type}, {right} is {right_type}",
    "{left} là {left_type}, còn {right} là {right_type}",
)
UNIT_CLASH = _code(
    "NTM302",
    "unit-clash",
    _E,
    "{left} is in {left_unit}, {right} is in {right_unit}",
    "{left} tính bằng {left_unit}, còn {right} tính bằng {right_unit}",
)
NOUN_CLASH = _code(
    "NTM303",
    "noun-clash",
    _E,
    "{left} counts {left_unit}, {right} counts {right_unit}",
    "{left} đếm {left_unit}, còn {right} đếm {right_unit}",
)
CONDITION_WANTED = _code(
    "NTM304",
    "condition-wanted",
    _E,
    "a condition is needed here, and {found} is {type}",
    "ở đây cần một điều kiện, nhưng {found} là {type}",
)
VALUE_WANTED = _code(
    "NTM305",
    "value-wanted",
    _E,
    "a value is needed here, and {found} is a condition",
    "ở đây cần một giá trị, nhưng {found} là một điều kiện",
)
LEVEL_NOT_BELOW = _code(
    "NTM306",
    "level-not-below",
    _E,
    "{plural} are not inside a {level}",
    "{plural} không nằm trong {level}",
)
NOT_ORDERED = _code(
    "NTM307",
    "not-ordered",
    _E,
    "the cases of `{type}` have no order, so `{operator}` cannot compare them",
    "các trường hợp của `{type}` không có thứ tự nên không so sánh bằng `{operator}`",
)
FACT_NOT_ON_LEVEL = _code(
    "NTM308",
    "fact-not-on-level",
    _E,
    "`{fact}` is not given for a {level}",
    "`{fact}` không có ở cấp {level}",
)
WRONG_ARGUMENT = _code(
    "NTM309",
    "wrong-argument",
    _E,
    "`{function}` needs {needs}, and {found} is {type}",
    "`{function}` cần {needs}, nhưng {found} là {type}",
)
NO_THRESHOLD = _code(
    "NTM310",
    "no-threshold",
    _E,
    "indicator `{label}` is not one comparison, so it has no threshold",
    "chỉ tiêu `{label}` không phải một phép so sánh nên không có mức",
)
TITLE_LEVEL = _code(
    "NTM311",
    "title-level",
    _E,
    "`{title}` is a title of a {level}, not of a {found}",
    "`{title}` là danh hiệu của {level}, không phải của {found}",
)
UNIT_MISSING = _code(
    "NTM312",
    "unit-missing",
    _E,
    "{left} is in {unit}, and `{number}` has no unit",
    "{left} tính bằng {unit}, còn `{number}` không có đơn vị",
)
NO_ARITHMETIC = _code(
    "NTM313",
    "no-arithmetic",
    _E,
    "`{operator}` cannot join {left_type} and {right_type}",
    "`{operator}` không nối được {left_type} với {right_type}",
)
RULESET_LEVEL = _code(
    "NTM314",
    "ruleset-level",
    _E,
    "`{name}` assesses a {level}, not a {found}",
    "`{name}` đánh giá {level}, không đánh giá {found}",
)

ARGUMENT_COUNT = _code(
    "NTM316",
    "argument-count",
    _E,
    "`{function}` takes {wanted}, not {found}",
    "`{function}` cần {wanted}, không phải {found}",
)
NOT_AN_AXIS = _code(
    "NTM317",
    "not-an-axis",
    _E,
    "`{name}` cannot be an axis of a table: it is {type}",
    "`{name}` không làm trục của bảng được: đó là {type}",
)
ONE_OR_THOUSAND = _code(
    "NTM318",
    "one-or-thousand",
    _E,
    "`{text}` could be meant as thousands, and here a point marks decimals",
    "`{text}` có thể hiểu là hàng nghìn, mà ở đây dấu chấm là dấu thập phân",
)

# Stage 4: dates and versions.
VERSIONS_OVERLAP = _code(
    "NTM401",
    "versions-overlap",
    _E,
    "two versions of `{name}` are in force from {start} to {end}",
    "hai phiên bản của `{name}` cùng hiệu lực từ {start} đến {end}",
)
NOT_IN_FORCE = _code(
    "NTM402",
    "not-in-force",
    _E,
    "no version of `{name}` is in force on {date}: {detail}",
    "không có phiên bản nào của `{name}` có hiệu lực ngày {date}: {detail}",
)
REFERENCE_GAP = _code(
    "NTM403",
    "reference-gap",
    _W,
    "`{name}` is not in force from {start} to {end}, while this ruleset is",
    "`{name}` không có hiệu lực từ {start} đến {end}, trong khi bộ tiêu chí này có",
)
REFERENCE_NEVER = _code(
    "NTM404",
    "reference-never-in-force",
    _E,
    "`{name}` is in force from {start} to {end}, never while this ruleset is"
    " ({own_start} to {own_end})",
    "`{name}` có hiệu lực từ {start} đến {end}, không lúc nào trùng với bộ tiêu chí"
    " này ({own_start} đến {own_end})",
)
DATES_REVERSED = _code(
    "NTM405",
    "dates-reversed",
    _E,
    "the interval ends on {end}, before it begins on {start}",
    "khoảng thời gian kết thúc ngày {end}, trước khi bắt đầu ngày {start}",
)
VERSIONS_GAP = _code(
    "NTM406",
    "versions-gap",
    _I,
    "no version of `{name}` is in force from {start} to {end}",
    "không có phiên bản nào của `{name}` có hiệu lực từ {start} đến {end}",
)

VERSION_NOT_CHOSEN = _code(
    "NTM407",
    "version-not-chosen",
    _E,
    "`{name}` has several versions and no date picks one: {detail}",
    "`{name}` có nhiều phiên bản mà không có ngày để chọn: {detail}",
)
BASE_NOT_IN_FORCE = _code(
    "NTM408",
    "base-not-in-force",
    _E,
    "no version of `{name}` is in force on {date}, when this ruleset begins: {detail}",
    "không phiên bản nào của `{name}` có hiệu lực ngày {date}, khi bộ này bắt đầu:"
    " {detail}",
)
BASE_ENDS = _code(
    "NTM409",
    "base-ends",
    _W,
    "the version of `{name}` from which this starts ends on {end}, before this ruleset",
    "phiên bản `{name}` mà bộ này dựa trên hết hiệu lực ngày {end}, trước bộ này",
)

# Stage 5: sources.
NO_BASIS = _code(
    "NTM501",
    "no-basis",
    _E,
    "the `basis` of `{name}` names no instrument",
    "`basis` của `{name}` không nêu văn bản nào",
)

FIGURE_WITHOUT_SOURCE = _code(
    "NTM502",
    "figure-without-source",
    _W,
    "`{label}` requires `{figure}`, and names no clause that sets it",
    "`{label}` yêu cầu `{figure}` mà không ghi điều khoản nào quy định",
)

# Stage 6: coverage and strictness.
CASE_MISSING = _code(
    "NTM601",
    "case-missing",
    _E,
    "the table has no {part} for {cases}",
    "bảng thiếu {part} cho {cases}",
)
CASE_TWICE = _code(
    "NTM602",
    "case-twice",
    _E,
    "the table names `{case}` twice",
    "bảng nêu `{case}` hai lần",
)
RAGGED_ROW = _code(
    "NTM603",
    "ragged-row",
    _E,
    "this row has {found} cells, the header has {wanted}",
    "dòng này có {found} ô, dòng đầu có {wanted} ô",
)
COUNT_TOO_HIGH = _code(
    "NTM604",
    "count-too-high",
    _E,
    "`{bound} {number}` can never be reached with only {size} to choose from",
    "`{bound} {number}` không bao giờ đạt được khi chỉ có {size} mục để chọn",
)
OUT_OF_REACH = _code(
    "NTM605",
    "out-of-reach",
    _E,
    "{name} can never be `{threshold}`: it may not exceed 100%",
    "{name} không bao giờ đạt `{threshold}`: không được vượt quá 100%",
)
ALWAYS_SAME = _code(
    "NTM606",
    "always-same",
    _W,
    "this is {always} met{case}, whatever the facts",
    "điều này {always} đạt{case}, dù số liệu thế nào",
)
REPEATED = _code(
    "NTM607",
    "repeated-requirement",
    _W,
    "`{label}` requires the same as `{other}`",
    "`{label}` có yêu cầu trùng với `{other}`",
)
YEARS_MISSING = _code(
    "NTM608",
    "years-missing",
    _W,
    "the table says nothing for {years}, when the ruleset is in force",
    "bảng không có mức cho {years}, khi bộ tiêu chí có hiệu lực",
)
TABLE_SHAPE = _code(
    "NTM609",
    "table-shape",
    _E,
    "a table by {axes} has {wanted}, and this one has {found}",
    "bảng theo {axes} có {wanted}, còn bảng này có {found}",
)
TABLE_TOO_LARGE = _code(
    "NTM610",
    "table-too-large",
    _E,
    "the table has {cells} cells, more than the {limit} that `MAX_CELLS` allows",
    "bảng có {cells} ô, vượt giới hạn {limit} của `MAX_CELLS`",
)
BAD_PERCENTAGE = _code(
    "NTM611",
    "bad-percentage",
    _E,
    "`{text}` of a collection cannot be asked for: it lies outside 0% to 100%",
    "không thể yêu cầu `{text}` của một tập hợp: nằm ngoài khoảng 0% đến 100%",
)

TABLE_CORNER = _code(
    "NTM612",
    "table-corner",
    _E,
    "the corner of the table is `{found}`, not the first axis `{axis}`",
    "góc bảng ghi `{found}`, không phải trục thứ nhất `{axis}`",
)
BAD_CELL = _code(
    "NTM613",
    "bad-cell",
    _E,
    "`{found}` cannot stand here: this place of a table is for {wanted}",
    "`{found}` không đặt ở đây được: chỗ này của bảng dành cho {wanted}",
)
BAD_COUNT = _code(
    "NTM614",
    "bad-count",
    _E,
    "`{text}` cannot stand here: it must be {wanted}",
    "`{text}` không đặt ở đây được: phải là {wanted}",
)
NO_FIGURE = _code(
    "NTM615",
    "table-without-figure",
    _E,
    "every cell of this table is `-`, so nothing says what it is a table of",
    "mọi ô của bảng này đều là `-` nên không rõ đây là bảng của đại lượng nào",
)
SET_OUTSIDE_BOUND = _code(
    "NTM621",
    "set-outside-bound",
    _E,
    "`{name}` is set to `{value}`, and `{ruleset}` leaves open {bound}",
    "`{name}` đặt là `{value}`, mà `{ruleset}` chỉ giao {bound}",
)
REMOVED_UNDER_TIGHTENS = _code(
    "NTM622",
    "removed-under-tightens",
    _E,
    "`remove {kind} {label}` makes this laxer than `{ruleset}`, which it tightens",
    "`remove {kind} {label}` làm bộ này lỏng hơn `{ruleset}` mà nó siết chặt",
)
LAXER = _code(
    "NTM623",
    "laxer-than-tightened",
    _E,
    "{provision} is laxer than in `{ruleset}`{case}: {new}, where {old} is required",
    "{provision} lỏng hơn trong `{ruleset}`{case}: {new}, trong khi quy định là {old}",
)
UNDECIDED = _code(
    "NTM624",
    "strictness-undecided",
    _W,
    "it could not be decided whether {provision} is as strict as in `{ruleset}`{case}",
    "không xác định được {provision} có chặt như trong `{ruleset}` hay không{case}",
)

TABLE_OF_ONE_FIGURE = _code(
    "NTM631",
    "table-of-one-figure",
    _W,
    "the table makes no difference: every cell is `{figure}`",
    "bảng không tạo khác biệt: ô nào cũng là `{figure}`",
)
AXIS_WITHOUT_DIFFERENCE = _code(
    "NTM632",
    "axis-without-difference",
    _W,
    "`{axis}` makes no difference in the table: every {part} is the same",
    "`{axis}` không tạo khác biệt trong bảng: {part} nào cũng như nhau",
)

# Stage 7: facts.
UNKNOWN_FACT = _code(
    "NTM701",
    "unknown-fact",
    _W,
    "`{name}` is not a fact of the vocabulary and is not used",
    "`{name}` không có trong từ vựng nên không được dùng",
)
UNKNOWN_FACT_STRICT = _code(
    "NTM702",
    "unknown-fact-strict",
    _E,
    "`{name}` is not a fact of the vocabulary",
    "`{name}` không có trong từ vựng",
)
BAD_VALUE = _code(
    "NTM703",
    "bad-value",
    _E,
    "`{fact}` cannot be `{value}`: {reason}",
    "`{fact}` không thể là `{value}`: {reason}",
)
DUPLICATE_ID = _code(
    "NTM704",
    "duplicate-id",
    _E,
    "two units have the id `{id}`",
    "hai đơn vị có cùng mã `{id}`",
)
WRONG_PARENT = _code(
    "NTM705",
    "wrong-parent",
    _E,
    "{found} cannot stand under {parent}",
    "{found} không thể nằm dưới {parent}",
)
STATED_PERCENT = _code(
    "NTM706",
    "stated-percent",
    _W,
    "`{fact}` is stated as {stated}, but {part}/{whole} is {computed}; the counts are"
    " used",
    "`{fact}` ghi `{stated}`, nhưng {part}/{whole} là {computed}; tính theo số đếm",
)
DUPLICATE_KEY = _code(
    "NTM707",
    "duplicate-key",
    _E,
    "the key `{key}` is given twice",
    "khóa `{key}` được ghi hai lần",
)
OWN_NOT_SUM = _code(
    "NTM708",
    "own-figure-not-sum",
    _W,
    "`{fact}` of {unit} is {own}, but its {plural} add up to {total}; its own figure"
    " is used",
    "`{fact}` của {unit} là {own}, nhưng cộng các {plural} được {total}; dùng số của"
    " chính đơn vị",
)
COUNTS_DISAGREE = _code(
    "NTM709",
    "counts-disagree",
    _W,
    "the counts of {plural} do not add up: {detail}",
    "số đếm {plural} không khớp: {detail}",
)
LOWER_TITLE_MISSING = _code(
    "NTM710",
    "lower-title-missing",
    _W,
    "{unit} holds `{title}` but no record says it holds `{lower}`",
    "{unit} có danh hiệu `{title}` nhưng không ghi nhận `{lower}`",
)
RECORD_CONTRADICTED = _code(
    "NTM711",
    "record-contradicted",
    _W,
    "criterion or indicator `{label}` was recorded as {recorded}, but the facts say"
    " {computed}; the facts count",
    "tiêu chí hoặc chỉ tiêu `{label}` được ghi nhận là {recorded}, nhưng số liệu cho"
    " thấy {computed}; tính theo số liệu",
)
FACTS_OF_OTHER_DATE = _code(
    "NTM712",
    "facts-of-other-date",
    _W,
    "the facts are of {facts_date}, the assessment is of {date}",
    "số liệu là của ngày {facts_date}, còn đánh giá tại ngày {date}",
)
OUTSIDE_DATES = _code(
    "NTM713",
    "outside-dates",
    _W,
    "`{name}` is in force from {start} to {end}, not on {date}: nothing is granted",
    "`{name}` có hiệu lực từ {start} đến {end}, không phải ngày {date}: không công"
    " nhận gì",
)
BAD_YAML = _code(
    "NTM714",
    "bad-yaml",
    _E,
    "the YAML cannot be read: {problem}",
    "không đọc được YAML: {problem}",
)
YAML_LIMIT = _code(
    "NTM715",
    "unit-limit",
    _E,
    "{what} is {found}, more than the {limit} that `{name}` allows",
    "{what} là {found}, vượt giới hạn {limit} của `{name}`",
)
ATTESTED_BY_OTHER = _code(
    "NTM716",
    "attested-by-other",
    _W,
    "criterion or indicator `{label}` is to be attested by {wanted}, and was by"
    " {found}",
    "tiêu chí hoặc chỉ tiêu `{label}` phải do {wanted} xác nhận, nhưng do {found} xác"
    " nhận",
)
ATTESTED_LATER = _code(
    "NTM717",
    "attested-later",
    _W,
    "the attestation of `{label}` is of {on}, after the assessment date {date}, and"
    " does not count",
    "xác nhận về `{label}` ghi ngày {on}, sau ngày đánh giá {date}, nên không tính",
)
UNKNOWN_ATTESTATION = _code(
    "NTM718",
    "unknown-attestation",
    _W,
    "`{ruleset}` has no criterion or indicator `{label}`, so its attestation is not"
    " used",
    "`{ruleset}` không có tiêu chí hay chỉ tiêu `{label}` nên xác nhận này không được"
    " dùng",
)
WRONG_LEVEL = _code(
    "NTM719",
    "wrong-level",
    _E,
    "{ruleset} assesses a {wanted}, and {unit} is a {found}",
    "{ruleset} đánh giá {wanted}, còn {unit} là {found}",
)
FACT_ON_WRONG_LEVEL = _code(
    "NTM720",
    "fact-on-wrong-level",
    _E,
    "`{fact}` cannot be given for a {level}",
    "`{fact}` không được ghi cho {level}",
)
NO_DATE = _code(
    "NTM721",
    "no-assessment-date",
    _E,
    "no assessment date: neither `as_of` nor the unit gives one",
    "không có ngày đánh giá: `as_of` lẫn đơn vị đều không ghi",
)
UNKNOWN_KEY = _code(
    "NTM722",
    "unknown-key",
    _E,
    "`{key}` is not a key of {owner}",
    "`{key}` không phải khóa của {owner}",
)
BAD_SHAPE = _code(
    "NTM723",
    "bad-shape",
    _E,
    "{owner} must be {wanted}, not {found}",
    "{owner} phải là {wanted}, không phải {found}",
)
REFERENCE_OUT_OF_FORCE = _code(
    "NTM724",
    "reference-out-of-force",
    _W,
    "`{name}` is referred to and not in force on {date}: {detail}",
    "`{name}` được dẫn chiếu nhưng không có hiệu lực ngày {date}: {detail}",
)
FACTS_LATER = _code(
    "NTM725",
    "facts-later",
    _W,
    "the facts are of {facts_date}, after the assessment date {date}, and do not count",
    "số liệu là của ngày {facts_date}, sau ngày đánh giá {date}, nên không tính",
)
DRAFT_USED = _code(
    "NTM726",
    "draft-used",
    _W,
    "`{name}` has the status {status}: nothing is granted",
    "`{name}` đang ở trạng thái {status}: không công nhận gì",
)
STALE_RECEIPT = _code(
    "NTM727",
    "receipt-differs",
    _E,
    "the assessment cannot be repeated: {what} differs",
    "không lặp lại được đánh giá: {what} khác trước",
)
WITHDRAWN_BEFORE_GRANTED = _code(
    "NTM728",
    "withdrawn-before-granted",
    _E,
    "`{title}` is withdrawn on {withdrawn}, before it is granted on {granted}",
    "`{title}` bị thu hồi ngày {withdrawn}, trước khi được công nhận ngày {granted}",
)
HISTORY_NOT_EARLIER = _code(
    "NTM729",
    "history-not-earlier",
    _E,
    "`history` holds the year {year}, which is not before `as_of`, {as_of}",
    "`history` có năm {year}, không trước ngày `as_of` là {as_of}",
)
MISSING_KEY = _code(
    "NTM730",
    "missing-key",
    _E,
    "`{key}` is missing in {owner}",
    "thiếu `{key}` trong {owner}",
)
LIST_WITH_GAP = _code(
    "NTM731",
    "list-with-gap",
    _W,
    "an item of `{fact}` has no value, so the whole list counts as missing",
    "một mục của `{fact}` không có giá trị nên cả danh sách coi như thiếu",
)
DECIMALS_OR_THOUSANDS = _code(
    "NTM732",
    "decimals-or-thousands",
    _W,
    "`{fact}` is `{value}`, read with three decimals: a point marks decimals here",
    "`{fact}` là `{value}`, đọc là có ba chữ số thập phân: dấu chấm là dấu thập phân",
)

EXPECTATION_NOT_MET = _code(
    "NTM733",
    "expectation-not-met",
    _W,
    "`{name}` is expected, and the figures do not agree: {detail}",
    "số liệu không khớp với điều mong đợi `{name}`: {detail}",
)

ATTESTED_EARLIER = _code(
    "NTM734",
    "attested-earlier",
    _W,
    "the attestation of `{label}` is of {on}, before this version of `{ruleset}` began"
    " on {start}, and does not count",
    "xác nhận về `{label}` ghi ngày {on}, trước khi phiên bản này của `{ruleset}` có"
    " hiệu lực ({start}), nên không tính",
)
ATTESTED_UNDATED = _code(
    "NTM735",
    "attested-undated",
    _W,
    "the attestation of `{label}` has no date, so nobody can tell which version it"
    " judged, and does not count",
    "xác nhận về `{label}` không ghi ngày nên không biết theo phiên bản nào, và không"
    " được tính",
)
FIGURE_LATER = _code(
    "NTM736",
    "figure-later",
    _W,
    "`{fact}` is a figure of {on}, after the assessment on {date}, and does not count",
    "`{fact}` là số liệu ngày {on}, sau ngày đánh giá {date}, nên không tính",
)
LISTED_TWICE = _code(
    "NTM737",
    "listed-twice",
    _E,
    "`{plural}` are given here, and again inside the `{around}` of the same unit",
    "`{plural}` ghi ở đây, và ghi lần nữa bên trong `{around}` của chính đơn vị này",
)
LOWER_WITHDRAWN = _code(
    "NTM738",
    "lower-title-withdrawn",
    _E,
    "`{lower}` was withdrawn ({withdrawn}), and `{title}` above it still stands",
    "`{lower}` đã bị thu hồi ({withdrawn}) mà danh hiệu cao hơn `{title}` vẫn còn",
)
SAME_NAME = _code(
    "NTM739",
    "same-name",
    _E,
    "`{name}` stands twice among the same `{plural}`, without an `id` to tell which",
    "`{name}` có hai lần trong cùng `{plural}` mà không có `id` để phân biệt",
)
BAD_TABLE = _code(
    "NTM740",
    "bad-table",
    _E,
    "the table cannot be read: {problem}",
    "không đọc được bảng: {problem}",
)
BAD_ROW = _code(
    "NTM741",
    "bad-row",
    _E,
    "the row cannot be assessed: {problem}",
    "không đánh giá được dòng này: {problem}",
)
COLUMN_ABSENT = _code(
    "NTM742",
    "column-absent",
    _W,
    "not in the table, so missing in every row: {names}",
    "bảng không có, nên thiếu ở mọi dòng: {names}",
)
BAD_CASE = _code(
    "NTM750",
    "bad-case",
    _E,
    "the case `{case}` cannot be read: {problem}",
    "không đọc được ca kiểm thử `{case}`: {problem}",
)

# Stage 9: a bug in ntmrules.
BUG = _code(
    "NTM901",
    "bug",
    _E,
    "ntmrules failed: {problem}",
    "ntmrules gặp lỗi nội bộ: {problem}",
)

CODES: Mapping[str, Code] = MappingProxyType(_TABLE)
"""Every code, by its id."""
