"""What is missing before a partnership may become active.

Rooms above this one add what they know to be missing: the agreement that is not signed yet, the
baseline that is not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from footbridge.partnerships import policy
from footbridge.partnerships.models import Partnership, Party
from footbridge.partnerships.states import PartyState

Guard = Callable[[Partnership], Iterable[str]]

_guards: list[Guard] = []


def register(guard: Guard) -> Guard:
    """Have a guard asked before a partnership becomes active: it gives what is missing, each as a
    sentence fit to show, in the language of whoever looks. Told twice, it is asked once."""
    if guard not in _guards:
        _guards.append(guard)
    return guard


def missing(partnership: Partnership) -> list[str]:
    """What is missing before this partnership may become active; nothing if it may."""
    return [sentence for guard in (_own, *_guards) for sentence in guard(partnership)]


def _own(partnership: Partnership) -> Iterable[str]:
    core = list(policy.core_parties(partnership))
    if len(core) < 2:
        yield _("At least two parties that sign have said yes.")
    for party in core:
        yield from _people_of(party)
    for party in partnership.parties.filter(state=PartyState.PROPOSED):
        yield _("%(party)s has not answered yet.") % {"party": party.called}


def _people_of(party: Party) -> Iterable[str]:
    current = party.representatives.filter(until__isnull=True, person__isnull=False)
    named = current.values("person_id").distinct().count()
    if named < policy.CONTACTS_WANTED:
        yield _("%(party)s names two people.") % {"party": party.called}
