"""Finding: suggestions, search, a member's page, the ways there, what one privately wishes."""

from __future__ import annotations

from django.urls import path

from footbridge.web.find import funding, operating, portraits, views

find_urls = [
    path("find/", views.find, name="find"),
    path("find/people/", views.directory, name="directory"),
    path("find/funding/", funding.funding, name="funding"),
    path("find/funding/<uuid:line_id>/", funding.line, name="funding_line"),
    path("find/funders/", funding.funders, name="funders"),
    path("organisations/<uuid:organisation_id>/funding/", funding.funder, name="funder"),
    path("members/<uuid:member_id>/funded-alike/", funding.alike, name="funded_alike"),
    path("members/<uuid:member_id>/", views.member, name="member"),
    path("organisations/<uuid:organisation_id>/works-in/", operating.works_in, name="works_in"),
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
