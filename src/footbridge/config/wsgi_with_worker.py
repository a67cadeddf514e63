"""The WSGI application with the worker beside it in the same process: the default on one machine."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
application = get_wsgi_application()

from footbridge.config import worker  # noqa: E402

worker.start_beside()
