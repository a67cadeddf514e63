"""Every column is declared, and what is personal stands in the export of the one it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps

from footbridge.agreements import actions as agreements
from footbridge.assignments import actions as assignments
from footbridge.assignments.models import (
    Assignment,
    Case,
    CaseYes,
    HoursGiven,
    Part,
    Review,
    SkillSeen,
    StepDone,
)
from footbridge.calls.actions.files import add_file
from footbridge.calls.models import Answer as OpenAnswer
from footbridge.calls.models import Call as OpenCall
from footbridge.circles.models import Answer as CallAnswer
from footbridge.circles.models import Call, Circle, Membership, NextStep
from footbridge.config import data_map
from footbridge.core import jobs
from footbridge.core.audience import OPERATOR
from footbridge.core.data import PERSONAL, Kept, Table
from footbridge.exchange.models import Cause, Need, Offer, Skill
from footbridge.expertise.models import Confirmation, Episode, LivedLine
from footbridge.funding.models import Line
from footbridge.hours.models import Availability, Booking
from footbridge.intake import actions as intake
from footbridge.introductions.models import Introduction, Report
from footbridge.meetings import actions as meetings
from footbridge.meetings.models import (
    Echo,
    Feedback,
    FollowUp,
    Improvement,
    Insight,
    Interest,
    Jotting,
    Mark,
    Pairing,
    Question,
    Round,
    Seat,
    Session,
    Sitting,
)
from footbridge.network import actions as network
from footbridge.network.models import Preference, Tie
from footbridge.partnerships.models import (
    Commitment,
    Cost,
    Deepening,
    DeepeningYes,
    Depth,
    ExitDone,
    LogEntry,
    Message,
    Partnership,
    Party,
    Representative,
)
from footbridge.people import actions as people
from footbridge.people import personal_data, queries
from footbridge.people.agreements import WORDINGS
from footbridge.people.models import Affiliation, Agreement, Host, Identifier, Invitation, Person
from footbridge.people.states import AgreedTo, Door
from footbridge.pitches import actions as pitches
from footbridge.pitches.models import Pitch, Rehearsal
from footbridge.transitions import actions as transitions
from footbridge.transitions.models import GuideAsk
from footbridge.veil.models import StandingYes
from tests.cast import Cast
from tests.conftest import NOON
from tests.doors.web.world import World
from tests.policy.test_personal_data import world  # noqa: F401
from tests.rooms.assignments import story as assignments_story
from tests.rooms.calls import story as calls_story
from tests.rooms.funding import story as funding_story
from tests.rooms.hours import story as hours_story
from tests.rooms.meetings import story as evenings
from tests.rooms.pitches import story as pitches_story
from tests.rooms.transitions import story as transitions_story


def _columns() -> dict[str, set[str]]:
    """Every column of every table, those of the libraries and between tables included."""
    return {
        model._meta.label: {field.name for field in model._meta.local_concrete_fields}
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }


def _undeclared(tables: dict[str, Table]) -> set[tuple[str, str]]:
    declared = {label: set(table.columns) for label, table in tables.items()}
    labels = _columns().keys() | declared.keys()
    return {
        (label, name)
        for label in labels
        for name in _columns().get(label, set()) ^ declared.get(label, set())
    }


def test_every_column_of_every_table_is_declared_and_none_that_is_not_there() -> None:
    assert _undeclared(personal_data.tables()) == set()


def test_a_column_that_nobody_declared_is_noticed() -> None:
    tables = personal_data.tables()
    member = tables["people.Member"]
    columns = {name: kept for name, kept in member.columns.items() if name != "headline"}
    changed = Table(member.purpose, member.until, member.seen_by, columns)
    assert _undeclared(tables | {"people.Member": changed}) == {("people.Member", "headline")}
    del tables["network.Contact"]
    assert ("network.Contact", "sealed") in _undeclared(tables)


def _personal() -> Iterator[tuple[str, str, Kept]]:
    for label, table in personal_data.tables().items():
        for name, kept in table.columns.items():
            if kept.kind in PERSONAL:
                yield label, name, kept


def test_what_is_personal_is_exported_or_says_why_not() -> None:
    silent = [(label, name) for label, name, kept in _personal() if not kept.export]
    reasons = {(label, name): kept.withheld for label, name, kept in _personal()}
    assert [place for place in silent if not reasons[place]] == []


def test_each_table_says_why_until_when_and_for_whose_eyes() -> None:
    for table in personal_data.tables().values():
        assert all((table.purpose, table.until, table.seen_by, table.columns))


def _at(held: Any, path: str) -> list[Any]:
    """Every value at a path; KeyError where the export has no such place."""
    found = [held]
    for part in path.split("."):
        flat = [each for one in found for each in (one if isinstance(one, list) else [one])]
        found = [one[part] for one in flat]
    return [each for one in found for each in (one if isinstance(one, list) else [one])]


@pytest.fixture
def everything(world: World, cast: Cast, db: None) -> Person:  # noqa: F811
    """Rosa, who has something of each kind that can be held about anyone."""
    rosa = Person.objects.get(id=cast.seeker.id)
    account = people.account_for(rosa)
    Authenticator.objects.create(user=account, type="webauthn", data={}, last_used_at=NOON)
    Identifier.objects.create(member=rosa, scheme="list:x", value="7")
    Host.objects.get_or_create(person=rosa, chapter=cast.chapter)
    _evenings(rosa, cast)
    _time_given(rosa, cast)
    _in_assignments(rosa, cast)
    _in_partnerships(rosa, world)
    _agrees(rosa, world)
    _in_circles(rosa, cast)
    _calls_and_answers(rosa, cast)
    _passes_through(rosa, cast)
    _prepares(rosa, cast)
    _can_do(rosa, cast)
    funding_story.line(cast, "Looked at by Rosa")
    Line.objects.update(checked_by=rosa)
    people.make_token(actor=rosa, name="My spreadsheet")
    people.invite(actor=rosa, chapter=cast.chapter, door=Door.TRUSTED, note="For the fair")
    hers = {"person": rosa, "chapter": cast.chapter, "note": "Of the fair", "expires_at": NOON}
    Invitation.objects.create(door=Door.PERSONAL, **hers)
    people.be_findable_by_email(actor=rosa, findable=False)
    people.be_findable_by_email(actor=rosa, findable=True)
    people.pause(actor=rosa, until=date(2026, 4, 1))
    twin = cast.person("Rosa Seeker Twice", headline="A second record")
    intake.merge(actor=OPERATOR, keep=rosa, gone=twin)
    _said_in_full(rosa, cast)
    intake.read_paste(actor=rosa, chapter=cast.chapter, text="Name\tEmail\nA B\ta@x.org")
    return Person.objects.get(id=rosa.id)


def _evenings(rosa: Person, cast: Cast) -> None:
    """A session that she planned, with a seat of which everything can be said, and a table."""
    meetings.start_series(actor=rosa, chapter=cast.chapter, title="Harbour evenings")
    meetings.clone_run_sheet(actor=rosa, chapter=cast.chapter, source="values")
    session = evenings.opened(cast, actor=rosa)
    meetings.invite(actor=cast.host, session=session, people=[rosa])
    told = ("waiting_since", "held_until", "confirmed_at", "turned_away_at", "came_at", "left_at")
    Seat.objects.filter(session=session, person=rosa).update(
        **dict.fromkeys((*told, "answered_at"), NOON), walked_in=True, first_time=True
    )
    begun = Round.objects.create(session=session, number=1, step=1, minutes=9, started_at=NOON)
    Sitting.objects.create(round=begun, seat=session.seats.get(person=rosa), table=1)
    meetings.renew_feed(actor=rosa, chapter=cast.chapter)
    network.compete(actor=rosa, about=cast.target)
    _left_behind(rosa, cast, session)


def _left_behind(rosa: Person, cast: Cast, session: Session) -> None:
    """What she said afterwards, and what was tried because of her."""
    series = meetings.start_series(actor=rosa, chapter=cast.chapter, title="More evenings")
    other = Seat.objects.create(session=session, person=cast.target, came_at=NOON)
    said = {"session": session, "person": rosa}
    Mark.objects.create(seat=session.seats.get(person=rosa), other=other)
    Insight.objects.create(
        session=session, speaker=rosa, written_by=rosa, text="Said", decided_at=NOON
    )
    Interest.objects.create(**said, list="informed")
    _in_the_room(rosa, session, other)
    FollowUp.objects.create(**said, text="Ask", due=NOON, done_at=NOON, came_of_it="Room")
    Feedback.objects.create(**said, felt="yes", text="More")
    Improvement.objects.create(
        series=series, change="Two rounds", begins_on=NOON, because_of=rosa, made_by=rosa
    )


def _in_the_room(rosa: Person, session: Session, other: Seat) -> None:
    """What she asked and wrote there, and with whom she talks on."""
    mine = session.seats.get(person=rosa)
    Question.objects.create(seat=mine, text="Who pays?", taken_at=NOON, answered_at=NOON)
    theirs = Question.objects.create(seat=other, text="How cold?")
    Echo.objects.create(question=theirs, seat=mine)
    Jotting.objects.create(seat=mine, kind="need", text="Ice")
    pairing = Pairing.objects.create(session=session)
    Seat.objects.filter(id__in=(mine.id, other.id)).update(pairing=pairing)
    Seat.objects.filter(id=mine.id).update(spoke=1, wants_pairing=True)


def _calls_and_answers(rosa: Person, cast: Cast) -> None:
    """A call of hers of which all is said, and what she answered to another."""
    keys = list(Cause.objects.values_list("key", flat=True)[:1])
    skills = [str(one) for one in Skill.objects.values_list("id", flat=True)[:1]]
    said = {"place": "Porto", "reach_km": 9, "rules": {"sector": ["public"]}, "entries_shown": True}
    said |= {"causes": keys, "skills": skills, "begins": NOON.date(), "ends": NOON.date()}
    own = calls_story.opened(cast, actor=rosa, owner=rosa, **said)
    OpenCall.objects.filter(id=own.id).update(deciding_at=NOON, over_at=NOON)
    other = calls_story.opened(cast, entries_shown=True)
    answer = calls_story.answered(cast, other, actor=rosa, gain="Friends", shown=True)
    add_file(actor=rosa, answer=answer, name="plan.txt", content=b"Two bicycles")
    told = {"reason": "another", "reason_words": "Later", "closed_at": NOON, "told_at": NOON}
    OpenAnswer.objects.update(closed_by=cast.target, confirmed_at=NOON, **told)


def _passes_through(rosa: Person, cast: Cast) -> None:
    """What she passed through with all that can be said of it, and both ways of a question."""
    said = {"since": NOON, "motives": ["craft"], "words": "Snow.", "shown": "hosts"}
    mine = transitions_story.lived(rosa, **said)
    steps = {"only_you": transitions.Wrote("The boiler", is_done=True)}
    transitions.write_list(actor=rosa, transition=mine, steps=steps)
    theirs = transitions_story.lived(cast.target)
    asked = {"transition": mine, "lived": theirs, "words": "How?", "state": "agreed"}
    GuideAsk.objects.create(
        asker=rosa, guide=cast.host, expires_at=NOON, answered_at=NOON, told_at=NOON, **asked
    )
    more = asked | {"transition": theirs, "lived": mine}
    GuideAsk.objects.create(
        asker=cast.host, guide=rosa, expires_at=NOON, answered_at=NOON, told_at=NOON, **more
    )


def _prepares(rosa: Person, cast: Cast) -> None:
    """A card that she wrote and gave, one that she was given, a pitch with all that can be said in
    it, her own worth, both ways of a rehearsal, and something worth reading."""
    said = dict.fromkeys(pitches.Said.__dataclass_fields__, "Snow.") | {"readers": "given"}
    for one, to in ((rosa, cast.target), (cast.target, rosa)):
        card = pitches.write_card(actor=one, member=one, said=pitches.Said(**said))
        pitches.give_card(actor=one, card=card, to=to)
    kit = pitches.Kit(**dict.fromkeys(pitches.Kit.__dataclass_fields__, "Snow."))
    mine = pitches_story.pitch(
        cast, author=rosa, kit=kit, on_behalf_of=cast.food_bank, contact=cast.target
    )
    met = {"met_on": NOON, "went": "yes", "went_words": "Snow."}
    Pitch.objects.filter(id=mine.id).update(**met)
    pitches_story.pitch(cast, author=rosa, target_name="Ministry of Fish")
    words = dict.fromkeys(pitches.Sheet.__dataclass_fields__, "Snow.")
    sheet = pitches.Sheet(**words | {"day_rate": 9, "currency": "EUR"})
    pitches.write_worth(actor=rosa, sheet=sheet)
    theirs = pitches_story.pitch(cast, author=cast.host)
    marks = dict.fromkeys(("clear_ask", "their_words", "answered"), "yes")
    told = marks | {"heard": "A dock", "missing": "Rent", "words": "Soon?", "state": "agreed"}
    at = dict.fromkeys(("expires_at", "answered_at", "told_at", "noted_at"), NOON)
    for pitch, peer in ((mine, cast.host), (theirs, rosa)):
        row = {"pitch": pitch, "author": pitch.author, "peer": peer, "shows_worth": True}
        Rehearsal.objects.create(**row, **told, **at)
    link = "https://example.org/aikido"
    pitches.put(actor=rosa, title="Aikido", link=link, why="Calm.", is_shared=True)


def _in_circles(rosa: Person, cast: Cast) -> None:
    """A circle that she formed, with all that she can write in it, and one that she left."""
    circle = Circle.objects.create(name="Cold", chapter=cast.chapter, formed_by=rosa)
    left = {"joined_at": NOON, "gone_at": NOON, "role": "Notes", "asked_by": cast.host}
    Membership.objects.create(circle=circle, person=rosa, belonging="left", **left)
    done = {"due": NOON, "done_at": NOON}
    NextStep.objects.create(circle=circle, text="Ask", who=rosa, made_by=rosa, **done)
    asked = {"circle": circle, "text": "A room?", "until": NOON, "closed_at": NOON}
    Call.objects.create(asker=rosa, **asked)
    theirs = Call.objects.create(asker=cast.target, **asked)
    CallAnswer.objects.create(call=theirs, person=rosa, reply="can_help", words="Ours")


def _can_do(rosa: Person, cast: Cast) -> None:
    """What she did, who confirmed it, and a line that she added as a host."""
    Episode.objects.filter(person=rosa).update(story="Snow.", since=2019, until=2021, line="land")
    said = {"state": "confirmed", "words": "I was there.", "answered_at": NOON, "is_named": True}
    Confirmation.objects.filter(claim__person=rosa).update(**said)
    LivedLine.objects.create(chapter=cast.chapter, text="I sailed.", theme="hard", by=rosa)


def _agrees(rosa: Person, world: World) -> None:  # noqa: F811
    """What she wrote of an agreement and entered in it, and her side's yes."""
    one = world.partnership.agreement
    said: dict[str, Any] = {"actor": rosa, "agreement": one}
    agreements.write_clause(**said, key="purpose", text="Snow")
    side = one.partnership.parties.get(member=world.cast.food_bank).id
    money = {"amount": 9, "currency": "EUR", "entered_by": rosa}
    one.contributions.update(**money)
    agreements.say_capacity(**said, party=side, hours=9)
    agreements.say_rate(**said, currency="GBP", counts=2, day=date(2026, 3, 1), source="Ice")
    agreements.approve(actor=rosa, version=one.versions.get())


def _in_partnerships(rosa: Person, world: World) -> None:  # noqa: F811
    """All that she can write in a partnership, and one that she is a side of herself."""
    one = world.partnership
    told = {"begins_on": NOON.date(), "ends_on": NOON.date(), "review_on": NOON.date()}
    told |= {"active_since": NOON, "closing_since": NOON, "closed_at": NOON}
    words = {"community_gain": "Ice", "closing_words": "Ice", "starter": "joint-grant"}
    carried = Introduction.objects.first()
    Partnership.objects.filter(id=one.id).update(
        is_formal=True, introduction=carried, **told, **words
    )
    days = {"asked_at": NOON, "expires_at": NOON, "answered_at": NOON, "left_at": NOON}
    said = {"sector": "hybrid", "counts_as": "private", "shares_profits": True, "size": "micro"}
    side = Party.objects.create(
        partnership=one,
        position=7,
        member=rosa,
        group="Ice",
        gain="Ice",
        asked_by=rosa,
        **said,
        **days,
    )
    Party.objects.create(partnership=one, position=8, name="Skaters", asked=rosa, asked_by=rosa)
    circle = Circle.objects.first()
    Party.objects.create(partnership=one, position=9, circle=circle, asked=rosa, asked_by=rosa)
    gone = {"until": NOON.date(), "ended_because": "replaced", "role": "contact"}
    Representative.objects.create(party=side, person=rosa, **gone)
    Depth.objects.create(party=side, marks={"trust": 3}, by=rosa)
    wish = Deepening.objects.create(
        partnership=one, to_kind="integrative", why="Ice", state="agreed", ended_at=NOON
    )
    DeepeningYes.objects.create(deepening=wish, party=side, by=rosa)
    done = {"due_on": NOON.date(), "done_at": NOON, "dropped_at": NOON}
    Commitment.objects.create(
        partnership=one, party=side, text="Ice", person=rosa, made_by=rosa, **done
    )
    base: dict[str, Any] = {"partnership": one, "party": side, "by": rosa}
    LogEntry.objects.create(text="Ice", why="Snow", kind="decision", **base)
    Message.objects.create(text="Ice", **base)
    Cost.objects.create(minutes=5, amount=5, currency="EUR", words="Ice", **base)
    ExitDone.objects.create(partnership=one, key="tell", by=rosa)


def _in_assignments(rosa: Person, cast: Cast) -> None:
    """One that she gave and was called off, and one that she led until the case was told."""
    own = assignments.begin(
        actor=rosa, client=rosa, lead=cast.host, **assignments_story.terms(title="Own")
    )
    done = {"client_agreed_at": NOON, "lead_agreed_at": NOON, "begun_at": NOON}
    done |= {"delivered_at": NOON, "reviewed_at": NOON, "over_at": NOON, "called_off_by": "client"}
    answer = OpenAnswer.objects.first()
    Assignment.objects.filter(id=own.id).update(
        because="other", because_words="Snow", call=answer.call, **done
    )
    Assignment.objects.filter(id=own.id).update(need=rosa.needs.first())
    own.skills.add(*Skill.objects.all()[:1])
    own.causes.add(*Cause.objects.all()[:1])
    led = Assignment.objects.create(kind="pilot", title="Led", outcome="Ice", client=cast.host)
    said = {"what": "Nets", "reason": "no_time", "reason_words": "Ice", "asked_by": cast.host}
    days = {"expires_at": NOON, "answered_at": NOON, "left_at": NOON}
    part = Part.objects.create(assignment=led, person=rosa, role="lead", **said, **days)
    StepDone.objects.create(assignment=led, key="question", by=rosa)
    marks = {"outcome": 4, "promises": 4, "heard": 4, "again": 4, "keep": "Maps", "change": "Tea"}
    Review.objects.create(
        assignment=led, phase="final", side="team", by=rosa, may_be_quoted=True, **marks
    )
    HoursGiven.objects.create(
        part=part,
        month=NOON.date(),
        minutes=60,
        confirmed_minutes=60,
        confirmed_by=cast.host,
        confirmed_at=NOON,
    )
    skill = assignments_story.skill()
    seen = {"by": cast.host, "words": "Ice", "consent": "consented", "answered_at": NOON}
    SkillSeen.objects.create(assignment=led, person=rosa, skill=skill, **seen)
    case = Case.objects.create(
        assignment=led, text="Ice", language="en", written_by=rosa, agreed_at=NOON
    )
    CaseYes.objects.create(case=case, person=rosa, to_version=1)


def _time_given(rosa: Person, cast: Cast) -> None:
    """Some of her time, for one of her offers, and an appointment of which all can be said."""
    said = {"manner": "either", "place": "Porto", "where": "Pier 4", "sectors": ["public"]}
    offer = rosa.offers.filter(closed_at=None).first()
    hours_story.gives(
        rosa,
        offers=[offer],
        chapters=[cast.chapter],
        online_link="https://x.example/m",
        only_unpaid=True,
        **said,
    )
    Availability.objects.filter(person=rosa).update(is_paused=True)
    booking = Booking.objects.create(
        giver=rosa,
        receiver=cast.host,
        on_behalf_of=cast.food_bank,
        need=rosa.needs.first(),
        state="cancelled",
        starts_at=NOON,
        ends_at=NOON,
        timezone="UTC",
        where="Pier 4",
        online_link="https://x.example/m",
        what_for="Soup",
        could_not_pay=True,
        expires_at=NOON,
        answered_at=NOON,
        cancelled_by="giver",
        giver_minutes=45,
        told_at=NOON,
        receiver_minutes=40,
        confirmed_at=NOON,
        learned="Much",
        chapter=cast.chapter,
    )
    booking.causes.add(*Cause.objects.all()[:1])


def _said_in_full(rosa: Person, cast: Cast) -> None:
    """Every column that somebody can fill is filled."""
    Person.objects.filter(id=rosa.id).update(
        headline="Founder", about="Soup.", sector="nonprofit", stage="running",
        website="https://rosa.example.org",
        joined_at=NOON,
    )  # fmt: skip
    days = {"since": date(2020, 1, 1), "until": date(2027, 1, 1)}
    Affiliation.objects.filter(person=rosa).update(**days, confirmed_at=NOON)
    Tie.objects.filter(teller=rosa).update(since=NOON.date(), last_confirmed=NOON.date())
    Preference.objects.filter(owner=rosa).update(until=date(2026, 9, 1))
    StandingYes.objects.create(
        person=rosa, sectors=["public"], causes=["sdg-2"], words="food", since=NOON
    )
    what = {
        "resource": "space",
        "place": cast.porto,
        "until": date(2026, 12, 1),
        "closed_at": NOON,
        "ending": "found",
    }
    extra = [(Need, "needs", {"urgent": True}), (Offer, "offers", {"hours_per_month": 4})]
    for kind, many, more in extra:
        posting = getattr(rosa, many).first()
        posting.causes.add(*Cause.objects.all()[:1])
        posting.lines.get_or_create(skill=Skill.objects.first())
        kind.objects.filter(id=posting.id).update(**what, **more)
    people.go_public(actor=rosa)
    _introductions_in_full(rosa, cast)


def _introductions_in_full(rosa: Person, cast: Cast) -> None:
    mine = Introduction.objects.filter(seeker=rosa, introduced_at__isnull=False)
    mine.update(on_behalf_of=cast.food_bank, need=rosa.needs.first())
    told = {"outcome": "met", "words": "A good talk"}
    Report.objects.update_or_create(introduction=mine[0], person=rosa, defaults=told)
    moments = ("asked_at", "target_asked_at", "introduced_at", "ended_at", "expires_at")
    Introduction.objects.create(
        seeker=cast.person("Sara Second"),
        connector=cast.connector,
        target=rosa,
        state="closed",
        connector_word="She is good",
        **dict.fromkeys(moments, NOON),
    )


# What stays empty in this story, and why.
EMPTY = {
    "veil.from_under_the_radar": "nobody under the radar approached her",
}


@pytest.mark.django_db
def test_the_export_holds_every_personal_column(everything: Person) -> None:
    held = queries.personal_export(everything, everything)
    missing, empty = [], []
    for label, name, kept in _personal():
        if not kept.export:
            continue
        try:
            values = _at(held, kept.export)
        except (KeyError, TypeError):
            missing.append(f"{label}.{name}: {kept.export}")
            continue
        if not any(value not in (None, "", [], {}) for value in values):
            empty.append(kept.export)
    assert missing == []
    assert set(empty) <= set(EMPTY), set(empty) - set(EMPTY)


@pytest.mark.django_db
def test_the_export_tells_none_of_the_secrets_of_a_merge(everything: Person, cast: Cast) -> None:
    """A wish of somebody else about a record that was made one with hers stays theirs."""
    twin = cast.person("Rosa Thrice")
    rows = [Preference(owner=cast.target, about=one, wish="never") for one in (everything, twin)]
    Preference.objects.bulk_create(rows)
    merged = intake.merge(actor=OPERATOR, keep=everything, gone=twin)
    assert "never" in str(merged.dropped)
    rosa = Person.objects.get(id=everything.id)
    assert "never" not in str(queries.personal_export(rosa, rosa)["intake"])


def test_the_document_is_what_the_rooms_declare() -> None:
    wanted = data_map.document(personal_data.tables(), personal_data.limits())
    assert data_map.DOCUMENT.read_text(encoding="utf-8") == wanted, "make data-map writes it anew"


def test_every_limit_is_kept_by_the_worker() -> None:
    registered = {job for job, _seconds in jobs._jobs}
    for limit in personal_data.limits():
        module, _dot, name = limit.job.rpartition(".")
        assert getattr(import_module(module), name) in registered, limit.job


# Agreements.


@pytest.mark.django_db
def test_coming_in_by_a_link_notes_what_was_agreed_to_and_in_which_words(cast: Cast) -> None:
    invitation = people.invite(
        actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed
    )
    token = queries.path_of(invitation).rsplit("/", 1)[1]
    people.join(token=token)
    [noted] = Agreement.objects.filter(person=cast.listed)
    words = WORDINGS[AgreedTo.BEING_LISTED][-1].version
    assert (noted.to, noted.wording, noted.given_at) == ("being_listed", words, NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("door", [Door.TRUSTED, Door.VETTED])
def test_so_does_asking_to_come_in(cast: Cast, door: Door) -> None:
    invitation = people.invite(actor=cast.host, chapter=cast.chapter, door=door)
    token = queries.path_of(invitation).rsplit("/", 1)[1]
    people.join(token=token, name="Petra New", email="petra@example.org", language="es")
    [noted] = Agreement.objects.filter(person__email="petra@example.org")
    assert (noted.to, noted.withdrawn_at) == ("being_listed", None)


@pytest.mark.django_db
def test_a_yes_taken_back_stays_on_record(cast: Cast) -> None:
    for findable in (True, True, False, True):
        people.be_findable_by_email(actor=cast.seeker, findable=findable)
    noted = Agreement.objects.filter(person=cast.seeker, to=AgreedTo.BEING_FOUND)
    assert [one.withdrawn_at for one in noted.order_by("withdrawn_at")].count(None) == 1
    assert noted.count() == 2


def test_the_words_that_are_agreed_to_are_those_on_the_page() -> None:
    pages = {
        AgreedTo.BEING_LISTED: "join.html",
        AgreedTo.BEING_FOUND: "contacts.html",
        AgreedTo.BEING_PUBLIC: "public.html",
    }
    assert set(pages) == set(AgreedTo)
    folder = data_map.DOCUMENT.parents[1] / "src/footbridge/web/templates/account"
    for to, page in pages.items():
        assert WORDINGS[to][-1].words in (folder / page).read_text()
        versions = [one.version for one in WORDINGS[to]]
        assert versions == sorted(set(versions))
