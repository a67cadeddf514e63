"""Calculations that are kept: what went in, word for word, its hash, and what came out.

A run is never changed, only followed by another. Its input is a text that is the same for the same
map, with every number as it was written, so that a later engine can calculate it again and say
where it differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from footbridge.engine import VERSION
from footbridge.engine.value.draws import draw
from footbridge.engine.value.figures import exact, printed, said
from footbridge.engine.value.maps import ValueMap
from footbridge.engine.value.ranges import break_evens, payback, scenario, tornado
from footbridge.engine.value.remarks import doubts
from footbridge.engine.value.worth import worth

T = TypeVar("T")
Json = dict[str, Any]

FORMAT: Final = 1
KEPT_DIGITS: Final = 12
"""Results are kept with so many digits after the point; they are calculated with fifty in all."""


@dataclass(frozen=True, slots=True)
class Run:
    """One calculation: the canonical input, its SHA-256, by which engine, and all results.

    results  canonical JSON, every number a decimal string
    """

    engine_version: str
    snapshot: str
    digest: str
    results: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two runs; an empty text where it is in one of them only."""

    where: str
    before: str
    after: str


def run(of: ValueMap, *, draws: int = 0, seed: int = 0) -> Run:
    """Calculate everything about a map and keep it; with draws only if asked for.

    >>> from footbridge.engine.value.examples import employment
    >>> kept = run(employment())
    >>> kept.digest == run(employment()).digest, json.loads(kept.results)["ratio"]
    (True, '1.43627826087')
    """
    text = snapshot(of)
    return Run(VERSION, text, digest(text), _canonical(_results(of, draws, seed)))


def again(kept: Run) -> tuple[Run, tuple[Change, ...]]:
    """The same input by today's engine, and where it comes out otherwise: nothing, as a rule.

    ValueError where the snapshot is not the one that was hashed.
    """
    if digest(kept.snapshot) != kept.digest:
        raise ValueError("the snapshot is not the one that was calculated")
    asked = json.loads(kept.results).get("draws") or {}
    today = run(
        from_snapshot(kept.snapshot),
        draws=int(asked.get("number", 0)),
        seed=int(asked.get("seed", 0)),
    )
    return today, differences(kept, today)


def differences(before: Run, after: Run) -> tuple[Change, ...]:
    """What differs between two runs, input first; where each stands is a path of keys.

    >>> from footbridge.engine.value.examples import employment
    >>> told = differences(run(employment()), run(employment(quantity=70)))
    >>> told[0]
    Change(where='input/outcomes/work/quantity/best', before='60', after='70')
    >>> [one.after for one in told if one.where == "result/ratio"]
    ['1.675657971014']
    """
    found = []
    if before.engine_version != after.engine_version:
        found.append(Change("engine_version", before.engine_version, after.engine_version))
    for name, one, other in (
        ("input", before.snapshot, after.snapshot),
        ("result", before.results, after.results),
    ):
        was, now = dict(_leaves(json.loads(one), name)), dict(_leaves(json.loads(other), name))
        paths = list(dict.fromkeys([*was, *now]))
        found += [
            Change(path, was.get(path, ""), now.get(path, ""))
            for path in paths
            if was.get(path) != now.get(path)
        ]
    return tuple(found)


def snapshot(of: ValueMap) -> str:
    """A map as one text, the same for equal maps: JSON, keys sorted, numbers as decimal strings."""
    return _canonical({"format": FORMAT, **_plain(of)})


def digest(text: str) -> str:
    """SHA-256 of a snapshot, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def from_snapshot(text: str) -> ValueMap:
    """The map that a snapshot is of; ValueError for what is none.

    >>> from footbridge.engine.value.examples import employment
    >>> from_snapshot(snapshot(employment())) == employment()
    True
    """
    try:
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise ValueError("the snapshot is of another format")
        return _made(ValueMap, told)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError("this is no snapshot of a value map") from error


def _canonical(told: Json) -> str:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Dataclasses as objects, numbers as decimal strings."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return said(value)
    return value.value if isinstance(value, StrEnum) else value


def _made(kind: type[T], told: Mapping[str, Any]) -> T:
    """A dataclass from its object; what is missing in it keeps its default."""
    hints = get_type_hints(kind)
    unknown = set(told) - set(hints)
    if unknown:
        raise ValueError(f"this engine does not know the snapshot's {sorted(unknown)[0]!r}")
    return kind(**{name: _value(hints[name], value) for name, value in told.items()})


def _value(hint: Any, told: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        if told is None:
            return None
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in told)
    if isinstance(hint, type) and is_dataclass(hint):
        return _made(hint, told)
    return hint(told) if hint is Decimal or issubclass(hint, StrEnum) else told


def _results(of: ValueMap, draws: int, seed: int) -> Json:
    """Everything that a map comes to, with decimal strings."""
    found = worth(of)
    told: Json = {name: _kept(getattr(found, name)) for name in _SUMS}
    told["no_ratio"] = found.no_ratio
    told["rows"] = [_plain_kept(row) for row in found.rows]
    told["left_out"] = [_plain_kept(row) for row in found.left_out]
    told["inputs"] = [_plain_kept(given) for given in found.inputs]
    told["uncounted"] = [_plain_kept(given) for given in found.uncounted]
    told["payback"] = _plain_kept(payback(of))
    told["range"] = _plain_kept(scenario(of))
    told["tornado"] = [_plain_kept(bar) for bar in tornado(of)]
    told["break_even"] = [_plain_kept(one) for one in break_evens(of)]
    told["doubts"] = [_plain_kept(one) for one in doubts(of)]
    if draws:
        told["draws"] = _drawn(of, draws, seed)
    return told


_SUMS = ("invested", "impact", "present", "net_present", "ratio", "net_ratio")


def _drawn(of: ValueMap, number: int, seed: int) -> Json | None:
    """Six digits of what was drawn, more than a hundred thousand draws can tell."""
    found = draw(of, number=number, seed=seed)
    if found is None:
        return None
    low, high = found.band
    figures = {"low": low, "high": high, "median": found.median, "mean": found.mean}
    told = {name: f"{value:.6g}" for name, value in figures.items()}
    return {"number": number, "seed": seed, "below_one": f"{found.below_one:.6g}", **told}


def _plain_kept(value: Any) -> Any:
    """As `_plain`, with results rounded to the digits that are kept."""
    if is_dataclass(value):
        return {one.name: _plain_kept(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain_kept(one) for one in value]
    return _kept(value) if isinstance(value, Decimal) else _plain(value)


@exact
def _kept(value: Decimal | None) -> str | None:
    return None if value is None else said(printed(value, KEPT_DIGITS))


def _leaves(told: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every value with its path; things with a key are named by it, not by their place."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _leaves(value, f"{path}/{name}")
    elif isinstance(told, list):
        for at, value in enumerate(told):
            yield from _leaves(value, f"{path}/{_name_of(value, at)}")
    elif told is not None:
        yield path, str(told)


def _name_of(value: Any, at: int) -> str:
    """What a thing in a list is known by: its key, its field, else its place."""
    if not isinstance(value, dict):
        return str(at)
    if "field" in value:
        field = value["field"]
        return f"{field['of']}:{field['key']}:{field['name']}"
    if "outcome" in value:
        return f"{value['outcome']}:{value['name']}"
    if "remark" in value:
        return ":".join((value["remark"], *value["about"]))
    return str(value.get("key", value.get("at", at)))
