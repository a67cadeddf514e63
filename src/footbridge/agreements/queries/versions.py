"""The versions of an agreement: what each says, how it differs, who approved it, who is open."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.agreements import policy
from footbridge.agreements.cards import ApprovalCard, ClauseChange, VersionCard, VersionLine
from footbridge.agreements.difference import Change, Piece, changes
from footbridge.agreements.fields import BY_KEY, words_of
from footbridge.agreements.freezing import content_of, texts_of
from footbridge.agreements.guarding import blocking_in
from footbridge.agreements.models import Agreement, Approval, Version
from footbridge.agreements.states import Form, Standing, Way
from footbridge.core import links
from footbridge.core.errors import LinkNotValid, NotHere
from footbridge.partnerships import policy as partnerships
from footbridge.partnerships.models import Party
from footbridge.partnerships.states import Role
from footbridge.people.models import Person
from footbridge.people.policy import Viewer


def get_version(viewer: Viewer, one: Agreement, number: int | str) -> Version:
    """A version by its number, as it stands in an address; or NotHere."""
    found = policy.visible_to(viewer).filter(id=one.id).exists()
    rows = one.versions.select_related("frozen_by")
    said = str(number)
    is_number = said.isascii() and said.isdigit() and len(said) < 6
    version = rows.filter(number=int(said)).first() if found and is_number else None
    if version is None:
        raise NotHere
    version.agreement = one
    return version


def version_by_link(token: str) -> tuple[Person, Version]:
    """Whom a link was made for, and which version they are asked to approve. Changes nothing.

    Raises LinkNotValid when the link is altered, expired, or opens nothing any more: also for
    somebody who does not stand for a party now.
    """
    link = links.read(token, policy.LINK_PURPOSE)
    rows = Version.objects.select_related("agreement__partnership__chapter", "frozen_by")
    version = rows.filter(id=link.thing).first()
    person = (
        Person.objects.select_related("chapter").filter(id=link.person).first()
        if link.person
        else None
    )
    if version is None or person is None or not _may_read(person, version):
        raise LinkNotValid(_("This link opens nothing any more."))
    return person, version


def _may_read(person: Person, version: Version) -> bool:
    return policy.visible_to(person).filter(id=version.agreement_id).exists()


def lines_of(viewer: Viewer, one: Agreement) -> list[VersionLine]:
    """The versions of an agreement, the newest first."""
    rows = one.versions.select_related("frozen_by").defer("content")
    related = list(rows.prefetch_related("approvals__by", "approvals__party").order_by("-number"))
    core = list(partnerships.core_parties(one.partnership))
    mine = {each.party_id for each in policy.signs_for(viewer, one.partnership)}
    return [_line(row, core, mine, is_latest=place == 0) for place, row in enumerate(related)]


def _line(row: Version, core: list[Party], mine: set[uuid.UUID], *, is_latest: bool) -> VersionLine:
    given = {each.party_id: each for each in row.approvals.all()}
    asked = core if is_latest else [party for party in core if party.id in given]
    known = {party.id for party in core}
    gone = [each.party for key, each in given.items() if key not in known]
    cards = tuple(_approval(party, given.get(party.id)) for party in [*asked, *gone])
    open_ = {each.party_id for each in cards if not each.is_given}
    return VersionLine(
        number=row.number,
        frozen_at=row.frozen_at,
        frozen_by=row.frozen_by.name if row.frozen_by else "",
        digest=row.digest,
        approvals=cards,
        is_latest=is_latest,
        is_approved=len(core) > 1 and known <= set(given),
        i_may_approve=is_latest and bool(open_ & mine),
        reminders=row.reminders,
        remind_at=row.remind_at,
    )


def _approval(party: Party, given: Approval | None) -> ApprovalCard:
    if given is None:
        return ApprovalCard(party.id, party.called, is_given=False)
    return ApprovalCard(
        party_id=party.id,
        party=party.called,
        is_given=True,
        by=given.by.name if given.by else "",
        role_words=str(Role(given.role).label),
        way_words=str(Way(given.way).label),
        at=given.at,
    )


def version_card(viewer: Viewer, one: Agreement, wanted: int | str) -> VersionCard:
    """One version with its approvals, and what is new in it since the one before."""
    version = get_version(viewer, one, wanted)
    number = version.number
    lines = lines_of(viewer, one)
    line = next(each for each in lines if each.number == number)
    before = one.versions.filter(number=number - 1).first()
    names = names_of(one)
    return VersionCard(
        line=line,
        title=str(version.content["title"]),
        content=version.content,
        missing=tuple(words_of(key).title for key in blocking_in(version)),
        since=before.number if before else None,
        changes=_differences(before, version, names) if before else (),
        newest=lines[0].number,
    )


def changed_since_last(viewer: Viewer, one: Agreement) -> tuple[ClauseChange, ...]:
    """How what stands there now differs from the newest version."""
    last = one.versions.order_by("-number").first()
    if last is None or not policy.visible_to(viewer).filter(id=one.id).exists():
        return ()
    names = names_of(one)
    before, now = texts_of(last.content, names), texts_of(content_of(one), names)
    return _told(changes(before, now))


def names_of(one: Agreement) -> dict[str, str]:
    """What each party is called, by its id; also those that have left."""
    rows = one.partnership.parties.select_related("member", "circle")
    return {str(party.id): party.called for party in rows}


def _differences(
    before: Version, after: Version, names: dict[str, str]
) -> tuple[ClauseChange, ...]:
    return _told(changes(texts_of(before.content, names), texts_of(after.content, names)))


_HEAD = {
    "title": gettext_lazy("Partnership"),
    "form": gettext_lazy("How much"),
    "standing": gettext_lazy("What it is"),
    "named": gettext_lazy("Between"),
    "rates": gettext_lazy("Rates of exchange"),
}
_CODES = {**{one.value: one.label for one in Form}, **{one.value: one.label for one in Standing}}


def _told(found: Iterable[Change]) -> tuple[ClauseChange, ...]:
    return tuple(ClauseChange(each.key, _title(each.key), _in_words(each)) for each in found)


def _title(key: str) -> str:
    return words_of(key).title if key in BY_KEY else str(_HEAD[key])


def _in_words(change: Change) -> tuple[Piece, ...]:
    """Codes are told by their words."""
    if change.key not in ("form", "standing"):
        return change.pieces
    return tuple(
        replace(one, words=f"{_CODES.get(one.words, one.words)} ") for one in change.pieces
    )
