"""Hiding, coming out and meeting at the same moment as something else: nothing is left behind,
nothing happens twice."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.db import connection

from footbridge.circles import actions as circles
from footbridge.circles.models import Call
from footbridge.core import links
from footbridge.core.errors import Conflict, DomainError
from footbridge.exchange.models import Need
from footbridge.insight import seating
from footbridge.introductions import actions as introductions
from footbridge.meetings import actions as meetings
from footbridge.meetings.models import Seat, Session
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.veil import actions, queries
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Approach, Hidden
from footbridge.veil.states import Step
from tests.cast import Cast
from tests.rooms.circles import story as circle_story
from tests.rooms.hours import story as hours_story
from tests.rooms.introductions.story import NOTE
from tests.rooms.meetings import story
from tests.rooms.meetings.test_races import at_once
from tests.rooms.veil.unseen import rows_that_say

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # What a thread stumbles over is no refusal.
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]

REPETITIONS = int(os.environ.get("FOOTBRIDGE_RACES", "3"))
CANARIES = ("Lena", "lena.sought", "kelpwick")
Act = Callable[[], object]


@pytest.fixture
def lena(cast: Cast) -> Person:
    """Somebody whose address is proven; the others are there before anybody races."""
    for one in (cast.host, cast.seeker, cast.connector, cast.colleague):
        people.prove_address(people.account_for(one))
    people.prove_address(people.account_for(cast.target))
    return cast.target


def hiding(person: Person) -> Act:
    return lambda: actions.hide(actor=Person.objects.get(id=person.id))


def hidden_rows() -> int:
    with lifted(Service.OPERATOR):
        return Hidden.objects.count()


def is_gone(person: Person) -> None:
    """Behind the veil once, and nowhere else."""
    assert hidden_rows() == 1
    assert not Person.objects.filter(id=person.id).exists()
    assert not Seat.objects.filter(person_id=person.id).exists()
    assert rows_that_say(CANARIES) == []


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_who_hides_twice_at_once_hides_once(lena: Person, _again: int) -> None:
    results = at_once(*[_unless_gone(hiding(lena)) for _ in range(4)])
    assert sum(not isinstance(one, Exception) for one in results) == 1
    is_gone(lena)


def _unless_gone(act: Act) -> Act:
    """Whoever comes later finds nobody."""

    def tried() -> object:
        try:
            return act()
        except (Person.DoesNotExist, DomainError) as error:
            return error

    return tried


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_two_hide_at_once(cast: Cast, lena: Person, _again: int) -> None:
    results = at_once(hiding(lena), hiding(cast.colleague))
    assert not any(isinstance(one, Exception) for one in results)
    assert hidden_rows() == 2
    assert rows_that_say((*CANARIES, "Tariq", "tariq")) == []


def while_hiding(cast: Cast, session: Session, lena: Person) -> dict[str, list[Act]]:
    """What others do, or they themself in another window, at the moment at which they go."""
    seats = {seat.person_id: seat for seat in session.seats.select_related("session")}
    return {
        "invited": [
            lambda: meetings.invite(actor=cast.host, session=session, people=[lena]),
        ],
        "accepting": [lambda: meetings.accept(actor=lena, session=session)],
        "accepting behind others": [
            lambda: meetings.accept(actor=lena, session=session),
            lambda: meetings.accept(actor=cast.connector, session=session),
        ],
        "seated": [
            lambda: seating.make_tables(actor=cast.host, session=session),
            lambda: meetings.give_back(actor=cast.seeker, session=session),
        ],
        "given a part": [
            lambda: meetings.set_part(actor=cast.host, seat=seats[lena.id], part="note_keeper"),
        ],
        "tied": [
            lambda: network.state_tie(
                actor=cast.seeker, other=lena, strength="know", how="kelpwick"
            ),
            lambda: network.wish(actor=cast.colleague, about=lena, wish="not_now"),
        ],
        "asked for": [lambda: _ask_for(cast, lena)],
        "asked for their time": [lambda: _ask_for_time(cast, lena)],
        "answered in a circle": [lambda: _answer_in_a_circle(cast, lena)],
        "glad": [lambda: actions.say_standing_yes(actor=lena, words="kelpwick")],
        "changing their page": [lambda: people.edit(lena, lena, about="kelpwick")],
    }


def _ask_for(cast: Cast, lena: Person) -> object:
    drafted = introductions.draft(actor=cast.seeker, target=lena, connector=cast.connector, **NOTE)
    return introductions.ask(actor=cast.seeker, introduction=drafted)


def _ask_for_time(cast: Cast, lena: Person) -> object:
    return hours_story.asked(cast, need=Need.objects.get(owner=cast.seeker))


def _answer_in_a_circle(cast: Cast, lena: Person) -> object:
    call = Call.objects.get(asker=lena.id)
    return circles.answer(actor=cast.connector, call=call, reply="can_help", words_="kelpwick")


MEANWHILE = (
    "invited",
    "accepting",
    "accepting behind others",
    "seated",
    "given a part",
    "tied",
    "asked for",
    "asked for their time",
    "answered in a circle",
    "glad",
    "changing their page",
)


@pytest.mark.parametrize("what", MEANWHILE)
@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_nothing_is_left_of_who_hides_meanwhile(
    cast: Cast, lena: Person, what: str, _again: int
) -> None:
    network.state_tie(actor=cast.connector, other=lena, strength="trust")
    network.state_tie(actor=cast.connector, other=cast.seeker, strength="trust")
    session = story.opened(cast, cap=3)
    meetings.accept(actor=cast.seeker, session=session)
    if what in ("seated", "given a part"):
        meetings.accept(actor=lena, session=session)
    if what == "asked for their time":
        hours_story.gives(lena, offers=[hours_story.offers(lena)])
        hours_story.needs(cast.seeker)
    if what == "answered in a circle":
        circle_story.called(circle_story.standing(cast), lena)
    others = [_unless_gone(act) for act in while_hiding(cast, session, lena)[what]]
    results = at_once(hiding(lena), *others)
    assert not isinstance(results[0], Exception)
    is_gone(lena)


def test_every_race_has_a_name(cast: Cast, lena: Person) -> None:
    session = story.opened(cast, cap=3)
    meetings.accept(actor=lena, session=session)
    assert set(while_hiding(cast, session, lena)) == set(MEANWHILE)


# Behind the veil.


def begun(name: str, cast: Cast) -> Self:
    address = f"{name.lower()}@elsewhere.test"
    found = queries.self_for(actions.begin(name=name, email=address, chapter=cast.chapter))
    assert found is not None
    return found


def approaches() -> int:
    with lifted(Service.OPERATOR):
        return Approach.objects.count()


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_who_says_yes_twice_at_once_has_said_it_once(cast: Cast, lena: Person, _again: int) -> None:
    me, yes = begun("Iris", cast), actions.say_standing_yes(actor=lena)
    results = at_once(*[lambda: actions.say_yes(actor=me, yes_id=yes.id)] * 4)
    assert sum(isinstance(one, Approach) for one in results) == 1
    assert sum(isinstance(one, DomainError) for one in results) == 3
    assert (approaches(), len(queries.approaches_for(lena))) == (1, 1)


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_two_say_yes_to_the_same_at_once(cast: Cast, lena: Person, _again: int) -> None:
    two = [begun(name, cast) for name in ("Iris", "Otto")]
    yes = actions.say_standing_yes(actor=lena)
    results = at_once(*[lambda me=me: actions.say_yes(actor=me, yes_id=yes.id) for me in two])
    assert all(isinstance(one, Approach) for one in results)
    names = sorted(card.name.name for card in queries.approaches_for(lena) if card.name)
    assert names == ["Iris", "Otto"]


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_who_turns_to_somebody_who_hides_meets_them_before_or_not_at_all(
    cast: Cast, lena: Person, _again: int
) -> None:
    me, yes = begun("Iris", cast), actions.say_standing_yes(actor=lena)
    results = at_once(hiding(lena), _unless_gone(lambda: actions.say_yes(actor=me, yes_id=yes.id)))
    assert not isinstance(results[0], Exception)
    assert not Person.objects.filter(id=lena.id).exists()
    assert rows_that_say(("Lena", "lena.sought")) == []
    assert all(card.other is None and card.name is None for card in queries.my_approaches(me))


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_card_is_answered_or_taken_back_and_never_both(
    cast: Cast, lena: Person, _again: int
) -> None:
    me = begun("Iris", cast)
    card = actions.send_card(actor=me, person=lena, card=VeiledCard(words="A buyer"))
    results = at_once(
        lambda: actions.answer(actor=lena, approach_id=card.id, is_yes=True),
        lambda: actions.withdraw(actor=me, approach_id=card.id),
    )
    refused = [one for one in results if isinstance(one, DomainError)]
    assert [type(one) for one in refused] == [Conflict]
    [mine] = queries.my_approaches(me)
    met = [one for one in queries.approaches_for(lena) if one.name]
    assert (mine.step, len(met)) in ((Step.REVEALED, 1), (Step.WITHDRAWN, 0))


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_who_comes_out_twice_at_once_is_listed_once(cast: Cast, lena: Person, _again: int) -> None:
    account = actions.hide(actor=lena)
    me = queries.self_for(account)
    assert me is not None
    results = at_once(
        *[_unless_gone(lambda: actions.come_out(actor=me, account=account)) for _ in range(3)]
    )
    assert sum(isinstance(one, Person) for one in results) == 1
    assert Person.objects.filter(name="Lena Sought").count() == 1
    assert hidden_rows() == 0


@pytest.mark.parametrize("_again", range(REPETITIONS))
def test_a_vouch_at_the_moment_of_leaving_leaves_nothing(
    cast: Cast, lena: Person, _again: int
) -> None:
    account = actions.hide(actor=lena)
    me = queries.self_for(account)
    assert me is not None
    token = links.sign("vouch", me.id)
    at_once(
        lambda: actions.erase(actor=me, account=account),
        _unless_gone(lambda: actions.vouch(actor=cast.connector, token=token)),
    )
    assert hidden_rows() == 0
    assert rows_that_say(CANARIES) == []
    assert not connection.in_atomic_block
