"""Signs of the sectors: told apart by shape, letter and colour, each enough alone."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import footbridge.web
from footbridge.web.pictures import SECTORS, sector_glyph, sector_word

TOKENS = (Path(footbridge.web.__file__).parent / "static/css/tokens.css").read_text()
TWO_COLOURS = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
DAY_AND_NIGHT = {name: (day, night) for name, day, night in TWO_COLOURS.findall(TOKENS)}
DAY_ALONE = dict(re.findall(r"--([\w-]+): (#\w{6});", TOKENS))

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0; they act on linear RGB.
SIGHTS = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Ottosson (2020), OKLab.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> np.ndarray:
    coded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of relative luminances."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    dark, light = sorted(float(linear(colour) @ weights) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str, sight: np.ndarray) -> float:
    """How far apart two colours are in OKLab, for a kind of sight; 0.02 is just noticeable."""
    labs = [
        TO_LAB @ np.cbrt(TO_CONES @ np.clip(sight @ linear(colour), 0, 1))
        for colour in (one, other)
    ]
    return float(np.linalg.norm(labs[0] - labs[1]))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("light", ["colour", "colour_at_night"])
def test_sector_colours_stay_apart_for_every_kind_of_sight(sight: str, light: str) -> None:
    for one, other in combinations(SECTORS.values(), 2):
        apart = distance(getattr(one, light), getattr(other, light), SIGHTS[sight])
        assert apart > 0.12, (one.key, other.key)


@pytest.mark.parametrize("key", SECTORS)
def test_a_sign_stands_out_from_the_paper_and_its_letter_from_the_sign(key: str) -> None:
    sector = SECTORS[key]
    for ground in ("paper", "sheet"):
        day, night = DAY_AND_NIGHT[ground]
        assert contrast(sector.colour, day) >= 3
        assert contrast(sector.colour_at_night, night) >= 3
    assert contrast(sector.colour, sector.letter_colour) >= 4.5
    assert contrast(sector.colour_at_night, sector.letter_colour_at_night) >= 4.5


@pytest.mark.parametrize("key", SECTORS)
def test_the_stylesheet_and_the_pictures_hold_the_same_colours(key: str) -> None:
    sector = SECTORS[key]
    assert DAY_AND_NIGHT[f"sector-{key}"] == (sector.colour, sector.colour_at_night)
    assert DAY_AND_NIGHT[f"on-sector-{key}"] == (
        sector.letter_colour,
        sector.letter_colour_at_night,
    )


def test_browsers_without_light_dark_get_the_whole_daylight_palette() -> None:
    assert {name: day for name, (day, _) in DAY_AND_NIGHT.items()} == DAY_ALONE


@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "good", "warn", "wrong"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "sunk"])
def test_text_is_legible_by_day_and_by_night(ink: str, ground: str) -> None:
    for colour, behind in zip(DAY_AND_NIGHT[ink], DAY_AND_NIGHT[ground], strict=True):
        assert contrast(colour, behind) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_edges_of_controls_can_be_seen_by_day_and_by_night(ground: str) -> None:
    for edge, behind in zip(DAY_AND_NIGHT["line-strong"], DAY_AND_NIGHT[ground], strict=True):
        assert contrast(edge, behind) >= 3


def test_every_sector_has_a_shape_and_a_letter_of_its_own() -> None:
    assert len({sector.outline for sector in SECTORS.values()}) == 5
    assert len({sector.word[0] for sector in SECTORS.values()}) == 5


def test_a_sign_beside_its_word_is_silent_and_alone_it_speaks() -> None:
    beside = ElementTree.fromstring(sector_glyph("public"))
    alone = ElementTree.fromstring(sector_glyph("public", named=True))
    assert (beside.get("aria-hidden"), beside.find("title")) == ("true", None)
    assert alone.get("role") == "img"
    assert alone.findtext("title") == "Public"


def test_a_sign_carries_the_letter_of_the_readers_word() -> None:
    spanish = {"Business": "empresa"}
    sign = ElementTree.fromstring(sector_glyph("private", lambda word: spanish[word]))
    assert sign.findtext("text") == "E"


def test_an_unknown_sector_draws_and_says_nothing() -> None:
    assert (sector_glyph("guild"), sector_word("guild")) == ("", "")


def test_signs_fit_their_square() -> None:
    for sector in SECTORS.values():
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", sector.outline)]
        assert all(0 <= number <= 24 for number in numbers), sector.key
