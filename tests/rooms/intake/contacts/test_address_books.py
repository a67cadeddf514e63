"""One's own address book: LinkedIn's list, Google's contacts, vCards; kept for oneself alone."""

from __future__ import annotations

import io

import pytest

from footbridge.core.errors import DomainError
from footbridge.intake.contacts import Taken, take_in
from footbridge.intake.models import Batch
from footbridge.mail.models import Message
from footbridge.network.models import Contact
from footbridge.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LINKEDIN = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Lena,Sought,https://www.linkedin.com/in/lena,lena.sought@example.org,Northwind,Lead,03 Mar 2021
Bob,Cole,https://www.linkedin.com/in/bob,,Cold,Driver,04 Mar 2021
Zoe,Xu,https://www.linkedin.com/in/zoe,ZOE@x.org,X,Baker,05 Mar 2021
"""
GOOGLE = """\
First Name,Last Name,Company,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value
Lena,Sought,Northwind,* Work,lena.sought@example.org,lena@home.example,+351 1
Bob,Cole,,,,,+44 2
"""
VCARDS = """\
BEGIN:VCARD
VERSION:3.0
FN:Lena Sought
EMAIL;TYPE=work:lena.sought@example.org
EMAIL;TYPE=home:lena@home.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Bob Cole
TEL:+44 2
END:VCARD
"""


@pytest.mark.parametrize(
    ("text", "source", "taken"),
    [
        (LINKEDIN, "linkedin", Taken(kept=2, without_address=1)),
        (GOOGLE, "google", Taken(kept=2, without_address=1)),
        (VCARDS, "vcard", Taken(kept=2, without_address=1)),
        ("Name,Email\nLena,lena@x.org\n", "list", Taken(kept=1, without_address=0)),
    ],
)
def test_each_kind_of_address_book_is_taken_in(
    cast: Cast, text: str, source: str, taken: Taken
) -> None:
    rosa = cast.seeker
    everyone = Person.objects.count()
    upload = io.BytesIO(text.encode())
    assert take_in(actor=rosa, source=upload, name="contacts") == taken
    assert set(Contact.objects.values_list("owner", "source")) == {(rosa.id, source)}
    assert Person.objects.count() == everyone
    assert not Message.objects.exists()
    assert not Batch.objects.exists()


def test_the_same_book_again_keeps_each_contact_once(cast: Cast) -> None:
    for _again in range(2):
        take_in(actor=cast.seeker, source=GOOGLE.encode(), name="contacts.csv")
    assert Contact.objects.count() == 2


def test_pasted_contacts_are_taken_in(cast: Cast) -> None:
    pasted = "Name\tEmail\nLena Sought\tlena@x.org\n"
    assert take_in(actor=cast.seeker, source=pasted, name="").kept == 1


def test_nothing_that_was_read_lies_open_in_a_row(cast: Cast) -> None:
    take_in(actor=cast.seeker, source=LINKEDIN.encode(), name="Connections.csv")
    for contact in Contact.objects.values():
        # With a sign that no sealed text has: three letters come up in one by chance.
        assert b"zoe@" not in bytes(contact["sealed"]).lower()
        assert "zoe@" not in repr(contact["digest"])


@pytest.mark.parametrize("text", ["", "Name,City\nLena,Porto\n", "Name,Email\nLena,\n"])
def test_a_list_without_addresses_says_so(cast: Cast, text: str) -> None:
    with pytest.raises(DomainError):
        take_in(actor=cast.seeker, source=text.encode(), name="contacts.csv")
    assert not Contact.objects.exists()
