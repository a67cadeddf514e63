"""CIDS: written so that the published shapes accept it, read so that nothing lost goes unsaid."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, XSD

from footbridge.standards import (
    CONTEXTS,
    Address,
    Capsule,
    Fact,
    Note,
    Organization,
    Outcome,
    Said,
    goal,
    metric,
    nodes,
    read,
    to_bytes,
)
from footbridge.standards.terms import CONTEXT
from tests.standards.bakery import at, full, plain

DATA = Path(os.environ.get("FOOTBRIDGE_DATA", Path(__file__).parents[2] / "../shared/data"))
UPSTREAM = Path(os.environ.get("FOOTBRIDGE_CIDS", DATA / "cids"))
"""The standard's own repository (github.com/commonapproach/CIDS), as a checkout or as a git
directory: never part of this one."""
needs_upstream = pytest.mark.skipif(
    not UPSTREAM.exists(), reason="the standard's repository is not here (FOOTBRIDGE_CIDS)"
)


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody asked an address")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("part", ["", ".cids", ".writing", ".reading"])
def test_the_examples_hold(part: str) -> None:
    result = doctest.testmod(importlib.import_module(f"footbridge.standards{part}"))
    assert result.attempted > 0
    assert result.failed == 0


# Against the published shapes.


@cache
def upstream(path: str) -> bytes:
    if (UPSTREAM / path).exists():
        return (UPSTREAM / path).read_bytes()
    shown = subprocess.run(
        ["git", "-C", str(UPSTREAM), "show", f"HEAD:{path}"], capture_output=True, check=True
    )
    return shown.stdout


@cache
def shapes(tier: str) -> rdflib.Graph:
    path = f"validation/shacl/{tier}.shacl.ttl"
    return rdflib.Graph().parse(data=upstream(path), format="turtle")


def patched_essential() -> rdflib.Graph:
    """Without the zero maxima on what their own annotation calls zero or more, and without
    datatypes that are no datatype; patched here, never in a copy."""
    graph = rdflib.Graph()
    for subject, predicate, value in shapes("cids.essentialtier"):
        zero = predicate == SH.maxCount and int(value) == 0
        nameless = predicate == SH.datatype and isinstance(value, rdflib.BNode)
        if not zero and not nameless:
            graph.add((subject, predicate, value))
    return graph


def as_graph(told: list[dict[str, Any]]) -> rdflib.Graph:
    """The nodes with the published contexts in place of their addresses."""
    words = {}
    for path in ("contexts/cidsContext.jsonld", "contexts/sffContext.jsonld"):
        words |= json.loads(upstream(path))["@context"]
    bare = [{key: value for key, value in node.items() if key != "@context"} for node in told]
    document = json.dumps({"@context": words, "@graph": bare})
    return rdflib.Graph().parse(data=document, format="json-ld")


def violations(told: list[dict[str, Any]], tier: rdflib.Graph) -> list[str]:
    import pyshacl

    _, found, _ = pyshacl.validate(as_graph(told), shacl_graph=tier, ont_graph=tier)
    return sorted(
        str(found.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
        for result in found.subjects(RDF.type, SH.ValidationResult)
        if found.value(result, SH.resultSeverity) == SH.Violation
    )


@needs_upstream
@pytest.mark.parametrize("tier", ["cids.basictier", "sff"])
@pytest.mark.parametrize("capsule", [plain(), full()])
def test_capsules_conform_to_the_shapes_as_they_are_published(tier: str, capsule: Capsule) -> None:
    assert violations(nodes(capsule), shapes(tier)) == []


@needs_upstream
def test_a_full_capsule_conforms_to_the_essential_shapes_once_these_are_patched() -> None:
    assert violations(nodes(full()), patched_essential()) == []


@needs_upstream
def test_what_is_missing_or_a_number_is_seen_by_the_shapes() -> None:
    told = json.loads(to_bytes(plain()))
    for node in told:
        node.pop("unitDescription", None)
        if node["@type"] == "cids:IndicatorReport":
            number = {"@value": 412.5, "@type": str(XSD.double)}
            node["value"]["hasNumericalValue"] = number
    assert violations(told, shapes("cids.basictier")) == [
        "DatatypeConstraintComponent",
        "MinCountConstraintComponent",
    ]


@needs_upstream
def test_our_words_mean_what_the_published_context_says() -> None:
    published = json.loads(upstream("contexts/cidsContext.jsonld"))["@context"]
    differing = {
        word: (CONTEXT[word], published[word])
        for word in set(CONTEXT) & set(published)
        if CONTEXT[word] != published[word]
    }
    assert differing == {}
    assert {"unitDescription", "hasLegalName", "value", "startedAtTime"} <= set(published)


@needs_upstream
def test_no_word_that_is_written_means_two_things() -> None:
    one, other = (
        json.loads(upstream(f"contexts/{name}.jsonld"))["@context"]
        for name in ("cidsContext", "sffContext")
    )
    written = {word for node in nodes(full()) for word in node}
    assert {word for word in written if word in other and one.get(word) != other[word]} == set()


@needs_upstream
@pytest.mark.parametrize("name", ["ValidTestData", "TestDataNew", "TestData1"])
def test_the_standards_own_files_are_read_as_far_as_they_go(name: str) -> None:
    found = read(upstream(f"validation/models/{name}.ttl"))
    assert not found.said(Said.NOT_READABLE)
    assert sum(len(one.outcomes) + len(one.indicators) for one in found.capsules) > 0
    assert found.notes


# There and back.


@pytest.mark.parametrize("capsule", [plain(), full()])
def test_what_was_written_is_read_unchanged(capsule: Capsule) -> None:
    found = read(to_bytes(capsule))
    assert found.capsules == (capsule.in_order(),)
    assert found.notes == ()


def test_two_exports_are_the_same_and_numbers_keep_their_digits() -> None:
    assert to_bytes(full()) == to_bytes(full())
    assert b'"412.50"' in to_bytes(full())
    assert all(node["@context"] == list(CONTEXTS) for node in nodes(full()))


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=30
)
names = texts.filter(lambda text: text != "")
figures = st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str)


@settings(max_examples=40, deadline=None)
@given(names, texts, names, figures, names)
def test_any_words_and_figures_come_back(
    name: str, description: str, unit: str, figure: str, fact: str
) -> None:
    small = plain()
    capsule = replace(
        small,
        organization=replace(small.organization, legal_name=name),
        outcomes=(replace(small.outcomes[0], description=description),),
        indicators=(replace(small.indicators[0], unit=unit),),
        reports=(replace(small.reports[0], value=figure),),
        facts=(Fact(at("outcome", "bread"), "rival", fact),),
    )
    assert read(to_bytes(capsule)).capsules == (capsule.in_order(),)


def test_a_file_of_a_partnership_and_its_partners_falls_into_capsules() -> None:
    one = plain()
    owner = Organization(at("organization", "partnership"), "Bread for all")
    other = Capsule(owner, outcomes=(Outcome(at("outcome", "trust"), "Trust"),))
    found = read(json.dumps([*nodes(one), *nodes(other)]).encode())
    assert found.capsules == (one.in_order(), other)


@pytest.mark.parametrize(
    ("capsule", "because"),
    [
        (Capsule(Organization("", "x")), "no identifier"),
        (Capsule(Organization("a", "x", addresses=(Address("a"),))), "one identifier"),
    ],
)
def test_things_need_an_identifier_of_their_own(capsule: Capsule, because: str) -> None:
    with pytest.raises(ValueError, match=because):
        to_bytes(capsule)


@pytest.mark.parametrize("wrong", ["1479", "OI", "OI14x", "O 1479", "ＯＩ１"])
def test_what_is_no_metric_or_goal_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no metric"):
        metric(wrong)
    with pytest.raises(ValueError, match="seventeen"):
        goal(18, "x")


# Other people's files.


def changed(**words: Any) -> bytes:
    told = nodes(plain())
    for node in told:
        node.update(words)
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    "context",
    [
        "http://127.0.0.1:9/context.jsonld",
        ["http://169.254.169.254/latest/", CONTEXTS[0]],
        {"@import": "http://127.0.0.1:9/a.jsonld"},
        [CONTEXTS[0], {"x": {"@id": "urn:x", "@context": "http://127.0.0.1:9/b.jsonld"}}],
        "file:///etc/passwd",
        {"@vocab": "http://127.0.0.1:9/", "@base": "http://127.0.0.1:9/"},
        None,
        7,
    ],
)
def test_no_address_that_a_file_names_is_asked(context: Any) -> None:
    found = read(changed(**{"@context": context}))
    assert found.capsules[0].outcomes[0].name == "Bread is eaten"
    named = isinstance(context, str) or (isinstance(context, list) and "http" in str(context))
    assert bool(found.said(Said.UNKNOWN_CONTEXT)) == (named or context == 7)


def test_an_address_hidden_in_a_thing_is_not_asked_either() -> None:
    told = nodes(plain())
    told[1]["hasDescription"] = {"@context": "http://127.0.0.1:9/", "@value": "x"}
    told.append({"@graph": [{"@context": ["http://127.0.0.1:9/"], "@id": "urn:a"}]})
    found = read(json.dumps(told).encode())
    assert [note.detail for note in found.said(Said.UNKNOWN_CONTEXT)] == ["http://127.0.0.1:9/"]


def test_a_number_is_taken_as_it_was_written_and_noted() -> None:
    told = to_bytes(plain()).replace(b'"412.50"', b"412.50")
    found = read(told)
    assert found.capsules[0].reports[0].value == "412.50"
    assert [note.detail for note in found.said(Said.NUMBER_NOT_TEXT)] == ["412.50"]


def test_a_file_without_a_context_is_read_as_if_it_named_the_standards() -> None:
    told = [
        {key: value for key, value in node.items() if key != "@context"} for node in nodes(plain())
    ]
    found = read(json.dumps({"@graph": told}).encode())
    assert found.capsules == (plain().in_order(),)
    assert [note.said for note in found.notes] == [Said.NO_CONTEXT]


def test_what_the_basic_tier_asks_for_and_a_file_lacks_is_noted() -> None:
    told = nodes(plain())
    for node in told:
        node.pop("unitDescription", None)
        node.pop("startedAtTime", None)
        if node["@type"] == "cids:Outcome":
            node["forTheme"] = "https://elsewhere.example/theme"
            del node["forOrganization"]
    told.append({"@id": "urn:x", "@type": "cids:Program"})
    found = read(json.dumps(told).encode())
    assert set(found.notes) >= {
        Note(Said.MISSING, at("indicator", "kilos"), "unitDescription"),
        Note(Said.MISSING, at("report", "1"), "startedAtTime"),
        Note(Said.MISSING, at("outcome", "bread"), "forOrganization"),
        Note(Said.DANGLING, at("outcome", "bread"), "forTheme"),
        Note(Said.NO_ORGANIZATION, at("outcome", "bread")),
        Note(Said.UNKNOWN_TYPE, "urn:x", "Program"),
    }
    assert found.capsules[0].outcomes[0].id == at("outcome", "bread")
    assert found.capsules[0].reports[0].start is None


def test_a_thing_without_an_identifier_is_taken_and_noted() -> None:
    told = nodes(plain())
    for node in told:
        if node["@type"] == "cids:IndicatorReport":
            del node["@id"]
    found = read(json.dumps(told).encode())
    assert found.said(Said.NO_IDENTIFIER) == (Note(Said.NO_IDENTIFIER, detail="IndicatorReport"),)
    assert found.capsules[0].reports[0].value == "412.50"


def test_a_day_that_is_none_is_noted() -> None:
    found = read(to_bytes(plain()).replace(b"2026-01-01T", b"soonsoon--T"))
    assert [note.said for note in found.notes] == [Said.NOT_A_DATE]
    assert found.capsules[0].reports[0].start is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_marks_do_not_matter(encoding: str) -> None:
    told = to_bytes(plain()).decode()
    assert read(told.encode(encoding)).capsules == (plain().in_order(),)


def hostile() -> Iterator[bytes]:
    yield b""
    yield b"\xff\xfe"
    yield b"{"
    yield b"[1, 2, null]"
    yield b'"text"'
    yield b"<rdf:RDF/>"
    yield b"[" * 100_000
    yield b'{"a":' * 500 + b"1" + b"}" * 500
    yield b'[{"@id": 5, "@type": {"a": []}}]'
    yield b'[{"@id": "a b<c>", "@type": "cids:Outcome", "forOrganization": "a b<c>"}]'
    yield b'[{"@type": ["cids:Organization", null], "hasLegalName": [[["x"]]]}]'
    yield b"@prefix a: <http://a/> . a:b a:c a:d" + b" ; a:c a:d" * 50
    yield b"\x00" * 1000
    yield b'{"@context": {"@version": 9, "a": {"@id": "@type"}}, "@id": "x"}'
    yield b"x" * (10 * 2**20 + 1)


@pytest.mark.parametrize("content", list(hostile()), ids=lambda content: repr(content[:24]))
def test_nothing_in_a_file_makes_reading_fail(content: bytes) -> None:
    found = read(content)
    assert not any(one.outcomes and one.organization.id for one in found.capsules)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_make_reading_fail(content: bytes) -> None:
    read(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@id", "@type", "@context", "@graph", "@value", "@list", "value", "hasName"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(st.lists(json_values, max_size=3))
def test_no_json_makes_reading_fail(told: list[Any]) -> None:
    read(json.dumps(told).encode())
