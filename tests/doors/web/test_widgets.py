"""The fields of forms are written as Django writes them."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from footbridge.web.widgets import Widgets

HOSTILE = "\"<b>'&\u202e\x00"
CHOICES = [
    ("", "Any"),
    ("a&b", HOSTILE),
    (3, 1234),
    ("Later", [("in <a> group", "one"), ("b", "two")]),
]


class EveryField(forms.Form):
    text = forms.CharField(max_length=5, help_text="why")
    hidden = forms.CharField(widget=forms.HiddenInput)
    address = forms.EmailField(
        widget=forms.EmailInput(attrs={"data-x": HOSTILE, "autofocus": True})
    )
    page = forms.URLField(assume_scheme="https")
    number = forms.IntegerField(
        min_value=1, localize=True, widget=forms.NumberInput(attrs={"a": None})
    )
    day = forms.DateField()
    moment = forms.DateTimeField()
    hour = forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    tick = forms.BooleanField(disabled=True)
    one = forms.ChoiceField(choices=CHOICES)
    some = forms.MultipleChoiceField(choices=CHOICES)
    shown_one_by_one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.PasswordInput)
    words = forms.CharField(widget=forms.Textarea)


SAID = [
    {},
    dict.fromkeys(EveryField.base_fields, HOSTILE),
    {"number": "1234567", "tick": "on", "one": "3", "some": ["b", "a&b"], "day": "2026-03-02"},
]


@pytest.mark.parametrize("name", EveryField.base_fields)
@pytest.mark.parametrize("said", SAID)
def test_a_field_is_written_as_django_writes_it(name: str, said: dict) -> None:
    ours = EveryField(said or None, renderer=Widgets())[name]
    theirs = EveryField(said or None, renderer=DjangoTemplates())[name]
    assert str(ours) == str(theirs)
