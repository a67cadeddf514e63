"""What a member left behind in sessions before they went under the radar: seats, tables, marks,
insights, lists, promises, answers, credits, questions; hours and circles; and who moves up when
they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Model, Q

from footbridge.agreements import actions as agreements
from footbridge.assignments import actions as assignments
from footbridge.calls import actions as calls
from footbridge.circles import actions as circles
from footbridge.circles.states import Reply
from footbridge.core import clock
from footbridge.expertise import actions as expertise
from footbridge.funding.models import Line
from footbridge.hours import actions as hours
from footbridge.insight import seating
from footbridge.meetings import actions as meetings
from footbridge.meetings import afterwards
from footbridge.meetings.models import Echo, Jotting, Question, Seat, Session
from footbridge.meetings.states import Felt, Kind, List, Part
from footbridge.partnerships import actions as partnerships
from footbridge.people.models import Member, Person
from footbridge.pitches import actions as pitches
from footbridge.transitions import actions as transitions
from tests.doors.web.world import evening
from tests.rooms.assignments import story as assignments_story
from tests.rooms.calls import story as calls_story
from tests.rooms.expertise import story as expertise_story
from tests.rooms.funding import story as funding_story
from tests.rooms.hours import story as hours_story
from tests.rooms.pitches import story as pitches_story
from tests.rooms.transitions import story as transitions_story
from tests.twin.still import START

DAY = timedelta(days=1)
# What they say; its words stand nowhere else.
SAID = "In a kelpwick trial nobody counts hours"
KEPT = "My employer would end the brinemoss trial"


def life_in_sessions(stage: Any, person: Person) -> None:
    """Some evenings of a member, by the room's own actions."""
    was = _an_evening_that_was(stage, person)
    with clock.held_at(was.ends_at + timedelta(hours=4)):
        _said_afterwards(stage, person, was)
    _came_without_a_seat(stage, person)
    _waits_in_line(stage, person)
    _holds_a_seat_for_which_others_wait(stage, person)
    meetings.renew_feed(actor=person)
    _gives_and_takes_time(stage, person)
    _gives_and_leads_assignments(stage, person)
    _stands_in_partnerships(stage, person)
    _is_in_a_circle(stage, person)
    _opens_and_answers_calls(stage, person)
    _can_do_things(stage, person)
    _looks_after_money(stage, person)
    _passes_through_something(stage, person)
    _prepares_talks(stage, person)


def _an_evening_that_was(stage: Any, person: Person) -> Session:
    cast = stage.cast
    with clock.held_at(START - 30 * DAY):
        guests = (person, stage.people["tied"], cast.colleague, cast.seeker)
        session = evening(cast.host, cast.chapter, *guests)
    with clock.held_at(session.starts_at):
        session = meetings.begin(actor=cast.host, session=session)
        for seat in session.seats.order_by("id"):
            meetings.check_in(actor=cast.host, seat=seat)
        seating.make_tables(actor=cast.host, session=session)
        meetings.start_round(actor=cast.host, session=session)
    with clock.held_at(session.ends_at):
        return meetings.end(actor=cast.host, session=session)


def _said_afterwards(stage: Any, person: Person, session: Session) -> None:
    host, mine = stage.cast.host, Seat.objects.get(session=session, person=person)
    for other in afterwards.sat_with(mine).select_related("person", "session"):
        meetings.mark(actor=person, seat=other)
        meetings.mark(actor=other.person, seat=mine)
    for text in (SAID, KEPT):
        insight = meetings.write_insight(actor=host, session=session, speaker=person, text=text)
        if text == SAID:
            meetings.release_insight(actor=person, insight=insight)
    for one in List:
        meetings.put_on_list(actor=person, session=session, list=one)
    promised = meetings.promise(
        actor=person, session=session, text="Weigh the kelpwick", due=(START + DAY).date()
    )
    meetings.report(actor=person, follow_up=promised, came_of_it="Two kilos of brinemoss")
    meetings.give_feedback(
        actor=person, session=session, felt=Felt.PARTLY, text="More time for kelpwick"
    )
    meetings.bring_need(actor=person, session=session, text="Scales for a kelpwick trial")
    _led_to_a_change(stage, person, session)
    _asked_and_wrote(stage, person, session)


def _led_to_a_change(stage: Any, person: Person, session: Session) -> None:
    change = meetings.try_change(
        actor=stage.cast.host,
        series=session.series,
        observation="Some had no time to speak",
        change="Tables of three",
        measure="How many spoke",
        begins_on=START.date(),
        because_of=person,
    )
    meetings.be_named(actor=person, improvement=change, agreed=True)


def _asked_and_wrote(stage: Any, person: Person, session: Session) -> None:
    """As they stand after a talk, and after a silent minute."""
    mine = Seat.objects.get(session=session, person=person)
    theirs = Seat.objects.get(session=session, person=stage.cast.seeker)
    asked = Question.objects.create(seat=mine, text="Who else dries kelpwick?")
    Echo.objects.create(question=asked, seat=theirs)
    other = Question.objects.create(seat=theirs, text="Who has a van?")
    Echo.objects.create(question=other, seat=mine)
    Jotting.objects.create(seat=mine, kind=Kind.NEED, text="Nets against brinemoss")


def _came_without_a_seat(stage: Any, person: Person) -> None:
    cast = stage.cast
    with clock.held_at(START - 12 * DAY):
        session = evening(cast.host, cast.chapter, cast.seeker)
    with clock.held_at(session.starts_at):
        session = meetings.begin(actor=cast.host, session=session)
        meetings.come(actor=cast.seeker, session=session)
        seat = meetings.come(actor=person, session=session)
        assert seat.walked_in
        meetings.end(actor=cast.host, session=session)


def _waits_in_line(stage: Any, person: Person) -> None:
    """Somebody waits behind them, and moves up when they are gone."""
    session = _small(stage, "Two chairs", cap=2)
    guests = (stage.cast.seeker, stage.cast.colleague, person, stage.people["tied"])
    for minutes, guest in enumerate(guests):
        with clock.held_at(START - timedelta(minutes=9 - minutes)):
            meetings.accept(actor=guest, session=session)
    assert Seat.objects.get(session=session, person=person).waiting_since


def _holds_a_seat_for_which_others_wait(stage: Any, person: Person) -> None:
    session = _small(stage, "One chair", cap=1)
    seat = meetings.accept(actor=person, session=session)
    meetings.accept(actor=stage.people["alike"], session=session)
    meetings.set_part(actor=stage.cast.host, seat=seat, part=Part.FACILITATOR)
    meetings.invite(actor=person, session=session, people=[stage.people["importer"]])


def _small(stage: Any, title: str, cap: int) -> Session:
    planned = meetings.plan(
        actor=stage.cast.host,
        chapter=stage.cast.chapter,
        format="troika",
        title=title,
        starts_at=START + 6 * DAY,
        cap=cap,
        quorum=1,
    )
    return meetings.open_up(actor=stage.cast.host, session=planned)


def _gives_and_takes_time(stage: Any, person: Person) -> None:
    """Hours of theirs that another has, and one that they have of another."""
    things = stage.things
    hours_story.gives(person, most_hours=20)
    slot = hours_story.free_slot(person)
    alike = stage.people["alike"]
    theirs = alike.needs.order_by("id").first()
    given = hours.ask(actor=alike, slot=slot, need=theirs, what_for="Drying kelpwick")
    hours.agree(actor=person, booking=given)
    need = person.needs.order_by("id").first()
    hours.ask(actor=person, slot=things.slot, need=need, what_for="Counting brinemoss")


def _stands_in_partnerships(stage: Any, person: Person) -> None:
    """One of their own that another is in, with all that is written there; one of another's that
    they said yes to; and one that waits for their yes."""
    cast, alike = stage.cast, stage.people["alike"]
    for own, other in ((person, alike), (alike, person)):
        side = partnerships.NewParty(member=other, asked=other, gain=_own(person, other))
        mine = partnerships.NewParty(member=own, gain=_own(person, own))
        # What both said yes to is the other's as well.
        words = {"purpose": "Nets for all", "what": "Drying nets"}
        one = partnerships.begin(actor=own, title="Dry nets", own=mine, others=[side], **words)
        partnerships.accept(actor=other, party=one.parties.get(position=1))
        for actor in (own, other):
            said: dict[str, Any] = {"actor": actor, "partnership": one}
            text = _own(person, actor)
            partnerships.write(**said, text=text, why=text, kind="decision")
            partnerships.promise(**said, text=text, person=actor)
            partnerships.say(**said, text=text)
            partnerships.link(**said, title=text, url=f"https://{actor.id}.example/")
            partnerships.spend(**said, minutes=30, words=text)
            partnerships.rate(**said, marks={"trust": 3})
        partnerships.propose(actor=person, partnership=one, to="integrative", why="Kelpwick")
        _agrees_on_a_pilot(one, person, alike)
    asks = partnerships.NewParty(member=person, asked=person)
    own_side = partnerships.NewParty(member=cast.connector)
    partnerships.begin(actor=cast.connector, title="Nets", own=own_side, others=[asks])


def _own(person: Person, actor: Person) -> str:
    """Words that are theirs alone, from them; others' from others."""
    return "Kelpwick, then brinemoss" if actor == person else "Nets, then ropes"


def _agrees_on_a_pilot(partnership: Any, person: Person, other: Person) -> None:
    """What they wrote of an agreement, changed and put in; a version that both approved."""
    one = agreements.begin(
        actor=other, partnership=partnership, form="pilot", standing="non_binding"
    )
    for actor, text in ((person, "None"), (other, "None at all")):
        said: dict[str, Any] = {"actor": actor, "agreement": one}
        side = partnership.parties.get(member=actor)
        agreements.write_clause(**said, key="money", text=text)
        agreements.add_contribution(**said, party=side.id, resource="time", words="Drying")
        agreements.say_capacity(**said, party=side.id, hours=9)
    version = agreements.freeze(actor=other, agreement=one)
    for actor in (person, other):
        agreements.approve(actor=actor, version=version)


def _gives_and_leads_assignments(stage: Any, person: Person) -> None:
    """One of their own that another leads, with all that is said at the end, and one that they
    lead for another and left; and a question that waits for their answer."""
    cast, alike = stage.cast, stage.people["alike"]
    theirs = {"kind": "pilot", "title": "Where kelpwick dries", "outcome": "Kelpwick all winter"}
    said = {"kind": "pilot", "title": "Where nets dry", "outcome": "Dry nets all winter"}
    for client, lead, words in ((person, alike, theirs), (alike, person, said)):
        one = assignments.begin(actor=client, client=client, lead=lead, **words)
        assignments.accept(actor=lead, assignment=one)
        one = assignments.start(actor=lead, assignment=one)
        assignments_story.hours(lead, one)
        assignments.deliver(actor=lead, assignment=one)
        for side in (client, lead):
            keep = SAID if side == person else "The drying"
            assignments_story.reviews(side, one, keep=keep, may_be_quoted=True)
        case = assignments.draft_case(actor=lead, assignment=one)
        assignments.agree_to_case(actor=person, assignment=one, version=case.version)
        skill = assignments_story.skill("nets")
        assignments.see_skill(actor=client, assignment=one, person=lead, skill=skill)
    asked = {"actor": cast.connector, "client": cast.connector, "lead": person}
    assignments.begin(**asked, **said | {"title": "Nets by the pier"})


def _opens_and_answers_calls(stage: Any, person: Person) -> None:
    """A call of their own that others answered, and what they answered, shown to all."""
    cast, alike = stage.cast, stage.people["alike"]
    own = calls_story.opened(
        cast, actor=person, owner=person, title="Who dries kelpwick?", entries_shown=True
    )
    calls_story.answered(cast, own, actor=alike, text="We dry such things.", shown=True)
    open_ = {"kind": "competition", "title": "Better nets", "entries_shown": True}
    other = calls_story.opened(cast, actor=alike, owner=alike, **open_)
    answer = calls_story.answered(cast, other, actor=person, text="Kelpwick nets.", shown=True)
    calls.shortlist(actor=alike, answer=answer)
    calls_story.answered(cast, other, actor=cast.connector, text="Hemp nets.", shown=True)


def _is_in_a_circle(stage: Any, person: Person) -> None:
    cast = stage.cast
    others = [cast.seeker, stage.people["Abel Ash"], person]
    circle = circles.form(
        actor=cast.connector, chapter=cast.chapter, name="Nets and scales", people=others
    )
    for one in others:
        circle = circles.join(actor=one, circle=circle).circle
    until = (START + 5 * DAY).date()
    theirs = circles.call(actor=person, circle=circle, text="Who keeps brinemoss?", until=until)
    circles.answer(actor=cast.connector, call=theirs, reply=Reply.CAN_HELP, words_="I do")
    asked = circles.call(actor=cast.connector, circle=circle, text="Who has nets?", until=until)
    circles.answer(actor=person, call=asked, reply=Reply.CAN_HELP, words_="Kelpwick nets")
    circles.add_step(actor=person, circle=circle, text="Ask about kelpwick")


def _looks_after_money(stage: Any, person: Person) -> None:
    """They were the last to look at a line that a host keeps."""
    kept = funding_story.line(stage.cast, "Trials of nets")
    Line.objects.filter(id=kept.id).update(checked_by=person)


def _can_do_things(stage: Any, person: Person) -> None:
    """They list what they did, somebody says the same, and they say it of somebody else."""
    cast = stage.cast
    claim = expertise_story.listed(person, title="I led the kelpwick trial", story="Brinemoss.")
    said = {"claim": claim, "person": cast.connector, "was_there": True}
    theirs = expertise.ask(actor=person, **said)
    expertise.confirm(actor=cast.connector, confirmation=theirs, words="Kelpwick", is_named=True)
    other = expertise_story.listed(stage.people["alike"], "grant-writing", title="I wrote it down")
    asked = expertise.ask(actor=stage.people["alike"], claim=other, person=person, was_there=True)
    expertise.confirm(actor=person, confirmation=asked, words="Brinemoss", is_named=True)


def _passes_through_something(stage: Any, person: Person) -> None:
    """What they are in, and lived; whom they asked about it, and who asked them."""
    alike = stage.people["alike"]
    theirs = transitions_story.lived(alike, "displaced")
    known = {"words": "When the kelpwick was gone", "shown": "members", "motives": ["craft"]}
    mine = transitions_story.says(person, "displaced", glad_to_be_asked=True, **known)
    step = {"small_step": transitions.Wrote("Count brinemoss", is_done=True)}
    transitions.write_list(actor=person, transition=mine, steps=step)
    words = "What did you do with the kelpwick?"
    transitions.ask(actor=person, lived=theirs, transition=mine, words=words)
    looks = transitions_story.says(stage.cast.seeker, "displaced")
    asked = transitions.ask(actor=stage.cast.seeker, lived=mine, transition=looks, words=words)
    transitions.agree(actor=person, ask=asked)


def _prepares_talks(stage: Any, person: Person) -> None:
    """Their own card, given and received; a pitch with all that was prepared, and those of others
    to them; who listened."""
    cast = stage.cast
    both = (person.id, stage.people["alike"].id)
    Person.objects.filter(id__in=both).update(asks_per_month=30)
    own = pitches_story.writes(person, fears="The kelpwick trial ends", readers="members")
    pitches.give_card(actor=person, card=own, to=cast.food_bank)
    theirs = pitches_story.writes(cast.seeker, fears="An empty larder")
    pitches.give_card(actor=cast.seeker, card=theirs, to=person)
    kit = pitches.Kit(ask="May we grow brinemoss?", story="Kelpwick, then brinemoss.")
    mine = pitches_story.pitch(cast, author=person, target=cast.food_bank, kit=kit)
    asked = pitches_story.asked(cast, pitch=mine, peer=stage.people["alike"], words="Kelpwick?")
    pitches.agree(actor=stage.people["alike"], rehearsal=asked)
    heard = pitches.Notes(clear_ask="yes", heard="Brinemoss")
    pitches.note_down(actor=stage.people["alike"], rehearsal=asked, notes=heard)
    to_them = pitches.Kit(ask="A word?", theirs="The kelpwick trial goes on", decider=person.name)
    pitches_story.pitch(cast, author=cast.seeker, target=person, contact=person, kit=to_them)
    other = pitches_story.pitch(cast, author=stage.people["alike"], target=cast.food_bank)
    listens = pitches_story.asked(cast, pitch=other, peer=person, words="Ten minutes?")
    pitches.agree(actor=person, rehearsal=listens)
    pitches.note_down(actor=person, rehearsal=listens, notes=pitches.Notes(heard="Kelpwick"))
    pitches.write_worth(actor=person, sheet=pitches.Sheet(brings="Brinemoss", walk_away="Kelpwick"))
    pitches.put(actor=person, title="On kelpwick", why="Brinemoss", is_shared=True)


# Whether that is all there is to leave behind.

ROOMS = (
    "partnerships",
    "agreements",
    "meetings",
    "hours",
    "assignments",
    "calls",
    "circles",
    "expertise",
    "transitions",
    "pitches",
)


def tables_without(person: Person) -> list[str]:
    """Tables of these rooms that hang on a person or their seat, and hold nothing of this one."""
    seats = Seat.objects.filter(person=person)
    found = []
    for model in (one for room in ROOMS for one in apps.get_app_config(room).get_models()):
        theirs = Q()
        for name, target in _hangs_on(model):
            theirs |= Q(**{name: person.id}) if target is Member else Q(**{f"{name}__in": seats})
        if theirs and not model._base_manager.filter(theirs).exists():
            found.append(model._meta.label)
    return found


def _hangs_on(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for one in model._meta.concrete_fields:
        related = one.related_model
        if related is not None and one.remote_field.on_delete is CASCADE:
            if issubclass(related, Member):
                yield one.name, Member
            elif related is Seat:
                yield one.name, Seat
