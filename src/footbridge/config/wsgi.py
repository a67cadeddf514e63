"""The WSGI application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
application = get_wsgi_application()

from footbridge.core.sqlite3.base import stay_open  # noqa: E402
from footbridge.web.routes import refuse_undeclared  # noqa: E402

refuse_undeclared()
stay_open()
