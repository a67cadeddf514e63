"""JSON lists and JSON lines: objects become rows, what is nested becomes “outer.inner” columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from footbridge.intake.reading.encoding import Encoding
from footbridge.intake.reading.limits import JSON_LIMIT, RECORD_LIMIT
from footbridge.intake.reading.said import said, unreadable
from footbridge.intake.reading.sheet import Record
from footbridge.intake.reading.source import Source

Flat = dict[str, str]
DEEPEST = 12


def is_json_lines(source: Source, encoding: Encoding) -> bool:
    """One object on the first line and another on the second, or a name that says so."""
    with encoding.open(source) as text:
        first = text.readline(RECORD_LIMIT).lstrip("\ufeff").strip()
        second = text.readline(RECORD_LIMIT).strip()
    named = source.name.lower().endswith((".jsonl", ".ndjson"))
    return named or (_is_object(first) and _is_object(second))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class JsonLines:
    """One object per line, streamed; a line that is no object is a refused row."""

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._source = source
        self._encoding = encoding
        self.titles = self._titles_of_all()

    def records(self) -> Iterator[Record]:
        for number, flat in self._objects():
            yield _record(number, flat, self.titles)

    def _titles_of_all(self) -> tuple[str, ...]:
        titles: dict[str, None] = {}
        for _, flat in self._objects():
            if isinstance(flat, dict):
                titles.update(dict.fromkeys(flat))
        return tuple(titles)

    def _objects(self) -> Iterator[tuple[int, Flat | str]]:
        with self._encoding.open(self._source) as text:
            number = 0
            while line := text.readline(RECORD_LIMIT):
                number += 1
                if line.strip("\ufeff \t\r\n"):
                    yield number, _flat_or_line(line.strip("\ufeff \t\r\n"))


def _flat_or_line(line: str) -> Flat | str:
    try:
        found = json.loads(line)
        return flatten(found) if isinstance(found, dict) else line
    except (ValueError, RecursionError):
        return line


class JsonList:
    """A list of objects, or an object that holds one (`{"data": [...]}`)."""

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._flats = [_flat_or_text(item) for item in _list_in(source, encoding)]
        self.titles = tuple(
            dict.fromkeys(key for flat in self._flats if isinstance(flat, dict) for key in flat)
        )

    def __len__(self) -> int:
        return len(self._flats)

    def records(self) -> Iterator[Record]:
        for number, flat in enumerate(self._flats, 1):
            yield _record(number, flat, self.titles)


def _flat_or_text(item: Any) -> Flat | str:
    if isinstance(item, dict):
        return flatten(item)
    return _whole(json.dumps(item, ensure_ascii=False))


def _list_in(source: Source, encoding: Encoding) -> list[Any]:
    content = source.read(JSON_LIMIT).decode(encoding.name, encoding.errors).lstrip("\ufeff")
    try:
        found = json.loads(content)
    except json.JSONDecodeError as error:
        raise unreadable(
            "“{name}” begins like JSON but is not: line {line} cannot be read.",
            name=source.name,
            line=error.lineno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise unreadable("“{name}” begins like JSON but is not.", name=source.name) from error
    listed = found if isinstance(found, list) else _first_list_of_objects(found)
    if not any(isinstance(item, dict) for item in listed):
        raise unreadable("“{name}” holds no list of objects.", name=source.name)
    return listed


def _first_list_of_objects(found: Any) -> list[Any]:
    if not isinstance(found, dict):
        return []
    if isinstance(found.get("grants"), list):  # as the 360Giving standard has it
        return list(found["grants"])
    inner = [value for value in found.values() if isinstance(value, dict | list)]
    holds = isinstance(inner[0], list) if len(inner) == 1 else False
    if holds and "name" not in found and any(isinstance(item, dict) for item in inner[0]):
        return list(inner[0])
    return [found] if found else []


def flatten(nested: dict[str, Any]) -> Flat:
    """Outer and inner names joined by a dot, lists joined by a semicolon.

    >>> flatten({"name": "Docks", "at": {"city": "Riga"}, "tags": ["a", "b"]})
    {'name': 'Docks', 'at.city': 'Riga', 'tags': 'a;b'}
    >>> flatten({"goals": [{"n": 1, "why": "x"}, {"n": 8}]})
    {'goals.n': '1;8', 'goals.why': 'x;'}
    """
    flat: Flat = {}
    _flatten_into(flat, "", nested, 0)
    return flat


def _flatten_into(flat: Flat, path: str, value: Any, depth: int) -> None:
    if isinstance(value, dict) and value and depth < DEEPEST:
        for key, inner in value.items():
            _flatten_into(flat, _whole(f"{path}.{key}" if path else str(key)), inner, depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        _flatten_list_of_objects(flat, path, value, depth)
    elif isinstance(value, list):
        flat[path] = _joined([_text(item) for item in value])
    elif not isinstance(value, dict):
        flat[path] = _text(value)


def _flatten_list_of_objects(flat: Flat, path: str, items: list[Any], depth: int) -> None:
    """Keep the places aligned: the second name belongs to the second role."""
    flats: list[Flat] = []
    for item in items:
        inner: Flat = {}
        _flatten_into(inner, path, item, depth + 1)
        flats.append(inner)
    for key in dict.fromkeys(key for inner in flats for key in inner):
        flat[key] = _joined([inner.get(key, "") for inner in flats])


def _joined(texts: list[str]) -> str:
    """Semicolons between, unless one of the texts has its own; then one per line."""
    between = "\n" if any(";" in text for text in texts) and len(texts) > 1 else ";"
    if between == "\n":
        texts = [" ".join(text.split()) for text in texts]
    joined = between.join(texts)
    return joined if joined.strip(";\n ") else ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _whole(value)
    return _whole(json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    """JSON can say half of a letter (`\\ud800`); nothing can be written with one.

    >>> _whole("Ada \\ud800")
    'Ada ?'
    """
    return text.encode("utf-8", "replace").decode()


def _record(number: int, flat: Flat | str, titles: tuple[str, ...]) -> Record:
    if isinstance(flat, str):
        why = said("This line is not a JSON object.")
        return Record(number, [flat[:2_000]], refusal=why)
    return Record(number, [flat.get(title, "") for title in titles])
