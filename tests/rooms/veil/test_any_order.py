"""Whatever somebody does and others do, in any order: while they are under the radar no row, no
list of any room and no page of a stranger's speaks of them.

FOOTBRIDGE_ORDERS says how many orders are tried; each is some twenty steps long.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from footbridge.core import clock, ids, links
from footbridge.core.errors import DomainError
from footbridge.exchange import actions as exchange
from footbridge.insight import lookout, seating
from footbridge.insight import network as known_networks
from footbridge.introductions import actions as introductions
from footbridge.journal.actions import deliver_due, record
from footbridge.mail import actions as mail
from footbridge.mail.models import Message
from footbridge.meetings import actions as meetings
from footbridge.meetings.models import Session
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Account, Person
from footbridge.veil import actions, queries
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.states import Step
from tests.cast import Cast
from tests.conftest import NOON
from tests.rooms.introductions.story import NOTE
from tests.rooms.veil.unseen import rows_that_say, rules, shown_of

pytestmark = pytest.mark.django_db

ORDERS = int(os.environ.get("FOOTBRIDGE_ORDERS", "8"))
NAME, ADDRESS = "Zephyra Quillon", "zephyra@kelpwick.test"
WORDS = ("Zephyra", "Quillon", "kelpwick", "brinemoss")
# Whom they never turn to: what these are shown tells nothing of them.
PAGES = ("/", "/find/people/", "/find/people/?q=kelpwick", "/introductions/", "/meet/")
BACKEND = "footbridge.people.signed_in.SignedIn"


class Veil(RuleBasedStateMachine):
    """Zephyra, who is listed or under the radar, and those around her."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.enter_context(ids.repeatable("any order"))
        known_networks.forget()
        self.now: datetime = NOON
        self.cast = Cast()
        self.former: set[uuid.UUID] = set()
        self.account: Account | None = None
        self.person: Person | None = self._somebody()
        self.strangers = [self.cast.host, self.cast.colleague, self.cast.stranger]
        network.state_tie(actor=self.cast.connector, other=self.cast.seeker, strength="trust")
        self.session = self._evening()

    def teardown(self) -> None:
        if not hasattr(self, "stack"):
            return
        try:
            if self.is_hidden:
                self.rooms_are_asked()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    def _somebody(self) -> Person:
        cast = self.cast
        person = cast.person(NAME, at=cast.cold_chain, email=ADDRESS, about="A kelpwick trial")
        people.prove_address(people.account_for(person))
        return person

    def _evening(self) -> Session:
        cast = self.cast
        series = meetings.start_series(actor=cast.host, chapter=cast.chapter, title="Evenings")
        planned = meetings.plan(
            actor=cast.host, chapter=cast.chapter, series=series, format="troika", title="Threes",
            starts_at=NOON + timedelta(days=3), cap=2, quorum=1,
        )  # fmt: skip
        return meetings.open_up(actor=cast.host, session=planned)

    # How it is now.

    @property
    def is_hidden(self) -> bool:
        return self.account is not None

    @property
    def me(self) -> Self:
        assert self.account is not None
        found = queries.self_for(self.account)
        assert found is not None
        return found

    def _do(self, act: Callable[[], object]) -> object:
        """One act at its moment; what is refused is refused."""
        self.now += timedelta(minutes=1)
        try:
            with clock.held_at(self.now), transaction.atomic():
                return act()
        except DomainError:
            return None

    # Coming and going.

    @precondition(lambda self: not self.is_hidden)
    @rule()
    def hide(self) -> None:
        person = self.person
        assert person is not None
        people.prove_address(people.account_for(person))
        account = self._do(lambda: actions.hide(actor=Person.objects.get(id=person.id)))
        assert isinstance(account, Account)
        self.former.add(person.id)
        self.account, self.person = account, None

    @precondition(lambda self: self.is_hidden)
    @rule()
    def come_out(self) -> None:
        found = self._do(lambda: actions.come_out(actor=self.me, account=self.account))
        assert isinstance(found, Person)
        assert found.id not in self.former
        self.account, self.person = None, found

    # What a member does.

    @precondition(lambda self: not self.is_hidden)
    @rule(what=st.sampled_from(["need", "tie", "wish", "yes", "ask", "seat", "findable", "speak"]))
    def live(self, what: str) -> None:
        me, cast = self.person, self.cast
        acts: dict[str, Callable[[], object]] = {
            "need": lambda: exchange.open_need(actor=me, owner=me, text="Kelpwick at night"),
            "tie": lambda: network.state_tie(
                actor=me, other=cast.connector, strength="trust", how="brinemoss"
            ),
            "wish": lambda: network.wish(actor=me, about=cast.colleague, wish="avoid"),
            "yes": lambda: actions.say_standing_yes(actor=me, words="kelpwick"),
            "ask": lambda: self._ask(me, cast.seeker),
            "seat": lambda: meetings.accept(actor=me, session=self.session),
            "findable": lambda: people.be_findable_by_email(actor=me, findable=True),
            "speak": lambda: people.edit(me, me, headline="Of brinemoss"),
        }
        self._do(acts[what])

    # What others do with a member.

    @rule(what=st.sampled_from(["tie", "wish", "invite", "ask", "seats", "tables", "write"]))
    def others_act(self, what: str) -> None:
        """The same whether there is somebody to do it with or not."""
        me, cast = self.person, self.cast
        if me is None and what not in ("seats", "tables"):
            return
        acts: dict[str, Callable[[], object]] = {
            "tie": lambda: network.state_tie(
                actor=cast.connector, other=me, strength="trust", how="kelpwick"
            ),
            "wish": lambda: network.wish(actor=cast.colleague, about=me, wish="not_now"),
            "invite": lambda: meetings.invite(
                actor=cast.host, session=self.session, people=[me]
            ),
            "ask": lambda: self._ask(cast.seeker, me),
            "seats": lambda: meetings.accept(actor=cast.seeker, session=self.session),
            "tables": lambda: seating.make_tables(actor=cast.host, session=self.session),
            "write": lambda: mail.send(
                "joined", to_person=me.id, to_address=ADDRESS, to_name=NAME,
                context={"is_new": True},
            ),
        }  # fmt: skip
        self._do(acts[what])

    def _ask(self, seeker: Any, target: Any) -> object:
        drafted = introductions.draft(
            actor=seeker, target=target, connector=self.cast.connector, **NOTE
        )
        return introductions.ask(actor=seeker, introduction=drafted)

    # What somebody under the radar does.

    @precondition(lambda self: self.is_hidden)
    @rule(
        what=st.sampled_from(
            ["edit", "know", "block", "unblock", "glad", "suggest", "search", "mailbox", "export"]
        )
    )
    def behind_the_veil(self, what: str) -> None:
        me, cast = self.me, self.cast
        acts: dict[str, Callable[[], object]] = {
            "edit": lambda: actions.edit(actor=me, headline="Kelpwick", needs=["brinemoss"]),
            "know": lambda: actions.know(actor=me, member=cast.connector, strength="met"),
            "block": lambda: actions.block(actor=me, member=cast.city),
            "unblock": lambda: actions.unblock(actor=me, line=str(cast.city.id)),
            "glad": lambda: actions.be_glad_of_peers(actor=me, glad=True),
            "suggest": lambda: lookout.suggest(me, top=5),
            "search": lambda: lookout.search(me, "cold"),
            "mailbox": lambda: actions.ask_mailbox(actor=me, address="z@brinemoss.test"),
            "export": lambda: queries.personal_export(me),
        }
        self._do(acts[what])

    @precondition(lambda self: self.is_hidden)
    @rule()
    def is_vouched_for(self) -> None:
        token = links.sign("vouch", self.me.id)
        self._do(lambda: actions.vouch(actor=self.cast.connector, token=token))

    @rule(says=st.booleans())
    def a_standing_yes(self, says: bool) -> None:
        seeker = self.cast.seeker
        if says:
            self._do(lambda: actions.say_standing_yes(actor=seeker, words="Anyone"))
        else:
            self._do(lambda: actions.take_yes_back(actor=seeker))

    @precondition(lambda self: self.is_hidden)
    @rule()
    def reveal(self) -> None:
        for card in queries.glad(self.me):
            self._do(lambda one=card: actions.say_yes(actor=self.me, yes_id=one.id))

    @precondition(lambda self: self.is_hidden)
    @rule()
    def send_a_card(self) -> None:
        card = VeiledCard(words="Of kelpwick", ask="Half an hour")
        self._do(lambda: actions.send_card(actor=self.me, person=self.cast.connector, card=card))

    @rule(is_yes=st.booleans())
    def answer_a_card(self, is_yes: bool) -> None:
        for card in queries.waiting_for(self.cast.connector):
            self._do(
                lambda one=card: actions.answer(
                    actor=self.cast.connector, approach_id=one.id, is_yes=is_yes
                )
            )

    @precondition(lambda self: self.is_hidden)
    @rule()
    def withdraw(self) -> None:
        for card in queries.my_approaches(self.me):
            if card.step == Step.WAITING:
                self._do(lambda one=card: actions.withdraw(actor=self.me, approach_id=one.id))

    # What time and the worker do.

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule()
    def the_worker_works(self) -> None:
        with clock.held_at(self.now):
            while deliver_due():
                pass
            actions.forget_what_is_over()

    # What must hold.

    @invariant()
    def no_row_speaks_of_them(self) -> None:
        if self.is_hidden:
            assert rows_that_say(WORDS) == []

    @precondition(lambda self: self.is_hidden)
    @rule()
    def rooms_are_asked(self) -> None:
        with clock.held_at(self.now):
            everyone = [*self.strangers, self.cast.seeker, self.cast.connector]
            assert shown_of(everyone, WORDS, self.former) == []

    @precondition(lambda self: self.is_hidden)
    @rule()
    def strangers_look(self) -> None:
        with clock.held_at(self.now):
            for person in self.strangers:
                for path in PAGES:
                    self._look(person, path)

    def _look(self, person: Person, path: str) -> None:
        client = Client()
        client.force_login(people.account_for(person), backend=BACKEND)
        text = client.get(path).content.decode().lower()
        typed = path.partition("?q=")[2]
        said = [word for word in WORDS if word.lower() in text and word.lower() != typed]
        assert said == [], path
        assert not [one for one in self.former if str(one) in text], path


def try_orders(many: int, *phases: Phase) -> None:
    """Many orders; the same ones each time, unless more are asked for than usual."""
    run_state_machine_as_test(
        Veil,
        settings=settings(
            max_examples=many,
            stateful_step_count=20,
            phases=phases or tuple(Phase),
            deadline=None,
            derandomize=many <= 15,
            report_multiple_bugs=False,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_speaks_of_them_in_whatever_order() -> None:
    try_orders(ORDERS)


def test_each_room_has_a_rule_of_who_is_shown_what() -> None:
    rooms = {one.__module__.split(".")[1] for one in rules()}
    assert rooms >= {"people", "network", "exchange", "introductions", "meetings", "intake"}
    assert len(rules()) > 20


# The test can fail: each of these is something that hiding might forget.


def _journal_with_a_name() -> AbstractContextManager[object]:
    real = actions.hide

    def hide(*, actor: Person) -> Account:
        account = real(actor=actor)
        record("people.erased", ids.new_id(), facts={"was": NAME})
        return account

    return mock.patch.object(actions, "hide", hide)


def _letters_that_stay() -> AbstractContextManager[object]:
    stack = ExitStack()
    for name in ("forget_person", "forget_address", "forget_about"):
        stack.enter_context(mock.patch(f"footbridge.people.actions.leaving.{name}"))
    return stack


def _a_note_of_a_meeting() -> AbstractContextManager[object]:
    real = actions.say_yes

    def say_yes(*, actor: Self, yes_id: uuid.UUID) -> object:
        approach = real(actor=actor, yes_id=yes_id)
        Message.objects.create(kind="met", to_address="h@x.test", text=actor.profile.name)
        return approach

    return mock.patch.object(actions, "say_yes", say_yes)


def _a_seat_for_nobody() -> AbstractContextManager[object]:
    real = actions.hide

    def hide(*, actor: Person) -> Account:
        was, account = actor.id, real(actor=actor)
        Session.objects.update(cancelled_because=str(was))
        return account

    return mock.patch.object(actions, "hide", hide)


@pytest.mark.parametrize(
    "plant", [_journal_with_a_name, _letters_that_stay, _a_note_of_a_meeting, _a_seat_for_nobody]
)
def test_a_planted_leak_is_found(plant: Callable[[], AbstractContextManager[object]]) -> None:
    with plant(), pytest.raises((AssertionError, ExceptionGroup)):
        try_orders(15, Phase.generate)
