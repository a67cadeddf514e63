"""Looking out from under the radar: the same questions, asked by somebody who is in no network.

What they said stays in values on its way to the engine; nothing is written, nothing is kept, and
the view is the one that every member shares. So whoever is looked at cannot tell.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.db.models import Q

from footbridge.engine import fit
from footbridge.engine.snapshot import Snapshot
from footbridge.exchange import queries as exchange
from footbridge.insight import asker, network, queries, tags, warmth, ways
from footbridge.insight.asker import Asker
from footbridge.insight.cards import NO_FILTERS, Chain, Filters, Found, Suggestion
from footbridge.insight.rows import LAST_BIT, SECTORS, Rows
from footbridge.insight.version import MEMBERS, Told, View
from footbridge.people.models import Member, Person
from footbridge.people.policy import open_to_members, visible_to
from footbridge.people.states import Kind
from footbridge.veil import queries as veil
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.profile import Profile

Entries = tuple[Any, Any, Any]

# A card that fewer listed people would fit points at its sender.
FEW = 20


def suggest(me: Self, *, top: int = 10) -> list[Suggestion]:
    """Whom somebody under the radar should meet, of all who are listed."""
    view = _view()
    viewer = veil.as_onlooker(me)
    asking = _asking(view, me)
    return queries.suggest_beside(viewer, view, asking, lambda: _written(me.profile), top=top)


def search(me: Self, text: str, filters: Filters = NO_FILTERS, *, page: int = 1) -> Found:
    """Everyone who is listed, by word and filter."""
    return queries.search(veil.as_onlooker(me), text, filters=filters, page=page)


def chains(me: Self, target: Member, *, top: int = 5) -> list[Chain]:
    """Who stands between somebody under the radar and a member; for their eyes alone."""
    view = _view()
    return ways.from_beside(veil.as_onlooker(me), view, _asking(view, me), target, top)


def how_many_fit(card: VeiledCard) -> int:
    """How many listed people would fit what a card shows, besides its words."""
    listed = visible_to(_anybody()).filter(kind=Kind.PERSON)
    if card.sector:
        at_work = Q(sector="", affiliations__organisation__sector=card.sector)
        at_work &= open_to_members("work")
        listed = listed.filter(Q(sector=card.sector) | at_work)
    if card.country:
        listed = listed.filter(open_to_members("place"), place__country=card.country)
    if card.cause:
        cause = card.cause
        listed = listed.filter(
            Q(cares__cause=cause) | Q(needs__causes=cause) | Q(offers__causes=cause)
        )
    return listed.order_by().values("id").distinct().count()


def _anybody() -> Person:
    """A member without ties or chapters, as a viewer."""
    return veil.as_onlooker(Self(uuid.UUID(int=0), Profile(name="", address=""), 0))


def _view() -> View:
    return network.current().seen_by(MEMBERS)


def _asking(view: View, me: Self) -> Asker:
    query = fit.Query.of_member(_alone(view, me.profile), 0)
    chapter = _chapter(view.rows, me.profile)
    return asker.unlisted(view, Told(query, chapter, _knows(view, me.profile)))


def _chapter(rows: Rows, profile: Profile) -> int:
    return rows.place_of["chapters"].get(profile.chapter.replace("-", ""), -1)


def _alone(view: View, profile: Profile) -> Snapshot:
    """Somebody under the radar as a network of one, in the numbers of the view."""
    rows, place = view.rows, profile.place
    nobody = np.zeros(0, np.int32)
    spot = (
        (np.zeros(1, np.int32), np.array([place.latitude]), np.array([place.longitude]))
        if place
        else (nobody, np.zeros(0), np.zeros(0))
    )
    return Snapshot.build(
        1,
        needs=_terms(rows, profile.needs, profile, "needs"),
        offers=_terms(rows, profile.offers, profile, "offers"),
        causes=_weights(dict.fromkeys(_causes(rows, profile), 1.0)),
        places=spot,
        kind=np.zeros(1, np.uint8),
        sector=np.array([SECTORS.index(profile.sector) if profile.sector else -1], np.int16),
        organisation=[_employer(rows, profile)],
        group=[-1],
        chapter=[_chapter(rows, profile)],
        country=[rows.place_of["countries"].get(place.country, -1) if place else -1],
        languages=[_languages(rows, profile)],
    )


def _terms(rows: Rows, sentences: Iterable[str], profile: Profile, heading: str) -> Entries:
    """Sentences as terms: the skills that they name, else their telling words for less."""
    found: dict[int, float] = {}
    for text in sentences:
        for term, weight in _read(text, profile, heading).items():
            if (number := rows.place_of["terms"].get(term)) is not None:
                found[number] = max(found.get(number, 0.0), weight)
    return _weights(found)


def _read(text: str, profile: Profile, heading: str) -> Mapping[str, float]:
    language = _language(profile)
    skills = exchange.suggest_skills(text, language)
    if skills:
        return {tags.term_of_skill(skill.id): tags.SAID * tags.GUESSED for skill in skills}
    words = tags.telling_words(text, language)
    if heading == "needs":
        return tags.weights_of(words)
    return dict.fromkeys(words, tags.WORD_OFFERED)


def _language(profile: Profile) -> str | None:
    return profile.languages[0] if profile.languages else None


def _weights(found: Mapping[int, float]) -> Entries:
    return (
        np.zeros(len(found), np.int32),
        np.array(list(found), np.int32),
        np.array(list(found.values()), np.float32),
    )


def _causes(rows: Rows, profile: Profile) -> Iterable[int]:
    known = rows.place_of["causes"]
    named = (cause.replace("-", "") for cause in profile.causes)
    return [known[cause] for cause in named if cause in known]


def _employer(rows: Rows, profile: Profile) -> int:
    """The number of the organisation someone acts for, if it is listed."""
    for work in profile.work:
        found = rows.number_of(uuid.UUID(work.organisation)) if work.organisation else None
        if found is not None:
            return found
    return -1


def _languages(rows: Rows, profile: Profile) -> int:
    known, spoken = rows.place_of["languages"], 0
    for tongue in profile.languages:
        if tongue in known:
            spoken |= 1 << min(known[tongue], LAST_BIT)
    return spoken


def _knows(view: View, profile: Profile) -> dict[int, float]:
    """Whom they know of those who are listed, as if each had been said to the network by one
    side alone."""
    numbers = {one: view.rows.number_of(uuid.UUID(one.member)) for one in profile.knows}
    return {
        n: warmth.of_one_word(one.strength)
        for one, n in numbers.items()
        if n is not None and view.shown[n]
    }


def _written(profile: Profile) -> dict[str, str]:
    """Their own words by the form in which they are compared, to be told as they were written."""
    found: dict[str, str] = {}
    for text in (*profile.needs, *profile.offers):
        found |= tags.as_written(text, _language(profile))
    return found
