"""What people under the radar say of themselves, and what listed people say in advance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.exchange import queries as exchange
from footbridge.network.states import Strength
from footbridge.people import queries as people
from footbridge.people.states import Sector
from footbridge.web.account.forms import language_choices
from footbridge.web.forms import VersionedForm

NONE = [("", "—")]


def _causes() -> list[tuple[str, str]]:
    return [(str(cause.id), cause.label) for cause in exchange.causes()]


def lines(text: str) -> list[str]:
    """What was written one to a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class OwnForm(VersionedForm):
    """Oneself, for nobody's eyes but one's own."""

    name = forms.CharField(label=_("Name"), max_length=200)
    headline = forms.CharField(label=_("In one line"), max_length=200, required=False)
    about = forms.CharField(
        label=_("About you"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[*NONE, *Sector.choices])
    place = forms.CharField(label=_("Town"), max_length=200, required=False)
    chapter = forms.ChoiceField(
        label=_("Chapter"), required=False, help_text=_("Where you would be listed.")
    )
    employer = forms.CharField(
        label=_("Where you work"),
        max_length=200,
        required=False,
        help_text=_("Nobody there, in its group or with its mail domain ever learns of you."),
    )
    role = forms.CharField(label=_("Your role there"), max_length=200, required=False)
    needs = forms.CharField(
        label=_("What you look for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence to a line."),
    )
    offers = forms.CharField(
        label=_("What you can give"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence to a line."),
    )
    causes = forms.MultipleChoiceField(
        label=_("What you work for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        required=False,
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chapters = [(str(one.id), one.name) for one in people.chapters(viewer)]
        self.fields["chapter"].choices = [*NONE, *chapters]  # type: ignore[attr-defined]
        self.fields["causes"].choices = _causes()  # type: ignore[attr-defined]


class AwayForm(forms.Form):
    """A mail domain to stay away from."""

    domain = forms.CharField(
        label=_("Mail domain"), max_length=253, help_text=_("For example: example.org")
    )


class KnowForm(forms.Form):
    """How well one knows somebody; empty to take it back."""

    strength = forms.ChoiceField(
        label=_("How well do you know them?"),
        required=False,
        choices=[("", _("Not at all")), *Strength.choices],
    )


class CardForm(forms.Form):
    """The few lines of a veiled card. Each makes it easier to guess who sends it."""

    words = forms.CharField(
        label=_("Who you are, without a name"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: I buy packaging for a food maker."),
    )
    ask = forms.CharField(
        label=_("What you ask"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    show_sector = forms.BooleanField(label=_("Show my sector"), required=False)
    show_country = forms.BooleanField(label=_("Show my country"), required=False)
    cause = forms.ChoiceField(label=_("Show a cause I work for"), required=False)

    def __init__(self, *args: Any, causes: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        mine = [(key, label) for key, label in _causes() if key in causes]
        self.fields["cause"].choices = [*NONE, *mine]  # type: ignore[attr-defined]


class MailboxForm(forms.Form):
    """A mailbox at one's workplace."""

    email = forms.EmailField(label=_("Address at your workplace"), max_length=254)


class StandingYesForm(forms.Form):
    """To which kind of person under the radar one is glad to be introduced."""

    words = forms.CharField(
        label=_("In your words"),
        max_length=200,
        required=False,
        help_text=_("For example: an intrapreneur in food, anywhere."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("From these sectors"),
        required=False,
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means any."),
    )
    causes = forms.MultipleChoiceField(
        label=_("Who work for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means anything."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["causes"].choices = _causes()  # type: ignore[attr-defined]
