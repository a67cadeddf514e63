"""Which letters the hosts pass on where there is no mail server: those to people from outside who
answered a call of their chapter, and are on nobody's list."""

from __future__ import annotations

import uuid

from django.db.models import Q

from footbridge.calls import limits
from footbridge.mail import queries as mail
from footbridge.people.policy import Viewer, hosted_by

# The newest letters; older ones have long been passed on.
MOST_LETTERS = 1000


def letters(viewer: Viewer) -> Q:
    """The condition on letters. Each names the answer that it is about in its occasion."""
    to_nobody = mail.outbox().filter(to_person=None, kind__startswith="call_")
    said = to_nobody.exclude(once=None).values_list("id", "once")[:MOST_LETTERS]
    about = {letter: _answer_in(str(once)) for letter, once in said}
    if not about:
        return Q(pk__in=())
    named = {one for one in about.values() if one is not None}
    answers = limits.from_outside().filter(id__in=named)
    ours = set(answers.filter(call__chapter__in=hosted_by(viewer)).values_list("id", flat=True))
    return Q(id__in=[letter for letter, answer in about.items() if answer in ours])


def _answer_in(occasion: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(occasion.split(":")[1])
    except (IndexError, ValueError):
        return None
