"""What people type about members, made fit to keep; or refused in words that say why."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line, fold

LONGEST_NAME = 200
MOST_LANGUAGES = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def name(text: str) -> str:
    """One line without hidden characters; a name in any script is a name."""
    tidied = clean_line(text)
    if not tidied:
        raise DomainError(_("Please give a name."), field="name")
    if len(tidied) > LONGEST_NAME:
        raise DomainError(
            _("A name has at most %(most)d characters.") % {"most": LONGEST_NAME}, field="name"
        )
    return tidied


def folded(tidied_name: str) -> str:
    """The name as search compares it."""
    return fold(tidied_name)[:LONGEST_NAME]


def address(text: str) -> str:
    """An email address in lower case, so that two spellings are one person."""
    tidied = clean_line(text).lower()
    try:
        validate_email(tidied)
    except ValidationError as error:
        raise DomainError(_("This is not an email address."), field="email") from error
    if len(tidied) > 254:
        raise DomainError(_("This email address is too long."), field="email")
    return tidied


def address_or_none(text: str | None) -> str | None:
    """An address, or None where none was given."""
    return address(text) if text and text.strip() else None


def languages(codes: Iterable[str]) -> list[str]:
    """Language codes such as "en" or "pt-br", each once, in the order given."""
    if isinstance(codes, str):
        raise DomainError(_("Please give a list of languages."), field="languages")
    tidied = list(dict.fromkeys(str(code).strip().lower().replace("_", "-") for code in codes))
    for code in tidied:
        if not _LANGUAGE.fullmatch(code) or len(code) > 20:
            raise DomainError(
                _("“%(code)s” is not a language code.") % {"code": code[:20]}, field="languages"
            )
    if len(tidied) > MOST_LANGUAGES:
        raise DomainError(_("Please choose fewer languages."), field="languages")
    return tidied
