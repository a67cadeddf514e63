"""While a page is only read, the same question has the same answer, so it is asked once.

A page asks several rooms, and each asks who is looking: which chapters they host, for whom they
act. Outside of a reading, and above all in actions, everything is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Nothing is written within this block: answers are kept until it ends."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_reading() -> bool:
    """Whether answers are being kept."""
    return _answers.get() is not None


def asked_once(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Within a reading, answer a question that was asked before without asking again.

    Answers are shared, so they are values that nobody changes.
    """

    @wraps(ask)
    def answer(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        known = _answers.get()
        if known is None:
            return ask(*args, **named)
        question = (ask, args, *sorted(named.items()))
        if question not in known:
            known[question] = ask(*args, **named)
        found: Answer = known[question]
        return found

    return answer
