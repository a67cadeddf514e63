"""Partner: one's partnerships, beginning one, its sides, people, depth and work; answering."""

from __future__ import annotations

from django.urls import path

from footbridge.web.partner import answering, beginning, depth, sides, views, work

_ONE = "partner/<uuid:partnership_id>/"

partner_urls = [
    path("partner/", views.partnerships, name="partner"),
    path("partner/starters/", beginning.starters, name="partnership_starters"),
    path("partner/new/", beginning.new, name="new_partnership"),
    path("partner/asked/<uuid:party_id>/", answering.asked, name="party_asked"),
    path(_ONE, views.partnership, name="partnership"),
    path(f"{_ONE}edit/", beginning.edit, name="edit_partnership"),
    path(f"{_ONE}parties/", sides.parties, name="partnership_parties"),
    path(f"{_ONE}parties/<uuid:party_id>/", sides.party, name="partnership_party"),
    path(f"{_ONE}people/", sides.people, name="partnership_people"),
    path(f"{_ONE}depth/", depth.depth, name="partnership_depth"),
    path(f"{_ONE}workspace/", work.workspace, name="partnership_work"),
    path(f"{_ONE}workspace/log/<uuid:entry_id>/", work.entry, name="partnership_entry"),
    path(f"{_ONE}workspace/promises/<uuid:promise_id>/", work.promise, name="partnership_promise"),
    path("party/<str:token>/", answering.by_link, name="party_by_link"),
    path("host/partnerships/", views.for_hosts, name="host_partnerships"),
]
