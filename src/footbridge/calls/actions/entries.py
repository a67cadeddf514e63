"""Whether an answer may be seen by all who see the call: its author's choice, at any time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.calls.actions._steps import lock_answer, note, require_own
from footbridge.calls.models import Answer
from footbridge.calls.states import STANDING
from footbridge.core.errors import Conflict, NotAllowed
from footbridge.people.models import Person


@transaction.atomic
def show(*, actor: Person | None, answer: Answer, shown: bool) -> Answer:
    """Have it seen, or no longer; also when it can no longer be changed. `actor` is None for
    whoever came by the link to the answer."""
    row = lock_answer(answer)
    if actor is not None:
        require_own(actor, row)
    if row.state not in STANDING:
        raise Conflict(_("This answer was withdrawn."))
    if shown and not row.call.entries_shown:
        raise NotAllowed(_("This call shows no answers."))
    if row.shown != shown:
        row.shown = shown
        row.version += 1
        row.save()
        note("answer_shown" if shown else "answer_hidden", row.id, actor)
    return row
