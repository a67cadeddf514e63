"""The WSGI application with the worker beside it in one process: the default on one machine."""

from __future__ import annotations

from footbridge.config import worker
from footbridge.config.wsgi import application

__all__ = ["application"]

worker.start_beside()
