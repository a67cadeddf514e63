"""The veil store opens for its named services, and for nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

import footbridge
from footbridge.veil import sealing
from footbridge.veil.guard import Service, VeilClosed, lifted
from footbridge.veil.models import Hidden
from tests.cast import Cast

SOURCE = Path(footbridge.__file__).parent
OPENERS = {
    "veil/actions/going.py",
    "veil/actions/meeting.py",
    "veil/actions/operating.py",
    "veil/actions/own.py",
    "veil/actions/proving.py",
    "veil/personal.py",
    "veil/queries.py",
}


@pytest.mark.django_db
def test_any_other_query_on_its_tables_is_refused() -> None:
    with pytest.raises(VeilClosed):
        Hidden.objects.count()
    with connection.cursor() as cursor, pytest.raises(VeilClosed):
        cursor.execute("SELECT count(*) FROM people_member m, veil_hidden h")
    with lifted(Service.OPERATOR):
        assert Hidden.objects.count() == 0


def test_these_files_open_it_and_no_others() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"\blifted\(", path.read_text()) and path.name != "guard.py"
    }
    assert found == OPENERS


def test_no_table_outside_points_into_it(cast: Cast) -> None:
    from django.apps import apps

    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not model._meta.db_table.startswith("veil_")
        for field in model._meta.get_fields()
        if field.is_relation
        and field.related_model
        and field.concrete
        and field.related_model._meta.db_table.startswith("veil_")
    ]
    assert pointing == []


def test_a_seal_opens_beside_its_own_row_only() -> None:
    from footbridge.core import ids

    one, other = ids.new_id(), ids.new_id()
    sealed = sealing.seal(one, {"name": "Lena"})
    assert sealing.unseal(one, sealed) == {"name": "Lena"}
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(other, sealed)
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(one, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_the_length_of_a_seal_does_not_tell_the_length_of_what_was_said() -> None:
    from footbridge.core import ids

    row = ids.new_id()
    lengths = {len(sealing.seal(row, {"about": "x" * size})) for size in (0, 10, 1000, 4000)}
    assert len(lengths) == 1
