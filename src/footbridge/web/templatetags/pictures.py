"""Pictures and signs for templates, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.translation import get_language, gettext

from footbridge.web import pictures

register = template.Library()


@register.simple_tag
def sector_glyph(sector: str, named: bool = False) -> pictures.Svg:
    """The sign of a sector: shape, colour and letter."""
    return _glyph(str(sector or ""), named, get_language())


@lru_cache(maxsize=256)
def _glyph(sector: str, named: bool, _language: str) -> pictures.Svg:
    """Drawn once for each language: a list of people shows the same few signs over and over."""
    return pictures.sector_glyph(sector, gettext, named=named)


@register.simple_tag
def sector_word(sector: str) -> str:
    """The word for a sector."""
    return pictures.sector_word(str(sector or ""), gettext)


@register.simple_tag
def stones(chain: pictures.Chain) -> pictures.Svg:
    """An introduction chain, drawn."""
    return pictures.stones(chain, gettext)


@register.simple_tag
def stones_sentences(chain: pictures.Chain) -> tuple[str, ...]:
    """An introduction chain, told."""
    return pictures.sentences(chain, gettext)


@register.simple_tag
def round_table(number: int, chairs: int) -> pictures.Svg:
    """A table with its chairs, from above."""
    return pictures.round_table(number, chairs, gettext("Table %(number)d") % {"number": number})
