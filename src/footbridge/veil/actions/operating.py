"""What the operator of an installation can do to the veil store, and what time does."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.audience import Operator
from footbridge.core.errors import DomainError, NotHere
from footbridge.people import tidy
from footbridge.veil import letters, sealing, store
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Approach, Hidden
from footbridge.veil.profile import Profile
from footbridge.veil.states import Seen, Step

KEPT_AFTER_THE_END = timedelta(days=90)


@transaction.atomic
def open_record(operator: Operator, *, address: str, why: str) -> Profile:
    """Break the glass: read what someone under the radar said, for a reason that they are told.

    The line in their access log and the letter to them are written in the same transaction as
    the reading: there is no reading without them.
    """
    if not why.strip():
        raise DomainError(_("Say why: the person will read it."), field="why")
    with lifted(Service.OPERATOR):
        wanted = sealing.digest("address", tidy.address(address))
        hidden = Hidden.objects.select_for_update().filter(address=wanted).first()
        if hidden is None:
            raise NotHere
        profile = store.profile_in(hidden)
        store.note(hidden, Seen.OPERATOR, why=why.strip()[:500])
        letters.to_hidden(hidden.id, profile, "veil_opened")
    return profile


def forget_what_is_over() -> int:
    """Drop cards that led nowhere, a while after their time: each end may then begin anew."""
    before = clock.now() - KEPT_AFTER_THE_END
    with lifted(Service.OPERATOR), transaction.atomic():
        over = [one.id for one in Approach.objects.select_for_update() if _is_over(one, before)]
        return Approach.objects.filter(id__in=over).delete()[0]


def _is_over(approach: Approach, before: object) -> bool:
    said = store.said_in(approach)
    return said["step"] != Step.REVEALED and store.moment(said["until"]) < before  # type: ignore
