"""The people and the things of the matrix: one of each relation, and whose everything is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.test import Client

from footbridge.circles import actions as circles
from footbridge.circles.models import Circle
from footbridge.core import clock, links
from footbridge.exchange import actions as exchange
from footbridge.intake import actions as intake
from footbridge.intake.models import Duplicate
from footbridge.introductions.models import Introduction
from footbridge.mail import actions as mail
from footbridge.mail.models import Message
from footbridge.meetings import actions as meetings
from footbridge.meetings.queries import seat_path
from footbridge.network import actions as network
from footbridge.network.models import Tie
from footbridge.network.states import TieState
from footbridge.people import actions as people
from footbridge.people.models import (
    AccessToken,
    Account,
    Affiliation,
    Host,
    Identifier,
    Person,
)
from footbridge.people.states import Door, Standing
from footbridge.veil import actions as veil_actions
from footbridge.veil import queries as veil_queries
from tests.cast import Cast
from tests.doors.web.world import LIST, World, bare, build, evening
from tests.matrix.rules import MEMBERS, PAGE_ROLES
from tests.matrix.sentinels import Sentinel
from tests.rooms.introductions import story
from tests.rooms.partnerships import story as partnerships_story

HIDDEN_AT = "iris@elsewhere.test"
ABSENT = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
EVERY_MEMBER = frozenset(MEMBERS)
# Somebody under the radar looks out at everyone who is listed.
EVERY_ONLOOKER = EVERY_MEMBER | {"hidden"}
OURS = frozenset({"deputy", "host"})
THEIRS = frozenset({"other host"})


@dataclass(frozen=True)
class Thing:
    """Something that an address may name, and which roles stand to it in which relation."""

    name: str
    related: dict[str, frozenset[str]] = field(default_factory=dict)
    kind: str = "need"

    def relations_of(self, role: str) -> set[str]:
        return {relation for relation, roles in self.related.items() if role in roles}


def _by(**related: Any) -> dict[str, frozenset[str]]:
    """Relations, each with its roles; a single role may stand alone."""
    return {
        relation.replace("_", " "): frozenset({roles} if isinstance(roles, str) else roles)
        for relation, roles in related.items()
    }


# What stands in each gap, besides something that is not there.
THINGS: dict[str, tuple[Thing, ...]] = {
    "chapter_id": (
        Thing("the chapter", _by(host=OURS)),
        Thing("the other chapter", _by(host=THEIRS)),
    ),
    "member_id": (
        Thing("someone who joined", _by(oneself="sought", member=EVERY_ONLOOKER, host=OURS)),
        Thing("oneself", _by(oneself="owner", member=EVERY_ONLOOKER, host=OURS)),
        Thing("someone on the list", _by(host=OURS)),
        Thing("someone who waits to come in", _by(host=OURS)),
        Thing("someone of the other chapter", _by(member=EVERY_ONLOOKER, host=THEIRS)),
        Thing("an organisation", _by(listed=EVERY_ONLOOKER, host_of_it=OURS)),
        Thing("someone under the radar"),
    ),
    "person_id": (
        Thing("someone who joined"),
        Thing("someone of the demo", _by(persona=PAGE_ROLES)),
        Thing("someone under the radar"),
    ),
    "introduction_id": (
        Thing("drafted", _by(seeker="owner")),
        Thing("asked", _by(seeker="owner", connector_who_was_asked="connector")),
        Thing(
            "made",
            _by(seeker="tied", connector_who_was_asked="connector", sought_and_asked="sought"),
        ),
    ),
    "tie_id": (
        Thing("told of another", _by(teller="connector", other="owner", host=OURS)),
        Thing("told by another", _by(teller="tied", other="owner", host=OURS)),
        Thing("supposed by a host", _by(asked="connector")),
    ),
    "affiliation_id": (
        Thing(
            "of the colleague",
            _by(member=EVERY_MEMBER, oneself="colleague", colleague="sought", host=OURS),
        ),
        Thing(
            "of the owner", _by(member=EVERY_MEMBER, oneself="owner", colleague="tied", host=OURS)
        ),
    ),
    "posting_id": (
        Thing("a need", _by(owner="owner", member=EVERY_MEMBER)),
        Thing("an offer", _by(owner="sought", member=EVERY_MEMBER), kind="offer"),
        Thing("a need that was closed", _by(owner="owner", member=OURS)),
        Thing("a need under the name of an offer", kind="offer"),
        Thing("a need under no name", kind="wish"),
    ),
    "need_id": (
        Thing("open", _by(owner="owner", member=EVERY_MEMBER)),
        Thing("closed", _by(owner="owner", member=OURS)),
    ),
    "offer_id": (Thing("open", _by(owner="sought", member=EVERY_MEMBER)),),
    "invitation_id": (
        Thing("into the chapter", _by(host=OURS)),
        Thing("into the other chapter", _by(host=THEIRS)),
    ),
    "message_id": (
        Thing("to someone of the chapter", _by(host=OURS)),
        Thing("to someone of the other chapter", _by(host=THEIRS)),
    ),
    "batch_id": (
        Thing("for the chapter", _by(host=OURS)),
        Thing("for the other chapter", _by(host=THEIRS)),
    ),
    "duplicate_id": (
        Thing("in the chapter", _by(host=OURS)),
        Thing("in the other chapter", _by(host=THEIRS)),
        Thing("one in each chapter"),
    ),
    "merge_id": (
        Thing("in the chapter", _by(host=OURS)),
        Thing("in the other chapter", _by(host=THEIRS)),
    ),
    "yes_id": (
        Thing("to somebody of any kind", _by(somebody_like_the_one_meant="hidden")),
        Thing("to somebody of another kind"),
    ),
    "approach_id": (Thing("a card", _by(sender="hidden", sent_to="owner")),),
    "session_id": (
        Thing(
            "an evening of the chapter",
            _by(
                member=EVERY_MEMBER,
                runs=OURS,
                seated={"owner", "connector", "sought"},
                coming={"owner", "connector"},
            ),
        ),
        Thing("a drafted evening", _by(runs=OURS)),
        Thing(
            "an evening that was",
            _by(
                member=EVERY_MEMBER,
                runs=OURS,
                seated={"owner", "connector"},
                coming={"owner", "connector"},
                came={"owner", "connector"},
            ),
        ),
        Thing(
            "an evening of the other chapter",
            _by(member=EVERY_MEMBER, runs=THEIRS, seated="foreigner", coming="foreigner"),
        ),
    ),
    # Every member knows of the evening within which a seat is.
    "seat_id": (
        Thing(
            "a seat of the owner",
            _by(within=EVERY_MEMBER, runs=OURS, coming={"owner", "connector"}, oneself="owner"),
        ),
        Thing(
            "a seat in the other chapter",
            _by(within=EVERY_MEMBER, runs=THEIRS, coming="foreigner", oneself="foreigner"),
        ),
    ),
    "circle_id": (
        Thing(
            "a circle of the owner",
            _by(within={"owner", "connector", "sought"}, formed_it="owner", asked="host"),
        ),
        Thing("a circle of the other chapter", _by(within="foreigner", formed_it="foreigner")),
    ),
    "step_id": (
        Thing("a step of the circle", _by(within={"owner", "connector", "sought"})),
        Thing("a step of the other circle", _by(within="foreigner")),
    ),
    "call_id": (
        Thing(
            "a call of the connector",
            _by(
                within={"owner", "connector", "sought"},
                asker="connector",
                another={"owner", "sought"},
            ),
        ),
    ),
    "series_id": (
        Thing("a series of the chapter", _by(host=OURS, member=EVERY_MEMBER)),
        Thing("a series of the other chapter", _by(host=THEIRS, member=EVERY_MEMBER)),
    ),
    "question_id": (
        Thing(
            "asked by the owner",
            _by(asked="owner", coming={"owner", "connector"}, runs=OURS),
        ),
    ),
    "insight_id": (Thing("said by the owner", _by(speaker="owner")),),
    "follow_up_id": (Thing("of the owner", _by(owner="owner")),),
    "change_id": (
        Thing("tried because of the owner", _by(member=EVERY_MEMBER, host=OURS, named="owner")),
    ),
    "sheet_id": (
        Thing("a run-sheet of the chapter", _by(host=OURS)),
        Thing("a run-sheet of the other chapter", _by(host=THEIRS)),
    ),
    # Whose time it is does not ask for it.
    "slot_id": (Thing("a free time", _by(member=EVERY_MEMBER - {"sought"}, in_need="owner")),),
    "booking_id": (Thing("asked", _by(giver="sought", receiver="owner")),),
    "assignment_id": (
        Thing("given by the owner", _by(client="owner", lead="connector", asked="host")),
    ),
    "partnership_id": (
        Thing(
            "between two sides", _by(side={"owner", "connector"}, first_side="owner", asked="host")
        ),
    ),
    "party_id": (Thing("between two sides", _by(side="owner", asked="host")),),
    "representative_id": (
        Thing(
            "between two sides",
            _by(side={"owner", "connector"}, second_side="connector", asked="host"),
        ),
    ),
    "entry_id": (Thing("between two sides", _by(side={"owner", "connector"}, asked="host")),),
    "promise_id": (
        Thing(
            "between two sides", _by(side={"owner", "connector"}, first_side="owner", asked="host")
        ),
    ),
    "document_id": (Thing("between two sides", _by(side={"owner", "connector"}, asked="host")),),
    "cost_id": (Thing("between two sides", _by(side="owner")),),
    "contribution_id": (
        Thing("between two sides", _by(side={"owner", "connector"}, asked="host")),
    ),
    "clause_key": (Thing("between two sides", _by(side={"owner", "connector"}, asked="host")),),
    "version_number": (Thing("between two sides", _by(side={"owner", "connector"}, asked="host")),),
    "claim_id": (Thing("a skill of the owner", _by(owner="owner")),),
    "confirmation_id": (Thing("asked of the connector", _by(asker="owner", witness="connector")),),
    "transition_id": (Thing("of the owner", _by(owner="owner", guide="sought")),),
    # Whoever lived it does not ask about it.
    "lived_id": (
        Thing("lived by the connector", _by(member=EVERY_MEMBER - {"connector"}, in_it="owner")),
    ),
    "ask_id": (Thing("asked of the one sought", _by(asker="owner", guide="sought")),),
    "side_id": (Thing("the card of the one sought", _by(side="sought", member=EVERY_MEMBER)),),
    "pitch_id": (Thing("prepared by the owner", _by(owner="owner")),),
    "rehearsal_id": (Thing("asked of the deputy", _by(author="owner", peer="deputy")),),
    "reading_id": (Thing("put by the owner", _by(owner="owner", member=EVERY_MEMBER)),),
    "lived_line_id": (Thing("a line of the chapter", _by(host=OURS)),),
    "line_id": (Thing("money kept by the chapter", _by(member=EVERY_MEMBER, host=OURS)),),
    "organisation_id": (
        Thing(
            "one that lends",
            _by(
                member=EVERY_MEMBER,
                acts_for_it={"sought"} | set(OURS),
                works_there="sought",
            ),
        ),
    ),
    "call_slug": (
        Thing("open to everyone", _by(anyone=PAGE_ROLES, steward="sought", answered="owner")),
        Thing("a draft of a call", _by(steward="sought")),
    ),
    # The same, as programs name them.
    "open_call_id": (
        Thing("open to everyone", _by(anyone=PAGE_ROLES, steward="sought", answered="owner")),
        Thing("a draft of a call", _by(steward="sought")),
    ),
    "answer_id": (Thing("an answer of the owner", _by(steward="sought", answered="owner")),),
    "file_id": (Thing("a file of the owner", _by(steward="sought", answered="owner")),),
    "slug": (
        Thing("of somebody public", _by(anyone=PAGE_ROLES)),
        Thing("of a page that was taken back"),
    ),
    "token_id": (
        Thing("of the owner", _by(owner="owner")),
        Thing("of the one sought", _by(owner="sought")),
    ),
}

# A signed link is good in any hand; the three others are good in none (410).
TOKENS = ("good", "bent", "over", "of another kind")


@dataclass
class Stage:
    """The network, and the id of each thing by its gap and name."""

    world: World
    people: dict[str, Person]
    ids: dict[tuple[str, str], uuid.UUID]
    tokens: dict[tuple[str, str], str]
    secrets: dict[str, str] = field(default_factory=dict)
    # A word in each text of the stage, with where it stands.
    sentinels: dict[str, Sentinel] = field(default_factory=dict)

    @cached_property
    def luis(self) -> Person:
        """Somebody on the list of the other chapter."""
        return Person.objects.get(name__startswith="Luis", chapter=self.cast.other_chapter)

    @property
    def cast(self) -> Cast:
        return self.world.cast

    def two_of(self, thing: str) -> tuple[Person, Person]:
        """Two people whom a host of this chapter may bring together: the second on their list."""
        if thing != "the other chapter":
            return self.cast.colleague, self.cast.listed
        return self.cast.stranger, self.luis

    def browser(self, role: str) -> Client:
        """A browser in the hands of a role."""
        client = Client(raise_request_exception=False)
        if role in ("newcomer", "applicant", "hidden") or role in MEMBERS:
            backend = "footbridge.people.signed_in.SignedIn"
            client.force_login(self._account(role), backend=backend)
        if role == "program":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.secrets['owner']}"
        if role == "link":
            for (start, name), token in self.tokens.items():
                if name == "good":
                    assert client.get(start + token).status_code in (200, 302), start
        return client

    def _account(self, role: str) -> Any:
        if role == "newcomer":
            return Account.objects.get_or_create(email="nobody@example.org")[0]
        if role == "hidden":
            return veil_queries.account_at(HIDDEN_AT)
        return people.account_for(self.people[role])

    def programs(self, role: str) -> list[Client]:
        """The programs of a role; one that holds no good token may hold several bad ones."""
        if role == "anonymous":
            return [Client(raise_request_exception=False)]
        if role == "browser":
            return [self.browser("host")]
        if role == "forgotten":
            bad = ("dropped", "over")
            return [_program(self.secrets[one]) for one in bad] + [_program("0" * 64)]
        return [_program(self.secrets[role])]


def _program(secret: str) -> Client:
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {secret}"})


def set_up(cast: Cast) -> Stage:
    """The network of the pages' tests, with someone and something for each relation."""
    other_host = cast.person("Omar Host", chapter=cast.other_chapter)
    Host.objects.create(person=other_host, chapter=cast.other_chapter)
    world = build(cast)
    roles = {
        "owner": cast.seeker,
        "connector": cast.connector,
        "sought": cast.target,
        "tied": Person.objects.get(name="Yara Other"),
        "colleague": cast.colleague,
        "neighbour": cast.person("Nils Neighbour"),
        "foreigner": cast.stranger,
        "deputy": cast.deputy,
        "host": cast.host,
        "other host": other_host,
        "applicant": world.applicant,
    }
    _confirm_who_works_where()
    stage = Stage(world, roles, {}, _tokens(world))
    stage.ids = _ids(stage)
    stage.secrets = _secrets(roles)
    return stage


def hidden() -> Any:
    """Iris, who is under the radar, and sent the owner a card."""
    return veil_queries.self_for(veil_queries.account_at(HIDDEN_AT))


def _confirm_who_works_where() -> None:
    Affiliation.objects.filter(person__name__in=["Lena Sought", "Yara Other"]).update(
        confirmed_at=clock.now()
    )


def _ids(stage: Stage) -> dict[tuple[str, str], uuid.UUID]:
    """The id of each thing that `THINGS` names; one that is not made here is an error."""
    cast, world = stage.cast, stage.world
    there = _of_the_other_chapter(stage)
    rosa, lena, yara = cast.seeker, cast.target, stage.people["tied"]
    closed = exchange.open_need(actor=rosa, owner=rosa, text="A lorry for one morning.")
    exchange.close(actor=rosa, posting=closed)
    mail.send("joined", to_person=cast.stranger.id, **_letter(cast.stranger))
    demo = cast.person("Dora Demo", is_demo=True)
    Identifier.objects.create(member=demo, scheme="persona", value="host")
    pair = _pair(cast.person("Ana Torres"), cast.person("Anna Tores", chapter=cast.other_chapter))
    return {
        ("chapter_id", "the chapter"): cast.chapter.id,
        ("chapter_id", "the other chapter"): cast.other_chapter.id,
        ("member_id", "someone who joined"): lena.id,
        ("member_id", "oneself"): rosa.id,
        ("member_id", "someone on the list"): cast.listed.id,
        ("member_id", "someone who waits to come in"): world.applicant.id,
        ("member_id", "someone of the other chapter"): cast.stranger.id,
        ("member_id", "an organisation"): cast.food_bank.id,
        ("person_id", "someone who joined"): lena.id,
        ("person_id", "someone of the demo"): demo.id,
        ("introduction_id", "drafted"): story.drafted(cast, target=cast.colleague).id,
        ("introduction_id", "asked"): world.introduction.id,
        ("introduction_id", "made"): Introduction.objects.get(seeker=yara).id,
        ("tie_id", "told of another"): world.tie.id,
        ("tie_id", "told by another"): _tie(yara, rosa),
        ("tie_id", "supposed by a host"): _supposed(cast),
        ("affiliation_id", "of the colleague"): world.affiliation.id,
        ("affiliation_id", "of the owner"): Affiliation.objects.get(person=rosa).id,
        ("posting_id", "a need"): world.need.id,
        ("posting_id", "an offer"): world.offer.id,
        ("posting_id", "a need that was closed"): closed.id,
        ("posting_id", "a need under the name of an offer"): world.need.id,
        ("posting_id", "a need under no name"): world.need.id,
        ("need_id", "open"): world.need.id,
        ("need_id", "closed"): closed.id,
        ("offer_id", "open"): world.offer.id,
        ("invitation_id", "into the chapter"): world.vetted.id,
        ("message_id", "to someone of the chapter"): world.message.id,
        ("message_id", "to someone of the other chapter"): _letter_to(cast.stranger),
        ("batch_id", "for the chapter"): world.batch.id,
        ("duplicate_id", "in the chapter"): world.duplicate.id,
        ("duplicate_id", "one in each chapter"): pair.id,
        ("merge_id", "in the chapter"): world.merge_id,
        ("slug", "of somebody public"): world.ids()["slug"],
        ("slug", "of a page that was taken back"): _taken_back(cast.colleague),
        ("token_id", "of the owner"): world.token_id,
        ("token_id", "of the one sought"): people.make_token(actor=lena, name="A sheet")[0].id,
        ("member_id", "someone under the radar"): hidden().id,
        ("person_id", "someone under the radar"): hidden().id,
        ("yes_id", "to somebody of any kind"): _glad(lena, sectors=[]),
        ("yes_id", "to somebody of another kind"): _glad(cast.colleague, sectors=["academic"]),
        ("approach_id", "a card"): veil_queries.my_approaches(hidden())[0].id,
        ("session_id", "an evening of the chapter"): world.session.id,
        ("session_id", "a drafted evening"): _drafted_evening(cast),
        ("session_id", "an evening that was"): world.held.id,
        ("session_id", "a seat of the owner"): world.session.id,
        ("seat_id", "a seat of the owner"): world.seat.id,
        ("circle_id", "a circle of the owner"): world.circle.id,
        ("circle_id", "a step of the circle"): world.circle.id,
        ("step_id", "a step of the circle"): world.step.id,
        ("call_id", "a call of the connector"): world.call.id,
        ("series_id", "a series of the chapter"): world.series.id,
        ("sheet_id", "a run-sheet of the chapter"): world.sheet.id,
        ("slot_id", "a free time"): world.slot.id,
        ("booking_id", "asked"): world.booking.id,
        ("question_id", "asked by the owner"): world.question.id,
        ("insight_id", "said by the owner"): world.insight.id,
        ("follow_up_id", "of the owner"): world.follow_up.id,
        ("change_id", "tried because of the owner"): world.change.id,
        ("claim_id", "a skill of the owner"): world.claim.id,
        ("assignment_id", "given by the owner"): world.assignment.id,
        ("partnership_id", "between two sides"): world.partnership.id,
        ("party_id", "between two sides"): world.partnership.parties.get(name="Cooks").id,
        ("representative_id", "between two sides"): partnerships_story.second_row(
            world.partnership
        ).id,
        ("entry_id", "between two sides"): world.partnership.log.get().id,
        ("promise_id", "between two sides"): world.partnership.commitments.get().id,
        ("document_id", "between two sides"): world.partnership.links.get().id,
        ("cost_id", "between two sides"): world.partnership.costs.get().id,
        ("contribution_id", "between two sides"): world.ids()["contribution_id"],
        ("clause_key", "between two sides"): world.ids()["clause_key"],
        ("version_number", "between two sides"): world.ids()["version_number"],
        ("confirmation_id", "asked of the connector"): world.confirmation.id,
        ("lived_line_id", "a line of the chapter"): world.lived_line.id,
        ("transition_id", "of the owner"): world.transition.id,
        ("lived_id", "lived by the connector"): world.lived.id,
        ("ask_id", "asked of the one sought"): world.guide_ask.id,
        ("side_id", "the card of the one sought"): lena.id,
        ("pitch_id", "prepared by the owner"): world.pitch.id,
        ("rehearsal_id", "asked of the deputy"): world.rehearsal.id,
        ("reading_id", "put by the owner"): world.reading.id,
        ("line_id", "money kept by the chapter"): world.line.id,
        ("organisation_id", "one that lends"): cast.cold_chain.id,
        ("open_call_id", "open to everyone"): world.open_call.id,
        ("open_call_id", "a draft of a call"): world.draft_call.id,
        ("call_slug", "open to everyone"): world.open_call.slug,
        ("call_slug", "a draft of a call"): world.draft_call.slug,
        ("call_slug", "an answer of the owner"): world.open_call.slug,
        ("answer_id", "an answer of the owner"): world.call_answer.id,
        ("file_id", "a file of the owner"): world.answer_file.id,
        **there,
    }


def _taken_back(person: Person) -> str:
    slug = people.go_public(actor=person).slug
    people.be_private_again(actor=person)
    return slug


def _glad(person: Person, sectors: list[str]) -> uuid.UUID:
    veil_actions.say_standing_yes(actor=person, words="I am glad.", sectors=sectors, causes=[])
    yes = veil_queries.standing_yes_of(person)
    assert yes is not None
    return yes.id


def _of_the_other_chapter(stage: Stage) -> dict[tuple[str, str], uuid.UUID]:
    cast, omar = stage.cast, stage.people["other host"]
    here = {"chapter": cast.other_chapter, "standing": Standing.KNOWN}
    link = people.invite(actor=omar, chapter=cast.other_chapter, door=Door.VETTED, most_uses=5)
    batch = intake.read_paste(actor=omar, chapter=cast.other_chapter, text=LIST)
    pair = _pair(
        cast.person("Luis Pinto", **here), cast.person("Luís Pinto", **here, email="l@example.org")
    )
    keep, gone = cast.person("Eva Lang", **here), cast.person("E. Lang", **here)
    merge = intake.merge(actor=omar, keep=keep, gone=gone)
    session = evening(omar, cast.other_chapter, cast.stranger)
    sheet = meetings.clone_run_sheet(actor=omar, chapter=cast.other_chapter, source="troika")
    circle = _circle_of(cast)
    step = circles.add_step(actor=cast.stranger, circle=circle, text="Ask the hill")
    return {
        ("circle_id", "a circle of the other chapter"): circle.id,
        ("circle_id", "a step of the other circle"): circle.id,
        ("step_id", "a step of the other circle"): step.id,
        ("session_id", "an evening of the other chapter"): session.id,
        ("session_id", "a seat in the other chapter"): session.id,
        ("seat_id", "a seat in the other chapter"): session.seats.get().id,
        ("series_id", "a series of the other chapter"): session.series.id,
        ("sheet_id", "a run-sheet of the other chapter"): sheet.id,
        ("invitation_id", "into the other chapter"): link.id,
        ("batch_id", "for the other chapter"): batch.id,
        ("duplicate_id", "in the other chapter"): pair.id,
        ("merge_id", "in the other chapter"): merge.id,
    }


def _circle_of(cast: Cast) -> Circle:
    """Noor's, in the other chapter, with two more."""
    others = [cast.person(name, chapter=cast.other_chapter) for name in ("Una Hill", "Vera Hill")]
    circle = circles.form(
        actor=cast.stranger,
        chapter=cast.other_chapter,
        name="On the hill",
        kind="builders",
        people=others,
    )
    for person in others:
        circle = circles.join(actor=person, circle=circle).circle
    return circle


def _drafted_evening(cast: Cast) -> uuid.UUID:
    begins = clock.now() + timedelta(days=9)
    return meetings.plan(
        actor=cast.host, chapter=cast.chapter, format="troika", title="Soon", starts_at=begins
    ).id


def _pair(*two: Person) -> Duplicate:
    one, other = sorted(two, key=lambda member: str(member.id))
    return Duplicate.objects.create(one=one, other=other, likeness=0.9, why=["look"])


def _letter(person: Person) -> dict[str, Any]:
    return {"to_address": person.email, "to_name": person.name, "context": {"is_new": True}}


def _letter_to(person: Person) -> uuid.UUID:
    return Message.objects.filter(to_person=person.id).latest("created_at").id


def _tie(teller: Person, other: Person) -> uuid.UUID:
    return network.state_tie(actor=teller, other=other, strength="know", how="Harbour").id


def _supposed(cast: Cast) -> uuid.UUID:
    network.propose_tie(actor=cast.host, one=cast.connector, other=cast.colleague)
    return Tie.objects.get(teller=cast.connector, other=cast.colleague, state=TieState.PROPOSED).id


def _secrets(roles: dict[str, Person]) -> dict[str, str]:
    """A program's token for each, and two that are good no more."""
    secrets = {name: people.make_token(actor=person, name="p")[1] for name, person in roles.items()}
    dropped, secrets["dropped"] = people.make_token(actor=roles["host"], name="dropped")
    people.drop_token(actor=roles["host"], token_id=dropped.id)
    over, secrets["over"] = people.make_token(actor=roles["host"], name="over")
    AccessToken.objects.filter(id=over.id).update(expires_at=clock.now())
    return secrets


def _tokens(world: World) -> dict[tuple[str, str], str]:
    """For each route that a link opens: a good one, and three that are not."""
    found = {}
    good = {start: bare(token) for start, token in world.tokens().items()}
    good["/vouch/"] = bare(veil_actions.vouch_path(hidden()).removeprefix("/vouch/"))
    # A seat of an evening that was opens both of its pages.
    good["/seat/"] = bare(seat_path(world.held.seats.first()).removeprefix("/seat/"))
    tails = {start: token.removeprefix(bare(token)) for start, token in world.tokens().items()}
    for start, token in good.items():
        tail = tails.get(start, "")
        another = next(other for at, other in good.items() if at != start)
        found[start, "good"] = token + tail
        found[start, "bent"] = "x" + token + tail
        found[start, "over"] = _over(start, token) + tail
        found[start, "of another kind"] = another + tail
    return found


def _over(start: str, token: str) -> str:
    """The same link as if it had been written long ago."""
    purpose, thing, person, _expires = links._signer().unsign_object(token)
    with clock.held_at(clock.now() - timedelta(days=400)):
        return links.sign(purpose, uuid.UUID(thing), uuid.UUID(person) if person else None)
