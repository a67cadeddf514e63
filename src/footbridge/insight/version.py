"""One version of the network, and what of it somebody may see.

Exclude, never blur: whoever a viewer may not see is taken out before anything is computed. Their
ties, words, vouches and asks are gone with them, so that no score, order, count or guess depends
on them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from footbridge.engine import fit
from footbridge.engine.snapshot import Snapshot
from footbridge.engine.ties import Ties, costs, widely_vouched
from footbridge.insight import warmth, weights
from footbridge.insight.rows import Rows
from footbridge.insight.words import WordIndex

Array = np.ndarray[Any, Any]
# Whom a viewer hosts, as a key; None stands for the operator, who sees everyone.
Hosted = frozenset[uuid.UUID] | None
MEMBERS: Hosted = frozenset()
FEW, MOST_KEPT = 5, 3_000


@dataclass(frozen=True)
class Told:
    """What one member said until a moment: the question that follows, their chapter, and whom
    they know."""

    query: fit.Query
    chapter: int
    knows: dict[int, float]


@dataclass(eq=False)
class View:
    """The network as far as somebody may see it."""

    rows: Rows
    words: WordIndex
    shown: Array
    snapshot: Snapshot
    pools: dict[int, Snapshot] = field(default_factory=dict)
    few: dict[tuple[int, fit.Filters], fit.Ranking] = field(default_factory=dict)
    told: dict[tuple[uuid.UUID, int, int], Told] = field(default_factory=dict)

    @cached_property
    def seen(self) -> Array:
        """For each word, how many of those shown it stands for."""
        return self.words.seen_among(self.shown)

    def search(self, text: str, keep: Array) -> Array:
        """The numbers of those among `keep` whom a text finds, best first."""
        return self.words.search(text, self.seen, keep & self.shown)[0]

    def by_name(self, keep: Array) -> Array:
        """The numbers of those among `keep`, by name."""
        left = np.flatnonzero(keep & self.shown)
        return left[self.rows.columns["by_name"][left].argsort()]

    def shows(self, number: int | None) -> bool:
        """Whether a member is in it."""
        return number is not None and bool(self.shown[number])

    def few_for(self, snapshot: Snapshot, query: fit.Query, wanted: fit.Filters) -> fit.Ranking:
        """The few best for someone in it; kept, since a host looks at a whole chapter at once
        and comes back."""
        key = (query.member, wanted)
        if key not in self.few:
            if len(self.few) >= MOST_KEPT:
                self.few.clear()
            self.few[key] = fit.rank_query(
                snapshot, query, k=FEW, filters=wanted, learned=weights.FOR_A_MEMBER
            )
        return self.few[key]

    def told_since(self, news: tuple[uuid.UUID, int, int], read: Callable[[], Told]) -> Told:
        """What a member said since the view was built; kept until there is more news of them."""
        found = self.told.get(news)
        if found is None:
            if len(self.told) >= MOST_KEPT:
                self.told.clear()
            found = self.told[news] = read()
        return found

    def suggesting_to(self, chapter: int) -> Snapshot:
        """The snapshot without those who wish to be suggested in their own chapter only, which
        is another."""
        if chapter not in self.pools:
            at_home = self.rows.columns["at_home"] & (self.rows.columns["chapter"] != chapter)
            self.pools[chapter] = (
                with_other(self.snapshot, pool=self.snapshot.pool & ~at_home)
                if at_home.any()
                else self.snapshot
            )
        return self.pools[chapter]


def with_other(snapshot: Snapshot, **parts: Any) -> Snapshot:
    """The snapshot with some parts replaced for one question. It keeps the hash of the version
    that it came from, since hashing every column anew takes longer than the answer."""
    changed = replace(snapshot, **parts)
    changed.__dict__["hash"] = snapshot.hash
    return changed


@dataclass(eq=False)
class Network:
    """Everyone as of one revision, and the views that were asked for."""

    revision: str
    rows: Rows
    words: WordIndex
    views: dict[Hosted, View] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return self.rows.size

    @property
    def newest_entry(self) -> int:
        """The number of the last entry of the journal that it knows of."""
        return int(self.revision.split("-", 1)[0])

    def seen_by(self, hosted: Hosted) -> View:
        """The network as far as somebody may see it who hosts these chapters."""
        if hosted not in self.views:
            self.views[hosted] = self._view(hosted)
        return self.views[hosted]

    def _view(self, hosted: Hosted) -> View:
        shown = self.shown_to(hosted)
        members = self.seen_by(MEMBERS) if hosted != MEMBERS else None
        if members is not None and np.array_equal(shown, members.shown):
            return members
        return View(self.rows, self.words, shown, snapshot_of(self.rows, shown, self.revision))

    def shown_to(self, hosted: Hosted) -> Array:
        """bool[n]: whom somebody may see who hosts these chapters."""
        listed = self.rows.columns["listed"]
        if hosted is None:
            return np.ones(self.size, bool)
        known = self.rows.place_of["chapters"]
        own = [known[chapter.hex] for chapter in hosted if chapter.hex in known]
        return listed | np.isin(self.rows.columns["chapter"], own)


def snapshot_of(rows: Rows, shown: Array, revision: str) -> Snapshot:
    """The engine's columns of those shown; of everyone else nothing but an empty place."""
    columns, places = rows.columns, _among(rows, shown, "places", "member")
    asked = _among(rows, shown, "asked", "seeker", "connector", "target")
    exposure = _count(rows.size, np.concatenate([asked["connector"], asked["target"]]))
    carried = _count(rows.size, asked["connector"][asked["counts"]])
    return Snapshot.build(
        rows.size,
        ties=_ties(rows, shown, _willing(columns, carried)),
        needs=_tags(rows, shown, "needs"),
        offers=_tags(rows, shown, "offers"),
        causes=_tags(rows, shown, "causes"),
        places=(places["member"], places["north"], places["east"]),
        revision=revision,
        pool=shown & ~columns["paused"] & ~columns["spoken_for"],
        exposure=exposure,
        stage=_stages(rows),
        **{
            name: columns[name]
            for name in (
                "kind", "sector", "organisation", "group", "chapter", "country", "languages"
            )
        },
    )  # fmt: skip


def _stages(rows: Rows) -> Array:
    """From 1 on; 0 for whoever has not said so, and in a version that was written before."""
    said = rows.columns.get("stage")
    return np.zeros(rows.size, np.uint8) if said is None else (said + 1).astype(np.uint8)


def _among(rows: Rows, shown: Array, heading: str, *whose: str) -> dict[str, Array]:
    """The lines of a list in which everyone named is shown."""
    lines = {
        name.removeprefix(f"{heading}/"): column
        for name, column in rows.lists.items()
        if name.startswith(f"{heading}/")
    }
    keep = np.logical_and.reduce([shown[lines[one]] for one in whose])
    return {name: column[keep] for name, column in lines.items()}


def _count(n: int, members: Array) -> Array:
    return np.bincount(members, minlength=n)


def _tags(rows: Rows, shown: Array, heading: str) -> Any:
    lines = _among(rows, shown, heading, "member")
    return lines["member"], lines["term"], lines["weight"]


def _willing(columns: dict[str, Array], carried: Array) -> Array:
    """Who may carry an introduction: members who joined, have not paused and are within their
    budget of asks. Organisations are bridges that everyone can see."""
    within_budget = carried < columns["asks_per_month"]
    people = columns["joined"] & ~columns["paused"] & within_budget
    willing: Array = people | (columns["kind"] == 1)
    return willing


def _ties(rows: Rows, shown: Array, willing: Array) -> Ties:
    """One strength for each pair; connectors who are widely vouched for count for more."""
    said = _among(rows, shown, "ties", "one", "other")
    met = _among(rows, shown, "met", "one", "other", "by")
    lists = {f"ties/{name}": column for name, column in said.items()}
    lists |= {f"met/{name}": column for name, column in met.items()}
    vouches = _among(rows, shown, "vouches", "teller", "other")
    vouched = widely_vouched(_count(rows.size, vouches["other"])) if rows.size else None
    pairs = warmth.with_meetings(lists)
    return Ties.build(rows.size, *pairs, willing=willing, vouched=vouched)


def with_one_more(ties: Ties, knows: Iterable[tuple[int, float]]) -> Ties:
    """The ties with one more member at the end, who knows some of the others.

    The others' own rows stay as they are, which is all that suggestions ask for.
    """
    pairs = sorted((-warm, number) for number, warm in knows)
    strength = np.array([-warm for warm, _ in pairs], np.float32)
    return replace(
        ties,
        indptr=np.append(ties.indptr, ties.indptr[-1] + len(pairs)),
        neighbours=np.append(ties.neighbours, np.array([n for _, n in pairs], np.int32)),
        strength=np.append(ties.strength, strength),
        cost=np.append(ties.cost, costs(strength)),
        willing=np.append(ties.willing, False),
        vouched=np.append(ties.vouched, np.float32(0.5)),
    )


def known_back(ties: Ties, newcomer: int) -> Ties:
    """The same ties with the newcomer in the rows of those they know: chains are told from either
    end."""
    known, strength = ties.of(newcomer)
    cost = costs(strength)
    places = [
        int(ties.indptr[one] + ties.cost[ties.indptr[one] : ties.indptr[one + 1]].searchsorted(
            step, side="right"
        ))
        for one, step in zip(known.tolist(), cost, strict=True)
    ]  # fmt: skip
    grown = np.zeros(len(ties.indptr), np.int64)
    grown[known + 1] = 1
    return replace(
        ties,
        indptr=ties.indptr + np.cumsum(grown),
        neighbours=np.insert(ties.neighbours, places, np.int32(newcomer)),
        strength=np.insert(ties.strength, places, strength),
        cost=np.insert(ties.cost, places, cost),
    )
