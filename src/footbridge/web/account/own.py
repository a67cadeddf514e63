"""What is one's own: the profile, a pause, work, contacts, tokens, data."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.exchange import queries as exchange
from footbridge.intake import contacts as address_books
from footbridge.network import actions as network_actions
from footbridge.network import queries as network
from footbridge.people import actions, cards, places, policy, queries
from footbridge.web.account.forms import (
    ContactsForm,
    EraseForm,
    PauseForm,
    SelfForm,
    TokenForm,
    WorkForm,
)
from footbridge.web.forms import status_of, taken
from footbridge.web.taking_along import as_file


@require_GET
@access(Audience.MEMBERS)
def account(request: HttpRequest) -> HttpResponse:
    """Oneself, as others see one, and what can be changed."""
    person = request.person  # type: ignore[attr-defined]
    row, somebody = queries.get(person, person.id), policy.stand_in()
    return render(
        request,
        "account/account.html",
        {
            "card": cards.card(person, row),
            "seen": cards.card(somebody, row),
            "about": row.about if policy.sees(somebody, row, "about") else "",
            "me": person,
            "affiliations": queries.affiliations_of(person, person),
            "needs": exchange.needs_of(person, person),
            "offers": exchange.offers_of(person, person),
        },
    )


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def edit(request: HttpRequest) -> HttpResponse:
    """Say something else of oneself."""
    person = request.person  # type: ignore[attr-defined]
    form = SelfForm(request.POST or None, initial=_said_of(person))
    if taken(form, request, lambda said: actions.edit(person, person, **_with_place(said))):
        messages.success(request, _("Saved."))
        return redirect("web:account")
    return _form_page(request, form, _("Your profile"), _("Members of the network see this."))


def _said_of(person: Any) -> dict[str, Any]:
    fields = (
        *("name", "headline", "about", "sector", "stage", "languages", "website"),
        *("asks_per_month", "beyond_chapter", "version"),
    )
    return {name: getattr(person, name) for name in fields} | {
        "place": person.place.name if person.place else ""
    }


def _with_place(said: dict[str, Any]) -> dict[str, Any]:
    return said | {"place": places.named(said["place"]) if said["place"] else None}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def pause(request: HttpRequest) -> HttpResponse:
    """Be left in peace for a while, or be back."""
    person = request.person  # type: ignore[attr-defined]
    if "resume" in request.POST:
        actions.resume(actor=person)
        messages.success(request, _("Welcome back. You can be asked again."))
        return redirect("web:account")
    form = PauseForm(request.POST or None)
    if taken(form, request, lambda said: actions.pause(actor=person, until=said["until"])):
        messages.success(request, _("You are left in peace until then."))
        return redirect("web:account")
    return _form_page(
        request,
        form,
        _("A pause"),
        _("While it lasts nobody is suggested you, asks you, or is led through you."),
    )


@require_POST
@access(Audience.MEMBERS)
def findable(request: HttpRequest) -> HttpResponse:
    """Let those who have one's address see that one is here, or no longer."""
    person = request.person  # type: ignore[attr-defined]
    actions.be_findable_by_email(actor=person, findable=request.POST.get("findable") == "yes")
    messages.success(request, _("Saved."))
    return redirect("web:contacts")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def work(request: HttpRequest) -> HttpResponse:
    """Say for whom one works."""
    person = request.person  # type: ignore[attr-defined]
    form = WorkForm(request.POST or None)
    if taken(form, request, lambda said: _add_work(person, said)):
        messages.success(request, _("Saved."))
        return redirect("web:account")
    return _form_page(request, form, _("Where you work"), "")


@transaction.atomic
def _add_work(person: Any, said: dict[str, Any]) -> None:
    """Act for an organisation that is known by this name, or bring it in."""
    known = queries.organisation_named(person, said["organisation"])
    organisation = known or actions.add_organisation(
        actor=person, chapter=person.chapter, name=said["organisation"], sector=said["sector"]
    )
    actions.add_affiliation(
        actor=person,
        person=person,
        organisation=organisation,
        role=said["role"],
        since=said["since"],
        has_mandate=said["has_mandate"],
    )


@require_POST
@access(Audience.MEMBERS)
def end_work(request: HttpRequest, affiliation_id: uuid.UUID) -> HttpResponse:
    """Say that one no longer works there."""
    person = request.person  # type: ignore[attr-defined]
    affiliation = queries.get_affiliation(person, affiliation_id)
    actions.end_affiliation(actor=person, affiliation=affiliation)
    messages.success(request, _("Saved. What was is kept in your history."))
    return redirect("web:account")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def tokens(request: HttpRequest) -> HttpResponse:
    """Tokens with which programs act for one. The secret is shown once."""
    person = request.person  # type: ignore[attr-defined]
    form = TokenForm(request.POST or None)
    made: list[str] = []

    def make(said: dict[str, Any]) -> None:
        made.append(actions.make_token(actor=person, name=said["name"])[1])

    if taken(form, request, make):
        form = TokenForm()
    context = {"form": form, "tokens": queries.tokens(person), "secret": "".join(made)}
    return render(request, "account/tokens.html", context, status=status_of(form))


@require_POST
@access(Audience.MEMBERS)
def drop_token(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    """Make a token worthless."""
    actions.drop_token(actor=request.person, token_id=token_id)  # type: ignore[attr-defined]
    messages.success(request, _("The token is worthless from now on."))
    return redirect("web:tokens")


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def contacts(request: HttpRequest) -> HttpResponse:
    """Bring one's own address book, to see whom one knows here. It stays one's own."""
    person = request.person  # type: ignore[attr-defined]
    if "forget" in request.POST:
        network_actions.forget_contacts(actor=person)
        messages.success(request, _("Your contacts are gone."))
        return redirect("web:contacts")
    form = ContactsForm(request.POST or None, request.FILES or None)

    def carry_out(said: dict[str, Any]) -> None:
        address_books.take_in(actor=person, source=said["file"], name=said["file"].name)

    if taken(form, request, carry_out):
        messages.success(request, _("Read. Nobody was told."))
        return redirect("web:contacts")
    known = network.known_members(person)
    context = {"form": form, "known": known, "findable": person.findable_by_email}
    return render(request, "account/contacts.html", context, status=status_of(form))


@require_GET
@access(Audience.MEMBERS)
def data(request: HttpRequest) -> HttpResponse:
    """Take one's data along, or leave."""
    return render(request, "account/data.html", {"form": EraseForm()})


@require_GET
@access(Audience.MEMBERS)
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is held about one, as JSON."""
    person = request.person  # type: ignore[attr-defined]
    return as_file(queries.personal_export(person, person))


@require_POST
@access(Audience.MEMBERS)
def erase(request: HttpRequest) -> HttpResponse:
    """Leave, with everything."""
    person = request.person  # type: ignore[attr-defined]
    form = EraseForm(request.POST)
    if form.is_valid() and form.cleaned_data["name"].strip() != person.name:
        form.add_error("name", _("This is not your name as it stands here."))
    if taken(form, request, lambda _said: actions.erase(actor=person, person=person)):
        logout(request)
        messages.success(request, _("You are gone from here. Thank you for having been part."))
        return redirect("web:sign_in")
    return render(request, "account/data.html", {"form": form}, status=status_of(form))


def _form_page(request: HttpRequest, form: Form, title: str, lede: str) -> HttpResponse:
    context = {"form": form, "title": title, "lede": lede}
    return render(request, "account/form.html", context, status=status_of(form))
