"""The list that ships: every line leads to skills that there are, in three languages."""

from __future__ import annotations

import pytest

from footbridge.exchange.vocabulary import Matcher, load_skills
from footbridge.expertise import lived
from footbridge.expertise.models import LONGEST_TITLE
from footbridge.expertise.states import Theme

LINES = lived.lines()
SKILLS = {skill.key: skill for skill in load_skills()}
USED = sorted({leads.skill for line in LINES for leads in line.leads})


def test_there_are_about_sixty_lines_each_with_a_key_of_its_own() -> None:
    assert 60 <= len(LINES) <= 80
    assert len({line.key for line in LINES}) == len(LINES)


def test_every_heading_has_some_lines() -> None:
    assert {line.theme for line in LINES} == set(Theme)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.key)
def test_a_line_leads_to_one_to_four_skills_that_there_are(line: lived.Line) -> None:
    keys = [leads.skill for leads in line.leads]
    assert 1 <= len(keys) == len(set(keys)) <= 4
    assert set(keys) <= set(SKILLS)


@pytest.mark.parametrize("language", lived.LANGUAGES)
def test_a_line_is_a_sentence_of_its_own_in_each_language(language: str) -> None:
    said = [line.text(language) for line in LINES]
    assert len(set(said)) == len(said)
    assert all(text.endswith(".") and len(text) <= LONGEST_TITLE for text in said)


def test_a_language_that_we_lack_is_answered_in_english() -> None:
    assert LINES[0].text("pl") == LINES[0].text("en") != LINES[0].text("es-MX")


@pytest.mark.parametrize("key", USED)
def test_each_skill_is_said_in_changemaker_and_in_client_words_in_three_languages(key: str) -> None:
    words = SKILLS[key].words
    assert {tongue: bool(each.mission and each.business) for tongue, each in words.items()} == {
        "en": True,
        "es": True,
        "fr": True,
    }


# As somebody else would tell it, and what they would mean.
TOLD = [
    ("en", "We kept twenty volunteers for two years", {"volunteer-management"}),
    ("en", "I got the permit that the town said we would never get", {"licences-permits"}),
    ("en", "The money was about to run out in three weeks and I found a way", {"crisis-risk"}),
    ("en", "I handed over the shelter I had built to two colleagues", {"exit-succession"}),
    ("en", "After the flood I organised help for the whole street", {"crisis-risk"}),
    ("en", "I led a meeting where two camps shouted, and nobody left", {"facilitation"}),
    ("en", "I looked after my father for months", {"care-services"}),
    ("en", "I told our story to strangers in trains and some of them gave", {"storytelling"}),
    ("en", "I left my country and began again", {"career-transition"}),
    ("en", "I wrote an application to the lottery and it was granted", {"grant-writing"}),
    ("es", "Mantuve a veinte voluntarios durante dos años", {"volunteer-management"}),
    ("es", "Conseguí el permiso que el ayuntamiento decía que no darían", {"licences-permits"}),
    ("es", "Dejé mi país y empecé de nuevo", {"career-transition"}),
    ("es", "Organicé ayuda cuando pasó la inundación", {"crisis-risk"}),
    ("es", "Hablé ante cuatrocientas personas", {"public-speaking"}),
    ("fr", "J'ai gardé vingt bénévoles pendant deux ans", {"volunteer-management"}),
    ("fr", "J'ai obtenu l'autorisation que la mairie disait impossible", {"licences-permits"}),
    ("fr", "J'ai quitté mon pays et recommencé", {"career-transition"}),
    ("fr", "J'ai organisé l'aide après l'inondation", {"crisis-risk"}),
    ("fr", "J'ai parlé devant quatre cents personnes", {"public-speaking"}),
]


def test_lived_work_that_others_tell_otherwise_mostly_finds_its_name() -> None:
    matcher = Matcher(load_skills())
    by_words = [_by_words(matcher, text, language) & meant for language, text, meant in TOLD]
    by_lines = [
        {leads.skill for leads in lived.alike(text, language)} & meant
        for language, text, meant in TOLD
    ]
    both = [one | other for one, other in zip(by_words, by_lines, strict=True)]
    assert (sum(map(bool, by_words)), sum(map(bool, both))) == (8, 18)


def _by_words(matcher: Matcher, text: str, language: str) -> set[str]:
    return {match.key for match in matcher.suggest(text, language, 6)}


def test_what_speaks_of_nothing_is_taken_for_no_line() -> None:
    for text in ("", "and then", "The moon was bright over the hills", "volunteers"):
        assert lived.alike(text, "en") == []
