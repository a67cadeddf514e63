"""The forms by which people leave something behind after a session, and take something along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.core import clock
from footbridge.meetings.states import Felt
from footbridge.web.forms import VersionedForm

# Long enough to try something, short enough not to forget it.
USUAL_DAYS = 14


def _lines(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class FeedbackForm(VersionedForm):
    """The one question, and one line."""

    felt = forms.ChoiceField(
        label=_("Was it worth your time?"), choices=Felt.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What would make it better"),
        required=False,
        max_length=500,
        widget=_lines(2, 500),
    )


class InsightForm(forms.Form):
    """Something worth telling on; note keepers say whose words they are."""

    speaker = forms.ChoiceField(label=_("Who said it"))
    text = forms.CharField(
        label=_("In one or two sentences"), max_length=500, widget=_lines(2, 500)
    )

    def __init__(self, *args: Any, speakers: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(one.id), one.name) for one in speakers]
        if people:
            self.fields["speaker"].choices = [("", "—"), *people]  # type: ignore[attr-defined]
        else:
            del self.fields["speaker"]


class ReleaseForm(VersionedForm):
    """The words in which somebody lets go of what they said."""

    text = forms.CharField(label=_("In these words"), max_length=500, widget=_lines(2, 500))


class PromiseForm(forms.Form):
    """What one will do, and by when."""

    text = forms.CharField(label=_("What will you try or do?"), max_length=300)
    due = forms.DateField(
        label=_("By when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: clock.today() + timedelta(days=USUAL_DAYS),
    )


class ReportForm(VersionedForm):
    """What came of it."""

    came_of_it = forms.CharField(label=_("What came of it?"), max_length=500, widget=_lines(2, 500))


class NeedSaidForm(forms.Form):
    """A need that came up, in one sentence."""

    text = forms.CharField(label=_("What do you need?"), max_length=500, widget=_lines(2, 500))


class OfferSaidForm(forms.Form):
    """An offer that came up, in one sentence."""

    text = forms.CharField(label=_("What can you offer?"), max_length=500, widget=_lines(2, 500))
