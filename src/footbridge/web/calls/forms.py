"""What people type who answer a call without an account."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.calls.actions.answering import LONGEST_GAIN, LONGEST_TEXT
from footbridge.calls.eligibility import Applicant, as_said
from footbridge.calls.sniffing import ACCEPT
from footbridge.people.gazetteer import country_of
from footbridge.people.states import Sector, Size, Stage
from footbridge.web.forms import VersionedForm

# Programs fill in whatever has a name; people do not see this one.
TRAP = "second_subject"
NOT_SAID = ("", "—")
_SEEN_BY_ALL = gettext_lazy("It may be seen by everyone on the page of the call")


def _text_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


def _gain_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("What you hope to gain"),
        required=False,
        max_length=LONGEST_GAIN,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutsideForm(forms.Form):
    """An answer from outside, as it comes from our own page or from somebody else's."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("A letter goes there with the link that sends your answer."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = _text_field()
    gain = _gain_field()
    shown = forms.BooleanField(label=_SEEN_BY_ALL, required=False)
    stamp = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    second_subject = forms.CharField(required=False, max_length=500)

    def __init__(
        self, data: Any = None, *, stamp: str, entries_shown: bool, typed: Any = None
    ) -> None:
        # What is shown once more carries a fresh stamp; the one that came is read before.
        self.stamp_sent = str(data.get("stamp", "")) if data is not None else ""
        super().__init__(data, initial={**(typed or {}), "stamp": stamp})
        self._fresh = stamp
        if not entries_shown:
            del self.fields["shown"]

    def renew(self) -> None:
        """Carry a fresh stamp from here on."""
        form: Any = self
        form.data = form.data.copy()
        form.data["stamp"] = self._fresh

    def clean_second_subject(self) -> str:
        if self.cleaned_data["second_subject"]:
            raise forms.ValidationError(_("Leave this empty, please, and send it once more."))
        return ""

    @property
    def seen(self) -> list[Any]:
        """The fields that people fill in."""
        return [self[name] for name in self.fields if name not in ("stamp", TRAP)]

    @property
    def trap(self) -> Any:
        return self[TRAP]


class AboutForm(forms.Form):
    """What somebody says of themself, as far as the rules of a call ask it; held against them
    before they write, and kept nowhere."""

    sector = forms.ChoiceField(
        label=gettext_lazy("Your sector"), required=False, choices=[NOT_SAID, *Sector.choices]
    )
    country = forms.CharField(
        label=gettext_lazy("The country you are in"), required=False, max_length=80
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("How far you have come"),
        required=False,
        choices=[NOT_SAID, *Stage.choices],
    )
    size = forms.ChoiceField(
        label=gettext_lazy("How many you are"), required=False, choices=[NOT_SAID, *Size.choices]
    )

    def __init__(self, data: Any = None, *, asks: Collection[str]) -> None:
        super().__init__(data)
        for name in set(self.fields) - set(asks):
            del self.fields[name]

    def clean_country(self) -> str:
        said = self.cleaned_data["country"].strip()
        found = country_of(said) if said else ""
        if found is None:
            raise forms.ValidationError(_("No country of this name is known."))
        return found

    @property
    def known(self) -> Applicant:
        """Who they are, as far as they say."""
        return as_said(getattr(self, "cleaned_data", {}))


class ChangeForm(VersionedForm):
    """One's answer, said otherwise."""

    text = _text_field()
    gain = _gain_field()
    shown = forms.BooleanField(label=_SEEN_BY_ALL, required=False)

    def __init__(self, data: Any = None, *, entries_shown: bool, **said: Any) -> None:
        super().__init__(data, **said)
        if not entries_shown:
            del self.fields["shown"]


class FileForm(forms.Form):
    """One file more."""

    file = forms.FileField(
        label=gettext_lazy("A file"), widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
