"""The list, the links in, who asks to come in, deputies."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError
from footbridge.exchange import actions as exchange_actions
from footbridge.exchange import queries as exchange
from footbridge.insight import queries as insight
from footbridge.network import queries as network
from footbridge.people import actions, cards, places, queries
from footbridge.people.states import Door, Hosting
from footbridge.web.forms import page_in, status_of, taken
from footbridge.web.host.forms import DeputyForm, LinkForm, ListForm, PersonForm
from footbridge.web.host.views import hosted


@require_GET
@access(Audience.HOSTS)
def members(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Everyone on the chapter's list."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    form = ListForm(request.GET)
    form.is_valid()
    found = queries.members(
        person,
        here,
        standing=form.cleaned_data.get("standing", ""),
        text=form.cleaned_data.get("q", ""),
        page=page_in(request),
    )
    return render(request, "host/members.html", {"chapter": here, "form": form, "found": found})


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def add(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Put someone on the list."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    form = PersonForm(request.POST or None)
    if taken(form, request, lambda said: _add(person, here, said)):
        messages.success(request, _("On the list. Nobody was written to."))
        return redirect("web:members", here.id)
    context = {"chapter": here, "form": form, "title": _("Someone for the list")}
    return render(request, "host/form.html", context, status=status_of(form))


@transaction.atomic
def _add(actor: Any, chapter: Any, said: dict[str, Any]) -> None:
    place = places.named(said["place"]) if said["place"] else chapter.place
    person = actions.add_person(
        actor=actor, chapter=chapter, name=said["name"], email=said["email"] or None, place=place
    )
    if said["organisation"]:
        known = queries.organisation_named(actor, said["organisation"])
        organisation = known or actions.add_organisation(
            actor=actor, chapter=chapter, name=said["organisation"], sector=said["sector"]
        )
        actions.add_affiliation(
            actor=actor, person=person, organisation=organisation, role=said["role"]
        )
    if said["need"]:
        exchange_actions.open_need(actor=actor, owner=person, text=said["need"])
    if said["offer"]:
        exchange_actions.open_offer(actor=actor, owner=person, text=said["offer"])


@require_POST
@access(Audience.HOSTS)
def invite(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Invite people on the list, each by a link of their own."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    wanted = request.POST.getlist("listed" if "everyone" in request.POST else "person")
    if not wanted:
        messages.warning(request, _("Tick whom you would like to invite first."))
        return redirect("web:members", here.id)
    chosen = [queries.get_person(person, one) for one in wanted]
    invited = actions.invite_listed(actor=person, people=chosen)
    n = len(invited)
    words = ngettext(
        "%(n)d invitation lies in the outbox, with its link to copy.",
        "%(n)d invitations lie in the outbox, each with its link to copy.",
        n,
    )
    messages.success(request, words % {"n": n})
    return redirect("web:outbox")


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def invitations(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Links that let people in."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    form = LinkForm(request.POST or None)

    def carry_out(said: dict[str, Any]) -> None:
        actions.invite(
            actor=person,
            chapter=here,
            door=Door(said["door"]),
            lasts=form.lasts(),
            most_uses=said["most_uses"],
            note=said["note"],
        )

    if taken(form, request, carry_out):
        messages.success(request, _("The link is ready to be copied."))
        return redirect("web:invitations", here.id)
    found = queries.invitations(person, here)
    context = {
        "chapter": here,
        "form": form,
        "links": [one for one in found if one.door != Door.PERSONAL],
        "personal": [one for one in found if one.door == Door.PERSONAL and one.is_open],
    }
    return render(request, "host/invitations.html", context, status=status_of(form))


@require_POST
@access(Audience.HOSTS)
def revoke(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Make a link worthless."""
    person = request.person  # type: ignore[attr-defined]
    invitation = queries.get_invitation(person, invitation_id)
    actions.revoke(actor=person, invitation=invitation)
    messages.success(request, _("The link is worthless from now on."))
    return redirect("web:invitations", invitation.chapter_id)


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def deputies(request: HttpRequest, chapter_id: uuid.UUID) -> HttpResponse:
    """Who looks after the chapter."""
    person = request.person  # type: ignore[attr-defined]
    here = hosted(request, chapter_id)
    if "remove" in request.POST:
        other = queries.get_person(person, request.POST["remove"])
        actions.remove_host(actor=person, chapter=here, person=other)
        messages.success(request, _("They no longer look after this chapter."))
        return redirect("web:host" if other.id != person.id else "web:today")
    form = DeputyForm(request.POST or None)
    if taken(form, request, lambda said: _add_deputy(person, here, said)):
        messages.success(request, _("They look after this chapter with you."))
        return redirect("web:deputies", here.id)
    context = {"chapter": here, "form": form, "hosts": queries.hosts_of(person, here)}
    return render(request, "host/deputies.html", context, status=status_of(form))


def _add_deputy(actor: Any, chapter: Any, said: dict[str, Any]) -> None:
    found = queries.find(actor, said["person"])
    if found is None or not found.is_person:
        raise DomainError(_("Nobody of this name or address is a member here."), field="person")
    actions.add_host(
        actor=actor, chapter=chapter, person=queries.as_person(found), role=Hosting(said["role"])
    )


@require_GET
@access(Audience.HOSTS)
def look(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Someone of the list, with whom they should meet, for their host."""
    person = request.person  # type: ignore[attr-defined]
    member = queries.get(person, member_id)
    if member.chapter is None:
        return redirect("web:member", member.id)
    here = hosted(request, member.chapter.id)
    context = {
        "chapter": here,
        "card": cards.card(person, member),
        "needs": exchange.needs_of(person, member),
        "offers": exchange.offers_of(person, member),
        "ties": network.ties_of(person, member),
        "suggestions": insight.suggest(person, member, top=5),
    }
    return render(request, "host/listed.html", context)


@require_POST
@access(Audience.HOSTS)
def admit(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Let someone in who asked, or not."""
    person = request.person  # type: ignore[attr-defined]
    applicant = queries.get_person(person, member_id)
    _answer(request, person, applicant)
    return redirect("web:host")


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def admit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a link."""
    host, applicant = queries.applicant_for(token)
    if request.method == "POST":
        _answer(request, host, applicant)
        return render(request, "introduce/thanks.html")
    return render(request, "host/admit.html", {"card": cards.card(host, applicant)})


def _answer(request: HttpRequest, host: Any, applicant: Any) -> None:
    if request.POST.get("answer") == "yes":
        actions.admit(actor=host, person=applicant)
        messages.success(request, _("%(name)s is in.") % {"name": applicant.name})
    else:
        actions.turn_away(actor=host, person=applicant)
        messages.success(request, _("Turned away. They are told nothing."))
