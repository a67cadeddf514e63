"""The note that is passed on, the answer to it, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.introductions.states import Outcome
from footbridge.web.forms import VersionedForm


class NoteForm(VersionedForm):
    """Who, why you, what I ask, how long, what you might gain."""

    who_i_am = forms.CharField(
        label=_("Who I am"),
        max_length=300,
        help_text=_("One sentence for someone who has never heard of you."),
    )
    why_you = forms.CharField(
        label=_("Why you"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What of theirs made you think of them?"),
    )
    what_i_ask = forms.CharField(
        label=_("What I ask"),
        max_length=300,
        help_text=_("Something small that can be answered with a yes."),
    )
    how_long = forms.CharField(
        label=_("How long it takes"),
        max_length=100,
        required=False,
        help_text=_("For example: 20 minutes on the telephone."),
    )
    your_gain = forms.CharField(
        label=_("What you might gain"),
        max_length=300,
        required=False,
        help_text=_("What is in it for them?"),
    )


class AnswerForm(NoteForm):
    """The connector may add a word and change the note before passing it on."""

    word = forms.CharField(
        label=_("A word from you"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example, how you know the one who asks."),
    )
    field_order = ("word",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["version"]  # the note is the seeker's, and is said otherwise beside it
        for field in self.fields.values():
            field.required = False


class ReportForm(VersionedForm):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("Did you meet?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What came of it?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Seen by you and by nobody else."),
    )


class ThanksForm(forms.Form):
    """A word for the connector."""

    thanks = forms.CharField(
        label=_("Thank the connector"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
