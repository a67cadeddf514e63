"""The fields of forms, the common ones written in one go.

Django fills a template for each field and two more for each option of a list: for a list of time
zones that takes longer than the rest of the page. What is written is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
_FOLDER = "django/forms/widgets/"
_NOTHING = mark_safe("")


class Widgets(DjangoTemplates):
    """Django's widgets (`FORM_RENDERER`)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = _WRITTEN.get(template_name)
        return (
            write(context["widget"]) if write else super().render(template_name, context, request)
        )


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    said = _NOTHING if value is None else format_html(' value="{}"', str(value))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], said, _attributes(widget)
    )


def _attributes(widget: Widget) -> SafeString:
    if not widget["attrs"]:
        return _NOTHING
    said = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return format_html_join("", "{}", ((_attribute(*one),) for one in said))


def _attribute(name: str, value: Any) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))


def _select(widget: Widget) -> SafeString:
    groups = format_html_join("", "{}", ((_group(*one),) for one in widget["optgroups"]))
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), groups
    )


def _group(name: str | None, options: list[Widget], _place: int) -> SafeString:
    written = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>\n',
        ((str(one["value"]), _attributes(one), one["label"]) for one in options),
    )
    if not name:
        return written
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, written)


_INPUTS = ("text", "number", "email", "url", "hidden", "date", "datetime", "time", "checkbox")
_WRITTEN: dict[str, Callable[[Widget], SafeString]] = {
    **{f"{_FOLDER}{kind}.html": _input for kind in _INPUTS},
    f"{_FOLDER}select.html": _select,
}
