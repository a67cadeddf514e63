"""What every answer says to browsers and to whatever lies between: keep nothing, tell nobody.

Outermost, so that it holds for each answer, whoever made it: a page, the API, a download, a refusal
of another layer. Files of the site itself (style, script, pictures) are the same for everyone and
may be kept.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers

_log = logging.getLogger("footbridge.requests")

KEEP_NOTHING = "no-store, no-cache, must-revalidate, private, max-age=0"
# With any of these a browser or a proxy could tell later whether something has changed.
MARKS = ("ETag", "Last-Modified", "Expires", "Age", "Pragma")

# Nothing of the device is asked for, but what passkeys and the button for copying need.
ALLOWED_OF_THE_DEVICE = {
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    "clipboard-write": "(self)",
}
REFUSED_OF_THE_DEVICE = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(
    [f"{name}=()" for name in REFUSED_OF_THE_DEVICE]
    + [f"{name}={who}" for name, who in ALLOWED_OF_THE_DEVICE.items()]
)

Respond = Callable[[HttpRequest], HttpResponseBase]


class Headers:
    """Puts the headers on, and writes one line of the log for each request."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.respond(request)
        if not request.path.startswith(settings.STATIC_URL):
            _keep_nothing(response)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        taken = (time.perf_counter() - begun) * 1000
        _log.info(
            "%s %s %d %.0f ms", request.method, route_of(request), response.status_code, taken
        )
        return response


def _keep_nothing(response: HttpResponseBase) -> None:
    response["Cache-Control"] = KEEP_NOTHING
    for mark in MARKS:
        if mark in response:
            del response[mark]
    patch_vary_headers(response, ("Cookie", "Authorization"))


def route_of(request: HttpRequest) -> str:
    """Where a request went, without what it named: an address may hold an id or a signed link."""
    if request.resolver_match is not None:
        return "/" + request.resolver_match.route
    return "(a file)" if request.path.startswith(settings.STATIC_URL) else "(no route)"


class NoForgery(CsrfViewMiddleware):
    """Django's protection against forged forms, for pages that send no referrer.

    Where a page forbids the referrer, browsers send `Origin: null` with its forms. Then the browser
    is believed that says where the form came from (`Sec-Fetch-Site`, which no page can set).
    Without HTTPS it does not say so, and there the token alone has to do, as it does for want of
    an origin.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] != "null":
            return bool(super()._origin_verified(request))  # type: ignore[misc]
        came_from = request.META.get("HTTP_SEC_FETCH_SITE")
        return came_from == "same-origin" or (came_from is None and not request.is_secure())
