"""The agreement of a partnership: its clauses, what each puts in, its versions."""

from __future__ import annotations

from django.urls import path

from footbridge.web.agreements import shares, versions, views

_ONE = "partner/<uuid:partnership_id>/agreement/"
_VERSION = f"{_ONE}versions/<slug:version_number>/"

agreements_urls = [
    path(_ONE, views.agreement, name="agreement"),
    path(f"{_ONE}pilot/", views.pilot, name="agreement_pilot"),
    path(f"{_ONE}clause/<slug:clause_key>/", views.clause, name="agreement_clause"),
    path(f"{_ONE}contributions/", shares.contributions, name="agreement_contributions"),
    path(f"{_ONE}contributions/new/", shares.new, name="new_agreement_contribution"),
    path(f"{_ONE}contributions/<uuid:contribution_id>/", shares.one, name="agreement_contribution"),
    path(f"{_ONE}agreement.pdf", versions.draft_pdf, name="agreement_pdf"),
    path(f"{_ONE}agreement.txt", versions.draft_text, name="agreement_text"),
    path(_VERSION, versions.version, name="agreement_version"),
    path(f"{_VERSION}agreement.pdf", versions.version_pdf, name="agreement_version_pdf"),
    path(f"{_VERSION}agreement.txt", versions.version_text, name="agreement_version_text"),
    path("approve/<str:token>/", versions.by_link, name="approval_by_link"),
]
