"""Who is never, or not now, to be suggested to whom, for many members at once.

The same rule as `network.queries` has for one person, in a number of queries that does not grow
with the people asked about.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from footbridge.core import clock
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import OPEN, State
from footbridge.network.models import Competitor, Preference
from footbridge.network.policy import in_force
from footbridge.network.states import Wish
from footbridge.people.models import Affiliation
from footbridge.people.policy import current, open_to_members

Ids = set[uuid.UUID]


def wished_by_either(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, Ids]:
    """For each person, everyone with whom they are never to be brought together, whichever side
    wishes it. Neither side learns whose wish it was."""
    return _apart(people, [Wish.AVOID])


def never_at_one_table(people: Sequence[uuid.UUID]) -> dict[uuid.UUID, Ids]:
    """The same, and with whom they compete closely, whichever side says so. It holds at tables
    alone: competitors are suggested to each other like anybody else."""
    asked = set(people)
    acts_for = organisations_of(asked)
    theirs = asked.union(*acts_for.values())
    either = Q(owner__in=asked) | Q(about__in=theirs)
    avoided = in_force(Preference.objects.filter(either, wish=Wish.AVOID)).order_by()
    rivals = Competitor.objects.filter(either).order_by()
    said = [*avoided.values_list("owner", "about"), *rivals.values_list("owner", "about")]
    return _from_both_sides(asked, acts_for, said)


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
    avoided = [(owner, about) for owner, about, wish in said if wish == Wish.AVOID]
    found = _from_both_sides(asked, acts_for, avoided)
    for owner, about, _wish in said:
        if owner in asked and about != owner:
            found[owner].add(about)
    return found


def _from_both_sides(
    asked: Ids, acts_for: Mapping[uuid.UUID, Ids], said: Iterable[tuple[uuid.UUID, uuid.UUID]]
) -> dict[uuid.UUID, Ids]:
    """What one says of another holds for both; with an organisation go those who act for it."""
    said = list(said)
    colleagues = _people_of({about for _owner, about in said})
    said_by: dict[uuid.UUID, Ids] = defaultdict(set)
    found: dict[uuid.UUID, Ids] = {person: set() for person in asked}
    for owner, about in said:
        said_by[about].add(owner)
        if owner in asked:
            found[owner] |= {about} | colleagues[about]
    for person in asked:
        for one in (person, *acts_for[person]):
            found[person] |= said_by[one]
        found[person].discard(person)
    return found


def organisations_of(people: Ids, *, openly: bool = False) -> dict[uuid.UUID, Ids]:
    """The organisations that each person acts for today; `openly`, of those alone who let all
    members know."""
    found: dict[uuid.UUID, Ids] = defaultdict(set)
    rows = Affiliation.objects.filter(current(), person__in=people).order_by()
    if openly:
        rows = rows.filter(open_to_members("work", "person__"))
    for person, organisation in rows.values_list("person_id", "organisation_id"):
        found[person].add(organisation)
    return found


def _people_of(organisations: Ids) -> dict[uuid.UUID, Ids]:
    found: dict[uuid.UUID, Ids] = defaultdict(set)
    rows = Affiliation.objects.filter(current(), organisation__in=organisations).order_by()
    for person, organisation in rows.values_list("person_id", "organisation_id"):
        found[organisation].add(person)
    return found
