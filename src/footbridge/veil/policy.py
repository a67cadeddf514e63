"""Who may learn of whom: never the own employer, its group, its mail, or anyone on the list of
those whom a person under the radar stays away from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.core.words import fold
from footbridge.people.models import Person
from footbridge.people.queries import Surroundings, groups_above, surroundings_of, work_domain
from footbridge.people.states import Standing
from footbridge.veil.models import Approach, Hidden, StandingYes
from footbridge.veil.profile import Profile
from footbridge.veil.sealing import digest


def name_of_person(person_id: uuid.UUID) -> str:
    """Under which digest the veil store knows a listed person."""
    return digest("person", person_id.hex)


def name_of_hidden(hidden_id: uuid.UUID) -> str:
    """Under which digest the veil store knows someone under the radar as the other side."""
    return digest("hidden", hidden_id.hex)


def approaches_to(reader: str) -> QuerySet[Approach]:
    """What came to someone from under the radar; `reader` is their digest."""
    return Approach.objects.filter(other=reader).select_related("hidden")


def approaches_of(hidden_id: uuid.UUID) -> QuerySet[Approach]:
    """What someone under the radar began."""
    return Approach.objects.filter(hidden=hidden_id)


def hidden_by_id(hidden_id: uuid.UUID) -> Hidden:
    """Someone under the radar by an id that they handed over themself; NotHere where they left."""
    found = Hidden.objects.filter(id=hidden_id).first()
    if found is None:
        raise NotHere
    return found


def open_yeses() -> QuerySet[StandingYes]:
    """The standing yeses that hold now: of people who joined and do not pause."""
    here = StandingYes.objects.filter(since__isnull=False, person__standing=Standing.JOINED)
    awake = here.exclude(person__paused_until__gte=clock.today())
    return awake.select_related("person__place").order_by("-since", "id")


def covers(yes: StandingYes, profile: Profile) -> bool:
    """Whether a standing yes was said to somebody like this."""
    in_sector = not yes.sectors or profile.sector in yes.sectors
    in_cause = not yes.causes or bool(set(yes.causes) & set(profile.causes))
    return in_sector and in_cause


def may_be_asked(person: Person) -> bool:
    """Cards reach people who joined, do not pause, and did not refuse them."""
    refused = StandingYes.objects.filter(person=person, takes_cards=False).exists()
    return person.has_joined and not person.is_paused and not refused


def kept_from(profile: Profile, people: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of some people who must never learn anything of this person."""
    wanted = list(people)
    avoided = avoided_by(profile)
    around = surroundings_of(wanted)
    return {
        one for one in wanted if str(one) in profile.blocks.people or around[one].meets(avoided)
    }


def avoided_by(profile: Profile) -> Surroundings:
    """The own employers with their groups and mail, and what else is on the list."""
    blocks = profile.blocks
    employers = [work.organisation for work in profile.work if work.organisation]
    organisations = groups_above([*employers, *blocks.organisations, *blocks.groups])
    domains = {work_domain(profile.address), profile.proven_domain, *blocks.domains} - {""}
    return Surroundings(
        frozenset(organisations),
        frozenset(fold(work.name) for work in profile.work if work.name),
        frozenset(domains),
    )


def strangers(one: Profile, other: Profile) -> bool:
    """Whether two people under the radar may learn of each other: neither stays away from where
    the other works."""
    return not (avoided_by(one).meets(avoided_by(other)))
