"""What a door may show of an introduction: a card for one of the three, and no more than that.

The seeker is shown the same card whether the connector or the one sought refused, said "not now"
or never answered. The one sought is shown who asks, through whom, why, what and how long, but no
profile. Neither learns what the other two said until both have said yes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from footbridge.core.versions import NOT_THERE
from footbridge.introductions.models import Introduction, Report
from footbridge.introductions.policy import answer_of, moves, role_of, shown_to
from footbridge.introductions.states import MET, Answer, Move, Outcome, Role, Shown
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

# Those between whom the connector's words pass.
_CARRIERS = (Role.CONNECTOR, Role.TARGET)
NOTE_FIELDS = ("who_i_am", "why_you", "what_i_ask", "how_long", "your_gain")


@dataclass(frozen=True)
class Party:
    """One of the three, as far as the reader may know them: no id, no page to open."""

    name: str
    id: uuid.UUID | None = None
    email: str = ""


@dataclass(frozen=True)
class Note:
    """The note that is passed on."""

    who_i_am: str = ""
    why_you: str = ""
    what_i_ask: str = ""
    how_long: str = ""
    your_gain: str = ""


@dataclass(frozen=True)
class IntroductionCard:
    """An introduction, as one viewer may know it."""

    id: uuid.UUID
    role: Role | None
    shown: Shown
    seeker: Party
    connector: Party
    target: Party
    note: Note
    connector_word: str = ""
    on_behalf_of: str = ""
    need: str = ""
    made_by_connector: bool = False
    asked_on: date | None = None
    answer_by: date | None = None
    ended_on: date | None = None
    introduced_on: date | None = None
    my_answer: Answer | None = None
    my_outcome: Outcome | None = None
    my_words: str = ""
    they_met: bool = False
    agenda: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    # Of the note, for whoever may write on it; of one's own report.
    version: int | None = None
    my_version: int = 0

    @property
    def waits_for_me(self) -> bool:
        return self.shown == Shown.YOURS


def card(viewer: Viewer, introduction: Introduction) -> IntroductionCard:
    """The card for one viewer. Fetch through `queries` to spare database queries."""
    role = role_of(viewer, introduction)
    shown = shown_to(role, introduction)
    is_made = shown in (Shown.INTRODUCED, Shown.CLOSED)
    note = forwarded_note(introduction) if _sees_edits(role, is_made) else own_note(introduction)
    mine = _report_of(viewer, introduction)
    behalf, need = introduction.on_behalf_of, introduction.need
    may = moves(role, introduction)
    return IntroductionCard(
        id=introduction.id,
        role=role,
        shown=shown,
        seeker=_party(role, introduction, Role.SEEKER, is_made),
        connector=_party(role, introduction, Role.CONNECTOR, is_made),
        target=_party(role, introduction, Role.TARGET, is_made),
        note=note,
        connector_word=introduction.connector_word if role in _CARRIERS else "",
        on_behalf_of=behalf.name if behalf else "",
        need=need.text if need else "",
        made_by_connector=introduction.made_by_connector,
        asked_on=_asked_on(role, introduction),
        answer_by=_day(introduction.expires_at) if shown in (Shown.YOURS, Shown.WAITING) else None,
        ended_on=_ended_on(role, shown, introduction),
        introduced_on=_day(introduction.introduced_at) if is_made else None,
        my_answer=answer_of(introduction, role) if introduction.asked_at else None,
        my_outcome=Outcome(mine.outcome) if mine else None,
        my_words=mine.words if mine else "",
        they_met=is_made and any(r.outcome in MET for r in introduction.reports.all()),
        agenda=agenda(introduction) if is_made else (),
        moves=may,
        version=introduction.version if Move.WRITE in may else None,
        my_version=mine.version if mine else NOT_THERE,
    )


def _sees_edits(role: Role | None, is_made: bool) -> bool:
    """Whoever began sees their own words: changes would tell of the connector's yes."""
    return role in _CARRIERS or (role == Role.SEEKER and is_made)


def own_note(introduction: Introduction) -> Note:
    """The note as it was first written."""
    return Note(**{name: getattr(introduction, name) for name in NOTE_FIELDS})


def forwarded_note(introduction: Introduction) -> Note:
    """The note as the connector passed it on."""
    return Note(**{**vars(own_note(introduction)), **introduction.forwarded})


def agenda(introduction: Introduction) -> tuple[str, ...]:
    """Three short points for a first meeting, taken from the note."""
    note = forwarded_note(introduction)
    return _why(introduction, note), _ask(introduction, note), _next(introduction, note)


def _why(introduction: Introduction, note: Note) -> str:
    if not note.why_you:
        return _("Who each of you is, and why you two.")
    author = introduction.connector if introduction.made_by_connector else introduction.seeker
    words = _("Who each of you is, and why you two. %(name)s wrote: “%(words)s”")
    return words % {"name": author.name, "words": note.why_you}


def _ask(introduction: Introduction, note: Note) -> str:
    if not note.what_i_ask:
        return _("What each of you needs, and what each can give.")
    if introduction.made_by_connector:
        return _("What you might do: %(what)s") % {"what": note.what_i_ask}
    return _("What %(name)s asks: %(what)s") % {
        "name": introduction.seeker.name,
        "what": note.what_i_ask,
    }


def _next(introduction: Introduction, note: Note) -> str:
    if not note.your_gain:
        return _("Who does what next, and by when.")
    words = _("What %(name)s might gain: %(what)s. Then: who does what next, and by when.")
    return words % {"name": introduction.target.name, "what": note.your_gain.rstrip(".")}


def _party(mine: Role | None, introduction: Introduction, role: Role, is_made: bool) -> Party:
    """One of the three, as far as the reader in their own role may know them."""
    person: Person = getattr(introduction, role.value)
    if is_made:
        both = (Role.SEEKER, Role.TARGET)
        is_reachable = mine in both and role in both
        return Party(person.name, person.id, (person.email or "") if is_reachable else "")
    if _is_unnamed(mine, introduction, role):
        return Party(name="")
    is_profile = (mine, role) == (Role.TARGET, Role.SEEKER)
    return Party(person.name, None if is_profile else person.id)


def _is_unnamed(mine: Role | None, introduction: Introduction, role: Role) -> bool:
    """Someone who is only on a host's list is not named to the other of a pair before both have
    said yes."""
    is_other = introduction.made_by_connector and (mine, role) == (Role.SEEKER, Role.TARGET)
    return is_other and not introduction.target.has_joined


def _report_of(viewer: Viewer, introduction: Introduction) -> Report | None:
    reader = getattr(viewer, "id", None)
    return next((r for r in introduction.reports.all() if r.person_id == reader), None)


def _asked_on(role: Role | None, introduction: Introduction) -> date | None:
    asked = introduction.target_asked_at if role == Role.TARGET else introduction.asked_at
    return _day(asked)


def _ended_on(role: Role | None, shown: Shown, introduction: Introduction) -> date | None:
    """Who refused knows when; to the others it ended on the date for answers."""
    if shown == Shown.NOT_NOW and answer_of(introduction, role) in (None, Answer.YES):
        return _day(introduction.expires_at)
    is_known = shown in (Shown.NOT_NOW, Shown.WITHDRAWN, Shown.CLOSED)
    return _day(introduction.ended_at) if is_known else None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
