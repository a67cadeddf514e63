"""Forms of partnerships: the record, its sides and people, depth, promises, the log, costs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from footbridge.partnerships.states import (
    Counted,
    Dimension,
    Entry,
    Kind,
    Mark,
    PartyRole,
    Role,
    SizeScheme,
    Spent,
)
from footbridge.people.states import Sector, Size
from footbridge.web.forms import VersionedForm

_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
_OPEN = [("", _("Not said"))]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(**_DAY))


def _text(label: Any, most: int, rows: int = 3, *, required: bool = False, help: Any = "") -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RecordForm(VersionedForm):
    """What is written about a partnership."""

    title = forms.CharField(label=_("In one line"), max_length=160)
    purpose = _text(_("Why you do it together"), 2000)
    what = _text(_("What you do together"), 2000)
    community_gain = forms.CharField(
        label=_("What others gain from it"),
        max_length=300,
        required=False,
        help_text=_("Those it is for, beside the two sides."),
    )
    begins_on = _day(_("Begins"))
    ends_on = _day(_("Ends"))
    review_on = _day(_("Next review"))
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="EUR")
    is_formal = forms.BooleanField(
        label=_("It is formal"), required=False, help_text=_("Signed, or meant to be.")
    )


class NewForm(RecordForm):
    """A record to begin: for whom, with whom, how deep, and what one promises first."""

    own = forms.ChoiceField(label=_("For whom"))
    own_group = forms.CharField(label=_("Name of your group"), max_length=200, required=False)
    other = forms.CharField(
        label=_("With whom"),
        max_length=200,
        required=False,
        help_text=_("An organisation, or a group by its name. More can join later."),
    )
    asked = forms.CharField(
        label=_("Who answers for them"),
        max_length=300,
        required=False,
        help_text=_("Name or address of a member. They are asked, and may say no."),
    )
    kind = forms.ChoiceField(
        label=_("How deep"),
        choices=Kind.choices,
        initial=Kind.TRANSACTIONAL,
        help_text=_("None is better than another. It sets which steps you see."),
    )
    promises = _text(
        _("What your side promises first"), 2000, help=_("One line each. Leave it open if unsure.")
    )
    field_order = (
        *("own", "own_group", "other", "asked", "title", "purpose", "what"),
        *("community_gain", "kind", "promises", "begins_on", "ends_on", "review_on"),
    )

    def __init__(self, *args: Any, sides: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["own"].choices = [*sides, ("group", _("An informal group"))]
        del fields["version"]


class AddPartyForm(forms.Form):
    """One more side."""

    other = forms.CharField(
        label=_("Who"),
        max_length=200,
        help_text=_("An organisation, a person, or a group by its name."),
    )
    asked = forms.CharField(
        label=_("Who answers for them"),
        max_length=300,
        required=False,
        help_text=_("Name or address of a member. They are asked, and may say no."),
    )
    role = forms.ChoiceField(label=_("As what"), choices=PartyRole.choices)


class AskForm(forms.Form):
    """Whom to ask for the yes of a side."""

    asked = forms.CharField(
        label=_("Who answers for them"),
        max_length=300,
        help_text=_("Name or address of a member. They are asked, and may say no."),
    )


class PartyForm(VersionedForm):
    """What is said of a side."""

    gain = forms.CharField(label=_("What it gains from it"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("As what"), choices=PartyRole.choices)
    sector = forms.ChoiceField(label=_("Sector"), choices=[*_OPEN, *Sector.choices], required=False)
    shares_profits = forms.TypedChoiceField(
        label=_("May its profits be paid out to owners?"),
        choices=[*_OPEN, ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        help_text=_(
            "Asked of a social enterprise: with yes it counts as private, else as nonprofit."
        ),
    )
    counts_as = forms.ChoiceField(
        label=_("Counts here as"),
        choices=[*_OPEN, *Counted.choices],
        required=False,
        help_text=_("Asked where the sector could be counted either way, as of a university."),
    )
    size = forms.ChoiceField(label=_("Size"), choices=[*_OPEN, *Size.choices], required=False)
    size_scheme = forms.ChoiceField(label=_("By which rule"), choices=SizeScheme.choices)
    group = forms.CharField(
        label=_("Group it belongs to"),
        max_length=200,
        required=False,
        help_text=_("Two of the same group are one side for the rule."),
    )


class SizeForm(forms.Form):
    """The figures from which a size is found. They are not kept."""

    people = forms.IntegerField(label=_("People"), min_value=0, max_value=10_000_000)
    turnover = forms.DecimalField(
        label=_("Turnover a year, in millions of euros"), min_value=0, required=False
    )
    balance = forms.DecimalField(
        label=_("Balance sheet, in millions of euros"), min_value=0, required=False
    )


class NameForm(forms.Form):
    """Who stands for one's side, as what."""

    person = forms.CharField(
        label=_("Whom"), max_length=300, help_text=_("Name or address of a member.")
    )
    role = forms.ChoiceField(label=_("As what"), choices=Role.choices, initial=Role.DEPUTY)


class CloseForm(forms.Form):
    """Why it ends."""

    words = forms.CharField(label=_("Why it ends"), max_length=300, required=False)


class DeepenForm(forms.Form):
    """How much deeper, and why."""

    to = forms.ChoiceField(label=_("How deep"))
    why = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, deeper: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["to"].choices = list(deeper)


class DepthForm(VersionedForm):
    """A mark for each dimension; what is left open counts for nothing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        for one in Dimension:
            fields[one.value] = forms.ChoiceField(
                label=one.label, choices=[*_OPEN, *Mark.choices], required=False
            )


class PromiseForm(VersionedForm):
    """What one's side promises, by when, and who sees to it."""

    text = forms.CharField(label=_("What is promised"), max_length=300)
    due_on = _day(_("By when"))
    person = forms.ChoiceField(label=_("Who sees to it"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["person"].choices = [("", _("Your side")), *people]


class EntryForm(VersionedForm):
    """A note, or a decision with its reason."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Entry.choices, initial=Entry.NOTE)
    text = _text(_("What"), 2000, required=True)
    why = _text(_("Why"), 1000, 2, help=_("Of a decision: whoever comes later will ask."))


class LinkForm(forms.Form):
    """Where a document lives."""

    title = forms.CharField(label=_("What it is"), max_length=160)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


class MessageForm(forms.Form):
    """What one says to all who stand for a side."""

    text = _text(_("Your message"), 3000, required=True, help=_("Everybody here gets it by mail."))


class CostForm(forms.Form):
    """Time or money spent on partnering itself."""

    kind = forms.ChoiceField(label=_("For what"), choices=Spent.choices)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_value=1000, decimal_places=2, required=False
    )
    amount = forms.DecimalField(
        label=_("Money"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False)
    words = forms.CharField(label=_("In a few words"), max_length=160, required=False)
