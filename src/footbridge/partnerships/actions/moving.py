"""From exploring to closed: each step by a side that signs, told to all."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError
from footbridge.partnerships import guards, letters, policy
from footbridge.partnerships.actions._steps import lock, move_to, note, require
from footbridge.partnerships.models import ExitDone, Partnership
from footbridge.partnerships.states import LEADS_TO, ExitItem, Move, State
from footbridge.people.models import Person


@transaction.atomic
def move(
    *, actor: Person, partnership: Partnership, to: Move | str, words: str = ""
) -> Partnership:
    """Take a partnership to another state. Doing it twice changes nothing.

    Raises Conflict with everything that is missing, where something is: before it becomes active,
    what the guards say; before it is closed, what the exit list still holds.
    """
    wanted = _move(to)
    partnership = lock(partnership.id)
    if policy.party_of(actor, partnership) and partnership.state == LEADS_TO[wanted]:
        return partnership
    require(actor, wanted, partnership)
    _check(wanted, partnership)
    before = partnership.state
    move_to(LEADS_TO[wanted], partnership)
    _stamp(partnership, words)
    partnership.save()
    note("moved", partnership, actor, before=before, after=partnership.state)
    letters.moved(partnership, but=actor)
    return partnership


def _move(said: Move | str) -> Move:
    try:
        wanted = Move(said)
    except ValueError as error:
        raise DomainError(_("Choose one of these."), field="to") from error
    if wanted not in LEADS_TO:
        raise DomainError(_("Choose one of these."), field="to")
    return wanted


def _check(wanted: Move, partnership: Partnership) -> None:
    missing: list[str] = []
    if wanted == Move.ACTIVATE:
        missing = guards.missing(partnership)
    if wanted == Move.FINISH and partnership.active_since is not None:
        missing = [str(item.label) for item in open_exit_items(partnership)]
    if missing:
        raise Conflict(_("Still missing: %(what)s") % {"what": " ".join(missing)})


def open_exit_items(partnership: Partnership) -> list[ExitItem]:
    """What the exit list still holds."""
    done = set(partnership.exit_items.values_list("key", flat=True))
    return [item for item in ExitItem if item.value not in done]


def _stamp(partnership: Partnership, words: str) -> None:
    now = clock.now()
    if partnership.state == State.ACTIVE:
        partnership.active_since = partnership.active_since or now
    if partnership.state == State.CLOSING:
        partnership.closing_since = now
        partnership.closing_words = typed.words(Partnership, "closing_words", words, of="words")
    if partnership.state == State.CLOSED:
        partnership.closed_at = now


@transaction.atomic
def settle(
    *, actor: Person, partnership: Partnership, item: ExitItem | str, done: bool = True
) -> None:
    """Tick a point of the exit list, or take the tick back."""
    partnership = lock(partnership.id)
    require(actor, Move.WRITE, partnership)
    if partnership.state != State.CLOSING:
        raise Conflict(_("The exit list opens when you begin to close it."))
    key = _item(item)
    if done:
        ExitDone.objects.get_or_create(partnership=partnership, key=key, defaults={"by": actor})
    else:
        ExitDone.objects.filter(partnership=partnership, key=key).delete()


def _item(said: ExitItem | str) -> ExitItem:
    try:
        return ExitItem(said)
    except ValueError as error:
        raise DomainError(_("There is no such point."), field="item") from error
