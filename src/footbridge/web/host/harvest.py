"""What a session left behind, for those who run it; and the changes that are tried in a series."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from footbridge.core import clock
from footbridge.core.access import Audience, access
from footbridge.meetings import actions, afterwards, policy, queries
from footbridge.meetings.states import Verdict
from footbridge.web.forms import VersionedForm, id_in, status_of, taken
from footbridge.web.host.sessions import run_by
from footbridge.web.meet.harvest_forms import InsightForm


@require_http_methods(["GET", "POST"])
@access(Audience.MEMBERS)
def harvest(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Write insights down, see who is on the lists, and how many found it worth their time."""
    person = request.person  # type: ignore[attr-defined]
    found = run_by(request, session_id)
    if request.method == "POST" and request.POST.get("drop"):
        insight = queries.get_insight(person, found, id_in(request, "drop"))
        actions.drop_insight(actor=person, insight=insight)
        messages.success(request, _("It is gone."))
        return _to_insights(request)
    form = InsightForm(request.POST or None, speakers=queries.speakers(person, found))
    if taken(form, request, lambda said: _write(person, found, said)):
        messages.success(request, _("Written down. Who said it decides whether it is told on."))
        return _to_insights(request)
    context = {
        "card": queries.card(person, found),
        "hosts": policy.hosts(person, found),
        "left": queries.host_harvest(person, found),
        "is_open": afterwards.is_open(found) and "speaker" in form.fields,
        "form": form,
    }
    return render(request, "host/harvest.html", context, status=status_of(form))


def _to_insights(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{request.path}#insights")


def _write(person: Any, session: Any, said: dict[str, Any]) -> None:
    speaker = queries.speaker(person, session, said.get("speaker", ""))
    actions.write_insight(actor=person, session=session, speaker=speaker, text=said["text"])


# Changes.


class TryForm(forms.Form):
    """A change to be tried: three sentences are enough."""

    observation = forms.CharField(label=lazy("What did you notice?"), max_length=500)
    change = forms.CharField(label=lazy("What do you change?"), max_length=500)
    measure = forms.CharField(
        label=lazy("How will you know?"),
        max_length=200,
        help_text=lazy(
            "What you count before and after. Who comes, who said yes and who found it "
            "worth their time is counted for you."
        ),
    )
    begins_on = forms.DateField(
        label=lazy("From which day on?"),
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    problem = forms.CharField(label=lazy("What is wrong with it?"), required=False, max_length=500)
    expected = forms.CharField(label=lazy("What do you expect?"), required=False, max_length=500)
    baseline = forms.CharField(label=lazy("How is it now?"), required=False, max_length=200)
    review_on = forms.DateField(
        label=lazy("When do you look at it?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seen_in = forms.MultipleChoiceField(
        label=lazy("Where did you notice it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    because_of = forms.ChoiceField(
        label=lazy("Whose word led to it?"),
        required=False,
        help_text=lazy("They are asked, and named only if they agree."),
    )

    def __init__(self, *args: Any, sessions: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen_in"].choices = [(str(one.id), one.title) for one in sessions]  # type: ignore[attr-defined]
        named = [(str(one.id), one.name) for one in people]
        self.fields["because_of"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        for name, choices in (("seen_in", sessions), ("because_of", named)):
            if not choices:
                del self.fields[name]


class DecideForm(VersionedForm):
    """What becomes of a change."""

    verdict = forms.ChoiceField(
        label=lazy("Your verdict"),
        choices=[choice for choice in Verdict.choices if choice[0] != Verdict.OPEN],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label=lazy("What came of it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
    )


@require_http_methods(["GET", "POST"])
@access(Audience.HOSTS)
def changes(request: HttpRequest, series_id: uuid.UUID) -> HttpResponse:
    """Try one change, see what is counted before and since, and decide after three sessions."""
    person = request.person  # type: ignore[attr-defined]
    series = queries.get_series(person, series_id)
    tried = queries.improvements(person, series)
    open_one = next((one for one in tried if one.is_open), None)
    sessions = queries.latest_of(person, series)
    form = TryForm(_data(request, "try"), sessions=sessions, people=queries.came_to(person, series))
    seen = {"version": open_one.version} if open_one else None
    decide = DecideForm(_data(request, "decide"), initial=seen)
    done = ""
    if request.POST.get("move") == "withdraw" and open_one:
        done = _withdraw(person, open_one)
    elif taken(form, request, lambda said: _try(person, series, sessions, said)):
        done = _("Noted. Three sessions from now you decide.")
    elif open_one and taken(decide, request, lambda said: _decide(person, open_one, said)):
        done = _("Decided. Members read what came of it.")
    if done:
        messages.success(request, done)
        return redirect("web:series_changes", series.id)
    context = {
        "series": series,
        "changes": tried,
        "open": open_one,
        "past": [one for one in tried if not one.is_open],
        "may_withdraw": open_one is not None and open_one.since.sessions == 0,
        "form": form,
        "decide": decide,
    }
    status = max(status_of(form), status_of(decide))
    return render(request, "host/changes.html", context, status=status)


def _data(request: HttpRequest, move: str) -> Any:
    return request.POST if request.POST.get("move") == move else None


def _withdraw(person: Any, card: Any) -> str:
    row = queries.get_improvement(person, card.id)
    actions.withdraw_change(actor=person, improvement=row)
    return _("Taken back.")


def _try(person: Any, series: Any, sessions: list[Any], said: dict[str, Any]) -> None:
    who = said.pop("because_of", "")
    chosen = set(said.pop("seen_in", ()))
    actions.try_change(
        actor=person,
        series=series,
        seen_in=[one for one in sessions if str(one.id) in chosen],
        because_of=queries.one_who_came(person, series, who) if who else None,
        **said,
    )


def _decide(person: Any, card: Any, said: dict[str, Any]) -> None:
    actions.decide(
        actor=person,
        improvement=queries.get_improvement(person, card.id),
        verdict=Verdict(said["verdict"]),
        result=said["result"],
        seen=said["version"],
    )
