"""What organisations did together so far, as matrices that the terms of a score read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footbridge.engine.partners.words import Scores, Texts, bm25, latent, tf_idf, unit_rows

Labels = NDArray[np.int64]
UNKNOWN = -1


@dataclass(frozen=True)
class History:
    """Organisations, the projects they shared, and what these were about.

    part      csr[organisations, projects]  1 where an organisation took part
    together  csr[organisations, organisations]  1 where two shared a project
    lately    the same fading: Σ over shared projects ½^(4 · age), at most 1
    joint     the same weighted: Σ of ½^(4 · age) / (participants − 1) (Newman 2001)
    habits    whom each worked with, ln(1 + times), rows at length one
    sector, country, city  labels per organisation, −1 unknown
    age       per project: 0 the newest, 1 the oldest
    """

    part: Any
    together: Any
    lately: Any
    joint: Any
    habits: Any
    sector: Labels
    country: Labels
    city: Labels
    age: Scores
    texts: Texts
    project_words: Any  # tf-idf, csr[projects, words]
    project_bm25: Any
    project_meaning: Scores  # [projects, directions], unit rows
    meaning: Scores  # [words, directions]
    member_words: Any  # tf-idf, csr[organisations, words], unit rows
    member_bm25: Any
    topics: dict[str, int]
    project_topics: Any  # csr[projects, topics] of 0/1
    member_topics: Any  # idf-weighted, csr[organisations, topics], unit rows
    lift: Scores  # [countries, countries], 0..1

    @classmethod
    def of(
        cls,
        organisations: int,
        who: ArrayLike,
        what: ArrayLike,
        texts: Sequence[str],
        topics: Sequence[Sequence[str]],
        time: ArrayLike,
        sector: Sequence[str],
        country: Sequence[str],
        city: Sequence[str],
    ) -> History:
        """From pairs (organisation, project) and what is known of each.

        `texts`, `topics` and `time` are per project; time is any number that grows. `sector`,
        `country` and `city` are per organisation, empty where unknown.
        """
        from scipy import sparse

        shape = (organisations, len(texts))
        part = sparse.csr_matrix((np.ones(len(np.asarray(who))), (who, what)), shape=shape)
        part.data[:] = 1
        bag = Texts.of(texts)
        weighed = tf_idf(bag.counts, bag.idf)
        directions = latent(weighed)
        tags = {tag: at for at, tag in enumerate(sorted({t for row in topics for t in row}))}
        tagged = _tagged(topics, tags)
        countries = _labels(country)
        age = _ages(np.asarray(time, np.float64))
        times, joint = (
            _joint(part, np.ones(len(texts))),
            _joint(part, _closeness(part) * _fading(age)),
        )
        return cls(
            part,
            _ones(times),
            _at_most_one(_joint(part, _fading(age))),
            joint,
            _habits(times),
            _labels(sector),
            countries,
            _labels([f"{a}/{b}" if b else "" for a, b in zip(country, city)]),
            age,
            bag,
            weighed,
            bm25(bag.counts, bag.idf),
            _unit(weighed @ directions),
            directions,
            unit_rows(part @ weighed),
            bm25(part @ bag.counts, bag.idf),
            tags,
            tagged,
            _weighed_topics(part, tagged),
            _lift(times, countries),
        )


def _labels(names: Sequence[str]) -> Labels:
    place = {name: at for at, name in enumerate(sorted({name for name in names if name}))}
    return np.array([place.get(name, UNKNOWN) for name in names], np.int64)


def _ages(time: Scores) -> Scores:
    """Rank in time turned into age: the newest 0, the oldest 1."""
    rank = np.argsort(np.argsort(time, kind="stable"), kind="stable")
    return 1 - rank / max(1, len(time) - 1)


def _fading(age: Scores) -> Scores:
    """Half as much with each quarter of the time that history spans."""
    return 0.5 ** (4 * age)


def _closeness(part: Any) -> Scores:
    """How close a project brings two who take part: 1 / (participants − 1)."""
    size = np.asarray(part.sum(axis=0)).ravel()
    return np.where(size > 1, 1 / np.maximum(size - 1, 1), 0)


def _joint(part: Any, weight: Scores) -> Any:
    """Σ of the weights of the projects that two shared; nobody with themselves."""
    from scipy import sparse

    joint = (part @ sparse.diags(weight) @ part.T).tocsr()
    joint.setdiag(0)
    joint.eliminate_zeros()
    return joint


def _habits(times: Any) -> Any:
    logs = times.copy()
    logs.data = np.log1p(logs.data)
    return unit_rows(logs).tocsr()


def _at_most_one(matrix: Any) -> Any:
    matrix.data = np.minimum(matrix.data, 1)
    return matrix


def _ones(matrix: Any) -> Any:
    ones = matrix.copy()
    ones.data[:] = 1
    return ones


def _tagged(topics: Sequence[Sequence[str]], place: dict[str, int]) -> Any:
    from scipy import sparse

    rows = [at for at, row in enumerate(topics) for _ in set(row)]
    columns = [place[tag] for row in topics for tag in sorted(set(row))]
    shape = (len(topics), max(1, len(place)))
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _weighed_topics(part: Any, tagged: Any) -> Any:
    from scipy import sparse

    seen = np.asarray(tagged.sum(axis=0)).ravel()
    idf = np.log1p(tagged.shape[0] / np.maximum(seen, 1))
    rows = (part @ tagged).tocsr()
    rows.data = 1 + np.log(rows.data)
    return unit_rows((rows @ sparse.diags(idf)).tocsr())


def _lift(joint: Any, country: Labels) -> Scores:
    """How much more often two countries work together than their sizes suggest, 0..1.

    lift = observed · total / (from · to), on counts of working pairs with 5 pairs added as if
    by chance; 0 for half as often or less, 1 for four times as often or more, on a log scale.
    """
    pairs = joint.tocoo()
    known = (country[pairs.row] != UNKNOWN) & (country[pairs.col] != UNKNOWN)
    size = int(country.max(initial=0)) + 1
    observed = np.zeros((size, size))
    np.add.at(observed, (country[pairs.row[known]], country[pairs.col[known]]), 1)
    margin = observed.sum(axis=1)
    chance = np.outer(margin, margin) / max(1.0, margin.sum())
    lift = (observed + 5) / (chance + 5)
    scaled: Scores = np.clip((np.log2(lift) + 1) / 3, 0, 1)
    return scaled


def _unit(rows: Scores) -> Scores:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Scores = rows / np.where(length > 0, length, 1)
    return unit
