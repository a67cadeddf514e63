"""How the body of a call is read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class ObjectsOnly(Parser):
    """What a call says is an object with names. A bare number or list is refused: where every name
    may be left out, it would otherwise pass for saying nothing."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        said: Any = super().parse_body(request)
        if not isinstance(said, dict):
            raise TypeError("not an object")
        return said
