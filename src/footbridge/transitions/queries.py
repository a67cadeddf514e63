"""Reading passages, lists and questions to guides, always for a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.people import queries as people
from footbridge.people.cards import MemberCard, card
from footbridge.people.models import Member, Person
from footbridge.people.policy import Viewer
from footbridge.transitions import policy
from footbridge.transitions.cards import (
    AskCard,
    ListCard,
    TransitionCard,
    ask_card,
    list_card,
    transition_card,
)
from footbridge.transitions.models import GuideAsk, StepNote, Transition
from footbridge.transitions.states import Role, State

# Passages.


def get(viewer: Viewer, transition_id: uuid.UUID) -> Transition:
    """One passage, or NotHere: missing and hidden answer alike."""
    found = policy.visible_to(viewer).filter(id=transition_id).first()
    if found is None:
        raise NotHere
    return found


def get_own(viewer: Person, transition_id: uuid.UUID) -> Transition:
    """One of one's own, or NotHere."""
    found = policy.own(viewer).select_related("person__place", "person__chapter")
    row = found.filter(id=transition_id).first()
    if row is None:
        raise NotHere
    return row


def get_lived(viewer: Person, transition_id: uuid.UUID) -> Transition:
    """What somebody is glad to be asked about, or NotHere."""
    open_ = policy.guides_open_to(viewer).filter(glad_to_be_asked=True)
    found = open_.filter(id=transition_id).first()
    if found is None:
        raise NotHere
    return found


def mine(viewer: Person) -> list[TransitionCard]:
    """One's own, what one is in now first."""
    rows = policy.own(viewer).select_related("person__place", "person__chapter")
    return cards(viewer, rows)


def present(viewer: Person) -> Transition | None:
    """What somebody is in now, the latest first; else what they lived."""
    rows = policy.own(viewer).select_related("person__place", "person__chapter")
    return rows.first()


def of_member(viewer: Viewer, member_id: uuid.UUID) -> list[TransitionCard]:
    """What a member passes or passed through, as far as they let the viewer know."""
    return cards(viewer, policy.visible_to(viewer).filter(person=member_id))


def cards(viewer: Viewer, rows: Iterable[Transition]) -> list[TransitionCard]:
    """The cards of some passages, in a fixed number of queries."""
    known = list(rows)
    found = people.by_ids(viewer, {row.person_id for row in known})
    for row in known:
        if row.person_id in found:
            row.person = people.as_person(found[row.person_id])
    return [transition_card(viewer, row) for row in known if row.person_id in found]


def list_of(viewer: Person, transition: Transition) -> ListCard:
    """The steps of one's own passage, with what one wrote."""
    rows = StepNote.objects.filter(transition=transition.id, transition__person=viewer)
    return list_card(transition, {row.step: row for row in rows})


# Questions.


def get_ask(viewer: Viewer, ask_id: uuid.UUID) -> GuideAsk:
    """One question, or NotHere."""
    found = policy.asks_visible_to(viewer).filter(id=ask_id).first()
    if found is None or _is_no_longer_asked(viewer, found):
        raise NotHere
    return found


def _is_no_longer_asked(viewer: Viewer, ask: GuideAsk) -> bool:
    """What was withdrawn is nothing to the one who was asked."""
    return ask.state == State.WITHDRAWN and policy.role_of(viewer, ask) == Role.GUIDE


def asks_of(viewer: Person) -> list[AskCard]:
    """One's questions to others, and those of others to oneself; the latest first."""
    rows = policy.asks_visible_to(viewer)
    return _ask_cards(viewer, [row for row in rows if not _is_no_longer_asked(viewer, row)])


def waiting_for(viewer: Person) -> list[AskCard]:
    """What somebody is asked and can still answer, the oldest first."""
    rows = policy.asks_visible_to(viewer).filter(guide=viewer, state=State.ASKED)
    return _ask_cards(viewer, rows.filter(expires_at__gt=clock.now()).order_by("asked_at", "id"))


def ask_card_of(viewer: Person, ask: GuideAsk) -> AskCard:
    """The card of one question."""
    found = _ask_cards(viewer, [ask])
    if not found:
        raise NotHere
    return found[0]


def _ask_cards(viewer: Person, rows: Iterable[GuideAsk]) -> list[AskCard]:
    known = list(rows)
    others = {row.guide_id if row.asker_id == viewer.id else row.asker_id for row in known}
    found = people.by_ids(viewer, others) if others else {}
    about = _told_about(viewer, known)
    for row in known:
        _at_hand(viewer, row, found)
    return [
        ask_card(viewer, row, _other(viewer, row, found), _about_id(viewer, row) in about)
        for row in known
    ]


def _at_hand(viewer: Person, row: GuideAsk, found: dict[uuid.UUID, Member]) -> None:
    """Have the other's passage know its person, who was read with all the others."""
    theirs = row.lived if row.asker_id == viewer.id else row.transition
    them = row.guide if row.asker_id == viewer.id else row.asker
    if theirs is not None:
        theirs.person = people.as_person(found.get(theirs.person_id, them))


def _other(viewer: Person, row: GuideAsk, found: dict[uuid.UUID, Member]) -> MemberCard:
    """Who asked is shown by name to whom they asked, even where they may not be looked up."""
    them = row.guide if row.asker_id == viewer.id else row.asker
    return card(viewer, found.get(them.id, them))


def _about_id(viewer: Person, row: GuideAsk) -> uuid.UUID | None:
    return row.lived_id if row.asker_id == viewer.id else row.transition_id


def _told_about(viewer: Person, rows: list[GuideAsk]) -> set[uuid.UUID]:
    """Of what the questions are about, what the viewer may know today."""
    wanted = {one for row in rows if (one := _about_id(viewer, row))}
    if not wanted:
        return set()
    known = policy.visible_to(viewer).filter(id__in=wanted).values_list("id", flat=True)
    glad = policy.guides_open_to(viewer).filter(id__in=wanted).values_list("id", flat=True)
    return {*known, *glad}


# Links.


def ask_path(ask: GuideAsk, person: Person) -> str:
    """The link that is one person's way to a question."""
    lasts = ask.expires_at + policy.LINK_LASTS_AFTERWARDS - clock.now()
    token = links.sign(policy.LINK_PURPOSE, ask.id, person.id, lasts=max(timedelta(days=1), lasts))
    return f"/guide/{token}/"


def ask_by_link(token: str) -> tuple[Person, GuideAsk]:
    """Whom a link was made for, and the question. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more.
    """
    link = links.read(token, policy.LINK_PURPOSE)
    rows = GuideAsk.objects.select_related(
        "asker__chapter", "guide__chapter", "transition", "lived"
    )
    ask = rows.filter(id=link.thing).first()
    both = (ask.asker, ask.guide) if ask else ()
    person = next((one for one in both if one.id == link.person), None)
    if ask is None or person is None:
        raise LinkNotValid(_("This link opens nothing any more."))
    return person, ask
