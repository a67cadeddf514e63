"""Who is never, or not now, to be suggested to whom, for many members at once.

The same rule as `network.queries` has for one person, in a number of queries that does not grow
with the people asked about.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from footbridge.core import clock
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import OPEN, State
from footbridge.network.models import Preference
from footbridge.network.policy import in_force
from footbridge.network.states import Wish
from footbridge.people.models import Affiliation
from footbridge.people.policy import current

Ids = set[uuid.UUID]


def wished_by_either(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, Ids]:
    """For each person, everyone with whom they are never to be brought together, whichever side
    wishes it. Neither side learns whose wish it was."""
    return _apart(people, [Wish.AVOID])


def set_aside(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, Ids]:
    """The same, whom each person does not want to see suggested for now, and whom they have been
    introduced to or, as far as they know, are being introduced to."""
    found = _apart(people, Wish.values)
    for person, others in _introduced(people).items():
        found[person] |= others
    return found


def _introduced(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, Ids]:
    """Both of a pair that was introduced; of one still asked for, only whoever asked, since the
    other may not know yet. A refusal looks like waiting until the date for answers."""
    made = Q(state__in=(State.INTRODUCED, State.CLOSED))
    asked = Q(state__in=(*OPEN, State.NOT_NOW), expires_at__gt=clock.now())
    rows = Introduction.objects.filter(made | asked).order_by()
    mine = rows.filter(Q(seeker__in=people) | Q(target__in=people))
    found: dict[uuid.UUID, Ids] = {person: set() for person in people}
    for seeker, target, state in mine.values_list("seeker_id", "target_id", "state"):
        if seeker in found:
            found[seeker].add(target)
        if target in found and state in (State.INTRODUCED, State.CLOSED):
            found[target].add(seeker)
    return found


def _apart(people: Sequence[uuid.UUID], wishes: Iterable[str]) -> dict[uuid.UUID, Ids]:
    asked = set(people)
    acts_for = organisations_of(asked)
    theirs = asked.union(*acts_for.values())
    mine = Q(owner__in=asked, wish__in=list(wishes))
    of_me = Q(about__in=theirs, wish=Wish.AVOID)
    rows = in_force(Preference.objects.filter(mine | of_me)).values_list("owner", "about", "wish")
    said = list(rows)
    colleagues = _people_of({about for _, about, wish in said if wish == Wish.AVOID})
    avoided_by: dict[uuid.UUID, Ids] = defaultdict(set)
    found: dict[uuid.UUID, Ids] = {person: set() for person in asked}
    for owner, about, wish in said:
        if wish == Wish.AVOID:
            avoided_by[about].add(owner)
        if owner in asked:
            found[owner] |= {about} | (colleagues[about] if wish == Wish.AVOID else set())
    for person in asked:
        for one in (person, *acts_for[person]):
            found[person] |= avoided_by[one]
        found[person].discard(person)
    return found


def organisations_of(people: Ids) -> dict[uuid.UUID, Ids]:
    """The organisations that each person acts for today."""
    found: dict[uuid.UUID, Ids] = defaultdict(set)
    rows = Affiliation.objects.filter(current(), person__in=people).order_by()
    for person, organisation in rows.values_list("person_id", "organisation_id"):
        found[person].add(organisation)
    return found


def _people_of(organisations: Ids) -> dict[uuid.UUID, Ids]:
    found: dict[uuid.UUID, Ids] = defaultdict(set)
    rows = Affiliation.objects.filter(current(), organisation__in=organisations).order_by()
    for person, organisation in rows.values_list("person_id", "organisation_id"):
        found[organisation].add(person)
    return found
