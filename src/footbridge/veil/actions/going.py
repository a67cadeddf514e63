"""Going under the radar, coming out again, and leaving from there.

To hide is to be erased, by the same act and with the same traces; only afterwards is what was
said written behind the veil, under a log-in identity whose address nobody can read.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, ids
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.mail.sealed import forget_reader
from footbridge.people import actions as people_actions
from footbridge.people import tidy
from footbridge.people.models import Account, Chapter, Person
from footbridge.people.states import NAMELESS
from footbridge.veil import letters, sealing, store
from footbridge.veil.cards import Self
from footbridge.veil.carrying import chapter_of, profile_of, say_again
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Hidden
from footbridge.veil.profile import Profile


@transaction.atomic
def hide(*, actor: Person) -> Account:
    """Go under the radar: for everybody else it is as if this person had erased themself.

    Returns the log-in identity to sign in with from now on. A chapter's only host names another
    one first, as before leaving. The address is to be proven, whoever it is: it leads to what is
    kept behind the veil, and to whoever may be there already under it.
    """
    if not actor.has_joined or not actor.email:
        raise NotAllowed(_("Only who has joined can go under the radar."))
    if not people_actions.has_proven_address(actor):
        raise NotAllowed(
            _("First show that your address is yours: sign out, and come in again by a code.")
        )
    profile = profile_of(actor)
    people_actions.erase(actor=actor, person=actor)
    return _begin(profile)


@transaction.atomic
def begin(*, name: str, email: str, chapter: Chapter | None = None, language: str = "") -> Account:
    """Start under the radar, without ever having been listed. The address is proven: who calls
    this has seen the code come back that went there."""
    return _begin(
        Profile(
            name=tidy.name(name),
            address=tidy.address(email),
            chapter=str(chapter.id) if chapter else "",
            languages=tuple(tidy.languages([language] if language else [])),
            since=clock.today().isoformat(),
        )
    )


def _begin(profile: Profile) -> Account:
    """Who was under the radar before under this address is the same person, and says it anew."""
    address = sealing.digest("address", profile.address)
    with lifted(Service.ENTERING):
        row = Hidden.objects.select_for_update().filter(address=address).first()
        if row is not None:
            return _begin_again(row, profile)
        account = _nameless_account()
        row = Hidden(address=address, account=sealing.digest("account", account.id.hex))
        _write(row, replace(profile, account=account.id.hex))
    return account


def _begin_again(row: Hidden, profile: Profile) -> Account:
    account = account_of(row)
    row.version += 1
    _write(row, replace(profile, account=account.id.hex))
    return account


def _write(row: Hidden, profile: Profile) -> None:
    row.sealed = sealing.seal(row.id, profile.to_json())
    row.save()


def _nameless_account() -> Account:
    """A log-in identity whose address says nothing; `.invalid` never resolves (RFC 6761)."""
    return Account.objects.create_user(f"{ids.new_secret()[:24]}{NAMELESS}")


def account_of(row: Hidden) -> Account:
    """The log-in identity of somebody under the radar."""
    account_id = store.profile_in(row).account
    return Account.objects.get(id=account_id)


@transaction.atomic
def come_out(*, actor: Self, account: Account) -> Person:
    """Be listed again, with what one said meanwhile, under a new id: nobody can tell where one
    has been. A record that a host made under the address meanwhile becomes one's own."""
    with lifted(Service.OWN):
        row = store.held(actor.id)
        profile = store.profile_in(row)
        chapter = chapter_of(profile)
        if chapter is None:
            raise DomainError(_("Your chapter is gone. Choose another one first."))
        _leave(row)
    if Account.objects.filter(email=profile.address).exists():
        raise Conflict(_("Somebody signs in with your address already. Ask the operator for help."))
    person = people_actions.enter_again(
        account=account, email=profile.address, name=profile.name, chapter=chapter
    )
    say_again(person, profile)
    return person


@transaction.atomic
def erase(*, actor: Self, account: Account) -> None:
    """Leave for good, from under the radar."""
    with lifted(Service.OWN):
        _leave(store.held(actor.id))
    account.delete()


def _leave(row: Hidden) -> None:
    forget_reader(letters.reader(row.id))
    row.delete()
