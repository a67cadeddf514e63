"""Every setting, from the environment; the defaults run Footbridge on one machine, alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from footbridge.config import logs

PACKAGE = Path(__file__).resolve().parent.parent


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"FOOTBRIDGE_{name}", default)


def _switch(name: str, default: bool = False) -> bool:
    return _env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _kept_secret(path: Path) -> str:
    """A secret that is made once and kept in a file that only its owner may read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def _database(url: str, home: Path) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "footbridge.core.sqlite3",
            "NAME": str(home / "footbridge.sqlite3"),
            # Opening it reads the whole schema: a fifth of what a page takes.
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "timeout": 20,
                # A read that turns into a write must take the write lock at once (ADR 4).
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
                # What is deleted is overwritten, so that the file does not keep it.
                "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON",
            },
        }
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # What was acknowledged is on the disk, and nobody waits for a lock for longer than on SQLite.
    lasting = "-c synchronous_commit=on -c lock_timeout=20s"
    options["options"] = f"{options.pop('options', '')} {lasting}".strip()
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


HOME = Path(_env("HOME") or Path.cwd() / "var").resolve()
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = _switch("DEBUG")
SECRET_KEY = _env("SECRET_KEY") or _kept_secret(HOME / "secret.key")
# What people under the radar said opens with this file alone; it is made when first needed.
VEIL_KEY_FILE = Path(_env("VEIL_KEY_FILE") or HOME / "veil.key")
PUBLIC_URL = _env("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = [*_env("HOSTS", PUBLIC_HOST).split(","), "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "lucide",
    "footbridge.journal",
    "footbridge.mail",
    "footbridge.people",
    "footbridge.network",
    "footbridge.exchange",
    "footbridge.circles",
    "footbridge.transitions",
    "footbridge.expertise",
    "footbridge.introductions",
    "footbridge.meetings",
    "footbridge.hours",
    "footbridge.calls",
    "footbridge.funding",
    "footbridge.assignments",
    "footbridge.pitches",
    "footbridge.partnerships",
    "footbridge.agreements",
    "footbridge.intake",
    "footbridge.veil",
    "footbridge.insight",
    "footbridge.web",
]

MIDDLEWARE = [
    # First, so that no answer of another layer is without its headers.
    "footbridge.web.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "footbridge.web.headers.NoForgery",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "footbridge.web.middleware.WhoIsLooking",
    # Last, so that all that a request does is one transaction with its receipt.
    "footbridge.web.once.Once",
    "footbridge.api.once.Once",
]

ROOT_URLCONF = "footbridge.config.urls"
WSGI_APPLICATION = "footbridge.config.wsgi.application"

_LOADERS: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "mail" / "templates", PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "builtins": [
                "django_cotton.templatetags.cotton",
                "footbridge.web.templatetags.once",
            ],
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "footbridge.web.context.everywhere",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "footbridge.web.widgets.Widgets"

DATABASES = {"default": _database(_env("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["footbridge.people.signed_in.SignedIn"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_ADAPTER = "footbridge.web.account.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_ADAPTER = "footbridge.web.account.adapter.Passkeys"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_URL.startswith("http://")

LANGUAGE_CODE = _env("LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "footbridge.config.formats"
LANGUAGE_COOKIE_NAME = "footbridge_language"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# One setting turns on SMTP: smtp://user:password@host:587 (smtps:// for port 465).
_mail = urlsplit(_env("SMTP_URL"))
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp" and bool(_mail.username)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _env("MAIL_FROM", f"Footbridge <footbridge@{PUBLIC_HOST}>")

SESSION_ENGINE = "footbridge.people.signed_in"
SESSION_COOKIE_NAME = "footbridge_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
_https = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _https else 0
SECURE_SSL_REDIRECT = _https and _switch("HTTPS_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _switch("BEHIND_PROXY") else None
# Behind a proxy everyone would come from its address, and share one budget of tries.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _switch("BEHIND_PROXY") else 0
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "footbridge.web.errors.csrf_failure"
# Everything comes from here, in files: no inline script or style, nothing of anyone else's.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

MIGRATION_MODULES: dict[str, str] = {}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# A page that corrects the columns of twenty sheets sends a control for each of them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# All the files of one request; each may have 200 MB (intake/reading/limits.py).
MOST_UPLOADED_AT_ONCE = 500 * 1000 * 1000
FILE_UPLOAD_HANDLERS = [
    "footbridge.web.uploads.Measured",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = logs.settings(_env("LOG_LEVEL", "WARNING"))
DEFAULT_EXCEPTION_REPORTER_FILTER = "footbridge.config.reports.NothingPersonal"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
