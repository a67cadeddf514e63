"""Model fields that every room shares."""

from __future__ import annotations

import uuid

from django.db import models

from footbridge.core import ids


def random_id() -> models.UUIDField[uuid.UUID, uuid.UUID]:
    """A primary key that tells nothing: drawn at random, never counted."""
    return models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
