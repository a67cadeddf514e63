"""The person under the radar: how they got there, and everything that they can do there.

The grammar names every action of the veil. One that is new and stands nowhere here is an error:
nobody would have looked at what it lets others see.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.test import Client

from footbridge.core import links
from footbridge.core.audience import OPERATOR
from footbridge.people import actions as people
from footbridge.people.models import Account, Person
from footbridge.veil import actions as veil
from footbridge.veil import queries
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Hidden
from tests.twin.network import PROFILES, Profile, Stage
from tests.twin.still import START, act

Step = Callable[[Stage], object]
BACKEND = "footbridge.people.signed_in.SignedIn"


def account_of(profile: Profile) -> Account:
    found = queries.account_at(profile.address)
    assert found is not None, "nobody is under the radar by this address"
    return found


def self_of(profile: Profile) -> Self:
    found = queries.self_for(account_of(profile))
    assert found is not None
    return found


def me(stage: Stage) -> Self:
    return self_of(stage.profile)


def peer_profile(stage: Stage) -> Profile:
    """Another person under the radar, of another name and address."""
    return next(one for one in PROFILES if one.address != stage.profile.address)


# What they, and who acts upon them, can do: each action of the veil by name.


def _edit(stage: Stage) -> None:
    profile, cast = stage.profile, stage.cast
    veil.edit(
        actor=me(stage),
        name=profile.name,
        headline=profile.headline,
        about=profile.about,
        sector=profile.sector,
        place=cast.porto,
        chapter=cast.chapter,
        languages=list(profile.languages),
        website=profile.website,
        needs=[profile.need],
        offers=[profile.offer],
        work=[("", "Laboratory lead", cast.cold_chain)],
    )


def _yes_id(stage: Stage) -> object:
    return stage.people["yes"].standing_yes.id


def _vouch(stage: Stage) -> None:
    veil.vouch(actor=stage.people["voucher"], token=links.sign("vouch", me(stage).id))


def _send_card(stage: Stage) -> None:
    card = VeiledCard(words="Somebody with kelpwick", ask="Half an hour on brinemoss")
    veil.send_card(actor=me(stage), person=stage.people["card"], card=card)


def _answer(stage: Stage) -> None:
    [card] = queries.waiting_for(stage.people["card"])
    veil.answer(actor=stage.people["card"], approach_id=card.id, is_yes=True)


def _withdraw(stage: Stage) -> None:
    """Another card, taken back again."""
    actor = me(stage)
    card = VeiledCard(words="Somebody else", ask="Kelpwick?")
    approach = veil.send_card(actor=actor, person=stage.people["voucher"], card=card)
    veil.withdraw(actor=actor, approach_id=approach.id)


def _prove(stage: Stage) -> None:
    pending = me(stage).profile.pending
    assert pending is not None
    veil.prove_mailbox(actor=me(stage), code=pending.code)


def _meet_a_peer(stage: Stage) -> None:
    """Two under the radar, both verified and glad of peers, meet."""
    other = peer_profile(stage)
    veil.begin(name=other.name, email=other.address, chapter=stage.cast.other_chapter)
    for profile in (stage.profile, other):
        someone = self_of(profile)
        veil.vouch(actor=stage.people["voucher"], token=links.sign("vouch", someone.id))
        veil.be_glad_of_peers(actor=self_of(profile), glad=True)
    peers = [card for card in queries.glad(me(stage)) if card.is_peer]
    assert peers, "the two should see each other's yes"
    veil.say_yes(actor=me(stage), yes_id=peers[0].id)


GRAMMAR: dict[str, Step] = {
    "edit": _edit,
    "know": lambda stage: veil.know(actor=me(stage), member=stage.people["tied"], strength="trust"),
    "unknow": lambda stage: veil.unknow(actor=me(stage), member_id=str(stage.people["tied"].id)),
    "block": lambda stage: veil.block(actor=me(stage), member=stage.cast.food_bank),
    "unblock": lambda stage: veil.unblock(actor=me(stage), line=str(stage.cast.food_bank.id)),
    "vouch_path": lambda stage: veil.vouch_path(actor=me(stage)),
    "vouch": _vouch,
    "ask_mailbox": lambda stage: veil.ask_mailbox(
        actor=me(stage), address="z.quillon@kelpwick.test"
    ),
    "prove_mailbox": _prove,
    "be_glad_of_peers": lambda stage: veil.be_glad_of_peers(actor=me(stage), glad=True),
    "say_yes": lambda stage: veil.say_yes(actor=me(stage), yes_id=_yes_id(stage)),
    "withdraw": _withdraw,
    "send_card": _send_card,
    "answer": _answer,
    "open_record": lambda stage: veil.open_record(
        OPERATOR, address=stage.profile.address, why="They asked me to"
    ),
    "forget_what_is_over": lambda stage: veil.forget_what_is_over(),
}
# How one comes to be under the radar, and leaves it: the beginning and the end of each story.
WAYS_IN_AND_OUT = {"begin", "hide", "erase", "come_out"}
# What listed people say of themselves, with nobody under the radar in it.
OF_LISTED_PEOPLE = {"say_standing_yes", "take_yes_back", "take_cards"}


def unnamed_actions() -> set[str]:
    """Actions of the veil that stand nowhere in the grammar."""
    known = set(GRAMMAR) | WAYS_IN_AND_OUT | OF_LISTED_PEOPLE
    return set(veil.__all__) - known


def actions_of_hidden_people() -> set[str]:
    """Every action that takes somebody under the radar as its actor."""
    found = set()
    for name in veil.__all__:
        actor = inspect.signature(getattr(veil, name)).parameters.get("actor")
        if actor is not None and "Self" in str(actor.annotation):
            found.add(name)
    return found


# Stories: what makes one world differ from the other.


@dataclass(frozen=True)
class Story:
    """What becomes of the hidden person. `door` has them walk through all their pages, too, while
    others look on."""

    name: str
    was_listed: bool
    steps: tuple[Step, ...]
    door: bool = False


def _begin(stage: Stage) -> None:
    profile = stage.profile
    veil.begin(name=profile.name, email=profile.address, chapter=stage.cast.chapter)


def _begin_as_another(stage: Stage) -> None:
    other = peer_profile(stage)
    veil.begin(name=other.name, email=other.address, chapter=stage.cast.other_chapter)


def _person(stage: Stage) -> Person:
    assert stage.listed is not None
    return Person.objects.get(id=stage.listed.id)


def _hide(stage: Stage) -> None:
    _prove_the_address(stage)
    veil.hide(actor=_person(stage))


def _delete(stage: Stage) -> None:
    _prove_the_address(stage)
    people.erase(actor=_person(stage), person=_person(stage))


def _prove_the_address(stage: Stage) -> None:
    """Who hides has to; who leaves may have. What either writes to others when they go is then
    drawn from the same place of their stream."""
    people.prove_address(people.account_for(_person(stage)))


def _leave(stage: Stage) -> None:
    veil.erase(actor=me(stage), account=account_of(stage.profile))


def _leave_a_card_waiting(stage: Stage) -> None:
    card = VeiledCard(words="Somebody who waits", ask="Brinemoss?")
    veil.send_card(actor=me(stage), person=stage.people["card too"], card=card)


EVERYTHING = (*GRAMMAR.values(), _leave_a_card_waiting)

REFERENCES = {
    False: Story("never there", False, ()),
    True: Story("deleted", True, (_delete,)),
}
STORIES: dict[bool, tuple[Story, ...]] = {
    False: (
        Story("hidden, idle", False, (_begin, _edit)),
        Story("hidden, doing everything", False, (_begin, *EVERYTHING), door=True),
        Story("hidden, another profile", False, (_begin_as_another,)),
        Story("hidden, met who had said yes", False, (_begin, _edit, GRAMMAR["say_yes"])),
        Story("two hidden people matched", False, (_begin, _edit, _meet_a_peer)),
        Story("hidden, a veiled card answered", False, (_begin, _edit, _send_card, _answer)),
        Story("hidden, a veiled card waits", False, (_begin, _edit, _send_card)),
        Story("hidden, and gone for good", False, (_begin, *EVERYTHING, _leave)),
    ),
    True: (
        Story("hidden instead of deleted", True, (_hide,)),
        Story("hidden instead of deleted, doing everything", True, (_hide, *EVERYTHING), door=True),
        Story("hidden instead of deleted, met who had said yes", True, (_hide, GRAMMAR["say_yes"])),
        Story("hidden instead of deleted, matched with another", True, (_hide, _meet_a_peer)),
        Story("hidden, then gone for good", True, (_hide, *EVERYTHING, _leave)),
    ),
}


def tell(stage: Stage, story: Story) -> None:
    """Have it happen, before anyone looks on; each step with the clock and ids of its own."""
    for number, step in enumerate(story.steps):
        with act(stage.seed, f"hidden:{_named(step)}", number, moment=START):
            step(stage)


def _named(step: Step) -> str:
    """To go is one act, whichever way: what is written to others then has the same ids."""
    if step in (_hide, _delete):
        return "going"
    return next((name for name, one in GRAMMAR.items() if one is step), step.__name__)


def browser(profile: Profile) -> Client:
    """A browser in the hands of the person under the radar."""
    client = Client(raise_request_exception=False)
    client.force_login(account_of(profile), backend=BACKEND)
    return client


def ids_of_the_hidden() -> Iterator[str]:
    """Ids by which they could be asked for, if anybody knew them."""
    with lifted(Service.OPERATOR):
        rows = list(Hidden.objects.order_by("id"))
    for row in rows:
        yield str(row.id)
    for account in Account.objects.filter(email__endswith="@hidden.invalid").order_by("id"):
        yield str(account.id)
        yield account.email


# Pages of their own that are asked by hand here, since a walk cannot reach them: what they need
# is not there at that moment, or the walk would end with them.
NOT_BY_WALKING: frozenset[str] = frozenset(
    {"/under-the-radar/data/erase/", "/under-the-radar/come-out/"}
)
