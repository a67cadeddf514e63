"""Forms of agreements: what it is, a clause, the page of a pilot, what each puts in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.agreements.cards import ClauseCard, PartyShare
from footbridge.agreements.languages import LANGUAGES
from footbridge.agreements.states import Form, Level, Resource, Standing, Weight
from footbridge.web.forms import VersionedForm

_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
_LEVELS = [(one.value, one.label) for one in Level if one != Level.MISSING]


def _rows(many: int) -> Any:
    return forms.Textarea(attrs={"rows": many})


def _standing() -> Any:
    return forms.ChoiceField(
        label=_("What it is"),
        choices=Standing.choices,
        required=False,
        help_text=_("It has to be said before anybody approves."),
    )


class BeginForm(forms.Form):
    """How much is agreed on, and in which language."""

    form = forms.ChoiceField(
        label=_("How much"),
        choices=Form.choices,
        initial=Form.PILOT,
        widget=forms.RadioSelect,
        help_text=_("A pilot takes ten minutes, and can grow into more."),
    )
    language = forms.ChoiceField(
        label=_("In which language"),
        choices=list(LANGUAGES.items()),
        help_text=_("The language of its headings on paper. You may write in any."),
    )


class TermsForm(VersionedForm):
    """What the agreement is meant to be, and in which language it is set."""

    standing = forms.ChoiceField(
        label=_("What it is"),
        choices=[(one.value, one.label) for one in Standing if one],
        widget=forms.RadioSelect,
        help_text=_("It has to be said before anybody approves."),
    )
    language = forms.ChoiceField(label=_("In which language"), choices=list(LANGUAGES.items()))


class ClauseForm(VersionedForm):
    """One clause, and how far it is."""

    text = forms.CharField(
        label=_("Clause"), max_length=4000, required=False, strip=True, widget=_rows(7)
    )
    level = forms.ChoiceField(
        label=_("How far is it?"), choices=_LEVELS, initial=Level.FULLY, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, clause: ClauseCard, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["text"].label = clause.question
        fields["text"].help_text = clause.hint
        if clause.kind == "day":
            fields["text"].widget = forms.DateInput(**_DAY)
        if clause.is_blocking:
            fields["level"].choices = _LEVELS[1:]


class PilotForm(VersionedForm):
    """The page of a pilot: its clauses, and a line for each party that has put in nothing yet."""

    standing = _standing()

    def __init__(
        self,
        *args: Any,
        clauses: Iterable[ClauseCard],
        parties: Iterable[PartyShare],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.clauses = [one for one in clauses if one.kind != "contributions"]
        self.parties = [one for one in parties if not one.contributions]
        for one in self.clauses:
            self.fields[one.key] = _field_of(one)
            if one.key == "ends":
                self._add_parties()

    def _add_parties(self) -> None:
        for one in self.parties:
            self.fields[f"puts_in_{one.id.hex}"] = forms.CharField(
                label=_("What %(party)s puts in") % {"party": one.name},
                max_length=300,
                required=False,
            )

    def said(self) -> dict[str, Any]:
        """What a room wants to know."""
        told = self.cleaned_data
        return {
            "clauses": {one.key: told[one.key] for one in self.clauses},
            "puts_in": {one.id: told[f"puts_in_{one.id.hex}"] for one in self.parties},
            "standing": told["standing"],
            "version": told["version"],
        }


def _field_of(one: ClauseCard) -> forms.Field:
    if one.kind == "day":
        widget = forms.DateInput(**_DAY)
        return forms.CharField(
            label=one.question, help_text=one.hint, required=False, max_length=20, widget=widget
        )
    return forms.CharField(
        label=one.question, help_text=one.hint, required=False, max_length=4000, widget=_rows(3)
    )


class ContributionForm(VersionedForm):
    """What a party puts in, risks and gets."""

    party = forms.TypedChoiceField(label=_("Which party"), coerce=uuid.UUID)
    resource = forms.ChoiceField(label=_("What kind"), choices=Resource.choices)
    words = forms.CharField(label=_("What exactly"), max_length=300)
    due_on = forms.DateField(label=_("By when"), required=False, widget=forms.DateInput(**_DAY))
    amount = forms.DecimalField(
        label=_("Worth in money"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3)
    hours_a_month = forms.DecimalField(
        label=_("Hours a month"), required=False, min_value=0, max_value=2000, decimal_places=1
    )
    risk = forms.CharField(label=_("What it risks"), required=False, max_length=300)
    risk_weight = forms.TypedChoiceField(
        label=_("How heavy the risk is"), choices=Weight.choices, coerce=int, initial=0
    )
    reward = forms.CharField(label=_("What it gets"), required=False, max_length=300)
    reward_weight = forms.TypedChoiceField(
        label=_("How much the reward is worth to it"), choices=Weight.choices, coerce=int, initial=0
    )

    def __init__(self, *args: Any, parties: Iterable[PartyShare] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        choices = [(str(one.id), one.name) for one in parties]
        if choices:
            fields["party"].choices = choices
        else:
            del fields["party"]


class CapacityForm(forms.Form):
    """How many hours a month one's own party has."""

    party = forms.UUIDField(widget=forms.HiddenInput)
    hours_a_month = forms.DecimalField(
        label=_("Hours a month that you have for this"),
        min_value=0,
        max_value=2000,
        decimal_places=1,
    )


class RateForm(forms.Form):
    """At what rate a currency is counted."""

    currency = forms.CharField(label=_("Currency"), max_length=3)
    counts = forms.DecimalField(
        label=_("One of it counts"), min_value=0, max_digits=14, decimal_places=6
    )
    day = forms.DateField(label=_("On which day"), widget=forms.DateInput(**_DAY))
    source = forms.CharField(label=_("By whose word"), max_length=160)
