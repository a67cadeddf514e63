"""From a list's words to places, causes and skills; each word is looked up once per import."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from footbridge.exchange import actions as exchange
from footbridge.exchange.queries import find_cause, find_skill, suggest_causes
from footbridge.intake.interpret import PlaceSaid
from footbridge.intake.mapping.values.causes import CauseRead
from footbridge.intake.reading import Said, said
from footbridge.people import gazetteer, places
from footbridge.people.gazetteer import Found
from footbridge.people.policy import Viewer

LETTERS_OF_A_NEW_WORD = 60
WORDS_OF_A_NEW_WORD = 5
MOST_NEW_WORDS = 500
LEAST_SURE = 0.5


class Vocabulary:
    """The words of one import and what they stand for."""

    def __init__(self, actor: Viewer, *, is_trial: bool) -> None:
        self._actor = actor
        self._is_trial = is_trial
        self._places: dict[str, uuid.UUID] = {}
        self._causes: dict[str, uuid.UUID | None] = {}
        self._skills: dict[str, uuid.UUID | None] = {}
        self._new_words = 0

    def places(self, wanted: Iterable[Found]) -> None:
        """Make sure that these places have rows."""
        missing = {places.key(one): one for one in wanted if places.key(one) not in self._places}
        if missing and not self._is_trial:
            rows = places.kept(missing.values())
            self._places.update({key: row.id for key, row in rows.items()})

    def place(self, found: Found | None) -> uuid.UUID | None:
        """The row of a place that `places` made sure of."""
        return self._places.get(places.key(found)) if found else None

    def learn_causes(self, wanted: Iterable[CauseRead]) -> None:
        """Look up what is not known yet; short words that nobody knows become causes here."""
        unknown = []
        for cause in wanted:
            key = _cause_key(cause)
            if key not in self._causes:
                self._causes[key] = _known_cause(cause)
                if self._causes[key] is None and _is_word(cause.label):
                    unknown.append(cause.label)
        if unknown and self._may_learn(unknown):
            learnt = exchange.learn_causes(actor=self._actor, names=dict.fromkeys(unknown))
            self._causes.update(learnt)

    def cause(self, cause: CauseRead) -> uuid.UUID | None:
        """The cause that `learn_causes` found."""
        return self._causes.get(_cause_key(cause))

    def tagged_cause(self, tag: str) -> uuid.UUID | None:
        """The cause that goes by exactly this name; a tag is seldom one."""
        key = f"tag:{tag}"
        if key not in self._causes:
            found = find_cause(tag) if not tag.isdigit() else None
            self._causes[key] = found.id if found else None
        return self._causes[key]

    def learn_skills(self, wanted: Iterable[str]) -> None:
        """Look up the words of needs and offers; those that nobody knows become skills here."""
        unknown = []
        for tag in wanted:
            if tag not in self._skills:
                found = find_skill(tag)
                self._skills[tag] = found.id if found else None
                if found is None:
                    unknown.append(tag)
        if unknown and self._may_learn(unknown):
            learnt = exchange.learn_skills(actor=self._actor, names=dict.fromkeys(unknown))
            self._skills.update(learnt)

    def skills(self, tags: Iterable[str]) -> list[uuid.UUID]:
        """The skills that `learn_skills` found."""
        return [found for tag in tags if (found := self._skills.get(tag))]

    def _may_learn(self, words: list[str]) -> bool:
        self._new_words += len(words)
        return not self._is_trial and self._new_words <= MOST_NEW_WORDS


def _cause_key(cause: CauseRead) -> str:
    return f"sdg {cause.goal}" if cause.goal else cause.label


def _known_cause(cause: CauseRead) -> uuid.UUID | None:
    found = find_cause(f"sdg {cause.goal}" if cause.goal else cause.label)
    if found is None and not cause.goal:
        best = next(iter(suggest_causes(cause.label, limit=1)), None)
        found = best if best is not None and best.score >= LEAST_SURE else None
    return found.id if found else None


def _is_word(text: str) -> bool:
    return 0 < len(text) <= LETTERS_OF_A_NEW_WORD and len(text.split()) <= WORDS_OF_A_NEW_WORD


def found_place(place: PlaceSaid, repairs: list[Said], home: str = "") -> Found | None:
    """Where that is on the map: by its name, else by its postcode, else by its point. A town
    without a country is looked for at home first: in the country of the chapter."""
    outside = {"country": place.country or None, "region": place.region or None}
    found = _at_home(place, home)
    if found is None and place.text:
        found = gazetteer.resolve(place.text, **outside)
    if (found is None or found.precision == "country") and place.postcode:
        found = gazetteer.resolve(place.postcode, **outside) or found
    if found is None and place.latitude is not None and place.longitude is not None:
        found = gazetteer.near(place.latitude, place.longitude)
    if found is None and (place.region or place.country):
        found = gazetteer.resolve("", **outside)
    if found is None and place.region:
        found = gazetteer.resolve(place.region, country=place.country or None)
    if found is None:
        words = (place.text, place.postcode, place.region, place.country)
        text = ", ".join(filter(None, words)) or f"{place.latitude}, {place.longitude}"
        repairs.append(said("“{text}” is not a place that is known.", text=text[:80]))
    return found


def _at_home(place: PlaceSaid, home: str) -> Found | None:
    if not home or place.country or place.region or "," in place.text or not place.text:
        return None
    found = gazetteer.resolve(place.text, country=home)
    is_town_of_this_name = found is not None and found.how in ("name", "other name")
    return found if is_town_of_this_name else None


def reached_place(text: str, repairs: list[Said]) -> Found | None:
    """A place where an organisation works."""
    found = gazetteer.resolve(text)
    if found is None:
        repairs.append(said("“{text}” is not a place that is known.", text=text[:80]))
    return found
