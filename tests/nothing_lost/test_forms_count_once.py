"""A form that is sent twice, or by twelve fingers at once, is carried out once."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from django.test import Client, RequestFactory

from footbridge.core import clock
from footbridge.core.errors import DomainError
from footbridge.exchange import actions as exchange
from footbridge.exchange.models import Need
from footbridge.journal import receipts
from footbridge.journal.models import Entry, Receipt
from footbridge.people.models import AccessToken, Person
from tests.cast import Cast
from tests.nothing_lost.browser import another_tab, at_once, form_with, forms_in, opened, signed_in

pytestmark = pytest.mark.django_db

NEED = "/needs-and-offers/need/"
TEMPLATES = Path(settings.PACKAGE) / "web" / "templates"


def test_every_form_that_sends_something_carries_the_token_and_with_it_its_key() -> None:
    sending = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>", re.IGNORECASE)
    bare, found = [], 0
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        for form in sending.finditer(text):
            found += 1
            inside = text[form.end() : text.index("</form>", form.end())]
            if "{% csrf_token %}" not in inside and "{{ token }}" not in inside:
                bare.append(path.name)
    assert found > 25
    assert bare == []


def test_the_token_of_every_template_brings_a_key() -> None:
    template = engines["django"].from_string("{% csrf_token %}{% csrf_token %}")
    request = RequestFactory().get("/")
    numbers = re.findall(r'name="once" value="(\d+)"', template.render({}, request))
    assert numbers == ["1", "2"]


def test_a_form_that_is_sent_twice_is_carried_out_once(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, NEED, "text", text="A van on Fridays")
    first = client.post(form.action, form.fields)
    again = client.post(form.action, form.fields)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Need.objects.count() == 1
    assert "done once" in client.get(again["Location"]).content.decode()


def test_the_same_words_from_a_fresh_page_are_a_new_request(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    for _look in range(2):
        form = opened(client, "/you/tokens/", "name", name="my spreadsheet")
        assert client.post(form.action, form.fields).status_code == 200
    assert AccessToken.objects.count() == 2


def test_a_page_that_answers_by_itself_is_answered_again_to_the_last_byte(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, "/you/tokens/", "name", name="my spreadsheet")
    first, again = (client.post(form.action, form.fields) for _ in range(2))
    assert AccessToken.objects.count() == 1
    assert first.content == again.content
    assert again["Content-Type"] == "text/html; charset=utf-8"


def test_the_same_form_with_other_words_is_told_so_and_offered_as_a_new_one(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, NEED, "text", text="A van on Fridays")
    client.post(form.action, form.fields)
    answer = client.post(form.action, form.fields | {"text": "A kitchen on Mondays"})
    assert answer.status_code == 409
    assert "A kitchen on Mondays" in answer.content.decode()
    assert Need.objects.count() == 1
    anew = next(one for one in forms_in(answer.content) if one.action == NEED)
    assert client.post(NEED, anew.fields).status_code == 302
    assert Need.objects.filter(text="A kitchen on Mondays").count() == 1


def test_a_form_that_was_refused_may_be_sent_again_as_it_is(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    need = exchange.open_need(actor=cast.seeker, owner=cast.seeker, text="A van on Fridays")
    form = opened(client, NEED, "text", text="A van on Fridays")
    assert client.post(form.action, form.fields).status_code == 400
    assert Receipt.objects.count() == 0
    exchange.close(actor=cast.seeker, posting=need)
    assert client.post(form.action, form.fields).status_code == 302


def test_two_forms_of_one_page_are_two_requests(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    page = client.get("/you/tokens/").content
    keys = [(form.fields["csrfmiddlewaretoken"], form.fields["once"]) for form in forms_in(page)]
    assert len(keys) > 3
    assert len(set(keys)) == len(keys)


def test_a_key_belongs_to_whoever_is_signed_in(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, NEED, "text", text="A van on Fridays")
    assert client.post(form.action, form.fields).status_code == 302
    other = signed_in(cast.connector)
    other.cookies["csrftoken"] = client.cookies["csrftoken"].value
    assert other.post(form.action, form.fields).status_code == 302
    assert set(Need.objects.values_list("owner", flat=True)) == {
        cast.seeker.id,
        cast.connector.id,
    }


def test_the_answer_that_signs_someone_in_is_never_given_again(cast: Cast) -> None:
    from footbridge.core import links

    client = Client(enforce_csrf_checks=True)
    path = f"/sign-in/by/{links.sign('sign-in', cast.seeker.id, cast.seeker.id)}/"
    form = opened(client, path, "csrfmiddlewaretoken")
    form = next(one for one in forms_in(client.get(path).content) if one.action in ("", path))
    tab = another_tab(client)
    assert client.post(path, form.fields).status_code == 302
    assert Receipt.objects.count() == 0
    tab.post(path, form.fields)
    assert Receipt.objects.count() == 0


def test_work_that_breaks_leaves_neither_rows_nor_a_receipt(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.host)
    path = f"/host/{cast.chapter.id}/people/add/"
    said = {"name": "Zoe New", "email": "zoe@example.org", "need": "A van", "offer": "Soup"}
    form = opened(client, path, "name", **said)
    before = Entry.objects.count()

    def broken(**_said: object) -> None:
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as patch:
        patch.setattr("footbridge.exchange.actions.open_offer", broken)
        assert client.post(form.action, form.fields).status_code == 500
    assert not Person.objects.filter(name="Zoe New").exists()
    assert (Need.objects.count(), Receipt.objects.count()) == (0, 0)
    assert Entry.objects.count() == before
    assert client.post(form.action, form.fields).status_code == 302
    assert Person.objects.filter(name="Zoe New").count() == 1


def test_a_refusal_halfway_leaves_nothing_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.host)
    path = f"/host/{cast.chapter.id}/people/add/"
    form = opened(client, path, "name", name="Zoe New", need="A van", offer="Soup")

    def refused(**_said: object) -> None:
        raise DomainError("Not like this.", field="offer")

    with monkeypatch.context() as patch:
        patch.setattr("footbridge.exchange.actions.open_offer", refused)
        answer = client.post(form.action, form.fields)
    assert answer.status_code == 400
    assert "Not like this." in answer.content.decode()
    assert not Person.objects.filter(name="Zoe New").exists()
    anew = form_with(answer.content, "offer")
    assert client.post(path, anew.fields).status_code == 302
    assert (Person.objects.filter(name="Zoe New").count(), Need.objects.count()) == (1, 1)


def test_what_is_kept_of_a_request_tells_nothing(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, "/you/tokens/", "name", name="my own spreadsheet")
    answer = client.post(form.action, form.fields)
    secret = answer.context["secret"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_receipt")
        [row] = cursor.fetchall()
    kept = repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
    token = form.fields["csrfmiddlewaretoken"]
    for word in (secret, "spreadsheet", token, str(cast.seeker.id), cast.seeker.account_id.hex):
        assert word not in kept


def test_receipts_are_gone_after_two_days(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    form = opened(client, NEED, "text", text="A van on Fridays")
    client.post(form.action, form.fields)
    with clock.held_at(clock.now() + receipts.KEPT - timedelta(minutes=1)):
        assert receipts.sweep() == 0
    with clock.held_at(clock.now() + receipts.KEPT + timedelta(minutes=1)):
        assert receipts.sweep() == 1
    assert Receipt.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_five_keys_by_twelve_threads_leave_twenty_five_rows(cast: Cast) -> None:
    client = signed_in(cast.seeker)
    forms = [opened(client, NEED, "text", text=f"A van on day {n}") for n in range(25)]
    sent = [form for form in forms for _thread in range(12)]
    answers = at_once(lambda form: another_tab(client).post(NEED, form.fields), sent, 12)
    assert [answer.status_code for answer in answers] == [302] * 300
    places = [{answer["Location"] for answer in answers[n : n + 12]} for n in range(0, 300, 12)]
    assert [len(place) for place in places] == [1] * 25
    assert Need.objects.count() == 25
    assert Receipt.objects.count() == 25
