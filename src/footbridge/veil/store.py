"""Rows of the veil store, opened and sealed again. Nothing else reads or writes `sealed`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from footbridge.core import clock
from footbridge.core.errors import NotHere
from footbridge.core.versions import Version, expect
from footbridge.veil import sealing
from footbridge.veil.cards import Self, VeiledCard
from footbridge.veil.models import Approach, Glance, Hidden
from footbridge.veil.profile import Profile
from footbridge.veil.states import Seen, Step


def profile_in(row: Hidden) -> Profile:
    return Profile.from_json(sealing.unseal(row.id, row.sealed))


def self_in(row: Hidden) -> Self:
    return Self(row.id, profile_in(row), row.version)


def held(hidden_id: uuid.UUID) -> Hidden:
    """Somebody's row, locked; NotHere once they came out or left."""
    row = Hidden.objects.select_for_update().filter(id=hidden_id).first()
    if row is None:
        raise NotHere
    return row


def change(
    actor: Self, how: Callable[[Profile], Profile], *, version: Version | None = None
) -> Self:
    """Change what someone said; Overtaken where it was changed since the page was opened."""
    row = held(actor.id)
    profile = profile_in(row)
    expect(version, row.version, profile.in_words)
    row.sealed = sealing.seal(row.id, how(profile).to_json())
    row.version += 1
    row.save(update_fields=["sealed", "version"])
    return self_in(row)


def said_in(approach: Approach) -> dict[str, Any]:
    return sealing.unseal(approach.id, approach.sealed)


def keep(approach: Approach, said: dict[str, Any]) -> None:
    approach.sealed = sealing.seal(approach.id, said)
    approach.save()


def shown_step(said: dict[str, Any]) -> Step:
    """Where an approach stands, as the one who began it is shown: a refusal looks like an answer
    that never came, until the day for answers is over."""
    step, over = Step(said["step"]), moment(said["until"]) <= clock.now()
    if step in (Step.WAITING, Step.NOT_NOW):
        return Step.NOT_NOW if over else Step.WAITING
    return step


def moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def card_in(said: dict[str, Any]) -> VeiledCard:
    return VeiledCard.from_json(said["card"])


def note(hidden: Hidden, seen: Seen, by: str = "", why: str = "") -> None:
    """Write into somebody's own access log."""
    glance = Glance(hidden=hidden)
    said = {"at": clock.now().isoformat(), "seen": str(seen), "by": by, "why": why}
    glance.sealed = sealing.seal(glance.id, said)
    glance.save(force_insert=True)
