"""What people type into calls and answers, tidied and kept to its length; and amounts in words."""

from __future__ import annotations

from babel.numbers import format_currency, list_currencies
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core.errors import DomainError
from footbridge.core.words import STEMMED_LANGUAGES, base_language, clean_line, stems, tokens


def line(text: str, field: str, most: int) -> str:
    """One line; refused when it is longer than so many characters."""
    return _short(clean_line(text), field, most)


def paragraphs(text: str, field: str, most: int) -> str:
    """Several lines, with a blank one between paragraphs at most."""
    lines = [clean_line(one) for one in text.replace("\r\n", "\n").split("\n")]
    kept = [one for n, one in enumerate(lines) if one or (n and lines[n - 1])]
    return _short("\n".join(kept).strip(), field, most)


def _short(text: str, field: str, most: int) -> str:
    if len(text) > most:
        message = _("Please keep it to %(most)d characters.") % {"most": most}
        raise DomainError(message, field=field)
    return text


def searchable(*texts: str) -> str:
    """The words of several texts as search compares them: folded, and stemmed in each language."""
    said = " ".join(texts)
    found = dict.fromkeys(tokens(said))
    for language in STEMMED_LANGUAGES:
        found |= dict.fromkeys(stems(said, language))
    return f" {' '.join(found)} "


def currency(code: str) -> str:
    """A currency by its three letters, such as EUR."""
    wanted = clean_line(code).upper()
    if wanted and wanted not in list_currencies():
        raise DomainError(_("A currency has three letters, such as EUR or COP."), field="currency")
    return wanted


def amount(least: int | None, most: int | None, code: str) -> str:
    """An amount as the reader's language writes it; empty where none was said."""
    locale = base_language(get_language() or "en")
    said = [_written(one, code, locale) for one in (least, most) if one is not None]
    if not said:
        return ""
    if len(said) == 2 and least != most:
        return _("%(least)s to %(most)s") % {"least": said[0], "most": said[1]}
    if most is None:
        return _("from %(least)s") % {"least": said[0]}
    return said[0] if least == most else _("up to %(most)s") % {"most": said[0]}


def _written(value: int, code: str, locale: str) -> str:
    return str(
        format_currency(value, code or "EUR", locale=locale, currency_digits=False, format="¤#,##0")
    )
