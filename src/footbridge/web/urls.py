"""The pages, by verb."""

from __future__ import annotations

from django.urls import include, path

from footbridge.web.account.passkeys import passkey_urls
from footbridge.web.account.urls import account_urls
from footbridge.web.circles.urls import circles_urls
from footbridge.web.find.urls import find_urls
from footbridge.web.home.urls import home_urls
from footbridge.web.host.urls import host_urls
from footbridge.web.introduce.urls import introduce_urls
from footbridge.web.meet.urls import meet_urls
from footbridge.web.radar.urls import radar_urls
from footbridge.web.time.urls import time_urls

own_urls = [
    *home_urls,
    *account_urls,
    *find_urls,
    *introduce_urls,
    *meet_urls,
    *time_urls,
    *circles_urls,
    *host_urls,
    *radar_urls,
]

urlpatterns = [
    path("", include((own_urls, "web"))),
    path("account/", include(passkey_urls)),
    path("language/", include("django.conf.urls.i18n")),
]
