"""A small network in which every page has something to show, and everyone who may look at it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from footbridge.agreements.letters import approval_path
from footbridge.assignments import actions as assignments
from footbridge.assignments.letters import part_path
from footbridge.assignments.models import Assignment
from footbridge.calls import actions as open_doors
from footbridge.calls.actions.files import add_file
from footbridge.calls.models import Answer as CallAnswer
from footbridge.calls.models import AnswerFile
from footbridge.calls.models import Call as OpenCall
from footbridge.calls.queries import answer_path, file_path
from footbridge.circles import actions as circles
from footbridge.circles import letters as circle_letters
from footbridge.circles.models import Call, Circle, NextStep
from footbridge.core import clock, links
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need, Offer
from footbridge.exchange.queries import NEED_LINK
from footbridge.expertise import actions as expertise
from footbridge.expertise import queries as expertise_queries
from footbridge.expertise.models import Claim, Confirmation, LivedLine
from footbridge.funding import actions as funding
from footbridge.funding.models import Line
from footbridge.hours import queries as hours_queries
from footbridge.hours.models import Booking, Slot
from footbridge.insight import seating
from footbridge.intake import actions as intake
from footbridge.intake.models import Batch, Duplicate
from footbridge.intake.states import BatchState
from footbridge.introductions import letters
from footbridge.introductions.models import Introduction
from footbridge.journal.actions import deliver_due
from footbridge.mail.models import Message
from footbridge.meetings import actions as meetings
from footbridge.meetings import queries as meetings_queries
from footbridge.meetings.models import (
    FollowUp,
    Improvement,
    Insight,
    Question,
    RunSheet,
    Seat,
    Series,
    Session,
)
from footbridge.network import actions as network
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieState
from footbridge.partnerships.letters import party_path
from footbridge.partnerships.models import Partnership
from footbridge.people import actions as people
from footbridge.people.models import Account, Affiliation, Chapter, Invitation, Person
from footbridge.people.queries.doorways import path_of
from footbridge.people.states import Door, Sector, Standing
from footbridge.pitches import actions as pitches
from footbridge.pitches.models import Pitch, Reading, Rehearsal
from footbridge.pitches.queries import rehearsal_path
from footbridge.transitions import queries as transitions_queries
from footbridge.transitions.models import GuideAsk, Transition
from footbridge.veil import actions as veil
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.queries import self_for
from tests.cast import Cast
from tests.rooms.agreements import story as agreements_story
from tests.rooms.assignments import story as assignments_story
from tests.rooms.calls import story as calls_story
from tests.rooms.expertise import story as expertise_story
from tests.rooms.funding import story as funding_story
from tests.rooms.hours import story as hours_story
from tests.rooms.introductions import story
from tests.rooms.partnerships import story as partnerships_story
from tests.rooms.pitches import story as pitches_story
from tests.rooms.transitions import story as transitions_story

LIST = (
    "Name\tEmail\tOrganisation\tNeeds\tOffers\n"
    "Ada Moreno\tada@example.org\tQuay Kitchen\tcold storage two nights a week\tcooked meals\n"
    "Bilal Haddad\tbilal@example.org\tNorth Store\tsomeone to take surplus food\tcold storage\n"
)

PEOPLE = ("anonymous", "member", "host", "stranger", "listed", "accountless", "hidden")


@dataclass
class World:
    """The network, and each thing that an address may name."""

    cast: Cast
    need: Need
    offer: Offer
    introduction: Introduction
    tie: Tie
    proposal: Tie
    affiliation: Affiliation
    personal: Invitation
    vetted: Invitation
    batch: Batch
    duplicate: Duplicate
    merge_id: uuid.UUID
    message: Message
    token_id: uuid.UUID
    applicant: Person
    hidden: Account
    yes_id: uuid.UUID
    approach_id: uuid.UUID
    seat: Seat
    held: Session
    series: Series
    sheet: RunSheet
    slot: Slot
    booking: Booking
    circle: Circle
    could_be_asked: Person
    step: NextStep
    call: Call
    insight: Insight
    follow_up: FollowUp
    change: Improvement
    question: Question
    open_call: OpenCall
    draft_call: OpenCall
    call_answer: CallAnswer
    answer_file: AnswerFile
    claim: Claim
    confirmation: Confirmation
    lived_line: LivedLine
    transition: Transition
    lived: Transition
    guide_ask: GuideAsk
    pitch: Pitch
    rehearsal: Rehearsal
    reading: Reading
    line: Line
    assignment: Assignment
    partnership: Partnership
    # What the sides of it wrote down: remembered, since others may add to it.
    on_record: dict[str, uuid.UUID] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A browser in the hands of one of the people."""
        client = Client(raise_request_exception=False)
        if who == "accountless":
            account, _ = Account.objects.get_or_create(email="nobody@example.org")
            client.force_login(account)
        elif who == "hidden":
            client.force_login(self.hidden)
        elif who not in ("anonymous", "listed"):
            person = {"member": self.cast.seeker, "host": self.cast.host}.get(who)
            client.force_login(people.account_for(person or self.cast.stranger))
        return client

    def ids(self) -> dict[str, uuid.UUID | str]:
        """What stands in an address for each kind of thing."""
        return {
            "chapter_id": self.cast.chapter.id,
            "member_id": self.cast.target.id,
            "person_id": self.cast.target.id,
            "introduction_id": self.introduction.id,
            "tie_id": self.tie.id,
            "affiliation_id": self.affiliation.id,
            "posting_id": self.need.id,
            "invitation_id": self.vetted.id,
            "message_id": self.message.id,
            "batch_id": self.batch.id,
            "duplicate_id": self.duplicate.id,
            "merge_id": self.merge_id,
            "token_id": self.token_id,
            "yes_id": self.yes_id,
            "approach_id": self.approach_id,
            "session_id": self.session.id,
            "seat_id": self.seat.id,
            "series_id": self.series.id,
            "sheet_id": self.sheet.id,
            "slug": self.cast.connector.public_page.slug,
            "slot_id": self.slot.id,
            "booking_id": self.booking.id,
            "circle_id": self.circle.id,
            "step_id": self.step.id,
            "call_id": self.call.id,
            "insight_id": self.insight.id,
            "follow_up_id": self.follow_up.id,
            "change_id": self.change.id,
            "question_id": self.question.id,
            "call_slug": self.open_call.slug,
            "open_call_id": self.open_call.id,
            "answer_id": self.call_answer.id,
            "file_id": self.answer_file.id,
            "claim_id": self.claim.id,
            "confirmation_id": self.confirmation.id,
            "lived_line_id": self.lived_line.id,
            "transition_id": self.transition.id,
            "lived_id": self.lived.id,
            "ask_id": self.guide_ask.id,
            "side_id": self.cast.target.id,
            "pitch_id": self.pitch.id,
            "rehearsal_id": self.rehearsal.id,
            "reading_id": self.reading.id,
            "line_id": self.line.id,
            "assignment_id": self.assignment.id,
            "partnership_id": self.partnership.id,
            **self.on_record,
            "clause_key": "purpose",
            "version_number": 1,
            "need_id": self.need.id,
            "organisation_id": self.cast.cold_chain.id,
        }

    @property
    def session(self) -> Session:
        """An evening that is to come: two say that they come, one is asked."""
        return self.seat.session

    def tokens(self) -> dict[str, str]:
        """The signed link of each route that is opened by one, by the route's beginning."""
        return {
            "/join/": path_of(self.personal).rsplit("/", 1)[1],
            "/i/": letters.path_for(self.introduction, self.introduction.connector)[3:],
            "/n/": links.sign(NEED_LINK, self.need.id, self.cast.seeker.id),
            "/tie/": _token_in("/tie/", self.cast.listed),
            "/admit/": _token_in("/admit/", self.cast.host),
            "/sign-in/by/": links.sign("sign-in", self.cast.seeker.id, self.cast.seeker.id) + "/",
            "/seat/": meetings_queries.seat_path(self.seat).removeprefix("/seat/"),
            "/door/": meetings_queries.door_path(self.session).removeprefix("/door/"),
            "/circle/": circle_letters.asked_path(
                self.circle.memberships.get(person=self.cast.host)
            ).removeprefix("/circle/"),
            "/circle-call/": circle_letters.call_path(self.call, self.cast.seeker).removeprefix(
                "/circle-call/"
            ),
            "/booked/": hours_queries.booking_path(self.booking, self.booking.giver).removeprefix(
                "/booked/"
            ),
            "/slots-again/": hours_queries.again_path(self.slot.availability).removeprefix(
                "/slots-again/"
            ),
            "/part/": part_path(self.assignment.parts.get(person=self.cast.host)).removeprefix(
                "/part/"
            ),
            "/party/": party_path(self.partnership.parties.get(name="Cooks")).removeprefix(
                "/party/"
            ),
            "/approve/": approval_path(
                self.partnership.agreement.versions.get(), self.cast.connector
            ).removeprefix("/approve/"),
            "/was-there/": expertise_queries.question_path(self.confirmation).removeprefix(
                "/was-there/"
            ),
            "/answer/": answer_path(self.call_answer).removeprefix("/answer/"),
            "/answer-file/": file_path(self.answer_file).removeprefix("/answer-file/"),
            "/guide/": transitions_queries.ask_path(
                self.guide_ask, self.guide_ask.guide
            ).removeprefix("/guide/"),
            "/rehearsal/": rehearsal_path(self.rehearsal, self.rehearsal.peer).removeprefix(
                "/rehearsal/"
            ),
            "/calendar/": meetings_queries.calendar_path(self.seat).removeprefix("/calendar/"),
        }


def bare(token: str) -> str:
    """A token without what follows it in its address."""
    return token.removesuffix("/").removesuffix(".ics")


def vouch_token(world: World) -> str:
    """What a person under the radar hands to a member, who signs in to vouch."""
    return links.sign("vouch", _self(world.hidden).id)


def _token_in(path: str, reader: Person) -> str:
    """The token of a link that was written to someone."""
    urls = [
        link["url"]
        for message in Message.objects.filter(to_person=reader.id)
        for link in message.links
    ]
    return next(url for url in urls if path in url).rsplit("/", 1)[1]


def build(cast: Cast) -> World:
    """Everything, through the rooms' own actions wherever there is one."""
    exchange.load_shipped_vocabulary()
    need = exchange.open_need(
        actor=cast.seeker, owner=cast.seeker, text="We need cold storage two nights a week."
    )
    offer = exchange.open_offer(
        actor=cast.target, owner=cast.target, text="Cold storage, two pallets, at night."
    )
    introduction = story.asked(cast)
    _introductions_of_other_people(cast)
    tie = Tie.objects.get(teller=cast.connector, other=cast.seeker)
    Tie.objects.create(teller=cast.connector, other=cast.target, strength=Strength.KNOW)
    Tie.objects.create(teller=cast.host, other=cast.target, strength=Strength.KNOW)
    network.propose_tie(actor=cast.host, one=cast.listed, other=cast.connector)
    proposal = Tie.objects.filter(state=TieState.PROPOSED, teller=cast.connector).first()
    personal = _personal_link(cast)
    vetted = people.invite(actor=cast.host, chapter=cast.chapter, door=Door.VETTED, most_uses=5)
    applicant = _applicant(vetted)
    token = people.make_token(actor=cast.seeker, name="My sheet")[0]
    while deliver_due():
        pass
    hidden = _under_the_radar(cast)
    _public(cast.connector)
    session, held = _evening(cast), _evening_that_was(cast)
    world = World(
        cast=cast,
        need=need,
        offer=offer,
        introduction=introduction,
        tie=tie,
        proposal=proposal or tie,
        affiliation=Affiliation.objects.get(person=cast.colleague),
        personal=personal,
        vetted=vetted,
        batch=intake.read_paste(actor=cast.host, chapter=cast.chapter, text=LIST),
        duplicate=_two_alike(cast),
        merge_id=_merged(cast),
        message=Message.objects.filter(to_person=cast.connector.id).first(),
        token_id=token.id,
        applicant=applicant,
        hidden=hidden,
        yes_id=veil.say_standing_yes(actor=cast.connector).id,
        approach_id=veil.send_card(
            actor=_self(hidden), person=cast.seeker, card=VeiledCard(words="A buyer")
        ).id,
        seat=session.seats.get(person=cast.seeker),
        held=held,
        series=session.series,
        sheet=meetings.clone_run_sheet(actor=cast.host, chapter=cast.chapter, source="world_cafe"),
        question=_question(cast),
        **_left_behind(cast, held),
        **_given_time(cast, need),
        **_in_a_circle(cast),
        **_open_doors(cast),
        **_can_do(cast),
        **_passes_through(cast),
        **_prepares(cast),
        line=_funding(cast),
        assignment=_assignment(cast),
        partnership=agreements_story.on_stage(cast, partnerships_story.on_stage(cast)),
    )
    world.on_record = _on_record(world.partnership)
    # All rooms together ask more of these few than a month allows.
    Person.objects.update(asks_per_month=60)
    return world


def _on_record(partnership: Partnership) -> dict[str, uuid.UUID]:
    return {
        "party_id": partnership.parties.get(position=2).id,
        "representative_id": partnerships_story.second_row(partnership).id,
        "entry_id": partnership.log.get().id,
        "promise_id": partnership.commitments.get().id,
        "document_id": partnership.links.get().id,
        "cost_id": partnership.costs.get().id,
        "contribution_id": partnership.agreement.contributions.get().id,
    }


def evening(
    host: Person, chapter: Chapter, *guests: Person, asked: tuple[Person, ...] = ()
) -> Session:
    """A micro café in some hours, at a place of the chapter, in a series of its own."""
    series = meetings.start_series(actor=host, chapter=chapter, title=f"Evenings in {chapter}")
    planned = meetings.plan(
        actor=host,
        chapter=chapter,
        series=series,
        format="micro_cafe",
        title="Thursday at the harbour",
        question="What did you stop doing?",
        where="The Sail Loft",
        starts_at=clock.now() + timedelta(hours=10),
    )
    session = meetings.open_up(actor=host, session=planned)
    for guest in guests:
        meetings.accept(actor=guest, session=session)
    meetings.invite(actor=host, session=session, people=list(asked))
    return session


def _evening(cast: Cast) -> Session:
    session = evening(
        cast.host, cast.chapter, cast.seeker, cast.connector, asked=(cast.target, cast.listed)
    )
    seating.make_tables(actor=cast.host, session=session)
    return session


def _evening_that_was(cast: Cast) -> Session:
    """Two came, sat together, and went home."""
    with clock.held_at(clock.now() - timedelta(days=20)):
        session = evening(cast.host, cast.chapter, cast.seeker, cast.connector)
    with clock.held_at(session.starts_at):
        session = meetings.begin(actor=cast.host, session=session)
        for seat in session.seats.all():
            meetings.check_in(actor=cast.host, seat=seat)
        seating.make_tables(actor=cast.host, session=session)
        meetings.start_round(actor=cast.host, session=session)
        return meetings.end(actor=cast.host, session=session)


def _left_behind(cast: Cast, held: Session) -> dict[str, Any]:
    """The owner said something and means to do something; a change is tried because of her."""
    said = {"actor": cast.seeker, "session": held}
    insight = meetings.write_insight(**said, speaker=cast.seeker, text="We stop asking twice.")
    day = clock.today() + timedelta(days=20)
    follow_up = meetings.promise(**said, text="Call the port.", due=day)
    change = meetings.try_change(
        actor=cast.host,
        series=held.series,
        observation="Many came late",
        change="We begin with soup",
        measure="who is there at the beginning",
        begins_on=clock.today(),
    )
    Improvement.objects.filter(id=change.id).update(because_of=cast.seeker)
    return {"insight": insight, "follow_up": follow_up, "change": change}


def _question(cast: Cast) -> Question:
    """The owner has a seat in a live talk to come, as the connector has, and asks something."""
    planned = meetings.plan(
        actor=cast.host,
        chapter=cast.chapter,
        format="live_talk",
        title="What a cold chain costs",
        starts_at=clock.now() + timedelta(hours=20),
    )
    talk = meetings.open_up(actor=cast.host, session=planned)
    for guest in (cast.seeker, cast.connector):
        meetings.accept(actor=guest, session=talk)
    return meetings.bring_question(actor=cast.seeker, session=talk, text="Who pays for the ice?")


def _in_a_circle(cast: Cast) -> dict[str, Any]:
    """Rosa's, with Kofi, Lena and one more; Hana is asked and has not answered."""
    school = cast.organisation("Harbour School", Sector.ACADEMIC)
    others = [cast.connector, cast.target, cast.person("Mo Fourth", at=school)]
    said = {"actor": cast.seeker, "chapter": cast.chapter, "name": "Cold food"}
    circle = circles.form(people=others, **said)
    for person in others:
        circle = circles.join(actor=person, circle=circle).circle
    circles.ask(actor=cast.seeker, circle=circle, person=cast.host)
    until = clock.today() + timedelta(days=9)
    call = circles.call(actor=cast.connector, circle=circle, text="Who has a room?", until=until)
    step = circles.add_step(actor=cast.seeker, circle=circle, text="Ask the school")
    could_be_asked = cast.person("Nia Next")
    return {"circle": circle, "call": call, "step": step, "could_be_asked": could_be_asked}


def _open_doors(cast: Cast) -> dict[str, Any]:
    """The firm of the one sought looks for somebody, before everyone; the owner answered."""
    everyone = {"audience": "everyone", "answers_from": "anyone", "entries_shown": True}
    call = calls_story.opened(cast, **everyone, deadline=None)
    answer = calls_story.answered(cast, call)
    file = add_file(actor=cast.seeker, answer=answer, name="plan.txt", content=b"Two bicycles")
    answer.refresh_from_db()
    draft = open_doors.draft(
        actor=cast.target, owner=cast.cold_chain, kind="funding", title="Not open yet"
    )
    return {"open_call": call, "draft_call": draft, "call_answer": answer, "answer_file": file}


def _assignment(cast: Cast) -> Assignment:
    """The owner gives one, the connector leads it and gave some hours; the host is asked."""
    said = assignments_story.terms(scope="")
    made = assignments.begin(actor=cast.seeker, client=cast.seeker, lead=cast.connector, **said)
    assignments.accept(actor=cast.connector, assignment=made)
    assignments.start(actor=cast.connector, assignment=made)
    assignments_story.hours(cast.connector, made)
    assignments.ask(actor=cast.connector, assignment=made, person=cast.host)
    return made


def _given_time(cast: Cast, need: Need) -> dict[str, Any]:
    """The one sought gives some evenings; the owner asked for the first of them."""
    hours_story.gives(cast.target, most_hours=20)
    booking = hours_story.asked(cast, need=need)
    slot = hours_story.slots_of(cast.target)[-1]
    return {"slot": slot, "booking": booking}


def _funding(cast: Cast) -> Line:
    """Something to apply for, something that was given, and an organisation that lends."""
    funding_story.granted(cast, funding_story.grant("Harbour Food Bank"))
    funding.describe_funder(actor=cast.target, organisation=cast.cold_chain, kind="lender")
    return funding_story.line(cast)


def _can_do(cast: Cast) -> dict[str, Any]:
    """The owner can do something and lists it; the connector was there and is asked."""
    claim = expertise_story.listed(cast.seeker)
    confirmation = expertise.ask(
        actor=cast.seeker, claim=claim, person=cast.connector, was_there=True
    )
    leads = [expertise.Pick(expertise_story.skill("crisis-risk"))]
    lived_line = expertise.add_line(
        actor=cast.host,
        chapter=cast.chapter,
        text="I landed a boat in a storm.",
        theme="hard",
        leads=leads,
    )
    return {"claim": claim, "confirmation": confirmation, "lived_line": lived_line}


def _passes_through(cast: Cast) -> dict[str, Any]:
    """The owner steps out of leading and asks the one sought, who did; the connector did too."""
    transition = transitions_story.says(cast.seeker, words="After eleven years.")
    lived = transitions_story.lived(cast.connector)
    ask = transitions_story.asked(cast, transition=transition)
    return {"transition": transition, "lived": lived, "guide_ask": ask}


def _prepares(cast: Cast) -> dict[str, Any]:
    """The owner prepares a talk and asks the deputy to listen; the one sought wrote a card."""
    pitches_story.writes(cast.target, readers="members")
    pitch = pitches_story.pitch(cast)
    rehearsal = pitches_story.asked(cast, pitch=pitch, peer=cast.deputy)
    reading = pitches.put(actor=cast.seeker, title="How an office reads", is_shared=True)
    return {"pitch": pitch, "rehearsal": rehearsal, "reading": reading}


def _public(person: Person) -> None:
    """Somebody whom everyone on the web may see, who keeps something else for few."""
    people.go_public(actor=person, address="kofi", may_be_listed=True)
    people.show(actor=person, work="everyone", languages="introduced")


def _under_the_radar(cast: Cast) -> Account:
    return veil.begin(name="Iris Veiled", email="iris@elsewhere.test", chapter=cast.chapter)


def _self(account: Account) -> Self:
    found = self_for(account)
    assert found is not None
    return found


def _introductions_of_other_people(cast: Cast) -> None:
    other = cast.person("Yara Other", at=cast.food_bank)
    story.introduced(cast, seeker=other)


def _personal_link(cast: Cast) -> Invitation:
    people.invite_listed(actor=cast.host, people=[cast.listed])
    return Invitation.objects.get(person=cast.listed)


def _applicant(vetted: Invitation) -> Person:
    token = path_of(vetted).rsplit("/", 1)[1]
    people.join(token=token, name="Petra Applicant", email="petra@example.org")
    return Person.objects.get(name="Petra Applicant")


def _two_alike(cast: Cast) -> Duplicate:
    one = cast.person("Maria Silva", standing=Standing.KNOWN, email="maria@example.org")
    other = cast.person("María Silva", standing=Standing.KNOWN, email="m.silva@example.org")
    pair = sorted((one, other), key=lambda member: str(member.id))
    return Duplicate.objects.create(
        one=pair[0], other=pair[1], likeness=0.93, why=["look", "place"]
    )


def _merged(cast: Cast) -> uuid.UUID:
    keep = cast.person("Jo Long", standing=Standing.KNOWN, email="jo@example.org")
    gone = cast.person("J. Long", standing=Standing.KNOWN, email="j.long@example.org")
    return intake.merge(actor=cast.host, keep=keep, gone=gone).id


def at(batch: Batch, state: BatchState, **fields: object) -> Batch:
    """The same list at another point of its way."""
    Batch.objects.filter(id=batch.id).update(state=state, **fields)
    batch.refresh_from_db()
    return batch


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()
