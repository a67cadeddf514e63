"""The network that stands in every world: two chapters, some twenty-five people and what is
between them, made by the rooms' own actions, from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.hours import actions as hours
from footbridge.hours.windows import after, quarter_of
from footbridge.insight import network as known_networks
from footbridge.insight import queries as insight
from footbridge.intake import actions as intake
from footbridge.introductions import actions as introductions
from footbridge.journal.actions import deliver_due
from footbridge.meetings import actions as meetings
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.veil import actions as veil
from tests.cast import Cast
from tests.doors.web.world import World as Things
from tests.doors.web.world import build as things_for_every_page
from tests.rooms.hours import story as hours_story
from tests.rooms.introductions.story import NOTE
from tests.twin.evenings import life_in_sessions
from tests.twin.still import act

# Who is listed by name; the directory shows so many on a page.
PAGE = 20
# Where the person had a page for everyone, before they went under the radar.
SLUG_OF_THE_HIDDEN = "kelpwick-quillon"
SENTENCES = (
    "Cold storage for two pallets",
    "Someone who speaks Portuguese on the telephone",
    "A van on Friday mornings",
    "Volunteers who can sort vegetables",
    "Advice on food safety rules",
    "A kitchen for thirty people",
    "Accounting for a small association",
    "Someone to translate a contract",
)


@dataclass(frozen=True)
class Profile:
    """What the person under the radar says of themself. Its words stand nowhere else."""

    name: str
    address: str
    headline: str
    about: str
    need: str
    offer: str
    website: str
    sector: str = "private"
    languages: tuple[str, ...] = ("en", "pt")

    @property
    def canaries(self) -> tuple[str, ...]:
        """What may be found nowhere outside the veil store."""
        first, last = self.name.split()
        return (self.name, first, last, self.address, "kelpwick", "brinemoss", self.website)


PROFILES = (
    Profile(
        "Zephyra Quillon",
        "zephyra.quillon@example.org",
        "Turns kelpwick into packaging",
        "I keep a brinemoss trial going that my employer would end if it heard of it.",
        "We need cold storage for kelpwick two nights a week.",
        "Cold storage, two pallets, for brinemoss.",
        "https://kelpwick.example.org/",
    ),
    Profile(
        "Xanthe Ostrova",
        "xanthe@ostrova.test",
        "Keeps brinemoss accounts",
        "Kelpwick is what I count at night.",
        "A van on Friday mornings for kelpwick",
        "Accounting for a brinemoss association",
        "https://ostrova.test/",
        "public",
        ("fr",),
    ),
    Profile(
        "Zeno Quillon",
        "zeno.quillon@ostrova.test",
        "Has a name that comes last",
        "Kelpwick, brinemoss.",
        "Advice on kelpwick rules",
        "Advice on food safety rules for brinemoss",
        "https://zeno.example.org/kelpwick",
        "nonprofit",
        ("es", "en"),
    ),
)


# Whom the hidden person meets, and who vouches for them: they know, and so do not look on.
CONFIDANTS = ("yes", "yes too", "card", "card too", "voucher")


@dataclass
class Stage:
    """The network, and who of it looks on, is met, or acts for the operator."""

    seed: str
    things: Things
    profile: Profile
    people: dict[str, Person] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    listed: Person | None = None

    @property
    def cast(self) -> Cast:
        return self.things.cast


def build(seed: str, *, listed: bool, at_boundary: bool = True) -> Stage:
    """The same network from the same seed. Where `listed`, the person who is to go under the
    radar is a member like any other until then. `at_boundary`, one more would be another page."""
    with act(seed, "network", 0):
        cast, chance = Cast(), random.Random(seed)
        stage = Stage(seed, things_for_every_page(cast), PROFILES[chance.randrange(len(PROFILES))])
        _observers(stage)
        _confidants(stage)
        _neighbours(stage, chance)
        if listed:
            _listed_life(stage)
        _what_speaks_of_the_hidden(stage)
        _fill_up(stage, chance, at_boundary)
        _tokens(stage)
        while deliver_due():
            pass
    return stage


def _observers(stage: Stage) -> None:
    cast = stage.cast
    manager = cast.person("Erik Mandate")
    people.add_affiliation(
        actor=manager, person=manager, organisation=cast.cold_chain, role="Director",
        has_mandate=True,
    )  # fmt: skip
    alike = cast.person("Sara Same", headline="Keeps food cold")
    exchange.open_offer(actor=alike, owner=alike, text="Cold storage, two pallets")
    exchange.open_need(actor=alike, owner=alike, text="We need cold storage two nights a week.")
    stage.people |= {
        "co-worker": cast.colleague,
        "employer": manager,
        "alike": alike,
        "importer": cast.person("Ivan Importer", email="ivan@elsewhere.test"),
        "tied": cast.person("Tilda Tied", email="tilda@elsewhere.test"),
        "host": cast.host,
        "deputy": cast.deputy,
        "other chapter": cast.stranger,
        "seeker": cast.seeker,
    }


def _confidants(stage: Stage) -> None:
    cast = stage.cast
    yes = cast.person("Yusuf Yes", email="yusuf@yes.test")
    veil.say_standing_yes(actor=yes, words="Anyone who tries something new")
    yes_too = cast.person("Yara Yestoo", email="yara@yestoo.test")
    veil.say_standing_yes(actor=yes_too, words="Anyone at all")
    for name in ("seeker", "alike"):
        veil.say_standing_yes(actor=stage.people[name], sectors=["public"], words="Officers")
    stage.people |= {
        "yes": yes,
        "yes too": yes_too,
        "card": cast.person("Carla Card", email="carla@card.test"),
        "card too": cast.person("Carl Cardtoo", email="carl@cardtoo.test"),
        "voucher": cast.person("Vera Voucher", email="vera@voucher.test"),
    }


def _neighbours(stage: Stage, chance: random.Random) -> None:
    cast = stage.cast
    for name in ("Abel Ash", "Bea Birch", "Cleo Cedar", "Dan Dogwood"):
        someone = cast.person(name, place=chance.choice([cast.porto, cast.lisbon]))
        open_one = chance.choice([exchange.open_need, exchange.open_offer])
        open_one(actor=someone, owner=someone, text=chance.choice(SENTENCES))
        for other in chance.sample(sorted(stage.people), 3):
            network.state_tie(
                actor=someone,
                other=stage.people[other],
                strength=chance.choice(["met", "know", "trust"]),
            )
        stage.people[name] = someone


def _listed_life(stage: Stage) -> None:
    """A member's life before they go: at work, tied, sought, asked, introduced, findable."""
    cast, profile = stage.cast, stage.profile
    person = cast.person(
        profile.name,
        at=cast.cold_chain,
        role="Laboratory lead",
        email=profile.address,
        headline=profile.headline,
        about=profile.about,
        website=profile.website,
        languages=list(profile.languages),
    )
    stage.listed = person
    people.account_for(person)
    people.make_token(actor=person, name="A kelpwick sheet")
    people.be_findable_by_email(actor=person, findable=True)
    _public_life(stage, person)
    people.confirm_affiliation(actor=cast.host, affiliation=person.affiliations.get())
    exchange.open_need(actor=person, owner=person, text=profile.need)
    exchange.open_offer(actor=person, owner=person, text=profile.offer)
    network.state_tie(actor=person, other=cast.connector, strength="trust", how="kelpwick")
    for name in ("tied", "seeker", "voucher"):
        network.state_tie(
            actor=stage.people[name], other=person, strength="know", how="From kelpwick days"
        )
    network.state_tie(actor=cast.connector, other=person, strength="trust", how="brinemoss")
    network.wish(actor=stage.people["alike"], about=person, wish="not_now")
    network.wish(actor=person, about=cast.colleague, wish="avoid")
    network.propose_tie(actor=cast.host, one=person, other=stage.people["Bea Birch"])
    _introductions_with(stage, person)
    _time_with(stage, person)
    life_in_sessions(stage, person)
    meetings.accept(actor=person, session=stage.things.session)
    veil.say_standing_yes(actor=person, words="People who like kelpwick")


def _public_life(stage: Stage, person: Person) -> None:
    """Everyone on the web could see them, save for what they kept to few."""
    people.acquaint(person, stage.people["seeker"])
    people.show(actor=person, headline="everyone", about="introduced")
    people.go_public(actor=person, address=SLUG_OF_THE_HIDDEN, may_be_listed=True)


def _time_with(stage: Stage, person: Person) -> None:
    """They give some time, for which somebody asks, and ask for somebody else's."""
    quarter = after(quarter_of(clock.today()))
    hours_story.gives(person, quarter=quarter, where="By the kelpwick shed")
    theirs, given = hours_story.slots_of(person), hours_story.slots_of(stage.cast.target)
    for seeker, slot in ((stage.cast.seeker, theirs[0]), (person, given[-2])):
        need = seeker.needs.filter(closed_at=None).first()
        hours.ask(actor=seeker, slot=slot, need=need, what_for="Where kelpwick grows")


def _introductions_with(stage: Stage, person: Person) -> None:
    """Somebody asks to be led to them, and they ask to be led to somebody."""
    bea, tied = stage.people["Bea Birch"], stage.people["tied"]
    for known in (person, tied):
        network.state_tie(actor=bea, other=known, strength="know")
    for seeker, target in ((tied, person), (person, stage.cast.target)):
        drafted = introductions.draft(actor=seeker, target=target, connector=bea, **NOTE)
        introductions.ask(actor=seeker, introduction=drafted)


def _what_speaks_of_the_hidden(stage: Stage) -> None:
    """Others may have the address: in private contacts, and in a list that a host brought."""
    profile = stage.profile
    network.import_contacts(
        actor=stage.people["importer"],
        rows=[(profile.name, profile.address), ("Ada Other", "ada.other@elsewhere.test")],
        source="csv",
    )
    intake.read_paste(
        actor=stage.cast.host,
        chapter=stage.cast.chapter,
        text=f"Name\tEmail\n{profile.name}\t{profile.address}\nOlga Other\tolga@elsewhere.test\n",
    )


def _fill_up(stage: Stage, chance: random.Random, at_boundary: bool) -> None:
    """So many that a page is just full, or any number."""
    shown = insight.search(stage.cast.stranger, "").total - (stage.listed is not None)
    wanted = 2 * PAGE if at_boundary else 2 * PAGE + chance.randrange(-3, 9)
    for number in range(max(0, wanted - shown)):
        stage.cast.person(f"Neighbour {number:02}", email=f"neighbour{number}@elsewhere.test")
    # People of the cast come in without a line in the journal, which would tell of them.
    known_networks.forget()


def _tokens(stage: Stage) -> None:
    for name in ("seeker", "host", "co-worker"):
        stage.secrets[name] = people.make_token(actor=stage.people[name], name="A program")[1]
