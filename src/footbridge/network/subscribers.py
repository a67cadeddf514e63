"""Reactions to what the journal tells: a proposed tie is put to those in it; who wishes to be found
by their address can be."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from footbridge.core import links
from footbridge.journal.actions import subscribe
from footbridge.journal.models import Entry
from footbridge.mail.actions import send
from footbridge.network.actions import refresh_findable
from footbridge.network.models import Tie
from footbridge.network.states import TieState
from footbridge.people.models import Person
from footbridge.people.queries import as_person, language_of


@subscribe("network.tie_proposed")
def ask_whether_it_is_so(entry: Entry) -> None:
    """The one who is asked gets a link to say so, or not; who pauses is left in peace."""
    rows = Tie.objects.select_related("teller__chapter", "other", "proposed_by")
    tie = rows.filter(id=entry.subject, state=TieState.PROPOSED).first()
    if tie is not None and tie.teller.is_person and not tie.teller.is_paused:
        _ask(tie, as_person(tie.teller))


def _ask(tie: Tie, teller: Person) -> None:
    language = language_of(teller, teller.chapter)
    with override(language):
        answer = [(_("Say whether it is so"), f"/tie/{links.sign('tie', tie.id, teller.id)}")]
    send(
        "tie_proposed",
        to_address=teller.email or "",
        to_name=teller.name,
        to_person=teller.id,
        language=language,
        context={
            "other": tie.other.name,
            "host": tie.proposed_by.name if tie.proposed_by else "",
            "how": tie.how,
        },
        links=answer,
        once=f"tie:{tie.id}",
    )


@subscribe("people.findable", "people.joined", "people.changed")
def keep_findable_in_line(entry: Entry) -> None:
    """Someone's wish to be found, or their address, may have changed."""
    refresh_findable(entry.subject)
