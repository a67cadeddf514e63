"""What hours hold about one person: to hand over, and to erase."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from footbridge.hours.models import Availability, Booking
from footbridge.hours.policy import role_of, visible_to
from footbridge.hours.states import Role
from footbridge.mail.actions import forget_about
from footbridge.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """What the person said of their time, and their appointments as they may know them."""
    said = Availability.objects.filter(person=person.id).select_related("place")
    known = visible_to(person).select_related("giver", "receiver", "on_behalf_of", "need")
    rows = known.select_related("chapter").prefetch_related("causes")
    return {
        "availabilities": [_availability(one) for one in said.prefetch_related("slots")],
        "bookings": [_booking(person, one) for one in rows],
    }


def _availability(one: Availability) -> dict[str, Any]:
    plain = ("timezone", "windows", "minutes", "most_hours", "manner", "within_km", "where")
    more = ("online_link", "sectors", "only_unpaid", "is_paused")
    return {
        "id": str(one.id),
        "quarter": one.quarter.isoformat(),
        "place": one.place.name if one.place else "",
        "offers": [offer.text for offer in one.offers.all()],
        "chapters": [chapter.name for chapter in one.chapters.all()],
        "slots": [_iso(slot.starts_at) for slot in one.slots.all()],
        **{name: getattr(one, name) for name in (*plain, *more)},
    }


def _booking(person: Person, one: Booking) -> dict[str, Any]:
    role = role_of(person, one)
    is_private = role == Role.RECEIVER and one.giver_minutes == 0
    days = ("starts_at", "ends_at", "asked_at", "answered_at", "told_at", "confirmed_at")
    return {
        "id": str(one.id),
        "role": role,
        "giver": one.giver.name,
        "receiver": one.receiver.name if one.receiver else "",
        "on_behalf_of": one.on_behalf_of.name if one.on_behalf_of else "",
        "need": one.need.text if one.need else "",
        "state": one.state,
        "what_for": one.what_for,
        "is_online": one.is_online,
        "where": one.where,
        "online_link": one.online_link,
        "could_not_pay": one.could_not_pay,
        "giver_minutes": None if is_private else one.giver_minutes,
        "receiver_minutes": one.receiver_minutes,
        "learned": one.learned if role == Role.GIVER else "",
        "cancelled_by": one.cancelled_by,
        "chapter": one.chapter.name if one.chapter else "",
        "causes": [cause.key for cause in one.causes.all()],
        **{name: _iso(getattr(one, name)) for name in days},
    } | ({"told_at": None} if is_private else {})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def hold(person: Person) -> None:
    """Take their time, and the time of others in which they have appointments: nobody asks for it,
    or answers, while it goes."""
    asked = Booking.objects.filter(receiver=person.id).values("slot__availability")
    rows = Availability.objects.filter(Q(person=person.id) | Q(id__in=asked))
    list(rows.select_for_update().order_by("id").values_list("id", flat=True))


def erase(person: Person) -> None:
    """What they gave goes with them. Hours that they were given and confirmed stay with those who
    gave them, without a name and without words; all other appointments go, and the letters."""
    mine = Booking.objects.filter(Q(giver=person) | Q(receiver=person))
    stated = Availability.objects.filter(person=person)
    forget_about([*mine.values_list("id", flat=True), *stated.values_list("id", flat=True)])
    counted = Q(receiver=person, giver_minutes__gt=0, receiver_minutes__gt=0)
    nameless = {"receiver": None, "on_behalf_of": None, "need": None, "slot": None}
    mine.filter(counted).exclude(giver=person).update(**nameless, what_for="", could_not_pay=False)
    mine.delete()
    stated.delete()
