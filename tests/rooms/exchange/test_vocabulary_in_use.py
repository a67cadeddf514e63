"""The words that ship, larger lists and words added here; found by name or in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from footbridge.core.audience import OPERATOR
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.exchange import actions, queries
from footbridge.exchange.models import Cause, Edition, Skill
from footbridge.exchange.states import Source
from footbridge.exchange.vocabulary import load_causes, load_skills
from footbridge.journal.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def keys(found: list[queries.Suggested]) -> list[str]:
    return [each.key for each in found]


def test_the_shipped_words_are_there_after_migrating() -> None:
    assert set(Skill.objects.values_list("key", flat=True)) == {s.key for s in load_skills()}
    assert list(Cause.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, 18)
    )
    assert len(load_causes()) == 17


def test_loading_again_reads_the_words_in_two_queries_and_changes_nothing() -> None:
    edition = Edition.objects.get().code
    with CaptureQueriesContext(connection) as asked:
        assert actions.load_shipped_vocabulary() == 0
    said = [query["sql"].lower() for query in asked]
    assert len([sql for sql in said if '"key" in (' in sql]) == 2
    assert not [sql for sql in said if sql.startswith(("insert", "update", "delete"))]
    assert Edition.objects.get().code == edition


def test_a_label_that_reads_otherwise_is_put_right_and_others_are_left_alone() -> None:
    own = Skill.objects.create(key="own:knots", labels={"en": "Knots"}, source=Source.OWN)
    Skill.objects.filter(key="cold-storage").update(labels={"en": "Old words"})
    edition = Edition.objects.get().code
    assert actions.load_shipped_vocabulary() == 1
    assert Skill.objects.get(key="cold-storage").labels["en"] == "Cold storage"
    assert Edition.objects.get().code != edition
    own.refresh_from_db()
    assert own.labels == {"en": "Knots"}


def test_a_sentence_suggests_skills_with_the_piece_that_said_so() -> None:
    [first, *_] = queries.suggest_skills("We need cold storage two nights a week")
    assert (first.key, first.label, first.phrase) == (
        "cold-storage",
        "Cold storage",
        "cold storage",
    )
    with translation.override("fr"):
        assert first.label == Skill.objects.get(key="cold-storage").labels["fr"]


def test_a_sentence_about_nothing_suggests_nothing() -> None:
    assert queries.suggest_skills("The moon was bright over the hills") == []


def test_suggesting_asks_the_database_only_which_edition_holds(
    django_assert_num_queries: Any,
) -> None:
    queries.suggest_skills("cold storage")
    with django_assert_num_queries(1):
        queries.suggest_skills("a lawyer for contracts")


def test_a_word_added_by_a_host_is_found_at_once(cast: Cast) -> None:
    assert queries.find_skill("Glockenspiel repair") is None
    skill = actions.add_skill(
        actor=cast.host, label="Glockenspiel repair", synonyms=["bells mended"]
    )
    assert queries.find_skill("GLOCKENSPIEL  repair").id == skill.id
    assert keys(queries.suggest_skills("who could have our bells mended?")) == [skill.key]
    entry = Entry.objects.get(verb="exchange.skill_added")
    assert (entry.subject, entry.actor, entry.facts) == (skill.id, cast.host.id, {})


def test_adding_a_known_word_returns_the_known_one(cast: Cast) -> None:
    known = Skill.objects.get(key="cold-storage")
    assert actions.add_skill(actor=cast.host, label="COLD storage") == known
    assert not Entry.objects.filter(verb="exchange.skill_added").exists()


def test_only_hosts_and_the_operator_add_words(cast: Cast) -> None:
    for nobody in (cast.seeker, cast.listed):
        with pytest.raises(NotAllowed, match="Only hosts"):
            actions.add_skill(actor=nobody, label="Glockenspiel repair")
        with pytest.raises(NotAllowed, match="Only hosts"):
            actions.add_cause(actor=nobody, label="Quiet nights")
    assert actions.add_skill(actor=cast.deputy, label="Glockenspiel repair").label
    assert actions.add_cause(actor=OPERATOR, label="Quiet nights").label == "Quiet nights"


@pytest.mark.parametrize(
    ("label", "complaint"),
    [("", "name"), (" \u202e\x00", "name"), ("x" * 81, "80"), ("x" * 200_000, "80")],
)
def test_a_word_without_a_usable_name_is_refused(cast: Cast, label: str, complaint: str) -> None:
    with pytest.raises(DomainError, match=complaint) as refused:
        actions.add_skill(actor=cast.host, label=label)
    assert refused.value.field == "label"


@pytest.mark.parametrize(
    "name",
    ["2", "SDG 2", "sdg2", "ODS 2", "ODD 02", "Goal 2: anything", "sdg-2", "Food for everyone"],
)
def test_a_goal_is_found_by_its_number_or_name(name: str) -> None:
    assert queries.find_cause(name).key == "sdg-2"


@pytest.mark.parametrize("name", ["18", "0", "2024", "SDG", "", "nothing of ours"])
def test_what_is_no_goal_is_not_found(name: str) -> None:
    assert queries.find_cause(name) is None


def test_names_from_a_list_are_learned_once(cast: Cast) -> None:
    names = ["Cold storage", "Bell ringing", "bell-ringing", "", "\x00"]
    found = actions.learn_skills(actor=cast.host, names=names)
    assert set(found) == {"Cold storage", "Bell ringing", "bell-ringing"}
    assert found["Bell ringing"] == found["bell-ringing"]
    again = actions.learn_skills(actor=cast.host, names=names)
    assert again == found
    assert Skill.objects.filter(source=Source.OWN).count() == 1


def test_causes_are_learned_by_number_and_by_name(cast: Cast) -> None:
    found = actions.learn_causes(actor=cast.host, names=["SDG 3", "Quiet nights"])
    assert found["SDG 3"] == Cause.objects.get(number=3).id
    assert found["Quiet nights"] == Cause.objects.get(source=Source.OWN).id


def test_skills_are_shown_in_groups_in_the_readers_language(
    django_assert_num_queries: Any, cast: Cast
) -> None:
    actions.add_skill(actor=cast.host, label="Bell ringing")
    with django_assert_num_queries(1), translation.override("es"):
        groups = queries.skill_groups()
    assert groups[0].label == "Dinero y finanzas"
    assert [card.label for card in groups[-1].skills] == ["Bell ringing"]
    assert sum(len(group.skills) for group in groups) == len(load_skills()) + 1


ESCO_EN = "conceptUri,preferredLabel,altLabels\nu:1,tune bells,chime tuning\nu:2,mend nets,\n"
ESCO_FR = "conceptUri,preferredLabel,altLabels\nu:1,accorder des cloches,\n"


def test_a_larger_vocabulary_is_taken_in_language_by_language(tmp_path: Path) -> None:
    english, french = tmp_path / "skills_en.csv", tmp_path / "skills_fr.csv"
    english.write_text(ESCO_EN)
    french.write_text(ESCO_FR)
    done = actions.import_esco([english, french], actor=OPERATOR)
    assert done == actions.Imported(new=2, changed=1, known=0)
    assert Skill.objects.get(key="u:1").labels == {
        "en": "tune bells",
        "fr": "accorder des cloches",
    }
    again = actions.import_esco([english, french], actor=OPERATOR)
    assert again == actions.Imported(new=0, changed=0, known=3)
    assert keys(queries.suggest_skills("someone for chime tuning")) == ["u:1"]


def test_a_member_cannot_import_a_vocabulary(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        actions.import_esco([tmp_path / "none.csv"], actor=cast.seeker)


@pytest.mark.data
def test_the_published_skill_groups_are_taken_in(public_data: Path) -> None:
    groups = public_data / "esco-skills-occupations" / "skill-groups.csv"
    if not groups.exists():
        pytest.skip(f"no {groups}")
    assert actions.import_esco([groups], actor=OPERATOR) == actions.Imported(new=640)
    assert actions.import_esco([groups], actor=OPERATOR) == actions.Imported(known=640)
