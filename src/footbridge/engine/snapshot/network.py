"""One immutable version of a network."""

from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from footbridge.engine.snapshot import store, tags
from footbridge.engine.snapshot.places import Places
from footbridge.engine.snapshot.tags import Entries, Tags
from footbridge.engine.ties import Ties

MISSING = 255
"""In ``values``: not answered."""


class Kind(IntEnum):
    """What a member is."""

    PERSON = 0
    ORGANISATION = 1


COLUMNS: dict[str, tuple[Any, float]] = {
    "pool": (np.bool_, True),
    "kind": (np.uint8, Kind.PERSON),
    "sector": (np.int16, -1),
    "organisation": (np.int32, -1),
    "group": (np.int32, -1),
    "chapter": (np.int32, -1),
    "country": (np.int16, -1),
    "stage": (np.uint8, 0),
    "languages": (np.uint64, 0),
    "availability": (np.uint64, 0),
    "capacity": (np.float32, float("nan")),
    "exposure": (np.uint16, 0),
}
"""Columns with one number per member: type, and the value that says "not known"."""

_NO_ENTRIES: Entries = ((), (), ())
_PARTS: dict[str, type] = {
    "ties": Ties,
    "offers": Tags,
    "needs": Tags,
    "causes": Tags,
    "places": Places,
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Snapshot:
    """The network at one moment, as columns; built with :meth:`build`, never changed.

    ``pool`` says who may be suggested; ``languages`` and ``availability`` are bit masks (0: not
    stated); ``capacity`` is hours free a month (NaN: not stated); ``stage`` runs from 1 (0: not
    stated); ``exposure`` is how often somebody was asked lately; ``values`` are answers on mission
    and working style, uint8 [n, questions] with ``value_span`` (float32 [questions]) the distance
    between the two ends of each scale; ``sector``, ``organisation``, ``group``, ``chapter`` and
    ``country`` are numbers of the builder's choosing, -1 where unknown.
    """

    n: int
    revision: str
    ties: Ties
    offers: Tags
    needs: Tags
    causes: Tags
    places: Places
    values: npt.NDArray[np.uint8]
    value_span: npt.NDArray[np.float32]
    pool: npt.NDArray[np.bool_]
    kind: npt.NDArray[np.uint8]
    sector: npt.NDArray[np.int16]
    organisation: npt.NDArray[np.int32]
    group: npt.NDArray[np.int32]
    chapter: npt.NDArray[np.int32]
    country: npt.NDArray[np.int16]
    stage: npt.NDArray[np.uint8]
    languages: npt.NDArray[np.uint64]
    availability: npt.NDArray[np.uint64]
    capacity: npt.NDArray[np.float32]
    exposure: npt.NDArray[np.uint16]

    def __post_init__(self) -> None:
        for array in self.arrays.values():
            array.setflags(write=False)

    @classmethod
    def build(
        cls,
        n: int,
        *,
        ties: Ties | None = None,
        offers: Entries = _NO_ENTRIES,
        needs: Entries = _NO_ENTRIES,
        causes: Entries = _NO_ENTRIES,
        places: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike] = ((), (), ()),
        values: npt.ArrayLike | None = None,
        value_span: npt.ArrayLike | None = None,
        revision: str = "",
        **columns: npt.ArrayLike,
    ) -> "Snapshot":
        """Make a snapshot of ``n`` members from plain columns.

        ``offers``, ``needs`` and ``causes`` are (member, term, weight); needs and offers share one
        vocabulary. ``places`` is (member, degrees north, degrees east), any number of rows per
        member. Every column of ``COLUMNS`` may be given as ``n`` numbers; what is left out is
        unknown. ``value_span`` is 4 (a scale from 1 to 5) unless given.

        Raises ``ValueError`` when a column has another length, a member is out of range, a weight
        leaves (0, 1], or a column has no such name.
        """
        return cls(
            n=n,
            revision=revision,
            ties=_checked_ties(n, ties),
            offers=Tags.build(n, offers, tags.stated),
            needs=Tags.build(n, needs, tags.shares),
            causes=Tags.build(n, causes, tags.unit),
            places=Places.build(n, *places),
            **_values(n, values, value_span),
            **_columns(n, columns),
        )

    def save(self, path: Path) -> Path:
        """Write the file in one step (a reader sees the old one or the new one)."""
        return store.write(Path(path), self.arrays, self._meta)

    @classmethod
    def open(cls, path: Path, *, verify: bool = False) -> "Snapshot":
        """Map a file written by :meth:`save`; ``verify`` also reads every byte.

        Raises :class:`~footbridge.engine.snapshot.SnapshotError` with a message fit to show.
        """
        arrays, meta, content_hash = store.read(Path(path), verify=verify)
        parts = {name: _gather(part, name, arrays) for name, part in _PARTS.items()}
        flat = {name: array for name, array in arrays.items() if "/" not in name}
        snapshot = cls(n=int(meta["n"]), revision=meta["revision"], **parts, **flat)  # type: ignore[arg-type]
        # The hash was computed on writing; reading it keeps opening independent of the size.
        snapshot.__dict__["hash"] = content_hash
        return snapshot

    @cached_property
    def hash(self) -> str:
        """Thirty-two hexadecimal digits that name this content."""
        return store.digest(self.arrays, self._meta)

    @cached_property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Every column by name; parts as ``part/column``."""
        found = {name: getattr(self, name) for name in (*COLUMNS, "values", "value_span")}
        for name, part in _PARTS.items():
            for field in _array_fields(part):
                found[f"{name}/{field}"] = getattr(getattr(self, name), field)
        return found

    @property
    def _meta(self) -> dict[str, str]:
        return {"n": str(self.n), "revision": self.revision}


def _checked_ties(n: int, ties: Ties | None) -> Ties:
    if ties is None:
        nobody = np.zeros(0, np.int32)
        return Ties.build(n, nobody, nobody, np.zeros(0, np.float32))
    if len(ties.indptr) != n + 1:
        raise ValueError(f"The ties are of {len(ties.indptr) - 1} members, the snapshot of {n}.")
    return ties


def _values(
    n: int, values: npt.ArrayLike | None, span: npt.ArrayLike | None
) -> dict[str, npt.NDArray[Any]]:
    answers = np.zeros((n, 0), np.uint8) if values is None else np.array(values, np.uint8)
    if answers.ndim != 2 or len(answers) != n:
        raise ValueError(f"Values must be {n} rows of answers.")
    questions = answers.shape[1]
    spans = np.full(questions, 4, np.float32) if span is None else np.array(span, np.float32)
    if spans.shape != (questions,) or not np.all(spans > 0):
        raise ValueError(f"The spans of the scales must be {questions} numbers above 0.")
    return {"values": answers, "value_span": spans}


def _columns(n: int, given: dict[str, npt.ArrayLike]) -> dict[str, npt.NDArray[Any]]:
    unknown = sorted(set(given) - set(COLUMNS))
    if unknown:
        raise ValueError(f"A snapshot has no column {', '.join(unknown)}.")
    made = {}
    for name, (dtype, blank) in COLUMNS.items():
        column = np.array(given[name], dtype) if name in given else np.full(n, blank, dtype)
        if column.shape != (n,):
            raise ValueError(f"Column {name} must hold {n} numbers.")
        made[name] = column
    return made


def _array_fields(part: type) -> list[str]:
    return [field.name for field in fields(part)]


def _gather(part: type, name: str, arrays: dict[str, npt.NDArray[Any]]) -> Any:
    return part(**{field: arrays[f"{name}/{field}"] for field in _array_fields(part)})
