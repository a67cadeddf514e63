"""Where each door hangs."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("footbridge.web.urls")),
    path("api/v1/", include("footbridge.api.urls")),
]

handler404 = "footbridge.web.errors.not_found"
handler403 = "footbridge.web.errors.not_allowed"
handler400 = "footbridge.web.errors.bad_request"
handler500 = "footbridge.web.errors.server_error"
