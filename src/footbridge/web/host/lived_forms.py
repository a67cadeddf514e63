"""The form of a line of lived work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.exchange import queries as exchange
from footbridge.expertise.actions.curating import MOST_SKILLS
from footbridge.expertise.states import Carries, Level, Theme
from footbridge.web.forms import VersionedForm


class LineForm(VersionedForm):
    """What somebody may have done, and the one to four skills that it shows."""

    text = forms.CharField(
        label=_("In one sentence"),
        max_length=160,
        help_text=_("As a member would say it: I kept thirty volunteers for a year."),
    )
    theme = forms.ChoiceField(label=_("Under which heading"), choices=Theme.choices)
    skills = forms.MultipleChoiceField(
        label=_("It shows"), widget=forms.SelectMultiple(attrs={"size": 10})
    )
    level = forms.ChoiceField(
        label=_("It mostly stands for"), choices=Level.choices, initial=Level.DID
    )
    carries = forms.ChoiceField(
        label=_("How far it carries over"), choices=Carries.choices, initial=Carries.ANY
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["skills"].help_text = _("One to %(most)d skills.") % {"most": MOST_SKILLS}
        groups = exchange.skill_groups()
        self.fields["skills"].choices = [  # type: ignore[attr-defined]
            (group.label, [(skill.key, skill.label) for skill in group.skills]) for group in groups
        ]
