"""Forms of calls: looking for them, saying what one looks for, answering, deciding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from footbridge.calls.actions.answering import LONGEST_GAIN, LONGEST_TEXT
from footbridge.calls.actions.deciding import LONGEST_REASON
from footbridge.calls.scope import (
    FARTHEST_KM,
    LARGEST_AMOUNT,
    MOST_PICKED,
    MOST_REPLY_DAYS,
    local_deadline,
)
from footbridge.calls.states import Audience, From, Kind, Reason, Reward
from footbridge.people.states import Sector, Size, Stage
from footbridge.web.account.forms import language_choices
from footbridge.web.find.calls.examples import EXAMPLES
from footbridge.web.find.forms import ANY
from footbridge.web.forms import VersionedForm
from footbridge.web.host.session_forms import _zones

_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
_HOUR: dict[str, Any] = {"format": "%H:%M", "attrs": {"type": "time"}}
END_OF_DAY = time(23, 59)


class CallsForm(forms.Form):
    """Which calls one looks for."""

    q = forms.CharField(label=_("In your own words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *Kind.choices])
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    country = forms.CharField(label=_("Country"), required=False, max_length=80)
    until = forms.DateField(
        label=_("Deadline until"), required=False, widget=forms.DateInput(**_DAY)
    )
    past = forms.BooleanField(label=_("Those that take no more answers"), required=False)

    def __init__(self, *args: Any, causes: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["cause"].choices = [*ANY, *((one.key, one.label) for one in causes)]


# Saying what one looks for.


class NewCallForm(forms.Form):
    """The kind of a call, for whom it is, and one line."""

    kind = forms.ChoiceField(
        label=_("What do you open?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    owner = forms.ChoiceField(label=_("For whom"), required=False)
    title = forms.CharField(
        label=_("In one line"),
        max_length=160,
        help_text=_("For example: «A second life for 400 office chairs»"),
    )

    def __init__(self, *args: Any, owners: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["owner"].choices = [(str(one.id), one.name) for one in owners]
        fields["owner"].required = True

    def full_clean(self) -> None:
        """Whoever says nothing means the first."""
        self.fields["owner"].required = False
        super().full_clean()


def _like(words: Any) -> str:
    return _now("For example: «%(words)s»") % {"words": words}


# What a call cannot open without: marked so, and kept all the same while it is still empty.
NEEDED = ("outcome", "good_answer", "decided_by", "reward")


class PartForm(VersionedForm):
    """One part of a call. `said` is what goes to the room."""

    def __init__(self, *args: Any, call: Any, choices: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        for name, found in choices.items():
            if name in fields:
                fields[name].choices = found
        example = EXAMPLES[call.kind]
        for name in ("title", "outcome", "good_answer", "size_words", "decided_by"):
            if name in fields:
                fields[name].help_text = _like(getattr(example, name))
        self._mark_needed(True)

    def full_clean(self) -> None:
        """A draft is kept as far as it goes."""
        self._mark_needed(False)
        super().full_clean()
        self._mark_needed(True)

    def _mark_needed(self, is_needed: bool) -> None:
        for name in NEEDED:
            if name in self.fields:
                self.fields[name].required = is_needed

    def said(self) -> dict[str, Any]:
        """The fields as the room takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OutcomeForm(PartForm):
    """What will be different, and what a good answer has."""

    title = forms.CharField(label=_("In one line"), max_length=160)
    outcome = forms.CharField(
        label=_("What will be different afterwards"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    good_answer = forms.CharField(
        label=_("What a good answer has"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    size_words = forms.CharField(label=_("How much it is"), required=False, max_length=200)
    causes = forms.MultipleChoiceField(
        label=_("What it is for"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_causes(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["causes"]
        if len(chosen) > MOST_PICKED:
            raise forms.ValidationError(_now("Choose at most %(most)d.") % {"most": MOST_PICKED})
        return chosen


class TermsForm(PartForm):
    """Where and when it is, and what whoever is chosen receives."""

    reward = forms.ChoiceField(
        label=_("What whoever is chosen receives"),
        required=False,
        choices=[("", "—"), *Reward.choices],
    )
    amount_from = forms.IntegerField(
        label=_("From"), required=False, min_value=0, max_value=LARGEST_AMOUNT
    )
    amount_to = forms.IntegerField(
        label=_("To"), required=False, min_value=0, max_value=LARGEST_AMOUNT
    )
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Such as EUR or COP")
    )
    reward_words = forms.CharField(label=_("In words"), required=False, max_length=300)
    is_remote = forms.BooleanField(label=_("It can be done from anywhere"), required=False)
    place = forms.CharField(label=_("Town"), required=False, max_length=200)
    reach_km = forms.IntegerField(
        label=_("Within so many kilometres"), required=False, min_value=1, max_value=FARTHEST_KM
    )
    begins = forms.DateField(label=_("Begins"), required=False, widget=forms.DateInput(**_DAY))
    ends = forms.DateField(label=_("Ends"), required=False, widget=forms.DateInput(**_DAY))
    skills = forms.MultipleChoiceField(
        label=_("Skills that it takes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Guessed from what you wrote. Untick what is wrong."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        if not fields["skills"].choices:
            del fields["skills"]


class AnswersForm(PartForm):
    """Until when answers may come, who decides, and when everybody has a word."""

    decided_by = forms.CharField(label=_("Who decides"), required=False, max_length=200)
    deadline = forms.DateField(
        label=_("Answers until"), required=False, widget=forms.DateInput(**_DAY)
    )
    deadline_at = forms.TimeField(label=_("At"), required=False, widget=forms.TimeInput(**_HOUR))
    timezone = forms.ChoiceField(label=_("By the clocks of"))
    reply_days = forms.IntegerField(
        label=_("Everybody has a word within so many days"),
        min_value=1,
        max_value=MOST_REPLY_DAYS,
        help_text=_(
            "Counted from the deadline, or from each answer. Your record is shown beside it."
        ),
    )
    audience = forms.ChoiceField(
        label=_("Who may see it"), choices=Audience.choices, widget=forms.RadioSelect
    )
    answers_from = forms.ChoiceField(
        label=_("Who may answer"), choices=From.choices, widget=forms.RadioSelect
    )
    entries_shown = forms.BooleanField(
        label=_("Show answers to all who see the call, where their authors wish it"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["timezone"].choices = _zones()

    def said(self) -> dict[str, Any]:
        """The day and the hour together; a day without an hour lasts until its end."""
        said = super().said()
        day, at = said.pop("deadline"), said.pop("deadline_at")
        said["deadline"] = datetime.combine(day, at or END_OF_DAY) if day else None
        return said


_LISTS = {"sector": Sector, "stage": Stage, "size": Size}


class WhoForm(PartForm):
    """Who may answer. Nothing chosen: everybody."""

    rule_sector = forms.MultipleChoiceField(
        label=_("Sector"),
        required=False,
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    rule_country = forms.CharField(
        label=_("Countries"),
        required=False,
        max_length=1000,
        help_text=_("With commas between them."),
    )
    rule_within = forms.IntegerField(
        label=_("Within so many kilometres of the town"),
        required=False,
        min_value=1,
        max_value=FARTHEST_KM,
    )
    rule_stage = forms.MultipleChoiceField(
        label=_("Stage"), required=False, choices=Stage.choices, widget=forms.CheckboxSelectMultiple
    )
    rule_size = forms.MultipleChoiceField(
        label=_("Size"), required=False, choices=Size.choices, widget=forms.CheckboxSelectMultiple
    )
    rule_cause = forms.MultipleChoiceField(
        label=_("Cause"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rule_language = forms.MultipleChoiceField(
        label=_("Language"),
        required=False,
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    rule_legal_form = forms.CharField(
        label=_("Legal form"),
        required=False,
        max_length=1000,
        help_text=_("With commas between them."),
    )

    def said(self) -> dict[str, Any]:
        """The rules by kind."""
        rules: dict[str, Any] = {}
        for name, value in super().said().items():
            kind = name.removeprefix("rule_")
            rules[kind] = _parts(value) if isinstance(value, str) else _listed(value)
        return {"rules": rules}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


PARTS: dict[str, type[PartForm]] = {
    "outcome": OutcomeForm,
    "terms": TermsForm,
    "answers": AnswersForm,
    "who": WhoForm,
}
PART_WORDS: dict[str, Any] = {
    "outcome": _("What it is about"),
    "terms": _("Where, when, for what"),
    "answers": _("Answers"),
    "who": _("Who may answer"),
}


def standing(call: Any, part: str) -> dict[str, Any]:
    """What was said of one part so far, to be changed."""
    plain = {
        "outcome": ("title", "outcome", "good_answer", "size_words"),
        "terms": (
            "reward", "amount_from", "amount_to", "currency", "reward_words", "is_remote",
            "reach_km", "begins", "ends",
        ),
        "answers": (
            "decided_by", "timezone", "reply_days", "audience", "answers_from", "entries_shown",
        ),
        "who": (),
    }[part]  # fmt: skip
    said = {name: getattr(call, name) for name in plain} | {"version": call.version}
    return said | _MORE[part](call)


def _outcome_more(call: Any) -> dict[str, Any]:
    return {"causes": [one.key for one in call.causes.all()]}


def _terms_more(call: Any) -> dict[str, Any]:
    skills = [str(one.id) for one in call.skills.all()]
    return {"place": str(call.place) if call.place else "", "skills": skills}


def _answers_more(call: Any) -> dict[str, Any]:
    at = local_deadline(call)
    return {"deadline": at.date() if at else None, "deadline_at": at.time() if at else None}


def _who_more(call: Any) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for rule in call.rules.all():
        values: Any = rule.values
        if rule.kind in ("country", "legal_form"):
            values = ", ".join(values)
        elif rule.kind == "within":
            values = values[0]
        said[f"rule_{rule.kind}"] = values
    return said


_MORE = {
    "outcome": _outcome_more,
    "terms": _terms_more,
    "answers": _answers_more,
    "who": _who_more,
}


# Answering and deciding.


class AnswerForm(VersionedForm):
    """What one answers."""

    text = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    gain = forms.CharField(
        label=_("What you hope to gain"),
        required=False,
        max_length=LONGEST_GAIN,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shown = forms.BooleanField(label=_("Show it to all who see the call"), required=False)

    def __init__(self, *args: Any, entries_shown: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not entries_shown:
            del self.fields["shown"]


class CloseForm(forms.Form):
    """Why an answer is not taken further."""

    reason = forms.ChoiceField(label=_("Reason"))
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        given = [(key, label) for key, label in Reason.choices if key != Reason.CALL_WITHDRAWN]
        fields["reason"].choices = [("", "—"), *given]


class WordsForm(forms.Form):
    """A line that goes along."""

    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
