"""What those who are asked say: yes, not now, no. Each is one tap."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, Overtaken
from footbridge.introductions import letters, policy
from footbridge.introductions.actions._steps import (
    ask_target_if_possible,
    clean,
    clean_note,
    consent,
    lock,
    move_to,
    require,
)
from footbridge.introductions.cards import forwarded_note
from footbridge.introductions.models import Introduction
from footbridge.introductions.states import Answer, Move, Role, State
from footbridge.journal import actions as journal
from footbridge.people.actions import acquaint
from footbridge.people.models import Person


@transaction.atomic
def agree(
    *, actor: Person, introduction: Introduction, word: str = "", **note: str
) -> Introduction:
    """Say yes. After the connector's yes the one sought is asked; after theirs the two are
    introduced.

    A connector may add a word and change the note before it is passed on. Saying yes a second
    time changes nothing, and raises Overtaken if it comes with other words than those that were
    passed on: they would be lost without a sign.
    """
    introduction = lock(introduction.id)
    role = policy.role_of(actor, introduction)
    if _has_said(Answer.YES, introduction, role):
        _refuse_other_words(introduction, role, word, note)
        return introduction
    require(actor, Move.AGREE, introduction)
    assert role is not None
    _change_note(introduction, role, word, note)
    consent(introduction, actor, role, Answer.YES)
    journal.record("introductions.agreed", introduction.id, actor=actor.id, facts={"role": role})
    return _introduce(introduction) if role == Role.TARGET else _pass_on(introduction)


def _has_said(answer: Answer, introduction: Introduction, role: Role | None) -> bool:
    """Whether a link is used twice. The seeker's yes of the beginning is not meant here."""
    is_asked = role != Role.SEEKER or introduction.made_by_connector
    return is_asked and policy.answer_of(introduction, role) == answer


def _refuse_other_words(
    introduction: Introduction, role: Role | None, word: str, note: dict[str, str]
) -> None:
    if role != Role.CONNECTOR or not (word or note):
        return
    said = {"word": clean("connector_word", word), **clean_note(note)}
    passed_on = {"word": introduction.connector_word, **vars(forwarded_note(introduction))}
    if any(passed_on[name] != text for name, text in said.items()):
        raise Overtaken(
            _("You have passed this on already, in other words. Those went out."),
            theirs={name: passed_on[name] for name in said},
        )


def _change_note(introduction: Introduction, role: Role, word: str, note: dict[str, str]) -> None:
    if role != Role.CONNECTOR:
        if word or note:
            raise DomainError(_("Only the connector can change the note."))
        return
    changed = clean_note(note)
    introduction.forwarded = {
        name: text for name, text in changed.items() if text != getattr(introduction, name)
    }
    introduction.connector_word = clean("connector_word", word)


def _pass_on(introduction: Introduction) -> Introduction:
    move_to(State.ASKED_TARGET, introduction)
    ask_target_if_possible(introduction)
    return introduction


def _introduce(introduction: Introduction) -> Introduction:
    """Both names in one message. If one of the two has asked since never to be brought together
    with the other, it ends in silence instead."""
    if policy.avoid_one_another(introduction.seeker, introduction.target):
        move_to(State.NOT_NOW, introduction)
        return introduction
    introduction.introduced_at = clock.now()
    move_to(State.INTRODUCED, introduction)
    acquaint(introduction.seeker, introduction.target)
    letters.introduce(introduction)
    journal.record("introductions.made", introduction.id)
    return introduction


@transaction.atomic
def not_now(*, actor: Person, introduction: Introduction) -> Introduction:
    """Say "not now". Nobody is told before the date for answers, and then not who said it."""
    return _refuse(actor, introduction, Move.NOT_NOW, Answer.NOT_NOW)


@transaction.atomic
def decline(*, actor: Person, introduction: Introduction) -> Introduction:
    """Say no. To all others it looks like "not now"."""
    return _refuse(actor, introduction, Move.DECLINE, Answer.NO)


def _refuse(actor: Person, introduction: Introduction, move: Move, answer: Answer) -> Introduction:
    introduction = lock(introduction.id)
    if _has_said(answer, introduction, policy.role_of(actor, introduction)):
        return introduction
    role = require(actor, move, introduction)
    consent(introduction, actor, role, answer)
    move_to(State.NOT_NOW, introduction)
    journal.record("introductions.refused", introduction.id, actor=actor.id, facts={"role": role})
    return introduction
