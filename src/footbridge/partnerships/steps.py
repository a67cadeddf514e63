"""What is done and what is next, for a tired host: a short list, as long as its kind needs.

Rooms above this one add steps of their own: the cards, the fit, the agreement, the measuring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from footbridge.partnerships import policy, rules
from footbridge.partnerships.models import Partnership
from footbridge.partnerships.states import BEFORE_ACTIVE, RUNNING, Kind, State

DONE, NEXT, LATER = "done", "next", "later"


@dataclass(frozen=True)
class Step:
    """One step: its name, whether it is done, where it is done, and where it comes among others."""

    key: str
    title: str
    is_done: bool
    path: str = ""
    order: int = 50
    state: str = LATER


More = Callable[[Partnership], Iterable[Step]]

_more: list[More] = []


def also_from(more: More) -> More:
    """Have a room above add its steps. Told twice, it is asked once."""
    if more not in _more:
        _more.append(more)
    return more


def steps_of(partnership: Partnership) -> tuple[Step, ...]:
    """The steps of a partnership in order; the first that is not done is next."""
    if partnership.state in (State.CLOSING, State.CLOSED):
        return ()
    told = [*_own(partnership), *(one for more in _more for one in more(partnership))]
    return tuple(_with_states(sorted(told, key=lambda one: one.order)))


def _with_states(told: list[Step]) -> Iterable[Step]:
    found_next = False
    for one in told:
        state = DONE if one.is_done else LATER if found_next else NEXT
        found_next = found_next or not one.is_done
        yield Step(one.key, one.title, one.is_done, one.path, one.order, state)


def _own(partnership: Partnership) -> Iterable[Step]:
    page = f"/partner/{partnership.id}/"
    core = list(policy.core_parties(partnership))
    kind = Kind(partnership.kind)
    yield Step("sides", _("Every side has said yes"), _all_in(partnership), f"{page}parties/", 10)
    named = len(core) >= 2 and all(map(policy.is_green, core))
    yield Step("people", _("Two stewards on each side"), named, f"{page}people/", 20)
    if kind != Kind.PHILANTHROPIC:
        gains = len(core) >= 2 and all(one.gain for one in core)
        yield Step("gains", _("Each side says what it gains"), gains, f"{page}parties/", 30)
    if kind == Kind.INTEGRATIVE:
        clear = rules.verdict_of(core).code != rules.UNDETERMINED and len(core) >= 2
        yield Step("sectors", _("Sectors and sizes are said"), clear, f"{page}parties/", 40)
        others = bool(partnership.community_gain)
        yield Step("others", _("Say what others gain from it"), others, f"{page}edit/", 45)
    promised = partnership.commitments.exists()
    yield Step("promises", _("First promises"), promised, f"{page}workspace/", 60)
    yield Step(
        "review", _("A date for the next review"), bool(partnership.review_on), f"{page}edit/", 70
    )
    active = partnership.state in RUNNING
    yield Step("active", _("It is active"), active, page, 90)
    if kind != Kind.PHILANTHROPIC and partnership.state not in BEFORE_ACTIVE:
        rated = all(hasattr(one, "depth") for one in core)
        yield Step("depth", _("Each side says how deep it is"), rated, f"{page}depth/", 95)


def _all_in(partnership: Partnership) -> bool:
    asked = partnership.parties.filter(policy.still_proposed()).exists()
    return not asked and policy.core_parties(partnership).count() >= 2
