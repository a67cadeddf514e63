"""Pages that a library brings: they cannot carry our declaration, so what holds is said here."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from footbridge.people import actions as people
from tests.matrix.rules import MEMBERS, OUTSIDE, PAGE_ROLES, UNDER_THE_RADAR, WAITING
from tests.matrix.sending import Answer, ask, every_row
from tests.matrix.stage import Stage
from tests.matrix.surface import METHODS, SAFE, libraries

pytestmark = pytest.mark.django_db

# Who is let in: «anybody», or who is signed in and about whose own things it is («account»).
LET_IN = {
    "/account/webauthn/": "account",
    "/account/webauthn/add/": "account",
    "/account/webauthn/reauthenticate/": "account",
    "/account/webauthn/keys/<int:pk>/remove/": "account",
    "/account/webauthn/keys/<int:pk>/edit/": "account",
    "/account/webauthn/login/": "anybody",
    "/language/setlang/": "anybody",
}
SIGN_IN = ("/sign-in/", "/account/login/")


def test_it_is_said_of_each_of_them_who_is_let_in() -> None:
    assert {route for route, _view in libraries()} == set(LET_IN)


@pytest.mark.parametrize("role", PAGE_ROLES)
def test_nobody_gets_further_than_was_said(stage: Stage, role: str) -> None:
    client, before = stage.browser(role), every_row()
    wrong = []
    for route, who in LET_IN.items():
        for method in METHODS:
            path = route.replace("<int:pk>", "999999")
            answer = ask(client, method, path, {"name": "x"}, as_json=False, before=before)
            outside = role in OUTSIDE and who == "account"
            if answer.status >= 500 or (outside and not is_sent_away(answer)):
                wrong.append((method, route, answer.status))
            if answer.changed and (outside or method in SAFE):
                wrong.append((method, route, "changed a row"))
    assert wrong == []


def is_sent_away(answer: Answer) -> bool:
    return answer.status in (401, 404, 405) or answer.leads_to.startswith(SIGN_IN)


@pytest.mark.parametrize("role", [*WAITING, *UNDER_THE_RADAR, *MEMBERS])
def test_a_passkey_of_another_is_as_if_it_were_not_there(stage: Stage, role: str) -> None:
    owner = "neighbour" if role == "sought" else "sought"
    client, found = stage.browser(role), []
    with transaction.atomic():
        account = people.account_for(stage.people[owner])
        key = Authenticator.objects.create(
            user=account, type=Authenticator.Type.WEBAUTHN, data={}
        ).pk
        before = every_row()
        for page in ("remove", "edit"):
            for method in ("GET", "POST"):
                there, absent = (
                    ask(client, method, _path(pk, page), {}, as_json=False, before=before)
                    for pk in (key, 999_999)
                )
                found.append((_seen(there, key), _seen(absent, 999_999), there.changed))
        transaction.set_rollback(True)
    for there_seen, absent_seen, changed in found:
        assert there_seen == absent_seen
        assert not changed


def _path(pk: int, page: str) -> str:
    return f"/account/webauthn/keys/{pk}/{page}/"


def _seen(answer: Answer, pk: int) -> tuple[int, str, bytes]:
    """What was answered, with the number that was asked about left out of the way on."""
    way_on = re.sub(rf"(keys(?:%2F|/)){pk}\b", r"\1…", answer.leads_to)
    return answer.status, way_on, answer.body
