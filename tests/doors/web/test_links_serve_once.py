"""Sign-in links serve once; only what came by mail proves an address; codes are not for hosts."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as sent
from django.test import Client
from django.urls import reverse

from footbridge.cli.__main__ import main
from footbridge.cli.commands.link import sign_in_link
from footbridge.core import clock, links
from footbridge.core.errors import LinkNotValid
from footbridge.mail.actions import deliver_due, send
from footbridge.people import actions, outbox, queries
from footbridge.people.actions.spending import forget_spent_links
from footbridge.people.models import Person, SpentLink
from footbridge.people.states import Door
from tests.cast import Cast
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_a_sign_in_link_serves_once(cast: Cast) -> None:
    path = _path(sign_in_link(cast.seeker.id))
    first, second = Client(), Client()
    assert first.post(path).status_code == 302
    assert first.get("/you/").status_code == 200
    for answer in (second.get(path), second.post(path)):
        assert answer.status_code == 410
        assert "This link has been used. Ask for a new one." in answer.content.decode()
    assert second.get("/you/").status_code == 302


def test_looking_at_a_sign_in_link_uses_nothing_up(cast: Cast) -> None:
    path = _path(sign_in_link(cast.seeker.id))
    robot, person = Client(), Client()
    for _look in range(3):
        assert robot.get(path).status_code == 200
        assert robot.head(path).status_code in (200, 405)
    assert not SpentLink.objects.exists()
    assert person.post(path).status_code == 302


def test_two_links_of_one_person_are_two(cast: Cast) -> None:
    paths = [_path(sign_in_link(cast.seeker.id))]
    with clock.held_at(NOON + timedelta(minutes=1)):
        paths.append(_path(sign_in_link(cast.seeker.id)))
        assert [Client().post(path).status_code for path in paths] == [302, 302]


def test_a_link_of_another_purpose_is_not_spent_for_this_one(cast: Cast) -> None:
    token = links.sign("join", cast.seeker.id)
    with pytest.raises(LinkNotValid):
        actions.spend_link(token, "sign-in")
    assert not SpentLink.objects.exists()


def test_what_was_spent_is_forgotten_when_it_would_not_be_good_any_more(cast: Cast) -> None:
    actions.spend_link(links.sign("sign-in", cast.seeker.id, lasts=timedelta(hours=1)), "sign-in")
    assert forget_spent_links() == 0
    with clock.held_at(NOON + timedelta(hours=1, seconds=2)):
        assert forget_spent_links() == 1


def _is_proven(person: Person) -> bool:
    return EmailAddress.objects.filter(email=person.email, verified=True).exists()


def test_a_sign_in_link_from_the_console_proves_no_address(cast: Cast) -> None:
    Client().post(_path(sign_in_link(cast.seeker.id)))
    assert not _is_proven(cast.seeker)


def _invited(cast: Cast) -> str:
    """The link as the host sees it."""
    invitation = actions.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
    )
    return queries.path_of(invitation)


def test_an_invitation_that_a_host_handed_over_lets_in_and_proves_nothing(cast: Cast) -> None:
    person = Client()
    assert person.post(_invited(cast), {"name": "Ivo Listed"}).status_code == 302
    assert person.get("/you/").status_code == 200
    assert not _is_proven(cast.listed)


def test_an_invitation_that_came_by_mail_proves_the_address(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    shown_to_host = _invited(cast)
    assert deliver_due() == 1
    [letter] = sent.outbox
    [link] = set(re.findall(r"http://\S+/join/\S+", str(letter.body)))
    assert link.startswith(settings.PUBLIC_URL + shown_to_host + "?mailed=")
    assert link in str(letter.alternatives[0][0])
    [kept] = outbox.visible_to(cast.host)
    assert "mailed=" not in kept.text + kept.html + json.dumps(kept.links)
    assert Client().post(_path(link), {"name": "Ivo Listed"}).status_code == 302
    assert _is_proven(cast.listed)


@pytest.mark.parametrize("mark", ["", "x", "of another address"])
def test_a_mark_of_another_address_proves_nothing(cast: Cast, mark: str) -> None:
    path = _invited(cast)
    if mark == "of another address":
        path = links.marked_as_mailed(path, "hana.host@example.org")
    elif mark:
        path = f"{path}?mailed={mark}"
    assert Client().post(path, {"name": "Ivo Listed"}).status_code == 302
    assert not _is_proven(cast.listed)


def _identity_mail(cast: Cast) -> None:
    for kind, context in (("sign_in_code", {"code": "WXYZ-1234"}), ("account_notice", {})):
        send(
            kind,
            to_address=str(cast.seeker.email),
            to_person=cast.seeker.id,
            context=context | {"occasion": "email_changed"},
            private=True,
        )


def test_hosts_never_see_codes_and_notices_about_an_address(cast: Cast) -> None:
    _identity_mail(cast)
    _invited(cast)
    assert {one.kind for one in outbox.visible_to(cast.host)} == {"invitation"}
    host = Client()
    host.force_login(
        actions.account_for(cast.host),
        backend="footbridge.people.signed_in.SignedIn",
    )
    page = host.get(reverse("web:outbox") + "?all=yes").content.decode()
    assert "WXYZ-1234" not in page
    assert "Codes to sign in are not shown here" in page


def test_the_operator_reads_codes_and_links_at_the_console(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Client()
    client.post("/sign-in/", {"email": str(cast.seeker.email)})
    path = _invited(cast)
    assert main(["outbox", "--json"]) == 0
    letters = json.loads(capsys.readouterr().out)
    assert {one["to"] for one in letters} == {cast.seeker.email, cast.listed.email}
    assert any(path in link for one in letters for link in one["links"])
    assert main(["outbox", str(cast.seeker.email)]) == 0
    said = capsys.readouterr().out
    [code] = set(re.findall(r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b", said))
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert client.get("/you/").status_code == 200


def test_an_empty_outbox_says_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox"]) == 0
    assert capsys.readouterr().out == "There are no messages.\n"
