"""What was typed into a form that could not be carried out, to be offered again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

KEY = ("csrfmiddlewaretoken", "once")
_WORDS = re.compile(r"\w{2}.*\s|^.{12,}", re.DOTALL)
_ID = re.compile(r"^[0-9a-f-]{36}$")


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: the address, every field, and those that hold words."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """What someone typed, as opposed to what a page had put there."""
        values = [value for name, value in self.fields if name not in KEY]
        return [value for value in values if _WORDS.search(value) and not _ID.match(value)]


def kept(request: HttpRequest, *, with_key: bool, leave_out: tuple[str, ...] = ()) -> Kept | None:
    """The form that a request sent; None where it sent none that can be read.

    With its key it is the same request again; without, a new one.
    """
    if request.method != "POST":
        return None
    try:
        sent, files = request.POST, request.FILES
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return None
    aside = set(leave_out) | (set() if with_key else set(KEY))
    fields = [(name, value) for name in sent for value in sent.getlist(name) if name not in aside]
    names = tuple(file.name or "" for name in files for file in files.getlist(name))
    return Kept(request.get_full_path(), tuple(fields), names)
