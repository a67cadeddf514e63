"""Ties: those within a row at once, those whose ends have to be looked up in a second pass."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from footbridge.intake.interpret import MAILBOX, REGISTER, MemberSaid, RowSaid, TieSaid
from footbridge.intake.landing.describing import new_member
from footbridge.intake.landing.directory import Directory
from footbridge.intake.landing.scene import Scene, scheme_of
from footbridge.intake.landing.writing import Writing
from footbridge.intake.mapping import Shape
from footbridge.intake.reading import Said, said
from footbridge.intake.sheets import Opened
from footbridge.network.actions import Statement, record_ties
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind
from footbridge.people import tidy
from footbridge.people.models import Identifier, Member
from footbridge.people.policy import visible_to
from footbridge.people.states import Kind

if TYPE_CHECKING:
    from footbridge.intake.landing.members import _Met

Pair = tuple[uuid.UUID, uuid.UUID]
_WEAKEST_FIRST = list(Strength)


@dataclass(frozen=True, slots=True)
class _End:
    """A member at one end of a tie."""

    id: uuid.UUID
    home: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class _Found:
    row: RowSaid
    tie: TieSaid
    teller: _End
    other: _End

    @property
    def pair(self) -> Pair:
        return (self.teller.id, self.other.id)


def record_between(
    scene: Scene, directory: Directory, told: Iterable[tuple[RowSaid, Sequence[_Met]]]
) -> None:
    """Record the ties between members of one row, such as a funder and a recipient."""
    found = []
    for row, members in told:
        for tie in row.ties:
            if isinstance(tie.teller, int) and isinstance(tie.other, int):
                ends = [_end(directory, members[at].id) for at in (tie.teller, tie.other)]
                if ends[0].id != ends[1].id:
                    found.append(_Found(row, tie, ends[0], ends[1]))
    _record(scene, found)


def _end(directory: Directory, member: uuid.UUID | None) -> _End:
    assert member is not None
    return _End(member, directory.rows[member].chapter_id)


def _record(scene: Scene, found: Sequence[_Found]) -> None:
    """Hand ties over to the network, chapter by chapter, each pair once."""
    if not found:
        return
    known = _known_ties(found)
    if scene.is_trial:
        _try(scene, found, known)
        return
    by_home: dict[uuid.UUID, dict[Pair, Statement]] = defaultdict(dict)
    for one in found:
        home = _home_or_note(scene, one)
        if home is None:
            continue
        first = scene.mention(*one.pair)
        before = by_home[home].get(one.pair) or known.get(one.pair)
        by_home[home][one.pair] = _together(one, before, first=first)
    for home, statements in by_home.items():
        recorded = record_ties(
            actor=scene.actor, chapter=scene.hosted[home], statements=statements.values()
        )
        scene.count("ties", recorded.added)


def _try(scene: Scene, found: Sequence[_Found], known: dict[Pair, Statement]) -> None:
    """What would be said and counted, where nothing is written."""
    at_home = [one for one in found if _home_or_note(scene, one) is not None]
    unseen = _unseen(scene, {end.id for one in at_home for end in (one.teller, one.other)})
    first = [one for one in at_home if scene.mention(*one.pair)]
    fresh = [one for one in first if one.pair not in known and not unseen & set(one.pair)]
    scene.count("ties", len(fresh))


def _unseen(scene: Scene, ends: set[uuid.UUID]) -> set[uuid.UUID]:
    """Members of other chapters' lists, of whom whoever imports does not know."""
    known = set(Member.objects.order_by().filter(id__in=ends).values_list("id", flat=True))
    seen = visible_to(scene.actor).order_by().filter(id__in=known)
    return known - set(seen.values_list("id", flat=True))


def _home_or_note(scene: Scene, one: _Found) -> uuid.UUID | None:
    home = _home(scene, one)
    if home is None:
        one.row.repairs.append(said("Both ends are in chapters that you do not look after."))
    return home


def _home(scene: Scene, one: _Found) -> uuid.UUID | None:
    """The chapter whose host tells of the tie."""
    for home in (one.teller.home, one.other.home):
        if home is not None and home in scene.hosted:
            return home
    return None


def _known_ties(found: Sequence[_Found]) -> dict[Pair, Statement]:
    pairs = {one.pair for one in found}
    # By one end only: asked for both, SQLite tries each teller with each other.
    rows = Tie.objects.filter(teller__in={teller for teller, _other in pairs}).values_list(
        "teller_id", "other_id", "strength", "kind", "how", "since", "last_confirmed"
    )
    return {(row[0], row[1]): Statement(*row) for row in rows if (row[0], row[1]) in pairs}


def _together(one: _Found, before: Statement | None, *, first: bool) -> Statement:
    """What all rows about a pair say: since the earliest day, confirmed on the latest, and as
    strong as the strongest, unless a newer list says otherwise. Grants add up in any order."""
    tie = one.tie
    if before is None:
        return Statement(*one.pair, tie.strength, tie.kind, tie.how, tie.since, tie.last_confirmed)
    adds_up = not first or tie.kind == TieKind.FUNDS
    strength = _stronger(tie.strength, Strength(before.strength)) if adds_up else tie.strength
    return Statement(
        *one.pair,
        strength,
        before.kind if adds_up else tie.kind,
        (before.how or tie.how) if adds_up else (tie.how or before.how),
        _pick(min, before.since, tie.since) if adds_up else (tie.since or before.since),
        _pick(max, before.last_confirmed, tie.last_confirmed),
    )


def _stronger(one: Strength, other: Strength) -> Strength:
    return max(one, other, key=_WEAKEST_FIRST.index)


def _pick(choose: Any, one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return choose(days) if days else None


class TieLanding:
    """Lands the ties whose ends are numbers, addresses or names."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def land(self, opened: Opened, rows: list[RowSaid]) -> None:
        """Look up both ends of each tie and record it."""
        told = [row for row in rows if row.refusal is None]
        directory = self._scene.directory()
        ends = _Ends(self._scene, opened, directory)
        ends.look_up(told)
        found = [one for row in told for one in self._ties_of(row, ends)]
        if not self._scene.is_trial:
            ends.write()
        _record(self._scene, found)
        if self._scene.is_trial:
            directory.lighten()

    def remember(self, opened: Opened, rows: list[RowSaid]) -> None:
        """Which pairs were mentioned in rows that have been landed already."""
        told = [row for row in rows if row.refusal is None]
        ends = _Ends(self._scene, opened, Directory())
        ends.look_up(told)
        with self._scene.silently():
            for row in told:
                for one in self._ties_of(row, ends):
                    self._scene.mention(*one.pair)

    def _ties_of(self, row: RowSaid, ends: _Ends) -> list[_Found]:
        found = []
        for tie in row.ties:
            if tie.is_between_members_of_the_row:
                continue
            notes: list[Said] = []
            teller, other = ends.find(row, tie.teller, notes), ends.find(row, tie.other, notes)
            if teller is not None and other is not None and teller.id == other.id:
                notes.append(said("“{name}” is tied to itself.", name=str(tie.other)[:80]))
            if not notes and teller is not None and other is not None:
                found.append(_Found(row, tie, teller, other))
            elif row.members:
                row.repairs += notes
            else:
                row.refusal = notes[0]
        return found


class _Ends:
    """Finds whom the words at the ends of ties mean, for one block of rows."""

    def __init__(self, scene: Scene, opened: Opened, directory: Directory) -> None:
        self._scene = scene
        self._is_list_of_ties = opened.mapping.shape is Shape.TIES
        self._own_scheme = scheme_of(scene.chapter, opened)
        self._directory = directory
        self._by_number: dict[str, dict[str, uuid.UUID]] = defaultdict(dict)
        self._homes: dict[uuid.UUID, uuid.UUID | None] = {}
        self._writing = Writing()

    def look_up(self, rows: Sequence[RowSaid]) -> None:
        """Load whoever the rows may mean, in a handful of queries."""
        words = {
            end for row in rows for tie in row.ties for end in (tie.teller, tie.other)
            if isinstance(end, str)
        }  # fmt: skip
        subjects = [(one, self._scene.chapter_of(row).id) for row in rows for one in row.members]
        self._directory.look_up(
            [*subjects, *((one, self._scene.chapter.id) for one in _as_members(words))],
            lock=False,
            whole=False,
        )
        self._look_up_numbers(words)
        self._homes |= {one: row.chapter_id for one, row in self._directory.rows.items()}

    def _look_up_numbers(self, words: set[str]) -> None:
        rows = Identifier.objects.filter(value__in=words | {w.upper() for w in words})
        for scheme, value, member, home in rows.values_list(
            "scheme", "value", "member_id", "member__chapter"
        ):
            self._by_number[value][scheme] = member
            self._homes[member] = home
        for (scheme, value), member in self._directory.by_identity.items():
            if value in words:
                self._by_number[value][scheme] = member

    def find(self, row: RowSaid, end: int | str, notes: list[Said]) -> _End | None:
        """Whom an end means; where nobody, the notes say why."""
        member = self._subject(row) if isinstance(end, int) else self._named(end, notes)
        if member is None and isinstance(end, str) and not notes:
            member = self._someone_new(end, notes)
        return None if member is None else _End(member, self._homes.get(member))

    def _subject(self, row: RowSaid) -> uuid.UUID | None:
        chapter, one = self._scene.chapter_of(row).id, row.members[0]
        if not one.is_person:
            return self._directory.organisation(one, chapter)
        employers = [
            self._directory.organisation(row.members[role.organisation], chapter)
            for role in row.roles
        ]
        return self._directory.person(one, chapter, employers[0] if employers else None)

    def _named(self, text: str, notes: list[Said]) -> uuid.UUID | None:
        """By the numbers of this import's lists, a register, an address, a name, older lists."""
        numbers = self._by_number.get(text, {})
        for schemes in (self._scene.schemes, [REGISTER], [self._own_scheme]):
            found = {numbers[scheme] for scheme in schemes if scheme in numbers}
            if found:
                return self._only(found, text, notes)
        if (registered := self._by_number.get(text.upper(), {}).get(REGISTER)) is not None:
            return registered
        if "@" in text:
            address = text.lower()
            mailbox = self._by_number.get(address, {}).get(MAILBOX)
            return self._directory.by_email.get(address) or mailbox
        folded, chapter = tidy.folded(text), self._scene.chapter.id
        named = {
            one
            for kind in Kind.values
            for one in self._directory.by_name.get((kind, (chapter, folded)), ())
        }
        older = {
            member
            for scheme, member in numbers.items()
            if scheme.startswith(self._scene.numberings)
        }
        found = named or older
        return self._only(found, text, notes) if found else None

    def _only(self, found: set[uuid.UUID], text: str, notes: list[Said]) -> uuid.UUID | None:
        if len(found) == 1:
            return next(iter(found))
        notes.append(said("“{name}” may be any of {count}.", name=text[:80], count=len(found)))
        return None

    def _someone_new(self, text: str, notes: list[Said]) -> uuid.UUID | None:
        """A list of nothing but ties names people by numbers of its own; elsewhere, whom nobody
        knows is pointed out rather than made up."""
        if not self._is_list_of_ties or self._scene.schemes or "@" in text:
            notes.append(said("“{name}” is not in the lists.", name=text[:80]))
            return None
        identity = (self._own_scheme, text[:200])
        person = MemberSaid(kind=Kind.PERSON, name=text[:200], ids=(identity,))
        row = new_member(person, self._scene.chapter, None, None)
        self._writing.new[row.id] = row
        self._writing.identities[identity] = row.id
        self._directory.enter_new(row, person)
        self._by_number[text][self._own_scheme] = row.id
        self._homes[row.id] = row.chapter_id
        self._scene.count("new_people")
        return row.id

    def write(self) -> None:
        """Write whoever was new."""
        self._writing.write()


def _as_members(words: Iterable[str]) -> list[MemberSaid]:
    """The words as addresses, or as names of people and of organisations."""
    found = []
    for word in words:
        if "@" in word:
            found.append(MemberSaid(kind=Kind.PERSON, name=word, email=word.lower()))
        else:
            found += [MemberSaid(kind=kind, name=word) for kind in Kind]
    return found
