"""Forms of sessions, run-sheets and series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from footbridge.core import times
from footbridge.core.errors import DomainError
from footbridge.meetings.actions.series import LONGEST_APART
from footbridge.meetings.formats import LARGEST_TABLE, LONGEST, MOST_SEATS
from footbridge.meetings.states import Gathering
from footbridge.web.forms import VersionedForm

# What is folded away on the page: it has defaults.
_REST = ("cap", "quorum", "overbooks", "about", "reading", "series", "language", "timezone")


class SessionForm(VersionedForm):
    """A session: a name, a day and a place; all else has its defaults."""

    title = forms.CharField(label=_("Name"), max_length=120)
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    at = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=LONGEST)
    track = forms.CharField(
        label=_("Track"),
        required=False,
        max_length=80,
        help_text=_("What runs side by side has different tracks. Leave it empty for everyone."),
    )
    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_("Street, house, floor: what somebody needs who has never been there."),
    )
    online_link = forms.URLField(
        label=_("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Shown only to those who have a seat."),
    )
    question = forms.CharField(
        label=_("The question of the evening"),
        required=False,
        max_length=300,
        help_text=_("One sentence that everybody can say something to."),
    )
    cap = forms.IntegerField(label=_("Seats"), required=False, min_value=1, max_value=MOST_SEATS)
    quorum = forms.IntegerField(
        label=_("At least so many"), required=False, min_value=1, max_value=MOST_SEATS
    )
    overbooks = forms.BooleanField(
        label=_("Let more people say yes than there are seats, as far as some will not come"),
        required=False,
    )
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reading = forms.CharField(
        label=_("To read before"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line: the web address, then what it is."),
    )
    series = forms.ChoiceField(label=_("Series"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=_("Time zone"))

    def __init__(
        self, *args: Any, series: Iterable[Any] = (), is_part: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        # A part stands in a track of its event and goes by its clocks.
        for name in ("series",) if is_part else ("track",):
            del fields[name]
        fields["timezone"].choices = _zones()
        if "series" in fields:
            fields["series"].choices = [("", "—"), *((str(one.id), one.title) for one in series)]
        if not series:
            fields.pop("series", None)

    @property
    def has_rest_errors(self) -> bool:
        """Whether what is folded away has to be opened, for something in it is wrong."""
        return any(name in self.errors for name in _REST)

    def clean(self) -> dict[str, Any]:
        """The day and the hour together, by the clocks of the place."""
        said = super().clean() or {}
        _join(self, said, said.get("timezone", ""))
        return said

    def said(self) -> dict[str, Any]:
        """What was said, as the room knows it; what was left blank is left to the defaults."""
        said = dict(self.cleaned_data)
        for name in ("day", "at", "version", "series"):
            said.pop(name, None)
        lines = [line.strip() for line in said.pop("reading").splitlines()]
        said["reading"] = [_read(line) for line in lines if line]
        return {name: value for name, value in said.items() if value is not None}


def _join(form: forms.Form, said: dict[str, Any], timezone: str) -> None:
    """When it begins; not at an hour that the clocks leave out that day."""
    day, at = said.get("day"), said.get("at")
    if day is None or at is None or not timezone:
        return
    there = datetime.combine(day, at, ZoneInfo(timezone))
    said["starts_at"] = there.astimezone(UTC)
    if times.there(said["starts_at"], timezone).time() != at:
        form.add_error("at", _("The clocks are put forward that day: there is no such hour."))


@contextmanager
def beside_the_day() -> Iterator[None]:
    """What the room says of the moment of a session stands beside the day."""
    try:
        yield
    except DomainError as error:
        if error.field == "starts_at":
            error.field = "day"
        raise


def in_fields(standing: Mapping[str, Any], timezone: str) -> dict[str, Any]:
    """What a session says, as the fields of the form ask for it."""
    fields = dict(standing)
    if "starts_at" in fields:
        there = times.there(fields.pop("starts_at"), timezone)
        fields |= {"day": there.date(), "at": there.time().replace(tzinfo=None)}
    if "reading" in fields:
        fields["reading"] = "\n".join(_line(one) for one in fields["reading"])
    return fields


def _line(one: Any) -> str:
    words, url = (one["words"], one["url"]) if isinstance(one, Mapping) else one
    return f"{url} {words}".strip()


def _read(line: str) -> dict[str, str]:
    url, _space, words = line.partition(" ")
    return {"url": url, "words": words.strip()}


@cache
def _zones() -> list[tuple[str, str]]:
    """Zones named after a place; the others are there for old machines."""
    named = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return [(name, name.replace("_", " ")) for name in sorted(named | {"UTC"})]


class DayForm(forms.Form):
    """Another day for the same session."""

    day = SessionForm.base_fields["day"]
    at = SessionForm.base_fields["at"]

    def __init__(self, *args: Any, timezone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.timezone = timezone

    def clean(self) -> dict[str, Any]:
        """The day and the hour together, by the clocks of the place."""
        said = super().clean() or {}
        _join(self, said, self.timezone)
        return said


class CancelForm(forms.Form):
    """Why a session is cancelled, for those who meant to come."""

    because = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Everyone who is told reads it."),
    )


class WalkInForm(forms.Form):
    """Somebody who stands at the door without a seat, as the host writes them down."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"), required=False, max_length=254)


class StepForm(forms.Form):
    """One step of a run-sheet."""

    title = forms.CharField(label=_("What happens"), max_length=120)
    gathering = forms.ChoiceField(label=_("How people sit"), choices=Gathering.choices)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST)
    size = forms.IntegerField(
        label=_("At a table"), required=False, min_value=0, max_value=LARGEST_TABLE
    )
    stays = forms.BooleanField(label=_("One stays at each table as its host"), required=False)
    prompt = forms.CharField(
        label=_("What the host says"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 1}),
    )


class SheetForm(VersionedForm):
    """What is said of a run-sheet besides its steps."""

    name = forms.CharField(label=_("Name"), max_length=120)
    cap = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)
    quorum = forms.IntegerField(label=_("At least so many"), min_value=1, max_value=MOST_SEATS)


class SeriesForm(VersionedForm):
    """Sessions that belong together."""

    title = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    apart_days = forms.IntegerField(
        label=_("Days before two sit together again"),
        min_value=0,
        max_value=LONGEST_APART,
        initial=90,
        help_text=_("Whoever met is not put at one table again for so long, if it can be helped."),
    )


class GuestsForm(forms.Form):
    """Whom of the list to look for."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    which = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("before", _("Who came before")),
            ("new", _("Who has never come")),
        ],
    )
