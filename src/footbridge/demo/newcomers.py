"""Chapters, organisations and people: how each came to be here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from footbridge.core import ids
from footbridge.core.audience import OPERATOR
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import Row, rows, spread
from footbridge.people import actions, places
from footbridge.people import demo as personas
from footbridge.people import queries as people
from footbridge.people.gazetteer import Found
from footbridge.people.models import Chapter, Person, Place
from footbridge.people.states import Door, Hosting

PERSONAS = {
    "host": "marina",
    "social-entrepreneur": "tomasz",
    "intrapreneur": "priya",
    "small-business": "gwen",
    "public-officer": "desmond",
    "professional": "leila",
}
# Days between founding a chapter, being listed, being invited and coming in.
FOUNDED_BEFORE, LISTED_BEFORE, INVITED_BEFORE = 40, 9, 6
ABROAD = "CO"


def newcomers(stage: Stage) -> Iterator[Event]:
    """Everyone's arrival."""
    for row in rows("chapters"):
        yield from _chapter(stage, row)
    for row in rows("organisations"):
        yield _organisation(stage, row)
    for row in rows("people"):
        yield from _arrival(stage, row)


# Chapters and their doors.


def _chapter(stage: Stage, row: Row) -> Iterator[Event]:
    key, days = row["key"], float(row["days"])
    yield Event(days + FOUNDED_BEFORE, f"chapter:{key}", partial(_found, stage, row))
    yield Event(days - 0.1, f"host:{key}", partial(_appoint, stage, row))
    yield Event(190, f"link:vetted:{key}", partial(_open_door, stage, row, Door.VETTED))
    yield Event(5, f"link:trusted:{key}", partial(_open_door, stage, row, Door.TRUSTED))


def _found(stage: Stage, row: Row) -> None:
    stage.chapters[row["key"]] = actions.create_chapter(
        actor=OPERATOR,
        name=row["name"],
        place=place(stage, row["place"]),
        language=row["language"],
        timezone=row["timezone"],
        welcome=row["welcome"],
        is_demo=True,
    )


def _appoint(stage: Stage, row: Row) -> None:
    host = stage.people[row["host"]]
    chapter = stage.chapters[row["key"]]
    actions.add_host(actor=OPERATOR, chapter=chapter, person=host, role=Hosting.HOST)


def _open_door(stage: Stage, row: Row, door: Door) -> None:
    uses, lasts = (60, 365) if door == Door.VETTED else (25, 30)
    stage.doors[f"{door}:{row['key']}"] = actions.invite(
        actor=stage.people[row["host"]],
        chapter=stage.chapters[row["key"]],
        door=door,
        lasts=timedelta(days=lasts),
        most_uses=uses,
        note=row[str(door.value)],
    )


# Places.


def place(stage: Stage, name: str) -> Place:
    """A town of the tables: invented ones, and real ones as the gazetteer has them, written down
    there because reading the gazetteer takes longer than all the rest."""
    if name not in stage.places:
        row = next(row for row in rows("places") if row["key"] == name)
        # Places stay when the demo goes: their ids must not shift those of whoever comes next.
        with ids.repeatable(f"demo:place:{name}"):
            stage.places[name] = _kept(row)
    return stage.places[name]


def _kept(row: Row) -> Place:
    found = Found(
        name=row["name"],
        country=row["country"],
        region=row["region"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        timezone=row["timezone"],
        geonames_id=int(row["geonames_id"]),
        precision="city",
        how="name",
    )
    return places.kept([found])[places.key(found)]


def _home(stage: Stage, town: Place) -> Chapter:
    return stage.chapters["puerto-lucero" if town.country == ABROAD else "merrowhaven"]


# Organisations.


def _organisation(stage: Stage, row: Row) -> Event:
    """An organisation is there before any of its people; a group before its parts."""
    abroad = row["languages"].startswith("es")
    days = (650 if abroad else 1145) - (0.2 if row["group"] else 0)
    return Event(days, f"organisation:{row['key']}", partial(_put_in, stage, row))


def _put_in(stage: Stage, row: Row) -> None:
    town = place(stage, row["place"])
    organisation = actions.add_organisation(
        actor=OPERATOR,
        chapter=_home(stage, town),
        name=row["name"],
        is_demo=True,
        sector=row["sector"],
        size=row["size"],
        place=town,
        languages=row["languages"].split(),
        headline=row["headline"],
        website=f"https://{row['key']}.example",
        group=stage.organisations.get(row["group"]),
    )
    stage.organisations[row["key"]] = organisation
    for name in filter(None, row["reach"].split(", ")):
        actions.add_reach(actor=OPERATOR, organisation=organisation, place=place(stage, name))


# People.


def _arrival(stage: Stage, row: Row) -> Iterator[Event]:
    standing, _colon, days = row["joined"].rpartition(":")
    key, since = row["key"], float(days)
    if standing == "applied":
        yield Event(since, f"applied:{key}", partial(_apply, stage, row), True)
        return
    before = LISTED_BEFORE if not standing else 0
    yield Event(since + before, f"person:{key}", partial(_list, stage, row))
    if standing in ("", "invited"):
        ahead = INVITED_BEFORE if not standing else -1
        yield Event(since + ahead, f"invited:{key}", partial(_invite, stage, key))
    if not standing:
        yield Event(since, f"joined:{key}", partial(_come_in, stage, row, since), True)
        yield Event(since - 1, f"confirmed:{key}", partial(_confirm, stage, key))


def _list(stage: Stage, row: Row) -> None:
    town = place(stage, row["place"])
    person = actions.add_person(
        actor=OPERATOR,
        chapter=_home(stage, town),
        name=row["name"],
        email=_address(row, town),
        is_demo=True,
        headline=row["headline"],
        place=town,
        languages=row["languages"].split(),
        sector="" if _is_employed(row) else "private",
    )
    stage.people[row["key"]] = person
    for number, piece in enumerate(row["work"].split(" + ")):
        _put_to_work(stage, row["key"], piece, number)


def _is_employed(row: Row) -> bool:
    """Whether someone works for an organisation today; who does not is on their own."""
    pieces = [piece.split(":") for piece in row["work"].split(" + ") if piece]
    return any(piece[0] and "-" not in piece[2] for piece in pieces) or not pieces


def _address(row: Row, town: Place) -> str:
    """Addresses that no mail can ever reach (RFC 2606)."""
    return f"{row['key']}@example.{'net' if town.country == ABROAD else 'org'}"


def _put_to_work(stage: Stage, key: str, piece: str, number: int) -> None:
    """One piece of work, as in "second-supper:Founder:5:*": since five years, with a mandate."""
    organisation, role, years, mandate = [*piece.split(":"), "", "", ""][:4]
    if not organisation:
        return
    begun, _dash, ended = years.partition("-")
    day = partial(_years_ago, stage, f"{key}:{number}")
    stage.work.setdefault(key, []).append(
        actions.add_affiliation(
            actor=OPERATOR,
            person=stage.people[key],
            organisation=stage.organisations[organisation],
            role=role,
            since=day(int(begun)),
            until=day(int(ended)) if ended else None,
            has_mandate=bool(mandate),
        )
    )
    if not ended:
        stage.employers[key] = organisation


def _years_ago(stage: Stage, key: str, years: int) -> date:
    return stage.day(years * 365 + 30 + spread(key, 150))


def _invite(stage: Stage, key: str) -> None:
    person = stage.people[key]
    assert person.chapter is not None
    stage.doors[key] = actions.invite(
        actor=OPERATOR, chapter=person.chapter, door=Door.PERSONAL, person=person
    )


def _come_in(stage: Stage, row: Row, since: float) -> None:
    key = row["key"]
    actions.join(token=_token(stage, key))
    person = stage.again(key)
    stage.joined[key] = since
    if key in stage.employers and row["work"].endswith(":*"):
        stage.speakers.setdefault(stage.employers[key], key)
    for persona, who in PERSONAS.items():
        if who == key:
            personas.mark(person, persona)


def _token(stage: Stage, door: str) -> str:
    return people.path_of(stage.doors[door]).rpartition("/")[2]


def _confirm(stage: Stage, key: str) -> None:
    """The host vouches for what people say they do; for a few, nobody has yet."""
    for affiliation in stage.work.get(key, ()):
        if affiliation.has_mandate or spread(f"confirmed:{key}", 8):
            actions.confirm_affiliation(actor=OPERATOR, affiliation=affiliation)


def _apply(stage: Stage, row: Row) -> None:
    town = place(stage, row["place"])
    chapter = "puerto-lucero" if town.country == ABROAD else "merrowhaven"
    actions.join(
        token=_token(stage, f"vetted:{chapter}"),
        name=row["name"],
        email=_address(row, town),
        language=row["languages"].split()[0],
    )
    found = people.find(OPERATOR, _address(row, town))
    assert found is not None
    stage.people[row["key"]] = person = people.as_person(found)
    actions.edit(OPERATOR, person, headline=row["headline"], place=town)


def own_wishes(stage: Stage) -> Iterator[Event]:
    """What some people decided for themselves: a deputy's office, a pause, fewer asks."""
    for row in rows("wishes"):
        yield Event(float(row["days"]), f"wish:{row['key']}", partial(_wish, stage, row))


def _wish(stage: Stage, row: Row) -> None:
    person: Person = stage.again(row["person"])
    if row["wish"] == "deputy":
        chapter = person.chapter
        assert chapter is not None
        actions.add_host(actor=OPERATOR, chapter=chapter, person=person, role=Hosting.DEPUTY)
    elif row["wish"] == "pause":
        actions.pause(actor=person, until=stage.day(-float(row["value"])))
    elif row["wish"] == "asks":
        actions.edit(person, person, asks_per_month=int(row["value"]))
    elif row["wish"] == "findable":
        actions.be_findable_by_email(actor=person, findable=True)
