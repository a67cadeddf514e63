"""Whom to meet, why, and who can introduce."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.core.versions import NOT_THERE
from footbridge.exchange import queries as exchange
from footbridge.insight import queries as insight
from footbridge.insight.entry import entry_contacts
from footbridge.network import actions as network_actions
from footbridge.network import queries as network
from footbridge.people import actions as people_actions
from footbridge.people import cards
from footbridge.people import policy as people_policy
from footbridge.people import queries as people
from footbridge.pitches import queries as pitches
from footbridge.transitions import queries as transitions
from footbridge.web.find.forms import FindForm, KnowForm
from footbridge.web.find.portraits import member_page
from footbridge.web.find.stones import of_chain
from footbridge.web.forms import page_in, status_of, taken


@require_GET
@access(Audience.MEMBERS)
def find(request: HttpRequest) -> HttpResponse:
    """Whom one should meet: from what one needs and offers, or from a sentence."""
    person = request.person  # type: ignore[attr-defined]
    seeker = _seeker(person, request.GET.get("for", ""))
    form = FindForm(request.GET, viewer=person)
    form.is_valid()
    context = {
        "form": form,
        "q": form.cleaned_data.get("q", "").strip(),
        "seeker": seeker,
        "organisations": people.acted_for_by(person),
        "has_needs": lambda: exchange.looks_for_something(person, seeker),
    }
    try:
        context["suggestions"] = _suggestions(person, seeker, context["q"], form)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "find/find.html", context, status=status_of(form))


def _seeker(person: Any, wanted: str) -> Any:
    """Oneself, or an organisation that one acts for."""
    own = {str(one.id): one for one in people.acted_for_by(person)} if wanted else {}
    return own.get(wanted, person)


def _suggestions(person: Any, seeker: Any, text: str, form: FindForm) -> list[Any]:
    if text:
        return insight.suggest_for_text(person, text, asker=seeker, filters=form.filters())
    return insight.suggest(person, seeker, filters=form.filters())


@require_GET
@access(Audience.MEMBERS)
def directory(request: HttpRequest) -> HttpResponse:
    """Everyone whom one may see, by word and filter; typing errors forgiven."""
    person = request.person  # type: ignore[attr-defined]
    form = FindForm(request.GET, viewer=person)
    form.is_valid()
    context: dict[str, Any] = {"form": form}
    text = form.cleaned_data.get("q", "")
    try:
        found = insight.search(person, text, filters=form.filters(), page=page_in(request))
        context["found"] = found
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "find/directory.html", context, status=status_of(form))


@require_GET
@access(Audience.MEMBERS)
def member(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """A person or an organisation, as far as one may know them."""
    person = request.person  # type: ignore[attr-defined]
    found = people.get(person, member_id)
    context = member_page(person, found) | {
        "is_me": found.id == person.id,
        "may_edit": people_policy.may_edit(person, found),
        "shoes": pitches.may_read(person, found),
    }
    if found.is_person:
        context["passes"] = transitions.of_member(person, found.id)
    else:
        context["contacts"] = entry_contacts(person, found)
        context["ties"] = network.ties_of(person, found)
        context["group"] = people.group_of(person, found)
        context["sites"] = people.works_in(person, found)
    return render(request, "find/member.html", context)


@require_GET
@access(Audience.MEMBERS)
def ways(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Who can introduce one to a member: the warmest ways that one may know of."""
    person = request.person  # type: ignore[attr-defined]
    target = people.get(person, member_id)
    found = insight.chains(person, person, target)
    for organisation in people.acted_for_by(person) if not found else []:
        found += insight.chains(person, organisation, target)
    context = {
        "card": cards.card(person, target),
        "ways": [(chain, of_chain(chain)) for chain in _one_for_each_connector(found)],
        "contacts": [] if target.is_person else entry_contacts(person, target),
    }
    return render(request, "find/ways.html", context)


def _one_for_each_connector(found: list[Any]) -> list[Any]:
    """The warmest way through each: a second one would ask the same person the same."""
    ways: dict[Any, Any] = {}
    for chain in found:
        ways.setdefault(chain.connector.id if chain.connector else None, chain)
    return list(ways.values())[:5]


@require_POST
@access(Audience.MEMBERS)
def wish(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Privately set someone aside, or bring them back."""
    person = request.person  # type: ignore[attr-defined]
    about = people.get(person, member_id)
    wished = request.POST.get("wish", "")
    if wished == "back":
        network_actions.drop_wish(actor=person, about=about)
        messages.success(request, _("They may be suggested again."))
        return redirect("web:wishes")
    network_actions.wish(actor=person, about=about, wish=wished)
    messages.success(request, _("Noted. Nobody else learns of it."))
    return redirect("web:find")


@require_POST
@access(Audience.MEMBERS)
def compete(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Privately say that one competes with somebody, or no longer does."""
    person = request.person  # type: ignore[attr-defined]
    about = people.get(person, member_id)
    if request.POST.get("back"):
        network_actions.compete_no_more(actor=person, about=about)
        messages.success(request, _("You may sit at one table again."))
    else:
        network_actions.compete(actor=person, about=about)
        messages.success(request, _("Noted. Nobody else learns of it."))
    return redirect("web:wishes")


@require_GET
@access(Audience.MEMBERS)
def wishes(request: HttpRequest) -> HttpResponse:
    """Whom one set aside, and with whom one competes."""
    person = request.person  # type: ignore[attr-defined]
    context = {"wishes": network.wishes(person), "competitors": network.competitors(person)}
    return render(request, "find/wishes.html", context)


@require_GET
@access(Audience.MEMBERS)
def ties(request: HttpRequest) -> HttpResponse:
    """Whom one knows, and who says that they know one."""
    person = request.person  # type: ignore[attr-defined]
    context = {"mine": network.my_ties(person), "said_of_me": network.said_of_me(person)}
    return render(request, "find/ties.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def know(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Say how well one knows someone."""
    person = request.person  # type: ignore[attr-defined]
    other = people.get(person, member_id)
    form = KnowForm(request.POST or None, initial=_said_before(network.said_of(person, other)))
    if taken(
        form, request, lambda said: network_actions.state_tie(actor=person, other=other, **said)
    ):
        messages.success(request, _("Noted. You can take it back at any time."))
        return redirect("web:ties")
    context = {"form": form, "card": cards.card(person, other)}
    return render(request, "find/know.html", context, status=status_of(form))


def _said_before(tie: Any) -> dict[str, Any]:
    """What one said of someone before, to be changed; or what a host supposed."""
    if tie is None:
        return {"version": NOT_THERE}
    return {name: getattr(tie, name) for name in ("strength", "how", "since", "version")}


@require_POST
@access(Audience.MEMBERS)
def retract(request: HttpRequest, tie_id: uuid.UUID) -> HttpResponse:
    """Take back what one said of a tie."""
    person = request.person  # type: ignore[attr-defined]
    network_actions.retract(actor=person, tie=network.get_tie(person, tie_id))
    messages.success(request, _("Taken back."))
    return redirect("web:ties")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def proposed_tie(request: HttpRequest, tie_id: uuid.UUID) -> HttpResponse:
    """Say whether one knows someone, as a host supposed."""
    person = request.person  # type: ignore[attr-defined]
    return _answer_tie(request, person, network.get_tie(person, tie_id), "web:today")


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def tie_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a link, without an account."""
    person, tie = network.proposal_for(token)
    return _answer_tie(request, person, tie, "")


def _answer_tie(request: HttpRequest, person: Any, tie: Any, then: str) -> HttpResponse:
    form = KnowForm(request.POST or None, initial={"version": tie.version})
    other = cards.card(person, tie.other)
    if "no" in request.POST:
        network_actions.answer_proposal(actor=person, tie=tie, is_so=False)
    elif not taken(
        form,
        request,
        lambda said: network_actions.answer_proposal(actor=person, tie=tie, is_so=True, **said),
    ):
        context = {"form": form, "card": other, "proposed": True}
        return render(request, "find/know.html", context, status=status_of(form))
    if then:
        messages.success(request, _("Thank you."))
        return redirect(then)
    return render(request, "introduce/thanks.html")


@require_POST
@access(Audience.MEMBERS)
def confirm_work(request: HttpRequest, affiliation_id: uuid.UUID) -> HttpResponse:
    """Confirm that a colleague works where they say."""
    person = request.person  # type: ignore[attr-defined]
    affiliation = people.get_affiliation(person, affiliation_id)
    people_actions.confirm_affiliation(actor=person, affiliation=affiliation)
    messages.success(request, _("Confirmed."))
    return redirect("web:today")
