"""An installation that has at least one row in every table, with what is hard to write down."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models

from footbridge.core import clock, links
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause
from footbridge.export.tables import tables
from footbridge.intake.models import Batch, Duplicate, KnownMapping, Merge, RowResult
from footbridge.introductions.states import Outcome
from footbridge.meetings.models import Session
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Identifier, Reach
from footbridge.people.states import Door, Sector
from footbridge.pitches import actions as pitches
from footbridge.transitions import actions as transitions
from footbridge.veil import actions as veil
from tests.cast import Cast
from tests.rooms.agreements import story as agreements_story
from tests.rooms.assignments import story as assignments_story
from tests.rooms.calls import story as calls_story
from tests.rooms.circles import story as circle_story
from tests.rooms.expertise import story as expertise_story
from tests.rooms.funding import story as funding_story
from tests.rooms.hours import story as hours_story
from tests.rooms.introductions import story
from tests.rooms.meetings import story as evenings
from tests.rooms.partnerships import story as partnerships_story
from tests.rooms.pitches import story as pitches_story
from tests.rooms.transitions import story as transitions_story

HARD = '=HYPERLINK("http://x"),\r\n\'two\', "three"; ñ 漢 \u202eabc \U0001f33f'


def fill(cast: Cast) -> None:
    """Tell a story that touches every table."""
    _people(cast)
    _sign_in(cast)
    _exchange(cast)
    _network(cast)
    _introductions(cast)
    _meetings(cast)
    _circles(cast)
    _talk(cast)
    _hours(cast)
    _assignments(cast)
    _partnerships(cast)
    _agreements(cast)
    _calls(cast)
    _transitions(cast)
    _pitches(cast)
    _expertise(cast)
    _funding(cast)
    _intake(cast)
    _pauses(cast)


def _pauses(cast: Cast) -> None:
    """Last, since who pauses is asked for nothing."""
    cast.colleague.paused_until = date(2026, 5, 1)
    cast.colleague.save()


def _people(cast: Cast) -> None:
    account = people.account_for(cast.seeker)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    Authenticator.objects.create(user=account, type="recovery_codes", data={"seed": "s", "used": 1})
    for text in ("'t Hooft", "-1", "@here", "  spaced  ", "＝full", '"', "a\rb"):
        cast.organisation(text, Sector.HYBRID, legal_form=text, former_names=[HARD, text])
    cast.food_bank.group = cast.city
    cast.food_bank.save()
    cast.target.about = HARD
    cast.target.save()
    Identifier.objects.create(member=cast.food_bank, scheme="GB-CHC", value="=1136419")
    Reach.objects.create(organisation=cast.food_bank, place=cast.lisbon)
    people.invite(actor=cast.host, chapter=cast.chapter, door=Door.VETTED, note=HARD[:100])
    people.invite(actor=cast.host, chapter=cast.chapter, door=Door.PERSONAL, person=cast.listed)
    people.make_token(actor=cast.seeker, name="a program")
    people.be_findable_by_email(actor=cast.target, findable=True)
    people.show(actor=cast.target, about="introduced", headline="everyone")
    people.go_public(actor=cast.target, address="lena", may_be_listed=True)


def _sign_in(cast: Cast) -> None:
    people.spend_link(links.sign("sign-in", cast.host.id, cast.host.id), "sign-in")
    veil.say_standing_yes(actor=cast.seeker, words="Anyone")


def _exchange(cast: Cast) -> None:
    exchange.load_shipped_vocabulary()
    causes = list(Cause.objects.order_by("key")[:2])
    exchange.open_need(
        actor=cast.seeker,
        owner=cast.seeker,
        text="Cold storage at night",
        causes=causes,
        urgent=True,
    )
    closed = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="A van")
    exchange.close(actor=cast.seeker, posting=closed)
    exchange.open_offer(
        actor=cast.target,
        owner=cast.target,
        text="Two nights of cold storage",
        causes=causes[:1],
        hours_per_month=8,
        until=date(2026, 9, 1),
    )
    exchange.care_for(actor=cast.seeker, member=cast.seeker, causes=causes)


def _network(cast: Cast) -> None:
    network.refresh_findable(cast.target.id)
    network.wish(actor=cast.seeker, about=cast.colleague, wish="not_now")
    network.import_contacts(
        actor=cast.seeker, rows=[("Someone", "someone@example.net")], source="vcard"
    )
    network.propose_tie(actor=cast.host, one=cast.seeker, other=cast.colleague)
    network.compete(actor=cast.seeker, about=cast.cold_chain)


def _introductions(cast: Cast) -> None:
    introduction = story.introduced(cast)
    from footbridge.introductions import actions

    actions.report(
        actor=cast.seeker, introduction=introduction, outcome=Outcome.MET, words="+1 for Lena"
    )


def _meetings(cast: Cast) -> None:
    from footbridge.meetings import actions
    from footbridge.meetings.models import Round, Sitting

    series = actions.start_series(
        actor=cast.host, chapter=cast.chapter, title="'Evenings", for_body=cast.city
    )
    sheet = actions.clone_run_sheet(actor=cast.host, chapter=cast.chapter, source="troika")
    reading = [("=A tip", "https://example.org/tip")]
    session = evenings.opened(
        cast, about=HARD, series=series, run_sheet=sheet, reading=reading, cap=2, quorum=1
    )
    evenings.accepted(session, cast.seeker, cast.target, cast.colleague)
    seats = evenings.checked_in(cast, session, cast.seeker, cast.target)
    planned = Round.objects.create(session=session, number=1, step=1, minutes=30, seed=7)
    Sitting.objects.bulk_create(Sitting(round=planned, seat=seat, table=1) for seat in seats)
    _afterwards(cast, session)
    actions.renew_feed(actor=cast.seeker, chapter=cast.chapter)


def _circles(cast: Cast) -> None:
    """A circle with a step, a call, an answer and a closed session of a closed series."""
    from footbridge.circles import actions
    from footbridge.meetings import actions as meetings

    circle = circle_story.standing(cast, name="=Cold", about=HARD, looks_for="'Law")
    actions.add_step(actor=cast.seeker, circle=circle, text="@Ask", who=cast.target)
    call = circle_story.called(circle, cast.seeker, text="+A room?")
    actions.answer(actor=cast.target, call=call, reply="can_help", words_=HARD)
    said = {"actor": cast.seeker, "chapter": cast.chapter, "circle": circle}
    series = meetings.start_series(title="Mondays", **said)
    evenings.planned(cast, series=series, **said)


def _afterwards(cast: Cast, session: Session) -> None:
    """One of each thing that an evening leaves behind."""
    from footbridge.meetings import actions
    from footbridge.meetings.states import Felt, List

    rosa, series = cast.seeker, session.series
    with evenings.before(session, 0):
        actions.begin(actor=cast.host, session=session)
        insight = actions.write_insight(actor=rosa, session=session, speaker=rosa, text=HARD)
        actions.release_insight(actor=rosa, insight=insight)
        actions.put_on_list(actor=rosa, session=session, list=List.BUILDING)
        actions.promise(actor=rosa, session=session, text="=A promise", due=clock.today())
        actions.mark(actor=rosa, seat=session.seats.get(person=cast.target))
        actions.end(actor=cast.host, session=session)
        actions.give_feedback(actor=rosa, session=session, felt=Felt.PARTLY, text="'More")
        actions.try_change(
            actor=cast.host,
            series=series,
            observation=HARD,
            change="=Two rounds",
            measure="Who stays",
            begins_on=clock.today(),
            seen_in=[session],
            because_of=rosa,
        )


def _talk(cast: Cast) -> None:
    """A live talk with a question and two who talk on; a need written in a silent minute."""
    from footbridge.meetings import actions
    from footbridge.meetings.models import Jotting
    from footbridge.meetings.talks import Group

    later = evenings.EVENING + timedelta(days=2)
    talk = evenings.opened(cast, format="live_talk", starts_at=later, cap=9)
    rosa, lena = evenings.accepted(talk, cast.seeker, cast.target)
    question = actions.bring_question(actor=cast.seeker, session=talk, text="=Who pays?")
    actions.echo(actor=cast.target, question=question)
    evenings.checked_in(cast, talk, cast.seeker, cast.target)
    Jotting.objects.create(seat=rosa, kind="need", text=HARD)
    with evenings.before(talk, -2):
        actions.end(actor=cast.host, session=talk)
        for person in (cast.seeker, cast.target):
            actions.want_to_talk_on(actor=person, session=talk)
        groups = [Group((rosa.id, lena.id), {"new": 1})]
        actions.pair_up(actor=cast.host, session=talk, groups=groups)


def _assignments(cast: Cast) -> None:
    """One with a team, hours, reviews, a skill that was seen, a case; and one that a no ended."""
    from footbridge.assignments import actions
    from footbridge.exchange.models import Cause

    said = {"title": "=Cold, for all", "outcome": HARD}
    done = assignments_story.under_way(cast, cast.connector, **said)
    actions.tick(actor=cast.target, assignment=done, key="gap")
    told = assignments_story.hours(cast.target, done)
    actions.confirm_hours(actor=cast.seeker, assignment=done, given=told, minutes=60)
    actions.deliver(actor=cast.target, assignment=done)
    for person in (cast.seeker, cast.target):
        assignments_story.reviews(person, done, keep="=Maps", may_be_quoted=True)
    skill = assignments_story.skill()
    done.skills.add(skill)
    done.causes.add(Cause.objects.all()[0])
    actions.see_skill(actor=cast.seeker, assignment=done, person=cast.target, skill=skill)
    actions.draft_case(actor=cast.seeker, assignment=done)
    actions.agree_to_case(actor=cast.seeker, assignment=done, version=1)
    other = assignments_story.begun(cast, title="Another one")
    actions.decline(actor=cast.target, assignment=other, reason="no_time", words="=Not now")
    actions.call_off(actor=cast.seeker, assignment=other, because="no_team", words="Nobody")


def _partnerships(cast: Cast) -> None:
    """One with everything that is said in it, deepened and closing; a side that said no."""
    from decimal import Decimal

    from footbridge.partnerships import actions

    one = partnerships_story.closing(cast, title="=Soup, for all", purpose=HARD)
    said: dict[str, Any] = {"actor": cast.target, "partnership": one}
    actions.settle(**said, item="tell")
    actions.say(**said, text=HARD)
    other = partnerships_story.active(cast, title="Another soup", starter="joint-grant")
    said = {"actor": cast.seeker, "partnership": other}
    actions.rate(**said, marks={"trust": 3, "scope": 2})
    actions.propose(**said, to="integrative", why="=We trust each other")
    actions.promise(**said, text="=Two pots", due_on=date(2026, 9, 1), person=cast.seeker)
    actions.write(**said, text=HARD, why="=Because", kind="decision")
    actions.link(**said, title="=Budget", url="https://sheets.example/a?b=c")
    actions.spend(**said, minutes=90, amount=Decimal("12.40"), words="=Train")
    side = actions.add_party(**said, new=actions.NewParty(name="=Cooks", asked=cast.connector))
    actions.decline(actor=cast.connector, party=side)


def _agreements(cast: Cast) -> None:
    """A pilot that one side approved, a clause that was changed, hours and a rate."""
    from footbridge.agreements import actions

    version = agreements_story.frozen(cast)
    said = {"actor": cast.seeker, "agreement": version.agreement}
    actions.approve(actor=cast.seeker, version=version)
    actions.write_clause(**said, key="stop", text=HARD)
    side = agreements_story.party(version.agreement, 0).id
    actions.say_capacity(**said, party=side, hours=12)
    day = date(2026, 3, 1)
    actions.say_rate(**said, currency="GBP", counts="1.15", day=day, source="=The bank")


def _calls(cast: Cast) -> None:
    """A call with a rule, an answer with a file that was closed, and one from outside."""
    from footbridge.calls import actions
    from footbridge.calls.actions.files import add_file
    from footbridge.calls.models import Answer
    from footbridge.exchange.models import Cause, Skill

    keys = list(Cause.objects.values_list("key", flat=True)[:1])
    skills = [str(one) for one in Skill.objects.values_list("id", flat=True)[:1]]
    said = {"outcome": HARD, "rules": {"sector": ["nonprofit"]}, "causes": keys, "skills": skills}
    call = calls_story.opened(cast, title="=Food", place="Porto", **said)
    answer = calls_story.answered(cast, call, text=HARD, gain="+Friends")
    add_file(actor=cast.seeker, answer=answer, name="=plan.txt", content=b"\x3dTwo bicycles")
    actions.close(actor=cast.target, answer=answer, reason="another", words="@Later")
    Answer.objects.create(call=call, name="-Pia", email="pia@elsewhere.test", text=HARD)


def _hours(cast: Cast) -> None:
    """Time that was given, asked for, and told of."""
    from footbridge.exchange.models import Cause

    offer = hours_story.offers(cast.target, "=Cold storage at night")
    hours_story.gives(cast.target, offers=[offer], chapters=[cast.chapter], online_link="")
    need = hours_story.needs(cast.seeker, "=A cold room, for an hour")
    booking = hours_story.asked(cast, need=need, what_for="=HYPERLINK")
    booking.causes.add(*Cause.objects.all()[:1])


def _funding(cast: Cast) -> None:
    """Something to apply for, something that was given, and an organisation that lends."""
    from footbridge.exchange.models import Cause
    from footbridge.funding import actions

    causes = tuple(Cause.objects.values_list("id", flat=True)[:1])
    funding_story.line(cast, "=Water", causes=causes, conditions=HARD, where_spent="+Anywhere")
    grant = funding_story.grant("@Wells", title=HARD, place=cast.porto.id, cause=causes[0])
    funding_story.granted(cast, grant)
    said = {"kind": "lender", "gives": "-Loans", "money": ["loan"], "home": "https://x.example/"}
    actions.describe_funder(actor=cast.target, organisation=cast.cold_chain, **said)


def _expertise(cast: Cast) -> None:
    """Something that somebody did, confirmed and listed; a chapter's list of its own."""
    from footbridge.expertise import actions

    claim = expertise_story.listed(cast.seeker, title="=I led", story=HARD, since=2019, until=2020)
    row = actions.ask(actor=cast.seeker, claim=claim, person=cast.target, was_there=True)
    actions.confirm(actor=cast.target, confirmation=row, words="+I was there", is_named=True)
    said = {"actor": cast.host, "chapter": cast.chapter}
    leads = [actions.Pick(expertise_story.skill("teaching"), "led", "any")]
    actions.add_line(**said, text="'I sailed", theme="hard", leads=leads)
    actions.leave_out(**said, key="land")


def _transitions(cast: Cast) -> None:
    """What two passed through, a list that one works through, and a question."""
    ask = transitions_story.asked(cast, words="=HYPERLINK")
    transitions.write_list(
        actor=cast.seeker,
        transition=ask.transition,
        steps={"only_you": transitions.Wrote("=The boiler", is_done=True)},
    )


def _pitches(cast: Cast) -> None:
    """A card that was given, a pitch, a sheet, a rehearsal with notes, something to read."""
    card = pitches_story.writes(cast.target, fears=HARD, constraints="=1+1")
    pitches.give_card(actor=cast.target, card=card, to=cast.food_bank)
    row = pitches_story.asked(cast, words="@here", peer=cast.stranger)
    pitches.agree(actor=cast.stranger, rehearsal=row)
    notes = pitches.Notes(clear_ask="yes", heard="+1", missing=HARD)
    pitches.note_down(actor=cast.stranger, rehearsal=row, notes=notes)
    pitches.tell(actor=cast.seeker, pitch=row.pitch, met=pitches.Met("yes", None, "-1"))
    pitches_story.worth(cast.seeker)
    pitches.put(actor=cast.seeker, title="=Aikido", why=HARD[:300])


def _intake(cast: Cast) -> None:
    batch = Batch.objects.create(
        owner=cast.host,
        chapter=cast.chapter,
        name="list.csv",
        sheets=[{"name": "list", "header": ["=Name", "Email"]}],
        counts={"accepted": 1, "nested": {"b": 1.5, "a": None}},
        claim=uuid.UUID(int=7),
    )
    folder = Path(settings.HOME) / "imports" / str(batch.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0.csv").write_bytes(b"Name,Email\r\nIvo,\r\n")
    RowResult.objects.create(
        batch=batch, sheet=0, number=2, verdict="repaired", notes=[["n", {}]], cells=["=1", ""]
    )
    KnownMapping.objects.create(chapter=cast.chapter, header="h" * 64, mapping={"0": "name"})
    Duplicate.objects.create(one=cast.seeker, other=cast.listed, likeness=0.1 + 0.2, why=["name"])
    Merge.objects.create(
        kept=cast.seeker,
        chapter=cast.chapter,
        by=cast.host,
        gone={"id": str(uuid.UUID(int=9)), "name": "Old"},
        merged_at=clock.now() - timedelta(microseconds=1),
    )


def leave_nothing() -> None:
    """Take every row away again, as in an installation of which nobody has heard yet."""
    for table in reversed(tables()):
        rows: models.QuerySet[models.Model] = models.QuerySet(table.model)
        rows._raw_delete(using="default")
