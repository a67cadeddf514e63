"""A sheet of numbers, names and towns: people or organisations, and in whose words it is said."""

from __future__ import annotations

import pytest
from django.utils import translation

from footbridge.config.words import gather
from footbridge.core.audience import OPERATOR
from footbridge.intake import actions, notes, queries
from footbridge.intake.mapping import Kind, guess
from footbridge.intake.mapping.contents import _TELLING
from footbridge.intake.reading import said
from footbridge.people.models import Organisation, Person
from tests.cast import Cast
from tests.rooms.intake.lists import bring_in

HEADER = ["id", "Name", "City"]
PEOPLE = [["1", "Ana Um", "Porto"], ["2", "Bento Dois", "Lisbon"], ["3", "Carla Tres", "Braga"]]
FIRST_NAMES = [["1", "Ana", "Porto"], ["2", "Bento", "Lisbon"]]
ORGANISATIONS = [["1", "Harbour Food Bank", "Porto"], ["2", "Acme Ltd", "Lisbon"]]


@pytest.mark.parametrize(
    ("rows", "called", "kind"),
    [
        (PEOPLE, "", Kind.PERSON),
        (PEOPLE, "list", Kind.PERSON),
        (PEOPLE, "Organisations 2026", Kind.ORGANISATION),
        (FIRST_NAMES, "participants", Kind.PERSON),
        (FIRST_NAMES, "Personas_2026", Kind.PERSON),
        (ORGANISATIONS, "", Kind.ORGANISATION),
        (ORGANISATIONS, "people and organisations", Kind.ORGANISATION),
    ],
)
def test_names_or_the_name_of_the_list_say_whom_it_holds(
    rows: list[list[str]], called: str, kind: Kind
) -> None:
    assert guess(HEADER, rows, called=called).kind is kind


@pytest.mark.django_db
def test_the_mapping_says_why_and_the_rows_land_as_what_they_are(cast: Cast) -> None:
    text = "\n".join(",".join(row) for row in [HEADER, *PEOPLE])
    given = [actions.Given(text.encode(), "list.csv")]
    batch = actions.read_files(actor=OPERATOR, chapter=cast.chapter, files=given)
    [sheet] = queries.sheets_of(batch)
    assert (sheet.kind, sheet.why) == (
        "person",
        "Each row is a person: the names look like it.",
    )
    bring_in(cast.chapter, text)
    assert Person.objects.filter(name="Ana Um").exists()
    assert not Organisation.objects.exists()


def test_every_word_for_what_cells_are_is_in_the_catalogue() -> None:
    known = {str(message.id) for message in gather()}
    assert {words for _field, _test, _share, words in _TELLING} <= known


def test_a_sentence_within_a_sentence_is_translated_too(monkeypatch: pytest.MonkeyPatch) -> None:
    dictionary = {
        "{percent}% of the cells are {kind}.": "{percent} % de las celdas son {kind}.",
        "countries": "países",
    }
    monkeypatch.setattr(notes, "gettext", lambda text: dictionary.get(text, text))
    note = said("{percent}% of the cells are {kind}.", percent=90, kind=said("countries"))
    assert note == "90% of the cells are countries."
    assert notes.read(notes.kept([note])) == ["90 % de las celdas son países."]
    assert note.translated(lambda text: dictionary.get(text, text)) == (
        "90 % de las celdas son países."
    )


@pytest.mark.django_db
def test_why_a_need_was_left_out_is_kept_without_a_language(cast: Cast) -> None:
    rows = f"Name,Email,Need\nRosa Seeker,{cast.seeker.email},A desk\n"
    with translation.override("es"):
        batch = bring_in(cast.chapter, rows, actor=cast.host)
    said_of = {row.number: row.notes for row in batch.results.all()}
    reasons = [values["reason"] for _template, values in said_of[2] if "reason" in values]
    assert reasons == [["You cannot speak for them: only they can.", {}]]
