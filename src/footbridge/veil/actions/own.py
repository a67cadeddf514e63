"""What a person under the radar says of themself, whom they know, and from whom they stay away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import DomainError, NotHere
from footbridge.core.versions import Version
from footbridge.core.words import clean_line
from footbridge.network.states import Strength
from footbridge.people import tidy
from footbridge.people.models import Member
from footbridge.people.queries import as_id
from footbridge.people.states import Sector
from footbridge.veil import store
from footbridge.veil.cards import Self
from footbridge.veil.carrying import spot_of
from footbridge.veil.guard import Service, lifted
from footbridge.veil.profile import Knows, Profile, Work

LONGEST_SENTENCE, LONGEST_ABOUT, LONGEST_LINE = 500, 5000, 200
MOST_SENTENCES, MOST_BLOCKS = 20, 500


@transaction.atomic
def edit(*, actor: Self, version: Version | None = None, **said: Any) -> Self:
    """Change what one says of oneself. Nobody sees it; suggestions and cards come from it.

    `said` may hold name, headline, about, sector, place (as `places.meant`
    finds it, or None), chapter, languages,
    website, needs, offers and causes (lists), work (a list of (name, role, organisation)).
    """
    tidied = {field: _TIDY[field](value) for field, value in said.items()}
    with lifted(Service.OWN):
        return store.change(actor, lambda profile: replace(profile, **tidied), version=version)


def _line(value: Any) -> str:
    return clean_line(str(value or ""))[:LONGEST_LINE]


def _about(value: Any) -> str:
    return str(value or "").replace("\x00", "").strip()[:LONGEST_ABOUT]


def _sector(value: Any) -> str:
    if value and value not in Sector.values:
        raise DomainError(_("This sector is not known here."), field="sector")
    return str(value or "")


def _place(value: Any) -> Any:
    return spot_of(value) if value is not None else None


def _id(value: Any) -> str:
    return str(value.id) if value is not None else ""


def _ids(values: Any) -> tuple[str, ...]:
    return tuple(str(one.id) for one in values or ())


def _sentences(values: Sequence[str]) -> tuple[str, ...]:
    tidied = [clean_line(text)[:LONGEST_SENTENCE] for text in values]
    return tuple(dict.fromkeys(text for text in tidied if text))[:MOST_SENTENCES]


def _works(values: Sequence[tuple[str, str, Member | None]]) -> tuple[Work, ...]:
    return tuple(
        Work(
            organisation.name if organisation else _line(name),
            _line(role),
            str(organisation.id) if organisation else "",
            str(organisation.group_id or "") if organisation else "",
        )
        for name, role, organisation in values
    )


_TIDY: dict[str, Any] = {
    "name": tidy.name,
    "headline": _line,
    "about": _about,
    "sector": _sector,
    "place": _place,
    "chapter": _id,
    "languages": lambda codes: tuple(tidy.languages(codes)),
    "website": _line,
    "needs": _sentences,
    "offers": _sentences,
    "causes": _ids,
    "work": _works,
}


@transaction.atomic
def block(
    *, actor: Self, member: Member | None = None, whole_group: bool = False, domain: str = ""
) -> Self:
    """Stay away from a person, an organisation (with its whole group) or a mail domain: none of
    them is ever told anything, whatever else was said."""
    more = _blocked(member, whole_group, domain)
    with lifted(Service.OWN):
        return store.change(actor, lambda profile: _within_limit(profile.also_blocking(**more)))


def _blocked(member: Member | None, whole_group: bool, domain: str) -> dict[str, tuple[str, ...]]:
    if member is None:
        return {"domains": (_domain(domain),)}
    if member.is_person:
        return {"people": (str(member.id),)}
    if whole_group:
        return {"groups": (str(member.group_id or member.id),)}
    return {"organisations": (str(member.id),)}


def _domain(text: str) -> str:
    domain = clean_line(text).lower().rpartition("@")[2]
    if "." not in domain or " " in domain or len(domain) > 253:
        raise DomainError(_("Write a mail domain such as example.org."), field="domain")
    return domain


def _within_limit(profile: Profile) -> Profile:
    blocks = profile.blocks
    lists = (blocks.people, blocks.organisations, blocks.groups, blocks.domains)
    if sum(len(one) for one in lists) > MOST_BLOCKS:
        raise DomainError(_("The list has at most %(most)d lines.") % {"most": MOST_BLOCKS})
    return profile


@transaction.atomic
def unblock(*, actor: Self, line: str) -> Self:
    """Take one line off the list: an id, or a mail domain."""

    def without(profile: Profile) -> Profile:
        kept = {
            name: tuple(one for one in values if one != line)
            for name, values in vars(profile.blocks).items()
        }
        return replace(profile, blocks=replace(profile.blocks, **kept))

    with lifted(Service.OWN):
        return store.change(actor, without)


@transaction.atomic
def know(*, actor: Self, member: Member, strength: str) -> Self:
    """Note that one knows a listed member, and how well: it warms one's own ways, and no one
    else's."""
    if strength not in Strength.values:
        raise DomainError(_("Choose one of the words offered."), field="strength")
    said = Knows(str(member.id), str(strength))
    with lifted(Service.OWN):
        return store.change(
            actor,
            lambda profile: replace(profile, knows=(*_others(profile, said.member), said)),
        )


@transaction.atomic
def unknow(*, actor: Self, member_id: str) -> Self:
    """Take that back."""
    if as_id(member_id) is None:
        raise NotHere
    with lifted(Service.OWN):
        return store.change(
            actor, lambda profile: replace(profile, knows=_others(profile, member_id))
        )


def _others(profile: Profile, member_id: str) -> tuple[Knows, ...]:
    return tuple(known for known in profile.knows if known.member != member_id)


@transaction.atomic
def be_glad_of_peers(*, actor: Self, glad: bool) -> Self:
    """Say, or take back, that other people under the radar may meet one: they see one's sector
    and causes, the number of those who vouch, and since when; then both names appear at once."""
    since = clock.today().isoformat() if glad else ""
    with lifted(Service.OWN):
        return store.change(actor, lambda profile: replace(profile, glad_of_peers_since=since))
