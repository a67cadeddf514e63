"""Everything that an attacker may know of the hidden person, in variants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from footbridge.core.words import fold
from tests.twin.network import SLUG_OF_THE_HIDDEN, Profile


@dataclass(frozen=True)
class Dictionary:
    """What is typed into every field and parameter."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    words: tuple[str, ...]
    ids: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """For fields that take any text; neighbours are of different kinds."""
        longest = max(len(self.names), len(self.addresses), len(self.words))
        kinds = (self.names, self.addresses, self.words)
        return tuple(kind[n % len(kind)] for n in range(longest) for kind in kinds)

    @property
    def everything(self) -> tuple[str, ...]:
        return (*dict.fromkeys((*self.texts, *self.ids)),)

    @property
    def as_list(self) -> str:
        """A list as a host would paste it, with each of the addresses and names in it."""
        rows = [f"{name},{address}" for name in self.names[:2] for address in self.addresses[:2]]
        return "\n".join(["Name,Email", *rows, "Nina Nobody,nina@elsewhere.test"]) + "\n"


def of(profile: Profile, ids: tuple[str, ...]) -> Dictionary:
    """The dictionary about one person; ids as far as anybody could know them."""
    return Dictionary(
        names=tuple(_names(profile.name)),
        addresses=tuple(_addresses(profile.address)),
        words=(
            profile.need,
            profile.offer,
            profile.headline,
            *dict.fromkeys(_single_words(profile)),
            "brinemoss",
            "Northwind Cold Chain",
            profile.website,
            SLUG_OF_THE_HIDDEN,
            "Laboratory lead",
        ),
        ids=ids,
    )


def _single_words(profile: Profile) -> Iterator[str]:
    """What they say, word by word: each may stand in what others say, too."""
    said = f"{profile.offer} {profile.need} {profile.headline}"
    yield from (word.strip(".,") for word in said.lower().split() if len(word) > 5)


def _names(name: str) -> Iterator[str]:
    first, last = name.split()
    yield from (name, fold(name), name.upper(), f"{last}, {first}", first, last)
    yield f"{first[:-1]} {last}"
    yield f"{first[0]}. {last}"


def _addresses(address: str) -> Iterator[str]:
    local, domain = address.split("@")
    yield from (address, address.upper(), f" {address} ", f"{local}+note@{domain}")
    yield f"{local.title()}@{domain}"
