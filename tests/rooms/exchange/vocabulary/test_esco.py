"""ESCO's own files, and the forms in which others publish them."""

import doctest
import gzip
from pathlib import Path

import pytest

from footbridge.core.errors import DomainError
from footbridge.exchange.vocabulary import EscoEntry, Matcher, esco, read_esco

OFFICIAL = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,"
    "modifiedDate,scopeNote,definition,inScheme,description\n"
)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(esco).failed == 0


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_escos_own_file_is_read_with_its_line_breaks_between_names(tmp_path: Path) -> None:
    file = written(
        tmp_path / "skills_en.csv",
        "\ufeff" + OFFICIAL + "KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/1,skill,"
        'sector,keep bees,"tend hives\nlook after bees\nKeep bees","apiculture",released,,,,,'
        '"Look after bees,\nand their hives."\n',
    )
    assert list(read_esco([file])) == [
        EscoEntry(
            key="http://data.europa.eu/esco/skill/1",
            label="keep bees",
            alternatives=("tend hives", "look after bees", "apiculture"),
            description="Look after bees, and their hives.",
            language="en",
        )
    ]


def test_the_language_is_told_by_the_files_name_or_by_the_caller(tmp_path: Path) -> None:
    row = OFFICIAL + "K,uri:1,,,élever des abeilles,,,,,,,,\n"
    french = written(tmp_path / "skills_fr.csv", row)
    plain = written(tmp_path / "skills.csv", row)
    assert [entry.language for entry in read_esco([french])] == ["fr"]
    assert [entry.language for entry in read_esco([plain])] == ["en"]
    assert [entry.language for entry in read_esco([plain], "fr-BE")] == ["fr"]


def test_a_gzipped_file_reads_like_a_plain_one(tmp_path: Path) -> None:
    text = "uri,label,alt_labels,description\nu:1,net maker,net mender | net binder,Makes nets.\n"
    packed = tmp_path / "occupations.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    plain = written(tmp_path / "occupations.csv", text)
    assert list(read_esco([packed])) == list(read_esco([plain]))
    assert next(read_esco([packed])).alternatives == ("net mender", "net binder")


def test_odd_rows_are_passed_over_and_the_rest_is_kept(tmp_path: Path) -> None:
    file = written(
        tmp_path / "skills.csv",
        "URI , Label,alt_labels\n"
        ",without an address,\n"
        "u:1,,only another name\n"
        "u:2\n"
        "u:3,too many cells,a,b,c\n"
        "\n"
        "u:4,with\x00 a zero,\n"
        "u:3,the same address again,\n"
        'u:5,"  spaced\n out ", | |\n',
    )
    assert [(entry.key, entry.label) for entry in read_esco([file])] == [
        ("u:3", "too many cells"),
        ("u:4", "with a zero"),
        ("u:5", "spaced out"),
    ]


def test_bytes_that_are_no_text_do_not_stop_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "skills.csv"
    file.write_bytes(b"uri,label\nu:1,caf\xe9 work\nu:2,bread making\n")
    assert [entry.key for entry in read_esco([file])] == ["u:1", "u:2"]


def test_an_address_is_kept_once_across_files(tmp_path: Path) -> None:
    one = written(tmp_path / "a.csv", "uri,label\nu:1,first\n")
    two = written(tmp_path / "b.csv", "uri,label\nu:1,second\nu:2,third\n")
    assert [entry.label for entry in read_esco([one, two])] == ["first", "third"]


@pytest.mark.parametrize("text", ["", "name,town\nAna,Porto\n", "uri,town\nu:1,Porto\n"])
def test_a_file_that_is_not_escos_is_refused_in_plain_words(tmp_path: Path, text: str) -> None:
    file = written(tmp_path / "members.csv", text)
    with pytest.raises(DomainError, match=r"members\.csv does not look like an ESCO file"):
        list(read_esco([file]))


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    rows = "".join(f"u:{number},label {number}\n" for number in range(50_000))
    entries = read_esco([written(tmp_path / "big.csv", "uri,label\n" + rows)])
    assert next(entries).key == "u:0"
    assert next(entries).key == "u:1"


def test_names_in_several_languages_meet_in_one_matcher(tmp_path: Path) -> None:
    row = "uri,label\nu:{},{}\n"
    english = written(tmp_path / "skills_en.csv", row.format(1, "keep bees"))
    spanish = written(tmp_path / "skills_es.csv", row.format(2, "criar abejas"))
    matcher = Matcher(read_esco([english, spanish]))
    assert matcher.suggest("we keep bees")[0].key == "u:1"
    assert matcher.suggest("quiero criar abejas")[0].key == "u:2"
