"""Writing a card, giving it to one other side, and taking it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, versions
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed, NotHere
from footbridge.people.actions.rows import lock_members
from footbridge.people.models import Member, Person
from footbridge.people.policy import may_see
from footbridge.pitches import policy
from footbridge.pitches.actions._steps import note, one_of, write_words
from footbridge.pitches.models import Giving, ShoesCard
from footbridge.pitches.states import Readers


@dataclass(frozen=True)
class Said:
    """A card as its side says it. Nothing of it is asked for."""

    constraints: str = ""
    incentives: str = ""
    fears: str = ""
    own_words: str = ""
    decides_who: str = ""
    decides_how_long: str = ""
    decides_paper: str = ""
    readers: str = Readers.NOBODY

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there that somebody else could read."""
        words = {name: value for name, value in asdict(self).items() if name != "readers"}
        return not any(value.strip() for value in words.values())


@transaction.atomic
def write_card(
    *, actor: Person, member: Member, said: Said, version: versions.Version | None = None
) -> ShoesCard:
    """Write the card of a member for whom one acts, or write it anew.

    Where nobody else is to read it any more, it is taken back from all to whom it was given.
    Raises Overtaken where somebody else wrote since.
    """
    held = lock_members(actor.id, member.id)[member.id]
    if not policy.speaks_for(actor, held):
        raise NotAllowed(_("This card is written by those who act for them."))
    readers = one_of(Readers.choices, said.readers, "readers", needed=True)
    if said.is_empty and readers != Readers.NOBODY:
        raise DomainError(
            _("Write something first. There is nothing to read yet."), field="readers"
        )
    row = ShoesCard.objects.filter(member=held).first()
    current = row.version if row else versions.NOT_THERE
    versions.expect(version, current, lambda: _as_it_stands(row))
    row = _written(row or ShoesCard(member=held), said, is_new=row is None)
    if readers == Readers.NOBODY:
        row.givings.all().delete()
    note("card_written", row.id, actor)
    return row


def _as_it_stands(row: ShoesCard | None) -> dict[str, Any]:
    return {name: getattr(row, name, "") for name in asdict(Said())}


def _written(row: ShoesCard, said: Said, *, is_new: bool) -> ShoesCard:
    write_words(row, said)
    row.changed_at = clock.now()
    if not is_new:
        row.version += 1
    row.save()
    return row


@transaction.atomic
def give_card(*, actor: Person, card: ShoesCard, to: Member) -> Giving:
    """Give a card to one other side: whoever acts for it may read the card until it is taken back.
    A card that nobody was to read is, from now on, for those to whom it was given.

    Giving it twice changes nothing. Raises NotHere for a side that the giver does not see.
    """
    held = lock_members(actor.id, card.member_id, to.id)
    row = _own_card(actor, card)
    other = held[to.id]
    if not may_see(actor, other):
        raise NotHere
    _check(row, other)
    given = Giving.objects.filter(card=row, to=other).first()
    if given is not None:
        return given
    given = Giving.objects.create(card=row, to=other)
    if row.readers == Readers.NOBODY:
        row.readers = Readers.GIVEN
        row.version += 1
        row.save(update_fields=["readers", "version"])
    note("card_given", given.id, actor)
    return given


def _own_card(actor: Person, card: ShoesCard) -> ShoesCard:
    row = ShoesCard.objects.select_for_update().filter(id=card.id).first()
    if row is None or not policy.speaks_for(actor, row.member):
        raise NotHere
    return row


def _check(row: ShoesCard, other: Member) -> None:
    if other.id == row.member_id:
        raise Conflict(_("That is your own side."))
    if _as_said(row).is_empty:
        raise DomainError(_("Write something first. There is nothing to read yet."))
    if row.givings.count() >= policy.MOST_GIVEN:
        message = _("At most %(most)d can be kept. Take one back first.")
        raise LimitReached(message % {"most": policy.MOST_GIVEN})


def _as_said(row: ShoesCard) -> Said:
    return Said(**_as_it_stands(row))


@transaction.atomic
def take_back(*, actor: Person, card: ShoesCard, to: Member) -> None:
    """Take a card back from one other side. They are not told; they no longer read it."""
    lock_members(actor.id, card.member_id)
    row = _own_card(actor, card)
    given = Giving.objects.filter(card=row, to=to.id).first()
    if given is None:
        return
    note("card_taken_back", given.id, actor)
    given.delete()
