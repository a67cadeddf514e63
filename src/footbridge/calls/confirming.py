"""The one letter that an answer from outside waits for: the link by which its author sends it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy

from footbridge.calls.models import Answer
from footbridge.calls.queries.by_link import answer_path
from footbridge.mail import actions as mail

KIND = "call_confirm"
_SEND = gettext_lazy("Read it once more, and send it")


def ask(answer: Answer) -> None:
    """Ask the one who reads the address whether it was they who wrote. What was written is not in
    the letter, so that nobody uses it to write to others."""
    with translation.override(answer.language):
        mail.send(
            KIND,
            to_address=answer.email,
            language=answer.language,
            context={"title": answer.call.title},
            links=[(str(_SEND), answer_path(answer))],
            once=occasion(answer),
        )


def occasion(answer: Answer) -> str:
    """The name of this letter."""
    return f"{KIND}:{answer.id}"
