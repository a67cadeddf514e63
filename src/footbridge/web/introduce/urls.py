"""Introductions: asking, answering, telling what came of it; signed in or by link."""

from __future__ import annotations

from django.urls import path

from footbridge.web.introduce import views

introduce_urls = [
    path("introduce/", views.introductions, name="introduce"),
    path("members/<uuid:member_id>/ask/", views.ask, name="ask"),
    path("introductions/<uuid:introduction_id>/", views.introduction, name="introduction"),
    path("i/<str:token>", views.by_link, name="introduction_by_link"),
]
