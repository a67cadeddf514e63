"""Needs that nobody spoke of for long are asked after, once, and only of who may be asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.exchange import actions, queries
from footbridge.exchange.models import Need
from footbridge.mail.models import Message
from footbridge.people.models import Affiliation, Member
from footbridge.people.states import Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def after(days: float):  # type: ignore[no-untyped-def]
    return clock.held_at(clock.now() + timedelta(days=days))


def need_of(cast: Cast, **changes: object) -> Need:
    fields = {"actor": cast.seeker, "owner": cast.seeker, "text": "A van & a driver"} | changes
    return actions.open_need(**fields)  # type: ignore[arg-type]


def test_an_old_need_is_asked_after_with_a_link_that_answers(cast: Cast) -> None:
    need = need_of(cast)
    with after(89):
        assert actions.remind_owners() == 0
    with after(91):
        assert actions.remind_owners() == 1
        message = Message.objects.get()
        assert (message.kind, message.to_person) == ("need_reminder", cast.seeker.id)
        assert "A van & a driver" in message.text
        assert "A van &amp; a driver" in message.html
        [link] = message.links
        assert link["url"] in message.text
        token = link["url"].rpartition("/n/")[2]
        assert queries.need_of_link(token) == (cast.seeker, need)


def test_nobody_is_asked_twice_about_the_same(cast: Cast) -> None:
    need = need_of(cast)
    with after(91):
        assert [actions.remind_owners() for _ in range(3)] == [1, 0, 0]
    with after(150):
        assert actions.remind_owners() == 0
        actions.keep(actor=cast.seeker, posting=need)
    with after(200):
        assert actions.remind_owners() == 0
    with after(241):
        assert actions.remind_owners() == 1


def test_what_is_over_is_not_asked_after(cast: Cast) -> None:
    actions.close(actor=cast.seeker, posting=need_of(cast))
    need_of(cast, text="Until then", until=clock.today() + timedelta(days=30))
    with after(91):
        assert actions.remind_owners() == 0


def test_who_never_joined_or_asked_for_a_pause_is_left_in_peace(cast: Cast) -> None:
    need_of(cast, actor=cast.host, owner=cast.listed)
    need_of(cast)
    Member.objects.filter(id=cast.seeker.id).update(paused_until=clock.today() + timedelta(200))
    with after(91):
        assert actions.remind_owners() == 0
    assert not Message.objects.exists()


def test_for_an_organisation_the_one_who_said_it_is_asked_while_acting_for_it(cast: Cast) -> None:
    need_of(cast, owner=cast.food_bank)
    with after(91):
        assert actions.remind_owners() == 1
    assert Message.objects.get().to_person == cast.seeker.id
    Affiliation.objects.filter(person=cast.seeker).update(until=clock.today())
    with after(182):
        assert actions.remind_owners() == 0


def test_a_reminder_is_written_in_the_readers_language(cast: Cast) -> None:
    reader = cast.person("Ana Lima", languages=["pt", "es"], standing=Standing.JOINED)
    need_of(cast, actor=reader, owner=reader)
    with after(91):
        actions.remind_owners()
    assert Message.objects.get().language == "es"


def test_a_link_for_something_else_or_for_nobody_answers_nothing(cast: Cast) -> None:
    need = need_of(cast)
    with pytest.raises(LinkNotValid):
        queries.need_of_link(links.sign("join", need.id, cast.seeker.id))
    with pytest.raises(NotHere):
        queries.need_of_link(links.sign(queries.NEED_LINK, need.id))
    with pytest.raises(NotHere):
        queries.need_of_link(links.sign(queries.NEED_LINK, cast.seeker.id, cast.seeker.id))
