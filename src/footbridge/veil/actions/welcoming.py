"""What listed people say in advance about meeting someone from under the radar."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.core.words import clean_line
from footbridge.exchange.models import Cause
from footbridge.people.models import Person
from footbridge.people.states import Sector
from footbridge.veil.models import StandingYes


@transaction.atomic
def say_standing_yes(
    *, actor: Person, sectors: Iterable[str] = (), causes: Iterable[Cause] = (), words: str = ""
) -> StandingYes:
    """Be glad, from now on, to be introduced to people of a kind who are under the radar: of any
    of these sectors and causes, or of any where none is named."""
    if not actor.has_joined:
        raise NotAllowed(_("Only who has joined can say this."))
    sectors = list(dict.fromkeys(sectors))
    if set(sectors) - set(Sector.values):
        raise DomainError(_("This sector is not known here."), field="sectors")
    yes = _row(actor)
    yes.sectors, yes.causes = sectors, [str(cause.id) for cause in causes]
    yes.words, yes.since = clean_line(words)[:200], yes.since or clock.now()
    yes.save()
    return yes


@transaction.atomic
def take_yes_back(*, actor: Person) -> None:
    """No longer say so. Who was met by it stays met."""
    yes = _row(actor)
    yes.sectors, yes.causes, yes.words, yes.since = [], [], "", None
    yes.save()


@transaction.atomic
def take_cards(*, actor: Person, takes: bool) -> None:
    """Take veiled cards, or refuse them all. Who would have sent one is told nothing but that it
    cannot be done now."""
    yes = _row(actor)
    yes.takes_cards = takes
    yes.save()


def _row(actor: Person) -> StandingYes:
    held = Person.objects.select_for_update().get(id=actor.id)
    return StandingYes.objects.filter(person=held).first() or StandingYes(person=held)
