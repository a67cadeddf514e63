"""What changed between two versions, clause by clause, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]

# A word with the space behind it; in scripts without spaces, each sign by itself.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_PIECE = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+\s*|\s+")
# Beyond that many pieces a text is compared line by line: word by word takes too long.
_MOST_PIECES = 1500


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, came or went."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Change:
    """One clause that is not as it was."""

    key: str
    pieces: tuple[Piece, ...]


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """The clauses that differ, those of the newer version first and in its order."""
    for key in [*after, *(one for one in before if one not in after)]:
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            yield Change(key, tuple(pieces(old, new)))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """One text as it was and as it is, in pieces that stayed, went and came.

    >>> [(p.kind, p.words) for p in pieces("We pay 40 euros.", "We pay 50 euros.")]
    [('same', 'We pay '), ('removed', '40 '), ('added', '50 '), ('same', 'euros.')]
    >>> [(p.kind, p.words) for p in pieces("三月三日", "三月四日")]
    [('same', '三月'), ('removed', '三'), ('added', '四'), ('same', '日')]
    """
    old, new = _cut(before), _cut(after)
    if max(len(old), len(new)) > _MOST_PIECES:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        yield from _told("removed", old[a:b])
        yield from _told("added", new[c:d])


def _cut(text: str) -> list[str]:
    return _PIECE.findall(text)


def _told(kind: Kind, cut: Iterable[str]) -> Iterator[Piece]:
    words = "".join(cut)
    if words:
        yield Piece(kind, words)
