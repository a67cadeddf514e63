"""The part that every door shares of doing a request once: claim, work and answer together."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from footbridge.core import database
from footbridge.journal import receipts
from footbridge.journal.receipts import Answer, Claim, KeyReused

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_GIVEN_AGAIN = ("Location", "Content-Type")

Respond = Callable[[HttpRequest], HttpResponseBase]


class Once(ABC):
    """A middleware. Requests that change something and carry a key are carried out once; all
    that such a request does is one transaction. Each door says where its key stands."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        claim = None if request.method in SAFE else self.claim_of(request)
        if claim is None:
            return self.respond(request)
        return self._repeated(request, claim) or self._carried_out(request, claim)

    @abstractmethod
    def claim_of(self, request: HttpRequest) -> Claim | None:
        """Who asks for what under which key; None for a request that this door leaves alone."""

    @abstractmethod
    def refused(self, request: HttpRequest, error: KeyReused) -> HttpResponseBase:
        """What to say when the key belongs to another request."""

    def again(self, request: HttpRequest, answer: Answer) -> HttpResponseBase:
        """The same answer once more."""
        return HttpResponse(answer.body, status=answer.status, headers=answer.headers)

    def is_kept(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Whether the work was done and its answer can be given again: a cookie cannot."""
        return response.status_code < 400 and not response.cookies and not response.streaming

    def _repeated(self, request: HttpRequest, claim: Claim) -> HttpResponseBase | None:
        """A look without a lock, so that an answer given long ago costs no writer's turn."""
        if not receipts.is_done(claim):
            return None
        return self._answered(request, claim)

    def _answered(self, request: HttpRequest, claim: Claim) -> HttpResponseBase:
        try:
            return self.again(request, receipts.answer_to(claim))
        except KeyReused as error:
            return self.refused(request, error)

    def _carried_out(self, request: HttpRequest, claim: Claim) -> HttpResponseBase:
        with transaction.atomic():
            if not receipts.stake(claim):
                return self._answered(request, claim)
            response = self.respond(request)
            self._settle(request, claim, response)
        if response.status_code < 400:
            database.note_written()
        return response

    def _settle(self, request: HttpRequest, claim: Claim, response: HttpResponseBase) -> None:
        """Keep the answer where there is something to keep, and all of the work or nothing."""
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif connection.needs_rollback:  # it would be undone without a word
            raise TransactionManagementError("The work was undone by an error that was passed over")
        elif self.is_kept(request, response):
            receipts.keep(claim, _as_answer(response))
        else:
            receipts.release(claim)


def _as_answer(response: Any) -> Answer:
    headers = {name: response[name] for name in _GIVEN_AGAIN if response.has_header(name)}
    return Answer(response.status_code, headers, response.content)


def digest_of(parts: Iterable[bytes]) -> str:
    """One digest of many parts, each in its own bounds."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()
