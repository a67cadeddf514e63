"""The terms of the two scores, their weights, and the best few with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footbridge.engine.partners.history import UNKNOWN, History
from footbridge.engine.partners.words import Scores, tf_idf

PARTNER: Mapping[str, float] = {
    "mutual acquaintances": 0.5,
    "mutual acquaintances, lately": 0.5,
    "partners of organisations like it": 0.35,
    "partners of its sector's organisations like it": 0.3,
    "close acquaintances": 0.2,
    "similar past work": 1.0,
    "shared topics": 0.1,
    "countries that work together": 0.2,
    "same city": 0.05,
}
"""Weights of `partner_terms`, chosen on the last part of a history, never on what came after."""

BRIEF: Mapping[str, float] = {
    "took part in similar work": 0.75,
    "took part in work in the same words": 0.4,
    "own work in these words": 0.65,
    "same topic": 0.15,
    "known to the coordinator's partners": 1.0,
    "active lately": 0.25,
    "countries that work together": 0.45,
    "same city": 0.2,
}
"""Weights of `brief_terms`, chosen likewise."""

PEERS = 100
"""How many organisations with similar partners speak for their partners."""

NEAREST = 100
"""How many similar past projects speak for those who took part in them."""


@dataclass(frozen=True)
class Suggestion:
    """One organisation, its score, and what each term adds to it; the reasons sum to the score."""

    member: int
    score: float
    reasons: tuple[tuple[str, float], ...]


def partner_terms(history: History, member: int) -> dict[str, Scores]:
    """For one organisation, what speaks for each of the others: term → values in 0..1."""
    alike = _alike(history, member)
    return {
        "mutual acquaintances": _mutual(history, history.together, member),
        "mutual acquaintances, lately": _mutual(history, history.lately, member),
        "partners of organisations like it": _share(_of_peers(history, alike, PEERS)),
        "partners of its sector's organisations like it": _share(
            _of_peers(history, alike * _same(history.sector, member), PEERS // 2)
        ),
        "close acquaintances": _two_steps(history, member),
        "similar past work": _share_without(history.member_words, member),
        "shared topics": _share_without(history.member_topics, member),
        "countries that work together": _lifts(history, member),
        "same city": _same(history.city, member),
    }


def brief_terms(
    history: History, text: str, coordinator: int | None, topics: Sequence[str] = ()
) -> dict[str, Scores]:
    """For a brief in words, what speaks for each organisation: term → values in 0..1.

    `topics` are the names of topics that the brief falls under; unknown ones count for nothing.
    Without a coordinator whose past is known, nothing is said of acquaintance and place.
    """
    counts = history.texts.row(text)
    meant = (tf_idf(counts, history.texts.idf) @ history.meaning).ravel()
    asked = (counts > 0).astype(np.float64).T
    return {
        "took part in similar work": _took_part(history, history.project_meaning @ _unit(meant)),
        "took part in work in the same words": _took_part(
            history, _row((history.project_bm25 @ asked).T)
        ),
        "own work in these words": _share(_row((history.member_bm25 @ asked).T)),
        "same topic": _share(_on_topics(history, topics)),
        "known to the coordinator's partners": _two_steps(history, coordinator),
        "active lately": _share(_lately(history)),
        "countries that work together": _lifts(history, coordinator),
        "same city": _same(history.city, coordinator),
    }


def suggest(
    terms: Mapping[str, Scores],
    weights: Mapping[str, float],
    allowed: NDArray[np.bool_],
    k: int = 10,
) -> tuple[Suggestion, ...]:
    """The k best of those allowed, strongest first, then by number, each with its reasons.

    >>> terms = {"near": np.array([1.0, 0.0, 1.0]), "known": np.array([0.0, 1.0, 0.5])}
    >>> suggest(terms, {"near": 0.5, "known": 1.0}, np.array([True, True, True]), k=1)
    (Suggestion(member=1, score=1.0, reasons=(('known', 1.0),)),)
    """
    total = sum(weight * terms[name] for name, weight in weights.items())
    scores = np.where(allowed, total, -np.inf)
    order = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return tuple(
        Suggestion(int(at), float(scores[at]), _reasons(terms, weights, int(at)))
        for at in order
        if allowed[at]
    )


def _reasons(
    terms: Mapping[str, Scores], weights: Mapping[str, float], at: int
) -> tuple[tuple[str, float], ...]:
    parts = [(name, float(weight * terms[name][at])) for name, weight in weights.items()]
    return tuple(sorted((p for p in parts if p[1] > 0), key=lambda part: (-part[1], part[0])))


def _mutual(history: History, ties: Any, member: int) -> Scores:
    """Σ over mutual acquaintances of tie · tie / ln(how many they know) (Adamic & Adar 2003)."""
    known = np.diff(history.together.indptr)
    return _share(_row(ties[member].multiply(1 / np.log(np.maximum(known, 2))) @ ties))


def _row(matrix: Any) -> Scores:
    row: Scores = np.asarray(matrix.todense()).ravel()
    return row


def _share(values: Scores) -> Scores:
    """Relative to the best for this question."""
    best = values.max(initial=0)
    return values / best if best > 0 else values


def _share_without(rows: Any, member: int) -> Scores:
    likeness = _row(rows[member] @ rows.T)
    likeness[member] = 0
    return _share(likeness)


def _alike(history: History, member: int) -> Scores:
    """Cosine of whom they worked with, how often on a log scale, squared."""
    likeness = _row(history.habits[member] @ history.habits.T) ** 2
    likeness[member] = 0
    return likeness


def _of_peers(history: History, alike: Scores, most: int) -> Scores:
    """Σ over the most alike organisations of their likeness, for those they worked with."""
    spoken: Scores = history.lately @ _foremost(alike, most)
    return spoken


def _foremost(values: Scores, most: int) -> Scores:
    """The largest few values; the others become zero."""
    if np.count_nonzero(values) <= most:
        return values
    return np.where(values >= np.partition(values, -most)[-most], values, 0)


def _two_steps(history: History, member: int | None) -> Scores:
    """Σ over mutual acquaintances of joint(member, them) · joint(them, other)."""
    if member is None:
        return np.zeros(history.joint.shape[0])
    return _share(_row(history.joint[member] @ history.joint))


def _same(labels: NDArray[np.int64], member: int | None) -> Scores:
    if member is None or labels[member] == UNKNOWN:
        return np.zeros(len(labels))
    same: Scores = (labels == labels[member]).astype(np.float64)
    return same


def _lifts(history: History, member: int | None) -> Scores:
    country = history.country
    own = UNKNOWN if member is None else country[member]
    if own == UNKNOWN:
        return np.zeros(len(country))
    return np.where(country == UNKNOWN, 0.0, history.lift[own][country])


def _unit(vector: Scores) -> Scores:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector


def _took_part(history: History, likeness: Scores) -> Scores:
    """Sum over the nearest past projects of likeness², for those who took part in them."""
    nearest = _foremost(np.maximum(likeness, 0), NEAREST)
    return _share(history.part @ _share(nearest) ** 2)


def _on_topics(history: History, topics: Sequence[str]) -> Scores:
    places = [history.topics[topic] for topic in topics if topic in history.topics]
    if not places:
        return np.zeros(history.part.shape[0])
    seen: Scores = np.asarray(history.member_topics[:, places].sum(axis=1)).ravel()
    return seen


def _lately(history: History) -> Scores:
    """Projects taken part in, each halved per fifth of the time that history spans."""
    lately: Scores = np.log1p(history.part @ 0.5 ** (history.age * 5))
    return lately
