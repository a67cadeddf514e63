"""What somebody does not show to all members can be found by nobody: one network answers all."""

from __future__ import annotations

import pytest

from footbridge.insight import lookout, queries, rows, seating
from footbridge.insight.cards import Filters
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.policy import Viewer
from footbridge.people.states import FIELDS, Sector
from footbridge.veil.cards import VeiledCard
from tests.cast import Cast
from tests.rooms.insight import story
from tests.rooms.insight.test_seating import planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(cast: Cast) -> Person:
    """Speaks Xhosa, lives where nobody else does, and works where nobody else does."""
    story.cold_story(cast)
    museum = cast.organisation("Quiet Museum", Sector.ACADEMIC)
    person = cast.person(
        "Lena Elsewhere", at=museum, role="Curator", headline="Zebras", place=cast.lisbon,
        languages=["xh", "en"],
    )  # fmt: skip
    story.offers(person, "A cold store by the river")
    return person


FOUND_BY = {
    "headline": ("zebras", Filters()),
    "work": ("curator", Filters()),
    "place": ("", Filters(near="Lisbon", within_km=25, kind="person")),
    "languages": ("", Filters(language="xh")),
}


def found(viewer: Viewer, text: str, filters: Filters) -> set[str]:
    answer = queries.search(viewer, text, filters=filters)
    assert answer.total == len(answer.cards)
    return {card.name for card in answer.cards}


@pytest.mark.parametrize("field", FOUND_BY)
def test_nobody_is_found_by_what_they_keep_to_few(cast: Cast, lena: Person, field: str) -> None:
    text, filters = FOUND_BY[field]
    people.acquaint(lena, cast.connector)
    for viewer in (cast.seeker, cast.connector, cast.host, lena):
        assert "Lena Elsewhere" in found(viewer, text, filters)
    people.show(actor=lena, **{field: "introduced"})
    for viewer in (cast.seeker, cast.connector, cast.host, lena):
        assert "Lena Elsewhere" not in found(viewer, text, filters)
        assert "Lena Elsewhere" in found(viewer, "elsewhere", Filters())
    people.show(actor=lena, **{field: "everyone"})
    assert "Lena Elsewhere" in found(cast.seeker, text, filters)


def test_a_word_that_only_they_have_is_as_if_nobody_had_it(cast: Cast, lena: Person) -> None:
    people.show(actor=lena, headline="introduced", work="introduced", place="introduced")
    for text in ("zebra", "zebars", "curatr"):
        assert found(cast.seeker, text, Filters()) == set()


def test_two_worlds_that_differ_in_what_is_kept_to_few_answer_alike(
    cast: Cast, lena: Person
) -> None:
    """Whatever stands in fields that are not for all, every answer is the same."""
    people.show(actor=lena, **dict.fromkeys(FIELDS, "introduced"))
    one = everything(cast)
    people.edit(
        lena, lena, headline="Aardvarks", about="Other words", place=cast.porto, languages=["en"],
        website="https://other.example",
    )  # fmt: skip
    people.end_affiliation(actor=lena, affiliation=lena.affiliations.get(role="Curator"))
    people.add_affiliation(actor=lena, person=lena, organisation=cast.cold_chain, role="Director")
    assert everything(cast) == one


def everything(cast: Cast) -> list[str]:
    story.anew()
    answers: list[object] = []
    for viewer in (cast.seeker, cast.connector, cast.colleague):
        for text in ("", "zebras", "aardvarks", "curator", "director", "museum", "lena", "lnea"):
            answers.append(queries.search(viewer, text))
        for language in ("xh", "en"):
            answers.append(queries.search(viewer, "", filters=Filters(language=language)))
        for near in ("Lisbon", "Porto"):
            answers.append(queries.search(viewer, "", filters=Filters(near=near)))
        answers.append(queries.suggest(viewer, viewer, top=20))
        answers.append(queries.suggest_for_text(viewer, "a cold store in Lisbon", asker=viewer))
        answers.append(queries.chains(viewer, viewer, cast.cold_chain))
    return [repr(answer) for answer in answers]


def test_reasons_and_near_misses_do_not_tell_it(cast: Cast, lena: Person) -> None:
    def reasons() -> str:
        story.anew()
        answer = queries.suggest_for_text(cast.seeker, story.COLD_STORE, asker=cast.seeker)
        return str(next(one for one in answer if one.card.name == "Lena Elsewhere"))

    assert "km away" in reasons() or "Far away" in reasons()
    assert "Speaks" in reasons()
    people.show(actor=lena, place="introduced", languages="introduced")
    assert "km away" not in reasons()
    assert "Speaks" not in reasons()
    assert "Lisbon" not in reasons()


def test_the_network_holds_nothing_that_is_not_for_all(cast: Cast, lena: Person) -> None:
    people.show(actor=lena, **dict.fromkeys(FIELDS, "introduced"))
    read = rows.read()
    number = read.place(lena.id)
    assert "xh" not in read.names["languages"]
    columns = {name: int(column[number]) for name, column in read.columns.items()}
    assert (columns["languages"], columns["country"]) == (0, -1)
    assert (columns["organisation"], columns["group"], columns["sector"]) == (-1, -1, -1)
    assert number not in read.lists["places/member"]


def test_a_way_to_an_organisation_does_not_end_with_who_keeps_their_work_to_few(
    cast: Cast, lena: Person
) -> None:
    museum = lena.affiliations.get().organisation
    story.know(cast.connector, lena)

    def ends(viewer: Person) -> set[str]:
        story.anew()
        return {
            chain.stones[-1].card.name
            for chain in queries.chains(viewer, viewer, museum)
            if chain.stones[-1].card
        }

    assert ends(cast.seeker) == {"Lena Elsewhere"}
    people.show(actor=lena, work="introduced")
    assert ends(cast.seeker) == set()
    people.acquaint(lena, cast.seeker)
    assert ends(cast.seeker) == {"Lena Elsewhere"}


def test_a_card_from_under_the_radar_is_not_hidden_among_those_who_do_not_tell(
    cast: Cast, lena: Person
) -> None:
    def many(**said: str) -> int:
        return lookout.how_many_fit(VeiledCard(words="A curator", **said))

    before = many(country="PT"), many(sector="academic")
    people.show(actor=lena, place="introduced", work="introduced")
    assert (many(country="PT"), many(sector="academic")) == (before[0] - 1, before[1] - 1)


def test_colleagues_sit_apart_though_neither_tells_where_they_work(cast: Cast) -> None:
    session = planned(cast)
    both = [cast.person(f"Q{n}", at=cast.city) for n in range(2)]
    others = [cast.person(f"Z{n}") for n in range(2)]
    story.needs(cast.city, story.COLD_STORE)
    story.offers(others[0])
    for person in both:
        people.show(actor=person, work="introduced")
    from footbridge.meetings import actions as meetings

    for person in (*both, *others):
        meetings.accept(actor=person, session=session)
    tables = [
        table
        for round_ in seating.make_tables(actor=cast.host, session=session)
        for table in round_.tables
    ]
    assert tables
    assert not any({"Q0", "Q1"} <= set(table.names) for table in tables)
    # What their employer needs, and its sector, would tell where they work.
    assert not any("public" in str(table) or "answers" in str(table) for table in tables)
