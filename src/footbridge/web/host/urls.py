"""What a host looks after: the list, links in, who waits, what got stuck, the outbox, imports."""

from __future__ import annotations

from django.urls import path

from footbridge.web.host import duplicates, exports, imports, outbox, people, views

host_urls = [
    path("host/", views.host, name="host"),
    path("host/<uuid:chapter_id>/", views.chapter, name="chapter"),
    path("host/<uuid:chapter_id>/edit/", views.edit_chapter, name="edit_chapter"),
    path("host/<uuid:chapter_id>/pairs/", views.pairs, name="pairs"),
    path("host/<uuid:chapter_id>/introduce/", views.introduce_pair, name="introduce_pair"),
    path("host/<uuid:chapter_id>/propose-tie/", views.propose_tie, name="propose_tie"),
    path("host/<uuid:chapter_id>/people/", people.members, name="members"),
    path("host/<uuid:chapter_id>/people/add/", people.add, name="add_person"),
    path("host/<uuid:chapter_id>/people/invite/", people.invite, name="invite_listed"),
    path("host/<uuid:chapter_id>/links/", people.invitations, name="invitations"),
    path("host/<uuid:chapter_id>/deputies/", people.deputies, name="deputies"),
    path("host/links/<uuid:invitation_id>/revoke/", people.revoke, name="revoke"),
    path("host/people/<uuid:member_id>/", people.look, name="listed"),
    path("host/people/<uuid:member_id>/admit/", people.admit, name="admit"),
    path("admit/<str:token>", people.admit_by_link, name="admit_by_link"),
    path("host/<uuid:chapter_id>/import/", imports.start, name="import"),
    path("host/imports/<uuid:batch_id>/", imports.batch, name="import_batch"),
    path("host/imports/<uuid:batch_id>/progress/", imports.progress, name="import_progress"),
    path("host/imports/<uuid:batch_id>/check/", imports.check, name="import_check"),
    path("host/imports/<uuid:batch_id>/bring-in/", imports.bring_in, name="import_bring_in"),
    path("host/imports/<uuid:batch_id>/discard/", imports.discard, name="import_discard"),
    path("host/imports/<uuid:batch_id>/refused.csv", imports.refused, name="import_refused"),
    path("host/<uuid:chapter_id>/duplicates/", duplicates.duplicates, name="duplicates"),
    path("host/<uuid:chapter_id>/merges/", duplicates.merges, name="merges"),
    path("host/duplicates/<uuid:duplicate_id>/", duplicates.decide, name="decide_duplicate"),
    path("host/merges/<uuid:merge_id>/undo/", duplicates.undo, name="undo_merge"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<uuid:message_id>/passed-on/", outbox.passed_on, name="passed_on"),
    path("host/<uuid:chapter_id>/export.csv", exports.as_csv, name="export_list"),
    path("host/<uuid:chapter_id>/export.xlsx", exports.as_xlsx, name="export_workbook"),
]
