"""Circles: one's own, what one is asked, calls; signed in or by link."""

from __future__ import annotations

from django.urls import path

from footbridge.web.circles import asked, forming, sessions, views

circles_urls = [
    path("circles/", views.circles, name="circles"),
    path("circles/new/", forming.new, name="new_circle"),
    path("circles/<uuid:circle_id>/", views.circle, name="circle"),
    path("circles/<uuid:circle_id>/edit/", forming.edit, name="edit_circle"),
    path("circles/<uuid:circle_id>/ask/", forming.ask, name="ask_into_circle"),
    path("circles/<uuid:circle_id>/reach/", views.reach, name="circle_reach"),
    path("circles/<uuid:circle_id>/plan/", sessions.plan, name="plan_for_circle"),
    path("circles/calls/<uuid:call_id>/", asked.call, name="circle_call"),
    path("circle/<str:token>/", asked.asked_by_link, name="circle_by_link"),
    path("circle-call/<str:token>/", asked.call_by_link, name="circle_call_by_link"),
]
