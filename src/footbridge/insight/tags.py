"""What members need, offer and work for, as numbered terms: skills, and the words of sentences."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from footbridge.core.words import stems, tokens
from footbridge.exchange.models import Care, Need, NeedSkill, Offer, OfferSkill
from footbridge.exchange.policy import open_now
from footbridge.exchange.vocabulary.asking import ASKING
from footbridge.expertise.models import Confirmation
from footbridge.expertise.policy import open_to_all_members
from footbridge.expertise.states import Level
from footbridge.expertise.states import State as Answer
from footbridge.people.models import Member, Reach
from footbridge.people.policy import is_open_to_members

# A guessed skill counts a little less than one its owner chose. Bare words agree by chance: those
# of one need weigh together what follows, and an offered word answers only in part.
SAID, GUESSED, WORDS_OF_A_NEED, WORD_OFFERED = 1.0, 0.8, 0.5, 0.5
# What somebody did counts like an offer of it, the further they came the more; what others who
# were there confirmed is halfway nearer to an offer in so many words.
DONE = {Level.HELPED: 0.45, Level.DID: 0.65, Level.LED: 0.8, Level.TEACHES: 0.9}

SHORTEST = 4
_SAY_LITTLE = frozenset().union(*ASKING.values())

Array = np.ndarray[Any, Any]
Only = Sequence[uuid.UUID] | None
Entry = tuple[int, str, float]
Numbers = dict[uuid.UUID, int]


def read(number: Numbers, only: Only = None) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """The lists "needs", "offers" and "causes", and the names of their terms and causes. "done"
    are those of the offers that somebody did and lets all members know."""
    done = list(_done(number, only))
    needs, offers = list(_needs(number, only)), [*_offers(number, only), *done]
    cares = list(_cares(number, only))
    terms = sorted({term for _, term, _ in needs} | {term for _, term, _ in offers})
    causes = sorted({cause for _, cause, _ in cares})
    lists = {
        **_columns("needs", needs, terms),
        **_columns("offers", offers, terms),
        **_columns("done", done, terms),
        **_columns("causes", cares, causes),
    }
    return lists, {"terms": terms, "causes": causes}


def term_of_skill(skill_id: uuid.UUID) -> str:
    """How a skill is named among the terms; no word begins like this."""
    return "#" + skill_id.hex


def skill_of_term(term: str) -> uuid.UUID | None:
    """The skill that a term stands for; None where it is a word."""
    return uuid.UUID(term[1:]) if term.startswith("#") else None


def _columns(heading: str, entries: list[Entry], names: list[str]) -> dict[str, Array]:
    place = {name: n for n, name in enumerate(names)}
    return {
        f"{heading}/member": np.array([member for member, _, _ in entries], np.int32),
        f"{heading}/term": np.array([place[term] for _, term, _ in entries], np.int32),
        f"{heading}/weight": np.array([weight for _, _, weight in entries], np.float32),
    }


def _needs(number: Numbers, only: Only) -> Iterator[Entry]:
    asks = NeedSkill.objects.filter(open_now("need__"))
    yield from _skills(number, _of(asks, "need__owner", only), "need__owner_id")
    for owner, words in _sentences(number, Need, only):
        for word in words:
            yield owner, word, WORDS_OF_A_NEED / len(words)


def _offers(number: Numbers, only: Only) -> Iterator[Entry]:
    gives = OfferSkill.objects.filter(open_now("offer__"))
    yield from _skills(number, _of(gives, "offer__owner", only), "offer__owner_id")
    for owner, words in _sentences(number, Offer, only):
        for word in words:
            yield owner, word, WORD_OFFERED


def _done(number: Numbers, only: Only) -> Iterator[Entry]:
    """What people did, as far as they let all members know: one network answers everyone."""
    given = Confirmation.objects.filter(claim=OuterRef("pk"), state=Answer.CONFIRMED)
    claims = _of(open_to_all_members(), "person", only).annotate(is_confirmed=Exists(given))
    columns = claims.order_by().values_list("person_id", "skill_id", "level", "is_confirmed")
    for person, skill, level, is_confirmed in columns.iterator(chunk_size=5000):
        if person in number:
            weight = DONE[Level(level)]
            yield number[person], term_of_skill(skill), (1 + weight) / 2 if is_confirmed else weight


def _of(rows: QuerySet[Any], owner: str, only: Only) -> QuerySet[Any]:
    return rows if only is None else rows.filter(**{f"{owner}__in": only})


def _skills(number: Numbers, lines: QuerySet[Any], owner: str) -> Iterator[Entry]:
    columns = lines.order_by().values_list(owner, "skill_id", "weight", "guessed")
    for member, skill, weight, guessed in columns.iterator(chunk_size=5000):
        if member in number:
            yield number[member], term_of_skill(skill), weight * (GUESSED if guessed else SAID)


def _sentences(number: Numbers, kind: Any, only: Only) -> Iterator[tuple[int, set[str]]]:
    """The telling words of each open need or offer of which the vocabulary knows no skill."""
    unread = kind.objects.filter(open_now(), lines=None)
    rows = _of(unread, "owner", only).order_by()
    columns = rows.values_list("owner_id", "text", *_SPOKEN)
    for owner, text, spoken, seen_by in columns.iterator(chunk_size=5000):
        if owner in number:
            yield number[owner], telling_words(text, _language(spoken, seen_by))


_SPOKEN = ("owner__languages", "owner__languages_seen_by")


def _language(spoken: list[str], seen_by: str) -> str | None:
    """In which language somebody writes, if they let all members know."""
    return spoken[0] if spoken and is_open_to_members(seen_by) else None


def telling_words(text: str, language: str | None) -> set[str]:
    """The words of a sentence that say what is meant, in the form in which they are compared:
    short ones, and those of asking and of time, agree by chance.

    >>> telling_words("Someone to repair our fridges, two nights a week", "en") == {
    ...     "repair", "fridg"}
    True
    """
    words = (word for word in tokens(text) if len(word) >= SHORTEST and word not in _SAY_LITTLE)
    return {form for word in words for form in stems(word, language)}


def _cares(number: Numbers, only: Only) -> Iterator[Entry]:
    """The causes that members work for, and those of what they need and offer now."""
    yield from _caused(number, _of(Care.objects.all(), "member", only), "member_id")
    for model, name in ((Need, "need"), (Offer, "offer")):
        linked = model.causes.through.objects.filter(open_now(f"{name}__"))
        yield from _caused(number, _of(linked, f"{name}__owner", only), f"{name}__owner_id")


def _caused(number: Numbers, rows: QuerySet[Any], owner: str) -> Iterator[Entry]:
    columns = rows.order_by().values_list(owner, "cause_id")
    for member, cause in columns.iterator(chunk_size=5000):
        if member in number:
            yield number[member], cause.hex, 1.0


def reach(number: Numbers, only: Only) -> list[tuple[int, float, float]]:
    """Where organisations work besides where they sit; the head of a group works where the others
    of it sit and work."""
    spot = ("place__latitude", "place__longitude")
    own = _of(Reach.objects.all(), "organisation", only).order_by("id")
    theirs = _of(Reach.objects.exclude(organisation__group=None), "organisation__group", only)
    seats = Member.objects.exclude(group=None).exclude(place=None)
    columns = [
        *own.values_list("organisation_id", *spot),
        *theirs.order_by("id").values_list("organisation__group_id", *spot),
        *_of(seats, "group", only).order_by("id").values_list("group_id", *spot),
    ]
    return [(number[one], north, east) for one, north, east in columns if one in number]


def words_of(member_id: uuid.UUID) -> dict[str, str]:
    """The words of a member's open needs and offers by the form in which they are compared, to be
    told as they were written."""
    found: dict[str, str] = {}
    for kind in (Need, Offer):
        rows = kind._default_manager.filter(open_now(), owner=member_id)
        for text, spoken, seen_by in rows.values_list("text", *_SPOKEN):
            found |= as_written(text, _language(spoken, seen_by))
    return found


def as_written(text: str, language: str | None) -> dict[str, str]:
    """Each word of a sentence by its stem.

    >>> as_written("Fridges, please", "en")["fridg"]
    'fridges'
    """
    return {form: word for word in tokens(text) for form in stems(word, language)}


def weights_of(words: Iterable[str]) -> dict[str, float]:
    """What the words of one sentence weigh when it is asked for."""
    wanted = set(words)
    return {word: WORDS_OF_A_NEED / len(wanted) for word in wanted}
