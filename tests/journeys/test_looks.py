"""Every page of the demo by day and by night: no barrier, nothing wider than a small phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from footbridge.core import clock
from footbridge.demo import load
from footbridge.intake import actions as intake
from footbridge.introductions.models import Introduction
from footbridge.meetings import actions as meetings
from footbridge.meetings import queries as meetings_queries
from footbridge.meetings.models import Series, Session
from footbridge.people.models import Affiliation, Chapter, Invitation, Member, Person
from footbridge.people.queries.doorways import path_of
from footbridge.people.states import Kind, Standing
from tests.journeys.conftest import Visit, Visitor, link_to
from tests.journeys.test_a_list_becomes_meetings import PASTED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The colours are all ours: no style sheet of another origin has to be fetched to check them.
CHECKS = {"preload": False, "resultTypes": ["violations"]}
SMALL_PHONE = 360
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_every_page_of_the_demo_has_no_barrier_and_fits_a_phone(visit: Visit) -> None:
    load(lambda _done, _total: None, again=False)
    wrong: dict[str, Any] = {}
    for person, paths in _tours():
        visitor = visit(reduced_motion="reduce")
        if person is not None:
            visitor.sign_in(person)
        for path in paths:
            wrong |= _look(visitor, path)
    assert wrong == {}


def _tours() -> Iterator[tuple[Person | None, list[str]]]:
    """Who walks where."""
    host = Person.objects.get(name="Marina Quayle")
    seeker = Person.objects.get(name="Tomasz Bellweather")
    chapter = Chapter.objects.get(id=host.chapter_id)
    door = path_of(Invitation.objects.filter(chapter=chapter, person=None)[0])
    yield None, ["/sign-in/", "/help/", "/privacy/", "/no-such-page/", "/i/no-such-link", door]
    tonight, draft = _sessions(host, chapter, seeker)
    guest = meetings_queries.seat_path(tonight.seats.exclude(person=seeker)[0])
    yield None, [guest, meetings_queries.door_path(tonight)]
    yield seeker, [*_pages_of_a_member(seeker), *_pages_of_a_guest(tonight)]
    yield host, [*_pages_of_a_host(host, chapter), *_pages_of_who_runs(tonight, draft)]


def _sessions(host: Person, chapter: Chapter, seeker: Person) -> tuple[Session, Session]:
    """One of this evening, full, with people at the door; one that is a draft."""
    usual = {"actor": host, "chapter": chapter, "question": "What do you look for?"}
    soon = clock.now() + timedelta(minutes=30)
    tonight = meetings.plan(
        format="micro_cafe", title="Tonight " * 14, starts_at=soon, series=_series(host), **usual
    )
    later = soon + timedelta(days=9)
    draft = meetings.plan(format="troika", title="A draft", starts_at=later, **usual)
    meetings.open_up(actor=host, session=tonight)
    joined = Person.objects.filter(chapter=chapter, standing=Standing.JOINED).order_by("name")
    others = list(joined.exclude(id__in=(seeker.id, host.id))[:20])
    meetings.invite(actor=host, session=tonight, people=others)
    for person in [*others[:9], seeker, *others[9:12]]:
        meetings.accept(actor=person, session=tonight)
    for person in others[:3]:
        meetings.come(actor=person, session=tonight)
    return tonight, draft


def _series(host: Person) -> Series:
    chapter = Chapter.objects.get(id=host.chapter_id)
    return meetings.start_series(actor=host, chapter=chapter, title="Thursdays")


def _pages_of_a_guest(tonight: Session) -> list[str]:
    return [
        "/meet/",
        "/meet/?when=past",
        f"/meet/{tonight.id}/",
        meetings_queries.door_path(tonight),
    ]


def _pages_of_who_runs(tonight: Session, draft: Session) -> list[str]:
    sheet = meetings.clone_run_sheet(
        actor=tonight.made_by, chapter=tonight.chapter, source="knowledge_cafe"
    )
    here = f"/host/sessions/{tonight.id}/"
    pages = ("", "edit/", "steps/", "invite/", "seats/", "door/", "cancel/", "again/")
    return [
        "/host/sessions/",
        "/host/sessions/?when=past",
        "/host/sessions/new/",
        "/host/sessions/new/?format=micro_cafe",
        f"/host/sessions/{draft.id}/",
        *(here + page for page in pages),
        "/host/run-sheets/",
        f"/host/run-sheets/{sheet.id}/",
        "/host/series/",
        "/host/series/new/",
        f"/host/series/{tonight.series_id}/",
    ]


def _pages_of_a_member(seeker: Person) -> list[str]:
    other = Person.objects.get(name="Ingrid Halvorsen-Pike")
    knows = Introduction.objects.filter(target=seeker).values_list("connector", flat=True)[0]
    mine = Introduction.objects.filter(target=seeker)[0]
    organisation = Affiliation.objects.filter(person=other)[0].organisation_id
    return [
        "/",
        "/find/",
        "/find/?q=cold+storage+two+nights+a+week",
        "/find/people/?q=harbour",
        "/find/funding/",
        "/find/funding/?country=KE&money=guarantee",
        "/find/funders/",
        f"/members/{seeker.id}/funded-alike/",
        f"/organisations/{organisation}/funding/",
        f"/members/{other.id}/",
        f"/members/{organisation}/",
        f"/members/{other.id}/ways/",
        f"/members/{other.id}/ask/?through={knows}",
        f"/members/{other.id}/know/",
        "/introduce/",
        f"/introductions/{mine.id}/",
        *(link.removeprefix("http://127.0.0.1:8000") for link in [link_to(seeker)]),
        "/needs-and-offers/",
        "/needs-and-offers/need/",
        "/causes/",
        "/wishes/",
        "/ties/",
        "/you/",
        "/you/edit/",
        "/you/contacts/",
        "/you/data/",
        "/you/tokens/",
        "/you/address/",
        "/you/pause/",
        "/you/work/",
        "/needs-and-offers/offer/",
        "/account/webauthn/add/",
        "/account/webauthn/",
    ]


def _pages_of_a_host(host: Person, chapter: Chapter) -> list[str]:
    tried = intake.read_paste(actor=host, chapter=chapter, text=PASTED + "\n\tno one\n")
    intake.check(actor=host, batch=tried)
    done = intake.read_paste(actor=host, chapter=chapter, text=PASTED)
    intake.start(actor=host, batch=done)
    listed = Member.objects.filter(
        chapter=chapter, kind=Kind.PERSON, standing=Standing.KNOWN
    ).order_by("name")[0]
    here = f"/host/{chapter.id}/"
    return [
        here,
        f"{here}pairs/",
        f"{here}people/",
        f"{here}people/add/",
        f"{here}links/",
        f"{here}deputies/",
        f"{here}edit/",
        f"{here}import/",
        f"{here}funding/",
        f"{here}funding/new/",
        f"{here}funding/bring/",
        f"{here}duplicates/",
        f"{here}merges/",
        f"{here}introduce/?one={listed.id}&other={host.id}",
        f"/host/imports/{tried.id}/",
        f"/host/imports/{done.id}/",
        f"/host/people/{listed.id}/",
        "/outbox/",
    ]


def _look(visitor: Visitor, path: str) -> dict[str, Any]:
    """What is wrong with one page: by day, by night, on a small phone."""
    page = visitor.open(path)
    found: dict[str, Any] = {}
    for light in ("light", "dark"):
        page.emulate_media(color_scheme=light)
        for barrier in Axe().run(page, options=CHECKS).response["violations"]:
            where = [node["target"] for node in barrier["nodes"]][:3]
            found[f"{path} by {light}: {barrier['id']}"] = where
    if _is_too_wide(page):
        found[f"{path} at {SMALL_PHONE} px"] = "wider than the screen"
    return found


def _is_too_wide(page: Page) -> bool:
    usual = page.viewport_size
    page.set_viewport_size({"width": SMALL_PHONE, "height": 800})
    wide = bool(page.evaluate(WIDER))
    if usual:
        page.set_viewport_size(usual)
    return wide
