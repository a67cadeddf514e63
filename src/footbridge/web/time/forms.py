"""Forms of time that is given: when, for whom, what for, how long it took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from footbridge.hours.actions.stating import FARTHEST_KM, MOST_HOURS, MOST_WINDOWS, Terms
from footbridge.hours.policy import LONGEST
from footbridge.hours.states import DAYS_OF_THE_WEEK, LENGTHS, Manner, Rhythm
from footbridge.hours.windows import Window
from footbridge.people.states import Sector
from footbridge.web.forms import VersionedForm
from footbridge.web.host.session_forms import _zones

# So many empty lines stand below what was said.
_SPARE = 2
_WEEKDAYS = [("", "—"), *((str(n), words) for n, words in enumerate(DAYS_OF_THE_WEEK))]
_LINE = re.compile(r"^(?:weekday|day)_(\d{1,2})$")
_HOUR: dict[str, Any] = {"format": "%H:%M", "attrs": {"type": "time"}}
_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class TimeForm(VersionedForm):
    """When somebody has time in a quarter; all but the times has its defaults."""

    quarter = forms.ChoiceField(label=_("For"))
    minutes = forms.TypedChoiceField(
        label=_("How long one talk takes"),
        coerce=int,
        initial=45,
    )
    most_hours = forms.IntegerField(
        label=_("At most so many hours in the quarter"),
        min_value=1,
        max_value=MOST_HOURS,
        initial=6,
    )
    manner = forms.ChoiceField(label=_("How you meet"), choices=Manner.choices)
    online_link = forms.URLField(
        label=_("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Shown only to those with whom you have agreed on a time."),
    )
    place = forms.CharField(label=_("Town"), required=False, max_length=200)
    where = forms.CharField(
        label=_("Where exactly"),
        required=False,
        max_length=200,
        help_text=_("Shown only to those with whom you have agreed on a time."),
    )
    within_km = forms.IntegerField(
        label=_("For people within so many kilometres"),
        min_value=1,
        max_value=FARTHEST_KM,
        initial=25,
    )
    offers = forms.MultipleChoiceField(
        label=_("For which of your offers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all of them."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("For which sectors"),
        required=False,
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for everyone."),
    )
    chapters = forms.MultipleChoiceField(
        label=_("For which chapters"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all of them."),
    )
    only_unpaid = forms.BooleanField(label=_("For those who could not pay for it"), required=False)
    timezone = forms.ChoiceField(label=_("Time zone"))

    def __init__(
        self,
        *args: Any,
        quarters: Iterable[Any],
        offers: Iterable[Any],
        chapters: Iterable[Any],
        windows: Iterable[Window] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["quarter"].choices = [(one.first_day.isoformat(), one.words) for one in quarters]
        fields["timezone"].choices = _zones()
        fields["minutes"].choices = [(n, _now("%(n)d minutes") % {"n": n}) for n in LENGTHS]
        fields["offers"].choices = [(str(one.id), one.text) for one in offers]
        fields["chapters"].choices = [(str(one.id), one.name) for one in chapters]
        if not fields["offers"].choices:
            del fields["offers"]
        self._lay_lines(list(windows))

    def _lay_lines(self, windows: list[Window]) -> None:
        weekly = [one for one in windows if one.day is None]
        single = [one for one in windows if one.day is not None]
        sent = [int(found[1]) + 1 for name in self.data if (found := _LINE.match(name))]
        longest = max([len(weekly), len(single), *(n - _SPARE for n in sent)])
        self.lines = min(longest + _SPARE, MOST_WINDOWS)
        for n in range(self.lines):
            self._lay_line(n, weekly[n] if n < len(weekly) else None, weekly=True)
            self._lay_line(n, single[n] if n < len(single) else None, weekly=False)

    def _lay_line(self, n: int, said: Window | None, *, weekly: bool) -> None:
        fields: dict[str, Any] = self.fields
        hours = {
            "begins": forms.TimeField(label=_("From"), widget=forms.TimeInput(**_HOUR)),
            "ends": forms.TimeField(label=_("To"), widget=forms.TimeInput(**_HOUR)),
        }
        on: dict[str, forms.Field] = {
            "day": forms.DateField(label=_("Date"), widget=forms.DateInput(**_DAY))
        }
        if weekly:
            on = {
                "weekday": forms.ChoiceField(label=_("Day"), choices=_WEEKDAYS),
                "rhythm": forms.ChoiceField(label=_("How often"), choices=Rhythm.choices),
            }
        for name, field in (on | hours).items():
            field.required = False
            field.initial = getattr(said, name) if said else None
            fields[f"{self._prefix(weekly)}{name}_{n}"] = field

    @staticmethod
    def _prefix(weekly: bool) -> str:
        return "" if weekly else "day_"

    @property
    def weekly_lines(self) -> list[list[Any]]:
        """The lines for days of the week, each with its fields."""
        return self._lines("weekday_{}", "rhythm_{}", "begins_{}", "ends_{}")

    @property
    def single_lines(self) -> list[list[Any]]:
        """The lines for single days, each with its fields."""
        return self._lines("day_day_{}", "day_begins_{}", "day_ends_{}")

    def _lines(self, *names: str) -> list[list[Any]]:
        return [[self[name.format(n)] for name in names] for n in range(self.lines)]

    @property
    def has_single_days(self) -> bool:
        """Whether a single day is said, or something is wrong with one."""
        return any(field.value() or field.errors for line in self.single_lines for field in line)

    @property
    def rest_has_errors(self) -> bool:
        """Whether what is folded away has to be opened, for something in it is wrong."""
        rest = ("offers", "sectors", "chapters", "only_unpaid", "timezone", "within_km")
        return any(name in self.errors for name in rest)

    def clean(self) -> dict[str, Any]:
        """Each line is empty or whole, and ends after it begins."""
        said = super().clean() or {}
        said["windows"] = [one for n in range(self.lines) for one in self._windows(said, n)]
        return said

    def _windows(self, said: dict[str, Any], n: int) -> Iterator[Window]:
        weekday, day = said.get(f"weekday_{n}"), said.get(f"day_day_{n}")
        if weekday and (hours := self._hours(said, "", n)):
            rhythm = Rhythm(said.get(f"rhythm_{n}") or Rhythm.EVERY)
            yield Window(*hours, weekday=int(weekday), rhythm=rhythm)
        if day and (hours := self._hours(said, "day_", n)):
            yield Window(*hours, day=day)

    def _hours(self, said: dict[str, Any], prefix: str, n: int) -> tuple[Any, Any] | None:
        begins, ends = said.get(f"{prefix}begins_{n}"), said.get(f"{prefix}ends_{n}")
        if begins is None or ends is None:
            if not {f"{prefix}begins_{n}", f"{prefix}ends_{n}"} & set(self.errors):
                self.add_error(f"{prefix}begins_{n}", _now("Say from when until when."))
            return None
        if ends <= begins:
            self.add_error(f"{prefix}ends_{n}", _now("A time ends after it begins."))
            return None
        return begins, ends

    def terms(self) -> Terms:
        """How the time is given, besides when."""
        said = self.cleaned_data
        names = ("timezone", "minutes", "most_hours", "manner", "place", "within_km", "where")
        more = ("online_link", "only_unpaid", "sectors")
        return Terms(**{name: said[name] for name in (*names, *more)})

    def quarter_said(self) -> date:
        """The first day of the quarter that was chosen."""
        return date.fromisoformat(self.cleaned_data["quarter"])


class AskForm(forms.Form):
    """What a time is asked for."""

    need = forms.ChoiceField(label=_("For which of your needs"))
    what_for = forms.CharField(
        label=_("What for, in one sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What would you like to leave with?"),
    )
    manner = forms.ChoiceField(label=_("How you meet"))
    could_not_pay = forms.BooleanField(label=_("I could not pay for this"))

    def __init__(self, *args: Any, needs: Iterable[Any], card: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["need"].choices = [(str(one.id), one.text) for one in needs]
        fields["manner"].choices = [(way.value, way.label) for way in card.ways]
        if len(card.ways) == 1:
            del fields["manner"]
        if not card.only_unpaid:
            del fields["could_not_pay"]


class ProposeForm(forms.Form):
    """Another time of one's own."""

    slot = forms.ChoiceField(label=_("Another time"))

    def __init__(self, *args: Any, slots: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["slot"].choices = list(slots)


class TellForm(VersionedForm):
    """How long it took, and what one learned."""

    minutes = forms.IntegerField(label=_("It took so many minutes"), min_value=0, max_value=LONGEST)
    learned = forms.CharField(
        label=_("What you learned"),
        required=False,
        max_length=300,
        help_text=_("One line, for you alone."),
    )


class ConfirmForm(forms.Form):
    """How long it took, as the other saw it."""

    minutes = forms.IntegerField(label=_("It took so many minutes"), min_value=0, max_value=LONGEST)


class LearnForm(VersionedForm):
    """What one learned."""

    learned = TellForm.base_fields["learned"]


class CancelForm(forms.Form):
    """Why it is called off."""

    because = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("The other reads it.")
    )
