"""Leaks by what is answered to who asks about somebody: by address, by id, in other words."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from footbridge.core import clock
from footbridge.core.errors import Conflict, DomainError, LimitReached, NotAllowed
from footbridge.mail import actions as mail
from footbridge.network.models import Contact
from footbridge.network.sealing import digest
from footbridge.people.models import Account
from footbridge.veil import queries as veil
from footbridge.veil.guard import Service, lifted
from footbridge.veil.models import Hidden
from tests.twin.leaks.planting import before, changed, how_many, is_hidden, leak, profiles
from tests.twin.network import Stage

Planted = AbstractContextManager[object]
SIGN_IN, JOIN = "/sign-in/", "/join/"
SEND_CODE = "footbridge.web.account.codes.send"
GET = "footbridge.people.queries.get"
MEMBER = "/members/<uuid:member_id>/"
LISTED = "hidden instead of deleted"


def _ids() -> set[str]:
    with lifted(Service.OPERATOR):
        return {str(one) for one in Hidden.objects.values_list("id", flat=True)}


@leak("403 instead of 404 for who is hidden", "co-worker", MEMBER, story=LISTED)
def forbidden(stage: Stage) -> Planted:
    """They kept their id, and it is looked up before it is refused."""
    former = str(stage.listed.id) if stage.listed else ""

    def refuse(_viewer: Any, wanted: Any, *_: Any, **__: Any) -> None:
        if str(wanted) == former and how_many():
            raise NotAllowed("They wish to be left alone.")

    return before(GET, refuse)


@leak("another error for an id behind the veil", "program", "/api/v1/members/{member_id}")
def other_error(stage: Stage) -> Planted:
    def refuse(_viewer: Any, wanted: Any, *_: Any, **__: Any) -> None:
        if str(wanted) in _ids():
            raise DomainError("They are not here.")

    return before(GET, refuse)


@leak("other words on the page for what is not there", "of another chapter", MEMBER)
def other_words(stage: Stage) -> Planted:
    from tests.twin.leaks.planting import append, every_answer

    def told(request: Any, response: Any) -> None:
        if response.status_code == 404 and any(one in request.path for one in _ids()):
            append(response, "<!-- left -->")

    return every_answer(told)


@leak("signing in says whether an address is known", "anonymous", SIGN_IN)
def sign_in(stage: Stage) -> Planted:
    def refuse(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if is_hidden(address):
            raise DomainError("We have written to you.", field="email")

    return before(SEND_CODE, refuse)


@leak("only known addresses are locked out", "anonymous", SIGN_IN)
def locked_out(stage: Stage) -> Planted:
    def count(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if is_hidden(address):
            tries = cache.get("tries", 0) + 1
            cache.set("tries", tries, None)
            if tries > 3:
                raise LimitReached("Wait a minute.")

    return before(SEND_CODE, count)


@leak("only for known addresses something is hashed", "anonymous", SIGN_IN, only_costs=True)
def hashed(stage: Stage) -> Planted:
    def hash_it(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if is_hidden(address):
            make_password("a code")

    return before(SEND_CODE, hash_it)


@leak("only for known addresses one more question is asked", "anonymous", SIGN_IN, only_costs=True)
def asked_more(stage: Stage) -> Planted:
    def look(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if (account := veil.account_at(address)) is not None:
            Account.objects.filter(id=account.id).exists()

    return before(SEND_CODE, look)


@leak("only to known addresses a message is written", "anonymous", SIGN_IN)
def written(stage: Stage) -> Planted:
    def write(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if is_hidden(address):
            mail.send("account_notice", to_address=address, context={"occasion": ""}, private=True)

    return before(SEND_CODE, write)


@leak("the session of who asks holds their account", "anonymous", SIGN_IN)
def in_session(stage: Stage) -> Planted:
    def hold(request: Any, _purpose: str, address: str, **_: Any) -> None:
        account = veil.account_at(address)
        request.session["for"] = str(account.id) if account else ""

    return before(SEND_CODE, hold)


@leak(
    "whoever asks for a code soon after them is told to wait",
    "anonymous",
    SIGN_IN,
    story="hidden, doing everything",
)
def waits(stage: Stage) -> Planted:
    """Limits counted by address for everyone together: their own sign-in uses them up."""

    def count(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        key = f"asked:{address.strip().lower()}:{clock.now():%H%M%S}"
        cache.set(key, cache.get(key, 0) + 1, None)
        if cache.get(key) > 3:
            raise LimitReached("Wait a minute.")

    return before(SEND_CODE, count)


@leak("a line of the log names them", "anonymous", SIGN_IN)
def logged(stage: Stage) -> Planted:
    import logging

    def log(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if is_hidden(address):
            logging.getLogger("footbridge").warning("A code went to %s", address)

    return before(SEND_CODE, log)


@leak("coming in by a link says that the address is taken", "anonymous", JOIN)
def joining(stage: Stage) -> Planted:
    def refuse(*, email: str = "", **_: Any) -> None:
        if is_hidden(email):
            raise Conflict("This address is known here.", field="email")

    return before("footbridge.people.actions.join", refuse)


@leak("a link is not used up by who is hidden", "anonymous", JOIN)
def used_up(stage: Stage) -> Planted:
    from footbridge.people.models import Invitation

    def forgive(welcome: Any, *, email: str = "", **_: Any) -> Any:
        if is_hidden(email):
            Invitation.objects.filter(chapter=welcome.chapter).update(used=0)
        return welcome

    return changed("footbridge.people.actions.join", forgive)


@leak("a host may not list an address that is hidden", "host", "/host/<uuid:chapter_id>/people/")
def listing(stage: Stage) -> Planted:
    def refuse(*_: Any, email: str | None = None, **__: Any) -> None:
        if email and is_hidden(email):
            raise Conflict("Somebody has this address.", field="email")

    return before("footbridge.people.actions.add_person", refuse)


@leak("an address that is hidden cannot become one's own", "co-worker", "/you/address/")
def taking_over(stage: Stage) -> Planted:
    def refuse(_request: Any, _purpose: str, address: str, **_: Any) -> None:
        if is_hidden(address):
            raise Conflict("This address stands for somebody.", field="email")

    return before(SEND_CODE, refuse)


@leak("a list says who of it is here", "host", "/host/<uuid:chapter_id>/import/")
def imported(stage: Stage) -> Planted:
    def refuse(*_: Any, files: Any = (), **__: Any) -> None:
        said = " ".join(str(getattr(one.source, "name", one.source)) for one in files).lower()
        if any(one.address in said for one in profiles()):
            raise DomainError("Somebody on this list is here already.")

    return before("footbridge.intake.actions.read_files", refuse)


@leak(
    "a contact is matched to who is hidden", "has the address in their contacts", "/you/contacts/"
)
def matched(stage: Stage) -> Planted:
    from footbridge.people.cards import card

    def more(found: list[Any], viewer: Any, *_: Any, **__: Any) -> list[Any]:
        wanted = [digest(one.address) for one in profiles()]
        known = Contact.objects.filter(owner=viewer, digest__in=wanted).exists()
        return [*found, {"member": card(viewer, viewer)}] if known else found

    return changed("footbridge.network.queries.known_members", more)


@leak("what one holds oneself counts who is hidden", "co-worker", "/you/data/")
def own_export(stage: Stage) -> Planted:
    return changed(
        "footbridge.people.queries.personal_export",
        lambda held, *_, **__: held | {"near_you": how_many()},
    )


@leak(
    "rows are read for each of them, though nothing is shown",
    "deputy",
    "/host/<uuid:chapter_id>/$",
    only_costs=True,
)
def rows_read(stage: Stage) -> Planted:
    """The same statement, and more rows the more are hidden."""
    return before("footbridge.people.queries.hosting", lambda *_, **__: profiles())
