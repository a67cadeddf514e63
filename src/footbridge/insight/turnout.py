"""How many will come to a session, and how many may say yes: from the host's own history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import Conflict
from footbridge.engine import turnout
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.cards import Turnout, WalkedIn
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Holding, State
from footbridge.people.models import Chapter
from footbridge.people.policy import Viewer

# Chances below this are not worth a sentence.
WORTH_SAYING = 0.05


@dataclass(frozen=True)
class Forecast:
    """Between how many and how many will come with eight chances in ten; what to do, in words;
    how many may say yes in all, at which rate of coming, if the session allows for those who do
    not come."""

    low: int
    high: int
    said_yes: int
    step: str
    words: tuple[str, ...]
    limit: int
    rate: float


@dataclass(frozen=True)
class Learnt:
    """What a chapter's own sessions teach: how many of those who said yes come, and how many walk
    in, session by session of the last year."""

    rates: turnout.Rates
    walked_in: list[WalkedIn]

    def walk_ins(self, format: str) -> turnout.WalkIns:
        """Into sessions of a format; what it has not shown itself yet, the others stand for."""
        others = _seen(one for one in self.walked_in if one.format != format)
        own = _seen(one for one in self.walked_in if one.format == format)
        return turnout.WalkIns.learn(own, presumed=turnout.WalkIns.learn(others).mean)


def learnt(viewer: Viewer, chapter: Chapter) -> Learnt:
    """For the hosts of a chapter. Each figure begins at what is presumed of anybody, and leaves it
    as sessions come in."""
    seen = queries.turnouts(viewer, chapter)
    again = past(seen.confirmed, lambda _first_time: turnout.Standing.CONFIRMED)
    return Learnt(turnout.learn(past(seen.accepted), confirmed=again), seen.walked_in)


def _seen(walked_in: Iterable[WalkedIn]) -> list[tuple[int, float]]:
    return [(one.people, one.age_days) for one in walked_in]


def forecast(viewer: Viewer, session: Session) -> Forecast | None:
    """For the chapter's hosts, of a session that is still to come; None for anybody else, and
    once it has begun. Closed sessions teach nothing, and are told nothing."""
    is_told = policy.sees_history(viewer, session) and not session.is_closed
    if session.state != State.OPEN or not is_told:
        return None
    known = learnt(viewer, session.chapter)
    rates, walk_ins = known.rates, known.walk_ins(session.format)
    groups = said_yes(session, rates)
    coming = turnout.forecast(groups, walk_ins=walk_ins, sway=rates.sway)
    advice = turnout.advise(coming, session.quorum, session.cap, hours_left(session))
    rate = rates.of(session.format, turnout.Standing.RETURNER)
    people = sum(group.people for group in groups)
    more = turnout.room_for(groups, rate, session.cap, walk_ins=walk_ins, sway=rates.sway)
    return Forecast(
        *advice.band,
        people,
        advice.step.value,
        _words(advice, session),
        people + more,
        rate.mean,
    )


def hours_left(session: Session) -> float:
    """Until it begins."""
    return max(0.0, (session.starts_at - clock.now()).total_seconds() / 3600)


def past(
    history: Iterable[Turnout], standing: Callable[[bool], turnout.Standing] | None = None
) -> list[turnout.Past]:
    """As the engine reads it. A session is told from another by its format and age: these rows
    name nobody."""
    numbers: dict[tuple[str, float], int] = {}
    return [
        turnout.Past(
            numbers.setdefault((one.format, one.age_days), len(numbers)),
            one.format,
            (standing or _standing)(one.first_time),
            one.accepted,
            one.came,
            one.age_days,
        )
        for one in history
    ]


def _standing(first_time: bool) -> turnout.Standing:
    return turnout.Standing.FIRST_TIMER if first_time else turnout.Standing.RETURNER


def said_yes(session: Session, rates: turnout.Rates) -> list[turnout.Expected]:
    """Those who said yes."""
    said = Seat.objects.filter(session=session, holding=Holding.ACCEPTED)
    return in_groups(session, rates, said.values_list("first_time", "confirmed_at"))


def in_groups(
    session: Session, rates: turnout.Rates, said: Iterable[tuple[bool, datetime | None]]
) -> list[turnout.Expected]:
    """People who said yes, by whether they were new and when they confirmed it: once the second
    yes is asked for, who gave it stands apart."""
    asked = policy.counts_as_confirmed(session)
    counted = Counter(
        turnout.Standing.CONFIRMED if asked and confirmed_at else _standing(first_time)
        for first_time, confirmed_at in said
    )
    return [
        turnout.Expected(people, rates.of(session.format, standing))
        for standing, people in sorted(counted.items())
    ]


def _words(advice: turnout.Advice, session: Session) -> tuple[str, ...]:
    said = [_what_to_do(advice.step)]
    if advice.p_below >= WORTH_SAYING:
        said.append(
            _("Fewer than %(quorum)d come with %(chances)s.")
            % {"quorum": session.quorum, "chances": in_ten(advice.p_below)}
        )
    if advice.p_above >= WORTH_SAYING:
        said.append(
            _("More than %(cap)d come with %(chances)s.")
            % {"cap": session.cap, "chances": in_ten(advice.p_above)}
        )
    return tuple(filter(None, said))


def _what_to_do(step: turnout.Step) -> str:
    return {
        turnout.Step.GO_AHEAD: "",
        turnout.Step.INVITE_MORE: _("Likely to be too few: invite more people."),
        turnout.Step.CANCEL_OR_MERGE: _(
            "Likely to be too few, and little time is left: cancel it, or bring it together with "
            "another one."
        ),
        turnout.Step.ACCEPT_NO_MORE: _("Likely to be too many: let no more people say yes."),
        turnout.Step.ASK_AGAIN: _("It may go either way: ask those who said yes once more."),
    }[step]


def in_ten(chance: float) -> str:
    """A chance as so many in ten; a figure with decimals would promise too much."""
    times = max(1, min(9, round(chance * 10)))
    return ngettext("%(n)d chance in ten", "%(n)d chances in ten", times) % {"n": times}


def let_limits_follow() -> int:
    """Have the number who may say yes follow from what came of such sessions before, in each that
    is to come and allows for people who do not; how many were looked at."""
    coming = Session.objects.filter(state=State.OPEN, overbooks=True, starts_at__gt=clock.now())
    sessions = list(coming.select_related("chapter"))
    for session in sessions:
        _let_limit_follow(session)
    return len(sessions)


def _let_limit_follow(session: Session) -> None:
    """One that was changed, called off or has begun since it was read is left as it is; the others
    are not kept waiting for it."""
    found = forecast(OPERATOR, session)
    if found is None:
        return
    with suppress(Conflict):
        actions.set_accept_limit(
            actor=OPERATOR, session=session, limit=found.limit, rate=found.rate
        )
