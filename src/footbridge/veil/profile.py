"""What a person under the radar said of themself: values only, sealed as one piece."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Spot:
    """Where someone lives, in values: a row of its own would tell that somebody lives there."""

    name: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Work:
    """For whom someone acts: an organisation that is known here by id, or by its name alone."""

    name: str
    role: str = ""
    organisation: str = ""
    group: str = ""


@dataclass(frozen=True)
class Knows:
    """A listed member whom someone under the radar knows, and how well in the network's words."""

    member: str
    strength: str


@dataclass(frozen=True)
class Vouch:
    """A listed person who confirmed that someone is who they say."""

    person: str
    name: str
    on: str


@dataclass(frozen=True)
class Pending:
    """A code on its way to a mailbox at work, of which only the domain is kept."""

    domain: str
    code: str
    until: str
    tries: int


@dataclass(frozen=True)
class Blocks:
    """From whom somebody stays away, whatever anyone says: people, organisations and groups by
    id, employers by name, mail domains in lower case."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """One person under the radar. Ids are texts, dates are ISO."""

    name: str
    address: str
    # The id of the log-in identity, in hexadecimal digits.
    account: str = ""
    headline: str = ""
    about: str = ""
    sector: str = ""
    place: Spot | None = None
    chapter: str = ""
    languages: tuple[str, ...] = ()
    website: str = ""
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    work: tuple[Work, ...] = ()
    knows: tuple[Knows, ...] = ()
    blocks: Blocks = field(default_factory=Blocks)
    vouches: tuple[Vouch, ...] = ()
    proven_domain: str = ""
    pending: Pending | None = None
    # Since when they are glad to be met by another person under the radar; empty for not.
    glad_of_peers_since: str = ""
    since: str = ""
    # To whom they showed which field as a member, so that coming out shows nobody more.
    shown: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Profile:
        """The profile again; what a later version no longer knows is left out."""
        return _READER.validate_python(said)

    def in_words(self) -> dict[str, Any]:
        """What they said of themself, as the form asks for it."""
        work = self.work[0] if self.work else Work("")
        return {
            **{name: getattr(self, name) for name in ("name", "headline", "about", "sector")},
            "chapter": self.chapter,
            "place": self.place.name if self.place else "",
            "employer": work.name,
            "role": work.role,
            "needs": "\n".join(self.needs),
            "offers": "\n".join(self.offers),
            "causes": list(self.causes),
            "languages": list(self.languages),
        }

    @property
    def is_verified(self) -> bool:
        """Someone they chose vouched for them, or they hold a mailbox at their workplace."""
        return bool(self.vouches or self.proven_domain)

    def also_blocking(self, **more: Iterable[str]) -> Profile:
        """The same person, who also stays away from these."""
        grown = {
            name: tuple(dict.fromkeys([*getattr(self.blocks, name), *values]))
            for name, values in more.items()
        }
        return replace(self, blocks=replace(self.blocks, **grown))


_READER = TypeAdapter(Profile)
