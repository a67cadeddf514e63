"""The first pass: people and organisations, what they are to each other, needs and offers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from footbridge.core import ids
from footbridge.exchange import actions as exchange
from footbridge.exchange.actions import Landed, NewPosting
from footbridge.exchange.sentences import LONGEST, text_key
from footbridge.intake.interpret import (
    MAILBOX,
    REGISTER,
    MemberSaid,
    PostingSaid,
    RoleSaid,
    RowSaid,
)
from footbridge.intake.landing.describing import describe, new_member
from footbridge.intake.landing.directory import Directory, Outline, RoleOutline
from footbridge.intake.landing.scene import Scene
from footbridge.intake.landing.ties import record_between
from footbridge.intake.landing.vocabulary import found_place, reached_place
from footbridge.intake.landing.writing import Writing
from footbridge.intake.reading import said
from footbridge.people.gazetteer import Found
from footbridge.people.models import Affiliation, Chapter, Member
from footbridge.people.states import Kind


@dataclass(slots=True)
class _Met:
    """A member whom a row describes, and who that turned out to be."""

    row: RowSaid
    said: MemberSaid
    chapter: Chapter
    place: Found | None
    reach: list[Found]
    id: uuid.UUID | None = None


class MemberLanding:
    """Lands blocks of rows that describe members."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def land(self, rows: list[RowSaid]) -> None:
        """Find out who is meant, fill in and change what may be changed, and write it."""
        block, told = self._recognised(rows, lock=not self._scene.is_trial)
        met = [one for members in told for one in members]
        if not self._scene.is_trial:
            block.writing.write()
            block.land_causes(met)
        block.land_postings(met)
        record_between(self._scene, block.directory, [(m[0].row, m) for m in told])
        if self._scene.is_trial:
            block.directory.lighten()

    def remember(self, rows: list[RowSaid]) -> None:
        """Who was mentioned in rows that have been landed already; nothing is written."""
        with self._scene.silently():
            self._recognised(rows, lock=False)

    def _recognised(self, rows: list[RowSaid], *, lock: bool) -> tuple[_Block, list[list[_Met]]]:
        told = [self._meet(row) for row in rows if row.refusal is None and row.members]
        met = [one for members in told for one in members]
        block = _Block(self._scene, self._scene.directory(), Writing())
        said_of = ((each, one.chapter.id) for one in met for each in _mentioned_by(one))
        block.directory.look_up(said_of, lock=lock)
        self._scene.vocabulary.places(place for one in met for place in _places_of(one))
        for members in told:
            block.recognise(members)
        return block, told

    def _meet(self, row: RowSaid) -> list[_Met]:
        chapter = self._scene.chapter_of(row)
        places = {}
        met = []
        for member in row.members:
            if member.place is not None and member.place not in places:
                places[member.place] = found_place(member.place, row.repairs, _country(chapter))
            place = places.get(member.place) if member.place is not None else None
            reached = [reached_place(text, row.repairs) for text in member.works_in]
            reach = [found for found in reached if found is not None]
            met.append(_Met(row, member, chapter, place, reach))
        return met


def _mentioned_by(one: _Met) -> Iterator[MemberSaid]:
    yield one.said
    if one.said.group:
        yield _group_of(one.said)


def _group_of(said: MemberSaid) -> MemberSaid:
    return MemberSaid(kind=Kind.ORGANISATION, name=said.group, is_subject=False)


def _country(chapter: Chapter) -> str:
    return chapter.place.country if chapter.place is not None else ""


def _places_of(one: _Met) -> Iterator[Found]:
    if one.place is not None:
        yield one.place
    yield from one.reach


# In sentences that each reader reads in their own language.
_WHY_NOT = {
    "owner": said("You cannot speak for them: only they can."),
    "text": said("Say it in one sentence of at most {most} characters.", most=LONGEST),
}


class _Block:
    """One block of rows on its way in."""

    def __init__(self, scene: Scene, directory: Directory, writing: Writing) -> None:
        self._scene = scene
        self.directory = directory
        self.writing = writing

    def recognise(self, members: list[_Met]) -> None:
        """Organisations come first, since a colleague is known by where they work."""
        roles = {role.person: role for role in members[0].row.roles}
        for one in members:
            if not one.said.is_person:
                one.id = self._organisation(one)
        for place, one in enumerate(members):
            if one.said.is_person:
                role = roles.get(place)
                employer = members[role.organisation].id if role else None
                one.id = self._person(one, employer)
                if role is not None and employer is not None:
                    self._role(one, employer, role)

    def _organisation(self, one: _Met) -> uuid.UUID:
        known = self.directory.organisation(one.said, one.chapter.id)
        row = self._added(one, None) if known is None else self._described(one, known)
        self._identify(one, row)
        if one.said.group:
            self._join_group(one, row)
        for place in one.reach:
            if (where := self._scene.vocabulary.place(place)) is not None:
                self.writing.reach.add((row, where))
        return row

    def _person(self, one: _Met, employer: uuid.UUID | None) -> uuid.UUID:
        known = self.directory.person(one.said, one.chapter.id, employer)
        if known is None:
            row = self._added(one, self._free_address(one))
        else:
            row = self._described(one, known)
            self._address(one, row)
        self._identify(one, row)
        return row

    def _added(self, one: _Met, email: str | None) -> uuid.UUID:
        place = self._scene.vocabulary.place(one.place)
        member = new_member(one.said, one.chapter, place, email)
        self.writing.new[member.id] = member
        self.directory.enter_new(member, one.said)
        self._scene.mention(member.id)
        kind = "people" if one.said.is_person else "organisations"
        self._scene.count(f"new_{kind}")
        return member.id

    def _free_address(self, one: _Met) -> str | None:
        """An address stands for one person; who shares a mailbox is taken without it."""
        address = one.said.email
        if not address:
            return None
        taken = self.directory.by_email.get(address)
        taken = taken or self.directory.by_identity.get((MAILBOX, address))
        if taken is None:
            return address
        one.row.repairs.append(
            said(
                "The address {address} stands for someone else; {name} was taken without it.",
                address=address,
                name=one.said.name,
            )
        )
        return None

    def _described(self, one: _Met, known: uuid.UUID) -> uuid.UUID:
        row = self._row(known)
        first = self._scene.mention(known)
        if first:
            self._scene.count("known_people" if one.said.is_person else "known_organisations")
        elif one.said.is_subject:
            note = said("“{name}” is in the list more than once.", name=one.said.name)
            one.row.repairs.append(note)
        if row is None:
            return known
        if not self._may_add_to(row):
            self._say_whose_it_is(one)
            return known
        may_change = first and one.said.is_subject and self._may_change(row)
        place = self._scene.vocabulary.place(one.place)
        numbers = {value for _scheme, value in one.said.ids} | {one.said.email.partition("@")[0]}
        self.directory.take_in_hand(row)
        if describe(row, one.said, place, may_change=may_change, numbers=numbers):
            self.writing.change(row)
        return known

    def _row(self, member: uuid.UUID) -> Member | Outline | None:
        """The row to be filled in; in a trial it may be an outline."""
        return self.directory.rows.get(member)

    def _may_add_to(self, row: Member | Outline) -> bool:
        return row.chapter_id in self._scene.hosted or row.chapter_id is None

    def _may_change(self, row: Member | Outline) -> bool:
        """What people who joined say of themselves, and of where they work, stands."""
        return not row.has_joined and row.id not in self.directory.spoken_for

    def _say_whose_it_is(self, one: _Met) -> None:
        if one.said.is_person:
            note = said(
                "{name} is in another chapter; only they and its hosts can change what is said.",
                name=one.said.name,
            )
            one.row.repairs.append(note)

    def _address(self, one: _Met, known: uuid.UUID) -> None:
        """Fill in an address that was missing."""
        row = self._row(known)
        address = one.said.email
        if row is None or not address or row.email or not self._may_add_to(row):
            return
        if self.directory.by_identity.get((MAILBOX, address)) == known:
            return
        if (free := self._free_address(one)) is not None:
            row.email = free
            self.directory.by_email[free] = known
            self.writing.change(row)

    def _identify(self, one: _Met, known: uuid.UUID) -> None:
        """The numbers and further addresses by which the next list finds them."""
        for identity in one.said.ids:
            holder = self.directory.by_identity.get(identity)
            if holder == known and known not in self.writing.new:
                continue
            if identity[0] in (MAILBOX, REGISTER) and holder not in (None, known):
                continue
            if holder not in (None, known):
                note = said(
                    "The number {number} stood for someone else before.", number=identity[1]
                )
                one.row.repairs.append(note)
            self.writing.identities[identity] = known
            self.directory.by_identity[identity] = known
        self.directory.enter_identities(known, one.said.ids)

    def _join_group(self, one: _Met, known: uuid.UUID) -> None:
        said_group = _group_of(one.said)
        group = self.directory.organisation(said_group, one.chapter.id)
        if group is None:
            met = _Met(one.row, said_group, one.chapter, None, [])
            group = self._added(met, None)
        row, above = self._row(known), self._row(group)
        if row is None or above is None or row.group_id == group:
            return
        if self._is_above(known, above):
            note = said("“{name}” cannot belong to itself.", name=one.said.name)
            one.row.repairs.append(note)
        elif self._may_add_to(row) and (row.group_id is None or self._may_change(row)):
            row.group_id = group
            self.writing.change(row)

    def _is_above(self, known: uuid.UUID, start: Member | Outline) -> bool:
        above: Member | Outline | None = start
        seen: set[uuid.UUID] = set()
        while above is not None and above.id not in seen:
            if above.id == known:
                return True
            seen.add(above.id)
            if above.group_id is None:
                return False
            group = above.group_id
            above = self._row(group) or Member.objects.filter(id=group).first()
        return False

    def _role(self, one: _Met, employer: uuid.UUID, said_role: RoleSaid) -> None:
        """What a person is in an organisation, from when until when; said again, it stays one."""
        assert one.id is not None
        held = [
            role
            for role in self.directory.roles[one.id]
            if role.organisation_id == employer
            and (role.role == said_role.role or not said_role.role)
            and (said_role.since in (None, role.since) or role.since is None)
        ]
        if held:
            self._date(held[0], said_role)
            return
        row = self._row(one.id)
        if row is not None and (row.has_joined or not self._may_add_to(row)):
            # By the name in the list: what they are called here is not for the list to learn.
            said_name = one.said.name
            note = said("What {name} does is theirs to say: they have joined.", name=said_name)
            one.row.repairs.append(note)
            return
        self._begin_role(one.id, employer, said_role)

    def _date(self, role: Affiliation | RoleOutline, said_role: RoleSaid) -> None:
        before = (role.since, role.until)
        role.since = role.since or said_role.since
        role.until = role.until or said_role.until
        if (role.since, role.until) != before and role.id not in self.writing.roles:
            self.writing.changed_roles[role.id] = role

    def _begin_role(self, person: uuid.UUID, employer: uuid.UUID, said_role: RoleSaid) -> None:
        role = Affiliation(
            id=ids.new_id(),
            person_id=person,
            organisation_id=employer,
            role=said_role.role,
            since=said_role.since,
            until=said_role.until,
        )
        self.writing.roles[role.id] = role
        self.directory.roles[person].append(role)
        self.directory.employers[person].add(employer)
        self._scene.count("roles")

    def land_causes(self, met: list[_Met]) -> None:
        """What they work for."""
        words = self._scene.vocabulary
        words.learn_causes(cause for one in met for cause in one.said.causes)
        pairs = [
            (one.id, cause)
            for one in met
            for cause in (
                *(words.cause(each) for each in one.said.causes),
                *(words.tagged_cause(tag) for tag in one.said.tags),
            )
            if one.id is not None and cause is not None
        ]
        if pairs:
            self._scene.count("causes", exchange.care_many(pairs, actor=self._scene.actor))

    def land_postings(self, met: list[_Met]) -> None:
        """What they need and offer; in a trial, what would become of it."""
        is_trial = self._scene.is_trial
        needs = exchange.try_many_needs if is_trial else exchange.open_many_needs
        offers = exchange.try_many_offers if is_trial else exchange.open_many_offers
        self._open(met, lambda one: one.said.needs, needs, "needs")
        self._open(met, lambda one: one.said.offers, offers, "offers")

    def _open(
        self,
        met: list[_Met],
        postings: Callable[[_Met], tuple[PostingSaid, ...]],
        open_many: Callable[..., list[Landed]],
        what: str,
    ) -> None:
        words = self._scene.vocabulary
        if not self._scene.is_trial:
            words.learn_skills(tag for one in met for each in postings(one) for tag in each.tags)
        wanted = [
            (one, NewPosting(one.id, each.text, skills=words.skills(each.tags) or None))
            for one in met
            for each in postings(one)
            if one.id is not None
        ]
        if not wanted:
            return
        landed = open_many([posting for _one, posting in wanted], actor=self._scene.actor)
        new = [pair for pair, result in zip(wanted, landed) if result.is_new]
        self._scene.count(what, sum(self._is_first(what, posting) for _one, posting in new))
        for (one, posting), result in zip(wanted, landed):
            if result.refusal:
                reason = _WHY_NOT.get(result.field, result.refusal)
                note = said("“{text}”: {reason}", text=posting.text[:60], reason=reason)
                one.row.repairs.append(note)

    def _is_first(self, what: str, posting: NewPosting) -> bool:
        """In a trial nothing is written, so a sentence of an earlier block is kept in mind."""
        if not self._scene.is_trial:
            return True
        return self._scene.mention(posting.owner, uuid.UUID(text_key(f"{what} {posting.text}")))
