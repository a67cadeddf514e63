"""Two members who are one: made one, made two again, or said to be two."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core.errors import Conflict, DomainError, NotAllowed, NotHere
from footbridge.intake import joining, policy
from footbridge.intake.models import Duplicate, Merge
from footbridge.intake.states import DuplicateState
from footbridge.journal.actions import record
from footbridge.people.actions.rows import held, hold_in_order
from footbridge.people.models import Member
from footbridge.people.policy import Viewer, id_of


@transaction.atomic
def merge(*, actor: Viewer, keep: Member, gone: Member) -> Merge:
    """Make two members one. All that was said of the second is now said of the first; what both
    had once stays the first one's. It can be undone."""
    rows = {row.id: row for row in hold_in_order(Member, [keep.id, gone.id])}
    if len(rows) < 2:
        raise NotHere if keep.id != gone.id else DomainError(_("Choose two members."))
    one, other = rows[keep.id], rows[gone.id]
    _check(actor, one, other)
    merged = joining.join(one, other, by=actor)
    facts = {"gone": str(gone.id), "merge": str(merged.id)}
    record("intake.members_merged", one.id, actor=id_of(actor), facts=facts)
    return merged


def _check(actor: Viewer, one: Member, other: Member) -> None:
    if not policy.may_merge(actor, one, other):
        raise NotAllowed(_("Only who looks after both can say that they are one."))
    if one.kind != other.kind:
        raise DomainError(_("A person and an organisation are never the same."))
    if one.account_id and other.account_id:
        raise Conflict(_("Both sign in themselves. Ask them to keep one of the two."))


@transaction.atomic
def undo(*, actor: Viewer, merge: Merge) -> Member:
    """Make two of them again, as they were; what was added since stays with the one kept."""
    row = held(Merge, merge.id)
    kept = held(Member, row.kept_id)
    if not policy.may_merge(actor, kept, kept):
        raise NotAllowed(_("Only who looks after both can say that they are one."))
    if row.undone_at is not None:
        raise Conflict(_("This was undone already."))
    back = joining.part(row, kept)
    record("intake.merge_undone", kept.id, actor=id_of(actor), facts={"back": str(back.id)})
    return back


@transaction.atomic
def different(*, actor: Viewer, duplicate: Duplicate) -> Duplicate:
    """Say that two members are two; they are not offered again."""
    row = held(Duplicate, duplicate.id)
    if not policy.may_merge(actor, row.one, row.other):
        raise NotAllowed(_("Only who looks after both can say that they are two."))
    if row.state != DuplicateState.DIFFERENT:
        row.state = DuplicateState.DIFFERENT
        row.save(update_fields=["state"])
        record("intake.members_differ", row.one_id, actor=id_of(actor))
    return row
