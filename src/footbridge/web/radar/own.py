"""What somebody under the radar says of themself, from whom they stay away, how they are proven,
and who saw anything of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from footbridge.core.access import Audience, access
from footbridge.exchange import queries as exchange
from footbridge.people import places
from footbridge.people import queries as people
from footbridge.veil import actions, queries
from footbridge.web.account.forms import CodeForm, EraseForm
from footbridge.web.forms import status_of, taken
from footbridge.web.radar.forms import AwayForm, MailboxForm, OwnForm, lines
from footbridge.web.taking_along import as_file


@require_http_methods(["GET", "POST"])
@access(Audience.HIDDEN)
def edit(request: HttpRequest) -> HttpResponse:
    """Say something else of oneself: nobody sees it, and suggestions come from it."""
    me = request.hidden  # type: ignore[attr-defined]
    viewer = queries.as_onlooker(me)
    form = OwnForm(request.POST or None, viewer=viewer, initial=_stands(me))
    if taken(form, request, lambda said: _edit(me, viewer, said)):
        messages.success(request, _("Saved."))
        return redirect("web:radar")
    return render(request, "radar/you.html", {"form": form}, status=status_of(form))


def _stands(me: Any) -> dict[str, Any]:
    return {**me.profile.in_words(), "version": me.version}


def _edit(me: Any, viewer: Any, said: dict[str, Any]) -> None:
    chapters = {str(one.id): one for one in people.chapters(viewer)}
    actions.edit(
        actor=me,
        version=said["version"],
        **{name: said[name] for name in ("name", "headline", "about", "sector", "languages")},
        place=places.meant(said["place"]) if said["place"] else None,
        chapter=chapters.get(said["chapter"]),
        needs=lines(said["needs"]),
        offers=lines(said["offers"]),
        causes=exchange.causes_by_ids(said["causes"]),
        work=_work(viewer, said),
    )


def _work(viewer: Any, said: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """At an organisation that is listed under this name, or at one by its name alone."""
    if not said["employer"]:
        return []
    known = people.organisation_named(viewer, said["employer"])
    return [(said["employer"], said["role"], known)]


@require_http_methods(["GET", "POST"])
@access(Audience.HIDDEN)
def away(request: HttpRequest) -> HttpResponse:
    """From whom one stays away."""
    me = request.hidden  # type: ignore[attr-defined]
    form = AwayForm(request.POST or None)
    if taken(form, request, lambda said: actions.block(actor=me, domain=said["domain"])):
        messages.success(request, _("Noted. They never learn of you."))
        return redirect("web:radar_away")
    context = {"form": form, "me": me.profile, "blocked": _blocked(me)}
    return render(request, "radar/away.html", context, status=status_of(form))


def _blocked(me: Any) -> list[tuple[str, str]]:
    """Each line of the list with what to call it."""
    viewer, blocks = queries.as_onlooker(me), me.profile.blocks
    ids = [*blocks.people, *blocks.organisations, *blocks.groups]
    found = people.by_ids(viewer, [one for text in ids if (one := people.as_id(text))])
    names = {str(one): member.name for one, member in found.items()}
    gone = _("Somebody who is no longer listed")
    whole = _("%(name)s and its whole group")
    return [
        *((one, names.get(one, gone)) for one in (*blocks.people, *blocks.organisations)),
        *((one, whole % {"name": names.get(one, gone)}) for one in blocks.groups),
        *((domain, domain) for domain in blocks.domains),
    ]


@require_POST
@access(Audience.HIDDEN)
def stay_away_from(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Stay away from a member; from an organisation, with its whole group if wished."""
    me = request.hidden  # type: ignore[attr-defined]
    member = people.get(queries.as_onlooker(me), member_id)
    actions.block(actor=me, member=member, whole_group=request.POST.get("group") == "yes")
    messages.success(request, _("Noted. They never learn of you."))
    return redirect("web:radar_away")


@require_POST
@access(Audience.HIDDEN)
def drop(request: HttpRequest) -> HttpResponse:
    """Take a line off the list."""
    actions.unblock(actor=request.hidden, line=request.POST.get("line", ""))  # type: ignore[attr-defined]
    messages.success(request, _("Taken off the list."))
    return redirect("web:radar_away")


@require_http_methods(["GET", "POST"])
@access(Audience.HIDDEN)
def proof(request: HttpRequest) -> HttpResponse:
    """Be verified without being listed: by somebody's word, or by a mailbox at work."""
    me = request.hidden  # type: ignore[attr-defined]
    pending = me.profile.pending
    form = CodeForm(request.POST or None) if pending else MailboxForm(request.POST or None)
    if taken(form, request, lambda said: _prove(me, said)):
        return redirect("web:radar_proof")
    context = {"form": form, "me": me.profile, "pending": pending, "path": actions.vouch_path(me)}
    return render(request, "radar/proof.html", context, status=status_of(form))


def _prove(me: Any, said: dict[str, Any]) -> None:
    if "code" in said:
        actions.prove_mailbox(actor=me, code=said["code"])
    else:
        actions.ask_mailbox(actor=me, address=said["email"])


@require_GET
@access(Audience.HIDDEN)
def log(request: HttpRequest) -> HttpResponse:
    """Who saw anything of one, and when."""
    me = request.hidden  # type: ignore[attr-defined]
    return render(request, "radar/log.html", {"glances": queries.glances(me)})


@require_GET
@access(Audience.HIDDEN)
def data(request: HttpRequest) -> HttpResponse:
    """Take one's data along, or leave."""
    return render(request, "radar/data.html", {"form": EraseForm()})


@require_GET
@access(Audience.HIDDEN)
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is held about one, as JSON."""
    return as_file(queries.personal_export(request.hidden))  # type: ignore[attr-defined]
