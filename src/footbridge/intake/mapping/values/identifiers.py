"""Identifiers of organisations, web addresses, and names that are not what they seem."""

from __future__ import annotations

import re
import unicodedata

from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.reading.said import said

_ORGANISATION_ID = re.compile(r"[A-Z]{2}-[A-Z]{2,8}-\S{2,}|XI-[A-Z]+-\S+|360G-\S{3,}")
_CHARITY_NUMBER = re.compile(r"(?:SC|NIC?|NIC-?)?\s?\d{5,7}(?:-\d{1,2})?")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}(?::\d+)?", re.UNICODE)


def is_organisation_id(text: str) -> bool:
    """`GB-CHC-1136419`: a country, a register, a number (the org-id.guide form)."""
    return bool(_ORGANISATION_ID.fullmatch(text.strip()))


def charity_id(number: str) -> str:
    """The full identifier for a British charity number; empty when it is none.

    >>> charity_id("1136419"), charity_id("SC012345"), charity_id("NIC100001")
    ('GB-CHC-1136419', 'GB-SC-SC012345', 'GB-NIC-100001')
    """
    number = number.strip().upper().replace(" ", "").removesuffix(".0")
    if not _CHARITY_NUMBER.fullmatch(number):
        return ""
    if number.startswith("SC"):
        return f"GB-SC-{number}"
    if number.startswith("NI"):
        return f"GB-NIC-{number.lstrip('NIC-')}"
    return f"GB-CHC-{number}"


def company_id(number: str) -> str:
    """The full identifier for a British company number.

    >>> company_id("8253562"), company_id("IP28755R"), company_id("2324869.0")
    ('GB-COH-08253562', 'GB-COH-IP28755R', 'GB-COH-02324869')
    """
    number = number.strip().upper().replace(" ", "").removesuffix(".0")
    if re.fullmatch(r"[0-9]{4,8}", number) and int(number):
        return f"GB-COH-{number.zfill(8)}"
    return f"GB-COH-{number}" if re.fullmatch(r"[A-Z]{2}\d{5,6}[A-Z]?", number) else ""


def read_website(text: str) -> Outcome[str]:
    """A web address with its scheme; what a browser would not open is refused.

    >>> read_website("www.enginuity.org").value
    'https://www.enginuity.org'
    """
    text = text.strip().strip("<>")
    if not text:
        return Outcome()
    first = re.split(r"[\s;|]+", text)[0].rstrip(",.")
    scheme, _, rest = first.partition("://") if "://" in first else ("", "", first)
    scheme = scheme.casefold().replace("htttp", "http").replace("hhttp", "http")
    host = re.split(r"[/?#]", rest)[0]
    if scheme not in {"", "http", "https"} or "@" in host or not _HOST.fullmatch(host):
        return Outcome(refused=said("“{text}” is not a web address.", text=text[:80]))
    address = f"{scheme or 'https'}://{rest}"
    if address == text:
        return Outcome(address)
    return Outcome(address, said("The address was read as {address}.", address=address[:120]))


def is_website(text: str) -> bool:
    """A web address with `http` or `www`, or a bare host with a path."""
    text = text.strip()
    return bool(re.match(r"https?://\S+$|www\.\S+\.\S+$", text, re.IGNORECASE))


def mixes_alphabets(name: str) -> bool:
    """A single word in letters of two alphabets that look alike: “Аnna” with a Cyrillic А.

    >>> mixes_alphabets("\\u0410nna"), mixes_alphabets("Анна Smith"), mixes_alphabets("Ana Ruiz")
    (True, False, False)
    """
    return any(len(_alphabets(word) & _ALIKE) > 1 for word in name.split())


_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def _alphabets(word: str) -> set[str]:
    return {
        unicodedata.name(letter, "").partition(" ")[0]
        for letter in word
        if letter.isalpha() and not letter.isascii()
    } | ({"LATIN"} if any(letter.isascii() and letter.isalpha() for letter in word) else set())
