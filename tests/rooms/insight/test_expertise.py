"""People found by what they can do: in either side's words, and as they listed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from footbridge.core import clock
from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError
from footbridge.expertise import actions
from footbridge.insight import expertise, network, queries
from footbridge.insight.cards import Filters
from footbridge.insight.expertise import Wanted
from footbridge.people import actions as people
from footbridge.people.actions.showing import acquaint
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.expertise import story
from tests.rooms.hours import story as hours
from tests.rooms.insight import story as insight_story

pytestmark = pytest.mark.django_db


def names(viewer: object, text: str = "negotiation", **said: object) -> list[str]:
    answer = expertise.search(viewer, Wanted(text=text, **said))  # type: ignore[arg-type]
    assert answer.total == len(answer.found)
    return [one.card.name for one in answer.found]


def nearest(viewer: object, text: str = "negotiation", **said: object) -> dict[str, list[str]]:
    answer = expertise.search(viewer, Wanted(text=text, **said))  # type: ignore[arg-type]
    return {one.card.name: [lack.code for lack in one.missing] for one in answer.nearest}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "negotiation"),
        ("en", "negociation"),
        ("en", "somebody who can negotiate"),
        ("es", "negociación"),
        ("fr", "négociation"),
        ("en", "NEGOTIATIN"),
    ],
)
def test_somebody_is_found_by_any_word_for_it(cast: Cast, language: str, text: str) -> None:
    story.listed(cast.target)
    story.listed(cast.colleague, "photography", title="I took the pictures")
    with override(language):
        assert names(cast.seeker, text) == ["Lena Sought"]


@pytest.mark.parametrize("side", ["mission", "business"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_both_sides_words_lead_to_the_same_person(cast: Cast, side: str, language: str) -> None:
    claim = story.listed(cast.target, "volunteer-management")
    words = claim.skill.sides[language][side]
    with override(language):
        found = [names(cast.seeker, text) for text in words]
    assert found == [["Lena Sought"]] * len(words)


def test_the_further_and_the_confirmed_come_first(cast: Cast) -> None:
    for person, level in ((cast.target, "did"), (cast.colleague, "led"), (cast.host, "helped")):
        story.listed(person, level=level)
    assert names(cast.connector) == ["Tariq Colleague", "Lena Sought", "Hana Host"]
    claim = cast.host.claims.get()
    row = actions.ask(actor=cast.host, claim=claim, person=cast.stranger, was_there=True)
    actions.confirm(actor=cast.stranger, confirmation=row)
    assert names(cast.connector) == ["Tariq Colleague", "Hana Host", "Lena Sought"]
    assert names(cast.connector, confirmed=True) == ["Hana Host"]
    assert names(cast.connector, level="did") == ["Tariq Colleague", "Lena Sought"]


def test_nobody_is_found_who_did_not_say_list_my_expertise(cast: Cast) -> None:
    story.tells(cast.target)
    assert (names(cast.seeker), nearest(cast.seeker)) == ([], {})


@pytest.mark.parametrize("why", ["pauses", "stays home", "avoids", "left", "few"])
def test_nobody_is_found_who_is_not_to_be(cast: Cast, why: str) -> None:
    person = cast.stranger
    story.listed(person)
    assert names(cast.seeker) == ["Noor Stranger"]
    if why == "pauses":
        people.pause(actor=person, until=clock.today() + timedelta(days=3))
    if why == "stays home":
        Person.objects.filter(id=person.id).update(beyond_chapter=False)
    if why == "avoids":
        insight_story.wishes(person, cast.seeker, "avoid")
    if why == "left":
        Person.objects.filter(id=person.id).update(standing=Standing.KNOWN)
    if why == "few":
        story.lists(person, "introduced")
    assert (names(cast.seeker), nearest(cast.seeker)) == ([], {})
    assert names(cast.seeker, "") == []


def test_what_is_for_few_is_found_by_them(cast: Cast) -> None:
    story.listed(cast.target)
    story.lists(cast.target, "introduced")
    acquaint(cast.target, cast.connector)
    assert (names(cast.connector), names(cast.seeker)) == (["Lena Sought"], [])


def test_place_language_and_sector_narrow_it_down_and_who_comes_near_is_shown(cast: Cast) -> None:
    story.listed(cast.target)
    person = cast.person("Ilse Elsewhere", place=cast.lisbon, languages=["xh"])
    story.listed(person)
    network.forget()
    assert names(cast.seeker, filters=Filters(near="Porto")) == ["Lena Sought"]
    assert names(cast.seeker, filters=Filters(language="xh")) == ["Ilse Elsewhere"]
    assert names(cast.seeker, filters=Filters(sector="private")) == ["Lena Sought"]
    both = Filters(near="Lisbon", within_km=25, language="en")
    assert names(cast.seeker, filters=both) == []
    assert nearest(cast.seeker, filters=both) == {
        "Lena Sought": ["outside_area"],
        "Ilse Elsewhere": ["other_language"],
    }


def test_who_has_time_is_who_gives_some_or_offers_it_now(cast: Cast) -> None:
    for person in (cast.target, cast.colleague, cast.host):
        story.listed(person)
    hours.gives(cast.target)
    insight_story.offers(cast.colleague, "Negotiation with landlords, an evening a month")
    assert set(names(cast.seeker, available=True)) == {"Lena Sought", "Tariq Colleague"}
    answer = expertise.search(cast.seeker, Wanted(text="negotiation"))
    told = {one.card.name: (one.free_slots > 0, one.offers_it) for one in answer.found}
    assert told == {
        "Lena Sought": (True, False),
        "Tariq Colleague": (False, True),
        "Hana Host": (False, False),
    }


def test_an_answer_is_never_empty_while_anybody_is_listed(cast: Cast) -> None:
    story.listed(cast.target, "negotiation")
    assert nearest(cast.seeker, level="teaches") == {"Lena Sought": ["level"]}
    assert nearest(cast.seeker, confirmed=True) == {"Lena Sought": ["confirmed"]}
    assert nearest(cast.seeker, available=True) == {"Lena Sought": ["not_available"]}
    assert nearest(cast.seeker, "strategy") == {"Lena Sought": ["related"]}
    assert nearest(cast.seeker, "photography") == {"Lena Sought": ["other"]}
    assert nearest(cast.seeker, "qqq zzz") == {"Lena Sought": ["other"]}


def test_a_level_that_there_is_not_is_refused(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        names(cast.seeker, level="wizard")
    assert refused.value.field == "level"


def test_what_somebody_did_counts_as_offered_and_the_reason_says_so(cast: Cast) -> None:
    insight_story.cold_story(cast)
    person = cast.person("Ada Able")
    insight_story.needs(cast.connector, "Somebody to negotiate our lease")
    insight_story.anew()

    def reasons() -> list[str]:
        found = queries.suggest(cast.connector, cast.connector, top=30)
        mine = [one for one in found if one.card.name == "Ada Able" and not one.near_miss]
        return [why.text for one in mine for why in one.reasons if why.kind == "answers_you"]

    assert reasons() == []
    story.listed(person, level="led", title="I negotiated with the port.")
    insight_story.anew()
    [why] = reasons()
    assert why.endswith("Has done this: «I negotiated with the port»")
    actions.edit_episode(
        actor=person, claim=person.claims.get(), title="I negotiated.", is_shown=False
    )
    insight_story.anew()
    assert "Has done this" not in reasons()[0]
    story.lists(person, "introduced")
    insight_story.anew()
    assert reasons() == []


def test_two_worlds_that_differ_in_unlisted_expertise_are_one(cast: Cast) -> None:
    insight_story.cold_story(cast)
    story.listed(cast.target)
    colleague, connector = cast.colleague, cast.connector
    hidden = cast.person("Ivo Known", chapter=cast.other_chapter, standing=Standing.KNOWN)

    def world() -> str:
        insight_story.anew()
        said = [queries.suggest(cast.seeker, cast.seeker, top=30)]
        said += [queries.search(cast.seeker, text) for text in ("negotiation", "photography", "")]  # type: ignore[list-item]
        said += [expertise.search(cast.seeker, Wanted(text)) for text in ("photography", "")]  # type: ignore[list-item]
        return repr(said)

    without = world()
    story.tells(colleague, "photography", level="teaches")
    story.tells(connector, "negotiation", level="teaches")
    Person.objects.filter(id=hidden.id).update(standing=Standing.JOINED)
    story.listed(hidden, "photography")
    Person.objects.filter(id=hidden.id).update(standing=Standing.KNOWN)
    assert world() == without


@pytest.mark.parametrize("people_", [1, 3])
def test_the_number_of_queries_is_the_same_for_one_and_for_three(
    cast: Cast, django_assert_num_queries, people_: int
) -> None:
    for number in range(people_):
        story.listed(cast.person(f"Able {number}", at=cast.city))
    viewer = cast.seeker
    expertise.search(viewer, Wanted(text="negotiation"))
    with django_assert_num_queries(21):
        answer = expertise.search(viewer, Wanted(text="negotiation"))
    assert answer.total == people_
    assert expertise.search(OPERATOR, Wanted(text="negotiation")).total == people_


def test_pages_follow_one_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expertise, "PAGE", 2)
    for number in range(5):
        story.listed(cast.person(f"Able {number}"))
    pages = [expertise.search(cast.seeker, Wanted("negotiation"), page=n) for n in (1, 2, 3, 9)]
    assert [(one.page, one.pages, len(one.found), one.total) for one in pages] == [
        (1, 3, 2, 5),
        (2, 3, 2, 5),
        (3, 3, 1, 5),
        (3, 3, 1, 5),
    ]
    seen = [each.card.name for one in pages[:3] for each in one.found]
    assert len(set(seen)) == 5
