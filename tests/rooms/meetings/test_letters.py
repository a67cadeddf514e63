"""Letters about seats: in the reader's language, by the clocks of the session, with links."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from footbridge.mail import actions as mail
from footbridge.meetings import actions
from tests.cast import Cast
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db


def test_an_invitation_says_who_asks_when_where_and_what_about(cast: Cast) -> None:
    cast.host.name = "Hana Host"
    session = story.opened(
        cast, timezone="Europe/Lisbon", where="Harbour house", question="How cold is cold?"
    )
    actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    (letter,) = story.letters()
    assert letter.subject == "Cold food at night: will you come?"
    for words in (
        "Hana Host invites you", "9 March 2026, 18:00 (Lisbon time)", "100 minutes",
        "Harbour house", "How cold is cold?", "without an account",
    ):  # fmt: skip
        assert words in letter.text
        assert words in letter.html
    assert [link["words"] for link in letter.links] == [
        "Look at it and answer", "Put it into your calendar",
    ]  # fmt: skip
    assert all(link["url"] in letter.text and link["url"] in letter.html for link in letter.links)
    assert (letter.private, letter.to_person) == (False, cast.seeker.id)


def test_a_letter_shows_the_hour_by_the_clocks_of_the_session(cast: Cast) -> None:
    session = story.opened(cast, timezone="America/Bogota")
    story.accepted(session, cast.seeker)
    assert "9 March 2026, 13:00 (Bogota time)" in story.letters()[0].text


def test_the_link_to_join_stands_in_letters_to_those_who_come(cast: Cast) -> None:
    session = story.opened(cast, online_link="https://meet.example.org/room", cap=1)
    actions.invite(actor=cast.host, session=session, people=[cast.seeker])
    story.accepted(session, cast.seeker, cast.target)
    held = {letter.kind: session.online_link in letter.text for letter in story.letters()}
    assert held == {"seat_invited": False, "seat_accepted": True, "seat_waiting": False}


def test_letters_are_in_the_language_of_their_reader(cast: Cast) -> None:
    ana = cast.person("Ana Es", languages=["es"])
    session = story.opened(cast)
    with translation.override("fr"):
        story.accepted(session, ana)
    (letter,) = story.letters()
    assert letter.language == "es"
    assert "9 de marzo de 2026" in letter.text


def test_titles_are_text_in_every_part_of_a_letter(cast: Cast) -> None:
    session = story.opened(cast, title="<b>Bold</b> & co", question="<i>why</i>")
    story.accepted(session, cast.seeker)
    (letter,) = story.letters()
    assert "<b>Bold</b> & co" in letter.text
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; co" in letter.html
    assert "<b>" not in letter.html.replace("<body", "")
    assert "<i>why</i>" not in letter.html


def test_every_occasion_writes_its_letter_once(cast: Cast) -> None:
    session = story.opened(cast)
    (seat,) = story.accepted(session, cast.seeker)
    for _ in range(3):
        actions.accept(actor=cast.seeker, session=session)
    assert story.kinds() == ["seat_accepted"]
    actions.give_back(actor=cast.seeker, session=session)
    with story.before(session, 60):
        actions.accept(actor=cast.seeker, session=session)
    assert story.kinds() == ["seat_accepted", "seat_accepted"]
    assert len({letter.once for letter in story.letters()}) == 2
    assert all(str(seat.id) in (letter.once or "") for letter in story.letters())


def test_without_an_address_a_letter_waits_to_be_passed_on(cast: Cast) -> None:
    session = story.opened(cast)
    silent = cast.person("Nora No Mail", email=None)
    actions.invite(actor=cast.host, session=session, people=[silent])
    (letter,) = story.letters()
    assert (letter.to_address, letter.to_name) == ("", "Nora No Mail")


KINDS = (
    "seat_invited", "seat_accepted", "seat_waiting", "seat_offered", "seat_confirm",
    "seat_released", "seat_walked_in", "session_changed", "session_cancelled", "session_reminder",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", [True, False])
def test_every_letter_is_whole_whatever_is_said_in_it(db: None, kind: str, said: bool) -> None:
    flags = ("is_last", "is_moved", "is_confirmed", "was_held", "host", "because")
    context: dict[str, Any] = dict.fromkeys(flags, said)
    context |= {"title": "Evening", "chapter": "Harbour", "place": 2, "until": "noon"}
    context["facts"] = [{"label": "When", "words": "soon"}]
    links = [("Open", "/seat/x/")]
    sent = mail.send(kind, to_address="a@x.org", to_name="Ana", context=context, links=links)
    assert sent is not None
    assert "Evening" in sent.subject
    for part in (sent.text, sent.html):
        for words in ("Hello Ana,", "Evening", "soon", "/seat/x/"):
            assert words in part
    assert "\n\n\n" not in sent.text
