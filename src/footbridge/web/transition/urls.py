"""What one passes through: said, worked on, talked over with somebody who lived the same."""

from __future__ import annotations

from django.urls import path

from footbridge.web.transition import asked, guides, own

transition_urls = [
    path("you/transition/", own.overview, name="transitions"),
    path("you/transition/new/", own.new, name="new_transition"),
    path("you/transition/<uuid:transition_id>/", own.work, name="transition"),
    path("you/transition/<uuid:transition_id>/edit/", own.edit, name="edit_transition"),
    path("you/transition/<uuid:transition_id>/forget/", own.forget, name="forget_transition"),
    path("you/transition/asked/<uuid:ask_id>/", asked.asked, name="guide_ask"),
    path("find/guides/", guides.guides, name="guides"),
    path("find/guides/<uuid:lived_id>/ask/", guides.ask, name="ask_guide"),
    path("guide/<str:token>/", asked.by_link, name="guide_ask_by_link"),
]
