"""One funding line by hand, or a whole list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.core import times
from footbridge.exchange import queries as exchange
from footbridge.funding import queries as funding
from footbridge.funding.said import LineSaid
from footbridge.people.states import Stage
from footbridge.web.forms import VersionedForm
from footbridge.web.host.forms import BringForm


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class LineForm(VersionedForm):
    """What there is, for whom, until when, and where that is known from."""

    title = forms.CharField(label=_("What it is called"), max_length=300)
    funder = forms.CharField(label=_("Who gives it"), max_length=200)
    money = forms.ChoiceField(label=_("Kind of money"))
    places = forms.CharField(
        label=_("For which countries"),
        required=False,
        max_length=1000,
        help_text=_("Countries or larger areas: Colombia, Peru; Latin America; worldwide."),
    )
    where_spent = forms.CharField(
        label=_("Where exactly it may be spent"), required=False, max_length=300
    )
    favours_scarce = forms.BooleanField(
        label=_("It keeps money for places that get little"), required=False
    )
    stages = forms.MultipleChoiceField(
        label=_("For which stages"),
        required=False,
        choices=Stage.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all."),
    )
    causes = forms.MultipleChoiceField(
        label=_("For which causes"),
        required=False,
        help_text=_("None chosen: for all."),
    )
    amount_from = forms.DecimalField(
        label=_("The least it gives"), required=False, max_digits=17, decimal_places=2
    )
    amount_to = forms.DecimalField(
        label=_("The most it gives"), required=False, max_digits=17, decimal_places=2
    )
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Such as EUR.")
    )
    deadline = _day(_("Last day to apply"), required=False)
    hour = forms.TimeField(
        label=_("Until what time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the clocks of your chapter. Left empty: until the end of the day."),
    )
    is_rolling = forms.BooleanField(label=_("One can apply at any time"), required=False)
    conditions = forms.CharField(
        label=_("Conditions, in words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    url = forms.URLField(
        label=_("Where to apply"), required=False, max_length=500, assume_scheme="https"
    )
    source = forms.CharField(
        label=_("Where you know it from"),
        max_length=300,
        help_text=_("The funder's page, a newsletter, a person who told you."),
    )
    source_url = forms.URLField(
        label=_("Its address"), required=False, max_length=500, assume_scheme="https"
    )
    checked_on = _day(_("When you looked"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["money"].choices = funding.kinds_of_money()  # type: ignore[attr-defined]
        causes = [(cause.key, cause.label) for cause in exchange.causes()]
        self.fields["causes"].choices = causes  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """In capitals."""
        return str(self.cleaned_data["currency"]).upper()

    @staticmethod
    def initial_of(said: LineSaid) -> dict[str, Any]:
        """What stands there, as the form shows it."""
        plain = (
            "title", "funder", "money", "where_spent", "favours_scarce", "amount_from",
            "amount_to", "currency", "is_rolling", "conditions", "url", "source", "source_url",
            "checked_on",
        )  # fmt: skip
        until = times.there(said.deadline, said.timezone) if said.deadline else None
        keys = {cause.id: cause.key for cause in exchange.causes()}
        return {name: getattr(said, name) for name in plain} | {
            "places": ", ".join(funding.names_of(said.places)),
            "stages": list(said.stages),
            "causes": [keys[one] for one in said.causes if one in keys],
            "deadline": until.date() if until else None,
            "hour": until.time() if until else None,
        }


class BringFundingForm(BringForm):
    """A list of what one can apply for, or of grants, and where it is from."""

    source = forms.CharField(
        label=_("Where the list is from"),
        max_length=200,
        help_text=_("It stands beside each line, so that anyone can look for themselves."),
    )
    source_url = forms.URLField(
        label=_("Its address"), required=False, max_length=500, assume_scheme="https"
    )
    day = _day(_("As of which day"))
    field_order = ("source", "source_url", "day", "cells", "uploads")
