"""The asking side: a member, or a brief in words, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from footbridge.engine.snapshot import MISSING, Snapshot, Tags, on_sphere

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Weighted terms of the asking side, ascending."""

    terms: Ints
    weights: Floats

    @classmethod
    def of(cls, weights: Mapping[int, float]) -> "Wanted":
        """From a mapping of term to weight."""
        terms = sorted(weights)
        values = np.array([weights[term] for term in terms], np.float64)
        if not np.all((values > 0) & (values <= 1)):
            raise ValueError("Tag weights must lie above 0 and at most at 1.")
        return cls(np.array(terms, np.int64), values)

    @classmethod
    def of_member(cls, tags: Tags, member: int) -> "Wanted":
        """The tags one member carries."""
        return cls(
            tags.terms_of(member).astype(np.int64), tags.weights_of(member).astype(np.float64)
        )

    def shares(self) -> Floats:
        """The weights as shares of their total."""
        return self.weights / self.weights.sum() if len(self.weights) else self.weights

    def unit(self) -> Floats:
        """The weights at unit length."""
        length = np.sqrt(np.square(self.weights).sum())
        return self.weights / length if len(self.weights) else self.weights


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """Everything about the asking side that a score depends on.

    ``member`` is -1 for a brief that nobody in the network asks; ties, organisation and group then
    exclude no one.
    """

    member: int
    needs: Wanted
    offers: Wanted
    causes: Wanted
    places: Floats
    languages: int
    values: npt.NDArray[np.uint8]
    stage: int
    sector: int
    country: int
    organisation: int
    group: int

    @classmethod
    def of_member(cls, snapshot: Snapshot, member: int) -> "Query":
        """What a member asks by being who they are."""
        if not 0 <= member < snapshot.n:
            raise ValueError(f"Member {member} is not in this snapshot of {snapshot.n} members.")
        return cls(
            member=member,
            needs=Wanted.of_member(snapshot.needs, member),
            offers=Wanted.of_member(snapshot.offers, member),
            causes=Wanted.of_member(snapshot.causes, member),
            places=snapshot.places.of(member),
            languages=int(snapshot.languages[member]),
            values=snapshot.values[member],
            stage=int(snapshot.stage[member]),
            sector=int(snapshot.sector[member]),
            country=int(snapshot.country[member]),
            organisation=int(snapshot.organisation[member]),
            group=int(snapshot.group[member]),
        )

    @classmethod
    def of_text(
        cls,
        snapshot: Snapshot,
        needs: Mapping[int, float],
        *,
        causes: Mapping[int, float] | None = None,
        offers: Mapping[int, float] | None = None,
        places: Sequence[tuple[float, float]] = (),
        languages: int = 0,
        sector: int = -1,
        asker: int | None = None,
    ) -> "Query":
        """A brief or a call; ``asker`` is who would be introduced, if it is a member.

        From the asker come ties, organisation and group, and what the brief leaves open of
        places, languages, sector, country; not their own needs.
        """
        known = None if asker is None else cls.of_member(snapshot, asker)
        latitudes, longitudes = [p[0] for p in places], [p[1] for p in places]
        stated = on_sphere(latitudes, longitudes).reshape(-1, 3)
        return cls(
            member=-1 if known is None else known.member,
            needs=Wanted.of(needs),
            offers=Wanted.of(offers or {}),
            causes=Wanted.of(causes or {}),
            places=known.places if known is not None and not places else stated,
            languages=languages or (known.languages if known else 0),
            values=np.full(snapshot.values.shape[1], MISSING, np.uint8),
            stage=0,
            sector=known.sector if known is not None and sector < 0 else sector,
            country=known.country if known else -1,
            organisation=known.organisation if known else -1,
            group=known.group if known else -1,
        )
