"""A word of its own in each text that anybody wrote, so that wherever it is read it is known again.

Every text field of every model of ours gets one; a field with which something is found or decided
is excused, and says why. What lies behind the veil gets its words by the veil's own actions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import Any

from django.apps import apps
from django.db import models

from footbridge.insight import network
from footbridge.mail.models import Message
from footbridge.people.models import Member
from footbridge.veil import actions as veil
from footbridge.veil.cards import Self, VeiledCard

START = "zqx"
WORD = re.compile(rf"{START}[a-z]{{3}}", re.IGNORECASE)

# Fields of text that say no words to anybody: with these something is found, or decided.
CODES = {
    "country": "a code by which places are found",
    "currency": "a code",
    "digest": "of something that is not kept",
    "folded": "follows from the name",
    "group": "a code of the vocabulary",
    "header": "a column of lists, by which a mapping is found again",
    "key": "by which a row is found",
    "kind": "which template it was",
    "language": "a code",
    "legal_form": "a code",
    "media_type": "a code",
    "network": "a digest of where something came from, while it waits",
    "once": "by which a message is written once",
    "scheme": "whose number it is",
    "slug": "by which a public page is found",
    "source": "a code",
    "subscriber": "who is told",
    "text_key": "follows from the text",
    "timezone": "a code",
    "track": "a code",
    "verb": "a code",
    "wording": "which text was agreed to",
}
# Models whose rows say nothing to anybody in the pages.
SILENT = {
    "journal.Receipt": "of a request, by which it counts once",
    "mail.SealedMessage": "sealed",
    "people.Account": "the log-in identity; the address that is shown stands with the person",
    "people.Identifier": "a number by which somebody is known elsewhere",
    "veil.Hidden": "sealed; see below",
    "veil.Approach": "sealed; see below",
}


@dataclass(frozen=True)
class Sentinel:
    """Where the word stands: in which column, and whose that row is."""

    column: str
    whose: str


def plant(stage: Any) -> dict[str, Sentinel]:
    """Put a word into every text of the stage; each word with where it stands."""
    words = (START + "".join(letters) for letters in product(ascii_lowercase, repeat=3))
    planted: dict[str, Sentinel] = dict(_behind_the_veil(stage, words))
    for model in _models():
        fields = told_fields(model)
        for row in model._base_manager.order_by("pk") if fields else ():
            whose = _whose(stage, row)
            said = {}
            for one in fields:
                text = _with(next(words), one, getattr(row, one.attname))
                if text is not None:
                    said[one.attname] = text
                    planted[_word_in(text)] = Sentinel(f"{model._meta.db_table}.{one.name}", whose)
            model._base_manager.filter(pk=row.pk).update(**said)
    network.forget()
    return planted


def _models() -> Iterator[Any]:
    for model in apps.get_models():
        is_ours = model.__module__.startswith("footbridge.")
        if is_ours and not model._meta.proxy and model._meta.label not in SILENT:
            yield model


def told_fields(model: Any) -> list[Any]:
    """Its fields of text, but for codes and for what is chosen."""
    return [
        one
        for one in model._meta.local_concrete_fields
        if isinstance(one, models.CharField | models.TextField)
        and not one.choices
        and one.name not in CODES
    ]


def _with(word: str, one: Any, text: str | None) -> str | None:
    """The text with the word in it: within its first word, so that a first name alone or the
    beginning of a text shows it, too. Who has no address still has none."""
    if isinstance(one, models.EmailField) or one.name == "to_address":
        return text.replace("@", f"{word}@") if text else None
    if isinstance(one, models.URLField):
        return (text or "https://example.org/") + word
    if one.name == "html":
        return text + f"<p>{word}</p>" if text else None
    first, space, rest = (text or "").partition(" ")
    return (first + word + space + rest)[: one.max_length]


def _word_in(text: str) -> str:
    found = WORD.search(text)
    assert found, f"no place for a word in {text!r}"
    return found[0]


# Whose it is.


def _whose(stage: Any, row: Any) -> str:
    """In the words of the matrix: a thing by its name, else whose it is or to what it belongs."""
    for (gap, name), one in stage.ids.items():
        if one == row.pk and gap not in ("person_id", "posting_id"):
            return f"{gap.removesuffix('_id')}: {name}"
    if isinstance(row, Message):
        return f"letter: {row.kind}"
    if isinstance(row, Member):
        return _who(stage, row)
    return next(_belonging(stage, row), "of the installation")


def _who(stage: Any, member: Member) -> str:
    for role, person in stage.people.items():
        if person.id == member.id:
            return role
    where = "the chapter" if member.chapter_id == stage.cast.chapter.id else "the other chapter"
    return f"{member.standing or 'an organisation'}, of {where}"


def _belonging(stage: Any, row: Any) -> Iterator[str]:
    """What it hangs on: a person before anything else."""
    linked = [one for one in row._meta.concrete_fields if one.many_to_one or one.one_to_one]
    for one in sorted(linked, key=lambda one: not issubclass(one.related_model, Member)):
        other = getattr(row, one.name)
        if other is not None:
            yield f"of {_whose(stage, other)}"


# Behind the veil, and on the card that came from there.


def _behind_the_veil(stage: Any, words: Iterator[str]) -> Iterable[tuple[str, Sentinel]]:
    from tests.matrix.stage import hidden

    me: Self = hidden()
    said = {name: next(words) for name in ("name", "headline", "about", "website")}
    lists = {name: next(words) for name in ("needs", "offers", "work")}
    veil.edit(
        actor=me,
        **{name: f"{word} in words" for name, word in said.items()},
        needs=[f"{lists['needs']} storage"],
        offers=[f"{lists['offers']} storage"],
        work=[(lists["work"], lists["work"], None)],
    )
    for name, word in {**said, **lists}.items():
        yield word, Sentinel(f"veil.{name}", "under the radar")
    card = VeiledCard(words=f"{next(words)} words", ask=f"{next(words)} ask")
    veil.send_card(actor=hidden(), person=stage.people["neighbour"], card=card)
    yield card.words.split()[0], Sentinel("veil.card words", "sent to the neighbour")
    yield card.ask.split()[0], Sentinel("veil.card ask", "sent to the neighbour")
