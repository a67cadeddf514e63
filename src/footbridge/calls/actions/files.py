"""Files that come with an answer: taken by what is in them, or refused with the reason.

They are kept in the row of their own beside the answer, so that they come and go with it in one
transaction, and backups and exports hold them without knowing of them.
"""

from __future__ import annotations

import hashlib
import uuid

from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from footbridge.calls import limits, sniffing
from footbridge.calls.actions._steps import lock_answer, note, require_in_time, require_own
from footbridge.calls.models import Answer, AnswerFile, Call
from footbridge.calls.states import AnswerState
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotHere
from footbridge.people.models import Person

# While somebody may still change what they answered.
CHANGEABLE = (AnswerState.DRAFT, AnswerState.SENT)


@transaction.atomic
def add_file(*, actor: Person | None, answer: Answer, name: str, content: bytes) -> AnswerFile:
    """Put a file beside an answer. `actor` is None for whoever came by the link to the answer.

    Raises DomainError with the reason where the file is too large, of a kind that is not taken, or
    not what its name says; LimitReached where there are enough. The same file again is the same.
    """
    answer = _changeable(actor, answer)
    tidied = sniffing.name_of(name)
    check_size(len(content))
    media_type = sniffing.media_type_of(tidied, content)
    digest = hashlib.sha256(content).hexdigest()
    same = answer.files.filter(digest=digest).first()
    if same is not None:
        return same
    _check_room(answer, len(content))
    file = AnswerFile.objects.create(
        answer=answer,
        name=tidied,
        media_type=media_type,
        size=len(content),
        digest=digest,
        content=content,
    )
    _count_up(answer)
    note("file_added", answer.id, actor)
    return file


@transaction.atomic
def remove_file(*, actor: Person | None, answer: Answer, file_id: uuid.UUID) -> None:
    """Take a file away again."""
    answer = _changeable(actor, answer)
    gone, _each = answer.files.filter(id=file_id).delete()
    if not gone:
        raise NotHere
    _count_up(answer)
    note("file_removed", answer.id, actor)


def _changeable(actor: Person | None, answer: Answer) -> Answer:
    """The answer as it stands, locked, if its files may be changed now."""
    row = lock_answer(answer)
    if actor is not None:
        require_own(actor, row)
    elif row.by is None and row.confirmed_at is None:
        # Otherwise whoever types addresses could have this place keep files for them.
        raise Conflict(_("Send your answer first. Then files can be added."))
    require_in_time(row.call)
    if row.state not in CHANGEABLE:
        raise Conflict(_("This answer can no longer be changed."))
    return row


def check_size(size: int) -> None:
    """Refuse what is too large, before it is read."""
    if size > limits.LARGEST_FILE:
        most = filesizeformat(limits.LARGEST_FILE)
        raise DomainError(_("At most %(most)s for each file.") % {"most": most}, field="file")


def _check_room(answer: Answer, size: int) -> None:
    if answer.files.count() >= limits.MOST_FILES:
        words = _("At most %(most)d files. Take one away first.") % {"most": limits.MOST_FILES}
        raise LimitReached(words, field="file")
    if _size_of(answer) + size > limits.MOST_OF_AN_ANSWER:
        most = filesizeformat(limits.MOST_OF_AN_ANSWER)
        raise LimitReached(_("At most %(most)s in all files.") % {"most": most}, field="file")
    if _size_of(answer.call) + size > limits.MOST_OF_A_CALL:
        raise LimitReached(
            _("This call keeps as many files as it can. Put yours on the web and write the link."),
            field="file",
        )


def _size_of(whole: Answer | Call) -> int:
    within = {"answer": whole} if isinstance(whole, Answer) else {"answer__call": whole}
    found = AnswerFile.objects.filter(**within).aggregate(all=Sum("size"))["all"]
    return int(found or 0)


def _count_up(answer: Answer) -> None:
    """Files are part of what was answered."""
    answer.version += 1
    answer.save(update_fields=["version"])
