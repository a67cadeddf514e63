"""Numbers, amounts of money, and yes or no, in the ways people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from footbridge.intake.mapping.values.cells import word_set
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.reading.said import said

_SIGNS_OF_CURRENCY = {
    "£": "GBP",
    "€": "EUR",
    "$": "USD",
    "¥": "JPY",
    "₹": "INR",
    "₦": "NGN",
    "₺": "TRY",
    "₴": "UAH",
    "₩": "KRW",
    "₱": "PHP",
    "R$": "BRL",
    "C$": "CAD",
    "A$": "AUD",
    "US$": "USD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "Fr.": "CHF",
    "kr": "SEK",
    "zł": "PLN",
}
_CURRENCY = re.compile(r"(US\$|NZ\$|HK\$|R\$|C\$|A\$|Fr\.|zł|kr|[£€$¥₹₦₺₴₩₱]|\b[A-Z]{3}\b)")
_SCALE = {
    "k": 3,
    "tsd": 3,
    "mil": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "mio": 6,
    "million": 6,
    "millions": 6,
    "millones": 6,
    "millon": 6,
    "bn": 9,
    "b": 9,
    "billion": 9,
    "md": 9,
    "mrd": 9,
}
_NUMBER = re.compile(r"([-+−(]?)\s*((?:\d[\d.,'’\s\u00a0\u202f]*)?\d|\.\d+)\s*([A-Za-z]*)\.?\s*\)?")
_NOT_A_NUMBER = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "#num!", "∞"})

YES = word_set(
    """
    y yes true t 1 x ✓ ✔ ok on si sí s oui o ja j wahr vrai vero verdadero verdadeiro sim
    waar active activo actif aktiv ativo attivo actief
    """
)
NO = word_set(
    """
    n no false f 0 - ✗ ✘ off non nein falsch faux falso não nao nee onwaar inactive
    """
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency where it was written beside it."""

    amount: Decimal
    currency: str = ""


def decimal_mark(cells: Iterable[str]) -> str:
    """Comma or point: the last mark before one or two final digits decides, column-wide.

    >>> decimal_mark(["1.234,50", "3,5"]), decimal_mark(["1,234", "3.25"])
    (',', '.')
    """
    points = commas = 0
    for cell in cells:
        if "," in cell and "." in cell:
            commas += cell.rfind(",") > cell.rfind(".")
            points += cell.rfind(".") > cell.rfind(",")
        else:
            commas += bool(re.search(r"\d,\d{1,2}\D*$|\d,\d{4,}\D*$|\.\d{3}\.\d{3}\D*$", cell))
            points += bool(re.search(r"\d?\.\d{1,2}\D*$|\d?\.\d{4,}\D*$|,\d{3},\d{3}\D*$", cell))
    return "," if commas > points else "."


def read_number(text: str, mark: str = ".") -> Outcome[float]:
    """A finite number; what is infinite or “not a number” is refused with that reason."""
    outcome = read_decimal(text, mark)
    if outcome.value is None:
        return Outcome(refused=outcome.refused)
    return Outcome(float(outcome.value), outcome.repaired)


def read_decimal(text: str, mark: str = ".") -> Outcome[Decimal]:
    """The same, exactly: nothing is lost to binary fractions.

    >>> read_decimal("1.234,50", ",").value
    Decimal('1234.50')
    """
    text = text.strip()
    if not text:
        return Outcome()
    if text.casefold() in _NOT_A_NUMBER:
        return Outcome(refused=said("“{text}” is not a number.", text=text))
    try:
        return Outcome(_finite(Decimal(text)) if mark == "." else _as_written(text, mark))
    except (InvalidOperation, ValueError):
        pass
    try:
        return Outcome(_as_written(text, mark))
    except (InvalidOperation, ValueError):
        return Outcome(refused=said("“{text}” is not a number.", text=text[:60]))


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError("beyond any amount")
    return number


def _as_written(text: str, mark: str) -> Decimal:
    found = _NUMBER.fullmatch(text.rstrip("%").strip())
    if not found or found[3].casefold() not in {"", *_SCALE}:
        raise ValueError("not a number")
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", found[2])
    thousands = "." if mark == "," else ","
    number = Decimal(digits.replace(thousands, "").replace(mark, "."))
    number = number.scaleb(_SCALE.get(found[3].casefold(), 0))
    return _finite(-number if found[1] in {"-", "−", "("} else number)


def read_money(text: str, mark: str = ".") -> Outcome[Money]:
    """An amount, with “£”, “EUR” and the like recognised before or behind it.

    >>> read_money("£12.5k").value
    Money(amount=Decimal('12500'), currency='GBP')
    """
    found = _CURRENCY.search(text)
    currency = _SIGNS_OF_CURRENCY.get(found[1], found[1]) if found else ""
    number = read_decimal(_CURRENCY.sub("", text, count=1), mark)
    if number.value is None:
        return Outcome(refused=number.refused)
    return Outcome(Money(_plain(number.value), currency))


def _plain(number: Decimal) -> Decimal:
    """Without an exponent: 12500, not 1.25E+4."""
    return Decimal(format(number, "f"))


def read_boolean(text: str) -> Outcome[bool]:
    """Yes or no in several languages.

    >>> read_boolean("Oui").value, read_boolean("N").value
    (True, False)
    """
    word = text.strip().casefold().removesuffix(".0")
    if not word:
        return Outcome()
    if word in YES:
        return Outcome(True)
    if word in NO:
        return Outcome(False)
    return Outcome(refused=said("“{text}” is neither yes nor no.", text=text[:60]))


def is_number(text: str) -> bool:
    """A plain number, with either decimal mark."""
    try:
        return math.isfinite(float(text.strip().replace(",", ".") if "," in text else text))
    except ValueError:
        return False
