"""What is held about someone comes out whole for them, and goes whole when they go."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from footbridge.core import clock
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Cause, Need
from footbridge.intake.models import Batch, RowResult
from footbridge.intake.sheets import folder
from footbridge.introductions import actions as introductions
from footbridge.journal.actions import deliver_due
from footbridge.journal.models import Entry
from footbridge.network import actions as network
from footbridge.people import actions as people
from footbridge.people import personal_data, queries
from footbridge.people.models import Person
from footbridge.veil.guard import Service, lifted
from tests.cast import Cast
from tests.doors.web.world import World, build
from tests.rooms.introductions import story
from tests.rooms.meetings import story as evenings

pytestmark = pytest.mark.django_db

# The journal keeps who did what to which thing, by ids alone.
KEPT = {("journal_entry", "actor"), ("journal_entry", "subject"), ("journal_entry", "facts")}


@pytest.fixture
def world(cast: Cast) -> World:
    """Rosa has a hand in everything."""
    built = build(cast)
    rosa = cast.seeker
    exchange.open_offer(actor=rosa, owner=rosa, text="Rosa Seeker's own soup")
    exchange.open_need(actor=rosa, owner=cast.food_bank, text="Someone to keep our books")
    network.state_tie(actor=rosa, other=cast.target, strength="know", how="From the harbour")
    network.wish(actor=rosa, about=cast.colleague, wish="avoid")
    network.wish(actor=cast.colleague, about=rosa, wish="not_now")
    network.import_contacts(actor=rosa, rows=[("Jo", "jo@example.net")], source="vcard")
    people.be_findable_by_email(actor=rosa, findable=True)
    people.go_public(actor=rosa, address="rosa-of-the-harbour")
    introductions.agree(actor=cast.connector, introduction=built.introduction)
    introductions.agree(actor=cast.target, introduction=built.introduction)
    exchange.care_for(actor=rosa, member=rosa, causes=Cause.objects.all()[:1])
    introductions.thank(actor=rosa, introduction=built.introduction, words="Thank you, says Rosa")
    story.pair(cast)
    evenings.accepted(evenings.opened(cast), rosa, cast.target)
    _imported(cast, "done", "Rosa Seeker,ROSA.Seeker@example.org")
    _imported(cast, "done", "Ada Moreno,ada@example.org")
    while deliver_due():
        pass
    return built


def _imported(cast: Cast, state: str, line: str) -> Batch:
    """A list that a host brought, with a row that was repaired."""
    name, email = line.split(",")
    batch = Batch.objects.create(
        owner=cast.host,
        chapter=cast.chapter,
        name="list.csv",
        state=state,
        sheets=[{"columns": [{"samples": [name]}]}],
        finished_at=clock.now(),
    )
    RowResult.objects.create(
        batch=batch, sheet=0, number=2, verdict="repaired", cells=[name, email]
    )
    folder(batch.id).mkdir(parents=True, exist_ok=True)
    (folder(batch.id) / "0.file").write_text(f"Name,Email\n{line}\n")
    return batch


def test_an_erasure_forgets_lists_that_speak_of_the_person_and_no_others(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    cast = world.cast
    batches = {batch.results.get().cells[0]: batch for batch in Batch.objects.filter(state="done")}
    rosas, adas = batches["Rosa Seeker"], batches["Ada Moreno"]
    packed = _imported(cast, "done", "Ben Packed,ben@example.org")
    (folder(packed.id) / "1.file").write_bytes(b"PK\x03\x04\xff\xfe")
    with django_capture_on_commit_callbacks(execute=True):
        people.erase(actor=cast.seeker, person=Person.objects.get(id=cast.seeker.id))
    assert not folder(rosas.id).exists()
    assert not folder(packed.id).exists()  # nobody can tell what stands in it
    assert folder(adas.id).exists()
    assert adas.results.count() == 1
    assert Batch.objects.get(id=adas.id).sheets
    assert rosas.results.count() == packed.results.count() == 0


def mentions(words: dict[str, str]) -> dict[tuple[str, str], set[str]]:
    """Where in all tables, in whatever column, any of these words stands."""
    found: dict[tuple[str, str], set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model._meta.app_label in ("contenttypes", "auth"):
            continue
        with lifted(Service.OPERATOR):
            rows = list(model._base_manager.values())
        for row in rows:
            for column, value in row.items():
                text = _as_text(value)
                for what, word in words.items():
                    if word in text:
                        place = (model._meta.db_table, column.removesuffix("_id"))
                        found.setdefault(place, set()).add(what)
    return found


def _as_text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1").lower()
    return str(value).lower().replace("-", "")


def words_of(person: Person) -> dict[str, str]:
    return {
        "id": person.id.hex,
        "name": person.name.lower(),
        "address": (person.email or "").lower().replace("-", ""),
        "own words": "rosa",
    }


def test_after_an_erasure_nothing_tells_of_the_person(world: World) -> None:
    rosa = world.cast.seeker
    people.account_for(rosa)
    words = words_of(rosa)
    before = mentions(words)
    assert len(before) > 25
    assert {"id", "name", "address"} <= set().union(*before.values())
    people.erase(actor=rosa, person=Person.objects.get(id=rosa.id))
    while deliver_due():
        pass
    left = mentions(words)
    assert {place: what for place, what in left.items() if place not in KEPT} == {}
    assert set().union(*left.values()) == {"id"}


def test_a_session_of_someone_erased_opens_nothing(world: World) -> None:
    rosa = world.cast.seeker
    client = Client()
    backend = "footbridge.people.signed_in.SignedIn"
    client.force_login(people.account_for(rosa), backend=backend)
    assert client.get("/you/").status_code == 200
    people.erase(actor=rosa, person=Person.objects.get(id=rosa.id))
    assert client.get("/you/").status_code == 302


def test_an_erasure_leaves_what_is_others(world: World) -> None:
    cast = world.cast
    people.erase(actor=cast.seeker, person=Person.objects.get(id=cast.seeker.id))
    left = set(Person.objects.values_list("name", flat=True))
    assert {"Kofi Connector", "Lena Sought", "Tariq Colleague", "Hana Host"} <= left
    needs = [need.text for need in exchange_needs(cast)]
    assert needs == ["Someone to keep our books"]
    assert Entry.objects.filter(actor=cast.seeker.id).exists()
    connection.check_constraints()


def exchange_needs(cast: Cast) -> Any:
    return Need.objects.filter(owner=cast.food_bank)


def test_the_export_holds_rows_of_every_room(world: World) -> None:
    rosa = Person.objects.get(id=world.cast.seeker.id)
    held = queries.personal_export(rosa, rosa)
    rooms = set(held) - {"made_at"}
    assert rooms == set(personal_data._holdings)
    assert {
        "people",
        "network",
        "exchange",
        "circles",
        "introductions",
        "meetings",
        "intake",
    } <= rooms
    counts = {(room, part): len(rows) for room in rooms for part, rows in held[room].items()}
    empty = {place for place, count in counts.items() if not count}
    assert empty <= {
        ("people", "account"),
        ("people", "hosting"),
        ("people", "invitations"),
        ("people", "identifiers"),
        ("people", "passkeys"),
        ("people", "links_made"),
        ("network", "said_of_me"),
        ("meetings", "tables"),
        ("meetings", "planned"),
        ("network", "competitors"),
        ("meetings", "series"),
        ("meetings", "run_sheets"),
        ("meetings", "questions"),
        ("meetings", "echoes"),
        ("meetings", "jottings"),
        ("meetings", "feeds"),
        ("meetings", "insights"),
        ("meetings", "lists"),
        ("meetings", "follow_ups"),
        ("meetings", "feedback"),
        ("meetings", "marks"),
        ("meetings", "credits"),
        ("meetings", "changes"),
        ("circles", "calls"),
        ("circles", "answers"),
        ("agreements", "capacities"),
        ("agreements", "rates"),
        ("agreements", "approvals"),
        ("assignments", "parts"),
        ("assignments", "steps"),
        ("assignments", "reviews"),
        ("assignments", "hours"),
        ("assignments", "skills_seen"),
        ("assignments", "cases"),
        ("partnerships", "depths"),
        ("partnerships", "deepenings"),
        ("partnerships", "messages"),
        ("partnerships", "exit"),
        ("pitches", "cards"),
        ("pitches", "given_to_them"),
        ("pitches", "worth"),
        ("hours", "availabilities"),
        ("calls", "calls"),
        ("expertise", "lines"),
        ("funding", "checked"),
        ("intake", "brought"),
        ("intake", "merged"),
        ("veil", "standing_yes"),
        ("veil", "from_under_the_radar"),
    }
    for room in ("people", "network", "exchange", "circles", "introductions", "meetings", "intake"):
        assert sum(count for (where, _), count in counts.items() if where == room) > 0


def test_the_export_is_json_and_holds_ones_own_words(world: World) -> None:
    rosa = Person.objects.get(id=world.cast.seeker.id)
    text = json.dumps(queries.personal_export(rosa, rosa), ensure_ascii=False)
    for own in ("Rosa Seeker's own soup", "From the harbour", "rosa.seeker@example.org", "Jo"):
        assert own in text
    for foreign in ("digest", "lena.sought@example.org"):
        assert foreign not in text.replace(_letters(text), "")


def _letters(text: str) -> str:
    """Letters that one was sent name those whom one was introduced to; they are one's own."""
    return json.dumps(json.loads(text)["people"]["messages"], ensure_ascii=False)


def test_an_export_tells_nothing_of_what_others_keep_to_themselves(world: World) -> None:
    """Tariq wishes not to meet Rosa now; she does not learn of it, nor of a refusal."""
    rosa = Person.objects.get(id=world.cast.seeker.id)
    wishes = queries.personal_export(rosa, rosa)["network"]["wishes"]
    assert [(wish["about"], wish["wish"]) for wish in wishes] == [("Tariq Colleague", "avoid")]


def test_nobody_exports_someone_else(world: World) -> None:
    from footbridge.core.errors import NotHere

    rosa = Person.objects.get(id=world.cast.seeker.id)
    for other in (world.cast.host, world.cast.target, world.cast.stranger):
        with pytest.raises(NotHere):
            queries.personal_export(other, rosa)


def test_every_table_that_names_people_is_known_to_this_test(world: World) -> None:
    """A column that may point at a person is emptied by the database or by a room; one that holds
    an id without a reference is listed here, so that a new one is thought about."""
    unreferenced = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("footbridge.") and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if field.get_internal_type() == "UUIDField" and not field.primary_key
    }
    assert unreferenced == {
        ("journal.entry", "actor"),
        ("journal.entry", "subject"),
        ("mail.message", "to_person"),
        ("exchange.edition", "code"),
        ("meetings.feedrenewal", "feed"),
        ("intake.batch", "claim"),
    }
    assert uuid.UUID(int=0) not in Person.objects.values_list("id", flat=True)
