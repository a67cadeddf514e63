"""Forms of a passage: what it is and what moves one, a list to work through, a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.transitions.actions import Said, Wrote
from footbridge.transitions.cards import ListCard, StepCard, TransitionCard
from footbridge.transitions.states import MOST_MOTIVES, Motive, Passage, Point, Shown
from footbridge.web.forms import VersionedForm

MOST_WORDS, MOST_STEP_WORDS, MOST_ASKED_WORDS = 1000, 4000, 500
_NO_YES = [("", _("I am in it now")), ("yes", _("I have been through it"))]
_MOTIVES = [("", "—"), *Motive.choices]
_RANKED = (_("What moves you most"), _("Then"), _("And then"))


class TransitionForm(VersionedForm):
    """What somebody passes or passed through. Nothing of it is asked for but what it is."""

    passage = forms.ChoiceField(
        label=_("What it is"), choices=Passage.choices, widget=forms.RadioSelect
    )
    is_over = forms.ChoiceField(
        label=_("Now, or once"), choices=_NO_YES, required=False, widget=forms.RadioSelect
    )
    point = forms.ChoiceField(
        label=_("How far you have come"), choices=Point.choices, initial=Point.AMIDST
    )
    since = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    motive_1 = forms.ChoiceField(label=_RANKED[0], choices=_MOTIVES, required=False)
    motive_2 = forms.ChoiceField(label=_RANKED[1], choices=_MOTIVES, required=False)
    motive_3 = forms.ChoiceField(label=_RANKED[2], choices=_MOTIVES, required=False)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only if you like. Shown with the rest to those who learn of it."),
    )
    shown = forms.ChoiceField(
        label=_("Who learns of it"),
        choices=Shown.choices,
        initial=Shown.ASKED,
        widget=forms.RadioSelect,
    )
    glad_to_be_asked = forms.BooleanField(
        label=_("I am glad to be asked by others who are in it"),
        required=False,
        help_text=_("Then they are shown this, whatever you chose above."),
    )

    def said(self) -> Said:
        """What was said, as the room takes it."""
        clean = self.cleaned_data
        ranked = [clean[f"motive_{n}"] for n in range(1, MOST_MOTIVES + 1)]
        return Said(
            passage=clean["passage"],
            point=clean["point"],
            since=clean["since"],
            is_over=clean["is_over"] == "yes",
            motives=[code for code in ranked if code],
            words=clean["words"],
            shown=clean["shown"],
            glad_to_be_asked=clean["glad_to_be_asked"],
        )


def standing(card: TransitionCard) -> dict[str, Any]:
    """What was said, to be changed."""
    names = ("passage", "point", "since", "words", "shown", "glad_to_be_asked", "version")
    ranked = {f"motive_{n}": code for n, code in enumerate(card.motives, start=1)}
    told = {name: getattr(card, name) for name in names}
    return told | ranked | {"is_over": "yes" if card.is_over else ""}


class ListForm(VersionedForm):
    """A list to work through: some words for each step, and whether it is done."""

    def __init__(self, *args: Any, card: ListCard, **options: Any) -> None:
        initial: dict[str, Any] = {"version": card.version}
        for step in card.steps:
            initial |= {step.key: step.words, f"done_{step.key}": step.is_done}
        options["initial"] = initial
        super().__init__(*args, **options)
        self.card = card
        for step in card.steps:
            self.fields[step.key] = _words_of(step)
            self.fields[f"done_{step.key}"] = forms.BooleanField(label=_("Done"), required=False)

    def pairs(self) -> Iterable[tuple[Any, Any]]:
        """Each step's two fields."""
        return ((self[step.key], self[f"done_{step.key}"]) for step in self.card.steps)

    def said(self) -> dict[str, Wrote]:
        """What was written, step by step."""
        clean = self.cleaned_data
        keys = (step.key for step in self.card.steps)
        return {key: Wrote(clean[key], clean[f"done_{key}"]) for key in keys}


def _words_of(step: StepCard) -> forms.CharField:
    return forms.CharField(
        label=step.title,
        help_text=step.help,
        required=False,
        max_length=MOST_STEP_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(forms.Form):
    """What one would like to ask somebody who lived the same."""

    words = forms.CharField(
        label=_("What you would like to ask"),
        max_length=MOST_ASKED_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They see this, your name and what you are in. A no is never told as one."),
    )
