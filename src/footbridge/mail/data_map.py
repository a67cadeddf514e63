"""What the outbox keeps."""

from __future__ import annotations

from footbridge.core.data import (
    NOBODY,
    OWN,
    TECHNICAL,
    Limit,
    Table,
    contact,
    content,
    identity,
    relation,
    secret,
    table,
)
from footbridge.mail.keeping import IDENTITY_KEPT, IDENTITY_KEPT_UNSENT, SENT_KEPT, UNSENT_KEPT

TABLES: dict[str, Table] = {
    "mail.Message": table(
        "one message to one person, with its links",
        f"emptied {SENT_KEPT.days} days after it was sent, or {UNSENT_KEPT.days} after it was not",
        "the person, the operator, and without a mail server the hosts who pass it on",
        id=TECHNICAL,
        kind=TECHNICAL,
        to_address=contact("people.messages.to_address"),
        to_name=identity("people.messages.to_name"),
        to_person=relation("people.messages.kind"),
        language=TECHNICAL,
        subject=content("people.messages.subject"),
        text=content("people.messages.text"),
        html=content(withheld="the same words as the text"),
        links=secret(seen_by="as the message"),
        private=TECHNICAL,
        state=TECHNICAL,
        created_at=TECHNICAL,
        due_at=TECHNICAL,
        sent_at=TECHNICAL,
        attempts=TECHNICAL,
        error=TECHNICAL,
        once=TECHNICAL,
    ),
    "mail.SealedMessage": table(
        "a message whose existence is private: codes to sign in, letters about hidden people",
        "deleted once it is sent, or when its time is over (minutes to days)",
        OWN,
        id=TECHNICAL,
        reader=secret(seen_by=NOBODY),
        sealed=secret(),
        due_at=TECHNICAL,
        expires_at=TECHNICAL,
        attempts=TECHNICAL,
    ),
}

LIMITS = (
    Limit(
        "the words, address and links of messages that were sent",
        f"{SENT_KEPT.days} days",
        "footbridge.mail.keeping.empty_old",
    ),
    Limit(
        "the words, address and links of messages that nobody passed on",
        f"{UNSENT_KEPT.days} days",
        "footbridge.mail.keeping.empty_old",
    ),
    Limit(
        "notices about someone's own address or sign-in",
        f"{IDENTITY_KEPT.days} day; unsent {IDENTITY_KEPT_UNSENT.days} days",
        "footbridge.mail.keeping.forget_identity_mail",
    ),
    Limit(
        "sealed messages: codes to sign in and letters of the veil",
        "when their time is over",
        "footbridge.mail.sealed.deliver_sealed_due",
    ),
)
