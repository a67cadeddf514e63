"""How a circle begins, and how people are asked into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.circles import letters, policy
from footbridge.circles.actions._steps import (
    lock,
    membership_of,
    require_going_on,
    tell,
)
from footbridge.circles.models import Circle, Membership
from footbridge.circles.states import FEWEST, MOST, Belonging, CircleKind
from footbridge.core import clock, typed
from footbridge.core.errors import Conflict, DomainError, NotAllowed
from footbridge.exchange.models import Cause
from footbridge.people.models import Chapter, Person
from footbridge.people.policy import Viewer, is_open_to_members, may_host


@transaction.atomic
def form(
    *,
    actor: Viewer,
    chapter: Chapter,
    name: str,
    people: Iterable[Person],
    about: str = "",
    cause: Cause | None = None,
    kind: CircleKind | str = CircleKind.PEERS,
    rhythm: str = "",
    wanted_size: int | None = None,
    looks_for: str = "",
    roles: Mapping[Person, str] | None = None,
    with_me: bool = True,
    insist: bool = False,
    is_demo: bool = False,
) -> Circle:
    """Form a circle and ask these people into it. It stands once enough of them said yes.

    A member who forms one is in it; a host may form it for others (`with_me=False`), and may put
    people of one organisation into a circle of peers (`insist`).
    """
    if not policy.may_form(actor, chapter):
        raise NotAllowed(_("You form circles in your own chapter."))
    hosts = may_host(actor, chapter)
    me = actor if isinstance(actor, Person) and (with_me or not hosts) else None
    asked = _others(people, me)
    circle = Circle(
        chapter=chapter,
        name=typed.words(Circle, "name", name),
        about=typed.words(Circle, "about", about),
        cause=cause,
        kind=_kind(kind),
        rhythm=typed.words(Circle, "rhythm", rhythm),
        wanted_size=size(wanted_size),
        looks_for=typed.words(Circle, "looks_for", looks_for),
        formed_by=actor if isinstance(actor, Person) else None,
        is_demo=is_demo or chapter.is_demo,
    )
    everyone = [*asked, me] if me else asked
    _check_number(circle, len(everyone))
    _check(circle, asked, everyone, insist=insist and hosts)
    circle.save()
    tell("formed", circle.id, circle, actor, kind=str(circle.kind))
    if me is not None:
        _enter(circle, me)
    for person in asked:
        _ask(actor, circle, person, (roles or {}).get(person, ""))
    return circle


def _others(people: Iterable[Person], me: Person | None) -> list[Person]:
    """Those to be asked, each once, as they stand now; locked, so that a pause counts at once."""
    ids = {person.id for person in people} - {me.id if me else None}
    rows = Person.objects.select_for_update(of=("self",)).select_related("chapter")
    found = list(rows.filter(id__in=ids).order_by("folded", "id"))
    if len(found) != len(ids):
        raise _not_available()
    return found


def _kind(said: CircleKind | str) -> CircleKind:
    try:
        return CircleKind(said)
    except ValueError as error:
        raise DomainError(_("Choose a kind of circle."), field="kind") from error


def size(said: Any) -> int | None:
    """How many a circle wants to be; nothing where nobody says."""
    if said in (None, ""):
        return None
    try:
        found = int(said)
    except (TypeError, ValueError) as error:
        raise DomainError(_("Choose a number."), field="wanted_size") from error
    least = min(FEWEST.values())
    if not least <= found <= MOST:
        raise DomainError(
            _("Choose a number from %(least)d to %(most)d.") % {"least": least, "most": MOST},
            field="wanted_size",
        )
    return found


def _check_number(circle: Circle, many: int) -> None:
    least = FEWEST[circle.kind]
    if not least <= many <= MOST:
        raise DomainError(
            _("A circle like this has %(least)d to %(most)d people.")
            % {"least": least, "most": MOST},
            field="people",
        )


def _check(circle: Circle, asked: list[Person], everyone: list[Person], *, insist: bool) -> None:
    """Whether these can be asked into one circle. Pauses and wishes are refused in the same words;
    that two work at the same place is said if both let all members know where they do."""
    available = all(policy.may_be_asked(person, circle.chapter) for person in asked)
    if not available or policy.are_kept_apart(everyone):
        raise _not_available()
    if circle.kind == CircleKind.PEERS and not insist:
        _refuse_colleagues(everyone)


def _not_available() -> Conflict:
    return Conflict(
        _("Not everybody chosen is available for this circle now. Choose others."), field="people"
    )


def _refuse_colleagues(people: list[Person]) -> None:
    same = policy.colleagues(people)
    if same and not all(is_open_to_members(one.person.work_seen_by) for one in same):
        raise _not_available()
    if same:
        one, other = same
        raise Conflict(
            _(
                "%(one)s and %(other)s both work for %(organisation)s. Peers come from different "
                "places; your host can make an exception."
            )
            % {
                "one": one.person.name,
                "other": other.person.name,
                "organisation": one.organisation.name,
            },
            field="people",
        )


def _enter(circle: Circle, person: Person) -> Membership:
    return Membership.objects.create(
        circle=circle, person=person, belonging=Belonging.IN, joined_at=clock.now()
    )


def _ask(actor: Viewer, circle: Circle, person: Person, role: str) -> Membership:
    """Ask someone, who may have been asked long ago: the same row is asked anew."""
    membership = membership_of(circle, person) or Membership(circle=circle, person=person)
    membership.belonging = Belonging.INVITED
    membership.role = typed.words(Membership, "role", role)
    membership.asked_by = actor if isinstance(actor, Person) else None
    membership.asked_at = clock.now()
    membership.joined_at = membership.gone_at = None
    membership.save()
    letters.ask(membership)
    tell("asked", membership.id, circle, actor)
    return membership


@transaction.atomic
def ask(
    *, actor: Viewer, circle: Circle, person: Person, role: str = "", insist: bool = False
) -> Membership:
    """Ask one more into a circle; they are in once they say yes, and the others are told by whom
    they were asked. With those who are asked there are never more than eight."""
    circle = lock(circle.id)
    require_going_on(circle)
    if not policy.may_ask(actor, circle):
        raise NotAllowed(_("Only those in a circle ask others to join it."))
    [person] = _others([person], None)
    membership = membership_of(circle, person)
    if membership is not None and membership.is_in:
        return membership
    if membership is not None and policy.was_asked_lately(person, circle):
        raise Conflict(_("They were asked not long ago. Please leave it at that for now."))
    if policy.places_left(circle) == 0:
        raise Conflict(
            _("A circle has at most %(most)d people, with those who are asked.") % {"most": MOST}
        )
    others = [row.person for row in policy.inside(circle)]
    _check(circle, [person], [*others, person], insist=insist and may_host(actor, circle.chapter))
    return _ask(actor, circle, person, role)
