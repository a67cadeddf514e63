"""What a drill found, in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What was told to people as done, and what of it was there afterwards."""

    drill: str
    tries: str
    acknowledged: int
    found: int
    lost: int
    torn: int
    duplicates: int
    words: str = ""

    @property
    def is_well(self) -> bool:
        """Something was acknowledged, all of it is there, once, and nothing is half done."""
        return self.acknowledged > 0 and self.lost == self.torn == self.duplicates == 0

    def __str__(self) -> str:
        counted = (
            f"{self.drill:<28} {self.tries:<22} acknowledged {self.acknowledged:>6}  "
            f"found {self.found:>6}  lost {self.lost}  torn {self.torn}  "
            f"duplicates {self.duplicates}"
        )
        return f"{counted}  {self.words}".rstrip()
