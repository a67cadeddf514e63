"""Two at the same time: one link with one use left, one record, one address, one last host."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict, DomainError, LinkNotValid
from footbridge.journal.models import Entry
from footbridge.people import actions, queries
from footbridge.people.models import Account, Host, Invitation, Person
from footbridge.people.states import Door, Hosting, Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do these things at the same moment, each on a connection of its own; what came of each."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            with clock.held_at(NOON):
                start.wait(timeout=20)
                return act()
        except DomainError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def token_of(invitation: Invitation) -> str:
    return queries.path_of(invitation).removeprefix("/join/")


def test_the_last_use_of_an_invitation_is_used_by_one(cast: Cast) -> None:
    invitation = actions.invite(actor=cast.host, chapter=cast.chapter, door=Door.TRUSTED)
    token = token_of(invitation)
    for _round in range(5):
        Person.objects.filter(name="Guest").delete()
        Account.objects.all().delete()
        Invitation.objects.update(used=0)
        outcomes = at_once(
            lambda: actions.join(token=token, name="Guest", email="one@example.org"),
            lambda: actions.join(token=token, name="Guest", email="two@example.org"),
        )
        assert sorted(outcome is LinkNotValid for outcome in outcomes) == [False, True]
        assert Person.objects.filter(name="Guest").count() == 1
        assert Invitation.objects.get().used == 1


def test_two_tabs_claim_one_record_once(cast: Cast) -> None:
    invitation = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
    )
    token = token_of(invitation)
    outcomes = at_once(*[lambda: actions.join(token=token)] * 2)
    assert sorted(outcome is LinkNotValid for outcome in outcomes) == [False, True]
    assert Entry.objects.filter(verb="people.joined", subject=cast.listed.id).count() == 1
    assert Account.objects.count() == 1


def test_signing_in_twice_at_once_claims_one_record_once(cast: Cast) -> None:
    account = Account.objects.create_user(cast.listed.email or "")
    outcomes = at_once(*[lambda: actions.ensure_person_for(account)] * 2)
    assert outcomes == [cast.listed, cast.listed]
    assert Entry.objects.filter(verb="people.joined", subject=cast.listed.id).count() == 1


def test_one_address_through_two_links_at_once_is_one_person(cast: Cast) -> None:
    tokens = [
        token_of(actions.invite(actor=cast.host, chapter=cast.chapter, door=door))
        for door in (Door.TRUSTED, Door.VETTED)
    ]
    outcomes = at_once(
        lambda: actions.join(token=tokens[0], name="Same", email="same@example.org"),
        lambda: actions.join(token=tokens[1], name="Same", email="SAME@example.org"),
    )
    assert [type(outcome) for outcome in outcomes] == [actions.Welcome] * 2
    assert Person.objects.filter(email="same@example.org").count() == 1
    assert sum(Invitation.objects.filter(person=None).values_list("used", flat=True)) == 1


def test_one_address_listed_twice_at_once_is_refused_once(cast: Cast) -> None:
    chapters, hosts = [cast.chapter, cast.other_chapter], [cast.host, OPERATOR]
    outcomes = at_once(
        lambda: actions.add_person(actor=hosts[0], chapter=chapters[0], name="A", email="a@b.org"),
        lambda: actions.add_person(actor=hosts[1], chapter=chapters[1], name="A", email="A@b.org"),
    )
    assert sorted(outcome is Conflict for outcome in outcomes) == [False, True]
    assert Person.objects.filter(name="A", standing=Standing.KNOWN).count() == 1


def test_two_hosts_who_leave_at_once_do_not_both_leave(cast: Cast) -> None:
    actions.add_host(actor=cast.host, chapter=cast.chapter, person=cast.seeker, role=Hosting.HOST)
    outcomes = at_once(
        lambda: actions.erase(actor=cast.host, person=cast.host),
        lambda: actions.remove_host(actor=cast.seeker, chapter=cast.chapter, person=cast.seeker),
    )
    assert sorted(outcome is Conflict for outcome in outcomes) == [False, True]
    assert Host.objects.filter(chapter=cast.chapter, role=Hosting.HOST).count() == 1
