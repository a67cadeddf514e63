"""What lies behind the pages: rows, files, messages; as texts that can be compared."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db.models import Model

from footbridge.mail import sealed as sealed_mail
from footbridge.mail.models import SealedMessage
from footbridge.people.models import Account
from footbridge.veil.guard import Service, lifted
from tests.twin.network import CONFIDANTS, Stage

HIDDEN_ADDRESS = "@hidden.invalid"


def tables(stage: Stage) -> dict[str, list[str]]:
    """Every row of every table outside the veil store, by table. Left out is what belongs to the
    hidden person alone: their log-in identity with its sessions, and sealed messages to them and
    to whom they met."""
    hidden = {str(one) for one in _hidden_accounts()}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model._meta.db_table.startswith("veil_"):
            continue
        rows = [_row(one) for one in model._base_manager.order_by("pk") if _is_common(one, hidden)]
        found[model._meta.db_table] = [row for row in rows if row is not None]
    return found


def _hidden_accounts() -> Iterator[Any]:
    return iter(Account.objects.filter(email__endswith=HIDDEN_ADDRESS).values_list("id", flat=True))


def _is_common(row: Model, hidden: set[str]) -> bool:
    if isinstance(row, SealedMessage):
        return False
    if isinstance(row, Account):
        return str(row.id) not in hidden
    if row._meta.label == "sessions.Session":
        return row.get_decoded().get("_auth_user_id") not in hidden  # type: ignore[attr-defined]
    return str(getattr(row, "user_id", "")) not in hidden


def _row(row: Model) -> str:
    if row._meta.label == "sessions.Session":
        held = row.get_decoded()  # type: ignore[attr-defined]
        return json.dumps([row.pk, held, str(row.expire_date)], default=str)  # type: ignore[attr-defined]
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return repr({name: _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, memoryview | bytes) else value


def sealed_letters(stage: Stage) -> list[str]:
    """Sealed messages on their way to anybody but the hidden person and whom they met."""
    found = []
    for row in SealedMessage.objects.order_by("id"):
        said = sealed_mail._seal.open(row.id, row.sealed)
        if said["to"] not in private_addresses(stage):
            found.append(f"{row.id} {row.due_at} {row.attempts} {said}")
    return found


def private_addresses(stage: Stage) -> set[str]:
    """Of the hidden person, in every variant, and of those who met them."""
    met = {str(stage.people[name].email) for name in CONFIDANTS}
    from tests.twin.dictionary import of
    from tests.twin.network import PROFILES

    own = {address.strip().lower() for one in PROFILES for address in of(one, ()).addresses}
    return met | own | {"z.quillon@kelpwick.test"}


def letters_sent(stage: Stage) -> list[str]:
    """Mail that left, to anybody but these."""
    private = private_addresses(stage)
    return [
        f"{one.to} {one.subject}\n{one.body}\n{one.extra_headers}"
        for one in getattr(mail, "outbox", [])
        if not {address.lower() for address in one.to} & private
    ]


def files() -> dict[str, bytes]:
    """Every file that the product keeps, by its name within the home."""
    home = Path(settings.HOME)
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def canaries_in(stage: Stage, said: list[str]) -> list[str]:
    """Which words of the hidden person stand anywhere in these texts."""
    whole = "\n".join(said).lower()
    return [one for one in stage.profile.canaries if one.lower() in whole]


# Before anybody looks.


def at_rest(family: Any, story: Any) -> dict[str, Any]:
    """Tables, files, mail that left, and how often the archive that an operator takes along says
    each word of the hidden person."""
    with family.worlds.opened(family.world_of(story)):
        held: dict[str, Any] = {
            f"rows of {name}": rows for name, rows in tables(family.stage).items()
        }
        held["letters that wait"] = sealed_letters(family.stage)
        held["files"] = files()
        whole = b"".join(archive(family).values()).decode("utf-8", "replace").lower()
        words = family.stage.profile.canaries
        held["archive"] = {word: whole.count(word.lower()) for word in words}
    held["mail that left"] = family.left.get(story.name, [])
    held["log"] = family.logged.get(story.name, [])
    return held


def archive(family: Any) -> dict[str, bytes]:
    """What `footbridge export` writes."""
    from footbridge.core import clock
    from footbridge.export import write
    from tests.twin.still import START

    path = family.worlds.folder / "archive"
    with clock.held_at(START), lifted(Service.OPERATOR):
        write(path, kind="json")
    held = {one.name: one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}
    shutil.rmtree(path)
    return held


def canaries_of(family: Any, story: Any) -> list[str]:
    """Words of the hidden person where nobody may find them: behind the veil as anything but
    ciphertext; and, for who was listed, anywhere at all."""
    with family.worlds.opened(family.world_of(story)):
        said = [*_veil_rows(), *family.logged.get(story.name, [])]
        if story.was_listed:
            said += [row for rows in tables(family.stage).values() for row in rows]
            said += [body.decode("utf-8", "replace") for body in files().values()]
            said += [body.decode("utf-8", "replace") for body in archive(family).values()]
    return canaries_in(family.stage, said)


def _veil_rows() -> list[str]:
    with lifted(Service.OPERATOR):
        return [
            f"{bytes(value) if isinstance(value, memoryview | bytes) else value}"
            for model in apps.get_app_config("veil").get_models()
            if model._meta.db_table.startswith("veil_")
            for row in model._base_manager.order_by("pk").values_list()
            for value in row
        ]
