"""Where ids are looked up: folders, installed packages, what is shipped."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

import ntmrules
from ntmrules import Catalogue, RulesetError


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
SHIPPED = "vn.commune.advanced"


def ruleset(name: str, number: str = "1/QD", level: str = "district") -> str:
    """Write a ruleset."""
    return f"""ruleset {name}
  name "Case"
  for {level}
  basis "{number}" dated 2020-01-01
  in force from 2020-01-01
use test.facts
criterion 1 "A": crimes <= 3
"""


def fill(folder: Path, **texts: str) -> Path:
    """Write files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.ntm").write_text(text, "utf-8")
    return folder


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a place where packages are installed, on the path of Python."""
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    return place


def install(
    place: Path, monkeypatch: pytest.MonkeyPatch, package: str, **texts: str
) -> None:
    """Install a package that offers rulesets."""
    fill(place / package / "rules", **texts)
    (place / package / "__init__.py").write_text("", "utf-8")
    info = place / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {package}\nVersion: 1.0\n", "utf-8")
    points = f"[ntmrules.rulesets]\n{package} = {package}\n"
    (info / "entry_points.txt").write_text(points, "utf-8")
    monkeypatch.delitem(sys.modules, package, raising=False)


def test_earlier_folders_come_first(tmp_path: Path) -> None:
    """Then the later ones, then what is shipped."""
    first = fill(tmp_path / "a", facts=VOCABULARY, case=ruleset("test.case", "first"))
    second = fill(
        tmp_path / "b",
        facts=VOCABULARY,
        case=ruleset("test.case", "second"),
        own=ruleset("test.own", "second"),
    )
    catalogue = Catalogue(first, second, packages=False)

    def number(name: str) -> str:
        return ntmrules.load(name, catalogue=catalogue).basis.number

    assert ("first", "second") == (number("test.case"), number("test.own"))
    assert SHIPPED in {found.id for found in ntmrules.rulesets(catalogue)}


def test_a_folder_stands_before_what_is_shipped(tmp_path: Path) -> None:
    """Whoever gives a folder means it."""
    text = ruleset(SHIPPED, "own", "commune")
    folder = fill(tmp_path / "a", facts=VOCABULARY, case=text)
    catalogue = Catalogue(folder, packages=False)

    assert "own" == ntmrules.load(SHIPPED, catalogue=catalogue).basis.number


def test_an_installed_package_offers_rulesets(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through its entry point; without asking packages there are none."""
    install(
        packages,
        monkeypatch,
        "province_rules",
        facts=VOCABULARY,
        case=ruleset("test.province"),
    )
    asked, unasked = Catalogue(tmp_path / "none"), Catalogue(packages=False)

    assert "1/QD" == ntmrules.load("test.province", catalogue=asked).basis.number
    with pytest.raises(RulesetError, match="NTM207"):
        ntmrules.load("test.province", catalogue=unasked)


def test_two_packages_may_not_offer_one_id(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are named, and neither is used."""
    for name in ("first_rules", "second_rules"):
        install(packages, monkeypatch, name, case=ruleset("test.both"))
    with pytest.raises(RulesetError, match="NTM211") as caught:
        ntmrules.load("test.both", catalogue=Catalogue(tmp_path / "none"))

    assert "`first_rules`" in str(caught.value)
    assert "`second_rules`" in str(caught.value)


def test_a_package_may_not_offer_what_is_shipped(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's package replaces the law unseen, nor its vocabulary."""
    shipped = VOCABULARY.replace("vocabulary test.facts", "vocabulary vn.facts")
    install(
        packages,
        monkeypatch,
        "other_law",
        case=ruleset(SHIPPED, level="commune"),
        facts=shipped,
        own=ruleset("test.own").replace("test.facts", "vn.facts"),
    )
    catalogue = Catalogue(tmp_path / "none")
    with pytest.raises(RulesetError, match="NTM211"):
        ntmrules.load(SHIPPED, catalogue=catalogue)
    with pytest.raises(RulesetError, match="NTM2"):
        ntmrules.load("test.own", catalogue=catalogue)
    assert SHIPPED == ntmrules.load(SHIPPED, as_of=datetime.date(2024, 12, 31)).id


def test_a_new_catalogue_sees_what_changed(tmp_path: Path) -> None:
    """One catalogue reads each file once."""
    folder = fill(tmp_path, facts=VOCABULARY, case=ruleset("test.case", "old"))
    catalogue = Catalogue(folder)

    assert "old" == ntmrules.load("test.case", catalogue=catalogue).basis.number
    fill(tmp_path, case=ruleset("test.case", "new"))
    assert "old" == ntmrules.load("test.case", catalogue=catalogue).basis.number
    fresh = Catalogue(folder)
    assert "new" == ntmrules.load("test.case", catalogue=fresh).basis.number
    assert f"Catalogue({str(folder)!r})" == repr(catalogue)


def test_what_is_shipped_is_sound() -> None:
    """Every shipped ruleset loads."""
    found = ntmrules.rulesets(Catalogue(packages=False))

    assert SHIPPED in {ruleset.id for ruleset in found}


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("use test.b", "use test.a", "NTM208"),
        ("use test.a", "", "NTM206"),
        ("use test.absent", "", "NTM207"),
        ("use test.b", "fact x: nonsense", "NTM208"),
    ],
)
def test_vocabularies_that_use_each_other(
    tmp_path: Path, a: str, b: str, code: str
) -> None:
    """No circle, nothing unknown, nothing broken."""
    head = 'vocabulary test.{}\n  name "V"\n{}\n'
    folder = fill(tmp_path, a=head.format("a", a), b=head.format("b", b))

    assert [code] == [x.code.id for x in ntmrules.check(folder / "a.ntm")]


def test_rulesets_that_refer_to_each_other(tmp_path: Path) -> None:
    """A circle is told in each of its files, the whole of it; others are not blamed."""
    around = {"one": "two", "two": "three", "three": "one", "other": "one"}
    texts = {
        name: ruleset(f"test.{name}").replace(
            "crimes <= 3", f"criterion 1 of test.{following}"
        )
        for name, following in around.items()
    }
    folder = fill(tmp_path, facts=VOCABULARY, **texts)

    found = {name: ntmrules.check(folder / f"{name}.ntm") for name in around}
    (of_one,) = found["one"]
    (note,) = of_one.notes

    codes = {name: [x.code.id for x in told] for name, told in found.items()}
    circle = {name: ["NTM206"] for name in ("one", "two", "three")}
    assert circle | {"other": ["NTM208"]} == codes
    assert "`test.two` → `test.three` → `test.one` → `test.two`" == note.message()
    with pytest.raises(RulesetError, match="NTM206"):
        ntmrules.load("test.one", catalogue=Catalogue(folder))


def test_a_ruleset_that_meets_itself(tmp_path: Path) -> None:
    """The shortest circle."""
    text = ruleset("test.one").replace(
        "crimes <= 3", "at least 1 of criteria of test.one"
    )
    folder = fill(tmp_path, facts=VOCABULARY, one=text)

    assert ["NTM206"] == [x.code.id for x in ntmrules.check(folder / "one.ntm")]


def test_references_go_only_so_deep(tmp_path: Path) -> None:
    """`MAX_REFERENCES` files behind one another."""
    texts = {"r0": ruleset("test.r0")}
    for n in range(1, 40):
        condition = f"criterion 1 of test.r{n - 1}"
        texts[f"r{n}"] = ruleset(f"test.r{n}").replace("crimes <= 3", condition)
    folder = fill(tmp_path, facts=VOCABULARY, **texts)

    assert [] == [x.code.id for x in ntmrules.check(folder / "r10.ntm")]
    assert {"NTM210", "NTM208", "NTM109"} >= {
        x.code.id for x in ntmrules.check(folder / "r39.ntm")
    }


def test_one_vocabulary_in_two_files(tmp_path: Path) -> None:
    """Nobody knows which is meant."""
    folder = fill(tmp_path, a=VOCABULARY, b=VOCABULARY, case=ruleset("test.case"))

    assert "error" in {x.severity.value for x in ntmrules.check(folder / "case.ntm")}
