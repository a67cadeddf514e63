"""What members say: whom they know and how, what they need and what they offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations
from typing import Any

from footbridge.core.audience import OPERATOR
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import Row, rows, spread, story
from footbridge.exchange import actions as exchange
from footbridge.network import actions as network
from footbridge.people.models import Member
from footbridge.people.policy import Viewer

CARED_FOR_SINCE = 4


@dataclass(frozen=True)
class Said:
    """How well one knows another, since so many years, in one's own words."""

    strength: str
    years: int
    how: str
    is_mutual: bool
    is_circle: bool = False


def cares() -> Iterator[tuple[str, str]]:
    """The causes of everyone, as (member, numbers)."""
    for row in (*rows("organisations"), *rows("people")):
        if row["causes"]:
            yield row["key"], row["causes"]


def causes(stage: Stage) -> Iterator[Event]:
    """What everyone works for."""
    yield Event(1, "causes", partial(_care, stage))


def _care(stage: Stage) -> None:
    pairs = [
        (stage.member(key).id, cause.id)
        for key, numbers in cares()
        for cause in stage.causes(numbers)
    ]
    exchange.care_many(pairs, actor=OPERATOR)


# Ties between people.


def ties(stage: Stage) -> Iterator[Event]:
    """Who knows whom. What one says of another takes the place of what a circle would, and that
    of what a list knows about colleagues."""
    yield Event(20, "listed ties", partial(_take_over_list, stage))
    for (one, other), said in _statements().items():
        if _is_listed(one, other, said):
            continue
        days = _spoken_on(one, other)
        yield _tie(stage, one, other, said, days)
        if said.is_mutual:
            yield _tie(stage, other, one, said, max(1.0, days - 5))
    for row in rows("ties"):
        if row["both"] in _OTHERWISE:
            days = 3.0 + spread(f"{row['teller']}:{row['other']}", 4)
            act = partial(_OTHERWISE[row["both"]], stage, row)
            yield Event(days, f"{row['both']}:{row['teller']}:{row['other']}", act, True)


def _statements() -> dict[tuple[str, str], Said]:
    said: dict[tuple[str, str], Said] = {}
    for row in rows("ties"):
        if row["both"] in ("yes", "no"):
            words = Said(row["strength"], int(row["years"]), row["how"], row["both"] == "yes")
            said[row["teller"], row["other"]] = words
    for (one, other), words in _of_circles():
        if (other, one) not in said:
            said.setdefault((one, other), words)
    return said


def _of_circles() -> Iterator[tuple[tuple[str, str], Said]]:
    """Everyone in a circle knows everyone; one in four of them never got round to saying so."""
    for row in rows("circles"):
        for one, other in combinations(row["members"].split(), 2):
            mutual = spread(f"{one}:{other}", 4) > 0
            yield (one, other), Said(row["strength"], int(row["years"]), row["how"], mutual, True)


def _is_listed(one: str, other: str, said: Said) -> bool:
    """Looser circles are told by the host's list; who carries a note said so in person."""
    carries = frozenset((one, other)) in _carried_from()
    return said.is_circle and said.strength == "know" and not carries


def _take_over_list(stage: Stage) -> None:
    """What the list that was brought in knows: colleagues, and who sits in which circle."""
    statements = [*_colleagues(stage), *_acquaintances(stage)]
    for chapter in stage.chapters.values():
        network.record_ties(actor=OPERATOR, chapter=chapter, statements=statements)


def _acquaintances(stage: Stage) -> Iterator[network.Statement]:
    for (one, other), said in _statements().items():
        if _is_listed(one, other, said):
            ways = ((one, other), (other, one)) if said.is_mutual else ((one, other),)
            for teller, about in ways:
                yield network.Statement(
                    teller=stage.people[teller].id,
                    other=stage.people[about].id,
                    strength=said.strength,
                    how=said.how,
                    since=stage.day(max(420, said.years * 365 - spread(f"{one}:{other}", 200))),
                    last_confirmed=stage.day(20 + spread(f"{one}:{other}:day", 300)),
                )


def _colleagues(stage: Stage) -> Iterator[network.Statement]:
    for one, other in combinations(rows("people"), 2):
        if _works_at(one) and _works_at(one) == _works_at(other):
            years = min(_years(one), _years(other))
            yield network.Statement(
                teller=stage.people[one["key"]].id,
                other=stage.people[other["key"]].id,
                strength="worked_together" if years > 1 else "know",
                how="Colleagues",
                since=stage.day(years * 365 - 20),
                last_confirmed=stage.day(20 + spread(f"{one['key']}:{other['key']}", 300)),
            )


def _works_at(row: Row) -> str:
    return row["work"].partition(":")[0] if row["joined"].isdigit() else ""


def _years(row: Row) -> int:
    return int(row["work"].split(":")[2].partition("-")[0])


def _spoken_on(one: str, other: str) -> float:
    """Some day since both of them are here, and before one carries a note for the other."""
    both_here = min(_joined()[one], _joined()[other])
    latest = _carried_from().get(frozenset((one, other)), 0)
    return latest + 1.5 + spread(f"{one}:{other}:day", max(1, min(400, both_here - latest - 3)))


@cache
def _joined() -> dict[str, int]:
    return {row["key"]: int(row["joined"]) for row in rows("people") if row["joined"].isdigit()}


@cache
def _carried_from() -> dict[frozenset[str], int]:
    """Since how many days seeker and connector must have said that they know each other."""
    carried: dict[frozenset[str], int] = {}
    for told in story("introductions"):
        pair = frozenset((told["seeker"], told["connector"]))
        carried[pair] = max(carried.get(pair, 0), told["steps"][0][0])
    return carried


def _tie(stage: Stage, one: str, other: str, said: Said, days: float) -> Event:
    return Event(days, f"tie:{one}:{other}", partial(_state, stage, one, other, said))


def _state(stage: Stage, one: str, other: str, said: Said) -> None:
    known_since = max(1, said.years * 365 + spread(f"{one}:{other}:since", 300) - 150)
    network.state_tie(
        actor=stage.people[one],
        other=stage.people[other],
        strength=said.strength,
        how=said.how,
        since=stage.day(max(known_since, 420)) if said.years else None,
    )


def _propose(stage: Stage, row: Row) -> None:
    host = stage.people["marina"]
    network.propose_tie(
        actor=host,
        one=stage.people[row["teller"]],
        other=stage.people[row["other"]],
        strength=row["strength"],
        how=row["how"],
    )


def _from_list(stage: Stage, row: Row) -> None:
    statement = network.Statement(
        teller=stage.people[row["teller"]].id,
        other=stage.people[row["other"]].id,
        strength=row["strength"],
        since=stage.day(int(row["years"]) * 365) if int(row["years"]) else None,
    )
    host = stage.people["marina"]
    network.record_ties(actor=host, chapter=stage.chapters["merrowhaven"], statements=[statement])


def _between_organisations(stage: Stage, row: Row) -> None:
    network.state_tie(
        actor=stage.people[stage.speakers[row["teller"]]],
        teller=stage.organisations[row["teller"]],
        other=stage.organisations[row["other"]],
        kind=row["kind"],
        strength=row["strength"],
        how=row["how"],
        since=stage.day(int(row["years"]) * 365) if int(row["years"]) else None,
    )


_OTHERWISE = {"proposed": _propose, "list": _from_list, "org": _between_organisations}


# Needs and offers.


def postings(stage: Stage) -> Iterator[Event]:
    """What everyone needs and offers, and how some of it ended."""
    for number, row in enumerate(rows("postings")):
        key = f"{row['kind']}:{row['owner']}:{number}"
        more = dict(piece.partition("=")[::2] for piece in row["more"].split())
        yield Event(float(row["days"]), key, partial(_open, stage, row, key, more))
        if "closed" in more:
            days, _colon, ending = more["closed"].partition(":")
            yield Event(float(days), f"closed:{key}", partial(_close, stage, row, key, ending))


def _open(stage: Stage, row: Row, key: str, more: dict[str, str]) -> None:
    owner = stage.member(row["owner"])
    details: dict[str, Any] = {
        "skills": stage.skills(row["skills"]),
        "causes": stage.causes(row["causes"]),
        "until": stage.day(-float(more["until"])) if "until" in more else None,
    }
    speaker = _speaker(stage, row["owner"], owner)
    if row["kind"] == "need":
        urgent = "urgent" in more
        stage.postings[key] = exchange.open_need(
            actor=speaker, owner=owner, text=row["text"], urgent=urgent, **details
        )
    else:
        hours = int(more["hours"]) if "hours" in more else None
        stage.postings[key] = exchange.open_offer(
            actor=speaker, owner=owner, text=row["text"], hours_per_month=hours, **details
        )


def _speaker(stage: Stage, key: str, owner: Member) -> Viewer:
    """People speak for themselves, someone of theirs for an organisation, the host for others."""
    if key in stage.joined:
        return stage.people[key]
    if key in stage.speakers:
        return stage.people[stage.speakers[key]]
    return stage.people["marina"]


def _close(stage: Stage, row: Row, key: str, ending: str) -> None:
    speaker = _speaker(stage, row["owner"], stage.member(row["owner"]))
    exchange.close(actor=speaker, posting=stage.postings[key], ending=ending)
