"""Members of a chapter who may be one and the same: offered to a host, never merged silently."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby

from rapidfuzz import fuzz, process

from footbridge.core import ids
from footbridge.core.words import look
from footbridge.intake.models import Duplicate
from footbridge.people.models import Chapter, Member

MOST_OFFERED = 1_000
NEARLY = 90
SHORTEST_COMPARED = 6
MOST_NEIGHBOURS = 400
MOST_OF_ONE_LOOK = 20
MOST_OF_ONE_PAGE = 5

_EVERYONES_PAGES = re.compile(
    r"^(?:\w+\.)*(?:facebook|twitter|x|linkedin|instagram|youtube|google|github|wordpress|wix"
    r"|eventbrite|linktr|meetup)\.\w+"
)

# "LA022" and "IA022" look alike, and mean two.
_IS_CODE = re.compile(r"[\w-]*\d[\w-]*")

Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class _One:
    id: uuid.UUID
    kind: str
    folded: str
    place: uuid.UUID | None
    look: str
    page: str

    @property
    def keys(self) -> Iterator[int]:
        """What two who may be one share, in eight bytes each."""
        if self.look:
            yield hash((self.kind, self.look))
        if self.page:
            yield hash((self.kind, "page", self.page))


def offer_duplicates(chapter: Chapter) -> int:
    """Write down pairs that are likely one; pairs that a host has decided about stay decided.

    The chapter is read as a stream, more than once, so that a large one needs little memory.
    """
    found: dict[Pair, tuple[float, list[str]]] = {}
    repeated = _repeated(_read(chapter))
    shared = [one for one in _read(chapter) if not repeated.isdisjoint(one.keys)]
    for pair, likeness, why in (
        *_same_website(shared),
        *_same_look(shared),
        *_nearly_the_same(_read(chapter)),
    ):
        known = found.get(pair, (0.0, []))
        found[pair] = (max(known[0], likeness), [*dict.fromkeys([*known[1], *why])])
    return _write(found)


def _read(chapter: Chapter) -> Iterator[_One]:
    """Everyone of the chapter, place by place. A number that stands for a name has no look."""
    rows = Member.objects.filter(chapter=chapter).order_by("place_id", "id")
    columns = rows.values_list("id", "kind", "name", "folded", "place_id", "website")
    for member, kind, name, folded, place, website in columns.iterator(2000):
        shape = "" if _IS_CODE.fullmatch(folded) else look(name)
        yield _One(member, kind, folded, place, shape, _page(website) if website else "")


def _repeated(ones: Iterable[_One]) -> set[int]:
    seen: set[int] = set()
    twice: set[int] = set()
    for one in ones:
        for key in one.keys:
            (twice if key in seen else seen).add(key)
    return twice


def _page(website: str) -> str:
    """A page of one's own, whatever its scheme; the front page of a platform tells nothing."""
    bare = re.sub(r"^https?://(?:www\.)?", "", website.lower()).rstrip("/")
    return "" if _EVERYONES_PAGES.match(bare) and "/" not in bare else bare


def _same_website(ones: Iterable[_One]) -> Iterator[tuple[Pair, float, list[str]]]:
    groups: dict[tuple[str, str], list[_One]] = defaultdict(list)
    for one in ones:
        if one.page:
            groups[one.kind, one.page].append(one)
    for group in groups.values():
        if 1 < len(group) <= MOST_OF_ONE_PAGE:
            for one, other in combinations(group, 2):
                yield _pair(one.id, other.id), 0.7, ["website"]


def _same_look(ones: Iterable[_One]) -> Iterator[tuple[Pair, float, list[str]]]:
    groups: dict[tuple[str, str], list[_One]] = defaultdict(list)
    for one in ones:
        if one.look:
            groups[one.kind, one.look].append(one)
    for group in groups.values():
        if 1 < len(group) <= MOST_OF_ONE_LOOK:
            for one, other in combinations(group, 2):
                why = ["name" if one.folded == other.folded else "look"]
                near = one.place is not None and one.place == other.place
                yield _pair(one.id, other.id), 0.95 if near else 0.85, why + ["place"] * near


def _nearly_the_same(ones: Iterable[_One]) -> Iterator[tuple[Pair, float, list[str]]]:
    """Names that differ in a letter or two, in one place, with one beginning."""
    for place, neighbours in groupby(ones, key=lambda one: one.place):
        groups: dict[tuple[str, str], list[_One]] = defaultdict(list)
        for one in neighbours if place is not None else ():
            if one.look and len(one.folded) >= SHORTEST_COMPARED:
                groups[one.kind, one.folded[:2]].append(one)
        for group in groups.values():
            if 1 < len(group) <= MOST_NEIGHBOURS:
                yield from _near_names(group)


def _near_names(group: list[_One]) -> Iterator[tuple[Pair, float, list[str]]]:
    names = [one.folded for one in group]
    scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=NEARLY, workers=1)
    for at, other_at in zip(*scores.nonzero()):
        one, other = group[int(at)], group[int(other_at)]
        numbers = re.findall(r"\d+", one.folded), re.findall(r"\d+", other.folded)
        if at < other_at and one.look != other.look and numbers[0] == numbers[1]:
            likeness = float(scores[at, other_at]) / 100 * 0.9
            yield _pair(one.id, other.id), round(likeness, 3), ["alike", "place"]


def _pair(one: uuid.UUID, other: uuid.UUID) -> Pair:
    return (one, other) if one < other else (other, one)


def _write(found: dict[Pair, tuple[float, list[str]]]) -> int:
    likeliest = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:MOST_OFFERED]
    known = set(Duplicate.objects.values_list("one_id", "other_id"))
    fresh = [
        Duplicate(id=ids.new_id(), one_id=pair[0], other_id=pair[1], likeness=likeness, why=why)
        for pair, (likeness, why) in likeliest
        if pair not in known
    ]
    Duplicate.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)
