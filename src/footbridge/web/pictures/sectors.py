"""A sector's sign: a shape, a colour and a letter, so that no one of the three must carry it.

The colours were chosen together by searching for the five that stay furthest apart (in OKLab)
for readers with full colour sight and with each of the three kinds of colour blindness
(simulated after Machado, Oliveira and Fernandes 2009), at no less than 3:1 against the paper.
`static/css/tokens.css` holds the same values for pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from footbridge.web.pictures.svg import Say, Svg, as_written, element


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators and leaves it as it is."""
    return message


@dataclass(frozen=True)
class Sector:
    """One of the five, as it is drawn: `outline` lives in a square of 24 by 24."""

    key: str
    word: str
    outline: str
    colour: str
    colour_at_night: str
    letter_colour: str
    letter_colour_at_night: str


# Translators: the first letters of these five words must differ: they are drawn as signs.
SECTORS: dict[str, Sector] = {
    sector.key: sector
    for sector in (
        Sector(
            "private",
            gettext_noop("Business"),
            "M2.5 2.5H21.5V21.5H2.5Z",
            "#0c3981",
            "#95b3ea",
            "#ffffff",
            "#14130f",
        ),
        Sector(
            "public",
            gettext_noop("Public"),
            "M12 1L23 9.3L18.8 22.5H5.2L1 9.3Z",
            "#853e06",
            "#dbaa41",
            "#ffffff",
            "#14130f",
        ),
        Sector(
            "nonprofit",
            gettext_noop("Nonprofit"),
            "M12 1A11 11 0 0 1 12 23A11 11 0 0 1 12 1Z",
            "#1e9e6e",
            "#4e8e4a",
            "#14130f",
            "#14130f",
        ),
        Sector(
            "academic",
            gettext_noop("Academic"),
            "M12 0L24 12L12 24L0 12Z",
            "#8a58ba",
            "#a965c9",
            "#ffffff",
            "#14130f",
        ),
        Sector(
            "hybrid",
            gettext_noop("Hybrid"),
            "M6.3 2H17.7L23.5 12L17.7 22H6.3L0.5 12Z",
            "#2e2016",
            "#dbd7cd",
            "#ffffff",
            "#14130f",
        ),
    )
}


def sector_word(key: str, say: Say = as_written) -> str:
    """The reader's word for a sector, or nothing for one we do not know.

    >>> sector_word("private"), sector_word("")
    ('Business', '')
    """
    sector = SECTORS.get(key)
    return say(sector.word) if sector else ""


def sector_glyph(key: str, say: Say = as_written, *, named: bool = False) -> Svg:
    """The sign of a sector, 24 by 24; empty for one we do not know.

    It is decoration beside the word; where it stands alone, `named=True` lets it say the word.
    """
    sector = SECTORS.get(key)
    if sector is None:
        return Svg("")
    word = say(sector.word)
    told = {"role": "img"} if named else {"aria_hidden": "true"}
    title = [element("title", escape(word))] if named else []
    return Svg(
        element(
            "svg",
            *title,
            *_sign(sector, word),
            viewBox="0 0 24 24",
            class_=f"glyph sector-{sector.key}",
            focusable="false",
            **told,
        )
    )


def sign_at(key: str, x: float, y: float, say: Say = as_written) -> str:
    """The sign as a part of a larger picture, centred on a point; empty for an unknown sector."""
    sector = SECTORS.get(key)
    if sector is None:
        return ""
    place = f"translate({x - 12:g} {y - 12:g})"
    return element(
        "g", *_sign(sector, say(sector.word)), class_=f"sector-{sector.key}", transform=place
    )


def _sign(sector: Sector, word: str) -> tuple[str, str]:
    shape = element("path", class_="glyph-shape", d=sector.outline, fill=sector.colour)
    letter = element(
        "text",
        escape(word[:1].upper()),
        class_="glyph-letter",
        x=12,
        y=16.4,
        fill=sector.letter_colour,
        font_size=12,
        font_weight=700,
        text_anchor="middle",
    )
    return shape, letter
