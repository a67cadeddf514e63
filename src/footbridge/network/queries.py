"""Reading ties, wishes and contacts, always for a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from footbridge.core import links
from footbridge.core.audience import Operator
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.network import policy
from footbridge.network.cards import ContactCard, KnownMember, TieCard, WishCard
from footbridge.network.models import Contact, Findable, Preference, Tie
from footbridge.network.sealing import open_many, open_seal, work_from
from footbridge.network.states import Strength, TieKind, TieState, Wish
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Affiliation, Member, Person
from footbridge.people.policy import Viewer, acted_for_ids, current
from footbridge.people.queries import plain
from footbridge.people.states import Standing

# Ties.


def get_tie(viewer: Viewer, tie_id: uuid.UUID | str) -> Tie:
    """One tie, or NotHere: missing and hidden answer alike."""
    try:
        wanted = uuid.UUID(str(tie_id))
    except ValueError as error:
        raise NotHere from error
    found = _with_confirmation(policy.visible_to(viewer)).filter(id=wanted).first()
    if found is None:
        raise NotHere
    return found


def get_card(viewer: Viewer, tie_id: uuid.UUID | str) -> TieCard:
    """The card of one tie, or NotHere."""
    return _tie_cards(viewer, [get_tie(viewer, tie_id)])[0]


def said_of(viewer: Person, other: Member) -> Tie | None:
    """What one said of another oneself, or was asked to say, if anything."""
    return Tie.objects.filter(teller=viewer, other=other).first()


def _with_confirmation(ties: QuerySet[Tie]) -> QuerySet[Tie]:
    """A tie is confirmed when both sides have stated it: `tie.confirmed`."""
    mirror = Tie.objects.filter(
        teller=OuterRef("other"), other=OuterRef("teller"), state=TieState.STATED
    )
    rows = ties.annotate(confirmed=Exists(mirror))
    return rows.select_related("teller", "other", "proposed_by")


def ties_of(viewer: Viewer, member: Member) -> list[TieCard]:
    """The ties of a member as far as the viewer may know of them: what the member said first."""
    rows = policy.visible_to(viewer).filter(Q(teller=member) | Q(other=member))
    found = _with_confirmation(rows.filter(state=TieState.STATED))
    ordered = sorted(found, key=lambda tie: (tie.teller_id != member.id, str(tie.id)))
    return _tie_cards(viewer, ordered)


def my_ties(viewer: Person) -> list[TieCard]:
    """What one has said of others oneself, in whatever state, the latest first."""
    rows = policy.visible_to(viewer).filter(teller=viewer).exclude(state=TieState.PROPOSED)
    return _tie_cards(viewer, _with_confirmation(rows).order_by("-created_at", "id"))


def said_of_me(viewer: Person) -> list[TieCard]:
    """What others said of one and one has not answered: to confirm by a statement of one's own."""
    rows = policy.visible_to(viewer).filter(other=viewer, state=TieState.STATED)
    mine = Tie.objects.filter(teller=viewer, other=OuterRef("teller"))
    unanswered = rows.filter(~Exists(mine.exclude(state=TieState.PROPOSED)))
    return _tie_cards(viewer, _with_confirmation(unanswered).order_by("-created_at", "id"))


def proposals_for(viewer: Person) -> list[TieCard]:
    """Ties that a host asked one about and one has not answered, the oldest first."""
    asked = Tie.objects.filter(teller=viewer, state=TieState.PROPOSED)
    if not asked.exists():  # as for most, most of the time
        return []
    rows = policy.visible_to(viewer).filter(id__in=asked.values("id"))
    return _tie_cards(viewer, _with_confirmation(rows).order_by("created_at", "id"))


def proposal_for(token: str) -> tuple[Person, Tie]:
    """The person asked and the tie of a link that asks whether it is so."""
    link = links.read(token, "tie")
    tie = _with_confirmation(Tie.objects.filter(id=link.thing)).first()
    if tie is None or tie.teller_id != link.person or not tie.teller.is_person:
        raise LinkNotValid(_("This link is no longer good."))
    return people.as_person(tie.teller), tie


def _tie_cards(viewer: Viewer, ties: Iterable[Tie]) -> list[TieCard]:
    rows = list(ties)
    found = people.by_ids(viewer, {i for tie in rows for i in (tie.teller_id, tie.other_id)})
    mine = _spoken_for(viewer)
    return [
        TieCard(
            id=tie.id,
            teller=card(viewer, found[tie.teller_id]),
            other=card(viewer, found[tie.other_id]),
            kind=tie.kind,
            strength=tie.strength,
            how=tie.how,
            since=tie.since,
            last_confirmed=tie.last_confirmed,
            state=tie.state,
            is_confirmed=tie.confirmed and tie.state == TieState.STATED,  # type: ignore[attr-defined]
            is_mine=tie.teller_id in mine,
            proposed_by=tie.proposed_by.name if tie.proposed_by else "",
            version=tie.version,
        )
        for tie in rows
        if tie.teller_id in found and tie.other_id in found
    ]


def _spoken_for(viewer: Viewer) -> set[uuid.UUID]:
    if isinstance(viewer, Operator):
        return set()
    return {viewer.id, *acted_for_ids(viewer)}


def vouch_counts(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many members trust each of some people enough to vouch for them."""
    trusted = Tie.objects.filter(
        other__in=list(people),
        kind=TieKind.KNOWS,
        strength=Strength.TRUST,
        state=TieState.STATED,
        teller__standing=Standing.JOINED,
    )
    counted = trusted.order_by().values("other").annotate(vouches=Count("id"))
    return {row["other"]: row["vouches"] for row in counted}


# Wishes.


def wishes(viewer: Person) -> list[WishCard]:
    """What one privately wishes about others, the latest first."""
    rows = list(policy.preferences_visible_to(viewer).order_by("-since", "id"))
    found = people.by_ids(viewer, [row.about_id for row in rows])
    return [
        WishCard(card(viewer, found[row.about_id]), row.wish, row.until, row.version)
        for row in rows
        if row.about_id in found
    ]


def competitors(viewer: Person) -> list[MemberCard]:
    """Whom one competes with closely, the latest first, for oneself alone."""
    rows = policy.competitors_visible_to(viewer).order_by("-since", "id")
    ids = list(rows.values_list("about_id", flat=True))
    found = people.by_ids(viewer, ids)
    return [card(viewer, found[one]) for one in ids if one in found]


def avoided_by(person: Person) -> set[uuid.UUID]:
    """The members with whom someone wishes never to be brought together."""
    return _wished(person, [Wish.AVOID])


def set_aside_by(person: Person) -> set[uuid.UUID]:
    """The members whom nobody is to suggest to someone today, whatever the wish."""
    return _wished(person, Wish.values)


def _wished(person: Person, words: Iterable[str]) -> set[uuid.UUID]:
    rows = policy.preferences_visible_to(person).filter(wish__in=list(words))
    return set(rows.values_list("about_id", flat=True))


def kept_apart_from(person: Person) -> set[uuid.UUID]:
    """Everyone with whom someone is never to be brought together, whichever side wishes it; with
    an organisation go those who act for it. Neither side ever learns whose wish it was."""
    avoided = avoided_by(person)
    colleagues = Affiliation.objects.filter(current(), organisation__in=avoided)
    theirs = [person.id, *_organisations_of(person)]
    avoiding = policy.in_force(Preference.objects.filter(wish=Wish.AVOID, about__in=theirs))
    found = avoided | set(colleagues.values_list("person_id", flat=True))
    return (found | set(avoiding.values_list("owner_id", flat=True))) - {person.id}


def _organisations_of(person: Person) -> list[uuid.UUID]:
    rows = Affiliation.objects.filter(current(), person=person)
    return list(rows.values_list("organisation_id", flat=True))


# Contacts.


def known_members(viewer: Person) -> list[KnownMember]:
    """Who of one's own contacts is here and wishes to be found, by name."""
    matches = _matches(viewer)
    found = people.by_ids(viewer, matches)
    known = [
        KnownMember(card(viewer, found[person_id]), open_seal(viewer.id, bytes(contact.sealed)))
        for person_id, contact in matches.items()
        if person_id in found
    ]
    return sorted(known, key=lambda one: (one.member.name, one.member.id))


def known_member_ids(viewer: Person) -> set[uuid.UUID]:
    """The same people by id: where one's own warm paths may begin."""
    return set(_matches(viewer))


def my_contacts(viewer: Person) -> list[ContactCard]:
    """One's own address book, row by row, with who of it is here and wishes to be found."""
    rows = list(policy.contacts_visible_to(viewer).order_by("imported_at", "id"))
    names = open_many(viewer.id, (row.sealed for row in rows))
    works = open_many(viewer.id, (row.sealed_work for row in rows))
    here = {contact.id: person for person, contact in _matches(viewer).items()}
    return [
        ContactCard(row.id, name, work_from(work), here.get(row.id))
        for row, name, work in zip(rows, names, works, strict=True)
    ]


def _matches(viewer: Person) -> dict[uuid.UUID, Contact]:
    rows = policy.contacts_visible_to(viewer)
    contacts = rows.filter(Exists(policy.findable_to_owner_of_contact()))
    by_digest = {contact.digest: contact for contact in contacts}
    digests = Findable.objects.filter(digest__in=contacts.values("digest"))
    apart = avoided_by(viewer)
    return {
        row.person_id: by_digest[row.digest]
        for row in digests
        if row.digest in by_digest and row.person_id not in apart
    }


# Everything about one person.


def export_of(person: Person) -> dict[str, Any]:
    """This room's part of a personal export: one's ties, what one may know that others said of
    one, one's wishes and contacts."""
    of_me = policy.visible_to(person).filter(other=person, state=TieState.STATED)
    told = Tie.objects.filter(teller=person).order_by("created_at", "id")
    contacts = policy.contacts_visible_to(person).order_by("imported_at", "id")
    return {
        "ties": _rows(told, _TIE_FIELDS),
        "said_of_me": _rows(of_me.order_by("created_at", "id"), _TOLD_FIELDS),
        "wishes": _rows(
            policy.preferences_visible_to(person).order_by("since", "id"),
            ["about__name", "wish", "until", "since"],
        ),
        "competitors": _rows(
            policy.competitors_visible_to(person).order_by("since", "id"), ["about__name", "since"]
        ),
        "contacts": [
            {
                "name": open_seal(person.id, bytes(contact.sealed)),
                "work": _work(person, contact),
                "source": contact.source,
                "imported_at": plain(contact.imported_at),
            }
            for contact in contacts
        ],
    }


def _work(person: Person, contact: Contact) -> dict[str, str]:
    return vars(work_from(open_seal(person.id, bytes(contact.sealed_work))))


_SAID_FIELDS = ["kind", "strength", "how", "since", "last_confirmed", "state", "created_at"]
_TIE_FIELDS = ["other__name", *_SAID_FIELDS]
_TOLD_FIELDS = ["teller__name", *_SAID_FIELDS]


def _rows(rows: Any, names: list[str]) -> list[dict[str, Any]]:
    return [
        {name.removesuffix("__name"): plain(row[name]) for name in names}
        for row in rows.values(*names)
    ]
