"""The pages of circles: who finds them, what they do, and what they keep to themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from footbridge.circles import actions, letters, queries
from footbridge.circles.models import Answer, Circle, Membership, NextStep
from footbridge.circles.states import Belonging, CircleKind
from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.mail.models import Message
from footbridge.meetings.models import Session
from footbridge.network.models import Tie
from footbridge.network.states import Strength
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.rooms.circles import story
from tests.rooms.insight.story import cares

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def client(person: Person) -> Client:
    found = Client()
    backend = "footbridge.people.signed_in.SignedIn"
    found.force_login(people.account_for(person), backend=backend)
    return found


def page(circle: Circle, more: str = "") -> str:
    return f"/circles/{circle.id}/{more}"


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_members_find_everything_on_one_page(cast: Cast) -> None:
    circle = story.standing(cast, rhythm="First Monday", looks_for="Somebody from the port")
    actions.add_step(actor=cast.seeker, circle=circle, text="Ask the school", who=cast.target)
    story.called(circle, cast.connector)
    shown = words(client(cast.seeker).get(page(circle)))
    for said in (
        "Lena Sought", "lena.sought@example.org", "Ask the school", "Who has a room on Friday?",
        "First Monday", "Somebody from the port",
    ):  # fmt: skip
        assert said in shown


@pytest.mark.parametrize("more", ["", "edit/", "ask/", "reach/", "plan/"])
def test_for_everyone_else_there_is_no_such_page(cast: Cast, more: str) -> None:
    circle = story.standing(cast)
    for outsider in (cast.host, cast.deputy, cast.colleague, cast.stranger):
        answer = client(outsider).get(page(circle, more))
        assert answer.status_code == 404
        assert "Cold food" not in words(answer)
        refused = client(outsider).post(page(circle, more), {"move": "leave"})
        assert refused.status_code == (405 if more == "reach/" else 404)


def test_who_is_asked_reads_what_it_means_and_says_yes(cast: Cast) -> None:
    circle = story.formed(cast)
    kofi = client(cast.connector)
    today = words(kofi.get("/"))
    assert "Will you be in the circle “Cold food”?" in today
    shown = words(kofi.get(page(circle)))
    assert "see one another's address" in shown
    assert "needs no legal form" in shown
    assert "rosa.seeker@example.org" not in shown
    assert kofi.post(page(circle), {"move": "join"}).status_code == 302
    assert story.belonging(circle, cast.connector) == Belonging.IN
    assert "Will you be in the circle" not in words(kofi.get("/"))


def test_a_no_leads_away_and_shows_nowhere(cast: Cast) -> None:
    circle = story.formed(cast)
    answer = client(cast.connector).post(page(circle), {"move": "decline"})
    assert answer.headers["Location"] == "/circles/"
    assert "Kofi Connector" in words(client(cast.seeker).get(page(circle)))
    assert client(cast.connector).get(page(circle)).status_code == 404


def test_the_link_of_the_letter_needs_no_account_and_changes_nothing_when_opened(
    cast: Cast,
) -> None:
    circle = story.formed(cast)
    path = letters.asked_path(Membership.objects.get(circle=circle, person=cast.connector.id))
    nobody = Client()
    assert "Rosa Seeker asks you" in words(nobody.get(path))
    assert story.belonging(circle, cast.connector) == Belonging.INVITED
    nobody.post(path, {"move": "join"})
    assert story.belonging(circle, cast.connector) == Belonging.IN
    shown = words(nobody.get(path))
    assert "You are in this circle." in shown
    assert "@example.org" not in shown
    nobody.post(path, {"move": "leave"})
    assert nobody.get(path).status_code == 410


def test_a_link_in_other_hands_does_not_tell_that_somebody_said_no(cast: Cast) -> None:
    circle = story.formed(cast)
    path = letters.asked_path(Membership.objects.get(circle=circle, person=cast.connector.id))
    before = words(Client().get(path))
    Client().post(path, {"move": "decline"})
    assert _without_tokens(words(Client().get(path))) == _without_tokens(before)


def _without_tokens(shown: str) -> str:
    return re.sub(r'(value|nonce|"X-CSRFToken":) ?="?[^">]*"|"X-CSRFToken": "[^"]*"', "", shown)


@pytest.mark.parametrize("by_link", [False, True])
def test_a_call_is_answered_and_only_who_asked_reads_it(cast: Cast, by_link: bool) -> None:
    circle = story.standing(cast)
    call = story.called(circle, cast.seeker)
    path = letters.call_path(call, cast.target) if by_link else f"/circles/calls/{call.id}/"
    browser = Client() if by_link else client(cast.target)
    assert "Who has a room on Friday?" in words(browser.get(path))
    said = {"reply": "can_help", "words": "Ours is free."}
    assert browser.post(path, said).status_code == 302
    assert Answer.objects.get().reply == "can_help"
    mine = words(client(cast.seeker).get(f"/circles/calls/{call.id}/"))
    assert "Ours is free." in mine
    assert "Ours is free." not in words(client(cast.connector).get(f"/circles/calls/{call.id}/"))
    again = words(browser.get(path))
    assert ("Ours is free." in again) == (not by_link)


def test_an_answer_that_is_not_whole_is_given_back(cast: Cast) -> None:
    call = story.called(story.standing(cast), cast.seeker)
    answer = client(cast.target).post(f"/circles/calls/{call.id}/", {"words": "Ours is free."})
    assert answer.status_code == 400
    assert "Ours is free." in words(answer)


def test_a_call_is_closed_by_who_asked(cast: Cast) -> None:
    call = story.called(story.standing(cast), cast.seeker)
    client(cast.seeker).post(f"/circles/calls/{call.id}/", {"move": "close"})
    shown = words(client(cast.target).get(f"/circles/calls/{call.id}/"))
    assert "This is closed" in shown


def test_next_steps_are_written_ticked_off_and_taken_away(cast: Cast) -> None:
    circle = story.standing(cast)
    rosa = client(cast.seeker)
    said = {
        "step-text": "Ask the school",
        "step-who": str(cast.target.id),
        "step-due": "2026-03-09",
    }
    assert rosa.post(page(circle), {"move": "step", **said}).status_code == 302
    step = NextStep.objects.get()
    assert (step.who, str(step.due)) == (cast.target, "2026-03-09")
    rosa.post(page(circle), {"move": "done", "step": step.id})
    assert NextStep.objects.get().done_at is not None
    rosa.post(page(circle), {"move": "undone", "step": step.id})
    rosa.post(page(circle), {"move": "drop", "step": step.id})
    assert not NextStep.objects.exists()


def test_a_step_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    circle = story.standing(cast)
    said = {"move": "step", "step-text": "", "step-due": "2026-03-09"}
    answer = client(cast.seeker).post(page(circle), said)
    assert answer.status_code == 400
    assert "2026-03-09" in words(answer)


def test_a_call_and_a_role_from_the_page(cast: Cast) -> None:
    circle = story.standing(cast)
    rosa = client(cast.seeker)
    until = (clock.today() + 5 * DAY).isoformat()
    rosa.post(page(circle), {"move": "call", "call-text": "A room?", "call-until": until})
    rosa.post(page(circle), {"move": "role", "role-role": "Keeps the notes"})
    shown = words(client(cast.target).get(page(circle)))
    assert "A room?" in shown
    assert "Keeps the notes" in shown
    assert Message.objects.filter(kind="circle_call").count() == 3
    assert "asks your circle" in words(client(cast.target).get("/"))


def test_a_member_forms_one_with_people_they_know_or_look_for(cast: Cast) -> None:
    peers = story.peers(cast)
    for other in peers[1:3]:
        Tie.objects.create(teller=cast.seeker, other=other, strength=Strength.KNOW)
    rosa = client(cast.seeker)
    shown = words(rosa.get("/circles/new/"))
    assert "Kofi Connector" in shown
    assert "Mo Fourth" not in shown
    typed = {"name": "Cold food", "kind": "peers", "person": [str(peers[1].id)], "q": "Mo Fourth"}
    found = rosa.post("/circles/new/", {**typed, "look": "yes"})
    assert found.status_code == 200
    assert "Mo Fourth" in words(found)
    assert 'value="Cold food"' in words(found)
    assert not Circle.objects.exists()
    people_ = [str(one.id) for one in peers[1:]]
    made = rosa.post("/circles/new/", {"name": "Cold food", "kind": "peers", "person": people_})
    circle = Circle.objects.get()
    assert made.headers["Location"] == page(circle)
    assert circle.memberships.count() == 4


def test_too_few_are_said_beside_all_that_was_typed(cast: Cast) -> None:
    said = {"name": "Cold food", "kind": "peers", "person": [str(cast.target.id)]}
    answer = client(cast.seeker).post("/circles/new/", said)
    assert answer.status_code == 400
    assert "4 to 8 people" in words(answer)
    assert 'value="Cold food"' in words(answer)
    assert f'value="{cast.target.id}" id="person-1" checked' in words(answer)


def test_one_more_is_asked_in(cast: Cast) -> None:
    circle = story.standing(cast)
    fifth = cast.person("Fia Fifth")
    rosa = client(cast.seeker)
    assert rosa.post(page(circle, "ask/"), {"role": "Law"}).status_code == 400
    found = rosa.post(page(circle, "ask/"), {"look": "yes", "q": "Fia Fifth"})
    assert str(fifth.id) in words(found)
    rosa.post(page(circle, "ask/"), {"person": str(fifth.id), "role": "Law"})
    assert "Fia Fifth" in words(rosa.get(page(circle)))
    refused = rosa.post(page(circle, "ask/"), {"person": str(cast.colleague.id)})
    assert refused.status_code == 409
    assert "both work for Northwind" in words(refused)


def test_what_it_says_of_itself_is_changed_and_two_changes_meet(cast: Cast) -> None:
    circle = story.standing(cast)
    said = {"name": "Cold food", "rhythm": "First Monday", "version": "1"}
    assert client(cast.seeker).post(page(circle, "edit/"), said).status_code == 302
    late = client(cast.target).post(page(circle, "edit/"), {**said, "rhythm": "Never"})
    assert late.status_code == 409
    assert story.fresh(circle).rhythm == "First Monday"


def test_leaving_and_ending_are_one_tap(cast: Cast) -> None:
    circle = story.standing(cast)
    assert client(cast.target).post(page(circle), {"move": "leave"}).status_code == 302
    assert client(cast.target).get(page(circle)).status_code == 404
    assert client(cast.connector).post(page(circle), {"move": "end"}).status_code == 403
    client(cast.seeker).post(page(circle), {"move": "end"})
    shown = words(client(cast.connector).get(page(circle)))
    assert "This circle has ended." in shown
    assert "Cold food" in words(client(cast.connector).get("/circles/"))


def test_whom_it_can_reach(cast: Cast) -> None:
    circle = story.standing(cast)
    Tie.objects.create(teller=cast.target, other=cast.host, strength=Strength.TRUST)
    shown = words(client(cast.seeker).get(page(circle, "reach/")))
    assert "Hana Host" in shown
    assert "through Lena Sought" in shown


def test_a_member_plans_a_closed_session_and_calls_it_off(cast: Cast) -> None:
    circle = story.standing(cast)
    rosa = client(cast.seeker)
    assert rosa.get(page(circle, "plan/")).status_code == 200
    said = {
        "format": "peer_assist", "title": "Around the stove", "day": "2026-03-09", "at": "18:30",
        "minutes": "60", "cap": "8", "quorum": "3", "language": "en", "timezone": "UTC",
        "where": "Rosa's kitchen",
    }  # fmt: skip
    answer = rosa.post(page(circle, "plan/"), said)
    session = Session.objects.get()
    host_page = f"/host/sessions/{session.id}/"
    assert answer.headers["Location"] == host_page
    assert session.circle == circle
    rosa.post(f"{host_page}move/", {"move": "open"})
    assert "Around the stove" in words(client(cast.target).get(page(circle)))
    assert "Around the stove" in words(client(cast.target).get("/meet/"))
    assert "Around the stove" not in words(client(cast.host).get("/meet/"))
    for path in (host_page, f"{host_page}seats/", f"/meet/{session.id}/"):
        assert rosa.get(path).status_code == 200
        assert client(cast.host).get(path).status_code == 404
    for path in (f"{host_page}invite/", f"{host_page}door/"):
        assert rosa.get(path).status_code in (403, 404)
    assert rosa.post(f"{host_page}cancel/", {"because": "Ill"}).status_code == 302
    session.refresh_from_db()
    assert session.state == "cancelled"


# Hosts.


def _of_one_cause(cast: Cast) -> list[Person]:
    exchange.load_shipped_vocabulary()
    found = story.peers(cast)
    for person in found:
        cares(person, "sdg-2")
    return found


def test_a_host_sees_proposals_looks_one_over_and_asks_them_all(cast: Cast) -> None:
    found = _of_one_cause(cast)
    hana = client(cast.host)
    shown = words(hana.get("/host/circles/"))
    assert all(one.name in shown for one in found)
    form = next(
        piece.split('"')[0] for piece in shown.split('href="') if "person=" in piece.split('"')[0]
    ).replace("&amp;", "&")
    filled = words(hana.get(form))
    assert filled.count(" checked") >= 4
    said = {
        "chapter": str(cast.chapter.id),
        "name": "Zero hunger",
        "kind": CircleKind.PEERS,
        "person": [str(one.id) for one in found],
    }
    assert hana.post("/host/circles/new/", said).headers["Location"] == reverse("web:host_circles")
    assert Membership.objects.filter(belonging=Belonging.INVITED).count() == 4
    there = words(hana.get("/host/circles/"))
    assert "Zero hunger" in there
    assert "Asked:" in there


def test_a_host_calls_off_what_found_too_few_and_nothing_else(cast: Cast) -> None:
    people_ = story.peers(cast)
    theirs = story.standing(cast, people_, name="Not hers")
    circle = story.formed(
        cast, people_, actor=cast.host, people=people_, with_me=False, name="Hers"
    )
    hana = client(cast.host)
    here = {"chapter": str(cast.chapter.id)}
    assert hana.post("/host/circles/", {**here, "circle": str(theirs.id)}).status_code == 302
    assert hana.post("/host/circles/", {**here, "circle": str(circle.id)}).status_code == 302
    assert story.fresh(circle).is_over
    assert not story.fresh(theirs).is_over


def test_the_list_of_hosts_names_nobody_of_a_closed_circle(cast: Cast) -> None:
    story.standing(cast)
    shown = words(client(cast.host).get("/host/circles/"))
    assert "Cold food" in shown
    assert "4 people" in shown
    assert "In it:" not in shown
    assert client(cast.seeker).get("/host/circles/").status_code in (302, 403, 404)


def test_names_are_written_as_they_are_and_never_run(cast: Cast) -> None:
    people_ = story.peers(cast)
    circle = story.standing(cast, people_, name="<script>x</script>", about="<b>y</b>")
    for path in (page(circle), "/circles/", page(circle, "reach/"), page(circle, "edit/")):
        shown = words(client(cast.seeker).get(path))
        assert "<script>x" not in shown
        assert "<b>y</b>" not in shown
    assert queries.card(cast.seeker, circle).name == "<script>x</script>"
