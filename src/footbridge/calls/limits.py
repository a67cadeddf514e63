"""How much may come in from outside: what a script can leave behind is bounded, and every bound
counts what was typed, known here or not, so that none tells whether somebody is a member."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from footbridge.calls.models import Answer, Call
from footbridge.calls.states import AnswerState
from footbridge.core import clock
from footbridge.core.errors import LimitReached

# Letters to one address in a day, whatever the calls.
MOST_TO_AN_ADDRESS, ADDRESS_WITHIN = 3, timedelta(days=1)
# Answers from one network in an hour: a school or an office has more than one pen.
MOST_FROM_A_NETWORK, NETWORK_WITHIN = 20, timedelta(hours=1)
# Answers of a day to one call that wait for their authors' yes. Whoever means it says it soon:
# what waits longer keeps nobody else out.
MOST_WAITING, WAITING_WITHIN = 500, timedelta(days=1)
# How long one waits for it.
CONFIRMED_WITHIN = timedelta(days=7)

# What comes with an answer.
MOST_FILES = 5
LARGEST_FILE = 5 * 1024 * 1024
MOST_OF_AN_ANSWER = 2 * LARGEST_FILE
MOST_OF_A_CALL = 100 * LARGEST_FILE

# A household has one address of the old kind, and one such prefix of the new.
_PREFIX_OF_A_NETWORK = 64


def from_outside() -> QuerySet[Answer]:
    """What was written without an account."""
    return Answer.objects.filter(member=None, by=None)


def unconfirmed() -> QuerySet[Answer]:
    """What waits for its author's yes: nobody has been told of it but whoever reads the address."""
    return from_outside().filter(state=AnswerState.DRAFT, confirmed_at=None)


def refuse_flood(call: Call, email: str, network: str) -> None:
    """LimitReached, in words that say what to do, where one bound is reached. Call it while the
    call's row is locked, so that many at once do not pass together."""
    if _of_address(email) >= MOST_TO_AN_ADDRESS:
        raise LimitReached(
            _(
                "Several answers were written with this address today. Look into its mailbox: "
                "each letter has a link by which an answer is changed and sent."
            ),
            field="email",
        )
    if network and _of_network(network) >= MOST_FROM_A_NETWORK:
        raise LimitReached(
            _("Many answers come from where you are. Keep this page and send it again in an hour.")
        )
    if _waiting_for(call) >= MOST_WAITING:
        raise LimitReached(
            _(
                "More answers come in than people could write. What you wrote stands below: "
                "send it again later, or sign in to answer at once."
            )
        )


def _of_address(email: str) -> int:
    since = clock.now() - ADDRESS_WITHIN
    return from_outside().filter(email=email, begun_at__gt=since).count()


def _of_network(network: str) -> int:
    since = clock.now() - NETWORK_WITHIN
    return from_outside().filter(network=network, begun_at__gt=since).count()


def _waiting_for(call: Call) -> int:
    since = clock.now() - WAITING_WITHIN
    return unconfirmed().filter(call=call, begun_at__gt=since).count()


def network_of(address: str) -> str:
    """The name under which answers from one network are counted: a digest under the installation's
    key and the day's, from which nobody reads where somebody was. "" for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    width = found.max_prefixlen if found.version == 4 else _PREFIX_OF_A_NETWORK
    network = ipaddress.ip_network((found, width), strict=False)
    said = f"footbridge.calls.network {clock.today()} {network}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
