"""The pages, by verb."""

from __future__ import annotations

from django.urls import include, path

from footbridge.web.account.passkeys import passkey_urls
from footbridge.web.account.urls import account_urls
from footbridge.web.agreements.urls import agreements_urls
from footbridge.web.assignments.urls import assignments_urls
from footbridge.web.calls.urls import calls_urls
from footbridge.web.circles.urls import circles_urls
from footbridge.web.find.calls.urls import find_calls_urls
from footbridge.web.find.urls import find_urls
from footbridge.web.home.urls import home_urls
from footbridge.web.host.urls import host_urls
from footbridge.web.introduce.urls import introduce_urls
from footbridge.web.meet.urls import meet_urls
from footbridge.web.partner.urls import partner_urls
from footbridge.web.pitches.urls import pitches_urls
from footbridge.web.radar.urls import radar_urls
from footbridge.web.skills.urls import skills_urls
from footbridge.web.time.urls import time_urls
from footbridge.web.transition.urls import transition_urls

own_urls = [
    *home_urls,
    *account_urls,
    *find_urls,
    *find_calls_urls,
    *pitches_urls,
    *introduce_urls,
    *meet_urls,
    *time_urls,
    *assignments_urls,
    *skills_urls,
    *transition_urls,
    *circles_urls,
    *calls_urls,
    *partner_urls,
    *agreements_urls,
    *host_urls,
    *radar_urls,
]

urlpatterns = [
    path("", include((own_urls, "web"))),
    path("account/", include(passkey_urls)),
    path("language/", include("django.conf.urls.i18n")),
]
