"""What people of the demo did, who was there, and who lists it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.expertise import actions
from footbridge.expertise.actions import Pick
from footbridge.expertise.models import Claim, Confirmation
from footbridge.expertise.queries import skills_by_key

Told = dict[str, Any]
_HOST, _LINE = "marina", "I got a boat, a crew and a licence together in a week."


def lived_work(stage: Stage) -> Iterator[Event]:
    """Each person's lived work from the day on which they told it."""
    yield Event(50, "lived work: a line", partial(_add_line, stage))
    for told in story("lived_work"):
        who, days = told["who"], told["days"]
        yield Event(days, f"lived work:{who}", partial(_tell, stage, told))
        for asked in told["asked"]:
            key = f"lived work:{who}:{asked[0]}"
            yield Event(asked[2], f"{key}:asked", partial(_ask, stage, told, asked), True)
            if asked[3]:
                yield Event(asked[2] - 1, key, partial(_confirm, stage, told, asked), True)


def _add_line(stage: Stage) -> None:
    leads = [Pick(skill, "led", "any") for skill in skills_by_key(["operations"]).values()]
    leads += [Pick(skill) for skill in skills_by_key(["licences-permits"]).values()]
    host = stage.again(_HOST)
    here = stage.chapters["merrowhaven"]
    actions.add_line(actor=host, chapter=here, text=_LINE, theme="running", leads=leads)


def _tell(stage: Stage, told: Told) -> None:
    person = stage.again(told["who"])
    actions.pick(actor=person, keys=told["ticked"])
    if said := told["told"]:
        known = skills_by_key(said["skills"])
        picks = [Pick(known[key], level, told["carries"]) for key, level in said["skills"].items()]
        names = ("title", "story", "since", "until")
        actions.write_episode(actor=person, picks=picks, **{name: said[name] for name in names})
    if told["listed"]:
        actions.list_expertise(actor=person, seen_by=told["listed"])


def _ask(stage: Stage, told: Told, asked: list[Any]) -> None:
    person = stage.again(told["who"])
    claim = Claim.objects.get(person=person, skill__key=asked[1])
    actions.ask(actor=person, claim=claim, person=stage.again(asked[0]))


def _confirm(stage: Stage, told: Told, asked: list[Any]) -> None:
    witness = stage.again(asked[0])
    row = Confirmation.objects.get(by=witness, claim__person=stage.people[told["who"]].id)
    actions.confirm(actor=witness, confirmation=row, words=asked[3], is_named=asked[4])
