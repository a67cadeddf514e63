"""Keeping the vocabulary: the words that ship, larger lists, and words added here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import connections, transaction
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from footbridge.core import ids
from footbridge.core.errors import DomainError, NotAllowed
from footbridge.core.words import clean_line
from footbridge.exchange import dictionary, policy
from footbridge.exchange.models import Cause, Edition, Skill
from footbridge.exchange.states import Resource, Source
from footbridge.exchange.vocabulary import Cause as ShippedCause
from footbridge.exchange.vocabulary import EscoEntry, load_causes, load_skills, read_esco
from footbridge.exchange.vocabulary import Skill as ShippedSkill
from footbridge.journal.actions import record
from footbridge.people.policy import Viewer, id_of

LONGEST_LABEL = 80
BATCH = 1000

Word = TypeVar("Word", Skill, Cause)
T = TypeVar("T")


def load_shipped_vocabulary(using: str = "default") -> int:
    """Bring the shipped skills and causes up to date; returns how many words that changed."""
    if not _is_laid_out(using):
        return 0
    with transaction.atomic(using=using):
        skills = _bring_up_to_date(Skill, [_of_skill(each) for each in load_skills()], using)
        causes = _bring_up_to_date(Cause, [_of_cause(each) for each in load_causes()], using)
        if skills + causes:
            _new_edition(using)
    return skills + causes


def _is_laid_out(using: str) -> bool:
    """Migrations may stop half-way, or go back: there is nothing to fill before all tables are
    there with all their columns."""
    reader = connections[using].introspection
    with connections[using].cursor() as cursor:
        tables = set(reader.table_names(cursor))
        return all(_has_all(model, tables, reader, cursor) for model in (Skill, Cause, Edition))


def _has_all(model: type[Model], tables: set[str], reader: Any, cursor: Any) -> bool:
    name = model._meta.db_table
    if name not in tables:
        return False
    found = {column.name for column in reader.get_table_description(cursor, name)}
    return found >= {field.column for field in model._meta.local_concrete_fields}


def _of_skill(skill: ShippedSkill) -> dict[str, Any]:
    words = skill.words.items()
    return {
        "key": skill.key,
        "labels": {language: wording.label for language, wording in words},
        "synonyms": {language: list(wording.synonyms) for language, wording in words},
        "sides": {
            language: {"mission": list(wording.mission), "business": list(wording.business)}
            for language, wording in words
        },
        "group": skill.group,
        "resource": str(skill.resource),
    }


def _of_cause(cause: ShippedCause) -> dict[str, Any]:
    return {
        "key": cause.key,
        "number": cause.number,
        "labels": dict(cause.labels),
        "synonyms": {language: list(words) for language, words in cause.synonyms.items()},
    }


def _bring_up_to_date(model: type[Word], wanted: Sequence[dict[str, Any]], using: str) -> int:
    """Write the words that are new or read otherwise than before; the others stay untouched."""
    rows = model._default_manager.using(using)
    known = {row.key: row for row in rows.filter(key__in=[word["key"] for word in wanted])}
    fresh = [model(**word) for word in wanted if word["key"] not in known]
    changed = [
        _with(known[word["key"]], word)
        for word in wanted
        if word["key"] in known and _differs(known[word["key"]], word)
    ]
    rows.bulk_create(fresh, batch_size=200)
    if changed:
        rows.bulk_update(changed, [name for name in wanted[0] if name != "key"], batch_size=200)
    return len(fresh) + len(changed)


def _differs(row: Skill | Cause, word: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in word.items())


def _with(row: Word, word: Mapping[str, Any]) -> Word:
    for name, value in word.items():
        setattr(row, name, value)
    return row


def _new_edition(using: str = "default") -> None:
    Edition.objects.using(using).update_or_create(id=1, defaults={"code": ids.new_id()})


@dataclass(frozen=True)
class Imported:
    """What came of importing a vocabulary: how many words were new, changed, known already."""

    new: int = 0
    changed: int = 0
    known: int = 0


def import_esco(paths: Iterable[Path | str], *, actor: Viewer, language: str = "") -> Imported:
    """Take in ESCO's lists as a larger vocabulary, file by file, in as many languages as given.

    The language of a file is the one given, else the one in its name. Importing again changes
    nothing.
    """
    _require_keeper(actor)
    total = Imported()
    for path in paths:
        for batch in _batches(read_esco([path], language)):
            total = _sum(total, _take_in(batch))
    record(
        "exchange.vocabulary_imported",
        ids.new_id(),
        actor=id_of(actor),
        facts={"source": str(Source.ESCO), "new": total.new, "changed": total.changed},
    )
    return total


def _batches(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def _sum(one: Imported, other: Imported) -> Imported:
    return Imported(one.new + other.new, one.changed + other.changed, one.known + other.known)


@transaction.atomic
def _take_in(entries: Sequence[EscoEntry]) -> Imported:
    entries = [entry for entry in entries if len(entry.key) <= 200]
    keys = [entry.key for entry in entries]
    known = {skill.key: skill for skill in Skill.objects.filter(key__in=keys)}
    fresh = [_esco_skill(entry) for entry in entries if entry.key not in known]
    changed = [
        known[entry.key]
        for entry in entries
        if entry.key in known and _learn_language(known[entry.key], entry)
    ]
    Skill.objects.bulk_create(fresh, batch_size=500)
    Skill.objects.bulk_update(changed, ["labels", "synonyms"], batch_size=200)
    if fresh or changed:
        _new_edition()
    return Imported(len(fresh), len(changed), len(entries) - len(fresh) - len(changed))


def _esco_skill(entry: EscoEntry) -> Skill:
    skill = Skill(key=entry.key, source=Source.ESCO, resource=Resource.EXPERTISE)
    _learn_language(skill, entry)
    return skill


def _learn_language(skill: Skill, entry: EscoEntry) -> bool:
    """Add one language to a skill, or bring it up to date; says whether that changed anything."""
    labels = {**skill.labels, entry.language: entry.label}
    synonyms = {**skill.synonyms, entry.language: list(entry.alternatives)}
    is_new = (labels, synonyms) != (skill.labels, skill.synonyms)
    skill.labels, skill.synonyms = labels, synonyms
    return is_new


def add_skill(
    *,
    actor: Viewer,
    label: str,
    language: str = "",
    resource: str = "",
    synonyms: Iterable[str] = (),
) -> Skill:
    """Add a word for something that people here need and offer; a known word is returned."""
    _require_keeper(actor)
    if resource not in ("", *Resource.values):
        raise DomainError(_("This is not a kind of resource."), field="resource")
    said = _Said.of(label, language, synonyms)
    if known := dictionary.find_skill(said.label):
        return Skill.objects.get(id=known.id)
    return _add(actor, Skill, said, resource=resource)


def add_cause(
    *, actor: Viewer, label: str, language: str = "", synonyms: Iterable[str] = ()
) -> Cause:
    """Add a cause that people here work for; a known one is returned."""
    _require_keeper(actor)
    said = _Said.of(label, language, synonyms)
    if known := dictionary.find_cause(said.label):
        return Cause.objects.get(id=known.id)
    return _add(actor, Cause, said)


def learn_skills(
    *, actor: Viewer, names: Iterable[str], language: str = ""
) -> dict[str, uuid.UUID]:
    """The skills that these names stand for; names that nobody knows become words of their own.

    Empty names are left out of the answer.
    """
    return _learn(actor, Skill, names, language)


def learn_causes(
    *, actor: Viewer, names: Iterable[str], language: str = ""
) -> dict[str, uuid.UUID]:
    """The causes that these names or goal numbers stand for; unknown ones are added."""
    return _learn(actor, Cause, names, language)


def _learn(
    actor: Viewer, model: type[Word], names: Iterable[str], language: str
) -> dict[str, uuid.UUID]:
    find = dictionary.find_skill if model is Skill else dictionary.find_cause
    found: dict[str, uuid.UUID] = {}
    unknown: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if known := find(name):
            found[name] = known.id
        elif clean_line(name):
            unknown.setdefault(dictionary.name_key(clean_line(name)), []).append(name)
    return found | (_add_many(actor, model, unknown, language) if unknown else {})


def _add_many(
    actor: Viewer, model: type[Word], unknown: Mapping[str, list[str]], language: str
) -> dict[str, uuid.UUID]:
    _require_keeper(actor)
    found = {}
    for spellings in unknown.values():
        said = _Said.of(clean_line(spellings[0])[:LONGEST_LABEL], language, ())
        word = _add(actor, model, said)
        found.update(dict.fromkeys(spellings, word.id))
    return found


@dataclass(frozen=True)
class _Said:
    """A word as someone here says it."""

    label: str
    language: str
    synonyms: tuple[str, ...]

    @classmethod
    def of(cls, label: str, language: str, synonyms: Iterable[str]) -> _Said:
        language = (language or get_language() or "en").split("-")[0][:10]
        cleaned = tuple(clean_line(each)[:LONGEST_LABEL] for each in synonyms)
        return cls(_checked(label), language, tuple(filter(None, cleaned)))

    @property
    def key(self) -> str:
        return "own:" + dictionary.name_key(self.label).replace(" ", "-")[:190]


def _checked(label: str) -> str:
    cleaned = clean_line(label[: LONGEST_LABEL * 10])
    if not cleaned:
        raise DomainError(_("Give the word a name."), field="label")
    if len(cleaned) > LONGEST_LABEL:
        message = _("A word of the vocabulary has at most %(most)s characters.")
        raise DomainError(message % {"most": LONGEST_LABEL}, field="label")
    return cleaned


@transaction.atomic
def _add(actor: Viewer, model: type[Word], said: _Said, **more: str) -> Word:
    """Two people who add the same word at the same time get the same one."""
    word, is_new = model._default_manager.get_or_create(
        key=said.key,
        defaults={
            "labels": {said.language: said.label},
            "synonyms": {said.language: list(said.synonyms)},
            "source": Source.OWN,
            **more,
        },
    )
    if is_new:
        _new_edition()
        verb = "exchange.skill_added" if model is Skill else "exchange.cause_added"
        record(verb, word.id, actor=id_of(actor))
    return word


def _require_keeper(actor: Viewer) -> None:
    if not policy.may_keep_words(actor):
        raise NotAllowed(_("Only hosts add words to the vocabulary."))
