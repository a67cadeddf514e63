"""Where an import stands, and what became of each row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """From a file that was read to members in the network."""

    READ = "read", _("Read; columns to be confirmed")
    CHECKING = "checking", _("Trying each row")
    CHECKED = "checked", _("Tried; ready to import")
    WAITING = "waiting", _("Waiting to be imported")
    RUNNING = "running", _("Importing")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Could not be imported")


AT_WORK = (BatchState.CHECKING, BatchState.WAITING, BatchState.RUNNING)
BEFORE_IMPORT = (BatchState.READ, BatchState.CHECKED, BatchState.FAILED)


class Verdict(models.TextChoices):
    """What became of one row. Nothing is lost: each row has a verdict."""

    ACCEPTED = "accepted", _("Accepted")
    REPAIRED = "repaired", _("Repaired")
    REFUSED = "refused", _("Refused")


class DuplicateState(models.TextChoices):
    """Two members who may be one are offered to a host; nothing is merged silently."""

    OPEN = "open", _("To be decided")
    DIFFERENT = "different", _("Not the same")
