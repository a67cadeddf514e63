"""How an agreement begins, what it is meant to be, and how a pilot grows into more."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from footbridge.agreements import policy
from footbridge.agreements.actions._steps import lock, note, require_writing, touch
from footbridge.agreements.languages import LANGUAGES
from footbridge.agreements.models import MOST_IN_A_CLAUSE, Agreement, Clause
from footbridge.agreements.states import Form, Level, Standing
from footbridge.core.errors import DomainError, NotHere
from footbridge.core.versions import Version, expect
from footbridge.partnerships.models import Partnership
from footbridge.people.models import Person

TERMS = ("standing", "language")


@transaction.atomic
def begin(
    *,
    actor: Person,
    partnership: Partnership,
    form: Form | str,
    standing: Standing | str = Standing.UNSAID,
    language: str = "en",
) -> Agreement:
    """Begin the agreement of a partnership: what is known of it already is filled in, as a first
    draft. A partnership has one; beginning it twice gives the same one."""
    partnership = _lock(partnership)
    require_writing(actor, partnership)
    known = Agreement.objects.filter(partnership=partnership).first()
    if known is not None:
        return known
    agreement = Agreement(partnership=partnership, begun_by=actor, form=_form(form))
    agreement.standing, agreement.language = standing_of(standing), _language(language)
    agreement.save()
    _draft(agreement, actor)
    note("begun", agreement.id, agreement, actor, form=agreement.form)
    return agreement


def _lock(partnership: Partnership) -> Partnership:
    """The partnership, held: two who begin at once begin the same one."""
    rows = Partnership.objects.select_for_update(of=("self",))
    found = rows.filter(id=partnership.id).first()
    if found is None:
        raise NotHere
    return found


def _form(said: Form | str) -> Form:
    try:
        return Form(said)
    except ValueError as error:
        raise DomainError(_("Choose how much you agree on."), field="form") from error


def standing_of(said: Standing | str) -> Standing:
    try:
        return Standing(said)
    except ValueError as error:
        words = _("Say whether it is a shared understanding or a contract.")
        raise DomainError(words, field="standing") from error


def _language(said: str) -> str:
    if said not in LANGUAGES:
        raise DomainError(_("Choose one of the languages."), field="language")
    return said


def _draft(agreement: Agreement, actor: Person) -> None:
    """What the partnership says of itself, to begin with; somebody still has to look at it."""
    texts = {key: text for key, text in _known_of(agreement.partnership).items() if text}
    Clause.objects.bulk_create(
        Clause(
            agreement=agreement,
            key=key,
            text=text[:MOST_IN_A_CLAUSE],
            level=Level.PARTLY,
            changed_by=actor,
        )
        for key, text in texts.items()
    )


def _known_of(partnership: Partnership) -> dict[str, str]:
    parties = list(policy.parties_of(partnership))
    days = {"begins": partnership.begins_on, "ends": partnership.ends_on}
    days["review"] = partnership.review_on
    return {
        "purpose": partnership.purpose,
        "activities": partnership.what,
        "interests": "\n".join(f"{one.called}: {one.gain}" for one in parties if one.gain),
        **{key: day.isoformat() if day else "" for key, day in days.items()},
    }


@transaction.atomic
def set_terms(
    *,
    actor: Person,
    agreement: Agreement,
    standing: Standing | str,
    language: str,
    version: Version | None = None,
) -> Agreement:
    """Say what the agreement is meant to be, and in which language it is set."""
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    expect(version, agreement.version, lambda: terms_of(agreement))
    before = terms_of(agreement)
    agreement.standing, agreement.language = standing_of(standing), _language(language)
    if terms_of(agreement) != before:
        agreement.save()
        touch(agreement)
        note("terms_set", agreement.id, agreement, actor, standing=agreement.standing)
    return agreement


def terms_of(agreement: Agreement) -> dict[str, Any]:
    """What is said of the agreement as a whole."""
    return {name: getattr(agreement, name) for name in TERMS}


@transaction.atomic
def grow(*, actor: Person, agreement: Agreement) -> Agreement:
    """Make a full agreement of a pilot: whatever was written stays. Doing it twice changes
    nothing."""
    agreement = lock(agreement.id)
    require_writing(actor, agreement.partnership)
    if agreement.form == Form.FULL:
        return agreement
    agreement.form = Form.FULL
    agreement.save()
    touch(agreement)
    note("grown", agreement.id, agreement, actor)
    return agreement
