"""A large network: built by the worker, used by pages meanwhile, and what was said just now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from footbridge.core import clock
from footbridge.insight import files, network, queries
from footbridge.network import actions as network_actions
from footbridge.people import actions as people
from footbridge.people.models import Person
from footbridge.people.states import Standing
from tests.cast import Cast
from tests.rooms.insight import story
from tests.rooms.insight.story import fitting, names


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    """Every network counts as large, is kept in a folder of this test, and is built here."""
    settings.HOME = tmp_path
    monkeypatch.setattr(network, "SMALL", 0)
    monkeypatch.setattr(network, "RESTS_FOR", 0.0)
    monkeypatch.setattr(network, "_build_apart", network.build_and_keep)
    yield
    network.forget()


def told(cast: Cast) -> str:
    answers = (
        queries.suggest(cast.seeker, cast.seeker),
        queries.chains(cast.seeker, cast.seeker, cast.target),
        queries.search(cast.seeker, "northwnd"),
        queries.pairs(cast.host, cast.chapter),
    )
    return repr(answers)


@pytest.mark.django_db
def test_a_network_from_disk_answers_as_the_one_in_memory(
    cast: Cast, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.cold_story(cast)
    story.cares(cast.target, "sdg-2")
    assert cast.host
    assert cast.listed
    from_disk = told(cast)
    assert files.newest()
    monkeypatch.setattr(network, "SMALL", 10)
    network.forget()
    assert told(cast) == from_disk


@pytest.mark.django_db
def test_pages_use_the_last_version_until_the_worker_built_the_next(
    cast: Cast, large: None
) -> None:
    story.cold_story(cast)
    assert queries.search(cast.seeker, "newcomer").total == 0
    people.pause(actor=cast.person("Nia Newcomer"), until=clock.today())
    assert queries.search(cast.seeker, "newcomer").total == 0
    before = files.newest()
    assert network.refresh() == 1
    assert files.newest() != before
    assert queries.search(cast.seeker, "newcomer").total == 1
    assert network.refresh() == 0


@pytest.mark.django_db
def test_a_new_member_has_answers_at_once(cast: Cast, large: None) -> None:
    story.cold_story(cast)
    assert cast.chapter
    network.current()
    newcomer = cast.person("Nia Newcomer", at=cast.city, role="Driver")
    story.needs(newcomer)
    network_actions.state_tie(actor=newcomer, other=cast.seeker, strength="trust")
    network_actions.state_tie(actor=newcomer, other=cast.connector, strength="know")
    held = network.current()
    assert held.rows.number_of(newcomer.id) is None
    found = queries.suggest(newcomer, newcomer)
    assert fitting(found) == ["Lena Sought"]
    assert [one.text for one in found[0].reasons][:2] == [
        "Offers what is needed: Cold storage",
        "Both know Kofi Connector",
    ]
    ways = queries.chains(newcomer, newcomer, cast.target)
    assert [[one.card.name for one in way.stones if one.card] for way in ways] == [
        ["Nia Newcomer", "Kofi Connector", "Lena Sought"],
        ["Nia Newcomer", "Rosa Seeker", "Lena Sought"],
    ]
    back = queries.chains(cast.target, cast.target, newcomer)
    assert [stone.card.name for stone in back[0].stones if stone.card] == [
        "Lena Sought", "Kofi Connector", "Nia Newcomer",
    ]  # fmt: skip
    late = cast.person("Lou Late")
    network_actions.state_tie(actor=late, other=newcomer, strength="trust")
    assert network.current() is held


@pytest.mark.django_db
def test_beside_the_network_someone_is_told_the_same_as_in_it(cast: Cast, large: None) -> None:
    story.cold_story(cast)
    story.cares(cast.seeker, "sdg-2")
    story.cares(cast.target, "sdg-2", "sdg-3")
    story.needs(cast.target, "We need volunteer drivers")
    story.offers(cast.seeker, "Drivers at weekends")
    network.current()
    inside = repr(queries.suggest(cast.seeker, cast.seeker))
    ways = repr(queries.chains(cast.seeker, cast.seeker, cast.target))
    people.speak(actor=cast.seeker, languages=["en"])
    people.be_findable_by_email(actor=cast.seeker, findable=True)
    assert any(network.news_of(network.current(), cast.seeker.id))
    assert repr(queries.suggest(cast.seeker, cast.seeker)) == inside
    assert repr(queries.chains(cast.seeker, cast.seeker, cast.target)) == ways


@pytest.mark.django_db
def test_what_i_said_a_moment_ago_counts_though_the_network_lags(cast: Cast, large: None) -> None:
    story.offers(cast.target)
    assert cast.seeker
    assert fitting(queries.suggest(cast.seeker, cast.seeker)) == []
    story.needs(cast.seeker)
    assert fitting(queries.suggest(cast.seeker, cast.seeker)) == ["Lena Sought"]


@pytest.mark.django_db
def test_who_paused_a_moment_ago_is_neither_suggested_nor_passed_through(
    cast: Cast, large: None
) -> None:
    story.cold_story(cast)
    network.current()
    people.pause(actor=cast.connector, until=clock.today())
    people.pause(actor=cast.target, until=clock.today())
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))
    assert queries.chains(cast.seeker, cast.seeker, cast.cold_chain) == []


def told_to_members(cast: Cast) -> str:
    """All that members are told of a large network."""
    word = "cold store"
    return repr(
        [
            queries.suggest(cast.seeker, cast.seeker),
            queries.suggest(cast.stranger, cast.stranger),
            queries.suggest_for_text(cast.seeker, word, asker=cast.seeker),
            queries.chains(cast.seeker, cast.seeker, cast.cold_chain),
            [queries.search(cast.seeker, text) for text in ("lena", "lnea", "northwind", "")],
        ]
    )


def told_to_host(cast: Cast) -> str:
    """What the host of the chapter is told besides."""
    host, chapter = cast.host, cast.chapter
    return repr([queries.pairs(host, chapter), queries.unmatched(host, chapter)])


def erased(person: Person) -> None:
    people.erase(actor=person, person=person)


def taken_off(person: Person) -> None:
    Person.objects.filter(id=person.id).update(standing=Standing.APPLIED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("go", "told"),
    [
        (erased, told_to_members),
        (erased, told_to_host),
        # The host still sees who is on the chapter's list.
        (taken_off, told_to_members),
    ],
)
def test_who_went_a_moment_ago_is_told_of_nowhere_though_the_network_lags(
    cast: Cast, large: None, go: Callable[[Person], None], told: Callable[[Cast], str]
) -> None:
    story.cold_story(cast)
    story.know(cast.stranger, cast.target)
    assert cast.host
    story.know(cast.colleague, cast.target)
    story.know(cast.target, cast.person("Nia Neighbour", at=cast.city))
    assert told(cast).count("Lena Sought") >= 3
    built = files.newest()
    gone = cast.target.id
    go(cast.target)
    after = told(cast)
    assert files.newest() == built
    assert "Lena Sought" not in after
    assert str(gone) not in after
    assert queries.search(cast.seeker, "lena").total == 0


@pytest.mark.django_db
def test_who_withdrew_to_their_chapter_a_moment_ago_is_not_suggested_beyond_it(
    cast: Cast, large: None
) -> None:
    story.offers(cast.target)
    story.needs(cast.seeker)
    story.needs(cast.stranger)
    for asking in (cast.seeker, cast.stranger):
        assert "Lena Sought" in names(queries.suggest(asking, asking))
    Person.objects.filter(id=cast.target.id).update(beyond_chapter=False)
    assert "Lena Sought" in names(queries.suggest(cast.seeker, cast.seeker))
    for found in (
        queries.suggest(cast.stranger, cast.stranger),
        queries.suggest_for_text(cast.stranger, story.COLD_STORE, asker=cast.stranger),
        queries.suggest_for_text(cast.stranger, story.COLD_STORE),
    ):
        assert "Lena Sought" not in names(found)


@pytest.mark.django_db
def test_what_i_said_is_read_once_until_i_say_more(
    cast: Cast, large: None, django_assert_num_queries: Any
) -> None:
    story.offers(cast.target)
    assert fitting(queries.suggest(cast.seeker, cast.seeker)) == []
    story.needs(cast.seeker)
    first = queries.suggest(cast.seeker, cast.seeker)
    with django_assert_num_queries(8):
        assert repr(queries.suggest(cast.seeker, cast.seeker)) == repr(first)
    network_actions.state_tie(actor=cast.seeker, other=cast.target, strength="trust")
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))


@pytest.mark.django_db
def test_a_pause_that_ended_at_midnight_is_news(cast: Cast, large: None) -> None:
    story.cold_story(cast)
    people.pause(actor=cast.target, until=clock.today())
    assert "Lena Sought" not in names(queries.suggest(cast.seeker, cast.seeker))
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert network.refresh() == 1
        assert "Lena Sought" in names(queries.suggest(cast.seeker, cast.seeker))


@pytest.mark.django_db
def test_only_the_newest_version_stays_on_disk(cast: Cast, large: None) -> None:
    assert cast.seeker
    for n in range(3):
        people.pause(actor=cast.person(f"Member {n}"), until=clock.today())
        assert network.refresh() == 1
    assert sorted(path.name for path in files.folder().iterdir()) == sorted(
        ["lock", "current", files.newest()]
    )


@pytest.mark.django_db
def test_what_a_killed_builder_left_behind_harms_nobody_and_goes(cast: Cast, large: None) -> None:
    story.cold_story(cast)
    network.current()
    left = files.folder() / "new-left-behind"
    left.mkdir()
    (left / "rows").write_bytes(b"half a file")
    assert queries.search(cast.seeker, "lena").total == 1
    people.pause(actor=cast.colleague, until=clock.today())
    assert network.refresh() == 1
    assert not left.exists()


@pytest.mark.django_db
def test_a_damaged_version_is_built_anew(cast: Cast, large: None) -> None:
    story.cold_story(cast)
    network.current()
    (files.folder() / files.newest() / "rows").write_bytes(b"rubbish")
    network.forget()
    assert queries.search(cast.seeker, "lena").total == 1
    assert files.open_newest() is not None


@pytest.mark.django_db
def test_while_one_builds_another_goes_on_with_the_last_version(cast: Cast, large: None) -> None:
    story.cold_story(cast)
    network.current()
    people.pause(actor=cast.colleague, until=clock.today())
    with files.only_builder() as mine:
        assert mine
        assert network.refresh() == 0
        assert queries.search(cast.seeker, "lena").total == 1
    assert network.refresh() == 1


@pytest.mark.django_db
def test_a_large_network_is_not_built_without_rest(
    cast: Cast, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cast.seeker
    network.current()
    people.pause(actor=cast.connector, until=clock.today())
    monkeypatch.setattr(network, "RESTS_FOR", 1e9)
    assert network.refresh() == 0
    monkeypatch.setattr(network, "RESTS_FOR", 0.0)
    assert network.refresh() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", ["small", "large"])
def test_many_pages_at_once_get_the_same_answer_while_the_worker_builds(
    cast: Cast, large: None, monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    if size == "small":
        monkeypatch.setattr(network, "SMALL", 1000)
    story.cold_story(cast)
    expected = fitting(queries.suggest(cast.seeker, cast.seeker))
    seeker = Person.objects.get(id=cast.seeker.id)
    found, failed = [], []

    def page() -> None:
        from django.db import connection

        try:
            for _ in range(5):
                found.append(fitting(queries.suggest(seeker, seeker)))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=page) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(3):
        people.pause(actor=cast.person(f"Sleeper {n}"), until=clock.today())
        network.refresh()
    for thread in threads:
        thread.join()
    assert failed == []
    assert found == [expected] * 20
