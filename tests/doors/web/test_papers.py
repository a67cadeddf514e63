"""What is printed for an evening: for those who run it, in its language, and for nobody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from footbridge.insight import seating
from footbridge.meetings import actions, queries
from footbridge.meetings.models import Session
from footbridge.meetings.states import Format, Part
from footbridge.people import actions as people
from footbridge.people.models import Person
from tests.cast import Cast
from tests.documents.reading import needs_poppler, pages, squeezed, told_of_itself
from tests.rooms.meetings import story

pytestmark = pytest.mark.django_db

BACKEND = "footbridge.people.signed_in.SignedIn"
PAPERS = ("run-sheet", "table-cards", "badges")
EVERY_PAPER = pytest.mark.parametrize("paper", PAPERS)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(people.account_for(person), backend=BACKEND)
    return client


def address(session: Session, paper: str) -> str:
    return f"/host/sessions/{session.id}/{paper}.pdf"


def printed(person: Person, session: Session, paper: str) -> bytes:
    answer = signed_in(person).get(address(session, paper))
    assert answer.status_code == 200
    return answer.content


def text_of(person: Person, session: Session, paper: str) -> str:
    return squeezed(" ".join(pages(printed(person, session, paper))))


@pytest.fixture
def evening(cast: Cast) -> Session:
    """Six said that they come, one is asked; Rosa of the food bank keeps the notes."""
    session = story.opened(
        cast, format=Format.MICRO_CAFE, cap=10, timezone="Europe/Lisbon", where="The Sail Loft"
    )
    seats = story.accepted(session, cast.seeker, *story.guests(cast, 5))
    actions.set_part(actor=cast.host, seat=seats[0], part=Part.NOTE_KEEPER)
    actions.invite(actor=cast.host, session=session, people=[cast.target])
    return session


@EVERY_PAPER
def test_who_runs_it_gets_a_pdf_that_no_browser_keeps(
    cast: Cast, evening: Session, paper: str
) -> None:
    answer = signed_in(cast.host).get(address(evening, paper))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == f'inline; filename="{paper}.pdf"'


@EVERY_PAPER
def test_for_everybody_else_there_is_no_such_paper(
    cast: Cast, evening: Session, paper: str
) -> None:
    for person in (cast.seeker, cast.target, cast.connector, cast.stranger):
        assert signed_in(person).get(address(evening, paper)).status_code == 404
    assert Client().get(address(evening, paper)).status_code == 302


@EVERY_PAPER
def test_the_facilitator_prints_as_well_as_the_host(
    cast: Cast, evening: Session, paper: str
) -> None:
    seat = queries.seat_of(cast.seeker, evening)
    actions.set_part(actor=cast.host, seat=seat, part=Part.FACILITATOR)
    assert printed(cast.seeker, evening, paper).startswith(b"%PDF-")


@EVERY_PAPER
def test_printing_changes_nothing_and_is_not_posted(
    cast: Cast, evening: Session, paper: str
) -> None:
    host = signed_in(cast.host)
    with CaptureQueriesContext(connection) as seen:
        host.get(address(evening, paper))
    written = ("INSERT", "UPDATE", "DELETE")
    assert [one["sql"] for one in seen if one["sql"].startswith(written)] == []
    assert host.post(address(evening, paper)).status_code == 405


@needs_poppler
def test_the_run_sheet_tells_hours_by_the_clocks_of_the_place(cast: Cast, evening: Session) -> None:
    text = text_of(cast.host, evening, "run-sheet")
    for words in (
        "Harbour chapter · Micro café", "Cold food at night", "The Sail Loft", "18:00 to",
        "Lisbon time", "Note keeper", "Rosa Seeker", "10 minutes", "At tables, 5 at each",
        "No tables have been made yet.",
    ):  # fmt: skip
        assert squeezed(words) in text


@needs_poppler
def test_the_run_sheet_shows_each_round_with_its_tables(cast: Cast, evening: Session) -> None:
    made = seating.make_tables(actor=cast.host, session=evening)
    text = text_of(cast.host, evening, "run-sheet")
    rounds = queries.rounds(cast.host, evening)
    assert len(made) == len(rounds) == 3
    for name in (name for table in rounds[0].tables for name in table.names):
        assert text.count(squeezed(name)) >= 3
    assert squeezed("Round 1 18:10 · 15 minutes") in text


@needs_poppler
def test_table_cards_lie_in_piles_and_leave_out_the_rounds_that_are_over(
    cast: Cast, evening: Session
) -> None:
    assert "Notables" in text_of(cast.host, evening, "table-cards")
    seating.make_tables(actor=cast.host, session=evening)
    text = text_of(cast.host, evening, "table-cards")
    assert text.index("Round1") < text.index("Round2") < text.index("Round3")
    with story.before(evening, 0):
        actions.begin(actor=cast.host, session=evening)
        for guest in [cast.seeker, *Person.objects.filter(name__startswith="Guest")]:
            actions.come(actor=guest, session=evening)
        evening.refresh_from_db()
        actions.start_round(actor=cast.host, session=evening)
        actions.start_round(actor=cast.host, session=evening)
        text = text_of(cast.host, evening, "table-cards")
    assert "Round1" not in text
    assert "Round2" in text


@needs_poppler
def test_badges_are_for_those_who_come_and_not_for_those_who_are_asked(
    cast: Cast, evening: Session
) -> None:
    text = text_of(cast.host, evening, "badges")
    assert "RosaSeeker" in text
    assert "Guest05" in text
    assert squeezed("Harbour Food Bank") in text
    assert squeezed("Note keeper") in text
    assert squeezed(cast.target.name) not in text


@needs_poppler
def test_words_are_in_the_language_of_the_session_whatever_the_host_reads(
    cast: Cast, evening: Session
) -> None:
    actions.edit(actor=cast.host, session=evening, seen=evening.version, language="fr")
    evening.refresh_from_db()
    assert "mars2026" in text_of(cast.host, evening, "run-sheet")
    host = signed_in(cast.host)
    host.cookies["django_language"] = "es"
    answer = host.get(address(evening, "run-sheet"))
    assert "mars2026" in squeezed(" ".join(pages(answer.content)))
    assert answer.headers["Content-Language"] == "fr"


@needs_poppler
def test_an_odd_title_stays_words(cast: Cast) -> None:
    title = r"#panic() *food* $\alpha$ <b>"
    session = story.opened(cast, title=title)
    assert squeezed(title) in text_of(cast.host, session, "run-sheet")
    assert title in told_of_itself(printed(cast.host, session, "run-sheet"))["Title"]


@EVERY_PAPER
def test_a_draft_can_be_printed_by_its_host(cast: Cast, paper: str) -> None:
    assert printed(cast.host, story.planned(cast), paper).startswith(b"%PDF-")


def test_the_page_of_a_session_links_what_can_be_printed(cast: Cast, evening: Session) -> None:
    host = signed_in(cast.host)
    page = host.get(f"/host/sessions/{evening.id}/").content.decode()
    assert all(address(evening, paper) in page for paper in PAPERS)
    draft = story.planned(cast)
    page = host.get(f"/host/sessions/{draft.id}/").content.decode()
    assert address(draft, "run-sheet") in page
    assert address(draft, "badges") not in page


def test_papers_take_as_many_queries_for_two_guests_as_for_six(
    cast: Cast, evening: Session
) -> None:
    def counted(session: Session) -> list[int]:
        found = []
        for paper in PAPERS:
            with CaptureQueriesContext(connection) as seen:
                assert host.get(address(session, paper)).status_code == 200
            found.append(len(seen))
        return found

    host = signed_in(cast.host)
    small = story.opened(cast, starts_at=story.EVENING + 48 * story.HOUR)
    story.accepted(small, *story.guests(cast, 2, first=20))
    seating.make_tables(actor=cast.host, session=evening)
    seating.make_tables(actor=cast.host, session=small)
    host.get("/")
    assert counted(evening) == counted(small) == [16, 11, 14]
