"""Forms of what one can do: ticked, told, changed, asked about, found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.expertise.actions.listing import CHOICES
from footbridge.expertise.states import LEVEL_MEANS, Carries, Level
from footbridge.insight.expertise import Wanted
from footbridge.web.find.forms import ANY, FindForm
from footbridge.web.forms import VersionedForm


def level_choices() -> list[tuple[str, str]]:
    """The four steps, each with what it means."""
    return [(level.value, f"{level.label}. {LEVEL_MEANS[level]}") for level in Level]


class TickForm(forms.Form):
    """Lines of lived work."""

    lines = forms.MultipleChoiceField(
        label=_("What you have done"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lines"].choices = [(one.key, one.text) for one in lines]  # type: ignore[attr-defined]
        self.fields["lines"].error_messages["required"] = _("Tick at least one line.")


class _Told(forms.Form):
    title = forms.CharField(
        label=_("In one sentence"),
        max_length=160,
        help_text=_("For example: I negotiated with a ministry."),
    )
    story = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text=_("What was there before you, what you did, what stood afterwards."),
    )
    since = forms.IntegerField(label=_("From (year)"), required=False)
    until = forms.IntegerField(label=_("To (year)"), required=False)


class EpisodeForm(_Told):
    """An episode in one's own words, and the skills that it shows."""

    skills = forms.MultipleChoiceField(
        label=_("It shows"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("Another word for what it shows"),
        required=False,
        max_length=100,
        help_text=_("For example: negotiation, or managing volunteers."),
    )
    carries = forms.ChoiceField(
        label=_("How far it carries over"), choices=Carries.choices, initial=Carries.ANY
    )
    keep_back = forms.BooleanField(
        label=_("Show the skills, but keep the episode to myself"), required=False
    )

    def __init__(self, *args: Any, suggested: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.suggested = list(suggested)
        chosen = self.fields["skills"]
        chosen.choices = [(one.key, one.label) for one in self.suggested]  # type: ignore[attr-defined]
        for one in self.suggested:
            self.fields[f"level_{one.key}"] = forms.ChoiceField(
                label=_("How far you have come"),
                choices=Level.choices,
                initial=Level.DID,
                required=False,
            )

    @property
    def lines(self) -> list[tuple[Any, bool, Any]]:
        """Each suggested skill, whether it is ticked, and the field of its level."""
        ticked = set(self["skills"].value() or [])
        return [(one, one.key in ticked, self[f"level_{one.key}"]) for one in self.suggested]

    def level_of(self, key: str) -> str:
        """The level that was chosen for a skill."""
        return self.cleaned_data.get(f"level_{key}") or Level.DID


class LevelForm(VersionedForm):
    """How far one has come in a skill, and how far it carries over."""

    level = forms.ChoiceField(label=_("Which of these is it?"), widget=forms.RadioSelect)
    carries = forms.ChoiceField(label=_("How far it carries over"), choices=Carries.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = level_choices()  # type: ignore[attr-defined]


class StoryForm(VersionedForm, _Told):
    """The episode behind a skill."""

    keep_back = EpisodeForm.base_fields["keep_back"]
    field_order = ("title", "story", "since", "until", "keep_back", "version")


class WitnessForm(forms.Form):
    """Somebody who was there."""

    person = forms.ChoiceField(label=_("Whom to ask"))

    def __init__(self, *args: Any, people: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [(str(one.id), _named(one)) for one in people]  # type: ignore[attr-defined]


def _named(card: Any) -> str:
    return f"{card.name} ({card.organisation})" if card.organisation else str(card.name)


class ListingForm(forms.Form):
    """Whether one's expertise is listed, and for whom."""

    seen_by = forms.ChoiceField(
        label=_("List my expertise"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("No, for nobody yet")), *((one.value, one.label) for one in CHOICES)],
    )


class ConfirmationForm(forms.Form):
    """What somebody who was there says."""

    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=200,
        help_text=_("What you saw yourself. Shown only together with your name."),
    )
    is_named = forms.BooleanField(
        label=_("My name may stand beside it"),
        required=False,
        help_text=_("Otherwise it only counts one more."),
    )


class ExpertiseForm(FindForm):
    """What somebody should be able to do, where, in which language, and whether now."""

    level = forms.ChoiceField(label=_("At least"), required=False, choices=[*ANY, *Level.choices])
    available = forms.BooleanField(label=_("Has time now"), required=False)
    confirmed = forms.BooleanField(label=_("Confirmed by who was there"), required=False)
    field_order = ("q", "level", "available", "confirmed")

    def wanted(self) -> Wanted:
        """What is looked for; what could not be read is left out."""
        said = getattr(self, "cleaned_data", {})
        return Wanted(
            text=said.get("q", "").strip(),
            level=said.get("level", ""),
            available=said.get("available", False),
            confirmed=said.get("confirmed", False),
            filters=self.filters(),
        )
