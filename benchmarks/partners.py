"""Rank partners and briefs for a folder of partnerships, and say what each term adds.

    python -m benchmarks.partners DIR --out ranked.csv
    python -m benchmarks.partners DIR --rehearse     (on the last eighth of the history instead)

The folder holds organisations, history_projects, history_participants, queries_partner and
queries_brief, each `.csv.gz`. The file written has the columns query, candidate in rank order,
both kinds of query in one; `score.py` of the folder reads it. Every table is over all queries.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import pathlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from footbridge.engine.partners import History, brief_terms, partner_terms, suggest
from footbridge.engine.partners.score import BRIEF, PARTNER

SHOWN = 50
Terms = Mapping[str, np.ndarray]
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Query:
    """Who asks, in which words, and who really joined."""

    name: str
    member: int | None
    text: str
    joined: frozenset[int]


@dataclass(frozen=True)
class Folder:
    """Partnerships before a cut, and questions after it."""

    names: list[str]
    candidate: np.ndarray
    sector: np.ndarray
    country: list[str]
    city: list[str]
    projects: list[str]
    texts: list[str]
    topics: list[list[str]]
    time: np.ndarray
    who: np.ndarray
    what: np.ndarray
    partner: list[Query]
    brief: list[Query]

    def history(self) -> History:
        return History.of(
            len(self.names), self.who, self.what, self.texts, self.topics, self.time,
            self.sector.tolist(), self.country, self.city,
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, help="write the ranking here")
    parser.add_argument("--rehearse", action="store_true", help="ask about the end of history")
    asked = parser.parse_args()
    folder = read(asked.folder)
    folder = rehearsal(folder) if asked.rehearse else folder
    began = time.perf_counter()
    history = folder.history()
    print(f"history read into matrices in {time.perf_counter() - began:.1f} s")
    partner = [
        (q, *asked_partner(folder, history, q)) for q in _in_candidates(folder, folder.partner)
    ]
    brief = [(q, *asked_brief(folder, history, q)) for q in _in_candidates(folder, folder.brief)]
    if asked.out:
        write(asked.out, folder, [(partner, PARTNER), (brief, BRIEF)])
    for title, answers, weights in (("partner", partner, PARTNER), ("brief", brief, BRIEF)):
        print(f"\n{title}: {len(answers)} queries")
        print(as_table(results(answers, weights, popularity(history)[folder.candidate])))


def read(folder: pathlib.Path) -> Folder:
    """The files of a folder as arrays; organisations and projects numbered in file order."""
    organisations = list(_rows(folder / "organisations.csv.gz"))
    projects = list(_rows(folder / "history_projects.csv.gz"))
    place = {row["org"]: at for at, row in enumerate(organisations)}
    number = {row["project"]: at for at, row in enumerate(projects)}
    pairs = [
        (place[row["org"]], number[row["project"]])
        for row in _rows(folder / "history_participants.csv.gz")
    ]
    return Folder(
        list(place),
        np.array([row["candidate"] == "1" for row in organisations]),
        np.array([row["type2"] or row["type"] for row in organisations]),
        [row["country"] for row in organisations],
        [row["city"] for row in organisations],
        list(number),
        [row["text"] for row in projects],
        [topics_of(row["topic"], row["text"]) for row in projects],
        np.array([float(row["t"]) for row in projects]),
        *np.array(pairs).T,
        [
            Query(row["org"], place[row["org"]], "", _joined(place, row["new_partners"]))
            for row in _rows(folder / "queries_partner.csv.gz")
            if row["org"] in place
        ],
        [
            Query(
                row["project"],
                place.get(row["coordinator"]),
                row["text"],
                _joined(place, row["joined"]),
            )
            for row in _rows(folder / "queries_brief.csv.gz")
        ],
    )


def topics_of(topic: str, text: str) -> list[str]:
    """A project's call, and the programme lines that stand in its text between dashes and stops."""
    lines = [line.strip().lower() for part in text.split(". ")[:3] for line in part.split(" - ")]
    return sorted({line for line in (*lines, topic.strip().lower()) if 3 <= len(line) <= 150})


def rehearsal(folder: Folder, share: float = 0.125) -> Folder:
    """The same questions about the last part of the history, with only the earlier part known.

    Who coordinated is not in the history: one member of each project, drawn by lot, stands for it.
    Each brief is asked twice, in full and as its heading, since people write both.
    """
    cut = np.quantile(folder.time, 1 - share)
    early = folder.time[folder.what] < cut
    who, what = folder.who[early], folder.what[early]
    busy = np.bincount(who, minlength=len(folder.names)) >= 2
    candidate = busy & (folder.sector != "")
    past, later = _teams(who, what), _teams(folder.who[~early], folder.what[~early])
    known: dict[int, set[int]] = defaultdict(set)
    for team in past.values():
        for one in team:
            known[one] |= team
    rng = np.random.default_rng(11)
    new: dict[int, set[int]] = defaultdict(set)

    def new_to(one: int, team: list[int]) -> set[int]:
        strange = (other for other in team if other not in known[one])
        return {other for other in strange if folder.sector[other] != folder.sector[one]}

    briefs = []
    for project, team in sorted(later.items()):
        inside = sorted(one for one in team if candidate[one])
        for one in inside:
            new[one] |= new_to(one, inside)
        if len(inside) > 1 and folder.texts[project]:
            lead = int(rng.choice(inside))
            joined = frozenset(new_to(lead, inside))
            for text in (folder.texts[project], folder.texts[project].split(". ")[0]):
                briefs.append(Query(folder.projects[project], lead, text, joined))
    asked = [
        Query(folder.names[one], one, "", frozenset(new[one])) for one in sorted(new) if new[one]
    ]
    kept = np.flatnonzero(folder.time < cut)
    return replace(
        folder,
        candidate=candidate,
        projects=[folder.projects[at] for at in kept],
        texts=[folder.texts[at] for at in kept],
        topics=[folder.topics[at] for at in kept],
        time=folder.time[kept],
        who=who,
        what=np.searchsorted(kept, what),
        partner=_some(rng, asked),
        brief=_some(rng, [brief for brief in briefs if brief.joined]),
    )


def _some(rng: np.random.Generator, queries: list[Query], most: int = 800) -> list[Query]:
    chosen = rng.permutation(len(queries))[:most]
    return [queries[at] for at in sorted(chosen)]


def _teams(who: np.ndarray, what: np.ndarray) -> dict[int, set[int]]:
    teams: dict[int, set[int]] = defaultdict(set)
    for one, project in zip(who.tolist(), what.tolist()):
        teams[project].add(one)
    return teams


def asked_partner(folder: Folder, history: History, query: Query) -> tuple[Terms, np.ndarray]:
    """Terms for the candidates, and which of them may be named: strangers of another sector."""
    allowed = strangers(folder, history, query.member)
    allowed &= folder.sector != folder.sector[query.member]
    return _of_candidates(folder, partner_terms(history, query.member)), allowed[folder.candidate]


def asked_brief(folder: Folder, history: History, query: Query) -> tuple[Terms, np.ndarray]:
    """The same for a brief: strangers to the coordinator, and of another sector than its own."""
    terms = brief_terms(history, query.text, query.member, topics_of("", query.text))
    allowed = strangers(folder, history, query.member)
    if query.member is not None:
        allowed &= folder.sector != folder.sector[query.member]
    return _of_candidates(folder, terms), allowed[folder.candidate]


def strangers(folder: Folder, history: History, member: int | None) -> np.ndarray:
    allowed = folder.candidate.copy()
    if member is not None:
        allowed[history.together[member].indices] = False
        allowed[member] = False
    return allowed


def _in_candidates(folder: Folder, queries: list[Query]) -> list[Query]:
    """Those who joined, by their place among the candidates."""
    place = np.cumsum(folder.candidate) - 1
    return [
        replace(query, joined=frozenset(int(place[one]) for one in query.joined))
        for query in queries
    ]


def _of_candidates(folder: Folder, terms: Terms) -> Terms:
    return {name: values[folder.candidate].astype(np.float32) for name, values in terms.items()}


Answers = list[tuple[Query, Terms, np.ndarray]]


def write(path: pathlib.Path, folder: Folder, kinds: list[tuple[Answers, Weights]]) -> None:
    candidates = np.flatnonzero(folder.candidate)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["query", "candidate"])
        for answers, weights in kinds:
            for query, terms, allowed in answers:
                for one in suggest(terms, weights, allowed, SHOWN):
                    rows.writerow([query.name, folder.names[candidates[one.member]]])


def _rows(path: pathlib.Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _joined(place: Mapping[str, int], names: str) -> frozenset[int]:
    return frozenset(place[name] for name in names.split() if name in place)


@dataclass(frozen=True)
class Result:
    """Means over all queries; `ndcg` at 10 as in the folder's score.py."""

    name: str
    recall10: float
    recall50: float
    mrr: float
    ndcg: float
    hit10: float


def results(answers: Answers, weights: Weights, popular: np.ndarray) -> list[Result]:
    """Ours, the baselines, each term alone, and ours without each term."""
    rng = np.random.default_rng(5)
    rows = [
        measured("ours", answers, lambda terms: total(terms, weights)),
        measured("popularity", answers, lambda _: popular),
        measured("random", answers, lambda _: rng.random(len(popular))),
    ]
    rows += [measured(f"only {name}", answers, _alone(name)) for name in weights]
    for name in weights:
        rest = {other: weight for other, weight in weights.items() if other != name}
        rows.append(measured(f"without {name}", answers, lambda t, rest=rest: total(t, rest)))
    return rows


def _alone(name: str) -> Callable[[Terms], np.ndarray]:
    return lambda terms: terms[name]


def total(terms: Terms, weights: Weights) -> np.ndarray:
    return sum(weight * terms[name] for name, weight in weights.items())


def measured(name: str, answers: Answers, score: Callable[[Terms], np.ndarray]) -> Result:
    """Mean of each measure; ties in score go to the lower number."""
    rows = [
        of_one(top(np.where(allowed, score(terms), -np.inf)), query.joined, len(query.joined))
        for query, terms, allowed in answers
    ]
    return Result(name, *np.mean(rows, axis=0).tolist())


def top(scores: np.ndarray) -> np.ndarray:
    shown = min(SHOWN, len(scores))
    edge = np.partition(scores, -shown)[-shown]
    near = np.flatnonzero(scores >= edge)
    return near[np.argsort(-scores[near], kind="stable")][:SHOWN]


DISCOUNT = 1 / np.log2(np.arange(2, SHOWN + 2))


def of_one(best: np.ndarray, joined: frozenset[int], wanted: int) -> tuple[float, ...]:
    hit = np.array([at in joined for at in best.tolist()])
    hit = np.pad(hit, (0, SHOWN - len(hit)))
    first = np.flatnonzero(hit)
    return (
        hit[:10].sum() / wanted,
        hit.sum() / wanted,
        1 / (first[0] + 1) if first.size else 0.0,
        (hit[:10] * DISCOUNT[:10]).sum() / DISCOUNT[: min(10, wanted)].sum(),
        float(hit[:10].any()),
    )


def as_table(rows: list[Result]) -> str:
    lines = ["| ranking | R@10 | R@50 | MRR | NDCG@10 | hit@10 |", "|---|---|---|---|---|---|"]
    for row in rows:
        values = (row.recall10, row.recall50, row.mrr, row.ndcg, row.hit10)
        lines.append(f"| {row.name} | " + " | ".join(f"{value:.4f}" for value in values) + " |")
    return "\n".join(lines)


def popularity(history: History) -> np.ndarray:
    """How many projects each organisation took part in."""
    return np.asarray(history.part.sum(axis=1)).ravel()


if __name__ == "__main__":
    main()
