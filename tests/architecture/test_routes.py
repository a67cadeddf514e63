"""Each route says who may open it, and a stranger meets the same page as for what is not there."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from footbridge.core.access import Audience, declared
from footbridge.web.routes import audience_of_library, refuse_undeclared, routes


def test_every_route_declares_its_audience() -> None:
    found = list(routes())
    assert len(found) > 30
    silent = [route for route, view in found if not (declared(view) or audience_of_library(view))]
    assert silent == []
    refuse_undeclared()


def undeclared(request):  # type: ignore[no-untyped-def]
    return HttpResponse("secret")


urlpatterns = [path("bare/", undeclared)]


@override_settings(ROOT_URLCONF="tests.architecture.test_routes")
def test_a_route_that_declares_nothing_stops_the_start() -> None:
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="bare/"):
        refuse_undeclared()


@pytest.mark.django_db
def test_pages_for_members_send_a_stranger_to_sign_in(client: Client) -> None:
    closed = (Audience.MEMBERS, Audience.HOSTS, Audience.OPERATORS)
    plain = [route for route, view in routes() if declared(view) in closed and "<" not in route]
    assert len(plain) > 5
    for route in plain:
        response = client.get(route)
        assert response.status_code == 302, route
        assert response.headers["Location"].startswith("/sign-in/"), route
