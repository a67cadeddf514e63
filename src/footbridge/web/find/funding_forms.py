"""What one looks for when one looks for money, and what one says of an organisation that gives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from footbridge.exchange import queries as exchange
from footbridge.funding import queries as funding
from footbridge.funding.finding import Wishes
from footbridge.funding.said import currencies
from footbridge.people.states import Stage
from footbridge.web.find.forms import ANY
from footbridge.web.forms import VersionedForm


class FundingForm(forms.Form):
    """Filters that matter, and words."""

    q = forms.CharField(label=_("In your own words"), required=False, max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False)
    stage = forms.ChoiceField(
        label=_("How far you have come"),
        required=False,
        choices=[*ANY, *Stage.choices],
    )
    money = forms.ChoiceField(label=_("Kind of money"), required=False)
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    amount = forms.DecimalField(
        label=_("How much you need"),
        required=False,
        min_value=1,
        max_digits=15,
        decimal_places=2,
    )
    currency = forms.CharField(
        label=_("Currency"), required=False, min_length=3, max_length=3, help_text=_("Such as EUR.")
    )
    ready_on = forms.DateField(
        label=_("When you could be ready"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "country": funding.all_countries(),
            "money": funding.kinds_of_money(),
            "cause": [(cause.key, cause.label) for cause in exchange.causes()],
        }
        for name, found in choices.items():
            self.fields[name].choices = [*ANY, *found]  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """In capitals; one that there is."""
        said = str(self.cleaned_data["currency"]).upper()
        if said and said not in currencies():
            raise forms.ValidationError(_now("“%(code)s” is not a currency.") % {"code": said})
        return said

    @property
    def is_narrowed(self) -> bool:
        """Whether anything besides the words was said."""
        said = getattr(self, "cleaned_data", {})
        return bool(self.errors) or any(value for name, value in said.items() if name != "q")

    def wishes(self) -> Wishes:
        """What was said, as the room takes it."""
        said = self.cleaned_data
        names = ("country", "stage", "money", "cause", "amount", "currency", "ready_on")
        return Wishes(text=said["q"].strip(), **{name: said[name] for name in names})


class FundersForm(forms.Form):
    """Which funders."""

    kind = forms.ChoiceField(label=_("What they do"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {"kind": funding.kinds_of_funder(), "country": funding.all_countries()}
        for name, found in choices.items():
            self.fields[name].choices = [*ANY, *found]  # type: ignore[attr-defined]


class FunderForm(VersionedForm):
    """What an organisation gives, and how."""

    kind = forms.ChoiceField(label=_("What it does"))
    gives = forms.CharField(label=_("What it funds, in one line"), required=False, max_length=200)
    money = forms.MultipleChoiceField(
        label=_("What it gives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    home = forms.URLField(
        label=_("Where it says so"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = funding.kinds_of_funder()  # type: ignore[attr-defined]
        self.fields["money"].choices = funding.kinds_of_money()  # type: ignore[attr-defined]
