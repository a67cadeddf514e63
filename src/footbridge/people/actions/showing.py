"""To whom a person shows what, and the page that everyone on the web may see: the person decides,
and takes it back at any time."""

from __future__ import annotations

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, ids
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.versions import NOT_THERE, Version, expect
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held
from footbridge.people.agreements import agree, withdraw
from footbridge.people.models import Acquaintance, Person, PublicPage
from footbridge.people.states import FIELDS, AgreedTo, Seen

_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHORTEST_ADDRESS, LONGEST_ADDRESS = 3, 60


# Field by field.


@transaction.atomic
def show(*, actor: Person, version: Version | None = None, **chosen: str) -> Person:
    """Choose to whom one shows some of one's fields (`states.FIELDS`); the others stay as they
    are. `version` is the one that was seen: a newer one raises Overtaken."""
    row = held(Person, actor.id)
    _check(chosen)
    expect(version, row.version, lambda: {field: _seen_by(row, field) for field in chosen})
    changed = [field for field, seen in chosen.items() if _seen_by(row, field) != seen]
    if changed:
        for field in changed:
            setattr(row, f"{field}_seen_by", chosen[field])
        row.version += 1
        row.save(update_fields=[*(f"{field}_seen_by" for field in changed), "version"])
        record("people.shown", row.id, actor=row.id, facts={"fields": sorted(changed)})
    return row


def _check(chosen: dict[str, str]) -> None:
    if unknown := set(chosen) - set(FIELDS):
        raise TypeError(f"not a field to be shown: {sorted(unknown)}")
    for field, seen in chosen.items():
        if seen not in Seen.values:
            raise DomainError(_("Choose one of the words offered."), field=field)


def _seen_by(row: Person, field: str) -> str:
    return str(getattr(row, f"{field}_seen_by"))


# The page for everyone.


@transaction.atomic
def go_public(
    *, actor: Person, address: str = "", may_be_listed: bool = False, version: Version | None = None
) -> PublicPage:
    """Have a page that everyone on the web can see: one's name, and what one shows to everyone.

    `address` is the end of the page's address, drawn at random where none is given. Search engines
    are asked to leave the page out unless it `may_be_listed`. Who is public already changes these
    two; an empty address then stays what it is. `version` is that of the page, 0 for none.
    """
    row = held(Person, actor.id)
    if not row.has_joined:
        raise NotAllowed(_("Only who has joined can do this."))
    page = PublicPage.objects.select_for_update().filter(person=row).first()
    expect(version, page.version if page else NOT_THERE, lambda: _as_it_stands(page))
    wanted = _address(address)
    if page is None:
        return _begin(row, wanted or ids.new_id().hex[:20], may_be_listed)
    said = {"slug": wanted or page.slug, "may_be_listed": bool(may_be_listed)}
    if any(getattr(page, name) != value for name, value in said.items()):
        page.slug, page.may_be_listed = wanted or page.slug, bool(may_be_listed)
        page.version += 1
        _save(page)
        record("people.public_page_changed", row.id, actor=row.id)
    return page


def _as_it_stands(page: PublicPage | None) -> dict[str, Any]:
    if page is None:
        return {"address": "", "may_be_listed": False}
    return {"address": page.slug, "may_be_listed": page.may_be_listed}


def _address(typed: str) -> str:
    """What somebody typed, as part of an address; refused in words that say what it may hold."""
    wanted = typed.strip().lower()
    fits = _ADDRESS.fullmatch(wanted) and SHORTEST_ADDRESS <= len(wanted) <= LONGEST_ADDRESS
    if wanted and not fits:
        raise DomainError(
            _("From %(least)d to %(most)d small letters, digits and single hyphens.")
            % {"least": SHORTEST_ADDRESS, "most": LONGEST_ADDRESS},
            field="address",
        )
    return wanted


def _begin(row: Person, slug: str, may_be_listed: bool) -> PublicPage:
    page = PublicPage(person=row, slug=slug, may_be_listed=bool(may_be_listed), since=clock.now())
    _save(page)
    agree(row, AgreedTo.BEING_PUBLIC)
    record("people.went_public", row.id, actor=row.id)
    return page


def _save(page: PublicPage) -> None:
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as error:
        raise Conflict(_("This address is taken. Choose another."), field="address") from error


@transaction.atomic
def be_private_again(*, actor: Person) -> None:
    """Take the public page back: from this moment its address leads nowhere."""
    row = held(Person, actor.id)
    gone, _each = PublicPage.objects.filter(person=row).delete()
    if gone:
        withdraw(row, AgreedTo.BEING_PUBLIC)
        record("people.went_private", row.id, actor=row.id)


# People who were introduced to each other.


@transaction.atomic
def acquaint(one: Person, other: Person) -> None:
    """Note that the network made two people known to each other, so that each sees what the other
    shows to those they were introduced to. To be called once both have said yes."""
    rows = [Acquaintance(person=one, other=other), Acquaintance(person=other, other=one)]
    Acquaintance.objects.bulk_create(rows, ignore_conflicts=True)
