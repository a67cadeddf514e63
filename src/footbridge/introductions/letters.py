"""Every message about an introduction: to whom, in which language, with which links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from footbridge.core import links
from footbridge.core.words import base_language
from footbridge.introductions.cards import IntroductionCard, agenda, card, forwarded_note
from footbridge.introductions.models import Introduction
from footbridge.introductions.policy import LINK_PURPOSE
from footbridge.introductions.states import Role
from footbridge.mail import actions as mail
from footbridge.people.models import Person
from footbridge.people.queries import language_of

LINK_LASTS = timedelta(days=90)


def path_for(introduction: Introduction, person: Person) -> str:
    """The link that is one person's way to an introduction."""
    return "/i/" + links.sign(LINK_PURPOSE, introduction.id, person.id, lasts=LINK_LASTS)


def ask_connector(introduction: Introduction) -> None:
    """Ask the connector to pass the note on."""
    _send("introduction_ask_connector", introduction, introduction.connector, _("Read and answer"))


def ask_seeker(introduction: Introduction) -> None:
    """Ask the first of the two whom a host would bring together."""
    _send("introduction_ask_target", introduction, introduction.seeker, _("Read and answer"))


def ask_target(introduction: Introduction) -> None:
    """Ask the one sought, with the introduction card."""
    _send("introduction_ask_target", introduction, introduction.target, _("Read and answer"))


def introduce(introduction: Introduction) -> None:
    """One message, the same to both, with both names and a first agenda; and thanks to the
    connector."""
    language = _common_language(introduction)
    with translation.override(language):
        points = agenda(introduction)
    context = {
        "seeker": _reachable(introduction.seeker),
        "target": _reachable(introduction.target),
        "connector_name": introduction.connector.name,
        "note": forwarded_note(introduction),
        "agenda": points,
    }
    for person in (introduction.seeker, introduction.target):
        _post("introduction_made", introduction, person, context=context, language=language)
    thank(introduction, None, "")


def tell_not_now(introduction: Introduction) -> None:
    """Tell the seeker "not now", in the same words whatever lies behind it."""
    _send("introduction_not_now", introduction, introduction.seeker, _("Ask another way"))


def check_in(introduction: Introduction, person: Person) -> None:
    """Ask one of the two whether they met and what came of it."""
    _send("introduction_checkin", introduction, person, _("Tell in one tap"))


def remind(introduction: Introduction, person: Person, *, occasion: str) -> None:
    """Remind, once, someone who was asked and is silent."""
    _send(
        "introduction_stalled",
        introduction,
        person,
        _("Open"),
        occasion=occasion,
        is_made=introduction.introduced_at is not None,
    )


def thank(introduction: Introduction, sender: Person | None, words: str) -> None:
    """Thank the connector: in a person's words, or, when the two are introduced, in ours."""
    context = {
        "seeker_name": introduction.seeker.name,
        "target_name": introduction.target.name,
        "sender_name": sender.name if sender else "",
        "other_name": _other(introduction, sender).name,
        "words": words,
    }
    by = sender.id if sender else "us"
    _post(
        "introduction_thanks",
        introduction,
        introduction.connector,
        context=context,
        occasion=f"thanks:{by}",
    )


def _other(introduction: Introduction, person: Person | None) -> Person:
    return introduction.seeker if person == introduction.target else introduction.target


def _send(
    kind: str,
    introduction: Introduction,
    reader: Person,
    words: Any,
    *,
    occasion: str = "",
    **more: Any,
) -> None:
    """Write to one of the three from the card that they may see."""
    language = _language_of(reader)
    with translation.override(language):
        context = _as_context(card(reader, introduction))
    _post(
        kind,
        introduction,
        reader,
        context=context | more,
        link=(words, path_for(introduction, reader)),
        language=language,
        occasion=occasion,
    )


def _as_context(seen: IntroductionCard) -> dict[str, Any]:
    return {
        "card": seen,
        "is_seeker": seen.role == Role.SEEKER,
        "seeker": seen.seeker.name,
        "connector": seen.connector.name,
        "target": seen.target.name,
        "by": date_format(seen.answer_by, "MONTH_DAY_FORMAT") if seen.answer_by else "",
    }


def _post(
    kind: str,
    introduction: Introduction,
    reader: Person,
    *,
    context: dict[str, Any],
    link: tuple[Any, str] | None = None,
    language: str = "",
    occasion: str = "",
) -> None:
    """What a host set going may be passed on by hosts; all else is for its reader alone, since an
    outbox that tells who was asked when would tell who refused."""
    mail.send(
        kind,
        to_address=reader.email or "",
        to_name=reader.name,
        to_person=reader.id,
        language=language or _language_of(reader),
        context=context,
        links=[link] if link else [],
        private=not introduction.made_by_connector,
        once=f"{kind}:{introduction.id}:{occasion or reader.id}",
    )


def _common_language(introduction: Introduction) -> str:
    ours = _spoken_by(introduction.seeker)
    theirs = _spoken_by(introduction.target)
    shared = [language for language in ours if language in theirs]
    return shared[0] if shared else _language_of(introduction.target)


def _spoken_by(person: Person) -> list[str]:
    known = dict(settings.LANGUAGES)
    wished = [base_language(language) for language in person.languages]
    return [language for language in wished if language in known]


def _language_of(person: Person) -> str:
    return language_of(person, person.chapter)


def _reachable(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email or "", "headline": person.headline}
