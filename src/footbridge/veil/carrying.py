"""What a listed person said of themself, carried under the radar, and carried back out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from footbridge.core import clock
from footbridge.exchange import actions as exchange_actions
from footbridge.exchange import queries as exchange
from footbridge.network import actions as network_actions
from footbridge.network import queries as network
from footbridge.people import actions as people_actions
from footbridge.people import places
from footbridge.people import queries as people
from footbridge.people.gazetteer import Found
from footbridge.people.models import Affiliation, Chapter, Member, Person, Place
from footbridge.people.states import FIELDS, Seen
from footbridge.veil.profile import Blocks, Knows, Profile, Spot, Work


def profile_of(person: Person) -> Profile:
    """All that is worth keeping of a person who goes under the radar. Whom they wish to avoid is
    carried along as whom they stay away from."""
    return Profile(
        name=person.name,
        address=person.email or "",
        headline=person.headline,
        about=person.about,
        sector=person.sector,
        place=spot_of(person.place) if person.place else None,
        chapter=str(person.chapter_id or ""),
        languages=tuple(person.languages),
        website=person.website,
        needs=tuple(card.text for card in exchange.needs_of(person, person)),
        offers=tuple(card.text for card in exchange.offers_of(person, person)),
        causes=tuple(str(card.id) for card in exchange.causes_of(person, person)),
        work=tuple(_work(person)),
        knows=tuple(_knows(person)),
        blocks=Blocks(people=tuple(sorted(str(one) for one in network.avoided_by(person)))),
        since=clock.today().isoformat(),
        shown={field: _among_members(getattr(person, f"{field}_seen_by")) for field in FIELDS},
    )


def _among_members(seen: str) -> str:
    """What was for everyone on the web is for members when somebody comes out: to be public is
    for them to say anew."""
    return Seen.MEMBERS.value if seen == Seen.EVERYONE else seen


def _work(person: Person) -> Iterable[Work]:
    rows = Affiliation.objects.filter(person=person).select_related("organisation")
    for row in rows.order_by("-since", "id"):
        if row.is_current:
            organisation = row.organisation
            group = str(organisation.group_id or "")
            yield Work(organisation.name, row.role, str(organisation.id), group)


def _knows(person: Person) -> Iterable[Knows]:
    for tie in network.my_ties(person):
        yield Knows(str(tie.other.id), str(tie.strength))


def say_again(person: Person, profile: Profile) -> None:
    """Have somebody who came out say as a member what they said under the radar."""
    people_actions.show(actor=person, **profile.shown)
    people_actions.edit(person, person, **_details(profile))
    for text in profile.needs:
        exchange_actions.open_need(actor=person, owner=person, text=text)
    for text in profile.offers:
        exchange_actions.open_offer(actor=person, owner=person, text=text)
    causes = exchange.causes_by_ids(profile.causes)
    exchange_actions.care_for(actor=person, member=person, causes=causes)
    for work in profile.work:
        _work_again(person, work)
    for known in profile.knows:
        _know_again(person, known)


def _details(profile: Profile) -> dict[str, Any]:
    return {
        "headline": profile.headline,
        "about": profile.about,
        "sector": profile.sector,
        "languages": list(profile.languages),
        "website": profile.website,
        "place": _place_of(profile),
    }


def spot_of(place: Place | Found) -> Spot:
    """A place in values."""
    return Spot(place.name, place.country, place.latitude, place.longitude)


def _place_of(profile: Profile) -> Place | None:
    """Where somebody who comes out lives, as a place of this network."""
    spot = profile.place
    return places.named(spot.name, country=spot.country or None) if spot else None


def chapter_of(profile: Profile) -> Chapter | None:
    """The chapter at which someone under the radar is at home, if it still stands."""
    return Chapter.objects.filter(id=profile.chapter).first() if profile.chapter else None


def _work_again(person: Person, work: Work) -> None:
    """At an organisation that is listed. One that is not stays unsaid: to bring it in is an act
    of its own."""
    found = people.by_ids(person, _ids([work.organisation])).values()
    organisation = next(iter(found), None) or people.organisation_named(person, work.name)
    if organisation is not None and not organisation.is_person:
        people_actions.add_affiliation(
            actor=person,
            person=person,
            organisation=people.as_organisation(organisation),
            role=work.role,
        )


def _know_again(person: Person, known: Knows) -> None:
    other = member_of(known.member, person)
    if other is not None:
        network_actions.state_tie(actor=person, other=other, strength=known.strength)


def member_of(text: str, viewer: Person) -> Member | None:
    """A listed member by the id that a profile keeps; None where they are gone."""
    return next(iter(people.by_ids(viewer, _ids([text])).values()), None)


def _ids(texts: Iterable[str]) -> list[Any]:
    return [found for text in texts if text and (found := people.as_id(text))]
