"""After a session: one question, and whatever one wants to leave behind or take along; signed in
or by link, the same page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere
from footbridge.meetings import actions, queries
from footbridge.meetings.states import Felt, List
from footbridge.people import queries as people
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.meet.harvest_forms import (
    FeedbackForm,
    InsightForm,
    NeedSaidForm,
    OfferSaidForm,
    PromiseForm,
    ReleaseForm,
    ReportForm,
)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def afterwards(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """What one leaves behind after a session to which one came."""
    person = request.person  # type: ignore[attr-defined]
    return _page(request, person, queries.get(person, session_id), by_link=False)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from the link of a seat, without an account. Opening it changes nothing."""
    person, seat = queries.seat_by_link(token)
    with override(people.language_of(person, person.chapter)):
        return _page(request, person, seat.session, by_link=True)


@require_GET
@access(Audience.MEMBERS)
def changes(request: HttpRequest, series_id: uuid.UUID) -> HttpResponse:
    """What was tried in a series, what came of it, and because of whom."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.changed_series(person, series_id)
    context = {"series": found, "changes": queries.improvements(person, found)}
    return render(request, "meet/changes.html", context)


@dataclass
class Asked:
    """One look at the page: who looks, at what, and what they sent."""

    request: HttpRequest
    person: Any
    session: Any
    move: str
    by_link: bool

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.person, "session": self.session}


def _page(request: HttpRequest, person: Any, session: Any, *, by_link: bool) -> HttpResponse:
    asked = Asked(request, person, session, request.POST.get("move", ""), by_link)
    if asked.move in _BEFORE:
        return _about_a_promise(asked)
    left = queries.afterwards(person, session)
    refusal, done = _tapped(asked)
    forms = _forms(asked, left)
    done = done or _sent(asked, forms)
    if done:
        messages.success(request, done)
        return redirect(f"{request.path}#{_SECTION[asked.move]}")
    context = {
        "card": queries.card(person, session),
        "left": left,
        "refusal": refusal,
        "by_link": by_link,
        "given": None if by_link else left.feedback,
        "page": request.path.removesuffix("afterwards/"),
        **forms,
        "releases": _releases(asked, left, forms),
        "reports": _reports(asked, left, forms),
        "lists": [(one.value, one.label, one.value in left.lists) for one in List],
    }
    return render(request, "meet/afterwards.html", context, status=_status(refusal, forms))


def _status(refusal: DomainError | None, forms: dict[str, Form]) -> int:
    if refusal is not None:
        return refusal.status
    return max(status_of(form) for form in forms.values())


# One tap.


def _tapped(asked: Asked) -> tuple[DomainError | None, str]:
    """Carry out what needs no words; a refusal is shown on the page."""
    if asked.request.method != "POST" or asked.move in _FORMS:
        return None, ""
    if asked.move not in _TAPS:
        raise NotHere
    act, words = _TAPS[asked.move]
    try:
        act(asked)
    except NotHere:
        raise
    except DomainError as error:
        return error, ""
    return None, str(words)


def _list_in(asked: Asked) -> List:
    wanted = asked.request.POST.get("list", "")
    if wanted not in List.values:
        raise NotHere
    return List(wanted)


def _seat_in(asked: Asked) -> Any:
    return queries.met_seat(asked.person, asked.session, id_in(asked.request, "seat"))


def _insight_in(asked: Asked) -> Any:
    return queries.get_insight(asked.person, asked.session, id_in(asked.request, "insight"))


def _be_named(asked: Asked, agreed: bool) -> None:
    improvement = queries.credited(asked.person, id_in(asked.request, "change"))
    actions.be_named(actor=asked.person, improvement=improvement, agreed=agreed)


_TAPS: dict[str, tuple[Callable[[Asked], Any], Any]] = {
    "list": (
        lambda asked: actions.put_on_list(**asked.said, list=_list_in(asked)),
        lazy("You are on the list."),
    ),
    "unlist": (
        lambda asked: actions.take_off_list(**asked.said, list=_list_in(asked)),
        lazy("You are off the list."),
    ),
    "mark": (
        lambda asked: actions.mark(actor=asked.person, seat=_seat_in(asked)),
        lazy("Noted, for you alone. If they wish it too, you are both told."),
    ),
    "unmark": (
        lambda asked: actions.unmark(actor=asked.person, seat=_seat_in(asked)),
        lazy("Taken back. Nobody is told."),
    ),
    "keep": (
        lambda asked: actions.keep_insight(actor=asked.person, insight=_insight_in(asked)),
        lazy("It stays in the room."),
    ),
    "drop": (
        lambda asked: actions.drop_insight(actor=asked.person, insight=_insight_in(asked)),
        lazy("It is gone."),
    ),
    "be_named": (lambda asked: _be_named(asked, True), lazy("Your name stands beside it.")),
    "not_named": (lambda asked: _be_named(asked, False), lazy("You are not named.")),
}


# What somebody meant to try is told of from any session of the series, before one has come to it.

_BEFORE = ("told", "let_go")


def _about_a_promise(asked: Asked) -> HttpResponse:
    follow_up = queries.get_follow_up(asked.person, id_in(asked.request, "follow_up"))
    try:
        if asked.move == "let_go":
            actions.drop_promise(actor=asked.person, follow_up=follow_up)
        else:
            words = asked.request.POST.get("came_of_it", "")
            actions.report(actor=asked.person, follow_up=follow_up, came_of_it=words)
    except NotHere:
        raise
    except DomainError as error:
        messages.error(asked.request, error.message)
    else:
        messages.success(asked.request, _("Thank you. The next one begins from there."))
    here, page = asked.request.path, asked.request.path.removesuffix("afterwards/")
    return HttpResponseRedirect(f"{here}#next" if asked.request.POST.get("back") else page)


# What needs words.


def _forms(asked: Asked, left: Any) -> dict[str, Form]:
    """Every form of the page; the one that was sent holds what was typed."""
    # Whoever holds a link, as a host who passes it on, reads there nothing that was answered.
    given, person = None if asked.by_link else left.feedback, asked.person
    speakers = queries.speakers(person, asked.session) if left.keeps_notes else ()
    initial = {"felt": given.felt, "text": given.text, "version": given.version} if given else None
    return {
        "answer": FeedbackForm(_data(asked, "answer"), initial=initial),
        "insight": InsightForm(_data(asked, "insight"), speakers=speakers, auto_id="insight_%s"),
        "release": ReleaseForm(_data(asked, "release"), auto_id="release_%s"),
        "promise": PromiseForm(_data(asked, "promise"), auto_id="promise_%s"),
        "report": ReportForm(_data(asked, "report"), auto_id="report_%s"),
        "need": NeedSaidForm(_data(asked, "need"), auto_id="need_%s"),
        "offer": OfferSaidForm(_data(asked, "offer"), auto_id="offer_%s"),
    }


def _data(asked: Asked, move: str) -> Any:
    return asked.request.POST if asked.move == move else None


def _sent(asked: Asked, forms: dict[str, Form]) -> str:
    """What came of the form that was sent: words where it was carried out."""
    if asked.move not in _FORMS:
        return ""
    act, words = _FORMS[asked.move]
    is_done = taken(forms[asked.move], asked.request, lambda said: act(asked, said))
    return str(words) if is_done else ""


def _answer(asked: Asked, said: dict[str, Any]) -> None:
    felt, seen = Felt(said["felt"]), said["version"]
    actions.give_feedback(**asked.said, felt=felt, text=said["text"], seen=seen)


def _write(asked: Asked, said: dict[str, Any]) -> None:
    who = said.get("speaker")
    speaker = queries.speaker(asked.person, asked.session, who) if who else asked.person
    actions.write_insight(**asked.said, speaker=speaker, text=said["text"])


def _release(asked: Asked, said: dict[str, Any]) -> None:
    actions.release_insight(
        actor=asked.person, insight=_insight_in(asked), text=said["text"], seen=said["version"]
    )


def _promise(asked: Asked, said: dict[str, Any]) -> None:
    actions.promise(**asked.said, text=said["text"], due=said["due"])


def _report(asked: Asked, said: dict[str, Any]) -> None:
    follow_up = queries.get_follow_up(asked.person, id_in(asked.request, "follow_up"))
    actions.report(
        actor=asked.person,
        follow_up=follow_up,
        came_of_it=said["came_of_it"],
        seen=said["version"],
    )


_FORMS: dict[str, tuple[Callable[[Asked, dict[str, Any]], Any], Any]] = {
    "answer": (_answer, lazy("Thank you. You can change your answer at any time.")),
    "insight": (_write, lazy("Written down. Who said it decides whether it is told on.")),
    "release": (_release, lazy("Released. Members read it on the page of the session.")),
    "promise": (_promise, lazy("Noted. The next session opens with it, for you.")),
    "report": (_report, lazy("Thank you. The next one begins from there.")),
    "need": (
        lambda asked, said: actions.bring_need(**asked.said, text=said["text"]),
        lazy("Members see your need now."),
    ),
    "offer": (
        lambda asked, said: actions.bring_offer(**asked.said, text=said["text"]),
        lazy("Members see your offer now."),
    ),
}

_SECTION = {
    "answer": "answer", "insight": "insights", "release": "insights", "keep": "insights",
    "drop": "insights", "promise": "next", "report": "next", "list": "lists", "unlist": "lists",
    "mark": "again", "unmark": "again", "need": "bring", "offer": "bring", "be_named": "credits",
    "not_named": "credits",
}  # fmt: skip


def _releases(asked: Asked, left: Any, forms: dict[str, Form]) -> list[tuple[Any, Form]]:
    """What one said oneself, each with its form: the one that was sent with what was typed."""
    mine = [card for card in left.insights if card.is_mine]
    return [(card, _of(asked, card, "insight", forms["release"], ReleaseForm)) for card in mine]


def _reports(asked: Asked, left: Any, forms: dict[str, Form]) -> list[tuple[Any, Form]]:
    report = forms["report"]
    return [(card, _of(asked, card, "follow_up", report, ReportForm)) for card in left.follow_ups]


def _of(asked: Asked, card: Any, name: str, sent: Form, kind: Any) -> Form:
    if sent.is_bound and asked.request.POST.get(name) == str(card.id):
        return sent
    form: Form = kind(initial=vars(card), auto_id=f"{card.id}_%s")
    return form
