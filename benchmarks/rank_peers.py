"""The same score written the way one would write it without the engine.

Each peer loads the plain columns once, in the shape that suits it (indexes built, shares and unit
weights worked out beforehand), and then answers ``top(seeker, k)`` with (member, score): filter,
group, join and score everyone, as its manual has it. pandas, Polars and DuckDB use all they have.
"""

import heapq
import math
import sqlite3
from collections import defaultdict
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.network import QUESTIONS, Synthetic
from footbridge.engine.fit import Query, Weights
from footbridge.engine.fit.choices import NO_FILTERS, NOTHING_LEARNED
from footbridge.engine.fit.score import Scorer
from footbridge.engine.snapshot import EARTH_KM, MISSING, Snapshot

W = Weights()
Top = list[tuple[int, float]]


class Peer(Protocol):
    """Something that ranks everyone for one seeker."""

    name: str

    def top(self, seeker: int, k: int) -> Top:
        """The k best and their scores."""
        ...


class Prepared:
    """What every peer may work out beforehand."""

    def __init__(self, network: Synthetic) -> None:
        self.network, n = network, network.n
        member, term, weight = network.needs
        weight = weight.astype(float)
        self.needs = (member, term, weight / np.bincount(member, weight, n)[member])
        self.offers = (*network.offers[:2], network.offers[2].astype(float))
        member, term, weight = network.causes
        weight = weight.astype(float)
        self.causes = (member, term, weight / np.sqrt(np.bincount(member, weight**2, n))[member])
        a, b, strength = network.ties
        self.ties = (
            np.concatenate([a, b]),
            np.concatenate([b, a]),
            np.concatenate([strength, strength]).astype(float),
        )
        self.degree = np.bincount(self.ties[0], minlength=n)
        self.columns: dict[str, Any] = {
            "id": np.arange(n),
            "willing": network.willing,
            "rarity": 1 / np.log(np.maximum(self.degree, 2)),
            "north": np.radians(network.north),
            "east": np.radians(network.east),
            **network.columns,
        }
        self.columns["languages"] = self.columns["languages"].astype(np.int64)
        self.columns["availability"] = self.columns["availability"].astype(np.int64)
        for question in range(QUESTIONS):
            answer = network.values[:, question].astype(float)
            self.columns[f"v{question}"] = np.where(answer == MISSING, np.nan, answer)


class NumPy:
    """The engine's exact scorer on everyone at once: the same arithmetic without the pruning."""

    name = "NumPy, everyone"

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def top(self, seeker: int, k: int) -> Top:
        query = Query.of_member(self.snapshot, seeker)
        scorer = Scorer(self.snapshot, query, NO_FILTERS, NOTHING_LEARNED)
        everyone = np.arange(self.snapshot.n)
        parts = scorer.parts(everyone)
        may = np.flatnonzero(scorer.may_suggest(everyone) & scorer.fits(parts))
        order = may[np.lexsort((may, -parts.score[may]))][:k]
        return list(zip(order.tolist(), parts.score[order].tolist(), strict=True))


class PlainPython:
    """Dictionaries and one loop over everyone."""

    name = "Python"

    def __init__(self, prepared: Prepared) -> None:
        n = prepared.network.n
        self.n = n
        self.columns = {name: column.tolist() for name, column in prepared.columns.items()}
        self.rows, self.posts = {}, {}
        for kind in ("needs", "offers", "causes"):
            self.rows[kind], self.posts[kind] = _both_ways(getattr(prepared, kind), n)
        self.ties: list[list[tuple[int, float]]] = _both_ways(prepared.ties, n)[0]
        answers = [self.columns[f"v{question}"] for question in range(QUESTIONS)]
        self.values = list(zip(*answers, strict=True))

    def top(self, seeker: int, k: int) -> Top:
        answers = self._sums("needs", "offers", seeker)
        answered = self._sums("offers", "needs", seeker)
        causes = self._sums("causes", "causes", seeker)
        adamic, warmth = self._paths(seeker)
        c = self.columns
        pool, exposure, sector, group = c["pool"], c["exposure"], c["sector"], c["group"]
        organisation, languages, stages = c["organisation"], c["languages"], c["stage"]
        north, east, capacity = c["north"], c["east"], c["capacity"]
        tied = {z for z, _ in self.ties[seeker]}
        our_organisation, our_group = organisation[seeker], group[seeker]
        our_sector, our_languages, our_stage = sector[seeker], languages[seeker], stages[seeker]
        our_north, our_east, cosine = north[seeker], east[seeker], math.cos(north[seeker])
        ours = self.values[seeker]
        best: list[tuple[float, int]] = []
        for m in range(self.n):
            if not pool[m] or exposure[m] > W.exposure_cap or m == seeker or m in tied:
                continue
            if organisation[m] == our_organisation or (our_group >= 0 and group[m] == our_group):
                continue
            if m not in answers and m not in answered and m not in causes and m not in adamic:
                continue
            if not languages[m] & our_languages:
                continue
            a, b = answers.get(m, 0.0), answered.get(m, 0.0)
            total = W.answers_you * a + W.you_answer * b
            if a and b:
                total += W.both_ways * 2 * a * b / (a + b)
            if m in causes:
                across = 1.0 if sector[m] != our_sector else W.same_sector
                total += W.shared_cause * causes[m] * across
            if m in adamic:
                total += W.acquaintances * adamic[m] / (adamic[m] + W.acquaintances_half)
                total += W.warmth * warmth[m]
            half = (
                math.sin((north[m] - our_north) / 2) ** 2
                + cosine * math.cos(north[m]) * math.sin((east[m] - our_east) / 2) ** 2
            )
            km = 2 * EARTH_KM * math.asin(math.sqrt(half))
            total += W.place * W.half_distance_km / (W.half_distance_km + km) + W.language
            alike, answered_both = 0.0, 0
            for x, y in zip(ours, self.values[m], strict=True):
                if x == x and y == y:
                    answered_both += 1
                    alike += 1 - abs(x - y) / 4
            if answered_both >= W.values_coverage * QUESTIONS:
                total += W.values * alike / QUESTIONS
            total += W.capacity * min(1.0, capacity[m] / W.enough_hours)
            if our_stage and stages[m]:
                total += W.stage * max(0.0, 1 - abs(stages[m] - our_stage) / W.stage_span)
            total *= 1 - W.exposure_loss * exposure[m] / W.exposure_cap
            best.append((-total, m))
        return [(m, -score) for score, m in heapq.nsmallest(k, best)]

    def _sums(self, ours: str, theirs: str, seeker: int) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for term, weight in self.rows[ours][seeker]:
            for member, other in self.posts[theirs][term]:
                found[member] += weight * other
        return found

    def _paths(self, seeker: int) -> tuple[dict[int, float], dict[int, float]]:
        adamic: dict[int, float] = defaultdict(float)
        warmth: dict[int, float] = defaultdict(float)
        rarity, willing = self.columns["rarity"], self.columns["willing"]
        for z, strength in self.ties[seeker]:
            for member, other in self.ties[z]:
                adamic[member] += rarity[z]
                if willing[z] and strength * other > warmth[member]:
                    warmth[member] = strength * other
        return adamic, warmth


class Pandas:
    """pandas: isin, groupby, Series over everyone."""

    name = "pandas"

    def __init__(self, prepared: Prepared) -> None:
        import pandas as pd

        self.pd = pd
        self.members = pd.DataFrame(prepared.columns)
        self.tables = {
            kind: pd.DataFrame(
                dict(zip(("member", "term", "weight"), getattr(prepared, kind), strict=True))
            )
            for kind in ("needs", "offers", "causes")
        }
        self.ties = pd.DataFrame(dict(zip(("a", "b", "strength"), prepared.ties, strict=True)))

    def top(self, seeker: int, k: int) -> Top:
        m, me = self.members, self.members.loc[seeker]
        answers = self._sums("needs", "offers", seeker)
        answered = self._sums("offers", "needs", seeker)
        causes = self._sums("causes", "causes", seeker)
        adamic, warmth, tied = self._paths(seeker)
        both = (2 * answers * answered / (answers + answered)).fillna(0.0)
        across = (m.sector != me.sector).map({True: 1.0, False: W.same_sector})
        total = W.answers_you * answers + W.you_answer * answered + W.both_ways * both
        total += W.shared_cause * causes * across + W.warmth * warmth
        total += W.acquaintances * adamic / (adamic + W.acquaintances_half)
        total += W.place * W.half_distance_km / (W.half_distance_km + self._km(me))
        shared = (m.languages & int(me.languages)) != 0
        total += W.language * shared
        questions = [f"v{question}" for question in range(QUESTIONS)]
        alike = 1 - (m[questions] - me[questions].astype(float)).abs() / 4
        enough = alike.count(axis=1) >= W.values_coverage * QUESTIONS
        total += W.values * (alike.sum(axis=1) / QUESTIONS).where(enough, 0.0)
        total += W.capacity * (m.capacity / W.enough_hours).clip(upper=1.0)
        if me.stage:
            apart = (m.stage.astype(float) - float(me.stage)).abs()
            near = (1 - apart / W.stage_span).clip(lower=0.0)
            total += W.stage * near.where(m.stage > 0, 0.0)
        total *= 1 - W.exposure_loss * (m.exposure / W.exposure_cap).clip(upper=1.0)
        may = m.pool & shared & (m.exposure <= W.exposure_cap) & (m.id != seeker)
        may &= (m.organisation != me.organisation) & ~m.id.isin(tied)
        may &= (answers > 0) | (answered > 0) | (causes > 0) | (adamic > 0)
        if me.group >= 0:
            may &= m.group != me.group
        best = total[may].nlargest(k)
        return list(zip(best.index.tolist(), best.tolist(), strict=True))

    def _sums(self, ours: str, theirs: str, seeker: int) -> Any:
        mine = self.tables[ours]
        mine = mine[mine.member == seeker].set_index("term").weight
        found = self.tables[theirs]
        found = found[found.term.isin(mine.index)]
        products = found.weight * found.term.map(mine)
        return products.groupby(found.member).sum().reindex(self.members.index, fill_value=0.0)

    def _paths(self, seeker: int) -> tuple[Any, Any, Any]:
        ties, everyone = self.ties, self.members.index
        mine = ties[ties.a == seeker].set_index("b").strength
        second = ties[ties.a.isin(mine.index)]
        rarity = second.a.map(self.members.rarity)
        warm = second.strength * second.a.map(mine) * second.a.map(self.members.willing)
        adamic = rarity.groupby(second.b).sum().reindex(everyone, fill_value=0.0)
        warmth = warm.groupby(second.b).max().reindex(everyone, fill_value=0.0).astype(float)
        return adamic, warmth, mine.index

    def _km(self, me: Any) -> Any:
        m = self.members
        half = np.sin((m.north - me.north) / 2) ** 2
        half += math.cos(me.north) * np.cos(m.north) * np.sin((m.east - me.east) / 2) ** 2
        return 2 * EARTH_KM * np.arcsin(np.sqrt(half))


class Polars:
    """Polars: lazy filters, group_by and joins, collected at once."""

    name = "Polars"

    def __init__(self, prepared: Prepared) -> None:
        import polars as pl

        self.pl = pl
        self.members = pl.DataFrame(
            {name: np.asarray(column) for name, column in prepared.columns.items()}
        ).with_columns(pl.col(f"v{question}").fill_nan(None) for question in range(QUESTIONS))
        self.tables = {
            kind: pl.DataFrame(
                dict(zip(("id", "term", "weight"), getattr(prepared, kind), strict=True))
            ).with_columns(pl.col("id").cast(pl.Int64))
            for kind in ("needs", "offers", "causes")
        }
        ties = dict(zip(("a", "b", "strength"), prepared.ties, strict=True))
        self.ties = pl.DataFrame(ties).with_columns(pl.col("a", "b").cast(pl.Int64))

    def top(self, seeker: int, k: int) -> Top:
        pl = self.pl
        me = self.members.row(seeker, named=True)
        mine = self.ties.filter(pl.col("a") == seeker)
        parts = [
            self._sums("needs", "offers", seeker, "answers"),
            self._sums("offers", "needs", seeker, "answered"),
            self._sums("causes", "causes", seeker, "causes"),
            self._paths(mine),
        ]
        joined = self.members.lazy().filter(self._may(me, seeker, mine["b"]))
        for part in parts:
            joined = joined.join(part, on="id", how="left")
        names = ("answers", "answered", "causes", "adamic", "warmth")
        best = (
            joined.with_columns(pl.col(name).fill_null(0.0) for name in names)
            .filter(pl.any_horizontal(pl.col(name) > 0 for name in names[:4]))
            .select("id", score=self._score(me))
            .sort("score", "id", descending=[True, False])
            .head(k)
            .collect()
        )
        return [(int(member), float(score)) for member, score in best.rows()]

    def _may(self, me: dict[str, Any], seeker: int, tied: Any) -> Any:
        pl = self.pl
        may = pl.col("pool") & (pl.col("exposure") <= W.exposure_cap) & (pl.col("id") != seeker)
        may &= (pl.col("languages") & me["languages"]) != 0
        may &= (pl.col("organisation") != me["organisation"]) & ~pl.col("id").is_in(tied.to_list())
        return may & (pl.col("group") != me["group"]) if me["group"] >= 0 else may

    def _score(self, me: dict[str, Any]) -> Any:
        pl, c = self.pl, self.pl.col
        a, b = c("answers"), c("answered")
        both = pl.when((a > 0) & (b > 0)).then(2 * a * b / (a + b)).otherwise(0.0)
        across = pl.when(c("sector") != me["sector"]).then(1.0).otherwise(W.same_sector)
        half = ((c("north") - me["north"]) / 2).sin() ** 2
        half += math.cos(me["north"]) * c("north").cos() * ((c("east") - me["east"]) / 2).sin() ** 2
        km = 2 * EARTH_KM * half.sqrt().arcsin()
        total = W.answers_you * a + W.you_answer * b + W.both_ways * both
        total += W.shared_cause * c("causes") * across + W.warmth * c("warmth") + W.language
        total += W.acquaintances * c("adamic") / (c("adamic") + W.acquaintances_half)
        total += W.place * W.half_distance_km / (W.half_distance_km + km)
        same = [
            1 - (c(f"v{question}") - me[f"v{question}"]).abs() / 4
            for question in range(QUESTIONS)
            if me[f"v{question}"] is not None
        ]
        if len(same) >= W.values_coverage * QUESTIONS:
            count = pl.sum_horizontal(s.is_not_null().cast(pl.Int32) for s in same)
            alike = pl.sum_horizontal(s.fill_null(0.0) for s in same) / QUESTIONS
            enough = count >= W.values_coverage * QUESTIONS
            total += W.values * pl.when(enough).then(alike).otherwise(0.0)
        total += W.capacity * (c("capacity") / W.enough_hours).clip(upper_bound=1.0)
        if me["stage"]:
            apart = (c("stage").cast(pl.Float64) - float(me["stage"])).abs()
            near = (1 - apart / W.stage_span).clip(lower_bound=0.0)
            total += W.stage * pl.when(c("stage") > 0).then(near).otherwise(0.0)
        asked = (c("exposure") / W.exposure_cap).clip(upper_bound=1.0)
        return total * (1 - W.exposure_loss * asked)

    def _sums(self, ours: str, theirs: str, seeker: int, name: str) -> Any:
        pl = self.pl
        mine = self.tables[ours].filter(pl.col("id") == seeker).select("term", mine="weight")
        found = self.tables[theirs].lazy().join(mine.lazy(), on="term")
        product = (pl.col("weight") * pl.col("mine")).sum().alias(name)
        return found.group_by("id").agg(product)

    def _paths(self, mine: Any) -> Any:
        pl = self.pl
        first = (
            mine.lazy()
            .select(a="b", first="strength")
            .join(self.members.lazy().select(a="id", rarity="rarity", willing="willing"), on="a")
        )
        warm = pl.when("willing").then(pl.col("strength") * pl.col("first")).otherwise(0.0)
        second = self.ties.lazy().join(first, on="a")
        return second.group_by(id="b").agg(adamic=pl.col("rarity").sum(), warmth=warm.max())


SQL = """
WITH me AS (SELECT * FROM member WHERE id = :me),
answers AS (SELECT o.member, SUM(n.weight * o.weight) AS x FROM needs n
    JOIN offers o ON o.term = n.term WHERE n.member = :me GROUP BY o.member),
answered AS (SELECT n.member, SUM(n.weight * o.weight) AS x FROM offers o
    JOIN needs n ON n.term = o.term WHERE o.member = :me GROUP BY n.member),
shared AS (SELECT c.member, SUM(c.weight * mine.weight) AS x FROM causes mine
    JOIN causes c ON c.term = mine.term WHERE mine.member = :me GROUP BY c.member),
known AS (SELECT t.b AS member, SUM(z.rarity) AS adamic,
    MAX(CASE WHEN z.willing THEN mine.strength * t.strength ELSE 0.0 END) AS warmth
    FROM tie mine JOIN tie t ON t.a = mine.b JOIN member z ON z.id = mine.b
    WHERE mine.a = :me GROUP BY t.b),
joined AS (SELECT m.*, me.sector AS my_sector, me.stage AS my_stage,
    me.north AS my_north, me.east AS my_east,
    {gaps},
    COALESCE(answers.x, 0) AS a, COALESCE(answered.x, 0) AS b, COALESCE(shared.x, 0) AS c,
    COALESCE(known.adamic, 0) AS adamic, COALESCE(known.warmth, 0) AS warmth
    FROM me JOIN member m ON m.pool AND m.exposure <= {W.exposure_cap} AND m.id <> me.id
        AND m.organisation <> me.organisation AND (me.gr < 0 OR m.gr <> me.gr)
        AND (m.languages & me.languages) <> 0
    LEFT JOIN answers ON answers.member = m.id LEFT JOIN answered ON answered.member = m.id
    LEFT JOIN shared ON shared.member = m.id LEFT JOIN known ON known.member = m.id
    WHERE m.id NOT IN (SELECT b FROM tie WHERE a = :me)
      AND COALESCE(answers.x, answered.x, shared.x, known.adamic) > 0)
SELECT id, ({W.answers_you} * a + {W.you_answer} * b
    + CASE WHEN a > 0 AND b > 0 THEN {W.both_ways} * 2 * a * b / (a + b) ELSE 0 END
    + {W.shared_cause} * c * CASE WHEN sector <> my_sector THEN 1 ELSE {W.same_sector} END
    + {W.acquaintances} * adamic / (adamic + {W.acquaintances_half}) + {W.warmth} * warmth
    + {W.place} * {W.half_distance_km} / ({W.half_distance_km} + 2 * {EARTH_KM} * ASIN(SQRT(
        SIN((north - my_north) / 2) * SIN((north - my_north) / 2)
        + COS(north) * COS(my_north) * SIN((east - my_east) / 2) * SIN((east - my_east) / 2))))
    + {W.language}
    + CASE WHEN {count} >= {W.values_coverage} * {QUESTIONS}
        THEN {W.values} * ({alike}) / {QUESTIONS} ELSE 0 END
    + {W.capacity} * {least}(1, capacity / {W.enough_hours})
    + CASE WHEN stage > 0 AND my_stage > 0 THEN
        {W.stage} * {greatest}(0, 1 - ABS(stage - my_stage) / {W.stage_span}) ELSE 0 END
    ) * (1 - {W.exposure_loss} * exposure / {W.exposure_cap}.0) AS score
FROM joined ORDER BY score DESC, id LIMIT :k
"""


def sql(least: str, greatest: str) -> str:
    """The query in a dialect."""
    questions = range(QUESTIONS)
    return SQL.format(
        W=W,
        EARTH_KM=EARTH_KM,
        QUESTIONS=QUESTIONS,
        least=least,
        greatest=greatest,
        gaps=", ".join(f"ABS(m.v{q} - me.v{q}) AS g{q}" for q in questions),
        alike=" + ".join(f"COALESCE(1 - g{q} / 4.0, 0)" for q in questions),
        count="("
        + " + ".join(f"CASE WHEN g{q} IS NULL THEN 0 ELSE 1 END" for q in questions)
        + ")",
    )


class SQLite:
    """SQLite in memory, with covering indexes."""

    name = "SQLite SQL"

    def __init__(self, prepared: Prepared) -> None:
        self.database = sqlite3.connect(":memory:")
        self.query = sql("MIN", "MAX")
        columns = _sql_columns(prepared)
        self._table("member", columns)
        for kind in ("needs", "offers", "causes"):
            self._table(kind, _named(("member", "term", "weight"), getattr(prepared, kind)))
            self._index(kind, "member, term, weight")
            self._index(kind, "term, member, weight")
        self._table("tie", _named(("a", "b", "strength"), prepared.ties))
        self._index("tie", "a, b, strength")
        self._index("member", "id")
        self.database.execute("ANALYZE")

    def top(self, seeker: int, k: int) -> Top:
        return self.database.execute(self.query, {"me": seeker, "k": k}).fetchall()

    def _table(self, name: str, columns: dict[str, npt.NDArray[Any]]) -> None:
        self.database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        rows = zip(*(_plain(column) for column in columns.values()), strict=True)
        self.database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)

    def _index(self, table: str, columns: str) -> None:
        name = f"{table}_{columns.replace(', ', '_')}"
        self.database.execute(f"CREATE INDEX {name} ON {table} ({columns})")


class DuckDB:
    """DuckDB in memory, with the same query."""

    name = "DuckDB"

    def __init__(self, prepared: Prepared) -> None:
        import duckdb
        import pandas as pd

        self.database = duckdb.connect(":memory:")
        self.database.execute("SET enable_progress_bar = false")
        self.query = sql("LEAST", "GREATEST").replace(":me", "$me").replace(":k", "$k")
        tables = {"member": _sql_columns(prepared), "tie": None}
        tables["tie"] = _named(("a", "b", "strength"), prepared.ties)
        for kind in ("needs", "offers", "causes"):
            tables[kind] = _named(("member", "term", "weight"), getattr(prepared, kind))
        for name, columns in tables.items():
            frame = pd.DataFrame(columns)
            self.database.register("frame", frame)
            picked = ", ".join(
                f"CASE WHEN isnan({c}) THEN NULL ELSE {c} END AS {c}"
                if c[0] == "v" and c[1:].isdigit()
                else c
                for c in frame.columns
            )
            self.database.execute(f"CREATE TABLE {name} AS SELECT {picked} FROM frame")
            self.database.unregister("frame")

    def top(self, seeker: int, k: int) -> Top:
        rows = self.database.execute(self.query, {"me": seeker, "k": k}).fetchall()
        return [(int(member), float(score)) for member, score in rows]


def _sql_columns(prepared: Prepared) -> dict[str, npt.NDArray[Any]]:
    columns = dict(prepared.columns)
    columns["gr"] = columns.pop("group")
    columns["stage"] = columns["stage"].astype(float)
    columns["capacity"] = columns["capacity"].astype(float)
    return columns


def _named(names: tuple[str, ...], columns: tuple[Any, ...]) -> dict[str, npt.NDArray[Any]]:
    return dict(zip(names, columns, strict=True))


def _plain(column: npt.NDArray[Any]) -> list[Any]:
    return [None if value != value else value for value in column.tolist()]


def _both_ways(columns: tuple[Any, Any, Any], n: int) -> tuple[Any, Any]:
    rows: list[list[tuple[int, float]]] = [[] for _ in range(n)]
    posts: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for member, term, weight in zip(*(column.tolist() for column in columns), strict=True):
        rows[member].append((term, weight))
        posts[term].append((member, weight))
    return rows, posts
