"""Lists of calls and of grants on their way in: what is read, mended, refused; nobody is listed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError
from footbridge.funding.models import Grant, Line
from footbridge.intake import actions, queries
from footbridge.intake.models import Batch
from footbridge.people.models import Chapter, Member
from tests.cast import Cast
from tests.rooms.intake.lists import everything, said_of, verdicts

pytestmark = pytest.mark.django_db

KNOWN_FROM = actions.KnownFrom(
    "A list of the ministry", "https://ministry.example", date(2026, 2, 1)
)


def _read(chapter: Chapter, text: str | bytes, name: str = "list.csv", **more: Any) -> Batch:
    content = text.encode() if isinstance(text, str) else text
    files = [actions.Given(content, name)]
    told = {"known_from": KNOWN_FROM, **more}
    return actions.read_files(actor=OPERATOR, chapter=chapter, files=files, **told)


def _bring(chapter: Chapter, text: str | bytes, name: str = "list.csv") -> Batch:
    done = actions.start(actor=OPERATOR, batch=_read(chapter, text, name), wait=True)
    assert done.state == "done", done.error
    return done


CALLS = (
    "Convocatoria;Entidad;País;Tipo;Etapa;ODS;Monto máximo;Moneda;Fecha límite;Requisitos;Enlace\n"
    "Agua rural;Fundación Río Claro;Colombia, Perú;Subvención;idea;6;20.000;USD;31/12/2026 17:00;"
    "Menos de cinco años;www.rio-claro.example\n"
    "Semilla;Banco Llano;Latinoamérica;Capital semilla;;;50.000;EUR;permanente;;\n"
)


def test_calls_in_spanish_are_read_as_they_stand(cast: Cast) -> None:
    people_before = Member.objects.count()
    batch = _bring(cast.chapter, CALLS)
    assert said_of(batch) == {
        2: ("repaired", ["“20.000” was read as 20000."]),
        3: ("repaired", ["“50.000” was read as 50000."]),
    }
    assert (batch.counts["new_lines"], Member.objects.count()) == (2, people_before)
    water, seed = Line.objects.order_by("title")
    assert (water.title, water.funder_name, water.money, water.places, water.stages) == (
        "Agua rural",
        "Fundación Río Claro",
        "grant",
        ["CO", "PE"],
        ["idea"],
    )
    assert (water.amount_to, water.currency) == (Decimal(20_000), "USD")
    assert water.deadline == datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert [cause.number for cause in water.causes.all()] == [6]
    assert (water.conditions, water.url) == (
        "Menos de cinco años",
        "https://www.rio-claro.example",
    )
    assert (water.source, water.source_url, water.checked_on) == (
        "A list of the ministry",
        "https://ministry.example",
        date(2026, 2, 1),
    )
    assert (seed.money, seed.places, seed.is_rolling, seed.deadline) == (
        "equity",
        ["419"],
        True,
        None,
    )


def test_a_deadline_without_an_hour_ends_with_its_day_by_the_clocks_of_the_chapter(
    cast: Cast,
) -> None:
    cast.chapter.timezone = "America/Bogota"
    cast.chapter.save()
    _bring(cast.chapter, "Title,Funder,Deadline\nWater,River Fund,2026-12-31\n")
    (line,) = Line.objects.all()
    assert line.deadline == datetime(2027, 1, 1, 4, 59, tzinfo=UTC)


def test_what_cannot_be_read_of_a_call_is_refused_or_mended_and_said(cast: Cast) -> None:
    rows = [
        "Title,Funder,Type,Country,Amount,Currency,Deadline,Checked on",
        ",River Fund,grant,CO,,,,",
        "No funder,,grant,CO,,,,",
        "Not a number,River Fund,grant,CO,NaN,EUR,,",
        "Negative,River Fund,grant,CO,-5,EUR,,",
        "Huge,River Fund,grant,CO,1e17,EUR,,",
        "Odd money,River Fund,grant,CO,500,QQQ,,",
        "No currency,River Fund,grant,CO,500,,,",
        "Wrong day,River Fund,grant,CO,,,31 February 2026,",
        "A month,River Fund,grant,CO,,,2026-12,",
        "The wrong way,River Fund,grant,CO,9000 to 500,EUR,,",
        "Mended,River Fund,wishes,Narnia,,,,2031-01-01",
        "Fine,River Fund,Préstamo,Kenya,500 - 9000,EUR,,",
    ]
    batch = _bring(cast.chapter, "\n".join(rows))
    assert verdicts(batch) == (1, 1, 10), said_of(batch)
    assert said_of(batch) == {
        2: ("refused", ["There is no title in this row."]),
        3: ("refused", ["It is not said who gives it."]),
        4: ("refused", ["“NaN” is not a number."]),
        5: ("refused", ["An amount is more than nothing."]),
        6: ("refused", ["No amount is that large."]),
        7: ("refused", ["“QQQ” is not a currency."]),
        8: ("refused", ["There is no currency."]),
        9: ("refused", ["“31 February 2026” is not a date."]),
        10: ("refused", ["“2026-12” is not a day."]),
        11: ("refused", ["The larger amount stands first."]),
        12: (
            "repaired",
            [
                "“Narnia” is no country or area that is known; it was kept in words.",
                "“wishes” is no kind of money that is known.",
                "The day 2031-01-01 has not been yet, or long ago.",
            ],
        ),
    }
    refused = "".join(queries.refused_csv(OPERATOR, batch))
    assert "An amount is more than nothing." in refused
    assert [one.where_spent for one in Line.objects.order_by("title")] == ["", "Narnia"]


def test_a_second_time_changes_nothing(cast: Cast) -> None:
    _bring(cast.chapter, CALLS)
    before = everything()
    again = _bring(cast.chapter, CALLS)
    assert everything() == before
    assert again.counts["known_lines"] == 2


def test_a_trial_counts_what_would_come_and_keeps_nothing(cast: Cast) -> None:
    batch = actions.check(actor=OPERATOR, batch=_read(cast.chapter, CALLS + CALLS), wait=True)
    assert (batch.state, batch.counts["new_lines"]) == ("checked", 2)
    assert not Line.objects.exists()


_TITLES = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Funding Org:Identifier,Funding Org:Name"
)
_WELLS, _RIVER = "GB-CHC-1001,Wells Trust", "GB-CHC-1002,River Fund"
# Currency, amount, day, recipient and funder of each; the first alone can stand.
_ROWS = (
    ("GBP", "12000.50", "2024-05-06", _WELLS, _RIVER),
    ("GBP", "NaN", "2024-05-06", _WELLS, _RIVER),
    ("GBP", "-1", "2024-05-06", _WELLS, _RIVER),
    ("GBP", "1e30", "2024-05-06", _WELLS, _RIVER),
    ("QQQ", "10", "2024-05-06", _WELLS, _RIVER),
    ("GBP", "10", "31/31/2024", _WELLS, _RIVER),
    ("GBP", "10", "2050-01-01", _WELLS, _RIVER),
    ("GBP", "10", "2024-05-06", ",", _RIVER),
    ("GBP", "10", "2024-05-06", _WELLS, ","),
    ("GBP", "", "2024-05-06", _WELLS, _RIVER),
    ("GBP", "10", "", _WELLS, _RIVER),
)
GRANTS = "\n".join(
    [
        _TITLES,
        *(
            f"360G-x-{number},Wells,Wells in villages,{','.join(row)}"
            for number, row in enumerate(_ROWS, 1)
        ),
    ]
)


def test_grants_in_the_360giving_standard_are_kept_with_their_row(cast: Cast) -> None:
    before = Member.objects.count()
    batch = _bring(cast.chapter, GRANTS, "river.csv")
    assert verdicts(batch) == (1, 0, 10)
    (grant,) = Grant.objects.all()
    assert (grant.funder_name, grant.recipient_name, grant.amount, grant.currency) == (
        "River Fund",
        "Wells Trust",
        Decimal("12000.50"),
        "GBP",
    )
    assert (grant.identifier, grant.awarded_on, grant.source, grant.source_row) == (
        "360G-x-1",
        date(2024, 5, 6),
        "A list of the ministry",
        2,
    )
    assert (grant.recipient_number, Member.objects.count()) == ("GB-CHC-1001", before)
    assert [notes for _verdict, notes in said_of(batch).values()] == [
        ["“NaN” is not a number."],
        ["An amount is more than nothing."],
        ["No amount is that large."],
        ["“QQQ” is not a currency."],
        ["“31/31/2024” is not a date."],
        ["The day 2050-01-01 has not been yet, or long ago."],
        ["There is no recipient in this row."],
        ["There is no funder in this row."],
        ["There is no amount in this row."],
        ["There is no day of the award in this row."],
    ]


def _standard(**more: Any) -> dict[str, Any]:
    return {
        "id": "360G-y-1",
        "title": "Wells",
        "description": "In villages\u0000",
        "currency": "GBP",
        "amountAwarded": 700,
        "awardDate": "2024-05-06T00:00:00+00:00",
        "recipientOrganization": [
            {"id": "GB-CHC-1009", "name": "Wells Trust", "charityNumber": "1234567"}
        ],
        "fundingOrganization": [{"id": "GB-CHC-1002", "name": "River Fund"}],
        "grantProgramme": [{"title": "Rural"}],
        **more,
    }


def test_the_standards_json_is_read_whatever_stands_beside_the_grants(cast: Cast) -> None:
    document = {
        "version": "1.1",
        "extensions": [{"name": "none"}],
        "grants": [_standard(), _standard(id="360G-y-2", amountAwarded="NaN")],
    }
    batch = _bring(cast.chapter, json.dumps(document), "river.json")
    assert said_of(batch) == {
        1: ("repaired", ["Zero bytes (NUL) were taken out."]),
        2: ("refused", ["Zero bytes (NUL) were taken out.", "“NaN” is not a number."]),
    }
    (grant,) = Grant.objects.all()
    assert (grant.identifier, grant.recipient_name, grant.recipient_number, grant.programme) == (
        "360G-y-1",
        "Wells Trust",
        "GB-CHC-1009",
        "Rural",
    )
    assert (grant.about, grant.awarded_on) == ("In villages", date(2024, 5, 6))


def test_of_several_recipients_the_first_is_taken_and_that_is_said(cast: Cast) -> None:
    both = [{"id": "GB-CHC-1009", "name": "Wells; and Tanks"}, {"id": "GB-CHC-1010", "name": "B"}]
    two = [{"id": "GB-CHC-1009", "name": "Wells Trust"}, {"id": "GB-CHC-1010", "name": "Tanks"}]
    document = {"grants": [_standard(description="Wells", recipientOrganization=two)]}
    batch = _bring(cast.chapter, json.dumps(document), "river.json")
    assert said_of(batch)[1] == ("repaired", ["Several are named; “Wells Trust” was taken."])
    (grant,) = Grant.objects.all()
    assert (grant.recipient_name, grant.recipient_number) == ("Wells Trust", "GB-CHC-1009")
    one = {"grants": [_standard(id="360G-y-3", description="", recipientOrganization=both[:1])]}
    _bring(cast.chapter, json.dumps(one), "river.json")
    assert Grant.objects.get(identifier="360G-y-3").recipient_name == "Wells; and Tanks"


def test_grants_brought_again_in_another_form_are_the_same(cast: Cast) -> None:
    _bring(cast.chapter, json.dumps({"grants": [_standard()]}), "river.json")
    before = Grant.objects.values().get()
    flat = (
        "id,title,description,currency,amountAwarded,awardDate,recipientOrganization:id,"
        "recipientOrganization:name,fundingOrganization:id,fundingOrganization:name,"
        "grantProgramme:title\n"
        "360G-y-1,Wells,In villages,GBP,700.00,2024-05-06,GB-CHC-1009,Wells Trust,GB-CHC-1002,"
        "River Fund,Rural\n"
    )
    again = _bring(cast.chapter, flat)
    assert again.counts.get("known_grants") == 1, said_of(again)
    assert Grant.objects.values().get() == before


def test_a_host_can_say_what_a_column_of_a_list_of_funding_means(cast: Cast) -> None:
    text = "Title,Funder,Wo\nWater,River Fund,Colombia\n"
    batch = _read(cast.chapter, text)
    actions.set_mapping(actor=OPERATOR, batch=batch, columns={2: "open_to"})
    actions.start(actor=OPERATOR, batch=batch, wait=True)
    assert Line.objects.get().places == ["CO"]
    # The next list with this header needs no correction.
    _bring(cast.chapter, text.replace("Water", "Wind"))
    assert Line.objects.get(title="Wind").places == ["CO"]


def test_a_mapping_of_members_is_not_taken_for_one_of_funding(cast: Cast) -> None:
    text = "Name,Country\nAna Ruiz,Colombia\n"
    actions.read_files(
        actor=OPERATOR, chapter=cast.chapter, files=[actions.Given(text.encode(), "people.csv")]
    )
    members = actions.read_files(
        actor=OPERATOR, chapter=cast.chapter, files=[actions.Given(text.encode(), "people.csv")]
    )
    actions.set_mapping(actor=OPERATOR, batch=members, columns={1: "place"})
    funding = _read(cast.chapter, text)
    assert (funding.sheets[0]["shape"], funding.sheets[0]["fields"]) == (
        "funding_lines",
        ["title", "open_to"],
    )


def test_only_hosts_bring_lists_of_funding(cast: Cast) -> None:
    with pytest.raises(DomainError):
        actions.read_files(
            actor=cast.seeker,
            chapter=cast.chapter,
            files=[actions.Given(CALLS.encode(), "calls.csv")],
            known_from=KNOWN_FROM,
        )


def test_the_file_names_the_source_where_nobody_else_does(cast: Cast) -> None:
    batch = _read(
        cast.chapter, "Title,Funder\nWater,River Fund\n", "calls.csv",
        known_from=actions.KnownFrom(),
    )  # fmt: skip
    actions.start(actor=OPERATOR, batch=batch, wait=True)
    assert Line.objects.get().source == "calls.csv"


def test_cells_that_a_spreadsheet_would_compute_stay_words(cast: Cast) -> None:
    batch = _bring(cast.chapter, "Title,Funder,Amount\n=1+1,River Fund,\n,@SUM(A1),5\n")
    assert [one.title for one in Line.objects.all()] == ["=1+1"]
    assert "'@SUM(A1)" in "".join(queries.refused_csv(OPERATOR, batch))
