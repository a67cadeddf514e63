"""The words that a line or a grant is found by, kept beside it in the form they are compared in."""

from __future__ import annotations

from collections.abc import Iterable

from footbridge.core.words import STEMMED_LANGUAGES, stems, stop_words

LONGEST_READ = 4_000
_SHORTEST = 3


def index_of(texts: Iterable[str]) -> str:
    """The stems of all telling words, in each language that is stemmed here: nobody says in which
    language a list is written.

    >>> index_of(["Agua limpia", "Clean water"]).split()
    ['agu', 'agua', 'cle', 'clean', 'limpi', 'limpia', 'wat', 'water']
    """
    found = {form for text in texts for form in forms_of(text[:LONGEST_READ])}
    return " ".join(sorted(found))


def forms_of(text: str) -> frozenset[str]:
    """Every form in which a text's words are compared; without accents, in three languages."""
    found = {form for language in STEMMED_LANGUAGES for form in stems(text, language)}
    stops = _stops()
    return frozenset(form for form in found if len(form) >= _SHORTEST and form not in stops)


def _stops() -> frozenset[str]:
    return frozenset().union(*map(stop_words, STEMMED_LANGUAGES))
