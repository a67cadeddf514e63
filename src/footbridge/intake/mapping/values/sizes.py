"""How large an organisation is: words, numbers of people, or yearly income, to bands."""

from __future__ import annotations

import re
from enum import StrEnum

from footbridge.intake.mapping.values.numbers import read_boolean, read_decimal, read_money
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said


class Size(StrEnum):
    """The bands of the European recommendation on small and medium-sized enterprises."""

    SOLO = "solo"  # one person
    MICRO = "micro"  # fewer than 10 people
    SMALL = "small"  # fewer than 50
    MEDIUM = "medium"  # fewer than 250
    LARGE = "large"


PEOPLE_BELOW = ((2, Size.SOLO), (10, Size.MICRO), (50, Size.SMALL), (250, Size.MEDIUM))
INCOME_BELOW = ((2_000_000, Size.MICRO), (10_000_000, Size.SMALL), (50_000_000, Size.MEDIUM))

_WORDS = {
    Size.SOLO: "solo|self employed|freelance|freelancer|one person|autonomo|individual|zzp"
    "|sole trader"
    "|eenmanszaak|just me|auto entrepreneur|independant|selbststandig",
    Size.MICRO: "micro|tiny|tpe|microempresa|microentreprise|kleinst|kleinstunternehmen"
    "|muy pequena|xs",
    Size.SMALL: "small|pequena|pequeno|petite|petit|klein|kleine|piccola|piccolo|s"
    "|kleinunternehmen"
    "|pequena empresa|pequeno porte|small business",
    Size.MEDIUM: "medium|mid|mid size|mediana|mediano|moyenne|moyen|mittel|mittelgross|media"
    "|medio"
    "|middelgroot|m|sme|smb|pme|pyme|kmu|mkb|pmi|medium sized",
    Size.LARGE: "large|big|grande|gross|grosse|groot|corporate|enterprise|multinational|konzern"
    "|l|xl"
    "|very large|gran empresa|grande entreprise|grossunternehmen",
}
_SIZE_OF = {word: size for size, words in _WORDS.items() for word in words.split("|")}
_RANGE = re.compile(r"([\d.,' ]+)\s*(?:-|–|—|to|a|à|bis|until|tot)\s*([\d.,' ]+)")
_OVER = re.compile(
    r"(?:>|≥|over|more than|mas de|plus de|uber|mais de|oltre|meer dan)?\s*([\d.,' ]+)\s*\+?"
)
_UNDER = re.compile(
    r"(?:<|≤|under|less than|fewer than|menos de|moins de|unter|meno di|minder dan)\s*([\d.,' ]+)"
)
_PEOPLE = re.compile(
    r"\b(?:people|employees|staff|persons|empleados|personas|salaries|personnes|mitarbeiter"
    r"|funcionarios|dipendenti|medewerkers|fte)\b"
)


def read_size(text: str) -> Outcome[Size]:
    """A band from a word, a number of people or a range of numbers.

    >>> [read_size(text).value.value for text in ("11-50", "small", "250+", "1", "pyme")]
    ['small', 'small', 'large', 'solo', 'medium']
    """
    text = text.strip()
    if not text:
        return Outcome()
    word = fold(text)
    if word in _SIZE_OF:
        return Outcome(_SIZE_OF[word])
    number = _people(_PEOPLE.sub("", text.casefold()).strip())
    if number is not None and number >= 0:
        return Outcome(_band(number, PEOPLE_BELOW))
    flag = read_boolean(text)
    if flag.value is not None:
        return Outcome(Size.MEDIUM if flag.value else Size.LARGE)
    return Outcome(refused=said("“{text}” is not a size that is known.", text=text[:60]))


def _people(text: str) -> float | None:
    """Of a range the upper end decides, save that “11-50” is still small and “250+” large."""
    for pattern, place, less in ((_RANGE, 2, 1), (_UNDER, 1, 1), (_OVER, 1, 0)):
        found = pattern.fullmatch(text)
        if found:
            number = read_decimal(found[place].strip(), "." if "." not in found[place] else ",")
            return None if number.value is None else float(number.value) - less
    return None


def size_of_income(text: str, mark: str = ".") -> Outcome[Size]:
    """A band from a yearly income, in euros or anything near them.

    >>> size_of_income("£15,098,852").value.value
    'medium'
    """
    money = read_money(text, mark)
    if money.value is None:
        return Outcome(refused=money.refused)
    if money.value.amount < 0:
        return Outcome(refused=said("An income cannot be negative ({text}).", text=text[:40]))
    return Outcome(_band(float(money.value.amount), INCOME_BELOW))


def _band(number: float, below: tuple[tuple[int, Size], ...]) -> Size:
    return next((size for limit, size in below if number < limit), Size.LARGE)
