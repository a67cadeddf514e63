"""How what a call says is read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser


class PlainObjects(Parser):
    """What a call says is an object with names. A bare number or list is refused: where every name
    may be left out, it would otherwise pass for saying nothing.

    NUL is left out of every text: it stands for no letter, and PostgreSQL keeps none.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        said: Any = super().parse_body(request)
        if not isinstance(said, dict):
            raise TypeError("not an object")
        without: dict[str, Any] = _without_nul(said)
        return without

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        said: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        return {name: _without_nul(value) for name, value in said.items()}


def _without_nul(said: Any) -> Any:
    """The same, as deep as it goes; names are left as they are: those that nobody knows are
    dropped."""
    if isinstance(said, str):
        return said.replace("\x00", "")
    if isinstance(said, list):
        return [_without_nul(one) for one in said]
    if isinstance(said, dict):
        return {name: _without_nul(value) for name, value in said.items()}
    return said
