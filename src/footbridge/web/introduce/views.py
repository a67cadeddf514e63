"""Three yeses: the seeker's note, the connector's answer, the answer of the one sought."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from footbridge.core.access import Audience, access
from footbridge.core.errors import DomainError, NotHere, Overtaken
from footbridge.core.versions import NOT_THERE
from footbridge.exchange import queries as exchange
from footbridge.introductions import actions, queries
from footbridge.introductions.cards import NOTE_FIELDS
from footbridge.introductions.states import Move, Role
from footbridge.people import cards
from footbridge.people import policy as people_policy
from footbridge.people import queries as people
from footbridge.veil import queries as veil
from footbridge.web.forms import id_in, status_of, taken
from footbridge.web.introduce.forms import AnswerForm, NoteForm, ReportForm, ThanksForm
from footbridge.web.overtaken import Shown


@require_GET
@access(Audience.MEMBERS)
def introductions(request: HttpRequest) -> HttpResponse:
    """Every introduction that one is part of."""
    person = request.person  # type: ignore[attr-defined]
    found = queries.list_for(person)
    context = {
        "waiting": [card for card in found if card.waits_for_me],
        "others": [card for card in found if not card.waits_for_me],
        "veiled": veil.approaches_for(person),
    }
    return render(request, "introduce/introductions.html", context)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def ask(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """Write the note to someone, to be carried by someone; keep it, or ask."""
    person = request.person  # type: ignore[attr-defined]
    target = people.get_person(person, member_id)
    connector = people.get_person(person, id_in(request, "through"))
    form = NoteForm(request.POST or None, initial=_first_words(person, target))
    form.empty_permitted = False
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, person, target, connector, form)
    made: list[Any] = []

    def carry_out(said: dict[str, Any]) -> None:
        drafted = actions.draft(
            actor=person, target=target, connector=connector, need=_need(request, person), **said
        )
        made.append(drafted)
        actions.ask(actor=person, introduction=drafted)

    if taken(form, request, carry_out):
        messages.success(
            request,
            _("%(name)s is asked first. You hear from us when there is an answer.")
            % {"name": connector.name},
        )
        return redirect("web:introduction", made[0].id)
    if made:  # the note is kept, though it could not be asked
        form.carry(made[0].version)
    context = {
        "form": form,
        "target": cards.card(person, target),
        "connector": cards.card(person, connector),
        "needs": exchange.needs_of(person, person),
    }
    return render(request, "introduce/ask.html", context, status=status_of(form))


def _first_words(person: Any, target: Any) -> dict[str, Any]:
    """Nothing is asked twice: the note goes on with what was kept, or begins with what the
    profile says."""
    draft = queries.draft_to(person, target)
    if draft is not None:
        return vars(draft.note) | {"version": draft.version}
    return {"version": NOT_THERE, "who_i_am": _introduced(person)}


def _introduced(person: Any) -> str:
    """What all members may know; to say more is for whoever writes."""
    card = cards.card(people_policy.stand_in(), person)
    introduced = ", ".join(part for part in (card.name, card.role, card.organisation) if part)
    return introduced + (f". {card.headline}" if card.headline else "")


def _need(request: HttpRequest, person: Any) -> Any:
    wanted = request.POST.get("need", "")
    return exchange.get_need(person, wanted) if wanted else None


def _keep(
    request: HttpRequest, person: Any, target: Any, connector: Any, form: Any
) -> HttpResponse:
    """Keep the note, complete or not."""
    form.is_valid()
    note: dict[str, Any] = {name: request.POST.get(name, "") for name in NOTE_FIELDS}
    version = request.POST.get("version") or None
    try:
        drafted = actions.draft(
            actor=person, target=target, connector=connector, version=version, **note
        )
    except Overtaken as error:
        raise Shown(form, error) from error
    messages.success(request, _("Kept. Nobody was asked yet."))
    return redirect("web:introduction", drafted.id)


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def introduction(request: HttpRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """One introduction, with what one may do about it now."""
    person = request.person  # type: ignore[attr-defined]
    return _show(request, person, queries.get(person, introduction_id), by_link=False)


@require_http_methods(["GET", "POST"])
@access(Audience.LINK)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a signed link, without an account. Opening it changes nothing."""
    person, found = queries.opened(token)
    with override(people.language_of(person, person.chapter)):
        return _show(request, person, found, by_link=True)


def _show(request: HttpRequest, person: Any, found: Any, *, by_link: bool) -> HttpResponse:
    forms = _forms(request, person, found)
    if request.method == "POST" and _acted(request, person, found, forms):
        return redirect(request.path)
    card = queries.get_card(person, found.id)
    context = {"card": card, "forms": forms, "by_link": by_link, "moves": set(card.moves)}
    status = max((status_of(form) for form in forms.values()), default=200)
    return render(request, "introduce/introduction.html", context, status=status)


def _forms(request: HttpRequest, person: Any, found: Any) -> dict[str, Any]:
    """The forms for what may be done now; the one that was sent is filled with what was typed."""
    card = queries.card(person, found)
    kinds: dict[str, Any] = {}
    if Move.WRITE in card.moves:
        kinds["note"] = NoteForm
    if Move.AGREE in card.moves and card.role == Role.CONNECTOR:
        kinds["answer"] = AnswerForm
    if Move.REPORT in card.moves:
        kinds["report"] = ReportForm
    if Move.THANK in card.moves:
        kinds["thanks"] = ThanksForm
    sent = request.POST.get("form", "")
    initial = vars(card.note) | {"outcome": card.my_outcome, "words": card.my_words}
    versions = {"note": card.version, "report": card.my_version}
    return {
        name: kind(
            request.POST if name == sent else None,
            initial=initial | {"version": versions.get(name)},
        )
        for name, kind in kinds.items()
    }


def _acted(request: HttpRequest, person: Any, found: Any, forms: dict[str, Any]) -> bool:
    """Carry out the one thing that was tapped. A refusal of the room is shown, not lost."""
    move = request.POST.get("move", "")
    form = forms.get(request.POST.get("form", "")) or _no_longer_offered(request)
    said = _said_in(form) if form is not None else {}
    if move in _FORM_OF and (form is None or form is not forms.get(_FORM_OF[move])):
        raise NotHere
    if form is not None and _is_wrong(form, move):
        return False
    try:
        _carry_out(person, found, move, said)
    except Overtaken as error:
        raise (Shown(form, error) if form is not None else error) from None
    except DomainError as error:
        if form is None or form not in forms.values():
            raise
        form.add_error(error.field if error.field in form.fields else None, error.message)
        if "version" in form.fields:
            form.carry(said.get("version"))
        return False
    messages.success(request, _DONE.get(move, ""))
    return True


def _no_longer_offered(request: HttpRequest) -> Any:
    """The form of a page that has been overtaken: what was typed into it counts all the same."""
    return AnswerForm(request.POST) if request.POST.get("form") == "answer" else None


# What cannot be done without the form that asks for it.
_FORM_OF = {"report": "report", "thank": "thanks"}


def _is_wrong(form: Any, move: str) -> bool:
    """Whether something typed would be lost: a draft may lack words, no note may drop them."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    wrong = {"write": codes - {"required"}, "ask": codes, "agree": codes, "report": codes}
    return bool((wrong | {"thank": codes}).get(move))


def _said_in(form: Any) -> dict[str, Any]:
    form.is_valid()
    return dict(form.cleaned_data)


def _carry_out(person: Any, found: Any, move: str, said: dict[str, Any]) -> None:
    note = {name: said[name] for name in NOTE_FIELDS if name in said}
    act: dict[str, Any] = {
        "write": lambda: _write(person, found, said, note),
        "ask": lambda: (
            _write(person, found, said, note),
            actions.ask(actor=person, introduction=found),
        ),
        "withdraw": lambda: actions.withdraw(actor=person, introduction=found),
        "agree": lambda: actions.agree(
            actor=person, introduction=found, word=said.get("word", ""), **note
        ),
        "not_now": lambda: actions.not_now(actor=person, introduction=found),
        "decline": lambda: actions.decline(actor=person, introduction=found),
        "report": lambda: actions.report(
            actor=person,
            introduction=found,
            outcome=said["outcome"],
            words=said["words"],
            version=said["version"],
        ),
        "thank": lambda: actions.thank(actor=person, introduction=found, words=said["thanks"]),
    }
    if move not in act:
        raise NotHere
    act[move]()


def _write(person: Any, found: Any, said: dict[str, Any], note: dict[str, Any]) -> Any:
    """Save the note, and say which version it is now: what follows may be refused."""
    version = said.get("version")
    written = actions.write(actor=person, introduction=found, version=version, **note)
    said["version"] = written.version
    return written


_DONE = {
    "write": lazy("Kept."),
    "ask": lazy("Asked."),
    "withdraw": lazy("Withdrawn."),
    "agree": lazy("Thank you. We take it from here."),
    "not_now": lazy("Thank you. Nobody learns of it."),
    "decline": lazy("Thank you. Nobody learns of it."),
    "report": lazy("Thank you for telling."),
    "thank": lazy("Your thanks are on their way."),
}
