"""Finding: suggestions, search, a member's page, the ways there, what one privately wishes."""

from __future__ import annotations

from django.urls import path

from footbridge.web.find import portraits, views

find_urls = [
    path("find/", views.find, name="find"),
    path("find/people/", views.directory, name="directory"),
    path("members/<uuid:member_id>/", views.member, name="member"),
    path("members/<uuid:member_id>/ways/", views.ways, name="ways"),
    path("members/<uuid:member_id>/wish/", views.wish, name="wish"),
    path("members/<uuid:member_id>/compete/", views.compete, name="compete"),
    path("members/<uuid:member_id>/know/", views.know, name="know"),
    path("people/<slug:slug>/", portraits.public_page, name="public_page"),
    path("wishes/", views.wishes, name="wishes"),
    path("ties/", views.ties, name="ties"),
    path("ties/<uuid:tie_id>/retract/", views.retract, name="retract"),
    path("ties/<uuid:tie_id>/proposed/", views.proposed_tie, name="proposed_tie"),
    path("tie/<str:token>", views.tie_by_link, name="tie_by_link"),
    path("work/<uuid:affiliation_id>/confirm/", views.confirm_work, name="confirm_work"),
]
