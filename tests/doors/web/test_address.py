"""The address one signs in with: proven before it counts, and silent about whose it is."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from footbridge.journal.models import Entry
from footbridge.mail.models import Message
from footbridge.mail.sealed import waiting_at_the_console
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


def letters_to(address: str) -> list[tuple[str, str]]:
    """What is on its way to an address, without the codes in it."""
    letters = [one for one in waiting_at_the_console() if one.to == address]
    return [(one.to, one.text.replace(_code(one.subject), "CODE")) for one in letters]


def code_sent_to(address: str) -> str:
    return next(_code(one.subject) for one in waiting_at_the_console() if one.to == address)


def _code(subject: str) -> str:
    return subject.removeprefix("Your code: ")


def test_a_new_address_counts_once_its_code_came_back(cast: Cast) -> None:
    client = browser_of(cast.seeker)
    former = cast.seeker.email
    asked = client.post("/you/address/", {"email": "New@Example.org"}, follow=True)
    assert "new@example.org" in asked.content.decode()
    cast.seeker.refresh_from_db()
    assert cast.seeker.email == former
    client.post("/you/address/code/", {"code": code_sent_to("new@example.org").lower()})
    cast.seeker.refresh_from_db()
    account = people.account_for(cast.seeker)
    assert cast.seeker.email == account.email == "new@example.org"
    known = EmailAddress.objects.filter(user=account).values_list("email", "verified", "primary")
    assert list(known) == [("new@example.org", True, True)]
    assert Entry.objects.filter(verb="people.changed", subject=cast.seeker.id).exists()
    told = Message.objects.get(kind="account_notice", to_address=former)
    assert told.private
    assert told.to_person == cast.seeker.id


def test_one_signs_in_with_the_new_address_and_no_longer_with_the_former(cast: Cast) -> None:
    former = cast.seeker.email
    people.account_for(cast.seeker)
    people.change_address(actor=cast.seeker, address="new@example.org")
    Client().post("/sign-in/", {"email": former})
    assert letters_to(str(former)) == []
    client = Client()
    client.post("/sign-in/", {"email": "new@example.org"})
    client.post("/sign-in/code/", {"code": code_sent_to("new@example.org")})
    assert client.get("/you/").status_code == 200


def test_the_page_does_not_tell_whether_an_address_is_someone_elses(cast: Cast) -> None:
    seen = {}
    for address in (str(cast.target.email), "nobody@example.org"):
        answer = browser_of(cast.seeker).post("/you/address/", {"email": address}, follow=True)
        page = answer.content.decode().replace(address, "ADDRESS")
        seen[address] = (
            answer.status_code,
            answer.redirect_chain,
            re.sub(r'(value|"X-CSRFToken"): ?"?[\w"=]+|value="\w{64}"', "", page),
            [(to.replace(address, "ADDRESS"), text) for to, text in letters_to(address)],
            Message.objects.filter(to_address=address).count(),
        )
    first, second = seen.values()
    assert first == second


def test_only_who_reads_the_mail_of_an_address_learns_that_it_is_taken(cast: Cast) -> None:
    client = browser_of(cast.seeker)
    address, former = str(cast.target.email), cast.seeker.email
    client.post("/you/address/", {"email": address})
    wrong = client.post("/you/address/code/", {"code": "wrong"})
    assert wrong.status_code == 400
    assert "already" not in wrong.content.decode()
    told = client.post("/you/address/code/", {"code": code_sent_to(address)})
    assert told.status_code == 400
    assert "stands for another member already" in told.content.decode()
    cast.seeker.refresh_from_db()
    assert cast.seeker.email == former


def test_a_code_that_was_mistyped_three_times_is_worth_nothing(cast: Cast) -> None:
    client = browser_of(cast.seeker)
    client.post("/you/address/", {"email": "new@example.org"})
    for _try in range(3):
        client.post("/you/address/code/", {"code": "wrong"})
    client.post("/you/address/code/", {"code": code_sent_to("new@example.org")})
    cast.seeker.refresh_from_db()
    assert cast.seeker.email != "new@example.org"


def test_the_code_does_not_lie_open_in_the_session_or_in_ones_own_outbox(cast: Cast) -> None:
    client = browser_of(cast.host)
    client.post("/you/address/", {"email": "new@example.org"})
    code = code_sent_to("new@example.org")
    assert code not in str(dict(client.session))
    assert code not in client.get("/outbox/?all=yes").content.decode()


def test_codes_are_not_sent_without_end(cast: Cast) -> None:
    client = browser_of(cast.seeker)
    said = {"email": "new@example.org"}
    answers = [client.post("/you/address/", said).status_code for _time in range(6)]
    assert answers[0] == 302
    assert answers[-1] == 400
    assert len(letters_to("new@example.org")) == answers.count(302)


# What of the sign-in library is open.


CLOSED = [
    *("password/change/", "password/set/", "password/reset/", "password/reset/done/"),
    *("logout/", "inactive/", "recovery-codes/", "recovery-codes/generate/", "authenticate/"),
    *("totp/activate/", "webauthn/signup/"),
]
LEADS = {
    "login/": "/sign-in/",
    "login/code/": "/sign-in/",
    "signup/": "/sign-in/",
    "confirm-email/": "/sign-in/",
    "email/": "/you/address/",
    "passkeys/": "/account/webauthn/",
}


def test_what_we_do_not_want_of_the_library_is_closed(cast: Cast) -> None:
    for client in (Client(), browser_of(cast.seeker)):
        assert {client.get(f"/account/{path}").status_code for path in CLOSED} == {404}
        leads = {path: client.get(f"/account/{path}").headers["Location"] for path in LEADS}
        assert leads == LEADS


def test_the_pages_of_passkeys_are_in_our_words(cast: Cast) -> None:
    client = browser_of(cast.seeker)
    added = client.get("/account/webauthn/add/").content.decode()
    assert "What you call it" in added
    assert "This device" in added
    assert "Master key" not in added
    assert "Passwordless" not in added
