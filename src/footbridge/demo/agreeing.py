"""What two partnerships of the demo agree on: a pilot that both sides approved, and a full
agreement in the making."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from footbridge.agreements import actions
from footbridge.agreements.models import Agreement
from footbridge.demo.stage import Event, Stage
from footbridge.demo.tables import story
from footbridge.partnerships import actions as partnerships
from footbridge.partnerships.actions import NewParty
from footbridge.partnerships.models import Partnership, Party
from footbridge.people.models import Member, Person

Told = dict[str, Any]


def agreeing(stage: Stage) -> Iterator[Event]:
    """Each partnership from its first record to what its sides agree on."""
    for told in story("agreements"):
        key, begun = told["title"], told["begun"]
        yield Event(begun, f"agreement sides:{key}", partial(_begin, stage, told), True)
        yield Event(begun - 3, f"agreement yes:{key}", partial(_say_yes, stage, told), True)
        yield Event(begun - 6, f"agreement begun:{key}", partial(_write, stage, told))
        yield Event(begun - 8, f"agreement shares:{key}", partial(_put_in, stage, told))
        if told["approves"]:
            yield Event(begun - 9, f"agreement frozen:{key}", partial(_freeze, stage, told), True)
        for days, who in enumerate(told["approves"], start=10):
            act = partial(_approve, stage, told, who)
            yield Event(begun - days, f"agreement approved:{key}:{who}", act, True)


def _begin(stage: Stage, told: Told) -> None:
    (mine, who), (theirs, asked) = told["between"]
    partnerships.begin(
        actor=stage.again(who),
        own=NewParty(member=_member(stage, mine)),
        others=[NewParty(member=_member(stage, theirs), asked=stage.again(asked))],
        is_demo=True,
        **{name: told[name] for name in ("title", "purpose", "what", "kind")},
    )


def _member(stage: Stage, key: str) -> Member:
    return Member.objects.get(id=stage.member(key).id)


def _of(told: Told) -> Partnership:
    return Partnership.objects.get(title=told["title"], is_demo=True)


def _say_yes(stage: Stage, told: Told) -> None:
    _key, who = told["between"][1]
    partnerships.accept(actor=stage.again(who), party=_of(told).parties.get(position=1))


def _write(stage: Stage, told: Told) -> None:
    """The first side begins, the two write in turn."""
    people = [stage.again(who) for _key, who in told["between"]]
    form, standing = told["form"], told["standing"]
    one = actions.begin(actor=people[0], partnership=_of(told), form=form, standing=standing)
    days = {key: stage.day(days).isoformat() for key, days in told["days"].items()}
    known = {name: told[name] for name in ("purpose",)}
    for turn, (key, text) in enumerate({**known, **told["clauses"], **days}.items()):
        actions.write_clause(actor=people[turn % 2], agreement=one, key=key, text=text)


def _put_in(stage: Stage, told: Told) -> None:
    one = _agreement(told)
    due = stage.day(told["days"]["begins"])
    for said in told["puts_in"]:
        said = dict(said)
        key = said.pop("by")
        party, person = _side(stage, told, key)
        actions.add_contribution(actor=person, agreement=one, party=party.id, due_on=due, **said)
    for key, hours in told["capacity"].items():
        party, person = _side(stage, told, key)
        actions.say_capacity(actor=person, agreement=one, party=party.id, hours=hours)


def _agreement(told: Told) -> Agreement:
    return Agreement.objects.get(partnership=_of(told))


def _side(stage: Stage, told: Told, key: str) -> tuple[Party, Person]:
    """A party of the partnership, and who stands for it."""
    keys = [one for one, _who in told["between"]]
    place = keys.index(key)
    return _of(told).parties.get(position=place), stage.again(told["between"][place][1])


def _freeze(stage: Stage, told: Told) -> None:
    actions.freeze(actor=stage.again(told["between"][0][1]), agreement=_agreement(told))


def _approve(stage: Stage, told: Told, who: str) -> None:
    version = _agreement(told).versions.get()
    actions.approve(actor=stage.again(who), version=version)
