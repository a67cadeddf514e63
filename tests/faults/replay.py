"""A disk that loses its power: what was synced is there; of the rest, what chance leaves.

Writes that were not synced may be there, or not, or in part (by sectors of 512 bytes), in any
order. Names that were made or removed are on the disk in the order in which that was done, up to
some point, unless their folder was synced.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.trace import Cut, Made, Removed, Step, Synced, Told, Written

SECTOR = 512
CHANCES = ("nothing", "everything", "the first of it", "some of it", "some of it, torn")


@dataclass
class File:
    """Its bytes on the disk, and what has not reached them."""

    kept: bytearray = field(default_factory=bytearray)
    waiting: list[Written | Cut] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.waiting:
            apply(self.kept, step)
        self.waiting.clear()

    def left(self, drawn: random.Random, chance: str) -> bytes:
        """Its bytes after the power was cut."""
        found = bytearray(self.kept)
        for step in chosen(self.waiting, drawn, chance):
            apply(found, step)
        return bytes(found)


def apply(found: bytearray, step: Written | Cut) -> None:
    """Do to some bytes what a call did to a file."""
    if isinstance(step, Cut):
        del found[step.length :]
        found.extend(bytes(step.length - len(found)))
        return
    found.extend(bytes(max(0, step.at - len(found))))
    found[step.at : step.at + len(step.data)] = step.data


def chosen(waiting: list[Written | Cut], drawn: random.Random, chance: str) -> list[Written | Cut]:
    """Which of the writes that were under way are on the disk."""
    if chance == "nothing":
        return []
    if chance == "everything":
        return list(waiting)
    if chance == "the first of it":
        return waiting[: drawn.randint(0, len(waiting))]
    found = [step for step in waiting if drawn.random() < 0.5]
    return [part for step in found for part in _torn(step, drawn, chance)]


def _torn(step: Written | Cut, drawn: random.Random, chance: str) -> list[Written | Cut]:
    if isinstance(step, Cut) or not chance.endswith("torn"):
        return [step]
    pieces = range(0, len(step.data), SECTOR)
    return [
        Written(step.name, step.at + start, step.data[start : start + SECTOR])
        for start in pieces
        if drawn.random() < 0.5
    ]


class Disk:
    """The folder of a database, moved on step by step."""

    def __init__(self, folder: Path, name: str) -> None:
        kept = {path.name: File(bytearray(path.read_bytes())) for path in folder.glob(f"{name}*")}
        self.kept: dict[str, File] = dict(kept)
        self.names: dict[str, File] = dict(kept)
        self.waiting: list[tuple[str, File | None]] = []
        self.told: list[str] = []

    def move(self, step: Step) -> None:
        """One call, or one word to a person."""
        if isinstance(step, Told):
            self.told.append(step.text)
        elif isinstance(step, Made):
            if step.name not in self.names:
                self._name(step.name, File())
        elif isinstance(step, Removed):
            self._name(step.name, None)
        elif isinstance(step, Synced) and not step.name:
            self.kept, self.waiting = dict(self.names), []
        elif isinstance(step, Synced):
            self.names[step.name].sync()
        else:
            self.names[step.name].waiting.append(step)

    def _name(self, name: str, file: File | None) -> None:
        self.waiting.append((name, file))
        self.names.pop(name, None)
        if file is not None:
            self.names[name] = file

    def lose_power(self, folder: Path, drawn: random.Random) -> str:
        """Write what is left of it to a folder; returns what chance did."""
        chance = drawn.choice(CHANCES)
        names = dict(self.kept)
        for name, file in self.waiting[: self._names_kept(drawn, chance)]:
            names.pop(name, None)
            if file is not None:
                names[name] = file
        for name, file in names.items():
            (folder / name).write_bytes(file.left(drawn, chance))
        return chance

    def _names_kept(self, drawn: random.Random, chance: str) -> int:
        if chance in ("nothing", "everything"):
            return 0 if chance == "nothing" else len(self.waiting)
        return drawn.randint(0, len(self.waiting))
