"""People say in their own words whom they know; a host may ask, and a denial is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError, LinkNotValid, NotAllowed, NotHere
from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.network import actions, queries
from footbridge.network.actions import Recorded, Statement
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind, TieState
from footbridge.people.actions import erase, pause
from footbridge.people.models import Affiliation
from footbridge.people.states import Standing
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def said() -> list[tuple[str, str, str]]:
    rows = Tie.objects.order_by("teller__name", "other__name")
    return list(rows.values_list("teller__name", "other__name", "state"))


def test_a_statement_is_ones_own_and_is_brought_up_to_date(cast: Cast) -> None:
    first = actions.state_tie(actor=cast.seeker, other=cast.connector, strength=Strength.MET)
    again = actions.state_tie(
        actor=cast.seeker,
        other=cast.connector,
        strength="worked_together",
        how="The harbour\nkitchen\u202e",
        since=date(2019, 5, 1),
    )
    row = Tie.objects.get()
    assert (row.id, again.id) == (first.id, first.id)
    assert (row.strength, row.how, row.since) == (
        "worked_together",
        "The harbour kitchen",
        date(2019, 5, 1),
    )
    assert row.last_confirmed == clock.today()
    assert [e.subject for e in Entry.objects.filter(verb="network.tie_stated")] == [row.id] * 2


def test_a_tie_is_confirmed_when_both_sides_stated_it(cast: Cast) -> None:
    tie = actions.state_tie(actor=cast.seeker, other=cast.connector, strength="know")
    assert [one.is_confirmed for one in queries.my_ties(cast.seeker)] == [False]
    assert [one.teller.name for one in queries.said_of_me(cast.connector)] == ["Rosa Seeker"]
    actions.state_tie(actor=cast.connector, other=cast.seeker, strength="met")
    assert queries.said_of_me(cast.connector) == []
    assert [one.is_confirmed for one in queries.ties_of(cast.seeker, cast.seeker)] == [True, True]
    actions.retract(actor=cast.connector, tie=queries.get_tie(cast.connector, _mirror(tie).id))
    assert [one.is_confirmed for one in queries.my_ties(cast.seeker)] == [False]


def _mirror(tie: Tie) -> Tie:
    return Tie.objects.get(teller=tie.other, other=tie.teller)


@pytest.mark.parametrize(
    "wrong",
    [
        {"strength": "nan"},
        {"strength": "-1"},
        {"strength": ""},
        {"strength": "know", "kind": "loves"},
        {"strength": "know", "since": date(2999, 1, 1)},
        {"strength": "know", "since": date(1066, 1, 1)},
    ],
)
def test_what_is_no_strength_no_kind_or_no_day_is_refused(cast: Cast, wrong: dict) -> None:
    with pytest.raises(DomainError):
        actions.state_tie(actor=cast.seeker, other=cast.connector, **wrong)
    assert not Tie.objects.exists()


def test_nobody_is_tied_to_themselves_but_ties_may_go_in_a_circle(cast: Cast) -> None:
    circle = [cast.seeker, cast.connector, cast.target]
    for one, other in zip(circle, [*circle[1:], circle[0]], strict=True):
        actions.state_tie(actor=one, other=other, strength="trust")
        with pytest.raises(DomainError):
            actions.state_tie(actor=one, other=one, strength="trust")
    assert Tie.objects.filter(state=TieState.STATED).count() == 3


def test_nobody_speaks_for_another_nor_of_someone_unseen(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.state_tie(actor=cast.seeker, other=cast.listed, strength="know")
    for teller in (cast.connector, cast.cold_chain):
        with pytest.raises(NotAllowed):
            actions.state_tie(actor=cast.seeker, other=cast.city, strength="know", teller=teller)
    tie = actions.state_tie(actor=cast.connector, other=cast.target, strength="know")
    for act in (
        lambda: actions.retract(actor=cast.target, tie=tie),
        lambda: actions.renew(actor=cast.target, tie=tie),
        lambda: actions.answer_proposal(actor=cast.target, tie=tie, is_so=False),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_acts_for_an_organisation_speaks_for_it(cast: Cast) -> None:
    actions.state_tie(
        actor=cast.target,
        teller=cast.cold_chain,
        other=cast.food_bank,
        kind=TieKind.FUNDS,
        strength="worked_together",
    )
    shown = queries.ties_of(cast.stranger, cast.food_bank)
    assert [(one.teller.name, one.kind_words) for one in shown] == [
        ("Northwind Cold Chain", "funds")
    ]


def test_a_tie_is_renewed_for_today(cast: Cast) -> None:
    tie = actions.state_tie(actor=cast.seeker, other=cast.connector, strength="know")
    later = clock.now() + timedelta(days=400)
    with clock.held_at(later):
        for _twice in range(2):
            renewed = actions.renew(actor=cast.seeker, tie=tie)
    assert renewed.last_confirmed == later.date()
    assert Entry.objects.filter(verb="network.tie_renewed").count() == 1


# A host asks.


def test_a_host_asks_both_and_each_answers_for_themselves(
    cast: Cast, worker: Callable[[], int]
) -> None:
    for _twice in range(2):
        actions.propose_tie(
            actor=cast.host, one=cast.seeker, other=cast.connector, how="Same <street>"
        )
    worker()
    messages = Message.objects.filter(kind="tie_proposed").order_by("to_name")
    assert [message.to_person for message in messages] == [cast.connector.id, cast.seeker.id]
    assert messages[0].subject == "Do you know Rosa Seeker?"
    assert "Same <street>" in messages[0].text
    assert "<street>" not in messages[0].html

    token = messages[1].links[0]["url"].rsplit("/", 1)[1]
    person, tie = queries.proposal_for(token)
    assert person == cast.seeker
    assert tie.state == TieState.PROPOSED
    actions.answer_proposal(actor=person, tie=tie, is_so=True, strength="trust")
    other_token = messages[0].links[0]["url"].rsplit("/", 1)[1]
    person, tie = queries.proposal_for(other_token)
    actions.answer_proposal(actor=person, tie=tie, is_so=False)
    assert said() == [
        ("Kofi Connector", "Rosa Seeker", "denied"),
        ("Rosa Seeker", "Kofi Connector", "stated"),
    ]


def test_a_denial_is_silent_and_stands(cast: Cast, worker: Callable[[], int]) -> None:
    actions.propose_tie(actor=cast.host, one=cast.seeker, other=cast.connector)
    worker()
    unanswered = queries.ties_of(cast.host, cast.seeker)
    tie = Tie.objects.get(teller=cast.seeker)
    actions.answer_proposal(actor=cast.seeker, tie=tie, is_so=False)
    assert queries.ties_of(cast.host, cast.seeker) == unanswered == []
    for viewer in (cast.host, cast.connector):
        with pytest.raises(NotHere):
            queries.get_tie(viewer, tie.id)
    sent = Message.objects.count()
    actions.propose_tie(actor=cast.host, one=cast.seeker, other=cast.connector)
    worker()
    assert Message.objects.count() == sent
    assert Tie.objects.get(id=tie.id).state == TieState.DENIED


def test_what_was_said_already_is_not_asked_again(cast: Cast, worker: Callable[[], int]) -> None:
    actions.state_tie(actor=cast.seeker, other=cast.connector, strength="trust")
    actions.propose_tie(actor=cast.host, one=cast.seeker, other=cast.connector)
    worker()
    assert [m.to_person for m in Message.objects.all()] == [cast.connector.id]
    assert Tie.objects.get(teller=cast.seeker).strength == "trust"


def test_who_pauses_is_not_written_to(cast: Cast, worker: Callable[[], int]) -> None:
    pause(actor=cast.seeker, until=clock.today() + timedelta(days=5))
    actions.propose_tie(actor=cast.host, one=cast.seeker, other=cast.connector)
    worker()
    assert [m.to_person for m in Message.objects.all()] == [cast.connector.id]


def test_only_a_host_of_one_of_them_asks(cast: Cast) -> None:
    for actor in (cast.seeker, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.propose_tie(actor=actor, one=cast.seeker, other=cast.connector)
    with pytest.raises(DomainError):
        actions.propose_tie(actor=cast.host, one=cast.seeker, other=cast.seeker)


def test_a_link_to_a_tie_that_is_gone_is_no_longer_good(
    cast: Cast, worker: Callable[[], int]
) -> None:
    actions.propose_tie(actor=cast.host, one=cast.seeker, other=cast.connector)
    worker()
    token = Message.objects.get(to_person=cast.seeker.id).links[0]["url"].rsplit("/", 1)[1]
    erase(actor=cast.connector, person=cast.connector)
    with pytest.raises(LinkNotValid):
        queries.proposal_for(token)
    assert not Tie.objects.exists()


# Lists that tell of ties.


def test_a_list_is_taken_over_once_and_never_over_peoples_own_words(cast: Cast) -> None:
    actions.state_tie(actor=cast.seeker, other=cast.connector, strength="trust")
    statements = [
        Statement(cast.seeker.id, cast.connector.id, "met"),
        Statement(cast.city.id, cast.food_bank.id, "worked_together", TieKind.FUNDS),
        Statement(cast.city.id, cast.city.id),
        Statement(cast.city.id, uuid4()),
        Statement(cast.listed.id, cast.seeker.id, since=date(2020, 1, 1)),
    ]
    first = actions.record_ties(actor=cast.host, chapter=cast.chapter, statements=statements)
    again = actions.record_ties(actor=cast.host, chapter=cast.chapter, statements=iter(statements))
    assert first == Recorded(added=2, passed_over=3)
    assert again == Recorded(unchanged=2, passed_over=3)
    assert Tie.objects.get(teller=cast.seeker).strength == "trust"
    better = [Statement(cast.listed.id, cast.seeker.id, "trust", since=date(2020, 1, 1))]
    assert actions.record_ties(
        actor=cast.host, chapter=cast.chapter, statements=better
    ) == Recorded(changed=1)
    assert Entry.objects.filter(verb="network.ties_recorded").count() == 2


def test_ones_own_word_takes_the_place_of_a_lists(cast: Cast) -> None:
    row = [Statement(cast.seeker.id, cast.connector.id, "met")]
    actions.record_ties(actor=cast.host, chapter=cast.chapter, statements=row)
    actions.state_tie(actor=cast.seeker, other=cast.connector, strength="trust")
    actions.record_ties(actor=cast.host, chapter=cast.chapter, statements=row)
    assert Tie.objects.get().strength == "trust"


def test_a_list_tells_only_of_the_hosts_own_chapter(cast: Cast) -> None:
    far = cast.person("Far", chapter=cast.other_chapter)
    statements = [Statement(far.id, cast.stranger.id)]
    with pytest.raises(NotAllowed):
        actions.record_ties(actor=cast.seeker, chapter=cast.chapter, statements=statements)
    assert actions.record_ties(
        actor=cast.host, chapter=cast.chapter, statements=statements
    ) == Recorded(passed_over=1)


def test_a_long_list_takes_few_queries(cast: Cast, django_assert_max_num_queries: Callable) -> None:
    people = [cast.person(f"P{number}") for number in range(60)]
    pairs = [Statement(one.id, other.id) for one in people for other in people]
    host, chapter = cast.host, cast.chapter
    assert len(pairs) == 3600
    with django_assert_max_num_queries(60):  # SQLite takes about 80 rows at a time
        done = actions.record_ties(actor=host, chapter=chapter, statements=iter(pairs))
    assert done == Recorded(added=3540, passed_over=60)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_ties_take_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Callable
) -> None:
    viewer = cast.connector
    for number in range(count):
        person = cast.person(f"P{number}", at=cast.food_bank)
        actions.state_tie(actor=viewer, other=person, strength="know")
        actions.state_tie(actor=person, other=viewer, strength="know")
    for query in (queries.my_ties, lambda one: queries.ties_of(one, one)):
        with django_assert_num_queries(5):
            assert len(query(viewer)) >= count


# Who may know of which tie.


def test_a_list_and_a_single_look_show_the_same_ties(cast: Cast) -> None:
    from footbridge.network import policy

    applicant = cast.person("Applicant", standing=Standing.APPLIED)
    far_host = cast.person("Far host", chapter=cast.other_chapter)
    far_host.hosting.create(chapter=cast.other_chapter)
    Affiliation.objects.create(person=cast.stranger, organisation=cast.cold_chain)
    members = [
        cast.seeker, cast.connector, cast.target, cast.listed, applicant, cast.stranger,
        cast.food_bank, cast.cold_chain, cast.city,
    ]  # fmt: skip
    kinds = [TieKind.KNOWS, TieKind.FUNDS, TieKind.PARTNERS]
    for number, one in enumerate(members):
        for offset, other in enumerate(members):
            if one != other:
                Tie.objects.create(
                    teller=one,
                    other=other,
                    strength="know",
                    kind=kinds[(number + offset) % 3],
                    state=list(TieState)[(number * 2 + offset) % 3],
                )
    viewers = [
        OPERATOR, cast.host, cast.deputy, far_host, cast.seeker, cast.connector, cast.target,
        cast.colleague, cast.listed, applicant, cast.stranger,
    ]  # fmt: skip
    seen = 0
    for viewer in viewers:
        shown = set(policy.visible_to(viewer).values_list("id", flat=True))
        for tie in Tie.objects.select_related("teller__chapter", "other__chapter"):
            assert policy.may_see(viewer, tie) == (tie.id in shown), (viewer, tie, tie.state)
            seen += tie.id in shown
    assert len(viewers) * 5 < seen < len(viewers) * 60
    unanswered = Tie.objects.exclude(state=TieState.STATED)
    assert not policy.visible_to(cast.host).filter(id__in=unanswered.values("id")).exists()
    of_listed = policy.visible_to(cast.seeker).filter(teller=cast.listed)
    assert not of_listed.exists()
