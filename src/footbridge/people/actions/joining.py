"""Coming in: by a link, by a host's yes, or by signing in with an address that a host listed.

Whoever types an address has not yet shown that it is theirs. So an address that the network
knows already changes nothing here: a message goes to it, and the page says the same as ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from footbridge.core import clock, links
from footbridge.core.errors import Conflict, DomainError, LinkNotValid, NotAllowed
from footbridge.journal.actions import record
from footbridge.mail.actions import send
from footbridge.people import policy, tidy
from footbridge.people.actions.invitations import replace_personal_link
from footbridge.people.actions.leaving import purge
from footbridge.people.actions.proving import prove_address
from footbridge.people.actions.rows import held
from footbridge.people.agreements import agree
from footbridge.people.models import Account, Chapter, Invitation, Member, Person
from footbridge.people.policy import Viewer, id_of
from footbridge.people.queries import language_of
from footbridge.people.states import AgreedTo, Door, Kind, Standing


@dataclass(frozen=True)
class Welcome:
    """What comes of using a link: where it leads, and the account that may be signed in at once.

    `account` is given only where the link was made for one person, or who opened it had signed
    in before. For everyone else the page says to look for a message; it says so whether or not
    the address was known. That somebody came by such a link does not prove their address: a host
    may have handed it over. A code does, or a link that came by mail (`links.came_by_mail`).
    """

    chapter: Chapter
    door: Door
    account: Account | None = None


@transaction.atomic
def join(
    *,
    token: str,
    name: str = "",
    email: str = "",
    language: str = "",
    account: Account | None = None,
) -> Welcome:
    """Use an invitation link.

    A personal link claims the record on the list, once. A trusted link brings a new person in; a
    vetted one puts them before the hosts. `account` is who is signed in, if anyone: their address
    is proven. A link that is used up, revoked, expired or altered raises LinkNotValid.
    """
    invitation = _open_invitation(token)
    if invitation.door == Door.PERSONAL:
        return _claim_by_link(invitation, name, email, account)
    if account is not None:
        return _come_in_signed_in(invitation, name, language, account)
    return _come_in(invitation, name, email, language)


def _open_invitation(token: str) -> Invitation:
    invitation = held(Invitation, links.read(token, "join").thing)
    if invitation.used >= invitation.most_uses:
        raise LinkNotValid(_("This link has been used. If you have joined, simply sign in."))
    if not invitation.is_open:
        raise LinkNotValid(_("This link is no longer good. Ask for a new one."))
    return invitation


def _count_use(invitation: Invitation) -> None:
    invitation.used += 1
    invitation.save(update_fields=["used"])


# The personal link: the record is there already, and whoever holds the link is its person.


def _claim_by_link(
    invitation: Invitation, name: str, email: str, account: Account | None
) -> Welcome:
    assert invitation.person_id is not None
    person = held(Person, invitation.person_id)
    if person.has_joined:
        raise LinkNotValid(_("This link has been used. If you have joined, simply sign in."))
    proven = account is not None or person.email is not None
    if account is not None:
        _take_account(person, account)
    elif person.email is None:
        _take_typed_address(person, tidy.address(email), invitation)
    if name.strip():
        person.name = tidy.name(name)
        person.folded = tidy.folded(person.name)
    _count_use(invitation)
    _let_in(person, Door.PERSONAL, actor=person)
    agree(person, AgreedTo.BEING_LISTED)
    return Welcome(invitation.chapter, Door.PERSONAL, account_for(person) if proven else None)


def _take_account(person: Person, account: Account) -> None:
    """The one who is signed in is this person: their address is proven, so it is kept."""
    other = Member.objects.filter(email=account.email).exclude(id=person.id)
    if Person.objects.filter(account=account).exclude(id=person.id).exists() or other.exists():
        raise Conflict(
            _("You are in the network already. Ask the host to bring your two records together.")
        )
    person.account, person.email = account, account.email


def _take_typed_address(person: Person, address: str, invitation: Invitation) -> None:
    """An address that another record has stays there; who reads it is told by a message."""
    holder = Person.objects.filter(email=address).first()
    if holder is None:
        person.email = address
    else:
        _answer_known_address(holder, invitation)


def _let_in(person: Person, door: Door, *, actor: Viewer) -> None:
    person.standing, person.joined_at = Standing.JOINED, clock.now()
    person.changed_at = clock.now()
    person.save()
    if person.email:
        account_for(person)
    record("people.joined", person.id, actor=id_of(actor), facts={"door": str(door)})


# The links that anyone may open.


def _come_in_signed_in(
    invitation: Invitation, name: str, language: str, account: Account
) -> Welcome:
    if ensure_person_for(account) is None:
        person = _new_person(invitation, name, account.email, language)
        person.account = account
        if _entered(person, Door(invitation.door)):
            _count_use(invitation)
    return Welcome(invitation.chapter, Door(invitation.door), account)


def _come_in(invitation: Invitation, name: str, email: str, language: str) -> Welcome:
    person = _new_person(invitation, name, tidy.address(email), language)
    if _entered(person, Door(invitation.door)):
        _count_use(invitation)
    else:
        _answer_known_address(Person.objects.get(email=person.email), invitation)
    return Welcome(invitation.chapter, Door(invitation.door))


def _new_person(invitation: Invitation, name: str, address: str, language: str) -> Person:
    tidied = tidy.name(name)
    return Person(
        kind=Kind.PERSON,
        chapter=invitation.chapter,
        name=tidied,
        folded=tidy.folded(tidied),
        email=address,
        languages=tidy.languages([language] if language else []),
        is_demo=invitation.chapter.is_demo,
    )


def _entered(person: Person, door: Door) -> bool:
    """Whether the person could be written; not where someone has the address, or takes it now."""
    try:
        with transaction.atomic():
            _enter_by(door, person)
    except IntegrityError:
        if not Person.objects.filter(email=person.email).exists():
            raise
        return False
    return True


def _enter_by(door: Door, person: Person) -> None:
    if door == Door.TRUSTED:
        _let_in(person, door, actor=person)
    else:
        person.standing = Standing.APPLIED
        person.save()
        record("people.applied", person.id, actor=person.id)
    agree(person, AgreedTo.BEING_LISTED)


def _answer_known_address(known: Person, invitation: Invitation) -> None:
    """Only who reads this address learns that it is known: on a list, waiting, or in already."""
    chapter = known.chapter or invitation.chapter
    if known.standing in (Standing.KNOWN, Standing.INVITED):
        if not _was_answered_today(known):
            replace_personal_link(known, chapter)
        return
    send_joined(known, once=f"known:{known.id}:{clock.today()}", is_new=False)


def _was_answered_today(person: Person) -> bool:
    lately = Invitation.objects.filter(person=person, made_by=None)
    return lately.filter(made_at__gte=clock.days_ago(1)).exists()


def send_joined(person: Person, *, once: str, is_new: bool = True) -> None:
    """Tell someone that they are in, or, where they came by a second link, where they stand."""
    if not person.email:
        return
    language = language_of(person, person.chapter)
    with override(language):
        sign_in = [(_("Sign in"), settings.LOGIN_URL)]
    send(
        "joined",
        to_address=person.email,
        to_name=person.name,
        to_person=person.id,
        language=language,
        context={
            "chapter": person.chapter.name if person.chapter else "",
            "welcome": person.chapter.welcome if person.chapter else "",
            "is_new": is_new,
            "is_waiting": person.standing == Standing.APPLIED,
        },
        links=[] if person.standing == Standing.APPLIED else sign_in,
        once=once,
    )


def enter_again(*, account: Account, email: str, name: str, chapter: Chapter) -> Person:
    """Have someone whose address is proven be a member under it: as the record that a host made
    under it meanwhile, or as a new one."""
    account.email = email
    account.save(update_fields=["email"])
    listed = ensure_person_for(account)
    if listed is not None:
        return listed
    tidied = tidy.name(name)
    person = Person(
        kind=Kind.PERSON, chapter=chapter, name=tidied, folded=tidy.folded(tidied), email=email
    )
    person.account = account
    _let_in(person, Door.TRUSTED, actor=person)
    return person


# The host's answer.


@transaction.atomic
def admit(*, actor: Viewer, person: Person) -> Person:
    """Let in someone who asked. Doing it twice changes nothing."""
    row = _applicant(actor, person)
    if row.has_joined:
        return row
    if row.standing != Standing.APPLIED:
        raise Conflict(_("They have not asked to come in."))
    _let_in(row, Door.VETTED, actor=actor)
    return row


@transaction.atomic
def turn_away(*, actor: Viewer, person: Person) -> None:
    """Not let in someone who asked. They are told nothing, and what they wrote is gone."""
    row = _applicant(actor, person)
    if row.standing != Standing.APPLIED:
        raise Conflict(_("They have not asked to come in, or are in already."))
    purge(row)
    record("people.turned_away", row.id, actor=id_of(actor))


def _applicant(actor: Viewer, person: Person) -> Person:
    row = held(Person, person.id)
    if row.chapter is None or not policy.may_host(actor, row.chapter):
        raise NotAllowed(_("Only the hosts of this chapter decide who comes in."))
    return row


# Accounts.


@transaction.atomic
def arrive(address: str) -> Account | None:
    """Whoever has just shown that an address is theirs: the member with it, or the one whom a
    host listed under it, who is in from now on. None where the network knows nobody by it."""
    account = Account.objects.filter(email=address, is_active=True).first()
    if account is None:
        if not Person.objects.filter(email=address).exists():
            return None
        account = Account.objects.create_user(address)
    prove_address(account)
    ensure_person_for(account)
    return account


def is_expected(address: str) -> bool:
    """Whether a code to sign in is worth sending to an address; asked when it is sent, never
    while somebody waits for a page."""
    listed = Person.objects.filter(email=address).exists()
    return listed or Account.objects.filter(email=address, is_active=True).exists()


def account_for(person: Person) -> Account:
    """The log-in identity of a person, made when they first need one."""
    if person.account is not None:
        return person.account
    if person.email is None:
        raise DomainError(_("Without an email address nobody can sign in."), field="email")
    account = Account.objects.filter(email=person.email).first()
    if account is None:
        account = Account.objects.create_user(person.email)
    person.account = account
    person.save(update_fields=["account"])
    return account


@transaction.atomic
def ensure_person_for(account: Account) -> Person | None:
    """The person who has just signed in.

    Signing in proves the address: a record that a host listed under it is claimed, and someone
    who waits for the host goes on waiting. None for an address that nobody listed: such an
    account has no person until it uses a link.
    """
    known = Person.objects.filter(account=account).first()
    if known is not None:
        return known
    listed = Person.objects.select_for_update().filter(email=account.email.lower()).first()
    if listed is None or listed.account_id not in (None, account.id):
        return None
    listed.account = account
    listed.save(update_fields=["account"])
    if listed.standing in (Standing.KNOWN, Standing.INVITED):
        _let_in(listed, Door.PERSONAL, actor=listed)
    return listed
