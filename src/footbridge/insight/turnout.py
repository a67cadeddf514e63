"""How many will come to a session, and how many may say yes: from the host's own history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.engine import turnout
from footbridge.meetings import actions, policy, queries
from footbridge.meetings.cards import Turnout
from footbridge.meetings.models import Seat, Session
from footbridge.meetings.states import Holding, State
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


def forecast(viewer: Viewer, session: Session) -> Forecast | None:
    """For the chapter's hosts, of a session that is still to come; None for anybody else, and
    once it has begun."""
    if session.state != State.OPEN or not policy.hosts(viewer, session):
        return None
    rates = turnout.learn(_past(queries.show_history(viewer, session.chapter)))
    groups = _groups(session, rates)
    coming = turnout.forecast(groups, sway=rates.sway)
    hours = max(0.0, (session.starts_at - clock.now()).total_seconds() / 3600)
    advice = turnout.advise(coming, session.quorum, session.cap, hours)
    rate = rates.of(session.format, turnout.Standing.RETURNER)
    said_yes = sum(group.people for group in groups)
    more = turnout.room_for(groups, rate, session.cap, sway=rates.sway)
    return Forecast(
        *advice.band,
        said_yes,
        advice.step.value,
        _words(advice, session),
        said_yes + more,
        rate.mean,
    )


def _past(history: Iterable[Turnout]) -> list[turnout.Past]:
    """A session is told from another by its format and age: these rows name nobody."""
    numbers: dict[tuple[str, float], int] = {}
    return [
        turnout.Past(
            numbers.setdefault((one.format, one.age_days), len(numbers)),
            one.format,
            _standing(one.first_time),
            one.accepted,
            one.came,
            one.age_days,
        )
        for one in history
    ]


def _standing(first_time: bool) -> turnout.Standing:
    return turnout.Standing.FIRST_TIMER if first_time else turnout.Standing.RETURNER


def _groups(session: Session, rates: turnout.Rates) -> list[turnout.Expected]:
    """Those who said yes: once the second yes is asked for, who gave it stands apart."""
    said = Seat.objects.filter(session=session, holding=Holding.ACCEPTED)
    asked = policy.counts_as_confirmed(session)
    counted = Counter(
        turnout.Standing.CONFIRMED if asked and confirmed_at else _standing(first_time)
        for first_time, confirmed_at in said.values_list("first_time", "confirmed_at")
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
            % {"quorum": session.quorum, "chances": _in_ten(advice.p_below)}
        )
    if advice.p_above >= WORTH_SAYING:
        said.append(
            _("More than %(cap)d come with %(chances)s.")
            % {"cap": session.cap, "chances": _in_ten(advice.p_above)}
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


def _in_ten(chance: float) -> str:
    """A chance as so many in ten; a figure with decimals would promise too much."""
    times = max(1, min(9, round(chance * 10)))
    return ngettext("%(n)d chance in ten", "%(n)d chances in ten", times) % {"n": times}


def let_limits_follow() -> int:
    """Have the number who may say yes follow from what came of such sessions before, in each that
    is to come and allows for people who do not; how many were looked at."""
    coming = Session.objects.filter(state=State.OPEN, overbooks=True, starts_at__gt=clock.now())
    sessions = list(coming.select_related("chapter"))
    for session in sessions:
        found = forecast(OPERATOR, session)
        if found is not None:
            actions.set_accept_limit(
                actor=OPERATOR, session=session, limit=found.limit, rate=found.rate
            )
    return len(sessions)
