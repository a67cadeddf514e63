"""Pictures that stand where a paragraph would be slower to read.

Each function takes plain values and returns SVG as text: the same values give the same
picture, every text in it is escaped, and it carries a title and a description for people who
listen. Nothing here knows Django; the words pass through `say`, a function from English to
the reader's language (`gettext` will do).
"""

from footbridge.web.pictures.indicator import Goal, Point, indicator_line
from footbridge.web.pictures.round_table import round_table
from footbridge.web.pictures.sectors import SECTORS, Sector, sector_glyph, sector_word
from footbridge.web.pictures.stones import Chain, Step, Stone, sentences, stones
from footbridge.web.pictures.strength import strength_words
from footbridge.web.pictures.svg import Svg
from footbridge.web.pictures.tornado import Swing, tornado
from footbridge.web.pictures.waterfall import Beam, waterfall

__all__ = [
    "SECTORS",
    "Beam",
    "Chain",
    "Goal",
    "Point",
    "Sector",
    "Step",
    "Stone",
    "Svg",
    "Swing",
    "indicator_line",
    "round_table",
    "sector_glyph",
    "sector_word",
    "sentences",
    "stones",
    "strength_words",
    "tornado",
    "waterfall",
]
