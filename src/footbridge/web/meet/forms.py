"""The form at the door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WalkInForm(forms.Form):
    """Somebody who comes in without a seat and without an account."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your email address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("So that those whom you meet today can find you again. Your host sees it."),
    )
