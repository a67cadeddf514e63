"""Every message about an agreement: to whom, in which language, with which links.

They are for their readers alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from footbridge.agreements import policy
from footbridge.agreements.fields import words_of
from footbridge.agreements.models import Agreement, Clause, Version
from footbridge.agreements.states import Form, Standing
from footbridge.core import links
from footbridge.mail import actions as mail
from footbridge.partnerships import policy as partnerships
from footbridge.partnerships.models import Party, Representative
from footbridge.people.models import Person
from footbridge.people.queries import language_of

_ANSWER: Any = gettext_lazy("Read and approve")
_OPEN: Any = gettext_lazy("Open the agreement")
_CLAUSE: Any = gettext_lazy("Open the clause")


def page_path(agreement: Agreement) -> str:
    """The page of an agreement, for those who sign in."""
    return f"/partner/{agreement.partnership_id}/agreement/"


def approval_path(version: Version, person: Person) -> str:
    """Where somebody approves a version for their party, without an account."""
    token = links.sign(policy.LINK_PURPOSE, version.id, person.id, lasts=policy.LINK_LASTS)
    return f"/approve/{token}/"


def ask(version: Version) -> None:
    """Ask those who can say yes for each party that has not."""
    _ask("agreement_to_approve", version, once="asked")


def remind(version: Version) -> None:
    """Ask them once more; who has said yes is left alone."""
    _ask("agreement_reminder", version, once=f"reminder:{version.reminders}")


def _ask(kind: str, version: Version, *, once: str) -> None:
    for asked in _people(policy.to_ask(version)):
        link = (_ANSWER, approval_path(version, asked))
        _send(kind, version.agreement, asked, link, f"{version.id}:{once}", version=version)


def approved(version: Version) -> None:
    """Tell everybody who stands for a party that all have approved."""
    rows = partnerships.representatives_of(version.agreement.partnership)
    for reader in _people(rows.select_related("person__chapter")):
        link = (_OPEN, page_path(version.agreement))
        _send("agreement_approved", version.agreement, reader, link, str(version.id), version)


def met(agreement: Agreement, clause: Clause, other: Person) -> None:
    """Tell whoever wrote a clause last that somebody else was writing it at the same time."""
    reader = clause.changed_by
    if reader is None or reader.id == other.id:
        return
    with translation.override(language_of(reader, reader.chapter)):
        title = words_of(clause.key).title
    link = (_CLAUSE, f"{page_path(agreement)}clause/{clause.key}/")
    once = f"{clause.id}:{clause.version}:{other.id}"
    _send("agreement_met", agreement, reader, link, once, name=other.name, clause=title)


def _people(rows: Iterable[Representative]) -> list[Person]:
    """Each of them once."""
    found = {one.person.id: one.person for one in rows if one.person is not None}
    return list(found.values())


def _send(
    kind: str,
    agreement: Agreement,
    reader: Person,
    link: tuple[Any, str],
    once: str,
    version: Version | None = None,
    **more: Any,
) -> None:
    language = language_of(reader, reader.chapter)
    with translation.override(language):
        context = {"facts": _facts(agreement, version), "title": agreement.partnership.title}
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language,
        context=context | more,
        links=[link],
        private=True,
        once=f"{kind}:{agreement.id}:{reader.id}:{once}",
    )


def _facts(agreement: Agreement, version: Version | None) -> list[dict[str, str]]:
    partnership = agreement.partnership
    facts = [
        (_("Partnership"), partnership.title),
        (_("Between"), ", ".join(_names(policy.parties_of(partnership)))),
    ]
    if version is not None:
        form, standing = Form(version.content["form"]), Standing(version.content["standing"])
        facts += [
            (_("How much"), str(form.label)),
            (_("What it is"), str(standing.label)),
            (_("Version"), str(version.number)),
            (_("Made on"), date_format(version.frozen_at, "DATE_FORMAT")),
        ]
    return [{"label": label, "words": words} for label, words in facts if words]


def _names(parties: Iterable[Party]) -> list[str]:
    return [party.called for party in parties]
