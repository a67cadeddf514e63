"""Going under the radar is leaving, as far as anybody else can tell."""

from __future__ import annotations

import pytest
from django.db import connection

from footbridge.core.errors import Conflict, NotAllowed, NotHere
from footbridge.exchange import actions as exchange
from footbridge.journal.models import Entry
from footbridge.network import actions as network
from footbridge.people import actions as people_actions
from footbridge.people import queries as people
from footbridge.people.models import Account, Member, Person
from footbridge.veil import actions, queries
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Hidden
from tests.cast import Cast

CANARIES = ("Lena", "lena.sought", "cold storage")


@pytest.fixture
def hidden(cast: Cast) -> queries.Self:
    """Lena, who went under the radar."""
    return _hide(cast)


def _hide(cast: Cast) -> queries.Self:
    exchange.open_need(actor=cast.target, owner=cast.target, text="We need cold storage")
    network.state_tie(actor=cast.target, other=cast.connector, strength="trust")
    me = queries.self_for(cast.hidden(cast.target))
    assert me is not None
    return me


def test_what_one_said_is_kept_for_oneself(hidden: queries.Self, cast: Cast) -> None:
    profile = hidden.profile
    assert (profile.name, profile.address) == ("Lena Sought", "lena.sought@example.org")
    assert profile.needs == ("We need cold storage",)
    assert [(known.member, known.strength) for known in profile.knows] == [
        (str(cast.connector.id), "trust")
    ]
    assert [(work.name, work.role) for work in profile.work] == [
        ("Northwind Cold Chain", "Operations lead")
    ]


def test_no_row_outside_the_seal_names_them(hidden: queries.Self) -> None:
    for table in connection.introspection.table_names():
        if table.startswith("veil_"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
        assert not [canary for canary in CANARIES if canary in text], table


def test_not_even_the_veil_store_names_them_without_its_key(hidden: queries.Self) -> None:
    with lifted(Service.OPERATOR):
        raw = str([bytes(row.sealed) for row in Hidden.objects.all()]) + str(
            list(Hidden.objects.values("id", "account", "address"))
        )
    assert not [canary for canary in CANARIES if canary in raw]


def test_the_journal_tells_the_same_as_of_leaving(cast: Cast) -> None:
    colleague = cast.colleague
    people_actions.erase(actor=colleague, person=colleague)
    left = Entry.objects.latest("id")
    cast.hidden(cast.target)
    hid = Entry.objects.latest("id")
    assert (hid.verb, hid.facts) == (left.verb, left.facts) == ("people.erased", {})


def test_nobody_comes_to_anothers_record_by_an_address_that_a_host_typed(
    hidden: queries.Self, cast: Cast
) -> None:
    intruder = people_actions.add_person(
        actor=cast.host, chapter=cast.chapter, name="Not Lena", email="lena.sought@example.org"
    )
    Person.objects.filter(id=intruder.id).update(standing="joined")
    intruder.refresh_from_db()
    people_actions.account_for(intruder)
    with pytest.raises(NotAllowed):
        actions.hide(actor=intruder)
    account = queries.account_at("lena.sought@example.org")
    assert account is not None
    found = queries.self_for(account)
    assert found is not None
    assert found.profile.name == "Lena Sought"


def test_a_chapters_only_host_names_another_one_first(cast: Cast) -> None:
    with pytest.raises(Conflict):
        cast.hidden(cast.host)
    assert people.find(cast.host, "hana.host@example.org") is not None


def test_who_hides_is_found_by_their_address_alone(hidden: queries.Self) -> None:
    account = queries.account_at(" Lena.Sought@example.org")
    assert account is not None
    found = queries.self_for(account)
    assert found is not None
    assert found.id == hidden.id
    assert queries.account_at("rosa.seeker@example.org") is None


def test_coming_out_says_everything_again_under_a_new_id(hidden: queries.Self, cast: Cast) -> None:
    before = set(Member.objects.values_list("id", flat=True))
    account = queries.account_at("lena.sought@example.org")
    person = actions.come_out(actor=hidden, account=account)
    assert person.id not in before
    assert person.has_joined
    assert (person.name, person.email) == ("Lena Sought", "lena.sought@example.org")
    assert [need.text for need in person.needs.all()] == ["We need cold storage"]
    assert [tie.other_id for tie in person.ties_told.all()] == [cast.connector.id]
    assert [one.organisation.name for one in person.affiliations.all()] == ["Northwind Cold Chain"]
    assert queries.self_for(account) is None


def test_coming_out_takes_the_record_that_a_host_made_meanwhile(
    hidden: queries.Self, cast: Cast
) -> None:
    listed = people_actions.add_person(
        actor=cast.host, chapter=cast.chapter, name="L. Sought", email="lena.sought@example.org"
    )
    account = queries.account_at("lena.sought@example.org")
    person = actions.come_out(actor=hidden, account=account)
    assert person.id == listed.id
    assert Person.objects.get(id=listed.id).has_joined


def test_leaving_from_under_the_radar_leaves_nothing(hidden: queries.Self) -> None:
    account = queries.account_at("lena.sought@example.org")
    actions.erase(actor=hidden, account=account)
    with lifted(Service.OPERATOR):
        assert Hidden.objects.count() == 0
    assert not Account.objects.filter(id=account.id).exists()
    with pytest.raises(NotHere):
        actions.edit(actor=hidden, headline="Still here")


def test_a_change_against_an_older_page_is_refused(hidden: queries.Self) -> None:
    actions.edit(actor=hidden, headline="New", version=hidden.version)
    with pytest.raises(Conflict):
        actions.edit(actor=hidden, headline="Other", version=hidden.version)
    with lifted(Service.OWN):
        row = Hidden.objects.get(id=hidden.id)
    account = queries.account_at("lena.sought@example.org")
    found = queries.self_for(account)
    assert found is not None
    assert found.profile.headline == "New"
    assert row.version == 2
