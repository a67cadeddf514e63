"""From under the radar to another person: by a standing yes at once, by a veiled card in two
steps. Either way both names appear at the same moment, to these two and to nobody else."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from footbridge.core.words import clean_line
from footbridge.people.models import Person
from footbridge.veil import letters, policy, queries, store
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Approach, Hidden
from footbridge.veil.states import MOVES, Seen, Step, Way

ANSWERED_WITHIN = timedelta(days=14)
MOST_WAITING = 3
LONGEST_WORDS, LONGEST_ASK = 300, 300


@transaction.atomic
def say_yes(*, actor: Self, yes_id: uuid.UUID) -> Approach:
    """Answer a standing yes: now both said yes, and both learn who the other is.

    NotHere where the yes was taken back, is not for somebody like this, or is of someone this
    person stays away from: which of these, nobody learns.
    """
    with lifted(Service.MEETING):
        hidden = store.held(actor.id)
        peer = queries.glad_peer(hidden, yes_id)
        if peer is not None:
            return _meet_peer(hidden, peer)
        person = queries.glad_person(hidden, yes_id)
        said = _said(Way.STANDING_YES, Step.REVEALED, VeiledCard()) | {"person": str(person.id)}
        approach = _begin(hidden, policy.name_of_person(person.id), said)
        _reveal(hidden, person)
        return approach


def _meet_peer(hidden: Hidden, peer: Hidden) -> Approach:
    said = _said(Way.STANDING_YES, Step.REVEALED, VeiledCard()) | {"peer": str(peer.id)}
    approach = _begin(hidden, policy.name_of_hidden(peer.id), said)
    for one in (hidden, peer):
        store.note(one, Seen.NAME)
        letters.to_hidden(one.id, store.profile_in(one), "veil_met")
    return approach


@transaction.atomic
def send_card(*, actor: Self, person: Person, card: VeiledCard) -> Approach:
    """Show one listed person a few chosen lines, and ask whether they would like to meet.

    It never reaches the own employer, its group, its mail domains, or who is on the list; nobody
    who pauses or refuses cards. One card each; three wait for an answer at most.
    """
    with lifted(Service.MEETING):
        hidden = store.held(actor.id)
        profile = store.profile_in(hidden)
        if policy.kept_from(profile, [person.id]):
            raise DomainError(_("You stay away from this person, or from where they work."))
        if not policy.may_be_asked(person):
            raise DomainError(_("They take no cards at present."))
        _within_limit(hidden)
        shown = replace(
            _tidied(card),
            vouches=len(profile.vouches),
            has_work_mailbox=bool(profile.proven_domain),
        )
        said = _said(Way.CARD, Step.WAITING, shown) | {"person": str(person.id)}
        approach = _begin(hidden, policy.name_of_person(person.id), said)
        store.note(hidden, Seen.CARD, by=person.name)
        letters.to_person(person, "veil_card")
        return approach


def _within_limit(hidden: Hidden) -> None:
    said = [store.said_in(one) for one in policy.approaches_of(hidden.id)]
    if sum(store.shown_step(one) == Step.WAITING for one in said) >= MOST_WAITING:
        raise LimitReached(_("Three cards wait for an answer already. Give them a little time."))


def _tidied(card: VeiledCard) -> VeiledCard:
    words, ask = clean_line(card.words)[:LONGEST_WORDS], clean_line(card.ask)[:LONGEST_ASK]
    if not words and not ask:
        raise DomainError(_("Say in a few words who you are, or what you ask."), field="words")
    return replace(card, words=words, ask=ask)


def _said(way: Way, step: Step, card: VeiledCard) -> dict[str, Any]:
    now = clock.now()
    return {
        "way": str(way),
        "step": str(step),
        "card": asdict(card),
        "made_at": now.isoformat(),
        "until": (now + ANSWERED_WITHIN).isoformat(),
    }


def _begin(hidden: Hidden, other: str, said: dict[str, Any]) -> Approach:
    approach = Approach(hidden=hidden, other=other)
    try:
        with transaction.atomic():
            store.keep(approach, said)
    except IntegrityError as error:
        raise Conflict(_("You have turned to them before.")) from error
    return approach


def _reveal(hidden: Hidden, person: Person) -> None:
    store.note(hidden, Seen.NAME, by=person.name)
    letters.to_person(person, "veil_met")
    letters.to_hidden(hidden.id, store.profile_in(hidden), "veil_met")


@transaction.atomic
def answer(*, actor: Person, approach_id: uuid.UUID, is_yes: bool) -> None:
    """Say yes or not now to a veiled card. After a yes both names appear; a "not now" is silent,
    and looks like no answer."""
    with lifted(Service.MEETING):
        approach = _waiting_for(actor, approach_id)
        said = store.said_in(approach)
        step = Step.REVEALED if is_yes else Step.NOT_NOW
        if step not in MOVES.get(Step(said["step"]), ()):
            raise Conflict(_("This has been answered."))
        store.keep(approach, said | {"step": str(step)})
        if is_yes:
            _reveal(approach.hidden, actor)


def _waiting_for(actor: Person, approach_id: uuid.UUID) -> Approach:
    """The card, held together with the row of who sent it; NotHere once its time is over."""
    found = policy.approaches_to(policy.name_of_person(actor.id)).filter(id=approach_id).first()
    if found is None:
        raise NotHere
    store.held(found.hidden_id)
    approach = Approach.objects.select_related("hidden").get(id=found.id)
    said = store.said_in(approach)
    if said["step"] == Step.WAITING and store.moment(said["until"]) <= clock.now():
        raise NotHere
    return approach


@transaction.atomic
def withdraw(*, actor: Self, approach_id: uuid.UUID) -> None:
    """Take a card back. Whoever had it no longer sees it, as if it had never come. Where it was
    refused meanwhile, nobody learns so by this."""
    with lifted(Service.MEETING):
        store.held(actor.id)
        approach = policy.approaches_of(actor.id).filter(id=approach_id).first()
        if approach is None:
            raise NotHere
        said = store.said_in(approach)
        if store.shown_step(said) != Step.WAITING:
            raise Conflict(_("This has been answered."))
        store.keep(approach, said | {"step": str(Step.WITHDRAWN)})
