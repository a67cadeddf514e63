"""Forms of circles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.circles.states import FEWEST, MOST, CircleKind, Reply
from footbridge.exchange import queries as exchange
from footbridge.meetings.states import Format
from footbridge.web.forms import VersionedForm
from footbridge.web.host.session_forms import SessionForm


class CircleForm(VersionedForm):
    """What a circle says of itself."""

    name = forms.CharField(label=_("Name"), max_length=120)
    cause = forms.ChoiceField(label=_("What it works for"), required=False)
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rhythm = forms.CharField(
        label=_("How often it meets"),
        required=False,
        max_length=120,
        help_text=_("In your words: the first Monday, when somebody calls."),
    )
    wanted_size = forms.IntegerField(
        label=_("How many it wants to be"),
        required=False,
        min_value=min(FEWEST.values()),
        max_value=MOST,
    )
    looks_for = forms.CharField(
        label=_("Whom it looks for"),
        required=False,
        max_length=300,
        help_text=_("Somebody from a school, somebody who knows the law …"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["cause"].choices = [("", "—"), *((str(c.id), c.label) for c in exchange.causes())]

    def said(self) -> dict[str, Any]:
        """What was said, as the room knows it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        causes = exchange.causes_by_ids([said["cause"]]) if said["cause"] else []
        return said | {"cause": causes[0] if causes else None}


class NewCircleForm(CircleForm):
    """A circle that is to be formed."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CircleKind.choices,
        widget=forms.RadioSelect,
        initial=CircleKind.PEERS,
        help_text=_(
            "Peers: four to eight of different places around a cause. Builders: people who have "
            "worked together."
        ),
    )
    field_order: tuple[str, ...] = (
        "name", "kind", "cause", "about", "rhythm", "wanted_size", "looks_for",
    )  # fmt: skip


class HostCircleForm(NewCircleForm):
    """A circle that a host forms for others."""

    insist = forms.BooleanField(
        label=_("People of one organisation may be together in it"), required=False
    )
    with_me = forms.BooleanField(label=_("I am in it myself"), required=False)
    field_order = (*NewCircleForm.field_order, "with_me", "insist")


class StepForm(forms.Form):
    """What is to be done next."""

    text = forms.CharField(label=_("What is to be done"), max_length=300)
    who = forms.ChoiceField(label=_("Who"), required=False)
    due = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, members: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        people = ((str(one.person.id), one.person.name) for one in members)
        fields["who"].choices = [("", _("Whoever finds the time")), *people]


class CallForm(forms.Form):
    """What somebody asks of their circle."""

    text = forms.CharField(
        label=_("What you ask"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One thing, in one or two sentences."),
    )
    until = forms.DateField(
        label=_("By when"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class RoleForm(forms.Form):
    """What one does in a circle."""

    role = forms.CharField(label=_("What you do in it"), required=False, max_length=120)


class AnswerForm(forms.Form):
    """What somebody says to a call."""

    reply = forms.ChoiceField(
        label=_("Your answer"), choices=Reply.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


# An event has parts and a programme guests from elsewhere: neither is for a circle.
_FORMATS = [one for one in Format.choices if one[0] not in (Format.EVENT, Format.COHORT)]


class CircleSessionForm(SessionForm):
    """A closed session."""

    format = forms.ChoiceField(label=_("Shape"), choices=_FORMATS, initial=Format.PEER_ASSIST)
