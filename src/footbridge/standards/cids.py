"""What one organisation says of its outcomes and how it measures them, after the Common Impact Data
Standard 3.2.1: plain values, one capsule for each organisation.

Identifiers are addresses that stay the same from one export to the next and, best, lead to the
thing. Numbers are decimal strings, as they were entered. Every outcome, indicator and report is of
exactly one organisation, which is why a partnership has a capsule of its own beside its partners'.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of organisation."""

    ORGANIZATION = "Organization"
    SOCIAL_PURPOSE = "SocialPurposeOrganization"
    FINANCIAL = "FinancialOrganization"
    STANDARDS = "StandardsOrganization"


class Role(StrEnum):
    """Whether a group gains from the work or takes part in it."""

    STAKEHOLDER = "Stakeholder"
    BENEFICIAL = "BeneficialStakeholder"
    CONTRIBUTING = "ContributingStakeholder"


class Area(StrEnum):
    """From how far a group comes."""

    LOCAL = "local"
    PROVINCIAL = "provincial"
    NATIONAL = "national"
    MULTINATIONAL = "multinational"
    GLOBAL = "global"


@dataclass(frozen=True, slots=True)
class Address:
    """Where an organisation is; the standard wants all five."""

    id: str
    street: str = ""
    locality: str = ""
    region: str = ""
    country: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """Whom a capsule is of."""

    id: str
    legal_name: str
    kind: Kind = Kind.ORGANIZATION
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """What an outcome is about; a goal of the United Nations is one, with its own address."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changes; `themes` and `indicators` are identifiers in the same capsule."""

    id: str
    name: str
    description: str = ""
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where an indicator should be by when."""

    id: str
    name: str
    value: str
    start: date | None = None
    end: date | None = None
    created: date | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit, from which baseline; `see_also` leads to public metrics."""

    id: str
    name: str
    unit: str
    description: str = ""
    outcomes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    baseline: str = ""
    targets: tuple[Target, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One measured figure and the time it is of."""

    id: str
    indicator: str
    name: str
    value: str
    start: date | None = None
    end: date | None = None
    comment: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A group; a partner is a contributing one, and `organization` its address."""

    id: str
    name: str
    description: str = ""
    role: Role = Role.STAKEHOLDER
    area: Area | None = None
    organization: str = ""


@dataclass(frozen=True, slots=True)
class StakeholderOutcome:
    """What an outcome is for one group."""

    id: str
    stakeholder: str
    outcome: str
    name: str
    description: str = ""
    underserved: bool = False
    importance: str = ""
    intended: str = ""


@dataclass(frozen=True, slots=True)
class ImpactReport:
    """A period's claim: how many (`scale`), how much for each (`depth`)."""

    id: str
    outcome: str
    name: str
    comment: str
    scale: str
    depth: str
    start: date | None = None
    end: date | None = None
    scale_description: str = ""
    depth_description: str = ""


@dataclass(frozen=True, order=True, slots=True)
class Fact:
    """What the standard has no word for: a ratio, a level of claim, a rival; in a namespace of our
    own, beside the thing it is about."""

    about: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Capsule:
    """Everything that belongs to one organisation."""

    organization: Organization
    themes: tuple[Theme, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    reports: tuple[Report, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    stakeholder_outcomes: tuple[StakeholderOutcome, ...] = ()
    impact_reports: tuple[ImpactReport, ...] = ()
    facts: tuple[Fact, ...] = ()

    def in_order(self) -> Capsule:
        """The same with everything sorted, as it is when it is read."""
        return replace(
            self,
            **{name: tuple(sorted(getattr(self, name), key=_key)) for name in PARTS},
            organization=replace(
                self.organization, addresses=tuple(sorted(self.organization.addresses, key=_key))
            ),
            facts=tuple(sorted(self.facts)),
        )

    def ids(self) -> Iterable[str]:
        """Every identifier in it."""
        yield self.organization.id
        yield from (one.id for one in self.organization.addresses)
        for name in PARTS:
            yield from (one.id for one in getattr(self, name))
        yield from (target.id for one in self.indicators for target in one.targets)


PARTS = tuple(one.name for one in fields(Capsule) if one.name not in ("organization", "facts"))


def _key(one: object) -> str:
    return str(getattr(one, "id", ""))


def address(base: str, kind: str, key: str) -> str:
    """The identifier of a thing: it does not change as long as the site's address does not.

    >>> address("https://example.org/", "outcome", "7f")
    'https://example.org/id/outcome/7f'
    """
    return f"{base.rstrip('/')}/id/{kind}/{key}"


def goal(number: int, label: str) -> Theme:
    """One of the seventeen goals as a theme, under the United Nations' own identifier; the label is
    the caller's, since the goals' texts are not ours.

    >>> goal(2, "Hunger").id
    'https://metadata.un.org/sdg/2'
    """
    if not 1 <= number <= 17:
        raise ValueError(f"there are seventeen goals, and {number} is none of them")
    return Theme(f"https://metadata.un.org/sdg/{number}", label, label)


def metric(identifier: str) -> str:
    """Where a metric of the IRIS+ catalogue is described; we keep its number alone.

    >>> metric("oi1479")
    'https://iris.thegiin.org/metric/5.3/OI1479/'
    """
    number = identifier.strip().upper()
    if not (number[:2].isalpha() and number[2:].isdecimal() and number.isascii()):
        raise ValueError(f"{identifier!r} is no metric: two letters and a number, such as OI1479")
    return f"https://iris.thegiin.org/metric/5.3/{number}/"
