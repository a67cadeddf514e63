"""The benchmarks as commands: they read the formats they promise and keep what they measured."""

import csv
import gzip
import json
import pathlib
import sys

import numpy as np
import pytest

pytest.importorskip("scipy")

from benchmarks import __main__ as gather
from benchmarks import chains, partners
from footbridge.engine.ties import Ties


def packed(path: pathlib.Path, header: str, *rows: str) -> None:
    path.write_bytes(gzip.compress("\n".join([header, *rows, ""]).encode()))


def test_edges_are_read_by_name_in_any_order_of_columns(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pandas")
    path = tmp_path / "edges.csv.gz"
    packed(path, "strength,b,a", "0.5,Ben,Ada", "0.25,Cleo,Ben")
    people, a, b, strength = chains.read(path)
    assert (people, a.tolist(), b.tolist(), strength.tolist()) == (3, [0, 1], [1, 2], [0.5, 0.25])


def test_chains_agree_with_every_peer_before_they_are_timed() -> None:
    ties = Ties.build(*chains.synthetic(300))
    rows = chains.measure(ties, 12)
    assert [row["work"].split(", ")[1] for row in rows] == ["uniform", "by degree", "hub to hub"]
    for row in rows:
        assert row["ours_ms"] > 0
        assert "SQLite join" in row["peers"]
        assert row["met"] in (True, False)


def test_a_peer_that_disagrees_stops_the_benchmark() -> None:
    ties = Ties.build(*chains.synthetic(300))
    wrong = chains.Peer("wrong", lambda s, t: [0.123] * 5, 5, same_question=True)
    with pytest.raises(AssertionError, match="wrong"):
        chains.take_turns(ties, np.array([[0, 1], [2, 3]]), [wrong])


def test_a_folder_of_partnerships_is_ranked_in_the_scorers_format(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sectors = ["PRC", "PUB", "OTH", "HES", "REC", "PUB"]
    rows = [f"{at},1,Name {at},{s},{s},UK,Hull,False" for at, s in enumerate(sectors)]
    packed(
        tmp_path / "organisations.csv.gz", "org,candidate,name,type,type2,country,city,sme", *rows
    )
    texts = [f"P{at},FP,food,Food banks and bread. Bread work {at},{at}" for at in range(4)]
    packed(tmp_path / "history_projects.csv.gz", "project,fw,topic,text,t", *texts)
    took = ["0,P0", "1,P0", "1,P1", "2,P1", "1,P2", "3,P2", "3,P3", "4,P3"]
    packed(tmp_path / "history_participants.csv.gz", "org,project", *took)
    packed(tmp_path / "queries_partner.csv.gz", "org,new_partners", "0,2 3")
    packed(
        tmp_path / "queries_brief.csv.gz",
        "project,coordinator,text,joined",
        "N1,2,Bread work,3",
        "N2,unheard of,Bread work,4",
    )
    out = tmp_path / "ranked.csv"
    monkeypatch.setattr(sys, "argv", ["partners", str(tmp_path), "--out", str(out)])
    partners.main()
    ranked: dict[str, list[str]] = {}
    with out.open(newline="") as file:
        for row in csv.DictReader(file):
            ranked.setdefault(row["query"], []).append(row["candidate"])
    assert ranked["0"][:2] == ["3", "2"] or ranked["0"][:2] == ["2", "3"]
    assert set(ranked["0"]) == {"2", "3", "4", "5"}, "neither itself nor its earlier partner"
    assert set(ranked["N1"]) == {"0", "3", "4", "5"}, "nor of the coordinator's sector"
    assert set(ranked["N2"]) == set("012345"), "an unknown coordinator excludes nobody"


def test_what_was_measured_is_kept_and_what_is_missing_is_named(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ties = Ties.build(*chains.synthetic(300))
    monkeypatch.setenv("FOOTBRIDGE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["benchmarks"])
    monkeypatch.setattr(gather, "MODULES", ("chains", "nothing_of_the_kind"))
    monkeypatch.setattr(chains, "run", lambda quick: chains.measure(ties, 12))
    assert gather.main() == 0
    kept = json.loads((tmp_path / "bench.json").read_text())
    assert list(kept["results"]) == ["chains"]
    assert len(kept["results"]["chains"]) == 3
    printed = capsys.readouterr().out
    assert "nothing_of_the_kind: left out" in printed
    assert "| five warmest chains, uniform |" in printed
