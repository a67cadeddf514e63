"""Two people under the radar, and those who said in advance that they would be glad to meet one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from footbridge.core import links
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import Row, rows
from footbridge.people.models import Account
from footbridge.veil import actions, queries
from footbridge.veil.cards import Self

BEGAN = 45


def standing_yeses(stage: Stage) -> Iterator[Event]:
    """Who is glad to be introduced to somebody who stays unseen."""
    for row in rows("standing"):
        yield Event(float(row["days"]), f"standing:{row['key']}", partial(_say_yes, stage, row))


def _say_yes(stage: Stage, row: Row) -> None:
    actions.say_standing_yes(
        actor=stage.people[row["key"]],
        sectors=row["sectors"].split(),
        causes=stage.causes(row["causes"]),
        words=row["words"],
    )


def under_the_radar(stage: Stage) -> Iterator[Event]:
    """The two of whom nobody else on stage knows."""
    for row in rows("hidden"):
        yield Event(BEGAN, f"hidden:{row['key']}", partial(_begin, stage, row))


def _begin(stage: Stage, row: Row) -> None:
    chapter = next(iter(stage.chapters.values()))
    actions.begin(name=row["name"], email=row["address"], chapter=chapter)
    employer = stage.organisations[row["employer"]]
    me = actions.edit(
        actor=_self(row),
        headline=row["headline"],
        sector=row["sector"],
        place=stage.places[row["place"]],
        languages=row["languages"].split(),
        needs=[row["needs"]],
        offers=[row["offers"]],
        causes=stage.causes(row["causes"]),
        work=[(employer.name, row["role"], employer)],
    )
    other, _colon, strength = row["knows"].partition(":")
    actions.know(actor=me, member=stage.people[other], strength=strength)
    actions.vouch(actor=stage.people[row["vouched"]], token=links.sign("vouch", me.id))
    actions.be_glad_of_peers(actor=me, glad=True)


def _self(row: Row) -> Self:
    account = account_of(row)
    found = queries.self_for(account) if account else None
    assert found is not None
    return found


def account_of(row: Row) -> Account | None:
    """The log-in identity of one of the two, while the demo is loaded."""
    return queries.account_at(row["address"])


def persona() -> Account | None:
    """The one whom a visitor of the demo can be."""
    return account_of(rows("hidden")[0])


def leave() -> None:
    """Take both off the stage."""
    for row in rows("hidden"):
        if account := account_of(row):
            actions.erase(actor=_self(row), account=account)
