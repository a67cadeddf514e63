"""A look at one's own network: for oneself alone, worked out while one looks, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.insight import network as networks
from footbridge.insight.queries import search, suggest
from footbridge.insight.scan import Cluster, scan
from footbridge.intake.contacts import take_in
from footbridge.mail.models import Message
from footbridge.network import actions as network
from footbridge.network import queries
from footbridge.network.cards import Work
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BOOK = """First Name,Last Name,Email Address,Company,Position,Connected On
Ana,Reis,ana@market.example,Food Bank of the Bay,Hunger relief lead,01 Mar 2024
Bo,Lind,bo@market.example,Northern Food Rescue,Hunger campaigns,01 Mar 2024
Cy,Mwangi,cy@market.example,Food Bank of the Bay,Driver,02 Mar 2024
Di,Okoro,di@market.example,Ministry of Agriculture,Zero hunger programme,02 Mar 2024
Ed,Sousa,ed@market.example,City Council of Braga,Clerk,03 Mar 2024
Flo,Dias,flo@market.example,Ministry of Health,Adviser,03 Mar 2024
"""


def _brings(person: Person, book: str = BOOK) -> None:
    exchange.load_shipped_vocabulary()
    take_in(actor=person, source=book.encode(), name="Connections.csv")


def _of(found: tuple[Cluster, ...], kind: str) -> dict[str, Cluster]:
    return {one.about: one for one in found if one.kind == kind}


def test_people_of_one_cause_could_meet_about_it(cast: Cast) -> None:
    _brings(cast.seeker)
    about = _of(scan(cast.seeker).clusters, "cause")
    hunger = about["Food for everyone"]
    assert {one.name for one in hunger.people} >= {"Ana Reis", "Bo Lind", "Di Okoro"}
    assert hunger.organisations >= 3


def test_the_sector_is_read_from_what_the_list_says(cast: Cast) -> None:
    _brings(cast.seeker)
    public = _of(scan(cast.seeker).clusters, "sector")["Public"]
    assert {one.name for one in public.people} == {"Di Okoro", "Ed Sousa", "Flo Dias"}
    assert (public.total, public.members, public.more) == (3, 0, 0)


def test_an_organisation_of_this_network_tells_its_sector_and_causes(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    cause = Cause.objects.order_by("key").first()
    assert cause
    exchange.care_for(actor=cast.target, member=cast.cold_chain, causes=[cause])
    rows = [
        (f"Guest {n}", f"g{n}@x.example", Work("Northwind cold chain", "Plain clerk"))
        for n in range(3)
    ]
    network.import_contacts(actor=cast.seeker, rows=rows, source="csv")
    found = scan(cast.seeker).clusters
    assert _of(found, "sector")["Business"].total == 3
    assert _of(found, "cause")[cause.label].total == 3
    assert _of(found, "organisation")["Northwind cold chain"].total == 3


def test_members_among_them_are_named_if_they_wish_to_be_found(
    cast: Cast, worker: Callable[[], int]
) -> None:
    work = Work("Tiny Press", "Printer")
    rows = [
        ("L. Sought", cast.target.email or "", work),
        ("K. Connector", cast.connector.email or "", work),
        ("Nobody", "nobody@x.example", work),
    ]
    people.be_findable_by_email(actor=cast.target, findable=True)
    worker()
    network.import_contacts(actor=cast.seeker, rows=rows, source="csv")
    cluster = _of(scan(cast.seeker).clusters, "organisation")["Tiny Press"]
    assert cluster.members == 1
    assert cluster.people[0].member is not None
    assert cluster.people[0].member.name == "Lena Sought"
    people.be_findable_by_email(actor=cast.target, findable=False)
    assert _of(scan(cast.seeker).clusters, "organisation")["Tiny Press"].members == 0


def test_ones_own_ties_count_and_nobody_twice(cast: Cast, worker: Callable[[], int]) -> None:
    for one in (cast.target, cast.colleague, cast.connector):
        network.state_tie(actor=cast.seeker, other=one, strength="know")
    people.be_findable_by_email(actor=cast.target, findable=True)
    worker()
    rows = [("Lena", cast.target.email or "", Work("", "", "Porto"))]
    network.import_contacts(actor=cast.seeker, rows=rows, source="csv")
    porto = _of(scan(cast.seeker).clusters, "place")["Porto"]
    assert (porto.total, porto.members) == (3, 3)


def test_nobody_sees_anything_of_anothers_book(cast: Cast) -> None:
    _brings(cast.seeker)
    assert scan(cast.connector).clusters == ()
    assert scan(cast.connector).contacts == 0
    assert scan(cast.host).is_empty


def test_looking_writes_nothing_tells_nobody_and_changes_nothing_for_others(cast: Cast) -> None:
    _brings(cast.seeker)
    network.state_tie(actor=cast.seeker, other=cast.target, strength="know")
    seen = _as_others_see(cast)
    before = _all_rows()
    scan(cast.seeker)
    assert _all_rows() == before
    assert not Message.objects.exists()
    networks.forget()
    assert _as_others_see(cast) == seen


def _all_rows() -> dict[str, list[Any]]:
    """What stands in every table; the hidden store opens for nobody here."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("footbridge")]
    ours = [one for one in ours if one._meta.app_label != "veil"]
    return {one._meta.label: sorted(map(repr, one._base_manager.values_list())) for one in ours}


def _as_others_see(cast: Cast) -> list[Any]:
    return [
        (search(one, "food"), search(one, ""), suggest(one, one))
        for one in (cast.connector, cast.target, cast.host)
    ]


def test_where_somebody_works_is_sealed_for_its_owner(cast: Cast) -> None:
    from footbridge.network.models import Contact
    from footbridge.network.sealing import open_seal

    _brings(cast.seeker)
    rows = list(Contact.objects.all())
    assert all(b"Food" not in bytes(row.sealed_work) for row in rows)
    assert {open_seal(cast.connector.id, bytes(row.sealed_work)) for row in rows} == {""}
    assert {one.work.organisation for one in queries.my_contacts(cast.seeker)} >= {
        "Food Bank of the Bay"
    }
    contacts = queries.export_of(cast.seeker)["contacts"]
    held = next(one["work"] for one in contacts if one["name"] == "Ana Reis")
    assert held == {
        "organisation": "Food Bank of the Bay",
        "position": "Hunger relief lead",
        "place": "",
    }


def test_a_list_that_says_less_than_three_have_in_common_gives_nothing(cast: Cast) -> None:
    _brings(cast.seeker, "\n".join(BOOK.splitlines()[:3]))
    found = scan(cast.seeker)
    assert found.is_empty
    assert found.contacts == 2


@pytest.mark.parametrize("count", [3, 9])
def test_a_scan_takes_the_same_queries_for_few_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    exchange.load_shipped_vocabulary()
    rows = [(f"G {n}", f"g{n}@x.example", Work("Tiny Press")) for n in range(count)]
    network.import_contacts(actor=cast.seeker, rows=rows, source="csv")
    scan(cast.seeker)
    with django_assert_num_queries(10):
        assert scan(cast.seeker).clusters[0].total == count
