"""The sentence in which something is needed or offered: cleaned, bounded, comparable."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.core.words import clean_line, fold, tokens

LONGEST = 500
# More than this is a file that went astray, not a sentence with too many words.
_NOT_EVEN_READ = 20_000


def sentence(text: str) -> str:
    """The text as one safe line.

    Raises DomainError when nothing is left of it, or when it is no longer a sentence.
    """
    if len(text) > _NOT_EVEN_READ:
        raise _too_long(len(text))
    cleaned = clean_line(text)
    if not cleaned:
        raise DomainError(_("Say it in one sentence: a few words are enough."), field="text")
    if len(cleaned) > LONGEST:
        raise _too_long(len(cleaned))
    return cleaned


def _too_long(length: int) -> DomainError:
    message = _("Say it in one sentence of at most %(most)s characters: this has %(length)s.")
    return DomainError(message % {"most": LONGEST, "length": length}, field="text")


def text_key(text: str) -> str:
    """What two sentences share when they differ only in case, accents and punctuation.

    >>> text_key("We need a van!") == text_key("we need  a VAN")
    True
    """
    said = " ".join(tokens(text)) or fold(text)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
