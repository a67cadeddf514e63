"""A form for any web site: plain HTML to paste, without script, style, frame or anybody's cookie.

It is no frame, so that no page of ours may ever be framed. It leads to a page of ours on which the
answer is looked over and sent; until then nothing is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.calls.actions.answering import LONGEST_GAIN, LONGEST_TEXT
from footbridge.web.calls.forms import TRAP, AboutForm

_FORM = """\
<form action="{action}" method="post" accept-charset="utf-8" lang="{language}">
  <p><strong>{title}</strong><br>{owner} · <a href="{page}">{more}</a></p>
  <p><label>{name}<br>
    <input name="name" maxlength="200" autocomplete="name" required></label></p>
  <p><label>{email}<br>
    <input name="email" type="email" maxlength="254" autocomplete="email" required></label></p>
{about}  <p><label>{text}<br>
    <textarea name="text" rows="8" maxlength="{longest_text}" required></textarea></label></p>
  <p><label>{gain}<br>
    <textarea name="gain" rows="3" maxlength="{longest_gain}"></textarea></label></p>
  <p hidden><label>{trap}<br>
    <input name="{trap_name}" tabindex="-1" autocomplete="off"></label></p>
  <p><button type="submit">{go_on}</button></p>
  <p><small>{afterwards}</small></p>
</form>
"""


_PICKED = """\
  <p><label>{label}<br>
    <select name="{name}">{options}</select></label></p>
"""
_TYPED = """\
  <p><label>{label}<br>
    <input name="{name}" maxlength="80" autocomplete="country-name"></label></p>
"""


def snippet(*, action: str, page: str, title: str, owner: str, asks: Collection[str] = ()) -> str:
    """The HTML to paste, in the language of whoever looks: text like any other on a page of ours,
    and with everything that somebody typed escaped in it. `asks`: what the rules of the call ask
    of whoever answers."""
    said = {
        "action": action,
        "page": page,
        "title": title,
        "owner": owner,
        "language": get_language() or "en",
        "more": _("All about this call"),
        "name": _("Your name"),
        "email": _("Your email address"),
        "text": _("Your answer"),
        "gain": _("What you hope to gain (if you like)"),
        "trap": _("Leave this empty"),
        "go_on": _("Continue"),
        "afterwards": _("On the next page you look it over. Then a letter brings you the link."),
        "trap_name": TRAP,
        "longest_text": str(LONGEST_TEXT),
        "longest_gain": str(LONGEST_GAIN),
    }
    about = "".join(_asked(bound) for bound in AboutForm(asks=asks))
    return _FORM.format(about=about, **{name: escape(value) for name, value in said.items()})


def _asked(bound: Any) -> str:
    """One question about whoever answers: a list to pick from, or a line to type."""
    label = escape(_("%(question)s (if you like)") % {"question": bound.label})
    choices = getattr(bound.field, "choices", ())
    options = "".join(
        f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in choices
    )
    shape = _PICKED if choices else _TYPED
    return shape.format(label=label, name=bound.name, options=options)
