"""Saying when one has time: once for a quarter, the same again for the next, not for now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock, times
from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.core.words import clean_line
from footbridge.exchange.models import Offer
from footbridge.hours import policy
from footbridge.hours.actions._steps import lock_time
from footbridge.hours.cards import windows_of
from footbridge.hours.models import Availability, Slot
from footbridge.hours.states import LENGTHS, LIVE, Manner
from footbridge.hours.windows import Window, after, before, quarter_of, slots
from footbridge.journal import actions as journal
from footbridge.people import places
from footbridge.people.models import Chapter, Person
from footbridge.people.states import Sector

MOST_WINDOWS = 20
MOST_SLOTS = 200
MOST_HOURS = 200
FARTHEST_KM = 500


@dataclass(frozen=True)
class Terms:
    """How somebody gives their time, besides when."""

    timezone: str
    minutes: int
    most_hours: int
    manner: str = Manner.ONLINE
    place: str = ""
    within_km: int = 25
    where: str = ""
    online_link: str = ""
    only_unpaid: bool = False
    sectors: Sequence[str] = ()


@transaction.atomic
def state_time(
    *,
    actor: Person,
    quarter: date,
    windows: Sequence[Window],
    terms: Terms,
    offers: Iterable[Offer] = (),
    chapters: Iterable[Chapter] = (),
    version: Version | None = None,
) -> Availability:
    """Say when one has time in a quarter, and for whom. Saying it anew changes it: slots that
    somebody has asked for stay, all others follow.

    `version` is that of what was seen, 0 where nothing was said yet: a newer one raises Overtaken.
    """
    if not actor.has_joined:
        raise NotAllowed(_("Only members can give their time."))
    _check_quarter(quarter)
    columns = _checked(terms)
    _check_windows(windows, quarter)
    wanted = _wanted(windows, quarter, terms)
    availability, is_new = _locked(actor, quarter, columns)
    current = NOT_THERE if is_new else availability.version
    expect(version, current, lambda: {"most_hours": availability.most_hours})
    for name, value in columns.items():
        setattr(availability, name, value)
    availability.windows = [one.to_json() for one in windows]
    availability.version += 0 if is_new else 1
    availability.save()
    availability.offers.set(_own(actor, offers))
    availability.chapters.set(chapters)
    _lay_out(availability, wanted)
    journal.record("hours.stated", availability.id, actor=actor.id)
    return availability


def _check_quarter(quarter: date) -> None:
    this = quarter_of(clock.today())
    if quarter not in (this, after(this)):
        raise DomainError(_("Choose this quarter or the next."), field="quarter")


def _checked(terms: Terms) -> dict[str, Any]:
    """The columns, each in its bounds."""
    times.zone(terms.timezone)
    if terms.minutes not in LENGTHS:
        raise DomainError(_("A talk takes 30, 45 or 60 minutes."), field="minutes")
    if not 1 <= terms.most_hours <= MOST_HOURS:
        message = _("Say a number of hours from 1 to %(most)d.") % {"most": MOST_HOURS}
        raise DomainError(message, field="most_hours")
    if not 1 <= terms.within_km <= FARTHEST_KM:
        message = _("Say a distance from 1 to %(most)d kilometres.") % {"most": FARTHEST_KM}
        raise DomainError(message, field="within_km")
    return {
        "timezone": terms.timezone,
        "minutes": terms.minutes,
        "most_hours": terms.most_hours,
        "manner": _manner(terms),
        "place": places.named(terms.place) if terms.place.strip() else None,
        "within_km": terms.within_km,
        "where": _short(terms.where, "where", 200),
        "online_link": _link(terms.online_link),
        "only_unpaid": terms.only_unpaid,
        "sectors": _sectors(terms.sectors),
    }


def _manner(terms: Terms) -> Manner:
    if terms.manner not in Manner.values:
        raise DomainError(_("Say whether you meet online or in person."), field="manner")
    if terms.manner != Manner.ONLINE and not terms.place.strip():
        raise DomainError(_("Say in which town you can meet in person."), field="place")
    return Manner(terms.manner)


def _short(text: str, field: str, most: int) -> str:
    tidied = clean_line(text)
    if len(tidied) > most:
        message = _("Please keep it to %(most)d characters.") % {"most": most}
        raise DomainError(message, field=field)
    return tidied


def _link(url: str) -> str:
    tidied = _short(url, "online_link", 500)
    if tidied and not tidied.startswith(("https://", "http://")):
        raise DomainError(_("A link begins with https://"), field="online_link")
    return tidied


def _sectors(sectors: Sequence[str]) -> list[str]:
    unknown = set(sectors) - set(Sector.values)
    if unknown:
        raise DomainError(
            _("«%(name)s» is no sector.") % {"name": sorted(unknown)[0][:60]}, field="sectors"
        )
    return sorted(set(sectors))


def _check_windows(windows: Sequence[Window], quarter: date) -> None:
    if not windows:
        raise DomainError(_("Say at least one time."), field="windows")
    if len(windows) > MOST_WINDOWS:
        message = _("Say at most %(most)d times.") % {"most": MOST_WINDOWS}
        raise DomainError(message, field="windows")
    for window in windows:
        _check_window(window, quarter)


def _check_window(window: Window, quarter: date) -> None:
    if window.ends <= window.begins:
        raise DomainError(_("A time ends after it begins."), field="windows")
    if window.day is not None:
        if window.day < clock.today():
            raise DomainError(_("A day that you named has passed."), field="windows")
        if quarter_of(window.day) != quarter:
            raise DomainError(_("A day that you named is not in this quarter."), field="windows")
    elif window.weekday not in range(7):
        raise DomainError(_("Name a day of the week, or a date."), field="windows")


def _wanted(windows: Sequence[Window], quarter: date, terms: Terms) -> list[tuple[Any, Any]]:
    """The slots still to come that these windows give."""
    found = slots(windows, quarter, terms.minutes, terms.timezone)
    if not found:
        message = _("None of these times is long enough for a talk of %(minutes)d minutes.")
        raise DomainError(message % {"minutes": terms.minutes}, field="windows")
    coming = [slot for slot in found if slot[0] > clock.now()]
    if not coming:
        raise DomainError(_("All of these times have passed."), field="windows")
    if len(coming) > MOST_SLOTS:
        words = ngettext(
            "That makes %(many)d talk. Say fewer times: at most %(most)d a quarter.",
            "That makes %(many)d talks. Say fewer times: at most %(most)d a quarter.",
            len(coming),
        )
        raise DomainError(words % {"many": len(coming), "most": MOST_SLOTS}, field="windows")
    return coming


def _locked(actor: Person, quarter: date, columns: dict[str, Any]) -> tuple[Availability, bool]:
    """What was said of the quarter, under lock, and whether that is the first word."""
    row, is_new = Availability.objects.get_or_create(
        person=actor, quarter=quarter, defaults=columns
    )
    return lock_time(row.id), is_new


def _own(actor: Person, offers: Iterable[Offer]) -> list[Offer]:
    found = list(offers)
    if any(offer.owner_id != actor.id for offer in found):
        raise NotHere
    return found


def _lay_out(availability: Availability, wanted: list[tuple[Any, Any]]) -> None:
    """Slots as they are wanted now: those that stay keep their id, those for which somebody
    asked stay whatever is wanted, and no other lies over them."""
    rows = availability.slots.all()
    kept = list(rows.filter(bookings__state__in=LIVE).distinct())
    taken = [(slot.starts_at, slot.ends_at) for slot in kept]
    clear = [one for one in wanted if not any(_overlap(one, other) for other in taken)]
    same = {(slot.starts_at, slot.ends_at): slot.id for slot in rows}
    stay = [same[one] for one in clear if one in same]
    rows.exclude(id__in=[*stay, *(slot.id for slot in kept)]).delete()
    Slot.objects.bulk_create(
        Slot(availability=availability, starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in clear
        if (starts_at, ends_at) not in same
    )


def _overlap(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[0] < other[1] and other[0] < one[1])


@transaction.atomic
def say_again(*, actor: Person, quarter: date) -> Availability:
    """The same times as in the quarter before, in one tap; single days are left out. Where
    something is said of the quarter already, it stays."""
    _check_quarter(quarter)
    known = Availability.objects.filter(person=actor, quarter=quarter).first()
    if known is not None:
        return known
    last = policy.own(actor).filter(quarter=before(quarter)).first()
    if last is None:
        raise Conflict(_("Last quarter you said nothing. Say when you have time."))
    weekly = [window for window in windows_of(last) if window.day is None]
    if not weekly:
        raise Conflict(_("Last quarter you named single days only. Say which they are this time."))
    return state_time(
        actor=actor,
        quarter=quarter,
        windows=weekly,
        terms=_terms_of(last),
        offers=last.offers.all(),
        chapters=last.chapters.all(),
    )


def _terms_of(last: Availability) -> Terms:
    return Terms(
        timezone=last.timezone,
        minutes=last.minutes,
        most_hours=last.most_hours,
        manner=last.manner,
        place=last.place.name if last.place else "",
        within_km=last.within_km,
        where=last.where,
        online_link=last.online_link,
        only_unpaid=last.only_unpaid,
        sectors=last.sectors,
    )


@transaction.atomic
def pause(*, actor: Person, is_paused: bool) -> int:
    """Give no time for now, or again; what was agreed stays. Returns in how many quarters."""
    rows = Availability.objects.select_for_update().filter(person=actor)
    rows = rows.filter(quarter__gte=quarter_of(clock.today()))
    changed = [one for one in rows.order_by("id") if one.is_paused != is_paused]
    for availability in changed:
        availability.is_paused = is_paused
        availability.save(update_fields=["is_paused"])
        verb = "paused" if is_paused else "resumed"
        journal.record(f"hours.{verb}", availability.id, actor=actor.id)
    return len(changed)
