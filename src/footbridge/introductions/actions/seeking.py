"""What a seeker does: write the note, ask one connector, withdraw."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.exchange.models import Need
from footbridge.introductions import letters, policy
from footbridge.introductions.actions._steps import (
    clean_note,
    consent,
    lock,
    lock_people,
    move_to,
    part,
    require,
    unavailable,
)
from footbridge.introductions.actions.passing_time import end_between
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import Answer, Move, Role, State
from footbridge.journal import actions as journal
from footbridge.people.models import Member, Person
from footbridge.people.policy import acted_for_by
from footbridge.people.queries import listed_people


@transaction.atomic
def draft(
    *,
    actor: Person,
    target: Person,
    connector: Person,
    need: Need | None = None,
    on_behalf_of: Member | None = None,
    version: Version | None = None,
    **note: str,
) -> Introduction:
    """Begin a note to someone, to be carried by someone. Nobody is asked yet.

    A seeker has one draft for each person sought: beginning again goes on with it, and may name
    another connector. `version` is that of the draft that was seen, 0 where there was none: a
    newer one raises Overtaken.
    """
    known = _draft_of(actor, target)
    lock_people(actor)
    _check_three(actor, connector, target)
    _check_own(actor, need.owner if need else None)
    _check_own(actor, on_behalf_of)
    introduction = known if not known._state.adding else _draft_of(actor, target)
    _expect(version, introduction, note)
    introduction.connector = connector
    introduction.need = need or introduction.need
    introduction.on_behalf_of = on_behalf_of or introduction.on_behalf_of
    return _keep(introduction, note, actor)


def _check_three(actor: Person, connector: Person, target: Person) -> None:
    if not actor.has_joined:
        raise NotAllowed(_("Only members can ask for an introduction."))
    if len({actor.id, connector.id, target.id}) < 3:
        raise DomainError(_("An introduction needs three different people."))
    shown = set(
        listed_people(actor).values_list("id", flat=True).filter(id__in=[connector.id, target.id])
    )
    if len(shown) < 2:
        raise NotHere
    if not policy.may_connect(connector, actor, target):
        raise NotAllowed(
            _("%(name)s can connect you once one of you has said that you know each other.")
            % {"name": connector.name},
            field="connector",
        )


def _check_own(actor: Person, owner: Member | None) -> None:
    if owner is None or owner.id == actor.id:
        return
    if not acted_for_by(actor).filter(id=owner.id).exists():
        raise NotHere


def _draft_of(seeker: Person, target: Person) -> Introduction:
    drafts = Introduction.objects.select_for_update(of=("self",))
    drafts = drafts.filter(seeker=seeker, target=target, state=State.DRAFT)
    return drafts.first() or Introduction(seeker=seeker, target=target)


def _expect(version: Version | None, introduction: Introduction, note: dict[str, str]) -> None:
    current = NOT_THERE if introduction._state.adding else introduction.version
    expect(version, current, lambda: {name: getattr(introduction, name) for name in note})


def _keep(introduction: Introduction, note: dict[str, str], actor: Person) -> Introduction:
    is_new = introduction._state.adding
    for name, text in clean_note(note).items():
        setattr(introduction, name, text)
    introduction.version += 0 if is_new else 1
    introduction.save()
    if is_new:
        journal.record("introductions.drafted", introduction.id, actor=actor.id)
    return introduction


@transaction.atomic
def write(
    *, actor: Person, introduction: Introduction, version: Version | None = None, **note: str
) -> Introduction:
    """Save parts of the note as they are written; the parts not named stay as they are. `version`
    is the one that was seen: a newer one raises Overtaken."""
    introduction = lock(introduction.id)
    require(actor, Move.WRITE, introduction)
    _expect(version, introduction, note)
    return _keep(introduction, note, actor)


@transaction.atomic
def ask(*, actor: Person, introduction: Introduction) -> Introduction:
    """Ask the connector to pass the note on: the seeker's yes.

    Raises LimitReached when the seeker or the connector has no asks left, with the day when there
    are some again, and Conflict when it is not possible just now, which has many causes.
    """
    introduction = lock(introduction.id)
    require(actor, Move.ASK, introduction)
    lock_people(introduction.seeker, introduction.connector)
    end_between(introduction.seeker, introduction.target)
    _check_note(introduction)
    _check_three(actor, introduction.connector, introduction.target)
    _check_seeker(introduction)
    _check_others(introduction)
    return _ask(introduction, actor)


def _check_note(introduction: Introduction) -> None:
    for name in ("why_you", "what_i_ask"):
        if not getattr(introduction, name):
            label = part(name).verbose_name
            raise DomainError(
                _("“%(part)s” is missing: nobody can pass on a note without it.") % {"part": label},
                field=name,
            )


def _check_seeker(introduction: Introduction) -> None:
    """What the seeker may know of: their own pause, their own asks, what was already made."""
    seeker, target = introduction.seeker, introduction.target
    if seeker.is_paused:
        raise NotAllowed(_("You are pausing. End your pause to ask for an introduction."))
    if policy.waiting_of(seeker).filter(target=target).exists():
        raise Conflict(
            _("You have asked someone about %(name)s already. Wait, or withdraw that first.")
            % {"name": target.name}
        )
    if policy.were_introduced(seeker, target):
        raise Conflict(_("You two have been introduced already."))
    _check_day(
        policy.next_ask_by(seeker),
        _("You have asked enough for now. You can ask again from %(day)s."),
    )


def _check_others(introduction: Introduction) -> None:
    """What concerns the other two. All that must stay a secret gets one and the same answer, and
    gets it first. Whether the one sought was asked before makes no difference here: it would tell
    the seeker how far an earlier note came."""
    connector = introduction.connector
    if not policy.is_possible(introduction) or connector.asks_per_month == 0:
        raise unavailable()
    again = _("You have asked %(name)s about %(target)s. Ask someone else, or again from %(day)s.")
    _check_day(
        policy.last_carried(introduction),
        again,
        name=connector.name,
        target=introduction.target.name,
    )
    full = _("%(name)s has been asked often lately. Ask someone else, or again from %(day)s.")
    _check_day(policy.next_ask_of(connector), full, name=connector.name)


def _check_day(again: datetime | None, message: str, **names: str) -> None:
    if again is not None:
        raise LimitReached(message % {**names, "day": date_format(again, "DATE_FORMAT")})


def _ask(introduction: Introduction, actor: Person) -> Introduction:
    introduction.asked_at = clock.now()
    introduction.expires_at = introduction.asked_at + policy.ANSWERED_WITHIN
    move_to(State.ASKED_CONNECTOR, introduction)
    consent(introduction, actor, Role.SEEKER, Answer.YES)
    letters.ask_connector(introduction)
    journal.record("introductions.asked", introduction.id, actor=actor.id)
    return introduction


@transaction.atomic
def withdraw(*, actor: Person, introduction: Introduction) -> Introduction:
    """Take it back, at any time before the two are introduced. Nobody is told; the link that the
    others hold says that it is no longer asked."""
    introduction = lock(introduction.id)
    if introduction.state == State.WITHDRAWN and policy.role_of(actor, introduction):
        return introduction
    require(actor, Move.WITHDRAW, introduction)
    move_to(State.WITHDRAWN, introduction)
    journal.record("introductions.withdrawn", introduction.id, actor=actor.id)
    return introduction
