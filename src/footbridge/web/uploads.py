"""How much a request may carry in files, told before a byte of it is kept."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class TooMuch(SuspiciousOperation):
    """More in files than one request may carry."""


class Measured(FileUploadHandler):
    """Refuses an upload by its announced length: little from who is not signed in, and from
    members as much as the largest lists take. What is within bounds passes on unchanged."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > self._most():
            raise TooMuch("More in files than one request may carry.")

    def _most(self) -> int:
        person: Any = getattr(self.request, "person", None)
        if person is None:
            return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
        return int(settings.MOST_UPLOADED_AT_ONCE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
