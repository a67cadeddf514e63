"""What people hold who answered, member or not: a link to their answer, and one to each file."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from footbridge.calls import policy
from footbridge.calls.models import Answer, AnswerFile
from footbridge.calls.states import RECEIVED
from footbridge.core import links
from footbridge.core.audience import Operator
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.people.models import Person
from footbridge.people.policy import Viewer

ANSWER_PURPOSE = "call_answer"
FILE_PURPOSE = "call_answer_file"
# Calls are open for months, and a word may come weeks after.
LINK_LASTS = timedelta(days=365)
# The link to a file stands on pages that were opened by another link.
FILE_LINK_LASTS = timedelta(days=1)


def answer_path(answer: Answer) -> str:
    """Where everything about one's own answer is done without an account."""
    return f"/answer/{links.sign(ANSWER_PURPOSE, answer.id, answer.by_id, lasts=LINK_LASTS)}/"


def answer_by_link(token: str) -> Answer:
    """The answer that a link opens. Changes nothing.

    Raises LinkNotValid when the link is altered or expired, or when its answer is gone or now
    belongs to somebody else's account.
    """
    link = links.read(token, ANSWER_PURPOSE)
    rows = Answer.objects.select_related(
        "call__owner", "call__place", "call__chapter", "member__chapter", "by__chapter"
    )
    found = rows.filter(id=link.thing, by=link.person).first()
    if found is None or (found.by is not None and not found.by.has_joined):
        raise LinkNotValid(_("This link opens nothing any more."))
    return found


def file_path(file: AnswerFile) -> str:
    """Where a file is fetched by whoever holds the link to its answer."""
    return f"/answer-file/{links.sign(FILE_PURPOSE, file.id, lasts=FILE_LINK_LASTS)}"


def file_by_link(token: str) -> AnswerFile:
    """The file that a link opens."""
    link = links.read(token, FILE_PURPOSE)
    found = AnswerFile.objects.filter(id=link.thing).first()
    if found is None:
        raise LinkNotValid(_("This link opens nothing any more."))
    return found


def file_for(viewer: Viewer, file_id: uuid.UUID) -> AnswerFile:
    """A file for who sent it or decides on it; to all others, those included who see the answer
    because its author shows it, it is not there."""
    rows = AnswerFile.objects.select_related("answer__call")
    if not isinstance(viewer, Operator):
        rows = rows.filter(_sent_by(viewer) | _decided_by(viewer))
    found = rows.filter(id=file_id).first()
    if found is None:
        raise NotHere
    return found


def _sent_by(viewer: Person) -> Q:
    return Q(answer__in=policy.own_answers(viewer).values("id"))


def _decided_by(viewer: Person) -> Q:
    calls = policy.stewarded_by(viewer).values("id")
    return Q(answer__call__in=calls, answer__state__in=RECEIVED)
