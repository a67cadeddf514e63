"""What one asks for, and how one says that one knows someone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.exchange import queries as exchange
from footbridge.insight.cards import Filters
from footbridge.network.states import Strength
from footbridge.people import queries as people
from footbridge.people.states import Kind, Sector
from footbridge.web.account.forms import language_choices
from footbridge.web.forms import VersionedForm

ANY = [("", _("Any"))]
DISTANCES = [(10, "10 km"), (25, "25 km"), (50, "50 km"), (100, "100 km"), (300, "300 km")]


class FindForm(forms.Form):
    """Filters that matter, and a sentence."""

    q = forms.CharField(label=_("In your own words"), required=False, max_length=500)
    kind = forms.ChoiceField(label=_("Whom"), required=False, choices=[*ANY, *Kind.choices])
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[*ANY, *Sector.choices])
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    near = forms.CharField(label=_("Near"), required=False, max_length=100)
    within_km = forms.TypedChoiceField(
        label=_("Within"), required=False, choices=DISTANCES, coerce=int
    )
    chapter = forms.ChoiceField(label=_("Chapter"), required=False)

    def __init__(self, *args: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "cause": [(cause.key, cause.label) for cause in exchange.causes()],
            "language": language_choices(),
            "chapter": [(str(one.id), one.name) for one in people.chapters_to_choose(viewer)],
        }
        for name, found in choices.items():
            self.fields[name].choices = [*ANY, *found]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """The filters that were set; what could not be read is left out."""
        said = getattr(self, "cleaned_data", {})
        names = ("kind", "sector", "cause", "language", "near", "chapter")
        found = {name: said.get(name, "") for name in names}
        return Filters(**found, within_km=said.get("within_km") or 50)


class KnowForm(VersionedForm):
    """How well one knows someone, in one's own words."""

    strength = forms.ChoiceField(
        label=_("How well?"), choices=Strength.choices, widget=forms.RadioSelect
    )
    how = forms.CharField(
        label=_("How do you know each other?"),
        required=False,
        max_length=200,
        help_text=_("For example: we ran the winter shelter together."),
    )
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
