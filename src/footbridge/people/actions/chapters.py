"""Founding chapters, and handing on the care of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.core.versions import Version, expect
from footbridge.journal.actions import record
from footbridge.people import policy, tidy
from footbridge.people.actions.joining import account_for
from footbridge.people.actions.listing import add_person
from footbridge.people.actions.rows import held
from footbridge.people.models import Chapter, Host, Person, Place
from footbridge.people.policy import Viewer, id_of
from footbridge.people.states import Hosting, Standing

_EDITABLE = {"name", "place", "language", "timezone", "welcome"}


@transaction.atomic
def create_chapter(
    *,
    actor: Viewer,
    name: str,
    place: Place | None = None,
    language: str = "en",
    timezone: str = "UTC",
    welcome: str = "",
    host: Person | None = None,
    is_demo: bool = False,
) -> Chapter:
    """Found a chapter. Who founds it looks after it, unless another host is named."""
    if not policy.may_create_chapter(actor):
        raise NotAllowed(_("Only who looks after a chapter already can found another."))
    chapter = Chapter(
        name=tidy.name(name),
        place=place,
        language=_one_language(language),
        timezone=timezone,
        welcome=welcome.strip(),
        is_demo=is_demo,
    )
    _save(chapter)
    record("people.chapter_created", chapter.id, actor=id_of(actor))
    keeper = host or (actor if isinstance(actor, Person) else None)
    if keeper:
        _appoint(actor, chapter, keeper, Hosting.HOST)
    return chapter


def _one_language(code: str) -> str:
    found = tidy.languages([code])[0]
    if len(found) > 10:
        raise DomainError(_("This is not a language code."), field="language")
    return found


def _save(chapter: Chapter) -> None:
    try:
        with transaction.atomic():
            chapter.save()
    except IntegrityError as error:
        raise Conflict(_("There is a chapter of this name already."), field="name") from error


@transaction.atomic
def edit_chapter(
    *, actor: Viewer, chapter: Chapter, version: Version | None = None, **changes: Any
) -> Chapter:
    """Change a chapter's name, place, language, time zone or welcome. `version` is the one that
    was seen: a newer one raises Overtaken."""
    if unknown := set(changes) - _EDITABLE:
        raise TypeError(f"not editable: {sorted(unknown)}")
    chapter = _kept_chapter(actor, chapter)
    expect(version, chapter.version, lambda: _as_it_stands(chapter, changes))
    if "name" in changes:
        changes["name"] = tidy.name(changes["name"])
    if "language" in changes:
        changes["language"] = _one_language(changes["language"])
    changed = [field for field, value in changes.items() if getattr(chapter, field) != value]
    for field in changed:
        setattr(chapter, field, changes[field])
    if changed:
        chapter.version += 1
        _save(chapter)
        record("people.chapter_changed", chapter.id, actor=id_of(actor), facts={"fields": changed})
    return chapter


def _as_it_stands(chapter: Chapter, fields: Iterable[str]) -> dict[str, Any]:
    """What is said of a chapter now, in the words in which it is asked for."""
    said = {field: getattr(chapter, field) for field in fields}
    if "place" in said:
        said["place"] = chapter.place.name if chapter.place else ""
    return said


def _kept_chapter(actor: Viewer, chapter: Chapter) -> Chapter:
    chapter = held(Chapter, chapter.id)
    if not policy.may_host(actor, chapter):
        raise NotAllowed(_("Only the hosts of this chapter can do this."))
    return chapter


@transaction.atomic
def first_host(*, actor: Viewer, chapter: Chapter, name: str, email: str) -> Person:
    """Put the very first host into a chapter that has none, from the console or the first page
    that a new installation shows. They sign in with this address."""
    chapter = _kept_chapter(actor, chapter)
    if Host.objects.filter(chapter=chapter).exists():
        raise Conflict(_("This chapter has a host already."))
    person = add_person(actor=actor, chapter=chapter, name=name, email=email)
    person.standing, person.joined_at = Standing.JOINED, clock.now()
    person.save(update_fields=["standing", "joined_at"])
    account_for(person)
    record("people.joined", person.id, actor=id_of(actor), facts={"door": "first"})
    _appoint(actor, chapter, person, Hosting.HOST)
    return person


@transaction.atomic
def add_host(
    *, actor: Viewer, chapter: Chapter, person: Person, role: Hosting = Hosting.DEPUTY
) -> Host:
    """Have a member look after a chapter, as its host or as a deputy."""
    chapter = _kept_chapter(actor, chapter)
    if not held(Person, person.id).has_joined:
        raise Conflict(_("Only someone who joined can look after a chapter."))
    return _appoint(actor, chapter, person, role)


def _appoint(actor: Viewer, chapter: Chapter, person: Person, role: Hosting) -> Host:
    known = Host.objects.filter(chapter=chapter, person=person).first()
    if known and known.role == role:
        return known
    if known and known.role == Hosting.HOST:
        _keep_one_host(chapter, person)
    host, _new = Host.objects.update_or_create(
        chapter=chapter, person=person, defaults={"role": role}
    )
    record(
        "people.host_added",
        chapter.id,
        actor=id_of(actor),
        facts={"person": str(person.id), "role": str(role)},
    )
    return host


@transaction.atomic
def remove_host(*, actor: Viewer, chapter: Chapter, person: Person) -> None:
    """Relieve a host or deputy; a chapter is never left without a host."""
    chapter = _kept_chapter(actor, chapter)
    known = Host.objects.filter(chapter=chapter, person=person).first()
    if known is None:
        return
    if known.role == Hosting.HOST:
        _keep_one_host(chapter, person)
    known.delete()
    record(
        "people.host_removed",
        chapter.id,
        actor=id_of(actor),
        facts={"person": str(person.id)},
    )


def _keep_one_host(chapter: Chapter, leaving: Person) -> None:
    others = Host.objects.filter(chapter=chapter, role=Hosting.HOST).exclude(person=leaving)
    if not others.exists():
        raise Conflict(_("Name another host first: a chapter is never left without one."))
