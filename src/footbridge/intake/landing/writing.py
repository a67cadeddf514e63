"""What a block of rows adds and changes, gathered first and then written in few queries."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from footbridge.core import clock
from footbridge.core.inserting import insert, insert_objects
from footbridge.intake.interpret import REGISTER, Identity
from footbridge.intake.landing.directory import Outline, RoleOutline
from footbridge.people.models import Affiliation, Identifier, Member, Reach

ROWS_AT_ONCE = 500

# All that an import may change in a member who is known.
CHANGING = [
    "name", "folded", "headline", "about", "sector", "stage", "place", "languages", "website",
    "email", "size", "group", "legal_form", "former_names", "changed_at",
]  # fmt: skip


@dataclass
class Writing:
    """Rows to be written, each once."""

    new: dict[uuid.UUID, Member] = field(default_factory=dict)
    changed: dict[uuid.UUID, Member] = field(default_factory=dict)
    identities: dict[Identity, uuid.UUID] = field(default_factory=dict)
    roles: dict[uuid.UUID, Affiliation] = field(default_factory=dict)
    changed_roles: dict[uuid.UUID, Affiliation | RoleOutline] = field(default_factory=dict)
    reach: set[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=set)

    def change(self, row: Member | Outline) -> None:
        """Have a member that is known written again; an outline is never written."""
        if isinstance(row, Member) and row.id not in self.new:
            row.changed_at = clock.now()
            self.changed[row.id] = row

    def write(self) -> None:
        """Write everything; a number that a list gives moves to whom the newest list means."""
        _upsert(Member, list(self.new.values()), [])
        _upsert(Member, list(self.changed.values()), CHANGING)
        self._write_identities()
        _upsert(Affiliation, list(self.roles.values()), [])
        dated = [role for role in self.changed_roles.values() if isinstance(role, Affiliation)]
        _upsert(Affiliation, dated, ["since", "until"])
        self._write_reach()

    def _write_identities(self) -> None:
        values = {value for _scheme, value in self.identities}
        known = {
            (row.scheme, row.value): row
            for row in Identifier.objects.filter(value__in=values)
            if (row.scheme, row.value) in self.identities
        }
        moved = [
            row
            for identity, row in known.items()
            if row.member_id != self.identities[identity] and identity[0] != REGISTER
        ]
        for row in moved:
            row.member_id = self.identities[row.scheme, row.value]
        fresh = (
            (*identity, member)
            for identity, member in self.identities.items()
            if identity not in known
        )
        insert(Identifier, ["scheme", "value", "member_id"], fresh)
        _upsert(Identifier, moved, ["member"])

    def _write_reach(self) -> None:
        organisations = {organisation for organisation, _place in self.reach}
        known = set(
            Reach.objects.filter(organisation__in=organisations).values_list(
                "organisation_id", "place_id"
            )
        )
        fresh = [
            Reach(organisation_id=organisation, place_id=place)
            for organisation, place in sorted(self.reach - known)
        ]
        _upsert(Reach, fresh, [])


def _upsert(model: type[Model], rows: Sequence[Model], changing: list[str]) -> None:
    """Insert rows, or change these columns of rows that are there: one statement for many."""
    if not rows:
        return
    manager = model._base_manager
    if changing:
        manager.bulk_create(
            rows,
            batch_size=ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=changing,
        )
    else:
        insert_objects(rows)
