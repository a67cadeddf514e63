"""A form that is sent twice is carried out once.

Each form that `{% csrf_token %}` stands in carries a token that is fresh for each look at the
page, and the form's number on it (templatetags/once.py); the two are its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from footbridge.journal import once
from footbridge.journal.receipts import Answer, Claim, KeyReused
from footbridge.web import errors

TOKEN, NUMBER = "csrfmiddlewaretoken", "once"
# A token as pages carry it, masked anew for each look; bare ones are the same every time.
MASKED = 64


class Once(once.Once):
    """For the pages."""

    def claim_of(self, request: HttpRequest) -> Claim | None:
        token, number = _key_in(request)
        if len(token) != MASKED or not number:
            return None
        request.asked_by = _who(request)  # type: ignore[attr-defined]
        asked = once.digest_of(_parts(request))
        return Claim(scope=request.asked_by, key=f"{token}:{number}", asked=asked)  # type: ignore[attr-defined]

    def refused(self, request: HttpRequest, error: KeyReused) -> HttpResponseBase:
        return errors.sent_before(request, error)

    def again(self, request: HttpRequest, answer: Answer) -> HttpResponseBase:
        if "Location" in answer.headers:
            messages.info(request, _("This was sent twice. It was done once."))
        return super().again(request, answer)

    def is_kept(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Nor can an answer be given again that signs someone in or out: what makes it so lies in
        the session, not in the page."""
        who = _who(request)
        is_same = who == request.asked_by and (who.startswith("account:") or not _leaves(request))  # type: ignore[attr-defined]
        return is_same and super().is_kept(request, response)


def _key_in(request: HttpRequest) -> tuple[str, str]:
    """The token and the number of the form; programs have a key of another kind."""
    if request.path.startswith("/api/"):
        return "", ""
    try:
        return request.POST.get(TOKEN, ""), request.POST.get(NUMBER, "")
    except UnreadablePostError:  # whoever sent it is gone; the check against forgery says so
        return "", ""


def _who(request: HttpRequest) -> str:
    """Whoever is signed in; else the browser, which its cookie against forgery tells apart."""
    user: Any = request.user
    if user.is_authenticated:
        return f"account:{user.pk}"
    return f"browser:{request.META.get('CSRF_COOKIE', '')}"


def _leaves(request: HttpRequest) -> bool:
    """Whether the session is left with something that it did not hold before."""
    return bool(request.session.modified)


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """All that was sent, in an order of its own, without the key."""
    yield f"{request.method} {request.get_full_path()}".encode()
    for name in sorted(set(request.POST) - {TOKEN, NUMBER}):
        for value in request.POST.getlist(name):
            yield name.encode("utf-8", "surrogatepass")
            yield value.encode("utf-8", "surrogatepass")
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            yield f"{name} {file.name}".encode("utf-8", "surrogatepass")
            yield once.digest_of(file.chunks()).encode()
            file.seek(0)
