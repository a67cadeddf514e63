"""Forms for needs and offers: one sentence is enough."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.exchange import queries as exchange
from footbridge.exchange.states import Resource
from footbridge.people import queries as people
from footbridge.web.forms import VersionedForm


class _PostingForm(forms.Form):
    text = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500})
    )
    owner = forms.ChoiceField(label=_("For whom"), required=False)
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, person: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organisations = people.acted_for_by(person)
        self.owners = {str(person.id): person} | {str(one.id): one for one in organisations}
        mine = [(str(person.id), _("For myself"))]
        self.fields["owner"].choices = mine + [(str(one.id), one.name) for one in organisations]  # type: ignore[attr-defined]
        if not organisations:
            del self.fields["owner"]
        self.person = person

    def owner_said(self) -> Any:
        """The member for whom it is: oneself, unless said otherwise."""
        return self.owners.get(self.cleaned_data.get("owner", ""), self.person)


class NeedForm(_PostingForm):
    """Something that one looks for."""

    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    field_order = ("text", "owner", "urgent", "until")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What do you need?")
        self.fields["text"].help_text = _(
            "One sentence, as you would say it. «Just a conversation» is a need too."
        )


class OfferForm(_PostingForm):
    """Something that one can give."""

    thing = forms.ChoiceField(label=_("What is it?"), required=False, widget=forms.RadioSelect)
    hours_per_month = forms.IntegerField(
        label=_("Hours a month"), required=False, min_value=0, max_value=744
    )
    field_order = ("text", "thing", "owner", "hours_per_month", "until")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(one.key, one.label) for one in exchange.givable()]
        self.fields["thing"].choices = [("", _("Something else")), *known]  # type: ignore[attr-defined]
        self.fields["text"].label = _("What can you offer?")
        self.fields["text"].help_text = _(
            "One sentence. Time, space, equipment, contacts, advice: all of it counts."
        )


class ChangeForm(VersionedForm):
    """A sentence, and the skills that it means."""

    text = forms.CharField(
        label=_("In one sentence"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
    )
    skills = forms.MultipleChoiceField(
        label=_("It is about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("Another word for it"),
        required=False,
        max_length=100,
        help_text=_("For example: cold storage, or meeting room."),
    )
    resource = forms.ChoiceField(
        label=_("What changes hands"), required=False, choices=[("", "—"), *Resource.choices]
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)

    def __init__(self, *args: Any, card: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = {str(skill.id): skill.label for skill in card.skills}
        near = exchange.suggest_skills(card.text, limit=6)
        known |= {str(skill.id): skill.label for skill in near if str(skill.id) not in known}
        self.fields["skills"].choices = list(known.items())  # type: ignore[attr-defined]
        if card.kind != "need":
            del self.fields["urgent"]
        if not known:
            del self.fields["skills"]


class CausesForm(VersionedForm):
    """What one works for."""

    causes = forms.MultipleChoiceField(
        label=_("Causes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["causes"].choices = [(str(one.id), one.label) for one in exchange.causes()]  # type: ignore[attr-defined]
