"""Every message that the network sends, kept in an outbox with its links."""

from __future__ import annotations

from django.db import models

from footbridge.core import clock
from footbridge.core.fields import random_id
from footbridge.mail.states import MessageState


class Message(models.Model):
    """One message to one person, with the links that it asks them to open."""

    id = random_id()
    kind = models.CharField(max_length=60)
    to_address = models.EmailField(max_length=254, blank=True)
    to_name = models.CharField(max_length=200, blank=True)
    to_person = models.UUIDField(null=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    links = models.JSONField(default=list)
    private = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    once = models.CharField(max_length=200, null=True, unique=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["to_person", "created_at"], name="message_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_name or self.to_address}"


class SealedMessage(models.Model):
    """A message that nobody but its reader may know of, address included: it waits sealed, and is
    gone once the mail server took it or its time is over. `reader` is a digest."""

    id = random_id()
    reader = models.CharField(max_length=64, db_index=True)
    sealed = models.BinaryField()
    due_at = models.DateTimeField(default=clock.now, db_index=True)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return "a sealed message"
