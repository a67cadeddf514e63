"""Putting people and organisations on a chapter's list, and keeping what is said of them right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.versions import Version, expect
from footbridge.journal.actions import record
from footbridge.people import policy, tidy
from footbridge.people.actions.rows import held
from footbridge.people.models import Chapter, Member, Organisation, Person, Place, Reach
from footbridge.people.policy import Viewer, id_of
from footbridge.people.states import Kind, Standing

_EVERYONES = {"name", "headline", "about", "sector", "stage", "place", "languages", "website"}
_PERSONS = _EVERYONES | {"email", "beyond_chapter", "asks_per_month"}
_ORGANISATIONS = _EVERYONES | {"size", "group", "legal_form"}
_OWN = {"beyond_chapter", "asks_per_month"}
MOST_ASKS_PER_MONTH = 30


@transaction.atomic
def add_person(
    *,
    actor: Viewer,
    chapter: Chapter,
    name: str,
    email: str | None = None,
    is_demo: bool = False,
    **details: Any,
) -> Person:
    """Put a person on a chapter's list. They are shown to its hosts alone until they join.

    `details` are the fields that `edit` knows, such as headline, place or languages.
    """
    _require_host(actor, chapter)
    person = Person(kind=Kind.PERSON, chapter=chapter, standing=Standing.KNOWN, is_demo=is_demo)
    _set(person, {"name": name, "email": email, **details})
    _save_new(person)
    record("people.listed", person.id, actor=id_of(actor), facts={"chapter": str(chapter.id)})
    return person


@transaction.atomic
def add_organisation(
    *, actor: Viewer, chapter: Chapter | None, name: str, is_demo: bool = False, **details: Any
) -> Organisation:
    """Put an organisation into the network: by a host, or by a member who acts for it."""
    if chapter is not None and not _is_at_home(actor, chapter):
        raise NotAllowed(_("Only members of this chapter can add an organisation to it."))
    organisation = Organisation(kind=Kind.ORGANISATION, chapter=chapter, is_demo=is_demo)
    _set(organisation, {"name": name, **details})
    _save_new(organisation)
    record("people.organisation_added", organisation.id, actor=id_of(actor))
    return organisation


def _require_host(actor: Viewer, chapter: Chapter) -> None:
    if not policy.may_host(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))


def _is_at_home(actor: Viewer, chapter: Chapter) -> bool:
    joined_here = isinstance(actor, Person) and actor.has_joined and actor.chapter_id == chapter.id
    return joined_here or policy.may_host(actor, chapter)


def _set(member: Member, said: dict[str, Any]) -> list[str]:
    """Write what was said into the row, tidied, and name the fields that it changed."""
    allowed = _PERSONS if member.is_person else _ORGANISATIONS
    if unknown := set(said) - allowed:
        raise TypeError(f"not editable: {sorted(unknown)}")
    tidied = {field: _tidy(member, field, value) for field, value in said.items()}
    changed = [field for field, value in tidied.items() if getattr(member, field) != value]
    if "name" in changed and member.name and not member.is_person:
        member.former_names = [*dict.fromkeys([*member.former_names, member.name])]
        changed.append("former_names")
    for field, value in tidied.items():
        setattr(member, field, value)
    if "name" in changed:
        member.folded = tidy.folded(member.name)
        changed.append("folded")
    return changed


def _tidy(member: Member, field: str, value: Any) -> Any:
    special: dict[str, Callable[[Any], Any]] = {
        "name": tidy.name,
        "email": tidy.address_or_none,
        "languages": tidy.languages,
        "beyond_chapter": bool,
        "asks_per_month": _asks,
        "place": lambda place: place,
        "group": lambda group: _group(member, group),
    }
    if field in special:
        return special[field](value)
    return _by_the_model(member, field, str(value or "").strip())


def _asks(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= MOST_ASKS_PER_MONTH:
        raise DomainError(
            _("Choose a number from 0 to %(most)d.") % {"most": MOST_ASKS_PER_MONTH},
            field="asks_per_month",
        )
    return value


def _group(member: Member, group: Member | None) -> Member | None:
    """The larger organisation that this one belongs to: never itself, nor a part of it."""
    above = group
    while above is not None:
        if above.is_person or above.id == member.id:
            raise DomainError(_("An organisation cannot belong to itself."), field="group")
        above = above.group
    return group


def _by_the_model(member: Member, field: str, text: str) -> str:
    """Checked as the model describes the field: its choices, its length, a real web address."""
    try:
        column = cast("models.Field[str, str]", member._meta.get_field(field))
        cleaned: str = column.clean(text.replace("\x00", ""), member)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field=field) from error
    return cleaned


def _save_new(member: Member) -> None:
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise _taken() from error


def _taken() -> Conflict:
    return Conflict(_("Someone with this address is in the network already."), field="email")


@transaction.atomic
def edit(
    actor: Viewer, member: Member, *, version: Version | None = None, **changes: Any
) -> Member:
    """Change what is said of a member; fields that stay as they were are left alone.

    A person: name, headline, about, sector, stage, place, languages, website, email,
    beyond_chapter, asks_per_month. An organisation: the first eight, size, group, legal_form; its
    former name is kept when it takes another. The limits that protect a person are theirs alone to
    set, and the address of someone who signs in is changed where they sign in. `version` is the
    one that was seen: a newer one raises Overtaken.
    """
    row: Member = held(Member, member.id)
    if not policy.may_edit(actor, row):
        raise NotAllowed(_("This is not yours to change."))
    _refuse_what_is_theirs(actor, row, changes)
    expect(version, row.version, lambda: _as_it_stands(row, changes))
    changed = _set(row, changes)
    if changed:
        row.changed_at, row.version = clock.now(), row.version + 1
        _save_changed(row, [*changed, "changed_at", "version"])
        record("people.changed", row.id, actor=id_of(actor), facts={"fields": sorted(changed)})
    return row


def _as_it_stands(row: Member, fields: Iterable[str]) -> dict[str, Any]:
    """What is said of a member now, in the words in which it is asked for."""
    said = {field: getattr(row, field) for field in fields}
    for field in {"place", "group"} & set(said):
        said[field] = said[field].name if said[field] else ""
    return said


def _refuse_what_is_theirs(actor: Viewer, row: Member, changes: dict[str, Any]) -> None:
    own = not isinstance(actor, Person) or actor.id == row.id
    if not own and _OWN & set(changes):
        raise NotAllowed(_("Only they can change this."))
    signs_in = row.account_id is not None
    if signs_in and tidy.address_or_none(changes.get("email", row.email)) != row.email:
        raise NotAllowed(_("Change the address with which you sign in on your account page."))


def _save_changed(row: Member, fields: Iterable[str]) -> None:
    try:
        with transaction.atomic():
            row.save(update_fields=list(fields))
    except IntegrityError as error:
        raise _taken() from error


@transaction.atomic
def add_reach(*, actor: Viewer, organisation: Member, place: Place) -> Reach:
    """Say that an organisation also works in a place."""
    row = _reaching(actor, organisation)
    reach, is_new = Reach.objects.get_or_create(organisation=row, place=place)
    if is_new:
        record("people.reach_added", row.id, actor=id_of(actor), facts={"place": str(place.id)})
    return reach


@transaction.atomic
def remove_reach(*, actor: Viewer, organisation: Member, place: Place) -> None:
    """Say that an organisation no longer works in a place."""
    row = _reaching(actor, organisation)
    gone, _each = Reach.objects.filter(organisation=row, place=place).delete()
    if gone:
        record("people.reach_removed", row.id, actor=id_of(actor), facts={"place": str(place.id)})


def _reaching(actor: Viewer, organisation: Member) -> Organisation:
    row = held(Organisation, organisation.id)
    if not policy.may_edit(actor, row):
        raise NotAllowed(_("This is not yours to change."))
    return row
