"""What ships: complete, without doubles, and found by its own words."""

import re
from collections import Counter, defaultdict

import pytest

from footbridge.core.words import fold, listed, stop_words, tokens
from footbridge.exchange.vocabulary import (
    LANGUAGES,
    Cause,
    Matcher,
    Resource,
    Skill,
    load_causes,
    load_groups,
    load_skills,
)
from footbridge.exchange.vocabulary.asking import ASKING

SKILLS = load_skills()
CAUSES = load_causes()
ASKED_FOR_IN_THE_FIELD = listed(
    """
    conversation mentoring peer-support cold-storage refrigerated-transport warehouse-space
    meeting-room pro-bono-law accounts marketing introductions-to-buyers procurement-routes
    regulatory-guidance funding-access endorsement community-access advocacy mission-values
    innovation volunteers grant-writing joint-bids impact-measurement fair-trade-sourcing packaging
    e-learning youth-training joint-research lab-time translation licences-permits
    investor-readiness network-contacts datasets
"""
)


def test_there_are_two_hundred_skills_with_stable_keys() -> None:
    assert len(SKILLS) == 200
    assert len({skill.key for skill in SKILLS}) == 200
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", skill.key) for skill in SKILLS)


def test_what_the_field_asks_for_is_there() -> None:
    assert {skill.key for skill in SKILLS} >= ASKED_FOR_IN_THE_FIELD


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_skill_has_a_label_and_the_words_of_both_sides(language: str) -> None:
    for skill in SKILLS:
        wording = skill.words[language]
        assert wording.label
        assert wording.mission, (skill.key, language)
        assert wording.business, (skill.key, language)
        assert wording.synonyms, (skill.key, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_skills_are_said_in_the_same_words(language: str) -> None:
    said = defaultdict(set)
    for skill in SKILLS:
        for phrase in skill.phrases():
            if phrase.language == language:
                said[fold(phrase.text)].add(skill.key)
    assert {words: keys for words, keys in said.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_skill_says_the_same_words_twice(language: str) -> None:
    for skill in SKILLS:
        wording = skill.words[language]
        parts = [*wording.mission, *wording.business, *wording.synonyms]
        assert [word for word, times in Counter(parts).items() if times > 1] == [], skill.key


def test_labels_are_short_and_clean() -> None:
    for entry in (*SKILLS, *CAUSES):
        for language in LANGUAGES:
            label = entry.label(language)
            assert 2 <= len(label) <= 48
            assert label == label.strip()
            assert label[0].isupper()


def test_every_group_has_labels_and_skills_and_no_skill_stands_outside() -> None:
    groups = load_groups()
    assert {skill.group for skill in SKILLS} == set(groups)
    assert all(all(labels[language] for language in LANGUAGES) for labels in groups.values())


def test_every_type_of_resource_can_be_offered() -> None:
    assert {skill.resource for skill in SKILLS} == set(Resource)


def test_a_skill_is_said_differently_by_each_side() -> None:
    for skill in SKILLS:
        for wording in skill.words.values():
            assert not {*map(fold, wording.mission)} & {*map(fold, wording.business)}


def test_a_language_that_we_lack_is_answered_in_english_and_a_region_in_its_language() -> None:
    skill = next(skill for skill in SKILLS if skill.key == "cold-storage")
    assert skill.label("pl") == "Cold storage"
    assert skill.label("es-MX") == "Almacenamiento en frío"
    assert CAUSES[0].label("fr_CA") == CAUSES[0].labels["fr"]


def test_the_causes_are_the_seventeen_goals_in_order() -> None:
    assert [(cause.key, cause.number) for cause in CAUSES] == [
        (f"sdg-{number}", number) for number in range(1, 18)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_has_everyday_words(language: str) -> None:
    assert all(len(cause.synonyms[language]) >= 8 for cause in CAUSES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entries", [SKILLS, CAUSES], ids=["skills", "causes"])
def test_every_label_suggests_its_own_entry_first(
    entries: tuple[Skill | Cause, ...], language: str
) -> None:
    matcher = Matcher(entries)
    wrong = [
        (entry.key, entry.label(language))
        for entry in entries
        if [match.key for match in matcher.suggest(entry.label(language), language, 1)]
        != [entry.key]
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_telling_way_to_say_a_skill_suggests_it_among_the_first_three(language: str) -> None:
    matcher = Matcher(SKILLS)
    small = stop_words(language) | ASKING[language]
    missed = [
        (skill.key, phrase.text)
        for skill in SKILLS
        for phrase in skill.phrases()
        if phrase.language == language
        and not set(tokens(phrase.text)) <= small
        and skill.key not in [match.key for match in matcher.suggest(phrase.text, language, 3)]
    ]
    assert missed == []
