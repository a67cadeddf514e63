"""One's own time: when, for whom; what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.versions import NOT_THERE
from footbridge.exchange import queries as exchange
from footbridge.hours import actions, queries
from footbridge.hours.windows import after, before
from footbridge.people import queries as people
from footbridge.web.forms import status_of, taken
from footbridge.web.time.forms import TimeForm


@require_GET
@access(Audience.MEMBERS)
def overview(request: HttpRequest) -> HttpResponse:
    """What one said of this quarter and the next, what waits, what is coming, what was."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.list_for(person)
    waiting = [card for card in found if card.waits_for_me]
    coming = [card for card in reversed(found) if card.is_coming]
    known = {card.id for card in (*waiting, *coming)}
    context = {
        "quarters": queries.quarters(person),
        "waiting": waiting,
        "coming": coming,
        "others": [card for card in found if card.id not in known],
    }
    return render(request, "time/time.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def say(request: HttpRequest) -> HttpResponse:
    """Say when one has time in a quarter, and for whom."""
    person = request.person  # type: ignore[attr-defined]
    quarters = queries.quarters(person)
    chosen = _chosen(request, quarters)
    form = _form(request, person, quarters, chosen)
    if taken(form, request, lambda _said: _state(person, form)):
        messages.success(request, _("Written down. Whoever needs it can ask for a time."))
        return redirect("web:time")
    context = {"form": form, "chosen": chosen}
    return render(request, "time/say.html", context, status=status_of(form))


def _chosen(request: HttpRequest, quarters: list[Any]) -> Any:
    """The quarter that is asked for; this one where none is that there is."""
    wanted = request.POST.get("quarter") or request.GET.get("quarter", "")
    return next((one for one in quarters if one.first_day.isoformat() == wanted), quarters[0])


def _form(request: HttpRequest, person: Any, quarters: list[Any], chosen: Any) -> TimeForm:
    last = chosen.statement or queries.statement(person, before(chosen.first_day))
    return TimeForm(
        request.POST or None,
        quarters=quarters,
        offers=exchange.offers_of(person, person),
        chapters=people.chapters(person),
        windows=_windows(last, chosen),
        initial=_initial(person, last, chosen),
    )


def _windows(said: Any, chosen: Any) -> list[Any]:
    """What was said; of the quarter before, what comes every week."""
    windows = said.windows if said else ()
    is_this = said is not None and said is chosen.statement
    return [one for one in windows if is_this or one.day is None]


def _initial(person: Any, said: Any, chosen: Any) -> dict[str, Any]:
    version = chosen.statement.version if chosen.statement else NOT_THERE
    own = {"quarter": chosen.first_day.isoformat(), "version": version}
    if said is None:
        place = person.place.name if person.place else ""
        return own | {"timezone": queries.timezone_of(person), "place": place}
    names = ("timezone", "minutes", "most_hours", "manner", "place", "within_km", "where")
    more = ("online_link", "sectors", "only_unpaid")
    lists = {name: [str(one) for one in getattr(said, name)] for name in ("offers", "chapters")}
    return own | {name: getattr(said, name) for name in (*names, *more)} | lists


def _state(person: Any, form: TimeForm) -> None:
    said = form.cleaned_data
    offers = [exchange.get_offer(person, one) for one in said.get("offers", [])]
    chosen = set(said["chapters"])
    actions.state_time(
        actor=person,
        quarter=form.quarter_said(),
        windows=said["windows"],
        terms=form.terms(),
        offers=offers,
        chapters=[one for one in people.chapters(person) if str(one.id) in chosen],
        version=said["version"],
    )


@require_POST
@access(Audience.MEMBERS)
def pause(request: HttpRequest) -> HttpResponse:
    """Give no time for now, or again: one tap."""
    person = request.person  # type: ignore[attr-defined]
    is_paused = request.POST.get("move") != "resume"
    actions.pause(actor=person, is_paused=is_paused)
    said = _("Your time is paused. What was agreed stays.") if is_paused else _("Open again.")
    messages.success(request, said)
    return redirect("web:time")


@require_GET
@access(Audience.MEMBERS)
def given(request: HttpRequest) -> HttpResponse:
    """The hours that one gave in a year, as they were confirmed."""
    person = request.person  # type: ignore[attr-defined]
    years = queries.years_of(person)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0])
    learned = [card for card in queries.list_for(person) if card.learned]
    context = {
        "given": queries.hours_given(person, year),
        "years": years,
        "learned": [card for card in learned if card.starts_at.year == year],
    }
    return render(request, "time/given.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def again_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same times as last quarter, in one tap and without an account."""
    person, last = queries.availability_by_link(token)
    quarter: date = after(last.quarter)
    with override(people.language_of(person, person.chapter)):
        if request.method == "POST":
            actions.say_again(actor=person, quarter=quarter)
            return redirect(request.path)
        context = {
            "card": queries.statement(person, last.quarter),
            "quarter": queries.quarter_words(quarter),
            "said": queries.statement(person, quarter),
        }
        return render(request, "time/again.html", context)
