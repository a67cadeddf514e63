"""Two worlds that differ only in people whom the viewer may not see: every answer is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.exchange import actions as exchange
from footbridge.insight import network, queries
from footbridge.insight.cards import Filters
from footbridge.introductions.models import Introduction
from footbridge.network.models import Tie
from footbridge.network.states import Strength, Wish
from footbridge.people.models import Affiliation, Chapter, Person, Place
from footbridge.people.policy import Viewer
from footbridge.people.states import Precision, Sector, Standing
from tests.cast import Cast
from tests.rooms.insight import story

pytestmark = pytest.mark.django_db

WORDS = ("", "lena", "lnea", "seekr", "director", "zebediah", "zebedia", "co", "porto", "cold")
FILTERS = (
    Filters(), Filters(language="xh"), Filters(kind="person"), Filters(sector="private"),
    Filters(cause="sdg-14"), Filters(near="Porto"),
)  # fmt: skip


def visible_world(cast: Cast) -> None:
    """People who need, offer, care and know one another, with room for more of each."""
    story.cold_story(cast)
    story.needs(cast.connector, "Looking for volunteer drivers with a van")
    story.offers(cast.colleague, "Two vans and their drivers on Sundays")
    story.offers(cast.stranger, "Help with bookkeeping and a cold store")
    story.cares(cast.seeker, "sdg-2", "sdg-12")
    story.cares(cast.colleague, "sdg-2")
    story.know(cast.colleague, cast.connector, Strength.TRUST)
    Tie.objects.create(teller=cast.stranger, other=cast.connector, strength=Strength.TRUST)
    cast.organisation("Quiet Museum", Sector.PUBLIC)
    assert cast.host
    assert cast.deputy


def hidden_people(cast: Cast, chapter: Chapter) -> None:
    """People on another chapter's list, who touch everything that an answer could hang on."""
    for n, standing in enumerate((Standing.KNOWN, Standing.INVITED, Standing.APPLIED) * 3):
        hidden = cast.person(
            f"Zebediah Lenna Seeker {n}", chapter=chapter, standing=standing,
            languages=["aa", "xh", "en"], place=hidden_place(n), headline="Director of cold stores",
        )  # fmt: skip
        Affiliation.objects.create(
            person=hidden, organisation=museum(), role="Director", has_mandate=True
        )
        for known in (cast.seeker, cast.connector, cast.target, cast.colleague):
            story.know(hidden, known, Strength.TRUST)
        exchange.open_need(actor=OPERATOR, owner=hidden, text="Aardvarks and a cold store")
        exchange.open_offer(actor=OPERATOR, owner=hidden, text="A cold store, drivers and vans")
        introductions_with(cast, hidden)
        story.wishes(hidden, cast.target, Wish.NOT_NOW)
    marine = exchange_causes("sdg-14", "sdg-2")
    exchange.care_for(actor=OPERATOR, member=hidden, causes=marine)


def hidden_place(n: int) -> Place:
    return Place.objects.create(
        key=f"hidden:{n}", name="Aachen", country="AD", latitude=41.2, longitude=-8.6,
        precision=Precision.CITY,
    )  # fmt: skip


def museum() -> object:
    return Person.objects.model.__base__.objects.get(name="Quiet Museum")  # type: ignore[union-attr]


def exchange_causes(*keys: str) -> list[object]:
    from footbridge.exchange.models import Cause

    return list(Cause.objects.filter(key__in=keys))


def introductions_with(cast: Cast, hidden: Person) -> None:
    """Asks that fill a connector's budget, and a meeting that warms a tie."""
    for three in (
        {"seeker": hidden, "connector": cast.connector, "target": cast.target},
        {"seeker": hidden, "connector": cast.connector, "target": cast.colleague},
    ):
        moment = clock.now() - timedelta(days=1)
        made = Introduction.objects.create(
            asked_at=moment, introduced_at=moment, state="introduced", **three
        )
        made.reports.create(person=made.seeker, outcome="met")


def everything(viewer: Viewer, cast: Cast) -> list[str]:
    """All that insight says to someone, in as many ways as it can be asked."""
    story.anew()
    own = viewer if isinstance(viewer, Person) else cast.seeker
    others = [cast.seeker, cast.connector, cast.target, cast.colleague, cast.stranger]
    answers: list[object] = []
    for filters in FILTERS:
        answers.append(queries.suggest(viewer, own, filters=filters, top=30))
        answers += [queries.search(viewer, words, filters=filters) for words in WORDS]
        for text in ("a cold store and drivers", "aardvarks", "Xhosa for beginners"):
            found = queries.suggest_for_text(viewer, text, asker=own, filters=filters, top=30)
            answers.append(found)
    answers += [queries.chains(viewer, own, other, top=20) for other in others if other != own]
    answers.append(queries.chains(viewer, own, cast.cold_chain, top=20))
    if own == cast.host:
        answers.append(queries.pairs(viewer, cast.chapter))
        answers.append(queries.unmatched(viewer, cast.chapter))
    return [repr(answer) for answer in answers]


OBSERVERS: dict[str, Callable[[Cast], Person]] = {
    "a member": lambda cast: cast.seeker,
    "someone whom they know": lambda cast: cast.connector,
    "a colleague of whom they know": lambda cast: cast.colleague,
    "the host of another chapter": lambda cast: cast.host,
    "a member of their chapter": lambda cast: cast.stranger,
}


@pytest.mark.parametrize("who", OBSERVERS)
def test_nothing_that_anyone_is_told_depends_on_people_they_may_not_see(
    cast: Cast, who: str
) -> None:
    visible_world(cast)
    observer = OBSERVERS[who](cast)
    without = everything(observer, cast)
    hidden_people(cast, cast.other_chapter)
    assert everything(observer, cast) == without


def test_the_comparison_sees_people_whom_the_viewer_may_see(cast: Cast) -> None:
    visible_world(cast)
    without = everything(cast.host, cast)
    hidden_people(cast, cast.chapter)
    changed = [
        one != other for one, other in zip(everything(cast.host, cast), without, strict=True)
    ]
    assert sum(changed) > 20


def test_the_operator_sees_everyone(cast: Cast) -> None:
    visible_world(cast)
    hidden_people(cast, cast.other_chapter)
    story.anew()
    assert queries.search(OPERATOR, "zebediah").total == 9
    assert queries.search(cast.stranger, "zebediah").total == 0


def test_who_joined_and_then_left_is_gone_from_every_answer(cast: Cast) -> None:
    visible_world(cast)
    without = everything(cast.seeker, cast)
    for n in range(3):
        leaver = cast.person(f"Zebediah Leaver {n}", chapter=cast.other_chapter)
        story.offers(leaver)
        story.know(leaver, cast.connector, Strength.TRUST)
        story.anew()
        assert queries.search(cast.seeker, "zebediah").total == 1
        leaver.delete()
    assert everything(cast.seeker, cast) == without


def test_an_answer_is_read_again_so_that_who_left_a_moment_ago_is_not_named(cast: Cast) -> None:
    visible_world(cast)
    held = network.current()
    Person.objects.filter(id=cast.connector.id).update(standing=Standing.KNOWN)
    Person.objects.filter(id=cast.stranger.id).delete()
    assert network.current() is held
    said = repr(queries.suggest(cast.seeker, cast.seeker)) + repr(
        queries.chains(cast.seeker, cast.seeker, cast.target)
    )
    assert "Lena" in said
    assert "Kofi" not in said
    assert "Noor" not in said
    found = queries.search(cast.seeker, "")
    assert {"Kofi Connector", "Noor Stranger"}.isdisjoint(one.name for one in found.cards)
