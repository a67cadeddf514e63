"""Sentences of lived work, and tags as mentors wrote them: how many find a skill."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from footbridge.exchange.vocabulary import Matcher, load_skills
from footbridge.expertise import lived

pytestmark = pytest.mark.data

MENTORS = "mentor-offers/mentors.csv"


def test_tags_that_mentors_wrote_lead_to_skills(public_data: Path) -> None:
    """Of the offers of 260 mentors, most name a skill of the vocabulary in their own words."""
    source = public_data / MENTORS
    if not source.exists():
        pytest.skip(f"not there: {MENTORS}")
    matcher = Matcher(load_skills())
    offers = [row["offers"].replace(";", ", ") for row in csv.DictReader(source.open())]
    found = sum(bool(matcher.suggest(text, "en", 5)) for text in offers)
    assert (len(offers), found / len(offers) > 0.95) == (260, True)


def test_lines_of_lived_work_lead_to_a_skill_that_their_authors_meant() -> None:
    """The list is read as if each line were typed: how often is one of its skills suggested?"""
    matcher = Matcher(load_skills())
    rates = {}
    for language in lived.LANGUAGES:
        hits = [_hits(matcher, line, language) for line in lived.lines()]
        rates[language] = sum(hits) / len(hits)
    assert all(rate > LEAST[language] for language, rate in rates.items()), rates


# Lived work is told without the words of a trade; what is found is offered, not taken for granted.
LEAST = {"en": 0.45, "es": 0.4, "fr": 0.3}


def _hits(matcher: Matcher, line: lived.Line, language: str) -> bool:
    found = {match.key for match in matcher.suggest(line.text(language), language, 6)}
    return bool(found & {leads.skill for leads in line.leads})
