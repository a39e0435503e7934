"""The tree of each clause and declaration (language.md sections 1 and 2)."""

from __future__ import annotations

import pytest

from ntmrules.syntax import nodes
from tests.unit.syntax.texts import (
    HEADER,
    NOWHERE,
    compare,
    date,
    items,
    name,
    number,
    percent,
    quantifier,
    quoted,
    read,
    ruleset,
    vocabulary,
    word,
)


def name_clause(text: str, language: str | None = None) -> nodes.NameClause:
    """Build ``name en "Health"``."""
    spoken = word(language) if language else None
    return nodes.NameClause(spoken, quoted(text), span=NOWHERE)


def require(condition: nodes.Expression) -> nodes.Require:
    """Build ``require a``."""
    return nodes.Require(condition, span=NOWHERE)


def test_header_of_a_ruleset() -> None:
    """Every clause, in the order in which they are written."""
    tree = ruleset(
        """\
        ruleset vn.dong-nai.dinh-quan.district.advanced
          status draft
          in force from 2021-01-05 to 2025-12-31
          name "A"  name en "B"
          for district
          note "n"
          grants district.advanced when any of (a, b)
          basis "03-NQ/HU" dated 2021-01-05 by "Huyện ủy"
        """
    )

    choice = nodes.Choice(quantifier("any"), (name("a"), name("b")), span=NOWHERE)
    assert word("vn.dong-nai.dinh-quan.district.advanced") == tree.name
    assert (
        nodes.StatusClause(word("draft"), span=NOWHERE),
        nodes.InForce(date("2021-01-05"), date("2025-12-31"), span=NOWHERE),
        name_clause("A"),
        name_clause("B", "en"),
        nodes.ForClause(word("district"), span=NOWHERE),
        nodes.NoteClause(quoted("n"), span=NOWHERE),
        nodes.Confers("grants", word("district.advanced"), choice, span=NOWHERE),
        nodes.BasisClause(
            quoted("03-NQ/HU"), date("2021-01-05"), quoted("Huyện ủy"), span=NOWHERE
        ),
    ) == tree.header
    assert () == tree.items


def test_clauses_may_be_shorter() -> None:
    """The optional parts of clauses."""
    tree = ruleset(
        'ruleset a for b revokes c basis "d" by "e" in force from 2021-01-01'
    )

    assert (
        nodes.ForClause(word("b"), span=NOWHERE),
        nodes.Confers("revokes", word("c"), None, span=NOWHERE),
        nodes.BasisClause(quoted("d"), None, quoted("e"), span=NOWHERE),
        nodes.InForce(date("2021-01-01"), None, span=NOWHERE),
    ) == tree.header


def test_words_of_the_language_in_an_id() -> None:
    """A keyword may be a segment of a dotted path."""
    (use,) = items("use vn.level.title-2.facts.2021")

    assert nodes.Use(word("vn.level.title-2.facts.2021"), span=NOWHERE) == use


def test_definition() -> None:
    """A named expression."""
    (define,) = items("define wide = if a then x else 5%")

    value = nodes.If(name("a"), name("x"), percent("5"), span=NOWHERE)
    assert nodes.Define(word("wide"), value, span=NOWHERE) == define


@pytest.mark.parametrize(
    ("text", "level"), [("expect", None), ("expect on district", word("district"))]
)
def test_expectation(text: str, level: nodes.Word | None) -> None:
    """What figures should satisfy, in rulesets and vocabularies."""
    text = f'{text} "Số tròn khớp": a = b'

    expected = nodes.Expect(
        level,
        quoted("Số tròn khớp"),
        compare("=", name("a"), name("b")),
        span=NOWHERE,
    )
    assert (expected,) == items(text)
    assert (expected,) == vocabulary(text).items


@pytest.mark.parametrize("kind", ["precondition", "criterion"])
@pytest.mark.parametrize("label", ["14", "14.10", "K1", "1.2.3"])
def test_one_line_provision(kind: str, label: str) -> None:
    """A requirement after a colon; the label is kept as it is written."""
    (tree,) = items(f'{kind} {label} "Y tế": insured >= 95%')

    condition = compare(">=", name("insured"), percent("95"))
    assert (
        nodes.Provision(
            kind, word(label), quoted("Y tế"), (require(condition),), (), span=NOWHERE
        )
        == tree
    )


@pytest.mark.parametrize(
    ("text", "by"), [("attested", None), ('attested by "Sở"', quoted("Sở"))]
)
@pytest.mark.parametrize("form", [": {}", "{{ {} }}"])
def test_attested(form: str, text: str, by: nodes.Quoted | None) -> None:
    """After a colon and in braces."""
    (tree,) = items('criterion 1 "A"' + form.format(text))

    assert isinstance(tree, nodes.Provision)
    assert (nodes.Attested(by, span=NOWHERE),) == tree.clauses


def test_long_form() -> None:
    """Clauses, then indicators, which may be long themselves."""
    (tree,) = items(
        """\
        criterion 6 "Giáo dục" {
          passes when at least 1 of (indicator 6.1, indicator 6.2)
          name en "Education"
          indicator 6.1 "A": a
          indicator 6.2 "B" {
            basis "318/QĐ-TTg, phụ lục I"
            note "n"
            applies when b
            unverified "u"
            require c
          }
        }
        """
    )

    references = tuple(
        nodes.Reference("indicator", word(label), None, span=NOWHERE)
        for label in ("6.1", "6.2")
    )
    first = nodes.Provision(
        "indicator", word("6.1"), quoted("A"), (require(name("a")),), (), span=NOWHERE
    )
    clauses = (
        nodes.BasisClause(quoted("318/QĐ-TTg, phụ lục I"), None, None, span=NOWHERE),
        nodes.NoteClause(quoted("n"), span=NOWHERE),
        nodes.AppliesWhen(name("b"), span=NOWHERE),
        nodes.Unverified(quoted("u"), span=NOWHERE),
        require(name("c")),
    )
    second = nodes.Provision(
        "indicator", word("6.2"), quoted("B"), clauses, (), span=NOWHERE
    )
    bound = quantifier("at least", number("1"))
    passes = nodes.PassesWhen(
        nodes.Choice(bound, references, span=NOWHERE), span=NOWHERE
    )
    assert (
        nodes.Provision(
            "criterion",
            word("6"),
            quoted("Giáo dục"),
            (passes, name_clause("Education", "en")),
            (first, second),
            span=NOWHERE,
        )
        == tree
    )


def test_a_condition_may_end_before_a_declaration() -> None:
    """The word `criterion` begins a reference and a declaration."""
    first, second, third = items(
        """\
        criterion 1 "A": a and criterion 2
        criterion 2 "B": criterion 1 of vn.x
        criterion 3 "C": b
        """
    )

    assert isinstance(first, nodes.Provision)
    assert isinstance(second, nodes.Provision)
    assert isinstance(third, nodes.Provision)
    assert ["1", "2", "3"] == [p.label.text for p in (first, second, third)]


BUILDING = 'ruleset a extends vn.b basis "c" in force from 2021-01-01\n'
PERCENT = nodes.Percent(number("80"), span=NOWHERE)
REQUIRED = nodes.Require(nodes.Name("a", span=NOWHERE), span=NOWHERE)
INNER = nodes.Provision(
    "indicator", word("5.1"), quoted("B"), (REQUIRED,), (), span=NOWHERE
)
KM = nodes.TypeName("share", word("km"), span=NOWHERE)
NUMBER = nodes.TypeName("number", span=NOWHERE)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("set x = 80%", nodes.SetValue(word("x"), PERCENT, span=NOWHERE)),
        (
            "replace indicator 2.3: a",
            nodes.Replace(
                "indicator", word("2.3"), None, (REQUIRED,), (), span=NOWHERE
            ),
        ),
        (
            'replace criterion 5 "A" { indicator 5.1 "B": a }',
            nodes.Replace(
                "criterion", word("5"), quoted("A"), (), (INNER,), span=NOWHERE
            ),
        ),
        ("remove indicator 2.4", nodes.Remove("indicator", word("2.4"), span=NOWHERE)),
        ("remove criterion K4", nodes.Remove("criterion", word("K4"), span=NOWHERE)),
        (
            'delegated x: share of km to province, at least 80% "A"',
            nodes.Delegated(
                word("x"),
                KM,
                word("province"),
                "at least",
                PERCENT,
                quoted("A"),
                span=NOWHERE,
            ),
        ),
        (
            "delegated x: number to province",
            nodes.Delegated(
                word("x"), NUMBER, word("province"), None, None, None, span=NOWHERE
            ),
        ),
    ],
)
def test_building_on_another_ruleset(text: str, node: nodes.Node) -> None:
    """They are read, and do not disturb what follows."""
    tree, problems = read(BUILDING + text + '\ncriterion 1 "A": a')

    assert () == tuple(problems)
    assert isinstance(tree, nodes.RulesetFile)
    assert node == tree.items[0]
    assert 2 == len(tree.items)


@pytest.mark.parametrize(
    "text", ["set x = 80%", "replace criterion 1: a", "remove indicator 2.4"]
)
def test_nothing_to_change(text: str) -> None:
    """What changes another ruleset needs one."""
    tree, problems = read(HEADER + text + '\ncriterion 1 "A": a')

    assert ["NTM118"] == [problem.code.id for problem in problems]
    assert isinstance(tree, nodes.RulesetFile)
    assert 3 == len(tree.items)


@pytest.mark.parametrize("word_", ["extends", "tightens"])
def test_what_is_inherited_is_not_missing(word_: str) -> None:
    """The level is; the basis is not."""
    tree, problems = read(f"ruleset a {word_} vn.b in force from 2021-01-01")

    assert ["NTM114"] == [problem.code.id for problem in problems]
    assert "basis" in problems[0].message
    assert "`for`" not in problems[0].message
    assert tree is not None
    assert nodes.BuildsOn(word_, word("vn.b"), span=NOWHERE) == tree.header[0]


def test_header_of_a_vocabulary() -> None:
    """It may use and define, too."""
    tree = vocabulary('name "A" basis "b" note "c" use vn.x define d = 5 VND')

    value = nodes.Quantity(number("5"), None, (word("VND"),), span=NOWHERE)
    assert 3 == len(tree.header)
    assert (
        nodes.Use(word("vn.x"), span=NOWHERE),
        nodes.Define(word("d"), value, span=NOWHERE),
    ) == tree.items


OPTIONS = (
    name_clause("E", "en"),
    nodes.NoteClause(quoted("n"), span=NOWHERE),
    nodes.BasisClause(quoted("b"), None, None, span=NOWHERE),
)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("unit VND", nodes.UnitDeclaration(word("VND"), None, None, (), span=NOWHERE)),
        (
            'unit person, persons "người" name en "E" note "n" basis "b"',
            nodes.UnitDeclaration(
                word("person"), word("persons"), quoted("người"), OPTIONS, span=NOWHERE
            ),
        ),
        (
            "level province, provinces",
            nodes.LevelDeclaration(
                word("province"), word("provinces"), None, None, (), span=NOWHERE
            ),
        ),
        (
            'level xã, các_xã within district "Xã" name en "E" note "n" basis "b"',
            nodes.LevelDeclaration(
                word("xã"),
                word("các_xã"),
                word("district"),
                quoted("Xã"),
                OPTIONS,
                span=NOWHERE,
            ),
        ),
        ("title a", nodes.TitleDeclaration(word("a"), None, None, (), span=NOWHERE)),
        (
            'title a.b above a.c "T" name en "E" note "n" basis "b"',
            nodes.TitleDeclaration(
                word("a.b"), word("a.c"), quoted("T"), OPTIONS, span=NOWHERE
            ),
        ),
        (
            'enum r "R" name en "E" note "n" basis "b" { a "A" name en "B", c, }',
            nodes.EnumDeclaration(
                word("r"),
                ordered=False,
                label=quoted("R"),
                options=OPTIONS,
                cases=(
                    nodes.EnumCase(
                        word("a"), quoted("A"), (name_clause("B", "en"),), span=NOWHERE
                    ),
                    nodes.EnumCase(word("c"), None, (), span=NOWHERE),
                ),
                span=NOWHERE,
            ),
        ),
        (
            "ordered enum g { weak }",
            nodes.EnumDeclaration(
                word("g"),
                ordered=True,
                label=None,
                options=(),
                cases=(nodes.EnumCase(word("weak"), None, (), span=NOWHERE),),
                span=NOWHERE,
            ),
        ),
        (
            'fact f: boolean "F" sums up may exceed 100% on commune, district',
            nodes.FactDeclaration(
                word("f"),
                nodes.TypeName("boolean", span=NOWHERE),
                quoted("F"),
                (
                    nodes.SumsUp(span=NOWHERE),
                    nodes.MayExceed(percent("100"), span=NOWHERE),
                    nodes.OnLevels((word("commune"), word("district")), span=NOWHERE),
                ),
                span=NOWHERE,
            ),
        ),
    ],
)
def test_declarations(text: str, tree: nodes.Declaration) -> None:
    """Each declaration of a vocabulary, bare and with all that it may have."""
    assert (tree,) == vocabulary(text).items


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("boolean", nodes.TypeName("boolean", span=NOWHERE)),
        ("number", nodes.TypeName("number", span=NOWHERE)),
        ("date", nodes.TypeName("date", span=NOWHERE)),
        ("year", nodes.TypeName("year", span=NOWHERE)),
        ("region", nodes.TypeName("enum", word("region"), span=NOWHERE)),
        ("count of houses", nodes.TypeName("count", word("houses"), span=NOWHERE)),
        ("share of km", nodes.TypeName("share", word("km"), span=NOWHERE)),
        ("amount of km", nodes.TypeName("amount", unit=(word("km"),), span=NOWHERE)),
        (
            "amount of million VND/person",
            nodes.TypeName(
                "amount",
                scale="million",
                unit=(word("VND"), word("person")),
                span=NOWHERE,
            ),
        ),
        (
            "list of share of km",
            nodes.TypeName(
                "list",
                of=nodes.TypeName("share", word("km"), span=NOWHERE),
                span=NOWHERE,
            ),
        ),
    ],
)
def test_types(text: str, type_: nodes.TypeName) -> None:
    """Each type of a fact."""
    (fact,) = vocabulary(f'fact f: {text} "F"').items

    assert isinstance(fact, nodes.FactDeclaration)
    assert type_ == fact.type
