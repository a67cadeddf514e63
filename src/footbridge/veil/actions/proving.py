"""Being verified without being listed: by someone of one's choice, or by a mailbox at work."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock, ids, links
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.people import tidy
from footbridge.people.models import Person
from footbridge.people.queries import work_domain
from footbridge.veil import letters, store
from footbridge.veil.cards import Self
from footbridge.veil.guard import Service, lifted
from footbridge.veil.profile import Pending, Profile, Vouch
from footbridge.veil.states import Seen

CODE_LASTS = timedelta(minutes=30)
MOST_TRIES = 5


@transaction.atomic
def vouch(*, actor: Person, token: str) -> None:
    """Confirm that somebody is who they say, from the link that they handed over themself."""
    link = links.read(token, "vouch")
    if not actor.has_joined:
        raise NotAllowed(_("Only who has joined can vouch."))
    with lifted(Service.MEETING):
        hidden = store.held(link.thing)
        profile = store.profile_in(hidden)
        said = Vouch(str(actor.id), actor.name, clock.today().isoformat())
        others = tuple(one for one in profile.vouches if one.person != said.person)
        store.change(store.self_in(hidden), lambda was: replace(was, vouches=(*others, said)))
        store.note(hidden, Seen.VOUCH, by=actor.name)


@transaction.atomic
def ask_mailbox(*, actor: Self, address: str) -> Self:
    """Have a code sent to a mailbox at work. Its address is forgotten once the letter is gone;
    what stays after the proof is its domain, and that one stays away from it."""
    if not settings.EMAIL_HOST:
        raise DomainError(_("This installation sends no mail. Ask somebody to vouch for you."))
    tidied = tidy.address(address)
    domain = work_domain(tidied)
    if not domain:
        raise DomainError(
            _("Anyone can have such an address. Use one of your workplace."), field="address"
        )
    code = ids.new_code(6)
    pending = Pending(domain, code, (clock.now() + CODE_LASTS).isoformat(), MOST_TRIES)
    with lifted(Service.OWN):
        asked = store.change(actor, lambda profile: replace(profile, pending=pending))
        letters.to_mailbox(actor.id, asked.profile, tidied, code)
    return asked


def prove_mailbox(*, actor: Self, code: str) -> Self:
    """Show by the code that one reads that mailbox. Five tries; a wrong one is counted even
    though it is refused."""
    tried = _tried(actor, code.strip().upper())
    if not tried.profile.proven_domain or tried.profile.pending is not None:
        raise DomainError(_("This is not the code, or its time is over."), field="code")
    return tried


@transaction.atomic
def _tried(actor: Self, code: str) -> Self:
    def after(profile: Profile) -> Profile:
        pending = profile.pending
        if pending is None:
            return profile
        in_time = store.moment(pending.until) > clock.now() and pending.tries > 0
        if in_time and hmac.compare_digest(code.encode(), pending.code.encode()):
            return replace(profile, proven_domain=pending.domain, pending=None).also_blocking(
                domains=(pending.domain,)
            )
        return replace(profile, pending=replace(pending, tries=max(0, pending.tries - 1)))

    with lifted(Service.OWN):
        return store.change(actor, after)


def vouch_path(actor: Self) -> str:
    """The link with which somebody may be asked to vouch; one hands it over oneself."""
    return f"/vouch/{links.sign('vouch', actor.id)}"
