"""What people privately wish about being brought together with someone."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, NotHere
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.journal.actions import record
from footbridge.network.models import Preference
from footbridge.network.states import Wish
from footbridge.people import policy as people
from footbridge.people.actions.rows import hold_in_order
from footbridge.people.models import Member, Person

NOT_NOW_LASTS = timedelta(days=90)


@transaction.atomic
def wish(
    *,
    actor: Person,
    about: Member,
    wish: Wish | str,
    until: date | None = None,
    version: Version | None = None,
) -> Preference:
    """Say privately: not now, not them, or never bring us together. Nobody else learns of it.

    «Not now» passes by itself after 90 days; the others hold until taken back. `version` is the
    one that was seen, 0 where there was none: a newer one raises Overtaken.
    """
    held = {member.id for member in hold_in_order(Member, [actor.id, about.id])}
    if not held >= {actor.id, about.id} or not people.may_see(actor, about):
        raise NotHere
    if actor.id == about.id:
        raise DomainError(_("This is about someone else."), field="about")
    word = _checked(wish)
    if word == Wish.NOT_NOW and until is None:
        until = clock.today() + NOT_NOW_LASTS
    row = _wish_of(actor, about)
    current = NOT_THERE if row._state.adding else row.version
    expect(version, current, lambda: {"wish": row.wish, "until": row.until})
    row.version += 0 if row._state.adding else 1
    row.wish, row.until, row.since = word, until, clock.now()
    row.save()
    record("network.wished", row.id, actor=actor.id)
    return row


def _wish_of(owner: Person, about: Member) -> Preference:
    known = Preference.objects.filter(owner=owner, about=about).first()
    return known or Preference(owner=owner, about=about)


def _checked(word: Wish | str) -> Wish:
    try:
        return Wish(word)
    except ValueError as error:
        raise DomainError(_("Please choose one of the wishes offered."), field="wish") from error


@transaction.atomic
def drop_wish(*, actor: Person, about: Member) -> None:
    """Take a wish back."""
    row = Preference.objects.select_for_update().filter(owner=actor, about=about).first()
    if row is not None:
        row_id = row.id
        row.delete()
        record("network.wish_dropped", row_id, actor=actor.id)
