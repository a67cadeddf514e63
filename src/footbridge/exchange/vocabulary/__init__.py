"""The words in which needs and offers are said: skills and causes, in both sectors' language.

Plain files and plain Python: nothing here knows a database. `load_skills` and `load_causes` read
what ships, `read_esco` reads the European Commission's larger list, and a `Matcher` over any of
them suggests entries for a sentence and shows the piece of the sentence that answers.
"""

from footbridge.exchange.vocabulary.entries import (
    LANGUAGES,
    Cause,
    Entry,
    Phrase,
    Resource,
    Skill,
    Wording,
    load_causes,
    load_groups,
    load_skills,
)
from footbridge.exchange.vocabulary.esco import EscoEntry, read_esco
from footbridge.exchange.vocabulary.matcher import Match, Matcher

__all__ = [
    "LANGUAGES",
    "Cause",
    "Entry",
    "EscoEntry",
    "Match",
    "Matcher",
    "Phrase",
    "Resource",
    "Skill",
    "Wording",
    "load_causes",
    "load_groups",
    "load_skills",
    "read_esco",
]
