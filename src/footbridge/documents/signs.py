"""A sector's sign on paper: its shape in its colour, a letter on it, and the word it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Sign:
    """`outline` is the path of the shape in a square of 24 by 24; colours are written "#0c3981"."""

    word: str
    letter: str
    outline: str
    colour: str
    letter_colour: str

    def to_data(self) -> dict[str, str]:
        """The sign as a template takes it: the shape drawn, the letter left to the typesetter.

        >>> Sign("Business", "B", "M2 2H22V22H2Z", "#0c3981", "#ffffff").to_data()["letter"]
        'B'
        """
        path = f'<path d="{escape(self.outline)}" fill="{escape(self.colour)}"/>'
        box = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"'
        return {
            "word": self.word,
            "letter": self.letter,
            "letter_colour": self.letter_colour,
            "shape": f"<svg {box}>{path}</svg>",
        }
