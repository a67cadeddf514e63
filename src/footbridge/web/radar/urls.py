"""What somebody under the radar sees and does, and how one gets there and back."""

from __future__ import annotations

from django.urls import path

from footbridge.web.radar import going, listed, looking, meeting, own

_OWN = "under-the-radar/"

radar_urls = [
    path(_OWN, looking.home, name="radar"),
    path(_OWN + "find/", looking.find, name="radar_find"),
    path(_OWN + "members/<uuid:member_id>/", looking.member, name="radar_member"),
    path(_OWN + "members/<uuid:member_id>/know/", looking.know, name="radar_know"),
    path(_OWN + "members/<uuid:member_id>/away/", own.stay_away_from, name="radar_away_from"),
    path(_OWN + "members/<uuid:member_id>/card/", meeting.card, name="radar_card"),
    path(_OWN + "glad/", meeting.glad, name="radar_glad"),
    path(_OWN + "glad/<uuid:yes_id>/", meeting.say_yes, name="radar_yes"),
    path(_OWN + "glad/me-too/", meeting.be_glad, name="radar_be_glad"),
    path(_OWN + "sent/<uuid:approach_id>/withdraw/", meeting.withdraw, name="radar_withdraw"),
    path(_OWN + "you/", own.edit, name="radar_you"),
    path(_OWN + "away/", own.away, name="radar_away"),
    path(_OWN + "away/drop/", own.drop, name="radar_away_drop"),
    path(_OWN + "proof/", own.proof, name="radar_proof"),
    path(_OWN + "log/", own.log, name="radar_log"),
    path(_OWN + "data/", own.data, name="radar_data"),
    path(_OWN + "data/download/", own.download, name="radar_download"),
    path(_OWN + "data/erase/", going.erase, name="radar_erase"),
    path(_OWN + "begin/", going.begin_unseen, name="begin_unseen"),
    path(_OWN + "come-out/", going.come_out, name="radar_come_out"),
    path("you/hide/", going.hide, name="hide"),
    path("you/standing-yes/", listed.standing_yes, name="standing_yes"),
    path("from-under-the-radar/<uuid:approach_id>/", listed.received, name="received"),
    path("vouch/<str:token>", listed.vouch, name="vouch"),
]
