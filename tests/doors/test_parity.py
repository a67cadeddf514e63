"""The same act through the page, the API and the signed link leaves the same rows, the same
journal and the same letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from footbridge.core import clock, ids, links
from footbridge.exchange.queries import NEED_LINK
from footbridge.introductions import actions as introductions
from footbridge.introductions import letters
from footbridge.journal.actions import deliver_due
from footbridge.meetings import actions
from footbridge.meetings import queries as meetings
from footbridge.meetings.states import List
from footbridge.network import actions as network
from footbridge.network.models import Tie
from footbridge.network.states import TieState
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import FIELDS
from tests.cast import Cast
from tests.doors.api.caller import Caller
from tests.doors.rows import all_rows, changes
from tests.doors.web.world import World, build

pytestmark = pytest.mark.django_db

NOTE = {
    "who_i_am": "I run the food bank at the harbour.",
    "why_you": "You know how to keep food cold.",
    "what_i_ask": "Twenty minutes.",
    "how_long": "20 minutes",
    "your_gain": "Fewer empty pallets.",
}


@dataclass
class Stage:
    """The network, and someone's hands on each door."""

    world: World
    cast: Cast
    programs: dict[Person, Caller] = field(default_factory=dict)
    browsers: dict[Person, Client] = field(default_factory=dict)

    def let(self, *everyone: Person) -> None:
        """Have people signed in, and their tokens made, before anything is compared."""
        for person in everyone:
            self.programs[person] = Caller(person)
            self.browsers[person] = Client()
            backend = "footbridge.people.signed_in.SignedIn"
            self.browsers[person].force_login(people.account_for(person), backend=backend)

    def page(self, person: Person, path: str, /, **said: Any) -> None:
        """Fill in a form. It was taken if it leads on, or thanks."""
        answer = self.browsers[person].post(path, said)
        assert answer.status_code in (302, 303), (path, answer.status_code, _errors(answer))

    def link(self, path: str, /, **said: Any) -> None:
        """Tap in a page that a link opened, without being signed in."""
        answer = Client().post(path, said)
        assert answer.status_code in (200, 302, 303), (path, answer.status_code, _errors(answer))

    def api(self, person: Person, method: str, path: str, /, **said: Any) -> None:
        answer = self.programs[person].call(method, path, said or None)
        assert answer.status_code in (200, 201, 204), (path, answer.content)

    def of_introduction(self, person: Person, move: str, **said: Any) -> dict[str, Act]:
        """The three doors of a move in an introduction."""
        made = self.world.introduction
        form = {"form": said.pop("form")} if "form" in said else {}
        typed = said.pop("typed", said)
        path = {"not_now": "not-now"}.get(move, move)
        return {
            "page": lambda: self.page(
                person, f"/introductions/{made.id}/", move=move, **form, **typed
            ),
            "link": lambda: self.link(letters.path_for(made, person), move=move, **form, **typed),
            "api": lambda: self.api(person, "POST", f"/introductions/{made.id}/{path}", **said),
        }


Act = Callable[[], None]


def _errors(answer: Any) -> object:
    context = answer.context or {}
    return getattr(context.get("form", None), "errors", answer.content[:300])


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Everyone whom the acts below need, at every door."""
    world = build(cast)
    network.propose_tie(actor=cast.host, one=cast.connector, other=cast.colleague)
    network.wish(actor=cast.seeker, about=cast.colleague, wish="not_now")
    people.pause(actor=cast.colleague, until=cast.colleague.created_at.date())
    made = Stage(world, cast)
    made.let(cast.seeker, cast.connector, cast.target, cast.colleague, cast.host)
    while deliver_due():
        pass
    return made


def _need(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    said = {"text": "A van on Fridays", "until": "2026-06-01"}
    path = "/needs-and-offers/need/"
    return {
        "page": lambda: stage.page(rosa, path, **said, owner=str(rosa.id), urgent="on"),
        "api": lambda: stage.api(rosa, "POST", "/needs", **said, urgent=True),
    }


def _need_of_an_organisation(stage: Stage) -> dict[str, Act]:
    rosa, owner = stage.cast.seeker, str(stage.cast.food_bank.id)
    said = {"text": "Someone to keep our books", "owner": owner}
    return {
        "page": lambda: stage.page(rosa, "/needs-and-offers/need/", **said),
        "api": lambda: stage.api(rosa, "POST", "/needs", **said),
    }


def _offer(stage: Stage) -> dict[str, Act]:
    lena = stage.cast.target
    said = {"text": "A lorry with cooling", "hours_per_month": 6}
    return {
        "page": lambda: stage.page(lena, "/needs-and-offers/offer/", **said),
        "api": lambda: stage.api(lena, "POST", "/offers", **said),
    }


def _closing(stage: Stage) -> dict[str, Act]:
    rosa, need = stage.cast.seeker, stage.world.need
    token = links.sign(NEED_LINK, need.id, rosa.id)
    return {
        "page": lambda: stage.page(rosa, f"/needs-and-offers/need/{need.id}/close/"),
        "link": lambda: stage.link(f"/n/{token}", answer="no"),
        "api": lambda: stage.api(rosa, "POST", f"/needs/{need.id}/close"),
    }


def _keeping(stage: Stage) -> dict[str, Act]:
    rosa, need = stage.cast.seeker, stage.world.need
    token = links.sign(NEED_LINK, need.id, rosa.id)
    return {
        "link": lambda: stage.link(f"/n/{token}", answer="yes"),
        "api": lambda: stage.api(rosa, "POST", f"/needs/{need.id}/keep"),
    }


def _asking(stage: Stage) -> dict[str, Act]:
    rosa, target, connector = stage.cast.seeker, stage.cast.colleague, stage.cast.connector
    people.resume(actor=target)
    path = f"/members/{target.id}/ask/?through={connector.id}"
    both = {"target": str(target.id), "connector": str(connector.id)}
    return {
        "page": lambda: stage.page(rosa, path, **NOTE),
        "api": lambda: stage.api(rosa, "POST", "/introductions", **NOTE, **both),
    }


def _keeping_a_draft(stage: Stage) -> dict[str, Act]:
    rosa, target, connector = stage.cast.seeker, stage.cast.colleague, stage.cast.connector
    path = f"/members/{target.id}/ask/?through={connector.id}"
    both = {"target": str(target.id), "connector": str(connector.id), "ask": False}
    return {
        "page": lambda: stage.page(rosa, path, **NOTE, keep="yes"),
        "api": lambda: stage.api(rosa, "POST", "/introductions", **NOTE, **both),
    }


def _writing_on(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    draft = introductions.draft(
        actor=rosa, target=stage.cast.colleague, connector=stage.cast.connector, why_you="You sell."
    )
    path = f"/introductions/{draft.id}"
    return {
        "page": lambda: stage.page(rosa, path + "/", move="write", form="note", **NOTE),
        "api": lambda: stage.api(rosa, "PATCH", path, **NOTE),
    }


def _connector_agrees(stage: Stage) -> dict[str, Act]:
    said = {"word": "Do meet her.", **NOTE}
    return stage.of_introduction(stage.cast.connector, "agree", form="answer", **said)


def _connector_agrees_in_one_tap(stage: Stage) -> dict[str, Act]:
    return stage.of_introduction(stage.cast.connector, "agree")


def _target_agrees(stage: Stage) -> dict[str, Act]:
    introductions.agree(actor=stage.cast.connector, introduction=stage.world.introduction)
    return stage.of_introduction(stage.cast.target, "agree")


def _connector_declines(stage: Stage) -> dict[str, Act]:
    return stage.of_introduction(stage.cast.connector, "decline")


def _target_declines(stage: Stage) -> dict[str, Act]:
    introductions.agree(actor=stage.cast.connector, introduction=stage.world.introduction)
    return stage.of_introduction(stage.cast.target, "decline")


def _not_now(stage: Stage) -> dict[str, Act]:
    return stage.of_introduction(stage.cast.connector, "not_now")


def _withdrawing(stage: Stage) -> dict[str, Act]:
    return stage.of_introduction(stage.cast.seeker, "withdraw")


def _both_agreed(stage: Stage) -> None:
    for person in (stage.cast.connector, stage.cast.target):
        introductions.agree(actor=person, introduction=stage.world.introduction)


def _reporting(stage: Stage) -> dict[str, Act]:
    _both_agreed(stage)
    said = {"outcome": "going_on", "words": "Two pallets a week."}
    return stage.of_introduction(stage.cast.target, "report", form="report", **said)


def _thanking(stage: Stage) -> dict[str, Act]:
    _both_agreed(stage)
    words = "Thank you, Kofi."
    return stage.of_introduction(
        stage.cast.seeker, "thank", form="thanks", typed={"thanks": words}, words=words
    )


def _stating_a_tie(stage: Stage) -> dict[str, Act]:
    rosa, other = stage.cast.seeker, stage.cast.target
    said = {"strength": "worked_together", "how": "The winter shelter", "since": "2020-01-01"}
    return {
        "page": lambda: stage.page(rosa, f"/members/{other.id}/know/", **said),
        "api": lambda: stage.api(rosa, "POST", "/ties", other=str(other.id), **said),
    }


def _proposal(stage: Stage) -> Tie:
    rows = Tie.objects.filter(teller=stage.cast.connector, state=TieState.PROPOSED)
    return rows.get(other=stage.cast.colleague)


def _answering_a_proposal(stage: Stage) -> dict[str, Act]:
    tie, kofi = _proposal(stage), stage.cast.connector
    said = {"strength": "met", "how": "At the harbour"}
    token = links.sign("tie", tie.id, kofi.id)
    return {
        "page": lambda: stage.page(kofi, f"/ties/{tie.id}/proposed/", **said),
        "link": lambda: stage.link(f"/tie/{token}", **said),
        "api": lambda: stage.api(kofi, "POST", f"/ties/{tie.id}/answer", is_so=True, **said),
    }


def _denying_a_proposal(stage: Stage) -> dict[str, Act]:
    tie, kofi = _proposal(stage), stage.cast.connector
    token = links.sign("tie", tie.id, kofi.id)
    return {
        "page": lambda: stage.page(kofi, f"/ties/{tie.id}/proposed/", no="yes"),
        "link": lambda: stage.link(f"/tie/{token}", no="yes"),
        "api": lambda: stage.api(kofi, "POST", f"/ties/{tie.id}/answer", is_so=False),
    }


def _retracting(stage: Stage) -> dict[str, Act]:
    tie, kofi = stage.world.tie, stage.cast.connector
    return {
        "page": lambda: stage.page(kofi, f"/ties/{tie.id}/retract/"),
        "api": lambda: stage.api(kofi, "DELETE", f"/ties/{tie.id}"),
    }


def _wishing(stage: Stage) -> dict[str, Act]:
    rosa, about = stage.cast.seeker, stage.cast.target
    return {
        "page": lambda: stage.page(rosa, f"/members/{about.id}/wish/", wish="avoid"),
        "api": lambda: stage.api(rosa, "PUT", f"/members/{about.id}/wish", wish="avoid"),
    }


def _competing(stage: Stage) -> dict[str, Act]:
    rosa, about = stage.cast.seeker, stage.cast.cold_chain.id
    return {
        "page": lambda: stage.page(rosa, f"/members/{about}/compete/"),
        "api": lambda: stage.api(rosa, "PUT", f"/members/{about}/competitor"),
    }


def _competing_no_more(stage: Stage) -> dict[str, Act]:
    rosa, about = stage.cast.seeker, stage.cast.cold_chain
    network.compete(actor=rosa, about=about)
    return {
        "page": lambda: stage.page(rosa, f"/members/{about.id}/compete/", back="yes"),
        "api": lambda: stage.api(rosa, "DELETE", f"/members/{about.id}/competitor"),
    }


def _taking_a_wish_back(stage: Stage) -> dict[str, Act]:
    rosa, about = stage.cast.seeker, stage.cast.colleague
    return {
        "page": lambda: stage.page(rosa, f"/members/{about.id}/wish/", wish="back"),
        "api": lambda: stage.api(rosa, "DELETE", f"/members/{about.id}/wish"),
    }


def _pausing(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    return {
        "page": lambda: stage.page(rosa, "/you/pause/", until="2026-04-01"),
        "api": lambda: stage.api(rosa, "POST", "/me/pause", until="2026-04-01"),
    }


def _resuming(stage: Stage) -> dict[str, Act]:
    tariq = stage.cast.colleague
    return {
        "page": lambda: stage.page(tariq, "/you/pause/", resume="yes"),
        "api": lambda: stage.api(tariq, "POST", "/me/resume"),
    }


def _being_found(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    return {
        "page": lambda: stage.page(rosa, "/you/being-found/", findable="yes"),
        "api": lambda: stage.api(rosa, "POST", "/me/findable", findable=True),
    }


def _showing(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    said = dict.fromkeys(FIELDS, "members") | {"work": "introduced", "website": "everyone"}
    return {
        "page": lambda: stage.page(rosa, "/you/visibility/", **said),
        "api": lambda: stage.api(rosa, "PATCH", "/me/visibility", **said),
    }


def _going_public(stage: Stage) -> dict[str, Act]:
    rosa, said = stage.cast.seeker, {"address": "rosa-feeds-the-harbour"}
    return {
        "page": lambda: stage.page(rosa, "/you/public/", may_be_listed="on", **said),
        "api": lambda: stage.api(rosa, "PUT", "/me/public", may_be_listed=True, **said),
    }


def _being_private_again(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    people.go_public(actor=rosa)
    return {
        "page": lambda: stage.page(rosa, "/you/public/take-back/"),
        "api": lambda: stage.api(rosa, "DELETE", "/me/public"),
    }


def _editing_oneself(stage: Stage) -> dict[str, Act]:
    rosa = stage.cast.seeker
    said = {
        "name": "Rosa María Seeker",
        "headline": "Feeds the harbour",
        "about": "I run\nthe food bank.",
        "place": "Lisbon",
        "sector": "nonprofit",
        "languages": ["en", "es"],
        "website": "https://example.org/",
        "asks_per_month": 5,
    }
    return {
        "page": lambda: stage.page(rosa, "/you/edit/", **said),
        "api": lambda: stage.api(rosa, "PATCH", "/me", **said, beyond_chapter=False),
    }


def _adding_to_the_list(stage: Stage) -> dict[str, Act]:
    hana, chapter = stage.cast.host, stage.cast.chapter.id
    said = {"name": "Zoe New", "email": "Zoe@Example.org"}
    return {
        "page": lambda: stage.page(hana, f"/host/{chapter}/people/add/", **said),
        "api": lambda: stage.api(hana, "POST", f"/chapters/{chapter}/people", **said),
    }


def _inviting(stage: Stage) -> dict[str, Act]:
    hana, chapter = stage.cast.host, stage.cast.chapter.id
    chosen = [str(Person.objects.get(name=name).id) for name in ("Maria Silva", "Jo Long")]
    return {
        "page": lambda: stage.page(hana, f"/host/{chapter}/people/invite/", person=chosen),
        "api": lambda: stage.api(hana, "POST", f"/chapters/{chapter}/invite", ids=chosen),
    }


def _making_a_link(stage: Stage) -> dict[str, Act]:
    hana, chapter = stage.cast.host, stage.cast.chapter.id
    said = {"door": "trusted", "most_uses": 3, "days": 7, "note": "Thursday's breakfast"}
    return {
        "page": lambda: stage.page(hana, f"/host/{chapter}/links/", **said),
        "api": lambda: stage.api(hana, "POST", f"/chapters/{chapter}/links", **said),
    }


def _revoking_a_link(stage: Stage) -> dict[str, Act]:
    hana, link = stage.cast.host, stage.world.vetted.id
    return {
        "page": lambda: stage.page(hana, f"/host/links/{link}/revoke/"),
        "api": lambda: stage.api(hana, "POST", f"/links/{link}/revoke"),
    }


def _proposing_a_tie(stage: Stage) -> dict[str, Act]:
    hana, chapter = stage.cast.host, stage.cast.chapter.id
    two = {"one": str(stage.cast.seeker.id), "other": str(stage.cast.colleague.id)}
    return {
        "page": lambda: stage.page(hana, f"/host/{chapter}/propose-tie/", **two),
        "api": lambda: stage.api(hana, "POST", f"/chapters/{chapter}/ties", **two),
    }


def _bringing_two_together(stage: Stage) -> dict[str, Act]:
    hana, chapter = stage.cast.host, stage.cast.chapter.id
    people.resume(actor=stage.cast.colleague)
    two = {"one": str(stage.cast.colleague.id), "other": str(stage.cast.listed.id)}
    said = {"who_i_am": "Tariq", "why_you": "Both keep food cold.", **two}
    return {
        "page": lambda: stage.page(hana, f"/host/{chapter}/introduce/", **said),
        "api": lambda: stage.api(hana, "POST", f"/chapters/{chapter}/introductions", **said),
    }


# After a session: the page, the link of the seat and the API.


def _afterwards(
    stage: Stage, method: str, path: str, body: dict[str, Any], **typed: Any
) -> dict[str, Act]:
    """The three doors of something that the owner says after the evening that was."""
    rosa, held = stage.cast.seeker, stage.world.held
    link = f"{meetings.seat_path(held.seats.get(person=rosa))}afterwards/"
    call = path.format(session=f"/sessions/{held.id}")
    return {
        "page": lambda: stage.page(rosa, f"/meet/{held.id}/afterwards/", **typed),
        "link": lambda: stage.link(link, **typed),
        "api": lambda: stage.api(rosa, method, call, **body),
    }


def _answering_the_question(stage: Stage) -> dict[str, Act]:
    said = {"felt": "partly", "text": "Begin earlier."}
    return _afterwards(stage, "PUT", "{session}/feedback", said, move="answer", **said)


def _saying_an_insight(stage: Stage) -> dict[str, Act]:
    said = {"text": "Ask before you offer."}
    return _afterwards(stage, "POST", "{session}/insights", said, move="insight", **said)


def _of_the_insight(stage: Stage, move: str, **said: Any) -> dict[str, Act]:
    row = stage.world.insight.id
    how = ("DELETE", f"/insights/{row}") if move == "drop" else ("POST", f"/insights/{row}/{move}")
    return _afterwards(stage, *how, said, move=move, insight=str(row), **said)


def _being_kept_informed(stage: Stage) -> dict[str, Act]:
    body = {"lists": ["informed"]}
    return _afterwards(stage, "PUT", "{session}/lists", body, move="list", list="informed")


def _being_off_the_list(stage: Stage) -> dict[str, Act]:
    actions.put_on_list(actor=stage.cast.seeker, session=stage.world.held, list=List.BUILDING)
    # An empty list is no body at all to the helper, so the other one is said to be there.
    actions.put_on_list(actor=stage.cast.seeker, session=stage.world.held, list=List.INFORMED)
    body = {"lists": ["informed"]}
    return _afterwards(stage, "PUT", "{session}/lists", body, move="unlist", list="building")


def _promising(stage: Stage) -> dict[str, Act]:
    said = {"text": "Call the port.", "due": str(clock.today() + timedelta(days=9))}
    return _afterwards(stage, "POST", "{session}/follow-ups", said, move="promise", **said)


def _reporting_what_came_of_it(stage: Stage) -> dict[str, Act]:
    row, said = stage.world.follow_up.id, {"came_of_it": "They lend us two pallets."}
    path = f"/follow-ups/{row}/report"
    return _afterwards(stage, "POST", path, said, move="report", follow_up=str(row), **said)


def _letting_it_go(stage: Stage) -> dict[str, Act]:
    row = stage.world.follow_up.id
    return _afterwards(stage, "DELETE", f"/follow-ups/{row}", {}, move="let_go", follow_up=str(row))


def _wishing_to_meet_again(stage: Stage) -> dict[str, Act]:
    seat = stage.world.held.seats.get(person=stage.cast.connector)
    path = f"{{session}}/seats/{seat.id}/mark"
    return _afterwards(stage, "PUT", path, {}, move="mark", seat=str(seat.id))


def _not_wishing_it_any_more(stage: Stage) -> dict[str, Act]:
    seat = stage.world.held.seats.get(person=stage.cast.connector)
    actions.mark(actor=stage.cast.seeker, seat=seat)
    path = f"{{session}}/seats/{seat.id}/mark"
    return _afterwards(stage, "DELETE", path, {}, move="unmark", seat=str(seat.id))


def _bringing_a_need(stage: Stage) -> dict[str, Act]:
    said = {"text": "Ice for one weekend"}
    return _afterwards(stage, "POST", "{session}/needs", said, move="need", **said)


def _bringing_an_offer(stage: Stage) -> dict[str, Act]:
    said = {"text": "A quiet room on Mondays"}
    return _afterwards(stage, "POST", "{session}/offers", said, move="offer", **said)


def _being_named(stage: Stage) -> dict[str, Act]:
    row = stage.world.change.id
    body = {"agreed": True}
    return _afterwards(stage, "PUT", f"/changes/{row}/name", body, move="be_named", change=str(row))


def _trying_a_change(stage: Stage) -> dict[str, Act]:
    hana, series = stage.cast.host, stage.world.series.id
    said = {
        "observation": "Nobody spoke at first",
        "change": "We begin in pairs",
        "measure": "who speaks in the first ten minutes",
        "begins_on": str(clock.today()),
    }
    return {
        "page": lambda: stage.page(hana, f"/host/series/{series}/changes/", move="try", **said),
        "api": lambda: stage.api(hana, "POST", f"/series/{series}/changes", **said),
    }


def _taking_a_change_back(stage: Stage) -> dict[str, Act]:
    hana, change = stage.cast.host, stage.world.change
    page = f"/host/series/{change.series_id}/changes/"
    return {
        "page": lambda: stage.page(hana, page, move="withdraw"),
        "api": lambda: stage.api(hana, "DELETE", f"/changes/{change.id}"),
    }


def _host_writes_down(stage: Stage) -> dict[str, Act]:
    hana, held = stage.cast.host, stage.world.held
    said = {"text": "Soup first.", "speaker": str(stage.cast.connector.id)}
    return {
        "page": lambda: stage.page(hana, f"/host/sessions/{held.id}/harvest/", **said),
        "api": lambda: stage.api(hana, "POST", f"/sessions/{held.id}/insights", **said),
    }


ACTS: dict[str, tuple[Callable[[Stage], dict[str, Act]], str]] = {
    "state a need": (_need, "exchange.need_opened"),
    "state a need of an organisation": (_need_of_an_organisation, "exchange.need_opened"),
    "state an offer": (_offer, "exchange.offer_opened"),
    "close a need": (_closing, "exchange.need_closed"),
    "say that a need stands": (_keeping, "exchange.need_kept"),
    "ask": (_asking, "introductions.asked"),
    "keep a draft": (_keeping_a_draft, ""),
    "write on at a draft": (_writing_on, ""),
    "agree as the connector": (_connector_agrees, "introductions.agreed"),
    "agree in one tap": (_connector_agrees_in_one_tap, "introductions.agreed"),
    "agree as the one sought": (_target_agrees, "introductions.made"),
    "decline as the connector": (_connector_declines, "introductions.refused"),
    "decline as the one sought": (_target_declines, "introductions.refused"),
    "not now": (_not_now, "introductions.refused"),
    "withdraw": (_withdrawing, "introductions.withdrawn"),
    "report": (_reporting, "introductions.reported"),
    "thank": (_thanking, "introductions.thanked"),
    "state a tie": (_stating_a_tie, "network.tie_stated"),
    "answer a proposal": (_answering_a_proposal, "network.tie_stated"),
    "deny a proposal": (_denying_a_proposal, "network.tie_denied"),
    "retract a tie": (_retracting, "network.tie_retracted"),
    "wish": (_wishing, "network.wished"),
    "compete": (_competing, "network.competitor_named"),
    "compete no more": (_competing_no_more, "network.competitor_dropped"),
    "take a wish back": (_taking_a_wish_back, "network.wish_dropped"),
    "pause": (_pausing, "people.paused"),
    "resume": (_resuming, "people.resumed"),
    "show a field to few": (_showing, "people.shown"),
    "go public": (_going_public, "people.went_public"),
    "be private again": (_being_private_again, "people.went_private"),
    "be found": (_being_found, "people.findable"),
    "edit oneself": (_editing_oneself, "people.changed"),
    "add someone to the list": (_adding_to_the_list, "people.listed"),
    "invite": (_inviting, "people.invited"),
    "make a link": (_making_a_link, "people.link_made"),
    "revoke a link": (_revoking_a_link, "people.link_revoked"),
    "propose a tie": (_proposing_a_tie, "network.tie_proposed"),
    "answer the one question": (_answering_the_question, "meetings.answered"),
    "say an insight": (_saying_an_insight, "meetings.insight_written"),
    "write down what somebody said": (_host_writes_down, "meetings.insight_written"),
    "release an insight": (
        lambda stage: _of_the_insight(stage, "release", text="Ask less."),
        "meetings.insight_released",
    ),
    "keep an insight": (
        lambda stage: _of_the_insight(stage, "keep", version=1),
        "meetings.insight_kept",
    ),
    "take an insight away": (
        lambda stage: _of_the_insight(stage, "drop"),
        "meetings.insight_dropped",
    ),
    "be kept informed": (_being_kept_informed, "meetings.listed"),
    "be off a list": (_being_off_the_list, "meetings.unlisted"),
    "promise something": (_promising, "meetings.promised"),
    "say what came of it": (_reporting_what_came_of_it, "meetings.reported"),
    "let it go": (_letting_it_go, "meetings.promise_dropped"),
    "wish to meet again": (_wishing_to_meet_again, "meetings.marked"),
    "not wish it any more": (_not_wishing_it_any_more, ""),
    "bring a need": (_bringing_a_need, "meetings.brought"),
    "bring an offer": (_bringing_an_offer, "meetings.brought"),
    "be named": (_being_named, "meetings.credit_agreed"),
    "try a change": (_trying_a_change, "meetings.change_tried"),
    "take a change back": (_taking_a_change_back, "meetings.change_withdrawn"),
    "bring two together": (_bringing_two_together, "introductions.asked"),
}


class _UndoneError(Exception):
    """Ends a transaction of which nothing is to remain."""


def left_by(act: Act) -> dict[str, dict[str, list[str]]]:
    """What an act, and the news of it, did to the rows of the rooms; all of it is undone."""
    before = all_rows()
    try:
        with transaction.atomic(), ids.repeatable("the same act"):
            act()
            while deliver_due():
                pass
            left = changes(before, all_rows())
            raise _UndoneError
    except _UndoneError:
        return left


@pytest.mark.parametrize("name", ACTS)
def test_every_door_leaves_the_same(stage: Stage, name: str) -> None:
    tell, verb = ACTS[name]
    doors = tell(stage)
    assert len(doors) > 1
    left = {door: left_by(act) for door, act in doors.items()}
    (first, *others) = left
    assert left[first]
    journal = left[first].get("journal.entry", {"came": [], "went": []})
    assert journal["went"] == []
    assert not verb or any(f'"verb":"{verb}"' in row for row in journal["came"])
    for other in others:
        assert left[other] == left[first], f"{other} and {first} differ"


def test_the_comparison_sees_a_difference(stage: Stage) -> None:
    """A detector that never finds anything would be worth nothing."""
    rosa = stage.cast.seeker
    said = {"text": "A van on Fridays"}
    plain = left_by(lambda: stage.api(rosa, "POST", "/needs", **said))
    urgent = left_by(lambda: stage.api(rosa, "POST", "/needs", **said, urgent=True))
    assert plain != urgent
    assert left_by(lambda: stage.api(rosa, "POST", "/me/resume")) == {}
