"""How well the vocabulary does on public data. The figures in docs/vocabulary.md come from here;
the floors below leave a little room."""

import csv
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from footbridge.exchange.vocabulary import (
    EscoEntry,
    Matcher,
    load_causes,
    load_skills,
    read_esco,
)

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def esco_folder(public_data: Path) -> Path:
    return there(public_data / "esco-skills-occupations")


def there(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"no public data at {path}")
    return path


@pytest.fixture(scope="module")
def occupations(esco_folder: Path) -> list[EscoEntry]:
    return list(read_esco([there(esco_folder / "occupations.csv.gz")]))


def share_in_first_five(matcher: Matcher, asked: Iterable[tuple[str, str]]) -> float:
    hits = [
        key in [match.key for match in matcher.suggest(name, "en", limit=5)] for name, key in asked
    ]
    return sum(hits) / len(hits)


def test_an_occupation_is_found_by_any_of_its_names(occupations: list[EscoEntry]) -> None:
    named = [(name, entry.key) for entry in occupations for name in entry.alternatives]
    assert len(named) > 25_000
    asked = random.Random(1).sample(named, 1500)
    assert share_in_first_five(Matcher(occupations), asked) > 0.99


def test_an_occupation_is_found_by_names_that_were_kept_from_the_matcher(
    occupations: list[EscoEntry],
) -> None:
    """A fifth of the other names is held back, then asked for."""
    rng = random.Random(7)
    kept, held = [], []
    for entry in occupations:
        hidden = {name for name in entry.alternatives if rng.random() < 0.2}
        held += [(name, entry.key) for name in sorted(hidden)]
        known = tuple(name for name in entry.alternatives if name not in hidden)
        kept.append(replace(entry, alternatives=known))
    asked = rng.sample(held, 1000)
    assert share_in_first_five(Matcher(kept), asked) > 0.75
    assert share_in_first_five(Matcher(kept, coverage=0.5), asked) > 0.78


def test_an_occupation_is_found_by_its_other_names_from_its_label_alone(
    occupations: list[EscoEntry],
) -> None:
    named = [(name, entry.key) for entry in occupations for name in entry.alternatives]
    asked = random.Random(1).sample(named, 1500)
    bare = [replace(entry, alternatives=()) for entry in occupations]
    assert share_in_first_five(Matcher(bare, coverage=0.5), asked) > 0.5


def test_fourteen_thousand_skills_answer_within_twenty_milliseconds(esco_folder: Path) -> None:
    files = ["skills-text.csv.gz", "skill-groups.csv", "occupations.csv.gz"]
    matcher = Matcher(read_esco(there(esco_folder / name) for name in files))
    sentences = [
        "we want to develop and manage training programmes for young people in schools",
        "ensure compliance with health and safety regulations in the workplace",
        "traning in acounting and bookeeping for small busineses",
    ]
    times = []
    for sentence in sentences * 5:
        began = time.thread_time()
        assert matcher.suggest(sentence, "en")
        times.append(time.thread_time() - began)
    assert sorted(times)[len(times) // 2] < 0.020


def test_what_mentors_offer_mostly_maps_to_a_skill(public_data: Path) -> None:
    with there(public_data / "mentor-offers" / "mentors.csv").open(encoding="utf-8") as rows:
        tags = Counter(
            tag.strip()
            for row in csv.DictReader(rows)
            for tag in row["offers"].split(";")
            if tag.strip()
        )
    matcher = Matcher(load_skills())
    mapped = {tag for tag in tags if matcher.suggest(tag, "en")}
    assert len(mapped) / len(tags) > 0.80
    assert sum(tags[tag] for tag in mapped) / tags.total() > 0.93


def test_the_first_cause_suggested_is_right_more_often_than_any_simple_guess(
    public_data: Path,
) -> None:
    """Always guessing health is right for 43 %; comparing with the goals' own texts for 36 %."""
    path = there(public_data / "digital-public-goods" / "projects.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        projects = [json.loads(line) for line in lines]
    matcher = Matcher(load_causes())
    right = 0
    for project in projects:
        causes = {f"sdg-{goal['SDGNumber']}" for goal in project["SDGs"]}
        found = matcher.suggest(f"{project['name']}. {project['description']}", "en", limit=1)
        right += bool(found) and found[0].key in causes
    guess = sum(any(g["SDGNumber"] == 3 for g in project["SDGs"]) for project in projects)
    assert right / len(projects) > 0.55
    assert right > guess
