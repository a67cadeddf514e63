"""Fill a database with a large network that is drawn from a seed.

    FOOTBRIDGE_HOME=/tmp/large python -m benchmarks.populate 100000

It makes the database where there is none. Six of ten members are people who joined, three are
organisations, one is only on a host's list. Each has about twenty ties, one need and one offer
with their skills, and two causes; members cluster in cities of Zipf size. Not for a database that
holds anything else.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

CHAPTERS, CITIES = 40, 400
ORGANISATIONS, LISTED = 0.3, 0.1
TIES_EACH = 20
BATCH = 2000

_FIRST = """Ana Ben Chen Dalia Emeka Fatima Goran Hana Ivo Jun Kofi Lena Mateo Noor Olga Pavel Quinn
    Rosa Sven Tariq Uma Vera Wanjiru Ximena Yusuf Zoe""".split()  # noqa: SIM905
_SYLLABLES = """ba co du fe gi lo ma ne pi ro sa ti vu wen xar yo zul mar ten kov ski
    son""".split()  # noqa: SIM905
_ROLES = ("Director", "Operations lead", "Founder", "Partnerships officer", "Researcher", "Cook")
_NEEDED = ("We look for {}", "We need {} in spring", "Who can help us with {}?")
_OFFERED = ("We can give {}", "{}, free at weekends", "Happy to share {}")


def populate(n: int, seed: int = 7) -> dict[str, int]:
    """Write a network of `n` members into a new database; returns how many rows of each kind."""
    from django.db import transaction

    from footbridge.journal.actions import record

    with transaction.atomic():
        drawn = Drawn(n, seed)
        made = {
            "members": drawn.members(),
            "ties": drawn.ties(),
            "needs and offers": drawn.postings(),
            "causes": drawn.causes(),
        }
        record("people.chapter_created", drawn.chapters[0].id)
    return made


class Drawn:
    """The network while it is being drawn; every random number comes from one seed."""

    def __init__(self, n: int, seed: int) -> None:
        self.n, self.rng = n, np.random.default_rng(seed)
        self.city = self.rng.choice(CITIES, n, p=_zipf(CITIES, 0.9))
        self.is_organisation = self.rng.random(n) < ORGANISATIONS
        self.is_listed = self.rng.random(n) < LISTED / (1 - ORGANISATIONS)
        self.ids = [uuid.UUID(bytes=self.rng.bytes(16), version=4) for _ in range(n)]
        self.places = self._places()
        self.chapters = self._chapters()

    def members(self) -> int:
        """Organisations, people, and what people are in organisations."""
        from footbridge.people.models import Affiliation, Host, Member

        _write(Member, (self._member(i) for i in range(self.n)))
        people, organisations = np.flatnonzero(~self.is_organisation), self._organisations()
        _write(
            Affiliation,
            (
                Affiliation(
                    id=self._id(),
                    person_id=self.ids[person],
                    organisation_id=self.ids[organisations[self.rng.integers(len(organisations))]],
                    role=_ROLES[self.rng.integers(len(_ROLES))],
                )
                for person in people[self.rng.random(len(people)) < 0.7]
            ),
        )
        joined = np.flatnonzero(~self.is_organisation & ~self.is_listed)
        hosts = [(chapter, joined[k % len(joined)]) for k, chapter in enumerate(self.chapters)]
        _write(
            Host,
            (Host(id=self._id(), person_id=self.ids[one], chapter=home) for home, one in hosts),
        )
        return self.n

    def ties(self) -> int:
        """About twenty each: near neighbours in the same city, others anywhere, some hubs."""
        from footbridge.network.models import Tie
        from footbridge.network.states import Strength

        each = TIES_EACH // 2
        order = np.argsort(self.city, kind="stable")
        place = np.empty(self.n, np.int64)
        place[order] = np.arange(self.n)
        one = np.repeat(np.arange(self.n), each)
        near = order[(place[one] + self.rng.geometric(0.04, len(one))) % self.n]
        anywhere = self.rng.integers(0, self.n, len(one))
        hub = order[(self.n * self.rng.random(len(one)) ** 4).astype(np.int64)]
        other = np.choose(self.rng.choice(3, len(one), p=[0.75, 0.2, 0.05]), [near, anywhere, hub])
        key = np.unique(one[one != other] * self.n + other[one != other])
        words = self.rng.choice(Strength.values, len(key), p=[0.3, 0.35, 0.25, 0.1])
        _write(
            Tie,
            (
                Tie(
                    id=self._id(),
                    teller_id=self.ids[pair // self.n],
                    other_id=self.ids[pair % self.n],
                    strength=word,
                )
                for pair, word in zip(key.tolist(), words.tolist(), strict=True)
            ),
        )
        return len(key)

    def postings(self) -> int:
        """One need and one offer each, in a sentence, with two skills."""
        from footbridge.exchange.models import Need, NeedSkill, Offer, OfferSkill, Skill

        skills = list(Skill.objects.order_by("key"))
        for model, line, name, sentences in (
            (Need, NeedSkill, "need", _NEEDED),
            (Offer, OfferSkill, "offer", _OFFERED),
        ):
            chosen = self.rng.choice(len(skills), (self.n, 2), p=_zipf(len(skills), 0.8))
            ids = [self._id() for _ in range(self.n)]
            _write(
                model,
                (
                    _posting(model, ids[i], self.ids[i], sentences, i, skills[chosen[i, 0]])
                    for i in range(self.n)
                ),
            )
            _write(
                line,
                (
                    line(id=self._id(), skill=skills[k], guessed=True, **{f"{name}_id": ids[i]})
                    for i in range(self.n)
                    for k in sorted(set(chosen[i].tolist()))
                ),
            )
        return 2 * self.n

    def causes(self) -> int:
        """Two causes each."""
        from footbridge.exchange.models import Care, Cause

        causes = list(Cause.objects.order_by("key"))
        chosen = self.rng.integers(0, len(causes), (self.n, 2))
        rows = [(i, k) for i in range(self.n) for k in sorted(set(chosen[i].tolist()))]
        _write(Care, (Care(id=self._id(), member_id=self.ids[i], cause=causes[k]) for i, k in rows))
        return len(rows)

    def _id(self) -> uuid.UUID:
        return uuid.UUID(bytes=self.rng.bytes(16), version=4)

    def _organisations(self) -> Any:
        found = np.flatnonzero(self.is_organisation)
        return found if len(found) else np.array([0])

    def _places(self) -> list[Any]:
        from footbridge.people.models import Place

        rows = [
            Place(
                id=self._id(),
                key=f"drawn:{k}",
                name=self._word(3).title(),
                country=("PT", "ES", "FR", "DE", "PL", "GB")[k % 6],
                latitude=float(self.rng.uniform(36, 60)),
                longitude=float(self.rng.uniform(-9, 30)),
            )
            for k in range(CITIES)
        ]
        return Place.objects.bulk_create(rows)

    def _chapters(self) -> list[Any]:
        from footbridge.people.models import Chapter

        rows = [
            Chapter(id=self._id(), name=f"{self.places[k].name} chapter {k}", place=self.places[k])
            for k in range(CHAPTERS)
        ]
        return Chapter.objects.bulk_create(rows)

    def _member(self, i: int) -> Any:
        from footbridge.core.words import fold
        from footbridge.people.models import Member
        from footbridge.people.states import Kind, Sector, Standing

        person = not self.is_organisation[i]
        name = self._name() if person else f"{self._word(3)} {self._word(2)} Ltd".title()
        standing = Standing.KNOWN if self.is_listed[i] else Standing.JOINED
        return Member(
            id=self.ids[i],
            kind=Kind.PERSON if person else Kind.ORGANISATION,
            name=name,
            folded=fold(name),
            sector="" if person else Sector.values[self.rng.integers(len(Sector.values))],
            place=self.places[self.city[i]],
            chapter=self.chapters[self.city[i] % CHAPTERS],
            languages=["en", ("pt", "es", "fr", "de", "pl", "cy")[self.city[i] % 6]],
            email=f"member{i}@example.org" if person else None,
            standing=standing if person else "",
        )

    def _name(self) -> str:
        return f"{_FIRST[self.rng.integers(len(_FIRST))]} {self._word(3).title()}"

    def _word(self, syllables: int) -> str:
        chosen = self.rng.integers(0, len(_SYLLABLES), syllables)
        return "".join(_SYLLABLES[k] for k in chosen)


def _posting(
    model: Any, key: uuid.UUID, owner: uuid.UUID, sentences: tuple[str, ...], i: int, skill: Any
) -> Any:
    from footbridge.exchange.sentences import text_key

    text = sentences[i % len(sentences)].format(skill.labels["en"].lower())
    return model(id=key, owner_id=owner, text=text, text_key=text_key(text))


def _write(model: Any, rows: Iterable[Any]) -> None:
    for batch in _batches(rows):
        model.objects.bulk_create(batch)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _zipf(size: int, exponent: float) -> Any:
    weights = 1 / np.arange(1, size + 1) ** exponent
    return weights / weights.sum()


def open_database() -> None:
    """Start Django on the database that the environment names, made if it is not there."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def main() -> int:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    open_database()
    began = time.perf_counter()
    made = populate(n)
    print(made, f"in {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
