"""Guessing titles in several languages, and contents where titles are silent."""

from __future__ import annotations

import pytest

from footbridge.intake.mapping import Field, Kind, Mapping, Shape, fingerprint, guess, guess_sheet
from footbridge.intake.reading import open_pasted, open_sheets

F = Field


def fields(mapping: Mapping) -> list[Field]:
    return [column.field for column in mapping.columns]


@pytest.mark.parametrize(
    "header",
    [
        ["Name", "Organisation", "Sector", "Needs", "Offers", "City", "Email"],
        [
            "Nombre completo",
            "Organización",
            "Sector",
            "Necesidades",
            "Ofertas",
            "Ciudad",
            "Correo electrónico",
        ],
        ["Nom complet", "Structure", "Secteur", "Besoins", "Offres", "Ville", "Courriel"],
        ["Ansprechpartner", "Einrichtung", "Sektor", "Bedarf", "Angebot", "Ort", "E-Mail-Adresse"],
        ["Nome completo", "Organização", "Setor", "Necessidades", "Oferece", "Cidade", "E-mail"],
        [
            "Nome e cognome",
            "Organizzazione",
            "Settore",
            "Bisogni",
            "Offerta",
            "Città",
            "Indirizzo e-mail",
        ],
        ["Volledige naam", "Organisatie", "Sector", "Behoeften", "Aanbod", "Plaats", "E-mailadres"],
    ],
    ids=["en", "es", "fr", "de", "pt", "it", "nl"],
)
def test_a_hosts_list_is_understood_in_seven_languages(header: list[str]) -> None:
    row = ["Ana Ruiz", "Docks Ltd", "private", "cold storage", "a van", "Leeds", "ana@example.org"]
    mapping = guess(header, [row])
    assert fields(mapping) == [
        F.PERSON_NAME,
        F.ORGANISATION_NAME,
        F.SECTOR,
        F.NEED,
        F.OFFER,
        F.PLACE,
        F.EMAIL,
    ]
    assert (mapping.shape, mapping.kind) == (Shape.MEMBERS, Kind.BOTH)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Vorname", "Name", "PLZ", "Ort"], [F.GIVEN_NAME, F.FAMILY_NAME, F.POSTCODE, F.PLACE]),
        (
            ["Prénom", "Nom", "Code postal", "Ville"],
            [F.GIVEN_NAME, F.FAMILY_NAME, F.POSTCODE, F.PLACE],
        ),
        (
            ["Nombre", "Apellidos", "CP", "Localidad"],
            [F.GIVEN_NAME, F.FAMILY_NAME, F.POSTCODE, F.PLACE],
        ),
        (["Nome", "Cognome", "CAP", "Comune"], [F.GIVEN_NAME, F.FAMILY_NAME, F.POSTCODE, F.PLACE]),
        (
            ["Nome", "Sobrenome", "CEP", "Cidade"],
            [F.GIVEN_NAME, F.FAMILY_NAME, F.POSTCODE, F.PLACE],
        ),
        (
            ["Voornaam", "Achternaam", "Postcode", "Woonplaats"],
            [F.GIVEN_NAME, F.FAMILY_NAME, F.POSTCODE, F.PLACE],
        ),
    ],
)
def test_half_a_name_is_known_by_the_other_half(header: list[str], expected: list[Field]) -> None:
    mapping = guess(header, [["Ana", "Ruiz", "LS1 1AA", "Leeds"]])
    assert fields(mapping) == expected
    assert mapping.kind is Kind.PERSON


def test_twelve_pasted_rows_without_a_header_are_understood() -> None:
    sheet = open_pasted(
        "Ana Ruiz\tHarbour Bakery Ltd\tana@example.org\tLooking for cold storage\n"
        "Bo Ek\tSeaside Food Bank\tbo@example.org\tNeed drivers on Mondays\n"
        "Cy Woo\tLeeds City Council\tcy@example.org\tSeeking partners for a school\n" * 4
    )
    mapping = guess_sheet(sheet)
    assert fields(mapping) == [F.PERSON_NAME, F.ORGANISATION_NAME, F.EMAIL, F.NEED]
    assert mapping.kind is Kind.BOTH


def test_contents_are_recognised_where_titles_say_nothing() -> None:
    rows = [
        [
            "ana@example.org",
            "https://docks.example",
            "GB-CHC-900001",
            "SDG3; SDG 4",
            "M1 1AE",
            "51.5072",
            "-0.1276",
        ],
        [
            "bo@example.org",
            "http://bakery.example",
            "GB-COH-00000001",
            "ODS 5",
            "LS2 7EY",
            "53.8008",
            "-1.5491",
        ],
    ]
    mapping = guess([f"column {n}" for n in range(1, 8)], rows)
    assert fields(mapping) == [
        F.EMAIL,
        F.WEBSITE,
        F.ORGANISATION_ID,
        F.CAUSES,
        F.POSTCODE,
        F.LATITUDE,
        F.LONGITUDE,
    ]
    assert all(column.confidence <= 0.9 for column in mapping.columns)


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("Organisaton", F.ORGANISATION_NAME),
        ("E-mial adress", F.LEAVE_OUT),
        ("Contact e-mail address", F.EMAIL),
        ("Company postcode", F.POSTCODE),
        ("ORGANIZATION_NAME", F.ORGANISATION_NAME),
        ("postalCode", F.POSTCODE),
    ],
)
def test_titles_are_recognised_nearly_written_and_by_their_ends(title: str, meaning: Field) -> None:
    assert fields(guess([title, "zzz"], []))[0] is meaning


def test_a_title_is_not_believed_against_its_cells() -> None:
    mapping = guess(["name", "website", "type"], [["Aam", "https://a.example", "software"]])
    assert mapping.field_of("type") is F.LEAVE_OUT
    assert mapping.columns[2].why == "The cells are not what the title says."


def test_a_name_beside_registers_is_an_organisation_and_beside_roles_a_person() -> None:
    assert (
        guess(["name", "website"], [["Docks", "https://a.example"]]).columns[0].field
        is F.ORGANISATION_NAME
    )
    assert guess(["name", "languages"], [["Ana", "en"]]).columns[0].field is F.PERSON_NAME
    assert guess(["name", "city"], [["Docks", "Leeds"]]).columns[0].field is F.MEMBER_NAME


def test_from_and_to_over_dates_are_a_time_not_a_tie() -> None:
    rows = [["Ana Ruiz", "Docks", "Buyer", "2019-01-01", "2021-05-01"]]
    mapping = guess(["Person", "Company", "Role", "From", "To"], rows)
    assert mapping.shape is Shape.MEMBERS
    assert fields(mapping)[3:] == [F.SINCE, F.UNTIL]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Source", "Target", "Weight"], [F.TIE_FROM, F.TIE_TO, F.STRENGTH]),
        (
            ["from", "to", "how well", "since", "how met"],
            [F.TIE_FROM, F.TIE_TO, F.STRENGTH, F.SINCE, F.HOW],
        ),
        (["person a", "person b", "closeness"], [F.TIE_FROM, F.TIE_TO, F.STRENGTH]),
    ],
)
def test_lists_of_ties_are_known(header: list[str], expected: list[Field]) -> None:
    row = ["Ana Ruiz", "Bo Ek", "3", "2020-01-01", "at a fair"][: len(header)]
    mapping = guess(header, [row])
    assert (mapping.shape, fields(mapping)) == (Shape.TIES, expected)


def test_whom_a_member_knows_is_a_tie_in_a_list_of_members() -> None:
    mapping = guess(["Name", "Email", "Knows"], [["Ana Ruiz", "a@b.org", "Bo Ek"]])
    assert mapping.shape is Shape.MEMBERS
    assert fields(mapping) == [F.PERSON_NAME, F.EMAIL, F.OTHER_PERSON]


def test_linkedins_connections_are_an_address_book() -> None:
    content = (
        'Notes:\n"x"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
        "Ana,Ruiz,https://www.linkedin.com/in/ana,ana@example.org,Docks Ltd,Buyer,12 Mar 2021\n"
    )
    (sheet,) = open_sheets(content.encode(), "Connections.csv")
    mapping = guess_sheet(sheet)
    assert (mapping.shape, mapping.kind) == (Shape.CONTACTS, Kind.PERSON)
    assert fields(mapping) == [
        F.GIVEN_NAME,
        F.FAMILY_NAME,
        F.PROFILE_URL,
        F.EMAIL,
        F.ORGANISATION_NAME,
        F.ROLE,
        F.SINCE,
    ]
    row = mapping.row(next(sheet.rows()).cells)
    assert row.date(F.SINCE).value.day.isoformat() == "2021-03-12"


@pytest.mark.parametrize(
    "header",
    [
        "Name,Given Name,Family Name,Group Membership,"
        "E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,Organization 1 - Title",
        "Name,First Name,Last Name,Labels,"
        "E-mail 1 - Label,E-mail 1 - Value,Organization Name,Organization Title",
    ],
)
def test_googles_contacts_are_an_address_book(header: str) -> None:
    content = f"{header}\nAna Ruiz,Ana,Ruiz,* myContacts,* Work,ana@example.org,Docks Ltd,Buyer\n"
    (sheet,) = open_sheets(content.encode(), "contacts.csv")
    mapping = guess_sheet(sheet)
    row = mapping.row(next(sheet.rows()).cells)
    assert mapping.shape is Shape.CONTACTS
    assert [
        row.text(field)
        for field in (
            F.PERSON_NAME,
            F.GIVEN_NAME,
            F.FAMILY_NAME,
            F.EMAIL,
            F.ORGANISATION_NAME,
            F.ROLE,
        )
    ] == [
        "Ana Ruiz",
        "Ana",
        "Ruiz",
        "ana@example.org",
        "Docks Ltd",
        "Buyer",
    ]


def test_cards_are_an_address_book() -> None:
    sheet = open_pasted(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nN:Ruiz;Ana\nEMAIL:a@b.org\nEND:VCARD\n"
    )
    assert guess_sheet(sheet).shape is Shape.CONTACTS


def test_a_mapping_is_corrected_remembered_and_recalled() -> None:
    header = ["Name", "Wibble", "City"]
    corrected = guess(header, [["Ana", "tall", "Riga"]]).corrected({1: F.NOTE})
    assert corrected.columns[1].why == "You said so."
    again = guess(header, [["Bo", "short", "Oslo"]]).recalled(corrected.remember())
    assert fields(again) == fields(corrected)
    assert fingerprint(header) == fingerprint(["NAME", "wíbble", " city "])
    assert fingerprint(header) != fingerprint(["Name", "Wobble", "City"])


def test_a_memory_that_no_longer_fits_changes_nothing() -> None:
    mapping = guess(["Name", "City"], [])
    for stale in (
        {},
        {"fields": ["email"], "shape": "members", "kind": "person"},
        {"fields": ["x", "y"], "shape": "members", "kind": "person"},
    ):
        assert mapping.recalled(stale) == mapping


def test_a_row_is_read_in_the_order_and_marks_of_its_columns() -> None:
    header = ["funder", "recipient", "amount", "award date"]
    rows = [["A", "B", "1.234,50 €", "03/25/2021"], ["A", "C", "3,5", "04/05/2021"]]
    mapping = guess(header, rows)
    row = mapping.row(rows[1])
    assert row.money().value.amount == pytest.approx(3.5)
    assert row.date(F.AWARD_DATE).value.day.isoformat() == "2021-04-05"
    assert mapping.row(rows[0]).money().value.currency == "EUR"


def test_cells_of_several_columns_add_up_or_stand_in_for_each_other() -> None:
    mapping = guess(
        ["Name", "City", "Town", "Needs", "Looking for"],
        [["Ana Ruiz", "", "Riga", "a van", "a driver"]],
    )
    row = mapping.row(["Ana Ruiz", "", "Riga", "a van", "a driver"])
    assert row.text(F.PLACE) == "Riga"
    assert row.texts(F.NEED) == ("a van", "a driver")


def test_yes_columns_of_nodes_become_offers() -> None:
    mapping = guess(["id", "state", "nutrition"], [["1", "AL", "Y"], ["2", "AK", "N"]])
    assert mapping.row(["1", "AL", "Y"]).texts(F.OFFER) == ("nutrition",)
    assert mapping.row(["2", "AK", "N"]).texts(F.OFFER) == ()


def test_an_empty_sample_is_guessed_by_titles_alone() -> None:
    assert fields(guess(["Name", "City"], [])) == [F.MEMBER_NAME, F.PLACE]
    assert guess([], []).columns == ()
