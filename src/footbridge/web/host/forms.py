"""Forms of a host."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from footbridge.intake import queries as intake
from footbridge.people.states import Door, Sector, Standing
from footbridge.web.forms import VersionedForm
from footbridge.web.host.meanings import KINDS, SHAPES, meanings

ANY = [("", _("Any"))]


class ListForm(forms.Form):
    """Which of the list."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[*ANY, *Standing.choices]
    )


class PersonForm(forms.Form):
    """Someone for the list, with what they need and offer if it is known."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"), required=False, max_length=254)
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    sector = forms.ChoiceField(
        label=_("Its sector"), required=False, choices=[("", "—"), *Sector.choices]
    )
    role = forms.CharField(label=_("Role"), required=False, max_length=200)
    place = forms.CharField(label=_("Town"), required=False, max_length=200)
    need = forms.CharField(label=_("What they need"), required=False, max_length=500)
    offer = forms.CharField(label=_("What they offer"), required=False, max_length=500)


class LinkForm(forms.Form):
    """A link that lets people in."""

    door = forms.ChoiceField(
        label=_("Who comes in"),
        choices=[(door.value, door.label) for door in (Door.TRUSTED, Door.VETTED)],
        widget=forms.RadioSelect,
        initial=Door.VETTED,
    )
    most_uses = forms.IntegerField(
        label=_("How many people may use it"), min_value=1, max_value=1000, initial=20
    )
    days = forms.IntegerField(
        label=_("How many days it is good"), min_value=1, max_value=366, initial=30
    )
    note = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=200,
        help_text=_("Seen by hosts only. For example: Thursday's breakfast."),
    )

    def lasts(self) -> timedelta:
        """How long the link is good."""
        return timedelta(days=self.cleaned_data["days"])


class DeputyForm(forms.Form):
    """Someone who stands in for a host."""

    person = forms.CharField(
        label=_("Name or address of a member"),
        max_length=254,
        help_text=_("They must have joined."),
    )
    role = forms.ChoiceField(
        label=_("As"), choices=[("deputy", _("Deputy")), ("host", _("Host"))], initial="deputy"
    )


class ChapterForm(VersionedForm):
    """What is said of a chapter."""

    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.CharField(label=_("Town"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    welcome = forms.CharField(
        label=_("A word of welcome"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the page that an invitation opens."),
    )


class PairForm(forms.Form):
    """Why two people should meet, in the host's words."""

    who_i_am = forms.CharField(label=_("Who this is"), required=False, max_length=300)
    why_you = forms.CharField(
        label=_("Why you two"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    what_i_ask = forms.CharField(
        label=_("What you could talk about"), required=False, max_length=300
    )
    how_long = forms.CharField(label=_("How long it takes"), required=False, max_length=100)

    def note(self) -> dict[str, Any]:
        """The note as introductions know it."""
        return dict(self.cleaned_data)


class ListFiles(forms.FileInput):
    """A control for one file or several."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """One file or several, each checked as Django checks one."""

    widget = ListFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file that was chosen; none is an empty list."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(one, initial) for one in given if one]


class BringForm(forms.Form):
    """A list: cells that were pasted, or files."""

    cells = forms.CharField(
        label=_("Paste it here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "cells"}),
        help_text=_(
            "Copy the cells of your spreadsheet, with or without their headings, and paste them."
        ),
    )
    uploads = SeveralFiles(
        label=_("Or choose files"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "CSV, Excel, OpenDocument, JSON or vCard, up to 200 MB each. Lists that belong "
            "together, such as people and who knows whom, go in together."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        said = super().clean() or {}
        if not said.get("uploads") and not said.get("cells", "").strip() and not self.errors:
            self.add_error("cells", _("Paste some cells, or choose a file."))
        return said


class SheetForm(forms.Form):
    """What one row of a sheet is, and what each column means."""

    shape = forms.ChoiceField(label=_("Each row of the list holds"))
    kind = forms.ChoiceField(label=_("One row is"))

    def __init__(self, *args: Any, sheet: Any, **options: Any) -> None:
        options["prefix"] = f"sheet{sheet.index}"
        super().__init__(*args, **options)
        self.sheet = sheet
        self._offer("shape", intake.shapes_beside(sheet.shape), SHAPES, sheet.shape)
        self._offer("kind", intake.kinds(), KINDS, sheet.kind)
        allowed = intake.fields_for(sheet.shape)
        for column in sheet.columns:
            self.fields[f"column{column.index}"] = _meaning_of(column, allowed)

    def _offer(self, name: str, keys: list[str], words: Any, now: str) -> None:
        shown = keys if now in keys else [now, *keys]
        self.fields[name].choices = [(key, words[key]) for key in shown]  # type: ignore[attr-defined]
        self.fields[name].initial = now

    def columns(self) -> list[tuple[Any, Any]]:
        """Each column with the control that corrects it."""
        return [(column, self[f"column{column.index}"]) for column in self.sheet.columns]

    def changes(self) -> dict[str, Any]:
        """What was said otherwise than it stood; empty where nothing was."""
        said = self.cleaned_data
        columns = {
            column.index: said[f"column{column.index}"]
            for column in self.sheet.columns
            if said[f"column{column.index}"] != column.field
        }
        found: dict[str, Any] = {"columns": columns} if columns else {}
        for name in ("shape", "kind"):
            if said[name] != getattr(self.sheet, name):
                found[name] = said[name]
        return found


def _meaning_of(column: Any, allowed: list[str]) -> forms.ChoiceField:
    # A meaning that no longer suits the rows stays on offer, so that nothing changes unasked.
    shown = allowed if column.field in allowed else [*allowed, column.field]
    return forms.ChoiceField(
        label=column.title or _("Column %(n)d") % {"n": column.index + 1},
        choices=meanings(shown),
        initial=column.field,
    )
