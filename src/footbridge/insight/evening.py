"""Evening out: over the coming dates of a series, whom to ask to which, so that none stays
empty and none is overfull."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Max, Q
from django.utils import formats
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import NotAllowed
from footbridge.engine import turnout as engine
from footbridge.insight import turnout
from footbridge.meetings import policy, queries
from footbridge.meetings.cards import SessionCard
from footbridge.meetings.models import Seat, Series, Session
from footbridge.meetings.states import TAKEN, Holding, State
from footbridge.people import policy as people
from footbridge.people.models import Person
from footbridge.people.policy import Viewer, id_of

# Further ahead than this nobody says yes and means it.
MOST_DATES = 12
_ASKED_OR_IN = (Holding.INVITED, *TAKEN, Holding.WAITING)

Seats = Mapping[uuid.UUID, Seat]


@dataclass(frozen=True)
class ToAsk:
    """Somebody to be asked to a date, and why them."""

    id: uuid.UUID
    name: str
    why: str


@dataclass(frozen=True)
class Odds:
    """How a date is likely to land: how many come on average, and the chances to be too few and
    too many for it, in words."""

    coming: int
    too_few: str
    too_many: str


@dataclass(frozen=True)
class DatePlan:
    """One coming date as it stands, whom to ask to it, and how it would stand then."""

    card: SessionCard
    silent: int
    before: Odds
    after: Odds
    to_ask: tuple[ToAsk, ...]
    words: str
    is_unlikely: bool
    merge_with: SessionCard | None


def even_out(viewer: Viewer, series: Series, *, most: int = 1) -> list[DatePlan]:
    """The coming dates of a series, the next one first, each with whom to ask to it. Nobody is to
    be asked to more than `most` of them, those counted to which they have been asked already.

    For the chapter's hosts. Whoever could not be invited now is not in it, and why is not said.
    """
    if not people.may_host(viewer, series.chapter):
        raise NotAllowed(_("Only the hosts of this chapter plan its sessions."))
    sessions = _coming(series)
    if not sessions:
        return []
    table = _Table.of(viewer, series, sessions)
    found = engine.even_out(table.dates, table.guests(most))
    cards = queries.cards(viewer, sessions)
    return [_told(table, cards, one) for one in found.dates]


def _coming(series: Series) -> list[Session]:
    """To a closed session everybody in its circle is asked anyhow."""
    rows = Session.objects.filter(
        series=series, circle=None, state=State.OPEN, starts_at__gt=clock.now()
    )
    related = rows.select_related("chapter", "series", "place")
    return list(related.order_by("starts_at", "id")[:MOST_DATES])


@dataclass(frozen=True)
class _Table:
    """Who may be asked (rows) to which dates (columns), and what the chapter's past says of it."""

    sessions: Sequence[Session]
    pool: Sequence[Person]
    seats: Mapping[uuid.UUID, Seats]
    busy: Mapping[uuid.UUID, list[Session]]
    last_here: Mapping[uuid.UUID, date]
    shows: engine.Rates
    yeses: engine.Rates
    dates: Sequence[engine.Date]

    @classmethod
    def of(cls, viewer: Viewer, series: Series, sessions: list[Session]) -> _Table:
        chapter = series.chapter
        known = turnout.learnt(viewer, chapter)
        asked = turnout.past(queries.asked_history(viewer, chapter))
        yeses = engine.learn(asked, presumed=engine.PRESUMED_YES)
        pool, last_here = _pool(viewer, series)
        seats = _seats(sessions)
        dates = [_date(one, known, yeses, seats[one.id], last_here) for one in sessions]
        busy = _busy(pool, sessions)
        return cls(sessions, pool, seats, busy, last_here, known.rates, yeses, dates)

    def guests(self, most: int) -> engine.Guests:
        format = self.sessions[0].format
        standings = [_standing(one.id, self.last_here) for one in self.pool]
        possible = [[self.may_ask(person, at) for at in self.sessions] for person in self.pool]
        return engine.Guests.of(
            np.array(possible, bool).reshape(len(self.pool), len(self.sessions)),
            accept=[self.yeses.of(format, one).mean for one in standings],
            show=[self.shows.of(format, one).mean for one in standings],
            most=np.array([self._left(one, most) for one in self.pool], np.int64),
            away=[self._days_away(one) for one in self.pool],
        )

    def may_ask(self, person: Person, session: Session) -> bool:
        """Nobody is asked twice, nor on the last day, nor to where they sit elsewhere."""
        if person.id in self.seats[session.id]:
            return False
        if turnout.hours_left(session) <= engine.LAST_CALL:
            return False
        return not any(_overlap(one, session) for one in self.busy.get(person.id, ()))

    def _left(self, person: Person, most: int) -> int:
        held = (self.seats[one.id].get(person.id) for one in self.sessions)
        return max(0, most - sum(one is not None and one.holding in _ASKED_OR_IN for one in held))

    def _days_away(self, person: Person) -> float:
        last = self.last_here.get(person.id)
        return float(max(0, (clock.today() - last).days)) if last else np.inf


def _pool(viewer: Viewer, series: Series) -> tuple[list[Person], dict[uuid.UUID, date]]:
    """The people of the chapter, and those who came to the series from elsewhere, as far as they
    can be asked now, except whoever looks; and the day on which each was last at a session of the
    chapter. In an order that favours nobody's name."""
    here = Seat.objects.filter(session__chapter=series.chapter_id, came_at__isnull=False)
    came = here.order_by().values_list("person_id").annotate(last=Max("came_at"))
    last_here = {person: last.date() for person, last in came}
    guests = here.filter(session__series=series).values("person_id")
    seen = people.visible_to(viewer).order_by().values("id")
    rows = Person.objects.filter(Q(chapter=series.chapter_id) | Q(id__in=guests), id__in=seen)
    found = rows.select_related("chapter").order_by("id")
    asked = [one for one in found if one.id != id_of(viewer)]
    return [one for one in asked if policy.may_be_invited(one, series.chapter)], last_here


def _seats(sessions: Iterable[Session]) -> dict[uuid.UUID, dict[uuid.UUID, Seat]]:
    held: dict[uuid.UUID, dict[uuid.UUID, Seat]] = defaultdict(dict)
    for seat in Seat.objects.filter(session__in=[one.id for one in sessions]):
        held[seat.session_id][seat.person_id] = seat
    return held


def _busy(pool: Iterable[Person], sessions: Sequence[Session]) -> dict[uuid.UUID, list[Session]]:
    """Where people of the pool sit meanwhile."""
    taken = Seat.objects.filter(
        holding__in=TAKEN,
        person__in=[one.id for one in pool],
        session__state=State.OPEN,
        session__starts_at__lt=sessions[-1].ends_at,
        session__starts_at__gt=clock.now(),
    )
    found: dict[uuid.UUID, list[Session]] = defaultdict(list)
    for seat in taken.select_related("session"):
        found[seat.person_id].append(seat.session)
    return found


def _overlap(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _standing(person: uuid.UUID, last_here: Mapping[uuid.UUID, date]) -> engine.Standing:
    came = person in last_here
    return engine.Standing.RETURNER if came else engine.Standing.FIRST_TIMER


def _date(
    session: Session,
    known: turnout.Learnt,
    yeses: engine.Rates,
    seats: Seats,
    last_here: Mapping[uuid.UUID, date],
) -> engine.Date:
    """As it stands: those who said yes, those who have not answered yet, and who walks in.

    More than the seats can want to come: they would be told to wait, and are asked in vain. So
    that counts as landing badly, although nobody too many is let in.
    """
    said = [seat for seat in seats.values() if seat.holding == Holding.ACCEPTED]
    groups = turnout.in_groups(
        session, known.rates, [(seat.first_time, seat.confirmed_at) for seat in said]
    )
    groups += _silent(session, known.rates, yeses, seats, last_here)
    walk_ins = known.walk_ins(session.format)
    coming = engine.forecast(groups, walk_ins=walk_ins, sway=known.rates.sway)
    return engine.Date(session.quorum, session.cap, coming)


def _silent(
    session: Session,
    shows: engine.Rates,
    yeses: engine.Rates,
    seats: Seats,
    last_here: Mapping[uuid.UUID, date],
) -> list[engine.Expected]:
    """Who was asked and has not answered says yes, and then comes, as often as others did: the
    same chance that the plan gave them when they were to be asked."""
    asked = [person for person, seat in seats.items() if seat.holding == Holding.INVITED]
    counted = Counter(_standing(person, last_here) for person in asked)
    found = []
    for standing, count in sorted(counted.items()):
        show, yes = shows.of(session.format, standing), yeses.of(session.format, standing)
        found.append(engine.Expected(count, engine.ShowRate.known(show.mean * yes.mean)))
    return found


# Telling it.


def _told(table: _Table, cards: Sequence[SessionCard], one: engine.Invitations) -> DatePlan:
    session = table.sessions[one.date]
    unlikely = one.after.below > engine.TOO_SMALL
    return DatePlan(
        card=cards[one.date],
        silent=sum(seat.holding == Holding.INVITED for seat in table.seats[session.id].values()),
        before=_odds(one.before),
        after=_odds(one.after),
        to_ask=tuple(_to_ask(table, table.pool[person]) for person in _by_name(table, one)),
        words=_why_no_more(session, one),
        is_unlikely=unlikely,
        merge_with=_merge_with(table, cards, one.date) if unlikely else None,
    )


def _by_name(table: _Table, one: engine.Invitations) -> list[int]:
    return sorted(one.people, key=lambda person: (table.pool[person].folded, person))


def _odds(chance: engine.Chance) -> Odds:
    return Odds(round(chance.mean), _chance(chance.below), _chance(chance.above))


def _chance(chance: float) -> str:
    if chance < turnout.WORTH_SAYING:
        return _("very unlikely")
    return _("almost certain") if chance > 1 - turnout.WORTH_SAYING else turnout.in_ten(chance)


def _to_ask(table: _Table, person: Person) -> ToAsk:
    last = table.last_here.get(person.id)
    if last is None:
        why = _("has not been here yet")
    else:
        why = _("was last here on %(day)s") % {"day": formats.date_format(last, "DATE_FORMAT")}
    if sum(table.may_ask(person, at) for at in table.sessions) == 1 < len(table.sessions):
        why += ", " + _("can be asked to this date only")
    return ToAsk(person.id, person.name, why)


def _why_no_more(session: Session, one: engine.Invitations) -> str:
    if turnout.hours_left(session) <= engine.LAST_CALL:
        return _("It is too late to ask anybody in time.")
    return {
        engine.Because.LIKELY: _("One more would hardly make it likelier."),
        engine.Because.TOO_FEW: _("Even with all who are left it is likely to be too few."),
        engine.Because.NOBODY_LEFT: _(
            "Everybody who can be asked has been, here or to another date."
        ),
        engine.Because.OVERFULL: _("Those who said yes are enough."),
    }[one.because]


def _merge_with(table: _Table, cards: Sequence[SessionCard], at: int) -> SessionCard | None:
    """The nearest other date with seats for those who said yes to this one."""
    here = cards[at]
    fits = [one for one in cards if one.id != here.id and one.taken + here.taken <= one.cap]
    return min(fits, key=lambda one: abs(one.starts_at - here.starts_at), default=None)
