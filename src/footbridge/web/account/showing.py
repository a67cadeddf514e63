"""To whom one shows what one says of oneself, and the page that everyone on the web may see."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.core.versions import NOT_THERE
from footbridge.people import actions, queries
from footbridge.people.policy import Visitor
from footbridge.people.queries import Eyes
from footbridge.web.account.forms import PublicForm, ShowForm
from footbridge.web.find.portraits import drawn, member_page
from footbridge.web.forms import status_of, taken

SEEN_AS = {
    Eyes.MEMBER: gettext_lazy("a member to whom you were not introduced"),
    Eyes.INTRODUCED: gettext_lazy("someone to whom you were introduced"),
    Eyes.EVERYONE: gettext_lazy("everyone on the web"),
}


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def visibility(request: HttpRequest) -> HttpResponse:
    """Each field with the choice who sees it; or one's page as somebody else sees it."""
    person = request.person  # type: ignore[attr-defined]
    seen_as = request.GET.get("as", "")
    if request.method == "GET" and seen_as in list(Eyes):
        return _through(request, person, Eyes(seen_as))
    shows = queries.shows(person, person)
    form = ShowForm(request.POST or None, initial={**shows.fields, "version": shows.version})
    if taken(form, request, lambda said: actions.show(actor=person, **said)):
        messages.success(request, _("Saved."))
        return redirect("web:visibility")
    context = {"form": form, "shows": shows, "eyes": SEEN_AS.items()}
    return render(request, "account/visibility.html", context, status=status_of(form))


def _through(request: HttpRequest, person: Any, eyes: Eyes) -> HttpResponse:
    """One's own page, by the same way as somebody else would open it."""
    viewer, row = queries.eyes(person, eyes), queries.get(person, person.id)
    context = {"seen_as": SEEN_AS[eyes], "eyes": SEEN_AS.items()}
    if isinstance(viewer, Visitor):
        context |= drawn(queries.portrait(viewer, row))
        return render(request, "find/public.html", context)
    return render(request, "find/member.html", context | member_page(viewer, row))


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def public(request: HttpRequest) -> HttpResponse:
    """Have a page that everyone can see, or change its address."""
    person = request.person  # type: ignore[attr-defined]
    now = queries.shows(person, person).public
    form = PublicForm(
        request.POST or None,
        initial={
            "address": now.slug if now else "",
            "may_be_listed": now.may_be_listed if now else False,
            "version": now.version if now else NOT_THERE,
        },
    )
    if taken(form, request, lambda said: actions.go_public(actor=person, **said)):
        messages.success(request, _("Your page is public. You can take it back at any time."))
        return redirect("web:public")
    context = {"form": form, "now": now}
    return render(request, "account/public.html", context, status=status_of(form))


@require_POST
@access(Audience.MEMBERS)
def private(request: HttpRequest) -> HttpResponse:
    """Take the public page back."""
    actions.be_private_again(actor=request.person)  # type: ignore[attr-defined]
    messages.success(request, _("Your public page is gone. Its address leads nowhere now."))
    return redirect("web:visibility")
