"""Leaks behind the pages: rows, mail, files, the journal; and what hiding leaves behind."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings

from footbridge.core import ids
from footbridge.core.words import fold
from footbridge.journal.actions import record
from footbridge.mail import actions as mail
from footbridge.people.models import Organisation, Place
from footbridge.people.states import Kind, Precision
from tests.twin.leaks.planting import changed, how_many, leak, together
from tests.twin.network import Stage

Planted = AbstractContextManager[object]
HELP, OUTBOX = "/help/", "/outbox/"
EDIT = "footbridge.veil.actions.edit"
BEGIN = "footbridge.veil.actions.begin"
HIDE = "footbridge.veil.actions.hide"
LISTED = "hidden instead of deleted"


@leak("the journal tells of what they change", "anonymous", HELP)
def journal(stage: Stage) -> Planted:
    def told(me: Any, *_: Any, **__: Any) -> Any:
        record("veil.changed", me.id)
        return me

    return changed(EDIT, told)


@leak("hiding stands in the journal under another word than leaving", "host", HELP, story=LISTED)
def another_word(stage: Stage) -> Planted:
    def told(account: Any, *, actor: Any, **_: Any) -> Any:
        record("people.hidden", actor.id, actor=actor.id)
        return account

    return changed(HIDE, told)


@leak("a place is written down because they live there", "anonymous", HELP)
def place(stage: Stage) -> Planted:
    def written(me: Any, *_: Any, **__: Any) -> Any:
        Place.objects.create(
            key="test:Kelpwick Bay", name="Kelpwick Bay", country="PT", latitude=41, longitude=-8,
            precision=Precision.CITY,
        )  # fmt: skip
        return me

    return changed(EDIT, written)


@leak("their employer is written down", "co-worker", "/find/people/")
def employer(stage: Stage) -> Planted:
    def written(me: Any, *_: Any, **__: Any) -> Any:
        name = "Brinemoss Works"
        Organisation.objects.create(kind=Kind.ORGANISATION, name=name, folded=fold(name))
        record("people.organisation_added", ids.new_id())
        return me

    return changed(EDIT, written)


@leak("hosts are written to when somebody hides", "host", OUTBOX, story=LISTED)
def digest(stage: Stage) -> Planted:
    def told(account: Any, **_: Any) -> Any:
        host = stage.people["host"]
        mail.send(
            "account_notice", to_address=str(host.email), to_person=host.id,
            context={"occasion": "hidden"},
        )  # fmt: skip
        return account

    return changed(HIDE, told)


@leak("a digest counts them", "anonymous", HELP)
def weekly(stage: Stage) -> Planted:
    def told(account: Any, **_: Any) -> Any:
        mail.send(
            "account_notice", to_address="everyone@elsewhere.test",
            context={"occasion": f"{how_many()}"},
        )  # fmt: skip
        return account

    return changed(BEGIN, told)


@leak("a file of the snapshot names them", "anonymous", HELP)
def snapshot(stage: Stage) -> Planted:
    def written(me: Any, *_: Any, **__: Any) -> Any:
        folder = Path(settings.HOME) / "snapshots"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "names").write_text(me.profile.name)
        return me

    return changed(EDIT, written)


@leak("hiding keeps the list that named them", "host", HELP, story=LISTED)
def list_kept(stage: Stage) -> Planted:
    def kept(account: Any, **_: Any) -> Any:
        folder = Path(settings.HOME) / "imports" / "kept"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "0.pasted").write_text(stage.profile.address)
        return account

    return changed(HIDE, kept)


@leak("hiding leaves the contacts' digest that finds them", "host", HELP, story=LISTED)
def findable(stage: Stage) -> Planted:
    """What told that they can be found is put on somebody else instead of going."""
    from footbridge.network.models import Findable
    from footbridge.network.sealing import digest as digest_of

    def left(account: Any, **_: Any) -> Any:
        Findable.objects.create(
            person=stage.people["Abel Ash"], digest=digest_of(stage.profile.address)
        )
        return account

    return changed(HIDE, left)


@leak(
    "a card is shown to a colleague of who got it",
    "employer's administrator",
    "/$",
    story="hidden, a veiled card waits",
)
def wrong_reader(stage: Stage) -> Planted:
    from footbridge.veil import queries

    real = queries.approaches_for

    def of_another(found: list[Any], person: Any, *_: Any, **__: Any) -> list[Any]:
        return found or (
            real(stage.people["card"]) if person.id == stage.people["employer"].id else found
        )

    return together(changed("footbridge.veil.queries.approaches_for", of_another))


@leak(
    "meeting makes a tie that others see", "co-worker", HELP, story="hidden, met who had said yes"
)
def tied(stage: Stage) -> Planted:
    from footbridge.network.models import Tie
    from footbridge.network.states import Strength

    def told(approach: Any, **_: Any) -> Any:
        Tie.objects.create(
            teller=stage.people["yes"], other=stage.people["voucher"], strength=Strength.MET
        )
        return approach

    return changed("footbridge.veil.actions.say_yes", told)


@leak("two who matched raise a number", "anonymous", HELP, story="two hidden people matched")
def matched(stage: Stage) -> Planted:
    from footbridge.people.models import Chapter

    def counted(approach: Any, **_: Any) -> Any:
        Chapter.objects.filter(id=stage.cast.chapter.id).update(welcome="One more pair has met.")
        return approach

    return changed("footbridge.veil.actions.say_yes", counted)


@leak("vouching shows on who vouched", "co-worker", HELP, story="hidden, doing everything")
def vouched(stage: Stage) -> Planted:
    from footbridge.people.models import Person

    def shown(result: Any, *, actor: Any, **_: Any) -> Any:
        Person.objects.filter(id=actor.id).update(headline="Vouches for somebody")
        return result

    return changed("footbridge.veil.actions.vouch", shown)
