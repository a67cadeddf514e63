"""Texts as sparse rows of words, and three ways to say that two of them are alike.

TF-IDF with cosine (Salton & Buckley 1988), BM25 (Robertson & Zaragoza 2009) and latent semantic
analysis (Deerwester et al. 1990, by the seeded sketch of Halko, Martinsson & Tropp 2011).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
WORD = re.compile(r"[^\W\d_]{3,}", re.UNICODE)


def words(text: str) -> list[str]:
    """Words of three letters and more, in lower case, without a plural s.

    >>> words("Heat pumps for the 2 Towns")
    ['heat', 'pump', 'for', 'the', 'town']
    """
    return [_singular(word) for word in WORD.findall(text.lower())]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True)
class Texts:
    """Rows of word counts over a vocabulary; words in fewer than two texts or most of them go."""

    counts: Any  # csr_matrix[texts, words]
    place: dict[str, int]
    idf: Scores

    @classmethod
    def of(cls, texts: Sequence[str], most: float = 0.25) -> Texts:
        spread = Counter(word for text in texts for word in set(words(text)))
        ceiling = max(2.0, most * sum(1 for text in texts if text))
        kept = sorted(word for word, seen in spread.items() if 2 <= seen <= ceiling)
        place = {word: at for at, word in enumerate(kept)}
        counts = count_rows((words(text) for text in texts), place)
        seen = np.array([spread[word] for word in kept], np.float64)
        total = max(1, sum(1 for text in texts if text))
        return cls(counts, place, np.log1p((total - seen + 0.5) / (seen + 0.5)))

    def row(self, text: str) -> Any:
        """One text as a row of counts."""
        return count_rows([words(text)], self.place)


def count_rows(rows: Iterable[Iterable[str]], place: dict[str, int]) -> Any:
    """How often each known word stands in each row."""
    from scipy import sparse

    at: list[int] = []
    ends = [0]
    for row in rows:
        at.extend(place[word] for word in row if word in place)
        ends.append(len(at))
    matrix = sparse.csr_matrix((np.ones(len(at)), at, ends), shape=(len(ends) - 1, len(place)))
    matrix.sum_duplicates()
    return matrix


def unit_rows(matrix: Any) -> Any:
    """Each row at length one; empty rows stay empty."""
    from scipy import sparse

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(length > 0, length, 1)) @ matrix


def tf_idf(counts: Any, idf: Scores) -> Any:
    """(1 + ln count) · idf, each row at length one."""
    weighed = counts.tocsr(copy=True)
    weighed.data = 1 + np.log(weighed.data)
    return unit_rows(weighed.multiply(idf).tocsr())


def bm25(counts: Any, idf: Scores, k1: float = 1.2, b: float = 0.75) -> Any:
    """Rows whose product with a 0/1 query is the BM25 score."""
    rows = counts.tocsr(copy=True)
    length = np.asarray(rows.sum(axis=1)).ravel()
    usual = length[length > 0].mean() if (length > 0).any() else 1.0
    norm = np.repeat(k1 * (1 - b + b * length / usual), np.diff(rows.indptr))
    rows.data = rows.data * (k1 + 1) / (rows.data + norm)
    return rows.multiply(idf).tocsr()


def latent(matrix: Any, size: int = 120, seed: int = 7) -> Scores:
    """The main directions of meaning, words × size, by a seeded randomised decomposition."""
    size = min(size, *matrix.shape)
    sketch = matrix @ np.random.default_rng(seed).standard_normal((matrix.shape[1], size + 20))
    for _ in range(3):
        sketch, _ = np.linalg.qr(sketch)
        sketch = matrix @ (matrix.T @ sketch)
    basis, _ = np.linalg.qr(sketch)
    _, _, directions = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    found: Scores = directions[:size].T
    return found
