"""Ties from lists: found whatever the order, dated, never to oneself, never made up."""

from __future__ import annotations

from datetime import date

import pytest

from footbridge.intake import actions
from footbridge.network.models import Tie
from footbridge.people.models import Organisation, Person
from tests.cast import Cast
from tests.rooms.intake.lists import bring_in, hash_of_everything, said_of, verdicts

pytestmark = pytest.mark.django_db

NODES = "id,name,agency\n1,Ana,Food\n2,Ben,Food\n3,Zoe,Cold\n"
TIES = "from,to,strength,since\n1,2,strong,2020-01-05\n2,3,weak,\n3,1,close friend,\n"


def told() -> set[tuple[str, str, str]]:
    return set(Tie.objects.values_list("teller__name", "other__name", "strength"))


@pytest.mark.parametrize("order", [(NODES, TIES), (TIES, NODES)])
def test_a_list_of_ties_finds_its_ends_in_whatever_order(
    cast: Cast, order: tuple[str, str]
) -> None:
    batch = bring_in(cast.chapter, *order)
    assert verdicts(batch) == (6, 0, 0)
    assert told() == {
        ("Ana", "Ben", "worked_together"),
        ("Ben", "Zoe", "met"),
        ("Zoe", "Ana", "trust"),
    }
    assert Tie.objects.get(teller__name="Ana").since == date(2020, 1, 5)
    before = hash_of_everything()
    bring_in(cast.chapter, *order)
    assert hash_of_everything() == before


def test_a_list_of_ties_alone_finds_the_numbers_of_an_earlier_list(cast: Cast) -> None:
    bring_in(cast.chapter, NODES)
    assert verdicts(bring_in(cast.chapter, TIES)) == (3, 0, 0)
    assert Person.objects.count() == 3


def test_a_list_of_nothing_but_ties_names_people_by_its_numbers(cast: Cast) -> None:
    assert verdicts(bring_in(cast.chapter, TIES)) == (3, 0, 0)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["1", "2", "3"]
    before = hash_of_everything()
    bring_in(cast.chapter, TIES)
    assert hash_of_everything() == before


def test_numbers_that_look_like_days_are_ends_all_the_same(cast: Cast) -> None:
    people = "id,name,agency\n" + "".join(f"{n},P {n},Food\n" for n in range(44_000, 44_040))
    ties = "from,to,since\n" + "".join(f"{n},{n + 1},2020\n" for n in range(44_000, 44_039))
    assert verdicts(bring_in(cast.chapter, people, ties)) == (79, 0, 0)
    assert Tie.objects.count() == 39


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,1,strong,", "“1” is tied to itself."),
        ("1,Ana,strong,", "“Ana” is tied to itself."),
        ("1,,strong,", "A tie has two ends; one of them is missing."),
        ("1,9,strong,", "“9” is not in the lists."),
        ("1,2,NaN,", "“NaN” is not a strength that is known."),
        ("1,2,-3,", "A strength cannot be negative (-3)."),
        ("1,2,inf,", "“inf” is not a strength that is known."),
        ("1,2,0,", "A strength of zero means that there is no tie."),
    ],
)
def test_a_tie_that_cannot_be_is_refused_with_the_reason(cast: Cast, row: str, why: str) -> None:
    batch = bring_in(cast.chapter, NODES, f"from,to,strength,since\n{row}\n2,3,weak,\n")
    assert said_of(batch) == {2: ("refused", [why])}
    assert told() == {("Ben", "Zoe", "met")}


def test_ends_are_found_by_address_and_by_name_too(cast: Cast) -> None:
    bring_in(
        cast.chapter,
        "Name,Email\nAna,ana@x.org\nBen,ben@x.org\n",
        "from,to\nANA@x.org,Ben\nBen,ana@x.org\n",
    )
    assert told() == {("Ana", "Ben", "know"), ("Ben", "Ana", "know")}


def test_a_name_that_two_people_bear_is_not_guessed(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        "Name,Email\nAna,ana@x.org\nAna,ana@y.org\nBen,ben@x.org\n",
        "from,to\nAna,Ben\n",
    )
    rows = said_of(batch)
    assert rows[2] == ("refused", ["“Ana” may be any of 2."])
    assert told() == set()


def test_whom_a_row_knows_is_found_further_down(cast: Cast) -> None:
    batch = bring_in(
        cast.chapter,
        'Name,Email,Knows\nAna,ana@x.org,"Ben; nobody@x.org"\nBen,ben@x.org,Ana\n',
    )
    assert told() == {("Ana", "Ben", "know"), ("Ben", "Ana", "know")}
    assert said_of(batch) == {2: ("repaired", ["“nobody@x.org” is not in the lists."])}


def test_what_people_said_themselves_is_not_overwritten(cast: Cast) -> None:
    Tie.objects.create(teller=cast.seeker, other=cast.connector, strength="trust")
    bring_in(cast.chapter, "from,to,strength\nRosa Seeker,Kofi Connector,weak\n")
    assert told() == {("Rosa Seeker", "Kofi Connector", "trust")}


GRANTS = """\
grant_id,award_date,amount,currency,funder_id,funder_name,recipient_id,recipient_name
g1,2019-05-01,100,GBP,GB-CHC-327114,Big Fund,GB-CHC-1136419,Kitchen
g2,2015-02-01,100,GBP,GB-CHC-327114,Big Fund,GB-CHC-1136419,Kitchen
g3,2030-02-01,100,GBP,GB-CHC-327114,Big Fund,GB-CHC-1136420,Garden
g4,2019-05-01,,GBP,,,GB-CHC-1136420,Garden
"""


def test_grants_tie_funder_and_recipient_since_the_first(cast: Cast) -> None:
    batch = bring_in(cast.chapter, GRANTS)
    assert verdicts(batch) == (2, 1, 1)
    assert list(
        Tie.objects.order_by("other__name").values_list(
            "teller__name", "other__name", "kind", "since", "last_confirmed"
        )
    ) == [
        ("Big Fund", "Garden", "funds", None, None),
        ("Big Fund", "Kitchen", "funds", date(2015, 2, 1), date(2019, 5, 1)),
    ]
    assert Organisation.objects.count() == 3
    newer = GRANTS.splitlines()[0] + "\n" + GRANTS.splitlines()[1] + "\n"
    bring_in(cast.chapter, newer)
    assert Tie.objects.get(other__name="Kitchen").since == date(2015, 2, 1)


def test_a_trial_counts_ties_that_are_found_only_in_the_list_itself(cast: Cast) -> None:
    given = [actions.Given(NODES.encode(), "nodes.csv"), actions.Given(TIES.encode(), "ties.csv")]
    batch = actions.read_files(actor=cast.host, chapter=cast.chapter, files=given)
    trial = actions.check(actor=cast.host, batch=batch)
    assert (trial.counts["ties"], trial.counts["new_people"]) == (3, 3)
    assert not Tie.objects.exists()
