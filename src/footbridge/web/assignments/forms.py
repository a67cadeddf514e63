"""Forms of assignments: terms, who is asked, hours, reviews, skills, the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from footbridge.assignments.queries import QUESTIONS
from footbridge.assignments.states import Because, Decline, Kind, Mark, Role
from footbridge.web.forms import VersionedForm

_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


def _rows(many: int) -> Any:
    return forms.Textarea(attrs={"rows": many})


class TermsForm(VersionedForm):
    """What both sides agree to."""

    kind = forms.ChoiceField(label=_("What kind"), choices=Kind.choices)
    title = forms.CharField(label=_("In one line"), max_length=160)
    outcome = forms.CharField(
        label=_("What will be different afterwards"), max_length=2000, widget=_rows(3)
    )
    scope = forms.CharField(
        label=_("What is done"), max_length=2000, required=False, widget=_rows(4)
    )
    begins = forms.DateField(label=_("Begins"), required=False, widget=forms.DateInput(**_DAY))
    ends = forms.DateField(label=_("Ends"), required=False, widget=forms.DateInput(**_DAY))


class NewForm(TermsForm):
    """An assignment to be given: for whom, and who is asked to lead it."""

    client = forms.ChoiceField(label=_("For whom"))
    lead = forms.CharField(
        label=_("Who should lead it"),
        max_length=300,
        help_text=_("Name or address of a member. They are asked, and may say no."),
    )
    field_order = ("client", "lead")

    def __init__(self, *args: Any, clients: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["client"].choices = [(str(one.id), one.name) for one in clients]
        del fields["version"]


class KindForm(forms.Form):
    """Which kind an assignment is that begins with a chosen answer."""

    kind = forms.ChoiceField(label=_("What kind"), choices=Kind.choices)


class AskForm(forms.Form):
    """Whom to ask into a team, as what."""

    person = forms.CharField(
        label=_("Whom"), max_length=300, help_text=_("Name or address of a member.")
    )
    role = forms.ChoiceField(label=_("As what"), choices=Role.choices, initial=Role.MEMBER)
    what = forms.CharField(label=_("What they would do"), max_length=300, required=False)


class DeclineForm(forms.Form):
    """Why not; told to whoever asked alone."""

    reason = forms.ChoiceField(
        label=_("Why not this time"),
        choices=Decline.choices,
        initial=Decline.NO_TIME,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("In your own words"), max_length=300, required=False)


class CallOffForm(forms.Form):
    """Why it is called off."""

    because = forms.ChoiceField(label=_("Why"), choices=Because.choices)
    words = forms.CharField(label=_("In your own words"), max_length=300, required=False)


class HoursForm(forms.Form):
    """How long one worked in a month, in hours."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_value=300, decimal_places=2, max_digits=5
    )

    def __init__(self, *args: Any, months: Iterable[date], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["month"].choices = [
            (one.isoformat(), date_format(one, "YEAR_MONTH_FORMAT")) for one in months
        ]


class ConfirmForm(forms.Form):
    """How long somebody worked, as the client saw it."""

    hours = forms.DecimalField(
        label=_("Hours that count"), min_value=0, max_value=300, decimal_places=2, max_digits=5
    )


def minutes_of(hours: Any) -> int:
    """What was typed in hours, in minutes."""
    return round(hours * 60)


class ReviewForm(VersionedForm):
    """Four questions with five answers each, one thing to keep and one to change."""

    keep = forms.CharField(label=_("One thing to keep"), max_length=300, required=False)
    may_be_quoted = forms.BooleanField(
        label=_("It may be quoted in the case, with the name of your side"), required=False
    )
    change = forms.CharField(label=_("One thing to change"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question, choices=Mark.choices, widget=forms.RadioSelect
            )
        self.order_fields([*QUESTIONS, "keep", "may_be_quoted", "change"])

    def said(self) -> dict[str, Any]:
        """What a room wants to know."""
        told = self.cleaned_data
        rest = {name: told[name] for name in ("keep", "change", "may_be_quoted", "version")}
        return {"marks": {name: int(told[name]) for name in QUESTIONS}, **rest}


class SkillForm(forms.Form):
    """Who of the team showed which skill."""

    person = forms.ChoiceField(label=_("Who"))
    skill = forms.ChoiceField(label=_("Which skill"))
    words = forms.CharField(label=_("In a few words"), max_length=200, required=False)

    def __init__(
        self, *args: Any, team: Iterable[Any], skills: Iterable[Any], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["person"].choices = [(str(one.person_id), one.name) for one in team]
        fields["skill"].choices = [
            (group.label, [(str(skill.id), skill.label) for skill in group.skills])
            for group in skills
        ]


class CaseForm(VersionedForm):
    """The words of a case."""

    text = forms.CharField(label=_("The case"), max_length=8000, widget=_rows(18))
