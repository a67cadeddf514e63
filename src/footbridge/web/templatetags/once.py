"""`{% csrf_token %}` as every form here has it: with what makes the form count once."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True, name="csrf_token")
def token_and_number(context: template.Context) -> SafeString | str:
    """The token against forgery, fresh for each look at a page, and the form's number on it.

    `autocomplete` keeps browsers from putting back the token of an earlier look.
    """
    token = context.get("csrf_token", "")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - a word of Django's, no secret
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}" autocomplete="off">'
        '<input type="hidden" name="once" value="{}" autocomplete="off">',
        token,
        _number(context.get("request")),
    )


def _number(request: Any) -> int:
    """Forms of a page are counted, so that each has a key of its own."""
    if request is None:
        return 1
    request.forms_shown = getattr(request, "forms_shown", 0) + 1
    return int(request.forms_shown)
