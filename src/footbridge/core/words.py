"""Words as people type them, made comparable: folded, split, stemmed, cleaned.

Search and matching meet the same word in many dresses: "Café", "CAFE", "cafés". Everything here is
pure and holds no state but each thread's own stemmers. Text is always folded *before* it is
stemmed, so that a word typed without its accents finds the same word typed with them.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import Stemmer

STEMMED_LANGUAGES: Mapping[str, str] = {"en": "english", "es": "spanish", "fr": "french"}

# Letters that Unicode does not decompose, but that people type without their stroke or ligature.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
    | {"ŧ": "t", "ŋ": "n", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e", "ё": "е"}
)

# Marks that readers of these scripts leave out when they type: Hebrew points, Arabic vowel signs.
_OPTIONAL_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u0652\u0670]")

# Accents over Latin and Greek letters only: Cyrillic short i and Indian vowel signs are letters.
_ACCENTS = re.compile("(?<=[a-zß-ʯα-ω\u0300-\u036f])[\u0300-\u036f]")


def fold(text: str) -> str:
    """Return the text as a reader would compare it: no case, no accents, plain letters.

    Other scripts keep their letters; only marks that are optional there are dropped.

    >>> fold("Łódź, Straße, Ærø, Ñandú")
    'lodz, strasse, aero, nandu'
    >>> fold("ＦＯＯＤ") == fold("food"), fold("Ёлка й")
    (True, 'елка й')
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN_LETTERS)
    spread = unicodedata.normalize("NFD", folded)
    bare = _OPTIONAL_POINTS.sub("", _ACCENTS.sub("", spread))
    return unicodedata.normalize("NFC", bare)


# Vowel signs belong to the word they stand in, though `\w` leaves them out.
_MARKS = "".join(chr(c) for c in range(0x300, 0xAC00) if unicodedata.category(chr(c))[0] == "M")

# Scripts written without spaces: kana, Han, Hangul, Thai, Lao, Burmese, Khmer.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_WORD = re.compile(
    rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_{_MARKS}]|(?![{_UNSPACED}])[{_MARKS}])+(?:\+\+|#)?"
)


def tokens(text: str) -> list[str]:
    """Return the folded words of a text, in order.

    Scripts without spaces become overlapping pairs of characters, so that a two-character word
    is found inside a longer run. "C++" and "C#" stay whole, so quote tokens in a query language.

    >>> tokens("L'entrepôt, c'est-à-dire: C#")
    ['l', 'entrepot', 'c', 'est', 'a', 'dire', 'c#']
    >>> tokens("冷蔵倉庫")
    ['冷蔵', '蔵倉', '倉庫']
    """
    return [word for word, _, _ in located_tokens(text)]


def located_tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word with where it stands in the text as typed: (word, start, end).

    >>> text = "Prêt à 3 repas"
    >>> [text[start:end] for word, start, end in located_tokens(text)]
    ['Prêt', 'à', '3', 'repas']
    """
    for found in _WORD.finditer(text):
        word, start, end = found.group(), found.start(), found.end()
        if word.isascii():
            yield word.lower(), start, end
        elif _UNSPACED_RUN.fullmatch(word):
            yield from _pairs(word, start)
        elif folded := fold(word):
            yield folded, start, end


def _pairs(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    if len(run) == 1:
        yield fold(run), start, start + 1
    for place in range(len(run) - 1):
        yield fold(run[place : place + 2]), start + place, start + place + 2


def stems(text: str, language: str | None) -> list[str]:
    """Return the stems of a text's telling words, for indexing and for asking alike.

    `language` is a tag such as "en" or "es-MX"; in languages without a stemmer here (and for
    None) words stay folded and whole. Stop words go, unless the text has nothing else.

    >>> stems("We are storing the fridges", "en")
    ['store', 'fridg']
    >>> stems("chambres réfrigérées", "fr") == stems("chambre refrigeree", "fr")
    True
    >>> stems("to be", "en")
    ['to', 'be']
    """
    words = tokens(text)
    stops = stop_words(language)
    telling = [word for word in words if word not in stops] or words
    return [stem(word, language) for word in telling]


def stem(word: str, language: str | None) -> str:
    """Return the stem of one folded word; the word itself where the language has no stemmer.

    >>> stem("voluntarios", "es"), stem("wolontariusze", "pl")
    ('voluntari', 'wolontariusze')
    """
    base = base_language(language)
    return _stem(word, base) if base in STEMMED_LANGUAGES else word


@lru_cache(maxsize=1000)
def base_language(language: str | None) -> str:
    """Return the language of a tag without its region: "es-MX" and "ES_mx" are "es"."""
    return re.split("[-_]", language or "", maxsplit=1)[0].lower()


@lru_cache(maxsize=50_000)
def _stem(word: str, base: str) -> str:
    if base == "fr" and len(word) > 4:
        word = _FRENCH_PARTICIPLE.sub("e", word)
    stemmed: str = _stemmer(base).stemWord(word)
    return stemmed


# Without its accent the stemmer no longer sees that "formée" and "formés" are one word.
_FRENCH_PARTICIPLE = re.compile("(?:ees|ee|es)$")

_own = threading.local()


def _stemmer(base: str) -> Stemmer.Stemmer:
    """Return this thread's stemmer: a stemmer object must not be shared between threads."""
    name = f"stemmer_{base}"
    if not hasattr(_own, name):
        # Words are cached above, once for all threads.
        setattr(_own, name, Stemmer.Stemmer(STEMMED_LANGUAGES[base], 0))
    return getattr(_own, name)


def stop_words(language: str | None) -> frozenset[str]:
    """Return the folded words that tell nothing in a language; empty where we keep no list."""
    return _STOP_WORDS.get(base_language(language), frozenset())


def listed(words: str) -> frozenset[str]:
    """Return a list written out as plain text as a set of words."""
    return frozenset(words.split())


_STOP_WORDS: Mapping[str, frozenset[str]] = {
    "en": listed(
        """a about after all also am an and any are as at be because been before being both but
        by can could d did do does doing don each for from had has have having he her here
        hers him his how i if in into is it its just ll m may me might more most my no nor not
        of off on only or other our ours out over own re s same shall she should so some such
        t than that the their theirs them then there these they this those through to too
        under until up us ve very was we were what when where which while who whom whose why
        will with would you your yours"""
    ),
    "es": listed(
        """a al algo algun alguna algunas alguno algunos ante antes aquel aquella aqui asi aun
        aunque cada como con contra cual cuales cuando de del desde donde dos durante e el
        ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estamos estan
        estar estas este esto estos estoy fue fueron ha haber hace han has hasta hay he la las
        le les lo los mas me mi mis mucho muy nada ni no nos nosotros nuestra nuestras nuestro
        nuestros o os otra otras otro otros para pero poco por porque pues que quien quienes
        se sea segun ser si sido sin sobre solo somos son soy su sus suyo tal tambien tan
        tanto te tengo tenemos ti tiene tienen todo todos toda todas tu tus un una unas uno
        unos usted ustedes va vamos van y ya yo"""
    ),
    "fr": listed(
        """a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avant avec avez
        avoir avons c car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme
        d dans de depuis des donc dont du elle elles en encore entre es est et etaient etait
        etant ete etes etre eu eux fait faire fois font il ils j je jusqu l la le les leur
        leurs lors lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont ou
        par parce pas peu peut plus plusieurs pour pourquoi pres qu quand que quel quelle
        quelles quels qui quoi s sa sans se sera ses si sien soi soit sommes son sont sous
        suis sur t ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous
        y"""
    ),
}


def looks_like(one: str, other: str) -> bool:
    """Say whether two names could be taken for each other at a glance.

    For warning a person that a new name imitates a known one, never for deciding that two people
    are the same.

    >>> looks_like("Pауpal", "Paypal"), looks_like("Ana Lima", "Ana Luna")
    (True, False)
    """
    return look(one) == look(other)


def look(name: str) -> str:
    """Return the shape of a name: what the eye keeps of it, the same for look-alikes.

    Letters of other alphabets that are drawn like Latin ones become Latin; l, I, 1 and | become
    one sign, so do 0 and o, rn and m. The letters follow Unicode Technical Standard 39.
    """
    plain = unicodedata.normalize("NFKC", clean_line(name)).translate(_LOOK_ALIKES)
    shape = fold(plain).translate(_ONE_STROKE).replace("rn", "m").replace("vv", "w")
    return " ".join(shape.split())


_CYRILLIC = ("АВЕЅІЇЈКМНОРСТУХԚԜҮаеѕіїјорсухԛԝһӏӀ", "ABESIIJKMHOPCTYXQWYaesiijopcyxqwhll")
_GREEK = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹοαιρυνκϲϳ", "ABEZHIKMNOPTYXCoaipuvkcj")
_ARMENIAN = ("ՕՏՍօսոհցզ", "OSUounhgq")

# Before case is folded: a Cyrillic capital may look Latin where its small letter does not.
_LOOK_ALIKES = str.maketrans(
    _CYRILLIC[0] + _GREEK[0] + _ARMENIAN[0],
    _CYRILLIC[1] + _GREEK[1] + _ARMENIAN[1],
)
_ONE_STROKE = str.maketrans("i1|!0", "llllo")


def clean_line(text: str) -> str:
    """Return the text as one safe line, for names and titles.

    Line breaks and odd spaces become single spaces; control characters, NUL, half a surrogate,
    invisible characters and marks that turn the direction of writing are dropped. Joiners stay,
    since Persian and the languages of India need them.

    >>> clean_line("  Ana\\tLima\\x00\\u202e \\n")
    'Ana Lima'
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    return " ".join("".join(_kept(character) for character in spaced).split())


_JOINERS = "\u200c\u200d"


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z":
        return " "
    dropped = category in ("Cc", "Cf", "Cs") or character in "\ufffe\uffff"
    return "" if dropped and character not in _JOINERS else character
