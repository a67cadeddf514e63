"""What pitches hold about one person: to hand over, and to erase."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from footbridge.mail.actions import forget_about
from footbridge.people.models import Person
from footbridge.pitches.models import Giving, Pitch, Reading, Rehearsal, ShoesCard, Worth
from footbridge.pitches.policy import rehearsals_visible_to, role_of, shown_state
from footbridge.pitches.states import Role, State

_CARD = ("constraints", "incentives", "fears", "own_words")
_DECIDES = ("decides_who", "decides_how_long", "decides_paper", "readers")
_KIT = ("ask", "decider", "theirs", "ours", "community", "story", "emotion", "proof", "takes")
_MORE = ("gives", "objections", "language", "went", "went_words")
_SHEET = ("brings", "outcomes", "otherwise", "day_rate", "currency", "alternatives", "walk_away")
_NOTES = ("clear_ask", "their_words", "answered", "heard", "missing")


def export(person: Person) -> dict[str, Any]:
    """What the person wrote, and their rehearsals as they may know them."""
    cards = ShoesCard.objects.filter(member=person.id)
    pitches = Pitch.objects.filter(author=person.id).select_related("target", "on_behalf_of")
    asked = rehearsals_visible_to(person).order_by("asked_at", "id")
    seen = asked.exclude(Q(peer=person.id) & Q(state=State.WITHDRAWN))
    given = Giving.objects.filter(to=person.id).select_related("card__member")
    return {
        "cards": [_card(row) for row in cards.prefetch_related("givings__to")],
        "given_to_them": [_given(row) for row in given],
        "pitches": [_pitch(row) for row in pitches],
        "worth": [_plain(row, _SHEET) for row in Worth.objects.filter(person=person.id)],
        "rehearsals": [_rehearsal(person, row) for row in seen],
        "readings": [
            _plain(row, ("title", "link", "why", "is_shared"))
            for row in Reading.objects.filter(person=person.id)
        ],
    }


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"id": str(row.id), **{name: getattr(row, name) for name in names}}


def _card(row: ShoesCard) -> dict[str, Any]:
    given = [{"to": one.to.name, "at": _iso(one.given_at)} for one in row.givings.all()]
    return {**_plain(row, (*_CARD, *_DECIDES)), "given": given}


def _given(row: Giving) -> dict[str, Any]:
    return {"of": row.card.member.name, "at": _iso(row.given_at)}


def _pitch(row: Pitch) -> dict[str, Any]:
    return {
        **_plain(row, (*_KIT, *_MORE)),
        "target": row.target.name if row.target else row.target_name,
        "contact": row.contact.name if row.contact else "",
        "on_behalf_of": row.on_behalf_of.name if row.on_behalf_of else "",
        "met_on": _iso(row.met_on),
        "created_at": _iso(row.created_at),
    }


def _rehearsal(person: Person, row: Rehearsal) -> dict[str, Any]:
    role = role_of(person, row)
    state = shown_state(role, row)
    tells = role == Role.PEER or state == State.AGREED
    return {
        **_plain(row, ("words", "shows_worth", *_NOTES)),
        "role": role.value if role else "",
        "author": row.author.name,
        "peer": row.peer.name,
        "state": state.value,
        "asked_at": _iso(row.asked_at),
        "answered_at": _iso(row.answered_at) if tells else None,
        "noted_at": _iso(row.noted_at),
    }


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def erase(person: Person) -> None:
    """All of it goes, and the letters about it; in what others prepared for them, what was drawn
    from what they had said goes as well."""
    rows = Rehearsal.objects.filter(Q(author=person.id) | Q(peer=person.id))
    forget_about(list(rows.values_list("id", flat=True)))
    rows.delete()
    Pitch.objects.filter(author=person.id).delete()
    nameless = {"target": None, "contact": None, "decider": "", "theirs": ""}
    Pitch.objects.filter(target=person.id).update(**nameless)
    Pitch.objects.filter(contact=person.id).update(contact=None)
    Giving.objects.filter(Q(to=person.id) | Q(card__member=person.id)).delete()
    ShoesCard.objects.filter(member=person.id).delete()
    Worth.objects.filter(person=person.id).delete()
    Reading.objects.filter(person=person.id).delete()
