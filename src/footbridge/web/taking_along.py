"""What somebody takes along: all that is held about them, in one open file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse

from footbridge.core import clock


def as_file(held: Mapping[str, Any]) -> JsonResponse:
    """A file to keep, named after the day."""
    response = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"footbridge-{clock.today().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
