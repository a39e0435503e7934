"""Vietnamese keywords: one table, read and written."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Literal

import pytest

from ntmrules.diagnostics import Diagnostic, Sink, render
from ntmrules.keywords import (
    ALIKE,
    ENGLISH,
    KEYWORDS,
    head_of,
    language_of,
    translate_quoted,
    translated,
)
from ntmrules.source import SourceFile
from ntmrules.syntax import format_source, nodes, parse
from ntmrules.syntax._grammar import tables
from ntmrules.syntax._lex import lex
from ntmrules.syntax._limits import MAX_REPORTS
from ntmrules.syntax._tokens import Token
from ntmrules.text import Language
from tests.unit.syntax.texts import HEADER, ROOT, read


VI, EN = Language.VI, Language.EN
HEAD = """\
bộ tiêu chí test.case
  tên    "Case"
  cấp    district
  căn cứ "0/TEST" ngày 2020-01-01
  hiệu lực từ 2000-01-01 đến 2100-12-31

sử dụng test.facts
"""


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, without its end."""
    lexed = lex(SourceFile("a", text), tables().words, Sink())
    assert lexed is not None
    return lexed.tokens[:-1]


def kinds(text: str) -> list[str]:
    """Give the kinds of the words behind the head of a file."""
    return [token.kind for token in tokens("từ vựng a " + text)[2:]]


def told(text: str) -> list[Diagnostic]:
    """Give what is said of declarations below a Vietnamese head, by place."""
    _, found = read(HEAD + text)
    return list(found)


# ── The table ───────────────────────────────────────────────────────────────────────


def test_every_word_of_the_grammar_is_in_the_table() -> None:
    """And no other."""
    assert {word for word in tables().words if word.isalpha()} == ENGLISH


def test_every_keyword_is_there_once() -> None:
    """Two are alike only where their place tells them apart."""
    alike = {text: [k.english for k in found] for text, found in ALIKE.items()}

    assert len(set(KEYWORDS)) == len(KEYWORDS)
    assert {
        "đến": [("to",), ("and",)],
        "đạt danh hiệu": [("hold",), ("holds",)],
    } == {text: found for text, found in alike.items() if len(found) > 1}


def test_keywords_are_lower_case_letters_in_one_form() -> None:
    """As they are looked up."""
    for text in ALIKE:
        assert unicodedata.normalize("NFC", text.lower()) == text
        assert text.replace(" ", "").isalpha()


def test_the_page_has_the_table() -> None:
    """docs/language/keywords.md, in the same order."""
    page = (ROOT / "docs/language/keywords.md").read_text("utf-8")
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \|", page, re.MULTILINE)

    assert [(" ".join(k.english), k.text) for k in KEYWORDS] == rows


# Pairs that read otherwise side by side; the grammar never has them there.
NEVER_BESIDE = {
    ("for", "unit"),
    ("year", "grants"),
    ("not", "have"),
    ("billion", "fact"),
    ("billion", "number"),
    ("billion", "count"),
}


def test_keywords_side_by_side_stay_apart() -> None:
    """One does not take a word of the next."""
    odd = set()
    for first, second in product(KEYWORDS, repeat=2):
        wanted = kinds(first.text) + kinds(second.text)
        got = kinds(f"{first.text} {second.text}")
        # Which of two that are alike is meant depends on what stands before.
        same = [k for k in got if k not in SHIFTING]
        if [k for k in wanted if k not in SHIFTING] != same:
            odd.add((" ".join(first.english), " ".join(second.english)))

    assert NEVER_BESIDE == odd


SHIFTING = {"HOLD", "HOLDS", "TO", "AND", "BY", "MISPLACED"}


# ── Which language a file is in ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("bộ tiêu chí a.b", VI),
        ("\ufeff# ruleset\n\n  từ   vựng a", VI),
        ("Bộ tiêu chí a", VI),
        ("bo tieu chi a", VI),
        ("bộ tiêu trí a", VI),
        ('tiêu chí 1 "A": x', VI),
        ("ruleset a", EN),
        ("# bộ tiêu chí\nvocabulary a", EN),
        ("rulset a", EN),
        ("tên: Xã", EN),
        ("", EN),
        ("x", EN),
    ],
)
def test_the_first_word_decides(text: str, language: Language) -> None:
    """Also where it is misspelt; what begins a file of facts does not count."""
    assert language is language_of(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_head_is_found_on_disk(form: Literal["NFC", "NFD"]) -> None:
    """However letters are composed, and wherever lines end."""
    text = unicodedata.normalize(form, "\ufeff# a\r\nbộ tiêu\n chí vn.x.y# b")

    assert ("ruleset", "vn.x.y") == head_of(text)
    assert ("vocabulary", "a") == head_of("vocabulary a")
    assert None is head_of("tiêu chí 1")


# ── Reading ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tất cả xã đạt danh hiệu t", "ALL WORD HOLD WORD"),
        ("không đạt danh hiệu t", "NOT HOLDS WORD"),
        ("a trong khoảng b đến c và d", "WORD BETWEEN WORD AND WORD AND WORD"),
        (
            "(a trong khoảng (b) đến c) đến",
            "LPAR WORD BETWEEN LPAR WORD RPAR AND WORD RPAR TO",
        ),
        ("từ 2020 đến 2021", "FROM FIGURE TO FIGURE"),
        ("giao x: mức trong km cho y", "DELEGATED WORD COLON AMOUNT OF WORD TO WORD"),
        ("nếu không a thì b nếu không thì c", "IF NOT WORD THEN WORD ELSE WORD"),
        ("nếu không có xã có a", "IF NO WORD HAVE WORD"),
        ("nếu không có thì không áp dụng", "IF NONE NOT APPLICABLE"),
        ('căn cứ "a" ngày 2020-01-01 của "b"', "BASIS QUOTED DATED DAY BY QUOTED"),
        ("theo năm, region", "BY YEAR COMMA WORD"),
        ("tại năm công nhận t", "AT GRANTED WORD"),
        ("ít # so\n nhất 3", "AT LEAST FIGURE"),
        ("đạt\ndanh hiệu t", "WORD TITLE WORD"),
        ("tiêu_chí đạt_khi nămx", "WORD WORD WORD"),
        ("vn.tên.cấp-xã", "PATH"),
        ('"tiêu chí"', "QUOTED"),
        ("3 tỷ VND/person", "FIGURE BILLION WORD SLASH WORD"),
    ],
)
def test_words_become_the_tokens_of_the_grammar(text: str, wanted: str) -> None:
    """By the longest keyword, and by what stood before."""
    assert wanted.split() == kinds(text)


def test_letters_may_be_composed_in_any_way() -> None:
    """Also with the dot below before the circumflex."""
    text = HEAD + 'tiêu chí 1 "A": a và b\n'
    wanted, _ = read(text)
    odd = "".join(
        part[0] + "".join(sorted(part[1:], reverse=True))
        for part in re.findall(
            r".[\u0300-\u036f]*", unicodedata.normalize("NFD", text), re.DOTALL
        )
    )

    found, said = read(odd)

    assert () == said
    assert wanted == found


def test_places_are_those_of_the_text() -> None:
    """A node covers the Vietnamese words."""
    tree, _ = read(HEAD + 'tiêu chí 1 "A": ít nhất 3 communes đạt danh hiệu t.x')
    assert isinstance(tree, nodes.RulesetFile)
    (demand,) = tree.items[-1].clauses  # type: ignore[union-attr]  # a criterion

    assert "ít nhất 3 communes đạt danh hiệu t.x" == demand.span.text


def test_both_files_give_one_tree() -> None:
    """The difference is in the places alone."""
    assert read(HEADER)[0] == read(HEAD)[0]


# ── Mistakes ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "text", "mentions"),
    [
        ("NTM101", 'tieu chi 1 "A": x', ["`tieu chi`", "viết `tiêu chí`"]),
        ("NTM101", 'Tiêu Chí 1 "A": x', ["`Tiêu Chí`", "viết `tiêu chí`"]),
        ("NTM101", 'tiêu trí 1 "A": x', ["`tiêu trí`", "viết `tiêu chí`"]),
        ("NTM101", 'tiêuchí 1 "A": x', ["`tiêuchí`", "viết `tiêu chí`"]),
        ("NTM101", 'tiêu chí 1 "A": ít nhât 3 a có b', ["viết `ít nhất`"]),
        ("NTM101", 'tiêu chí 1 "A": a >= 3% va b', ["`va`", "viết `và`"]),
        ("NTM101", 'tiêu chí 1 "A": mọi a có b', ["viết `tất cả`"]),
        ("NTM101", 'tiêu chí 1 "A": tất cả a b', ["viết `có` sau `a`"]),
        ("NTM101", 'tiêu chí 1 "A": a trong khoảng 1 và 2', ["viết `đến`"]),
        ("NTM101", 'tiêu chí 1 "A": nếu a thì b nếu không c', ["viết `nếu không thì`"]),
        ("NTM101", 'tiêu chí 1 "A": a >=', ["sau `>=`", "một giá trị"]),
        ("NTM101", 'tiêu chí 1 "A": xác nhận của Sở Xây', ['"Sở Xây"']),
        ("NTM101", 'tiêu chí 1 "A": a >= của b { | c | | 1 | }', ["viết `theo`"]),
        ("NTM101", "giao x: mức trong km đến province", ["viết `cho`"]),
        ("NTM101", "định nghĩa x 5", ["viết `=` sau `x`"]),
        ("NTM102", 'tiêu chí 1 "A": a && b', ["viết `và`"]),
        ("NTM103", 'tiêu chí 1 "A": a và b hoặc c', ["`(a và b) hoặc c`"]),
        ("NTM104", 'tiêu chí 1 "A": 1 <= a <= 3', ["viết `a trong khoảng 1 đến 3`"]),
        ("NTM106", 'tiêu chí 1 "A": a >= 93,5%', ["viết `93.5%`"]),
        ("NTM107", "định nghĩa số liệu = 5", ["`số liệu`", "viết `số_liệu`"]),
        ("NTM107", "định nghĩa level = 5", ["`level`", "`level_`"]),
        ("NTM107", 'tiêu chí năm "A": x', ["`năm`", "`năm_`"]),
        ("NTM108", 'tiêu chí 1 "A": (a và b', ["`(`", "viết `)`"]),
        ("NTM111", 'tiêu chí 1 "A: x', ["thiếu dấu"]),
        (
            "NTM113",
            'tiêu chí 1 "A" { ghi chú "a" ghi chú "b" yêu cầu x }',
            ["`ghi chú`"],
        ),
        ("NTM114", 'tiêu chí 1 "A" { ghi chú "a" }', ["`yêu cầu`"]),
        ("NTM115", 'tiêu chí 1 "A": x ghi chú "b"', ["`ghi chú`"]),
        ("NTM115", "số liệu x: số", ["`số liệu`", "một từ vựng"]),
        ("NTM118", "đặt x = 5", ["`đặt`", "`siết chặt …`"]),
        ("NTM119", 'criterion 1 "A": x', ["`criterion`", "viết `tiêu chí`"]),
        ("NTM119", 'tiêu chí 1 "A": at least 3 trong (a, b)', ["viết `ít nhất`"]),
        ("NTM119", 'tiêu chí 1 "A": not a', ["`not`", "viết `không`"]),
        ("NTM119", 'tiêu chí 1 "A": a >= year', ["`year`", "viết `năm`"]),
    ],
)
def test_mistake(code: str, text: str, mentions: list[str]) -> None:
    """One mistake between two sound lines: one diagnostic, in the words of the file."""
    found = told(f'định nghĩa before = x\n{text}\ntiêu chí 99 "After": x')
    line = HEAD.count("\n") + 2

    assert [(line, code)] == [(d.span.line, d.code.id) for d in found if d.span]
    for part in mentions:
        assert part in str(found[0])


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ('criterion 1 "A": a và b', ["`và`", "write `and`"]),
        ('criterion 1 "A": không a', ["`không`", "write `not`"]),
        ('criterion 1 "A": ít nhất 3 of (a, b)', ["`ít nhất`", "write `at least`"]),
        ('tiêu chí 1 "A": a', ["`tiêu chí`", "write `criterion`"]),
        ('criterion 1 "A": a >= 3 triệu VND', ["`triệu`", "write `million`"]),
    ],
)
def test_a_vietnamese_keyword_in_an_english_file(
    text: str, mentions: list[str]
) -> None:
    """Is refused, and read as what it stands for."""
    _, found = read(f'{HEADER}{text}\ncriterion 99 "After": x')

    assert ["NTM119"] == [problem.code.id for problem in found]
    for part in mentions:
        assert part in str(found[0])


def test_a_vietnamese_keyword_may_be_a_name_in_an_english_file() -> None:
    """Files had such names before there were the keywords."""
    _, found = read(HEADER + 'define mức = số + 3\ncriterion 1 "A": mức >= năm')

    assert () == found


def test_each_declaration_is_read_whatever_is_wrong_with_the_others() -> None:
    """They are found by their keywords, as in English."""
    text = "".join(
        f'tiêu chí {number} "A" {body}\n'
        for number, body in enumerate(
            (": ) )", "{ yêu cầu", "} x", ": a a a", ': "', "chỉ tiêu", ": a"), 1
        )
    )

    tree, found = read(HEAD + text)

    assert isinstance(tree, nodes.RulesetFile)
    labels = [i.label.text for i in tree.items if isinstance(i, nodes.Provision)]
    assert "7" in labels
    assert len(found) > 4


def test_diagnostics_speak_the_language_of_the_file() -> None:
    """Unless another is asked for, in which they still name its own keywords."""
    (found,) = told('tiêu chí 1 "A": a >= 93,5 tỷ\n')[:1]
    (other,) = told('tiêu chí 1 "A" { ghi chú "a" }')

    assert "`93,5` dùng dấu phẩy thập phân" == found.message
    assert "tiêu chí `1` thiếu `yêu cầu`" == other.message
    assert "criterion `1` has no `yêu cầu`" == other.message_in(EN)
    assert "lỗi[NTM114]" in render(other)
    assert "error[NTM114]" in render(other, EN)
    assert "add `yêu cầu …`" in render(other, EN)
    assert "cách sửa: thêm `yêu cầu …`" in str(other)


def test_the_edit_is_in_the_words_of_the_file() -> None:
    """What a tool puts into the text can be read."""
    (found,) = told('tiêu chí 1 "A": 1 <= a <= 3')
    assert found.help is not None
    assert found.help.edit is not None

    assert "a trong khoảng 1 đến 3" == found.help.edit.text


# ── Sentences ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("at least 2 of (a, b, c)", "ít nhất 2 trong (a, b, c)"),
        ('basis "…" dated 2021-01-05', 'căn cứ "…" ngày 2021-01-05'),
        ("x between low and high", "x trong khoảng low đến high"),
        ("average of … weighted by …", "trung bình trong … gia quyền theo …"),
        ("if none …", "nếu không có thì …"),
        ("ntmrules check --strict", "ntmrules check --strict"),
        ("vn.name.at", "vn.name.at"),
        ('"at least"', '"at least"'),
        ("if not a then b else c", "nếu không a thì b nếu không thì c"),
    ],
)
def test_pieces_of_a_file_are_translated(english: str, vietnamese: str) -> None:
    """Keywords alone: not texts, ids or options."""
    assert vietnamese == translated(english)


def test_only_what_is_quoted_is_translated() -> None:
    """And not what the author wrote."""
    sentence = "at least `at least`, not `at most`"

    assert "at least `ít nhất`, not `at most`" == translate_quoted(
        sentence, {"at most"}
    )


# ── Converting ──────────────────────────────────────────────────────────────────────


def converted(text: str, to: Language | None) -> str:
    """Lay out a sound text with the keywords of a language."""
    sink = Sink()
    found = format_source(SourceFile("a", text), sink, to)
    assert found is not None, sink.sorted()
    return found


def test_a_long_line_is_broken_where_it_is_in_english() -> None:
    """So that there and back nothing is left behind."""
    terms = " and ".join(
        f"at least {n} communes hold commune.standard_x_y_z" for n in "12"
    )
    text = f'{HEADER}criterion 1 "A": {terms}\ncriterion 2 "B": x\n'

    once = converted(text, None)

    assert (
        max(map(len, once.split("\n")))
        <= 120
        < max(map(len, converted(text, VI).split("\n")))
    )
    assert once == converted(converted(text, VI), EN)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("define mức = x", ["mức"]),
        ("define a = mức\ndefine b = năm + mức", ["mức", "năm"]),
        ('define a = các\ncriterion 1 "A": x', ["các"]),
        ('criterion 1 "A": all các hold t.x', []),
    ],
)
def test_names_in_the_way_are_told(text: str, names: list[str]) -> None:
    """A file with a name that is a keyword cannot be converted, and says why."""
    sink = Sink()

    found = format_source(SourceFile("a", HEADER + text), sink, VI)

    assert names == [str(problem.values["name"]) for problem in sink]
    assert (found is None) == bool(names)


def test_a_file_keeps_its_language() -> None:
    """Unless it is asked to change it."""
    assert converted(HEAD, None) == converted(HEADER, VI)
    assert converted(HEADER, None) == converted(HEAD, EN)
    assert HEAD == converted(HEAD, None)


def test_the_same_tree_comes_of_a_converted_text() -> None:
    """Nothing but places is different."""
    text = HEADER + 'criterion 1 "A": if not a then b between 1 and 2 else holds t.x\n'

    assert parse(SourceFile("a", text), Sink()) == parse(
        SourceFile("a", converted(text, VI)), Sink()
    )


def test_no_more_is_told_than_anybody_reads() -> None:
    """Of a file that is in the other language but for its first word."""
    found = told('criterion 1 "A": x and y\n' * 1000)

    assert {"NTM119"} == {problem.code.id for problem in found}
    assert MAX_REPORTS == len(found)
