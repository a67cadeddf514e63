"""Doing what was asked once, however often the request arrives.

A request that carries a key leaves a receipt with its answer, written in the transaction of the
work. The same request again gets the answer again; the same key with another request is refused;
two at the same moment wait for each other: on PostgreSQL at the unique name, on SQLite at the
write lock. A process that dies between leaves neither the work nor the receipt.

What is kept tells nothing by itself: names are digests under the installation's key, and the
answer is sealed under a key that is derived from the one that whoever asked holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from footbridge.core import clock
from footbridge.core.errors import Conflict
from footbridge.journal.models import Receipt

KEPT = timedelta(days=2)
LONGEST_BODY = 256 * 1024


class KeyReused(Conflict):
    """The key came before with another request, or the answer to it cannot be given again."""

    code = "key_reused"
    status = 422


@dataclass(frozen=True)
class Claim:
    """One request: who asks, the key that they chose for it, and a digest of all that it says."""

    scope: str
    key: str
    asked: str

    @property
    def name(self) -> str:
        return _digest("name", self.scope, self.key)

    @property
    def request(self) -> str:
        return _digest("request", self.scope, self.key, self.asked)


@dataclass(frozen=True)
class Answer:
    """What was answered, as far as it is given again."""

    status: int
    headers: dict[str, str]
    body: bytes


def is_done(claim: Claim) -> bool:
    """Whether the work was done before, as far as can be seen without waiting."""
    return Receipt.objects.filter(name=claim.name).exists()


def stake(claim: Claim) -> bool:
    """Take a claim before the work is done, in its transaction; False where the work was done
    before. Waits for whoever is doing it at this moment."""
    try:
        with transaction.atomic():
            Receipt.objects.create(name=claim.name, asked=claim.request, made_at=clock.now())
    except IntegrityError:
        if not Receipt.objects.filter(name=claim.name).exists():
            raise
        return False
    return True


def keep(claim: Claim, answer: Answer) -> None:
    """Put the answer to the claim, in the transaction of the work."""
    Receipt.objects.filter(name=claim.name).update(answer=_sealed(claim, answer))


def release(claim: Claim) -> None:
    """Nothing was done that must not be done again: the key may come again."""
    Receipt.objects.filter(name=claim.name).delete()


def answer_to(claim: Claim) -> Answer:
    """The answer that the first request got. Raises KeyReused if this is another request."""
    receipt = Receipt.objects.filter(name=claim.name).first()
    if receipt is not None and not hmac.compare_digest(receipt.asked, claim.request):
        raise KeyReused(_("This was sent before with other content. Nothing was changed."))
    answer = _opened(claim, receipt) if receipt else None
    if answer is None:
        raise KeyReused(_("This was done already. Nothing was done a second time."))
    return answer


def sweep() -> int:
    """Forget old receipts; returns how many. The worker calls this."""
    gone, _each = Receipt.objects.filter(made_at__lt=clock.now() - KEPT).delete()
    return gone


def _digest(*parts: str) -> str:
    said = json.dumps(["footbridge.receipts", *parts]).encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def _sealed(claim: Claim, answer: Answer) -> bytes | None:
    """None where the answer is too long to be kept."""
    if len(answer.body) > LONGEST_BODY:
        return None
    plain = {
        "status": answer.status,
        "headers": answer.headers,
        "body": b64encode(answer.body).decode(),
    }
    return _box(claim).encrypt(json.dumps(plain).encode())


def _opened(claim: Claim, receipt: Receipt) -> Answer | None:
    if receipt.answer is None:
        return None
    try:
        plain = json.loads(_box(claim).decrypt(bytes(receipt.answer)))
    except InvalidToken:  # sealed under a key of the installation that was changed since
        return None
    return Answer(plain["status"], plain["headers"], b64decode(plain["body"]))


def _box(claim: Claim) -> Fernet:
    purpose = json.dumps(["footbridge.receipts.answer", claim.scope, claim.key]).encode()
    derived = HKDF(SHA256(), length=32, salt=None, info=purpose)
    return Fernet(urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
