"""Leaving: what the network kept about a person goes, and nothing tells that they were here."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, NotAllowed
from footbridge.journal.actions import record
from footbridge.mail.actions import forget_about, forget_address, forget_person
from footbridge.people import personal_data, policy
from footbridge.people.actions.rows import held, hold_in_order
from footbridge.people.actions.sessions import forget_sessions_of
from footbridge.people.models import Chapter, Host, Invitation, Member, Person
from footbridge.people.policy import Viewer, id_of
from footbridge.people.states import Hosting


@transaction.atomic
def erase(*, actor: Viewer, person: Person) -> None:
    """Remove a person: record, account, messages, tokens, affiliations and what every other room
    keeps. The journal keeps its entries, which hold no words about anyone.

    Someone who is a chapter's only host names another one first; the operator can always erase.
    """
    personal_data.hold_all(person)
    chapters = _hold_chapters_of(person)
    row = held(Person, person.id)
    if not policy.may_erase(actor, row):
        raise NotAllowed(_("Only they can remove themselves."))
    if isinstance(actor, Person):
        _leave_no_chapter_without_host(row, chapters)
    who = id_of(actor)
    purge(row)
    record("people.erased", person.id, actor=who)


def _hold_chapters_of(person: Person) -> list[Chapter]:
    kept = Host.objects.filter(person_id=person.id, role=Hosting.HOST)
    return hold_in_order(Chapter, list(kept.values_list("chapter_id", flat=True)))


def _leave_no_chapter_without_host(row: Person, chapters: list[Chapter]) -> None:
    for chapter in chapters:
        hosts = Host.objects.filter(chapter=chapter, role=Hosting.HOST)
        if not hosts.exclude(person=row).exists():
            raise Conflict(_("Name another host first: a chapter is never left without one."))


def purge(row: Person) -> None:
    """Take a person out of every room, and their account with them."""
    personal_data.erase_all(row)
    account = row.account
    Member.objects.filter(id=row.id).delete()
    if account is not None:
        account.delete()


def forget(person: Person) -> None:
    """This room's part: the messages that were sent to them, and those that told others of them:
    invitations in their name, and what hosts were asked; and where they are signed in. The rest
    hangs on their row."""
    forget_sessions_of(person)
    forget_person(person.id)
    made = Invitation.objects.filter(made_by=person).values_list("id", flat=True)
    forget_about([person.id, *made])
    if person.email:
        forget_address(person.email)


def leave_nothing_in_the_log() -> int:
    """Have SQLite empty the log that it writes before its file: what was deleted stands there
    until it is written over. PostgreSQL sees to that by itself. Returns 0: nothing else is due."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return 0
