"""What the sign-in library has to know of an account: that its address is its owner's."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from footbridge.people.models import Account


def prove_address(account: Account) -> None:
    """Take an address as proven: its owner typed the code that came to it, or used its link."""
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
