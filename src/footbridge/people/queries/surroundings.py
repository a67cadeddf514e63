"""The organisations around people, so that someone can stay away from all of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from footbridge.people.models import Affiliation, Member

# Mail that anyone can have says nothing about where someone works.
ANYONES_MAIL = frozenset(
    [
        "aol.com",
        "duck.com",
        "fastmail.com",
        "free.fr",
        "gmail.com",
        "gmx.at",
        "gmx.ch",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hey.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "laposte.net",
        "libero.it",
        "live.com",
        "mac.com",
        "mail.com",
        "mail.ru",
        "mailbox.org",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "outlook.es",
        "pm.me",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "riseup.net",
        "sapo.pt",
        "sfr.fr",
        "t-online.de",
        "telefonica.net",
        "tutanota.com",
        "tuta.com",
        "wanadoo.fr",
        "web.de",
        "yahoo.com",
        "yahoo.es",
        "yahoo.fr",
        "yandex.ru",
        "163.com",
    ]
)


@dataclass(frozen=True)
class Surroundings:
    """Where a person works and worked: organisations with the groups they belong to, by id; their
    names, folded; and the mail domains of the person and of those organisations."""

    organisations: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def meets(self, other: Surroundings) -> bool:
        """Whether the two have anything in common."""
        return bool(
            self.organisations & other.organisations
            or self.names & other.names
            or self.domains & other.domains
        )


def surroundings_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, Surroundings]:
    """The surroundings of some people, past employers included, in two queries."""
    wanted = list(people)
    addresses = Member.objects.filter(id__in=wanted).values_list("id", "email")
    found = {one: [set(), set(), {work_domain(email or "")}] for one, email in addresses}
    for person, *organisation in _employers_of(wanted):
        for whole, part in zip(found[person], _told_by(*organisation), strict=True):
            whole |= part
    return {
        one: Surroundings(*(frozenset(part - {""}) for part in parts))
        for one, parts in found.items()
    }


def _employers_of(people: list[uuid.UUID]) -> Iterable[tuple[Any, ...]]:
    rows = Affiliation.objects.filter(person__in=people).order_by()
    return rows.values_list(
        "person_id",
        "organisation_id",
        "organisation__group_id",
        "organisation__group__group_id",
        "organisation__folded",
        "organisation__website",
    )


def _told_by(
    organisation: uuid.UUID, group: uuid.UUID | None, above: uuid.UUID | None, name: str, site: str
) -> tuple[set[str], set[str], set[str]]:
    ids = {str(one) for one in (organisation, group, above) if one}
    return ids, {name}, {domain_of_site(site)}


def groups_above(organisations: Iterable[str]) -> set[str]:
    """These organisations and the groups that they belong to, by id."""
    known = Member.objects.filter(id__in=list(organisations)).order_by()
    rows = known.values_list("id", "group_id", "group__group_id")
    return {str(one) for row in rows for one in row if one}


def work_domain(address: str) -> str:
    """The domain of an address, unless it is one that anybody can have."""
    domain = address.rpartition("@")[2].strip().lower()
    return "" if domain in ANYONES_MAIL else domain


def domain_of_site(website: str) -> str:
    """The domain under which an organisation's website stands."""
    host = (urlsplit(website).hostname or "") if website else ""
    return host.removeprefix("www.")
