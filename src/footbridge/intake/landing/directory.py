"""Who is known already: everyone whom a block of rows may mean, found in a handful of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from rapidfuzz import fuzz

from footbridge.intake.interpret import MAILBOX, REGISTER, Identity, MemberSaid
from footbridge.people import tidy
from footbridge.people.models import Affiliation, Identifier, Member
from footbridge.people.policy import current
from footbridge.people.states import Kind, Standing

# Below this, two names with one address are two people who share a mailbox.
SAME_PERSON = 45
# Below this, a number that a list gives stands for someone else now.
SAME_NUMBER = 70

Name = tuple[uuid.UUID | None, str]


@dataclass(slots=True)
class Outline:
    """As much of a member as it takes to recognise them, and to know what may be said of them."""

    id: uuid.UUID
    kind: str
    name: str
    folded: str
    email: str | None
    chapter_id: uuid.UUID | None
    group_id: uuid.UUID | None
    has_joined: bool

    @property
    def is_person(self) -> bool:
        return self.kind == Kind.PERSON


def _outline(row: Member | Outline) -> Outline:
    if isinstance(row, Outline):
        return row
    return Outline(
        row.id, row.kind, row.name, row.folded, row.email, row.chapter_id, row.group_id,
        row.has_joined,
    )  # fmt: skip


def _outlines(rows: QuerySet[Member]) -> Iterator[Outline]:
    columns = ("id", "kind", "name", "folded", "email", "chapter_id", "group_id", "standing")
    for one, kind, name, folded, email, home, group, standing in rows.values_list(*columns):
        has_joined = standing == Standing.JOINED
        yield Outline(one, kind, name, folded, email, home, group, has_joined)


@dataclass(slots=True)
class RoleOutline:
    """As much of an affiliation as it takes to know it when it is said again."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    role: str
    since: date | None
    until: date | None


def _role_outline(role: Affiliation | RoleOutline) -> RoleOutline:
    if isinstance(role, RoleOutline):
        return role
    return RoleOutline(role.id, role.organisation_id, role.role, role.since, role.until)


def _persons_roles(rows: QuerySet[Affiliation]) -> Iterator[tuple[uuid.UUID, Affiliation]]:
    return ((role.person_id, role) for role in rows)


def _persons_role_outlines(
    rows: QuerySet[Affiliation],
) -> Iterator[tuple[uuid.UUID, RoleOutline]]:
    columns = ("person_id", "id", "organisation_id", "role", "since", "until")
    for person, *told in rows.values_list(*columns):
        yield person, RoleOutline(*told)


def alias(chapter: uuid.UUID | None, folded: str) -> Identity:
    """The sign that a merge leaves: this name now means the one that was kept."""
    return (f"name:{chapter}", folded[:200])


@dataclass
class Directory:
    """Members at hand, by every way in which a list may name them."""

    rows: dict[uuid.UUID, Member | Outline] = field(default_factory=dict)
    by_identity: dict[Identity, uuid.UUID] = field(default_factory=dict)
    by_email: dict[str, uuid.UUID] = field(default_factory=dict)
    by_name: dict[tuple[str, Name], list[uuid.UUID]] = field(
        default_factory=lambda: defaultdict(list)
    )
    registers: dict[uuid.UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    roles: dict[uuid.UUID, list[Affiliation | RoleOutline]] = field(
        default_factory=lambda: defaultdict(list)
    )
    employers: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    spoken_for: set[uuid.UUID] = field(default_factory=set)
    # Who was taken up since the last lightening, with the name under which they are filed.
    _in_hand: dict[uuid.UUID, str] = field(default_factory=dict)

    def look_up(
        self, said: Iterable[tuple[MemberSaid, uuid.UUID]], *, lock: bool, whole: bool = True
    ) -> None:
        """Load everyone whom these descriptions may mean; each comes with its chapter. Unless they
        are to be changed, an outline of each, rather than the `whole`, is enough and much less."""
        wanted = _Wanted()
        for member, chapter in said:
            wanted.add(member, chapter)
        ids = self._found_by(wanted)
        self._load(ids, lock=lock, whole=whole)

    def _found_by(self, wanted: _Wanted) -> set[uuid.UUID]:
        ids: set[uuid.UUID] = set()
        values = {value for _scheme, value in wanted.identities}
        for scheme, value, member in Identifier.objects.filter(value__in=values).values_list(
            "scheme", "value", "member_id"
        ):
            if (scheme, value) in wanted.identities:
                self.by_identity[scheme, value] = member
                ids.add(member)
        known = Member.objects.order_by().values_list("id", flat=True)
        ids |= set(known.filter(email__in=wanted.emails))
        for kind, names in wanted.names.items():
            chapters = {chapter for chapter, _folded in names}
            folded = {name for _chapter, name in names}
            ids |= set(known.filter(kind=kind, chapter__in=chapters, folded__in=folded))
        return ids

    def _load(self, ids: set[uuid.UUID], *, lock: bool, whole: bool) -> None:
        missing = ids - self.rows.keys()
        rows = Member.objects.filter(id__in=missing).order_by("pk")
        rows = rows.select_for_update() if lock else rows
        for row in rows if whole else _outlines(rows):
            self._enter(row)
        people = [one for one in missing if one in self.rows and self.rows[one].is_person]
        others = [one for one in missing if one in self.rows and not self.rows[one].is_person]
        roles = Affiliation.objects.filter(person__in=people)
        for person, role in _persons_roles(roles) if whole else _persons_role_outlines(roles):
            self.roles[person].append(role)
            self.employers[person].add(role.organisation_id)
        for member, value in Identifier.objects.filter(
            member__in=others, scheme=REGISTER
        ).values_list("member_id", "value"):
            self.registers[member].add(value)
        self.spoken_for |= set(
            Affiliation.objects.filter(
                current(), organisation__in=others, person__standing=Standing.JOINED
            ).values_list("organisation_id", flat=True)
        )

    def take_in_hand(self, row: Member | Outline) -> None:
        """What is known of this one may change; a new name counts from the next block on."""
        self._in_hand.setdefault(row.id, row.folded)

    def _enter(self, row: Member | Outline) -> None:
        self.rows[row.id] = row
        self.take_in_hand(row)
        if row.email:
            self.by_email[row.email] = row.id
        same = self.by_name[row.kind, (row.chapter_id, row.folded)]
        if row.id not in same:
            same.append(row.id)

    def enter_new(self, row: Member, said: MemberSaid) -> None:
        """From now on this one is known as well."""
        self._enter(row)
        self.enter_identities(row.id, said.ids)

    def enter_identities(self, member: uuid.UUID, ids: Iterable[Identity]) -> None:
        for scheme, value in ids:
            self.by_identity.setdefault((scheme, value), member)
            if scheme == REGISTER:
                self.registers[member].add(value)

    def organisation(self, said: MemberSaid, chapter: uuid.UUID) -> uuid.UUID | None:
        """The organisation that a row means: by a register's number anywhere; by the list's own
        number, by its name or a former one within the chapter."""
        for identity in said.ids:
            found = self.by_identity.get(identity)
            if found is not None and self._is_same_organisation(said, found, identity):
                return found
        for name in (said.name, *said.former_names):
            folded = tidy.folded(name)
            for found in self._named(Kind.ORGANISATION, chapter, folded):
                if not self._contradicts(said, found):
                    return found
        return None

    def _is_same_organisation(self, said: MemberSaid, found: uuid.UUID, by: Identity) -> bool:
        row = self.rows.get(found)
        if row is None or row.kind != Kind.ORGANISATION:
            return False
        if self._contradicts(said, found):
            return False
        sure = by[0] in (REGISTER, MAILBOX) or said.name == by[1]
        return sure or _is_nearly(said.name, row.name, SAME_NUMBER)

    def _contradicts(self, said: MemberSaid, found: uuid.UUID) -> bool:
        """The same register knows the two under different numbers."""
        theirs = self.registers.get(found, set())
        ours = {value for scheme, value in said.ids if scheme == REGISTER}
        if not theirs or not ours or theirs & ours:
            return False
        return bool({_register(one) for one in theirs} & {_register(one) for one in ours})

    def _named(self, kind: str, chapter: uuid.UUID | None, folded: str) -> Iterator[uuid.UUID]:
        yield from self.by_name.get((kind, (chapter, folded)), ())
        renamed = self.by_identity.get(alias(chapter, folded))
        if renamed in self.rows and self.rows[renamed].kind == kind:
            yield renamed

    def person(
        self, said: MemberSaid, chapter: uuid.UUID, employer: uuid.UUID | None
    ) -> uuid.UUID | None:
        """The person whom a row means: by the list's own number, by address, by name within the
        same organisation; by name alone only where nothing else is known of either."""
        for identity in said.ids:
            found = self.by_identity.get(identity)
            if found is not None and self._is_same_person(said, found, identity):
                return found
        found = self.by_email.get(said.email) if said.email else None
        if found is None and said.email:
            found = self.by_identity.get((MAILBOX, said.email))
        if found is not None and self._answers_to(said, found):
            return found
        return self._person_named(said, chapter, employer)

    def _is_same_person(self, said: MemberSaid, found: uuid.UUID, by: Identity) -> bool:
        row = self.rows.get(found)
        if row is None or not row.is_person or _differ(said.email, row.email):
            return False
        if by[0] == MAILBOX:
            return self._answers_to(said, found)
        bare = by[1] in (said.name, row.name)
        same_address = bool(said.email) and said.email == row.email
        return bare or same_address or _is_nearly(said.name, row.name, SAME_NUMBER)

    def _answers_to(self, said: MemberSaid, found: uuid.UUID) -> bool:
        """Two plainly different names at one address are two people at a shared mailbox."""
        row = self.rows.get(found)
        if row is None or not row.is_person:
            return False
        local = said.email.partition("@")[0]
        return local in (said.name, row.name) or _is_nearly(said.name, row.name, SAME_PERSON)

    def _person_named(
        self, said: MemberSaid, chapter: uuid.UUID, employer: uuid.UUID | None
    ) -> uuid.UUID | None:
        numbered = any(scheme.startswith("list:") for scheme, _value in said.ids)
        found = list(dict.fromkeys(self._named(Kind.PERSON, chapter, tidy.folded(said.name))))
        fitting = [one for one in found if not _differ(said.email, self.rows[one].email)]
        if employer is not None:
            colleagues = [one for one in fitting if employer in self.employers.get(one, ())]
            if colleagues:
                return colleagues[0]
        bare = [one for one in fitting if self._is_bare(one)]
        return bare[0] if len(bare) == 1 and not numbered else None

    def _is_bare(self, person: uuid.UUID) -> bool:
        """Nothing but the name is known."""
        row = self.rows[person]
        return not (row.email or self.employers.get(person) or row.has_joined)

    def lighten(self) -> None:
        """Keep who is called what, and what they are where, and let go of the rest: a trial keeps
        everyone in mind, as the next block of an import would find them in the database."""
        for member, filed_as in self._in_hand.items():
            row = self.rows[member] = _outline(self.rows[member])
            if row.folded != filed_as:
                self.by_name[row.kind, (row.chapter_id, filed_as)].remove(member)
                self.by_name[row.kind, (row.chapter_id, row.folded)].append(member)
            if member in self.roles:
                self.roles[member] = [_role_outline(role) for role in self.roles[member]]
        self._in_hand.clear()


class _Wanted:
    def __init__(self) -> None:
        self.identities: set[Identity] = set()
        self.emails: set[str] = set()
        self.names: dict[str, set[Name]] = defaultdict(set)

    def add(self, member: MemberSaid, chapter: uuid.UUID) -> None:
        self.identities.update(member.ids)
        if member.email:
            self.emails.add(member.email)
            self.identities.add((MAILBOX, member.email))
        for name in (member.name, *member.former_names):
            folded = tidy.folded(name)
            self.names[member.kind].add((chapter, folded))
            self.identities.add(alias(chapter, folded))


def _register(number: str) -> str:
    return "-".join(number.split("-")[:2])


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _is_nearly(one: str, other: str, least: float) -> bool:
    """Near enough; names in different scripts cannot be compared and are given the benefit."""
    a, b = tidy.folded(one), tidy.folded(other)
    if a == b or a.isascii() != b.isascii():
        return True
    return max(fuzz.token_set_ratio(a, b), fuzz.WRatio(a, b)) >= least
