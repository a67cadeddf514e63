"""Settings for the tests: a folder of their own, a key that is no secret, no mail server."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "FOOTBRIDGE_TEST_HOME" not in os.environ:
    os.environ["FOOTBRIDGE_TEST_HOME"] = tempfile.mkdtemp(prefix="footbridge-test-")
    atexit.register(shutil.rmtree, os.environ["FOOTBRIDGE_TEST_HOME"], ignore_errors=True)
os.environ["FOOTBRIDGE_HOME"] = os.environ["FOOTBRIDGE_TEST_HOME"]
os.environ["FOOTBRIDGE_SECRET_KEY"] = "tests-only-" + "x" * 60
for _name in ("PUBLIC_URL", "SMTP_URL", "LANGUAGE", "HOSTS", "DEBUG"):
    os.environ.pop(f"FOOTBRIDGE_{_name}", None)

from footbridge.config.settings import *  # noqa: E402, F403
from footbridge.config.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("FOOTBRIDGE_TEST_DB", "test_footbridge")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads that race for a seat or a yes need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": os.environ["FOOTBRIDGE_HOME"] + "/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON"
    )
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
# Tables are made from the models, in a twentieth of the time that the migrations take.
# That those lead to the same tables is a test of its own (tests/policy/test_migrations.py).
DATABASES["default"]["TEST"]["MIGRATE"] = False
