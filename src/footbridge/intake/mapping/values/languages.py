"""Names of languages, in English, in several other languages and in their own, to ISO codes."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from footbridge.intake.mapping.values.cells import split_many, word_set
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said

NAMED_IN = ("en", "es", "fr", "de", "pt", "it", "nl", "ca", "pl", "ru", "uk", "ar", "tr", "zh")
SPOKEN = word_set(
    """
    af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gd gl gu ha he hi
    hr hu hy id ig is it ja ka kk km kn ko lb lo lt lv mk ml mn mr ms mt my nb ne nl nn pa
    pl ps pt ro ru rw si sk sl so sq sr sv sw ta te th ti tr uk ur uz vi yo zh zu
    """
)
_ALSO = {
    "castellano": "es", "castilian": "es", "mandarin": "zh", "putonghua": "zh",
    "cantonese": "yue", "flemish": "nl", "farsi": "fa", "dari": "fa", "tagalog": "fil",
    "norwegian": "no", "gaelic": "gd", "bahasa": "id", "brazilian portuguese": "pt",
    "valenciano": "ca", "vlaams": "nl", "kiswahili": "sw", "bsl": "bfi",
    "british sign language": "bfi", "asl": "ase", "moldovan": "ro", "euskera": "eu",
}  # fmt: skip
_LEVEL = re.compile(
    r"\s*[(\[:–-]\s*(?:[abc][12]|native|fluent|basic|mother tongue|nativ[oe]|\w+)?.*$"
)
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


@lru_cache(maxsize=1)
def _code_of() -> dict[str, str]:
    """Every name known, folded; loaded when the first language is read."""
    codes = dict(_ALSO)
    for spoken in SPOKEN:
        own = Locale.parse(spoken).get_language_name(spoken)
        codes.setdefault(_key(own or spoken), spoken)
    for locale in reversed(NAMED_IN):
        for code, name in Locale.parse(locale).languages.items():
            if len(code) == 2 or code in ("fil", "yue", "ase", "bfi"):
                codes[_key(name)] = code
    return codes


@lru_cache(maxsize=1)
def _all_codes() -> frozenset[str]:
    return frozenset(
        code for code in map(str, Locale.parse("en").languages) if re.fullmatch(r"[a-z]{2,3}", code)
    )


def _key(name: str) -> str:
    return fold(name) or name.casefold().strip()


@lru_cache(maxsize=8192)
def read_language(text: str) -> Outcome[str]:
    """The ISO 639 code of one language.

    >>> [read_language(name).value for name in ("Welsh", "alemán", "deutsch", "pt-BR", "日本語")]
    ['cy', 'de', 'de', 'pt', 'ja']
    """
    text = text.strip()
    if not text:
        return Outcome()
    if _CODE.fullmatch(text.casefold() if len(text) < 4 else text):
        code = re.split(r"[-_]", text.casefold())[0]
        if code in _all_codes():
            return Outcome(code)
    names = _code_of()
    for name in (text, _LEVEL.sub("", text)):
        if (found := names.get(_key(name))) is not None:
            return Outcome(found)
    return Outcome(refused=said("“{text}” is not a language that is known.", text=text[:60]))


def read_languages(text: str) -> tuple[Outcome[str], ...]:
    """Every language of a cell, parted by commas, semicolons, bars, lines or “and”."""
    return tuple(map(read_language, split_many(text.replace("/", ","), commas=True)))
