"""The pages of funding: found by members, kept by hosts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from footbridge.funding.models import Funder, Line
from footbridge.network.models import Tie
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.calls import story as calls_story
from tests.rooms.funding.story import bogota, entrepreneur, grant, granted, line

pytestmark = pytest.mark.django_db


def _as(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person))
    return client


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_an_entrepreneur_in_colombia_finds_lines_with_their_sources(cast: Cast) -> None:
    line(cast, "Agua limpia", places=("CO",))
    line(cast, "For Peru", places=("PE",))
    luz = _as(entrepreneur(cast))
    assert 'href="/find/funding/"' in _text(luz.get("/find/"))
    page = _text(luz.get("/find/funding/"))
    for words in (
        "Agua limpia",
        "The foundation&#x27;s page",
        "https://rio-claro.example/",
        "looked at on 20 February 2026 by Hana Host",
        "It is for Colombia.",
        "For Peru",
        "It is for Peru, not for Colombia.",
        "Colombia and around: 1 line fits",
        "No money passes through here.",
    ):
        assert words in page, words


def test_nothing_fits_and_the_nearest_are_shown(cast: Cast) -> None:
    line(cast, "Agua limpia", money="loan")
    page = _text(_as(cast.seeker).get("/find/funding/?country=CO&money=prize"))
    assert "Nothing fits quite" in page
    assert "It is another kind of money: Loan." in page


def test_without_any_line_the_page_says_what_belongs_here(cast: Cast) -> None:
    assert "No funding line is kept here yet" in _text(_as(cast.seeker).get("/find/funding/"))


@pytest.mark.parametrize(
    "query", ["country=XX", "amount=-5", "amount=NaN", "currency=QQQ", "ready_on=soon", "stage=x"]
)
def test_what_cannot_be_read_is_said_beside_the_field(cast: Cast, query: str) -> None:
    answer = _as(cast.seeker).get(f"/find/funding/?q=water&{query}")
    assert answer.status_code == 400
    assert 'value="water"' in _text(answer)


def test_one_looks_for_the_organisation_that_one_acts_for(cast: Cast) -> None:
    line(cast, "For Colombia")
    client = _as(cast.seeker)
    food_bank = cast.food_bank
    food_bank.place = bogota()
    food_bank.save()
    assert "For Harbour Food Bank." in _text(client.get("/find/funding/"))
    mine = _text(client.get(f"/find/funding/?for={cast.seeker.id}"))
    assert "For Rosa Seeker." in mine
    assert "not for Portugal" in mine


def test_the_page_of_a_line_tells_conditions_and_where_one_applies(cast: Cast) -> None:
    kept = line(cast, conditions="Younger than five years.\nIn villages.", money="outlet")
    page = _text(_as(cast.seeker).get(f"/find/funding/{kept.id}/"))
    assert "Younger than five years.<br>In villages." in page
    assert 'href="https://rio-claro.example/agua" rel="noopener noreferrer nofollow"' in page
    assert "Go to the site" in page
    assert "Correct it" not in page
    assert "Correct it" in _text(_as(cast.host).get(f"/find/funding/{kept.id}/"))


def test_who_funded_others_alike_is_shown_with_the_row_that_says_so(cast: Cast) -> None:
    cast.food_bank.about = "We dig wells and keep water tanks"
    cast.food_bank.save()
    assert cast.cold_chain
    others = [grant(f"Club {n}", title=f"Football {n}", funder="Sports Fund") for n in range(8)]
    granted(cast, grant("Pozos del Sur", funder="Northwind Cold Chain", source_row=17), *others)
    Tie.objects.create(teller=cast.seeker, other=cast.target, strength="trust")
    page = _text(_as(cast.seeker).get(f"/members/{cast.food_bank.id}/funded-alike/"))
    for words in (
        "Who funded others like you",
        "Compared with 9 grants",
        "Northwind Cold Chain",
        "Funded 1 organisation like yours.",
        "Pozos del Sur",
        "grants.csv",
        "row 17",
        f'href="/members/{cast.cold_chain.id}/ways/"',
    ):
        assert words in page, words
    assert "Sports Fund" not in page


def test_who_acts_for_an_organisation_says_what_it_funds_and_takes_it_back(cast: Cast) -> None:
    path = f"/organisations/{cast.cold_chain.id}/funding/"
    client = _as(cast.target)
    assert "Say what it funds" in _text(client.get(path))
    answer = client.post(path, {"kind": "lender", "gives": "Cold rooms", "money": ["loan"]})
    assert (answer.status_code, answer["Location"]) == (302, path)
    page = _text(_as(cast.stranger).get(path))
    assert "Cold rooms" in page
    assert "Change what is said" not in page
    assert _as(cast.stranger).post(path, {"kind": "investor"}).status_code == 403
    assert "Northwind Cold Chain" in _text(_as(cast.stranger).get("/find/funders/?kind=lender"))
    assert client.post(path, {"withdraw": "yes"}).status_code == 302
    assert not Funder.objects.exists()


def test_a_person_has_no_page_of_funding(cast: Cast) -> None:
    answer = _as(cast.seeker).get(f"/organisations/{cast.target.id}/funding/")
    assert answer.status_code == 404


LINE = {
    "title": "Wind",
    "funder": "Sky Fund",
    "money": "loan",
    "places": "Colombia; Latin America",
    "stages": ["idea", "trying"],
    "amount_from": "500",
    "amount_to": "9000",
    "currency": "eur",
    "deadline": "2026-05-31",
    "hour": "17:30",
    "conditions": "None",
    "url": "https://sky.example",
    "source": "A newsletter",
    "checked_on": "2026-03-01",
}


def test_a_host_adds_corrects_checks_and_closes_a_line(cast: Cast) -> None:
    client = _as(cast.host)
    home = f"/host/{cast.chapter.id}/funding/"
    assert f'href="{home}"' in _text(client.get(f"/host/{cast.chapter.id}/"))
    assert client.post(f"{home}new/", LINE)["Location"] == home
    kept = Line.objects.get()
    assert (kept.places, kept.currency, kept.deadline and kept.deadline.hour) == (
        ["CO", "419"],
        "EUR",
        17,
    )
    edit = f"/host/funding/{kept.id}/edit/"
    page = client.get(edit)
    assert page.context["form"]["places"].value() == "Colombia, Latin America"
    changed = LINE | {"places": page.context["form"]["places"].value(), "version": "1"}
    assert client.post(edit, changed | {"title": "Wind and sun"}).status_code == 302
    late = client.post(edit, changed | {"title": "Wind alone"})
    assert late.status_code == 409
    for what, is_open, day in (
        ("checked", True, date(2026, 3, 2)),
        ("close", False, date(2026, 3, 2)),
        ("open", True, date(2026, 3, 2)),
    ):
        answer = client.post(f"/host/funding/{kept.id}/mark/", {"what": what})
        assert answer["Location"] == home
        kept.refresh_from_db()
        assert (kept.title, kept.is_open, kept.checked_on) == ("Wind and sun", is_open, day)
    assert client.post(f"/host/funding/{kept.id}/mark/", {"what": "sell"}).status_code == 400


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"places": "Narnia"}, "places"),
        ({"amount_from": "99999"}, "amount_to"),
        ({"currency": "QQQ"}, "currency"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"checked_on": "2050-01-01"}, "checked_on"),
        ({"is_rolling": "on"}, "deadline"),
    ],
)
def test_what_cannot_stand_comes_back_with_all_that_was_typed(
    cast: Cast, wrong: dict[str, str], field: str
) -> None:
    answer = _as(cast.host).post(f"/host/{cast.chapter.id}/funding/new/", LINE | wrong)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert "A newsletter" in _text(answer)


def test_a_list_of_calls_is_tried_and_then_kept(cast: Cast) -> None:
    client = _as(cast.host)
    text = "Title,Funder,Country,Amount,Currency\nWater,River Fund,CO,5000,USD\nBad,Fund,CO,x,USD\n"
    said = {
        "source": "The ministry",
        "source_url": "https://ministry.example",
        "day": "2026-03-01",
        "uploads": SimpleUploadedFile("calls.csv", text.encode()),
    }
    answer = client.post(f"/host/{cast.chapter.id}/funding/bring/", said)
    assert answer.status_code == 302, answer.context["form"].errors
    batch = answer["Location"]
    page = _text(client.get(batch))
    assert "Nothing is kept yet." in page
    assert "“x” is not a number." in page
    assert "Who should meet" not in page
    assert not Line.objects.exists()
    client.post(f"{batch}bring-in/")
    done = _text(client.get(batch))
    assert "See what is kept" in done
    assert "1 funding line" in done
    (kept,) = Line.objects.all()
    assert (kept.source, kept.source_url, kept.checked_on) == (
        "The ministry",
        "https://ministry.example",
        date(2026, 3, 1),
    )
    refused = b"".join(client.get(f"{batch}refused.csv").streaming_content).decode()  # type: ignore[union-attr]
    assert "“x” is not a number." in refused


def test_only_hosts_of_the_chapter_keep_its_lines(cast: Cast) -> None:
    kept = line(cast)
    for client in (_as(cast.seeker), _as(cast.stranger)):
        for path in (
            f"/host/{cast.chapter.id}/funding/",
            f"/host/{cast.chapter.id}/funding/new/",
            f"/host/{cast.chapter.id}/funding/bring/",
            f"/host/funding/{kept.id}/edit/",
        ):
            assert client.get(path).status_code in (403, 404), path
        assert client.post(f"/host/funding/{kept.id}/mark/", {"what": "close"}).status_code in (
            403,
            404,
        )


def test_open_calls_for_funding_of_this_network_stand_beside_the_lines(cast: Cast) -> None:
    call = calls_story.opened(cast, kind="funding", title="Cold rooms for kitchens")
    calls_story.opened(cast, kind="brief", title="Something else")
    page = _text(_as(cast.seeker).get("/find/funding/"))
    assert "Cold rooms for kitchens" in page
    assert call.slug in page
    assert "Something else" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_lines_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        line(cast, f"Line {number}")
    client = _as(cast.seeker)
    client.get("/find/funding/")
    with django_assert_num_queries(20):
        client.get("/find/funding/")
