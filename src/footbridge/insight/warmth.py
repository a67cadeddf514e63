"""How warm each tie is, from what the two in it say and what they did together."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Q

from footbridge.core import clock
from footbridge.engine import strength
from footbridge.introductions.models import Introduction
from footbridge.introductions.policy import BUDGET_PERIOD
from footbridge.introductions.states import MET
from footbridge.network.models import Tie
from footbridge.network.states import Strength, TieKind, TieState

Row = tuple[Any, ...]
Numbers = dict[uuid.UUID, int]
Array = np.ndarray[Any, Any]

# Ties that a register tells of (who funds whom) need no second voice.
TOLD_IN_FULL = frozenset((TieKind.FUNDS, TieKind.PARTNERS))
UNDATED = timedelta(days=365)
# What someone says of a contact of their own and nobody else can know: "I know them", one-sided.
OF_A_CONTACT = 1 - (1 - strength.LEVEL[strength.Word.KNOW]) ** strength.ONE_SIDED

_EVIDENCE = {
    word.value: -math.log(1 - strength.LEVEL[strength.Word(word.value)]) for word in Strength
}


def read(number: Numbers) -> dict[str, Array]:
    """The lists "ties", "vouches", "met" and "asked"; each names everyone whose being there it
    hangs on, so that it can be left out with any of them."""
    told = _told(_ties(), number)
    return {**_said(told), **_vouches(told), **_met(number), **_asked(number)}


def _ties(*, of: uuid.UUID | None = None) -> Iterator[Row]:
    rows = Tie.objects.filter(state=TieState.STATED)
    if of is not None:
        rows = rows.filter(Q(teller=of) | Q(other=of))
    columns = ("teller_id", "other_id", "kind", "strength", "since", "last_confirmed")
    return rows.order_by().values_list(*columns).iterator(chunk_size=5000)


_TOLD = np.dtype(
    [("teller", "i4"), ("other", "i4"), ("evidence", "f8"), ("age", "f8"), ("vouches", "?")]
)


def _told(rows: Iterable[Row], number: Numbers) -> Array:
    """Statements as columns; those about nobody in the network are left out."""
    today = clock.today()
    known = (row for row in rows if row[0] in number and row[1] in number)
    told = (_statement(row, number, today) for row in known)
    statements = np.fromiter(told, _TOLD)
    order = np.lexsort((statements["other"], statements["teller"]))
    return statements[order]


def _statement(row: Row, number: Numbers, today: date) -> Row:
    teller, other, kind, word, since, confirmed = row
    full = 1.0 if kind in TOLD_IN_FULL else strength.ONE_SIDED
    age = (today - (confirmed or since or today - UNDATED)).days
    vouches = kind == TieKind.KNOWS and word == Strength.TRUST
    return number[teller], number[other], _EVIDENCE[word] * full, float(age), vouches


def _said(told: Array) -> dict[str, Array]:
    """Each pair once: one side's word counts half, both sides' words add up."""
    ends = np.sort(np.stack([told["teller"], told["other"]], axis=1).astype(np.int64), axis=1)
    pairs, tie = np.unique(ends[:, 0] << 32 | ends[:, 1], return_inverse=True)
    half_life = strength.STATED_HALF_LIFE_DAYS
    said = strength.strengths(len(pairs), tie.reshape(-1), told["age"], told["evidence"], half_life)
    return {
        "ties/one": (pairs >> 32).astype(np.int32),
        "ties/other": (pairs & 0xFFFFFFFF).astype(np.int32),
        "ties/strength": said,
    }


def _vouches(told: Array) -> dict[str, Array]:
    trusting = told[told["vouches"]]
    return {"vouches/teller": trusting["teller"], "vouches/other": trusting["other"]}


def _met(number: Numbers) -> dict[str, Array]:
    """Pairs whom an introduction brought together, by whom, and how many days ago."""
    made = Introduction.objects.filter(reports__outcome__in=MET, introduced_at__isnull=False)
    columns = ("id", "seeker_id", "target_id", "connector_id", "introduced_at")
    rows = sorted(set(made.order_by().values_list(*columns)))
    now = clock.now()
    known = [row for row in rows if all(party in number for party in row[1:4])]
    parties = np.array([[number[party] for party in row[1:4]] for row in known], np.int32)
    one, other, by = parties.reshape(-1, 3).T
    return {
        "met/one": np.minimum(one, other),
        "met/other": np.maximum(one, other),
        "met/by": by,
        "met/age": np.array([(now - row[4]).total_seconds() / 86400 for row in known], np.float64),
    }


def _asked(number: Numbers) -> dict[str, Array]:
    """Who was asked for whom within the period of a budget: seeker, connector, the one sought, and
    whether it counts against the connector's budget."""
    since = clock.now() - BUDGET_PERIOD
    asked = Introduction.objects.filter(asked_at__gt=since).order_by("id")
    rows = asked.values_list("seeker_id", "connector_id", "target_id", "made_by_connector")
    known = [row for row in rows if all(party in number for party in row[:3])]
    parties = np.array([[number[party] for party in row[:3]] for row in known], np.int32)
    seeker, connector, target = parties.reshape(-1, 3).T
    return {
        "asked/seeker": seeker,
        "asked/connector": connector,
        "asked/target": target,
        "asked/counts": np.array([not row[3] for row in known], bool),
    }


def with_meetings(lists: dict[str, Array]) -> tuple[Array, Array, Array]:
    """(one, other, strength) from what is said and what was done together; a pair that met stands
    there once more, with all that is known of it."""
    one, other, said = lists["ties/one"], lists["ties/other"], lists["ties/strength"]
    if not len(lists["met/one"]):
        return one, other, said
    ends = lists["met/one"].astype(np.int64) << 32 | lists["met/other"]
    pairs, tie = np.unique(ends, return_inverse=True)
    act = strength.Act.INTRODUCTION
    together = strength.strengths(
        len(pairs),
        tie.reshape(-1),
        lists["met/age"],
        strength.EVIDENCE[act],
        strength.HALF_LIFE_DAYS[act],
    )
    both = 1 - (1 - _of_pairs(one, other, said, pairs)) * (1 - together)
    return (
        np.concatenate([one, (pairs >> 32).astype(np.int32)]),
        np.concatenate([other, (pairs & 0xFFFFFFFF).astype(np.int32)]),
        np.concatenate([said, both]),
    )


def _of_pairs(one: Array, other: Array, said: Array, pairs: Array) -> Array:
    """What is said of some pairs; nothing of those of whom nobody said anything."""
    known = one.astype(np.int64) << 32 | other
    if not len(known):
        return np.zeros(len(pairs))
    at = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
    return np.where(known[at] == pairs, said[at], 0.0)


def of_one_word(word: str) -> float:
    """How warm a tie is of which one side alone says something, today."""
    return float(1 - (1 - strength.LEVEL[strength.Word(word)]) ** strength.ONE_SIDED)


def of_one(member_id: uuid.UUID) -> dict[uuid.UUID, float]:
    """Whom one member knows at this moment and how well: for who joined, or said so, just now."""
    rows = list(_ties(of=member_id))
    others = sorted({one for row in rows for one in row[:2]} - {member_id})
    number = {member_id: 0} | {one: n for n, one in enumerate(others, start=1)}
    said = _said(_told(rows, number))
    return {
        others[n - 1]: float(warm)
        for n, warm in zip(said["ties/other"], said["ties/strength"], strict=True)
    }
