"""Forms about oneself."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from footbridge.people.states import Sector, Seen, Stage
from footbridge.web.forms import VersionedForm

# fmt: off
LANGUAGE_CODES = [
    "en", "es", "fr", "de", "pt", "it", "nl", "pl", "ro", "sv", "da", "fi", "el", "cs", "hu", "uk",
    "ru", "tr", "ar", "he", "fa", "hi", "bn", "ur", "sw", "am", "zh", "ja", "ko", "vi", "id", "tl",
]
# fmt: on


@cache
def language_choices() -> tuple[tuple[str, str], ...]:
    """Languages by their own names, those of the site first."""
    from babel import Locale

    own = dict(settings.LANGUAGES)
    others = [(code, Locale.parse(code).display_name or code) for code in LANGUAGE_CODES]
    return tuple((code, own.get(code, name[:1].upper() + name[1:])) for code, name in others)


class JoinForm(forms.Form):
    """What someone says who comes in."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your email"), max_length=254)

    def __init__(self, *args: Any, asks_for_email: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if asks_for_email:
            self.fields["email"].widget.attrs["autocomplete"] = "email"
        else:
            del self.fields["email"]


class SelfForm(VersionedForm):
    """What a person says of themself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    headline = forms.CharField(
        label=_("In one line"),
        max_length=200,
        required=False,
        help_text=_("What you do, as you would say it to someone you just met."),
    )
    about = forms.CharField(
        label=_("About you"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.CharField(
        label=_("Town"),
        max_length=200,
        required=False,
        help_text=_("The nearest town is enough. It finds people near you."),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=[("", _("That of my organisation")), *Sector.choices],
    )
    stage = forms.ChoiceField(
        label=_("How far is what you work on?"),
        required=False,
        choices=[("", _("That of my organisation")), *Stage.choices],
        help_text=_("At tables you meet people who are one step ahead."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        required=False,
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(
        label=_("Website"), max_length=500, required=False, assume_scheme="https"
    )
    asks_per_month = forms.IntegerField(
        label=_("How many introductions a month may people ask you for?"),
        min_value=0,
        max_value=30,
        help_text=_("When they are used up, nobody can ask you until the month has passed."),
    )
    beyond_chapter = forms.BooleanField(
        label=_("People of other chapters may be introduced to me"), required=False
    )


def _shown_to(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Seen.choices)


class ShowForm(VersionedForm):
    """To whom a person shows each field."""

    headline = _shown_to(_("In one line"))
    about = _shown_to(_("About you"))
    work = _shown_to(_("Where you work, and as what"))
    place = _shown_to(_("Town"))
    languages = _shown_to(_("Languages you speak"))
    website = _shown_to(_("Website"))


class PublicForm(VersionedForm):
    """The page that everyone can see."""

    address = forms.CharField(
        label=_("The end of its address"),
        max_length=60,
        required=False,
        help_text=_(
            "Small letters, digits and hyphens, such as your name. If you choose none it is drawn "
            "at random, so that nobody guesses it."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
    may_be_listed = forms.BooleanField(label=_("Search engines may list it"), required=False)


class WorkForm(forms.Form):
    """Where a person works, or for whom they act."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    sector = forms.ChoiceField(
        label=_("Its sector"), required=False, choices=[("", "—"), *Sector.choices]
    )
    role = forms.CharField(label=_("Your role there"), max_length=200, required=False)
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    has_mandate = forms.BooleanField(
        label=_("I can decide, or carry a decision through"), required=False
    )


class PauseForm(forms.Form):
    """Until when someone wants to be left in peace."""

    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("For example: my own spreadsheet")
    )


class ContactsForm(forms.Form):
    """An address book."""

    file = forms.FileField(
        label=_("Your contacts"),
        help_text=_(
            "Connections.csv from LinkedIn, a CSV from Google Contacts, or a vCard file (.vcf)."
        ),
    )


class SignInForm(forms.Form):
    """The address to which the code goes."""

    email = forms.EmailField(
        label=_("Your email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AddressForm(forms.Form):
    """Another address to sign in with."""

    email = forms.EmailField(
        label=_("Your new address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    """The code that came to an address."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )


class EraseForm(forms.Form):
    """The name, typed once more."""

    name = forms.CharField(label=_("Type your name to confirm"), max_length=200)
