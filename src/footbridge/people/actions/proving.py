"""What the sign-in library has to know of an account: that its address is its owner's."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict, NotAllowed
from footbridge.journal.actions import record
from footbridge.mail.actions import send
from footbridge.people import tidy
from footbridge.people.actions.rows import held
from footbridge.people.models import Account, Person
from footbridge.people.queries import language_of


def prove_address(account: Account) -> None:
    """Take an address as proven: its owner typed the code that came to it, or opened a link out of
    a mail to it. A link that a host or the operator handed over proves nothing of an address."""
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )


def has_proven_address(person: Person) -> bool:
    """Whether it is certain that what comes to someone's address is read by them: a link that a
    host handed over shows nothing of the kind."""
    if person.account_id is None:
        return False
    proven = EmailAddress.objects.filter(user=person.account_id, verified=True)
    return bool(proven.filter(email=person.email).exists())


@transaction.atomic
def change_address(*, actor: Person, address: str) -> Person:
    """Sign in with, and be written to at, another address from now on.

    The caller has seen proof that it is theirs: only someone who reads what comes to an address
    may learn here that it stands for another member already. The address that was is told.
    """
    row = held(Person, actor.id)
    if row.account_id is None:
        raise NotAllowed(_("You sign in by link. Your host can change your address."))
    former, row.email = row.email, tidy.address(address)
    if row.email != former:
        _take(row, held(Account, row.account_id))
        record("people.changed", row.id, actor=row.id, facts={"fields": ["email"]})
        _tell_the_former(row, former)
    return row


def _take(row: Person, account: Account) -> None:
    account.email, row.changed_at = str(row.email), clock.now()
    try:
        with transaction.atomic():
            account.save(update_fields=["email"])
            row.save(update_fields=["email", "changed_at"])
    except IntegrityError as error:
        raise Conflict(
            _("This address stands for another member already. Your host can make the two one."),
            field="email",
        ) from error
    EmailAddress.objects.filter(user=account).delete()
    prove_address(account)


def _tell_the_former(row: Person, former: str | None) -> None:
    if former:
        send(
            "account_notice",
            to_address=former,
            to_name=row.name,
            to_person=row.id,
            language=language_of(row, row.chapter),
            context={"occasion": "email_changed"},
            private=True,
        )
