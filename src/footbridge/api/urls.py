"""The JSON API, version 1."""

from __future__ import annotations

from django.urls import path

from footbridge.api.v1 import api

urlpatterns = [path("", api.urls)]
