"""Public lists as they are, and small ones of the same shapes: guessed without any editing."""

from __future__ import annotations

from pathlib import Path

import pytest

from footbridge.intake.mapping import Field, Kind, Mapping, Shape, guess, guess_sheet
from footbridge.intake.reading import open_sheets

F = Field
OUT = Field.LEAVE_OUT

CHARITIES = {
    "org_id": F.ORGANISATION_ID,
    "reg_number": F.CHARITY_NUMBER,
    "name": F.ORGANISATION_NAME,
    "postcode": F.POSTCODE,
    "active": F.ACTIVE,
    "date_registered": F.FOUNDED,
    "activities": F.DESCRIPTION,
    "objects": F.DESCRIPTION,
    "source": OUT,
    "income": F.INCOME,
    "spending": OUT,
    "fye": OUT,
    "Batch ID": OUT,
    "web": F.WEBSITE,
    "company_number": F.COMPANY_NUMBER,
    "UKCAT": F.CAUSES,
    "ICNPTSO": F.CAUSES,
}
GRANTS = {
    "grant_id": F.GRANT_ID,
    "award_date": F.AWARD_DATE,
    "amount": F.AMOUNT,
    "currency": F.CURRENCY,
    "funder_id": F.FUNDER_ID,
    "funder_name": F.FUNDER_NAME,
    "recipient_id": F.RECIPIENT_ID,
    "recipient_name": F.RECIPIENT_NAME,
    "recipient_type": F.LEGAL_FORM,
    "charity_number": F.CHARITY_NUMBER,
    "company_number": F.COMPANY_NUMBER,
    "locality": F.PLACE,
    "region": F.REGION,
    "postcode": F.POSTCODE,
    "url": F.WEBSITE,
    "programme": F.PROGRAMME,
    "start": F.SINCE,
    "end": F.UNTIL,
    "months": OUT,
    "beneficiary_geocode": OUT,
    "district": F.REGION,
    "uk_region": F.REGION,
    "title": F.TITLE,
    "description": F.DESCRIPTION,
}
BRIGADES = {
    "name": F.ORGANISATION_NAME,
    "website": F.WEBSITE,
    "events_url": OUT,
    "rss": OUT,
    "projects_list_url": OUT,
    "city": F.PLACE,
    "latitude": F.LATITUDE,
    "longitude": F.LONGITUDE,
    "type": F.SECTOR,
    "tags": F.TAGS,
    "location.city": F.PLACE,
    "location.state": F.REGION,
    "location.country": F.COUNTRY,
    "location.continent": OUT,
    "location.coordinates.latitude": F.LATITUDE,
    "location.coordinates.longitude": F.LONGITUDE,
    "previous_names": F.FORMER_NAMES,
    "social_profiles.facebook": OUT,
    "social_profiles.twitter": OUT,
}
GOODS = {
    "name": F.ORGANISATION_NAME,
    "aliases": F.FORMER_NAMES,
    "description": F.DESCRIPTION,
    "website": F.WEBSITE,
    "license.spdx": OUT,
    "license.licenseURL": OUT,
    "SDGs.SDGNumber": F.CAUSES,
    "SDGs.evidenceText": OUT,
    "sectors": F.CAUSES,
    "type": OUT,
    "repositories.name": OUT,
    "repositories.url": OUT,
    "organizations.name": F.OTHER_ORGANISATION,
    "organizations.website": OUT,
    "organizations.org_type": F.HOW,
    "stage": OUT,
    "_file": OUT,
    "locations.developmentCountries": F.WORKS_IN,
    "locations.deploymentCountries": F.WORKS_IN,
}
VOUCHES = {
    "from_id": F.TIE_FROM,
    "to_id": F.TIE_TO,
    "first_signed": F.SINCE,
    "last_signed": F.LAST_CONFIRMED,
    "distinct_days_signed": OUT,
    "certification": F.STRENGTH,
}
MENTORS = {
    "id": F.MEMBER_ID,
    "country": F.COUNTRY,
    "spoken_languages": F.LANGUAGES,
    "offers": F.OFFER,
}
AGENCY_NODES = {"id": F.MEMBER_ID, "vertex.names": F.MEMBER_NAME, "agency": F.ORGANISATION_NAME}
HEALTH_NODES = {
    "id": F.MEMBER_ID,
    "vertex.names": F.MEMBER_NAME,
    "state": F.REGION,
    "nutrition": F.OFFER_IF_YES,
    "hivscreen": F.OFFER_IF_YES,
    "popmil": OUT,
    "years": OUT,
}
UNIVERSITIES = {
    "org": F.MEMBER_ID,
    "candidate": OUT,
    "name": F.ORGANISATION_NAME,
    "type": F.SECTOR,
    "type2": F.SECTOR,
    "country": F.COUNTRY,
    "city": F.PLACE,
    "sme": F.SIZE,
}

REAL = [
    ("uk-charities/large-charities.csv.gz", Shape.MEMBERS, Kind.ORGANISATION, CHARITIES),
    ("uk-grants-360giving/lloyds-bank-foundation.csv.gz", Shape.GRANTS, Kind.UNKNOWN, GRANTS),
    ("uk-grants-360giving/power-to-change.csv.gz", Shape.GRANTS, Kind.UNKNOWN, GRANTS),
    ("uk-grants-360giving/many-funders-sample.csv.gz", Shape.GRANTS, Kind.UNKNOWN, GRANTS),
    ("civic-tech-brigades/organizations.json", Shape.MEMBERS, Kind.ORGANISATION, BRIGADES),
    ("digital-public-goods/projects.jsonl.gz", Shape.MEMBERS, Kind.ORGANISATION, GOODS),
    ("debian-web-of-trust/vouches.csv.gz", Shape.TIES, Kind.UNKNOWN, VOUCHES),
    (
        "debian-web-of-trust/nodes.csv",
        Shape.NODES,
        Kind.UNKNOWN,
        {"id": F.MEMBER_ID, "key_created_year": OUT},
    ),
    ("mentor-offers/mentors.csv", Shape.MEMBERS, Kind.PERSON, MENTORS),
    ("inter-agency-collaboration/dhhs-nodes.csv", Shape.NODES, Kind.PERSON, AGENCY_NODES),
    (
        "inter-agency-collaboration/dhhs-ties.csv",
        Shape.TIES,
        Kind.UNKNOWN,
        {"a": F.TIE_FROM, "b": F.TIE_TO, "collab": F.STRENGTH},
    ),
    ("local-health-departments/lhds-nodes.csv", Shape.NODES, Kind.ORGANISATION, HEALTH_NODES),
    (
        "local-health-departments/lhds-ties.csv",
        Shape.TIES,
        Kind.UNKNOWN,
        {"a": F.TIE_FROM, "b": F.TIE_TO},
    ),
    (
        "workplace-contacts/people.csv",
        Shape.NODES,
        Kind.PERSON,
        {"id": F.MEMBER_ID, "department": F.ORGANISATION_NAME},
    ),
    ("cordis/organisations.csv.gz", Shape.MEMBERS, Kind.ORGANISATION, UNIVERSITIES),
    (
        "esco-skills-occupations/skill-groups.csv",
        Shape.VOCABULARY,
        Kind.UNKNOWN,
        {
            "uri": F.TERM_ID,
            "code": F.TERM_ID,
            "label": F.TERM_LABEL,
            "alt_labels": F.TERM_SYNONYMS,
            "description": F.DESCRIPTION,
            "parent_uri": F.TERM_PARENT,
        },
    ),
    (
        "sdg-goals-targets/sdg-goals.csv",
        Shape.VOCABULARY,
        Kind.UNKNOWN,
        {"code": F.TERM_ID, "name_en": F.TERM_LABEL, "name_fr": F.TERM_LABEL},
    ),
]


def assert_guessed(mapping: Mapping, shape: Shape, kind: Kind, fields: dict[str, Field]) -> None:
    guessed = {title: mapping.field_of(title) for title in fields}
    assert guessed == fields
    assert (mapping.shape, mapping.kind) == (shape, kind)


@pytest.mark.data
@pytest.mark.parametrize(("file", "shape", "kind", "fields"), REAL, ids=[row[0] for row in REAL])
def test_a_public_list_is_guessed_right_without_editing(
    public_data: Path, file: str, shape: Shape, kind: Kind, fields: dict[str, Field]
) -> None:
    (sheet,) = open_sheets(public_data / file, Path(file).name)
    assert_guessed(guess_sheet(sheet), shape, kind, fields)


@pytest.mark.data
@pytest.mark.parametrize("file", [row[0] for row in REAL])
def test_no_row_of_a_public_list_is_lost(public_data: Path, file: str) -> None:
    import csv
    import gzip
    import io
    import json

    path = public_data / file
    content = gzip.decompress(path.read_bytes()) if file.endswith(".gz") else path.read_bytes()
    if ".json" in file:
        text = content.decode()
        wanted = len(text.splitlines()) if ".jsonl" in file else len(json.loads(text))
    else:
        wanted = (
            sum(
                1 for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) if row
            )
            - 1
        )
    (sheet,) = open_sheets(path, path.name)
    rows = list(sheet.rows())
    assert len(rows) == wanted
    assert not any(row.refusal or row.left_out for row in rows)


def test_a_register_of_charities_is_guessed_from_two_rows() -> None:
    header = list(CHARITIES)
    row = [
        "GB-CHC-900001",
        "900001",
        "HARBOUR FOOD BANK",
        "M1 1AE",
        "True",
        "1990-09-11 00:00:00",
        "We feed people.",
        "The relief of poverty",
        "ccew",
        "150000",
        "120000",
        "2025-03-31 00:00:00",
        "Top",
        "www.example.org",
        "1234567.0",
        "ED103",
        "D30",
    ]
    assert_guessed(guess(header, [row, row]), Shape.MEMBERS, Kind.ORGANISATION, CHARITIES)


def test_a_list_of_grants_is_guessed_from_one_row() -> None:
    row = [
        "360G-X-1",
        "2020-04-28",
        "10000",
        "GBP",
        "GB-CHC-900002",
        "A Trust",
        "GB-CHC-900003",
        "Docks Youth Club",
        "CIC",
        "900003",
        "",
        "Leeds",
        "",
        "LS1 1AA",
        "",
        "Small grants",
        "2020-05-01",
        "2021-05-01",
        "12",
        "",
        "",
        "",
        "Boats",
        "Boats for all",
    ]
    assert_guessed(guess(list(GRANTS), [row]), Shape.GRANTS, Kind.UNKNOWN, GRANTS)


def test_the_official_titles_of_360giving_are_known() -> None:
    fields = {
        "Identifier": F.GRANT_ID,
        "Title": F.TITLE,
        "Description": F.DESCRIPTION,
        "Currency": F.CURRENCY,
        "Amount Awarded": F.AMOUNT,
        "Award Date": F.AWARD_DATE,
        "Recipient Org:Identifier": F.RECIPIENT_ID,
        "Recipient Org:Name": F.RECIPIENT_NAME,
        "Recipient Org:Charity Number": F.CHARITY_NUMBER,
        "Recipient Org:Postal Code": F.POSTCODE,
        "Recipient Org:City": F.PLACE,
        "Funding Org:Identifier": F.FUNDER_ID,
        "Funding Org:Name": F.FUNDER_NAME,
        "Grant Programme:Title": F.PROGRAMME,
    }
    row = [
        "360G-1",
        "Boats",
        "Boats for all",
        "GBP",
        "1000",
        "2020-01-02",
        "GB-CHC-1",
        "Docks",
        "900003",
        "LS1 1AA",
        "Leeds",
        "GB-CHC-2",
        "A Trust",
        "Small",
    ]
    assert_guessed(guess(list(fields), [row]), Shape.GRANTS, Kind.UNKNOWN, fields)


def test_a_list_of_vouches_is_guessed_from_two_rows() -> None:
    rows = [
        ["1", "23", "2018-01-12", "2018-01-12", "1", "generic"],
        ["2", "7", "2019-02-03", "2020-02-03", "2", "casual"],
    ]
    assert_guessed(guess(list(VOUCHES), rows), Shape.TIES, Kind.UNKNOWN, VOUCHES)


def test_mentors_are_guessed_from_two_rows() -> None:
    rows = [["M1", "ES", "es;en", "javascript;career"], ["M2", "US", "", "python"]]
    assert_guessed(guess(list(MENTORS), rows), Shape.MEMBERS, Kind.PERSON, MENTORS)
