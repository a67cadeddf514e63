"""What one could apply for, who funds, and who funded whom: all of it invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from footbridge.core.audience import OPERATOR
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.funding import actions
from footbridge.funding.said import GrantSaid, LineSaid
from footbridge.people import queries as people
from footbridge.people.policy import Viewer

Told = dict[str, Any]


def funding(stage: Stage) -> Iterator[Event]:
    """Organisations that fund, lines as they were looked at, grants as they were brought."""
    told = story("funding")
    for one in told:
        if one["what"] == "funder":
            act = partial(_describe, stage, one)
            yield Event(one["days"], f"funder:{one['organisation']}", act)
        elif one["what"] == "line":
            yield Event(one["checked"], f"line:{one['title']}", partial(_add, stage, one))
    for chapter in ("puerto-lucero", "merrowhaven"):
        grants = [one for one in told if one["what"] == "grant" and one["chapter"] == chapter]
        yield Event(15, f"grants:{chapter}", partial(_bring, stage, grants))


def _actor(stage: Stage, key: str) -> Viewer:
    return OPERATOR if key == "operator" else stage.again(key)


def _describe(stage: Stage, one: Told) -> None:
    said = {name: one[name] for name in ("kind", "gives", "money", "home")}
    organisation = people.as_organisation(
        people.get(OPERATOR, stage.organisations[one["organisation"]].id)
    )
    actions.describe_funder(actor=_actor(stage, one["by"]), organisation=organisation, **said)


def _add(stage: Stage, one: Told) -> None:
    chapter = stage.chapters[one["chapter"]]
    ends = one["ends_in"]
    until = stage.today.replace(hour=22, minute=59, second=0, microsecond=0)
    funder = stage.organisations[one["organisation"]] if one["organisation"] else None
    said = LineSaid(
        title=one["title"],
        source=one["source"],
        funder=one["funder"],
        funder_id=funder.id if funder else None,
        money=one["money"],
        places=tuple(one["places"]),
        where_spent=one["where"],
        favours_scarce=one["favours_scarce"],
        stages=tuple(one["stages"]),
        causes=tuple(cause.id for cause in stage.causes(one["goals"])),
        amount_from=_amount(one["from"]),
        amount_to=_amount(one["to"]),
        currency=one["currency"],
        deadline=until + timedelta(days=ends) if ends is not None else None,
        timezone=chapter.timezone,
        is_rolling=one["rolling"],
        conditions=one["conditions"],
        url="https://funding.example/",
        source_url="https://funding.example/",
    )
    actions.add_line(actor=stage.again(one["by"]), chapter=chapter, said=said)


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _bring(stage: Stage, grants: list[Told]) -> None:
    actions.take_in_grants(
        actor=stage.again(grants[0]["by"]),
        chapter=stage.chapters[grants[0]["chapter"]],
        grants=[_grant(stage, one) for one in grants],
    )


def _grant(stage: Stage, one: Told) -> GrantSaid:
    return GrantSaid(
        funder=one["funder"],
        recipient=one["recipient"],
        amount=Decimal(one["amount"]),
        currency=one["currency"],
        awarded_on=stage.day(one["days"]),
        title=one["title"],
        about=one["about"],
        place=stage.places[one["place"]].id,
        place_said=one["place"],
        cause=stage.causes(str(one["goal"]))[0].id,
        cause_said=str(one["goal"]),
        source=one["source"],
        source_row=one["row"],
    )
