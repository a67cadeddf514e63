"""From the bytes of a file to its statements, without ever asking an address that it names."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

from footbridge.standards.notes import Note, Said
from footbridge.standards.terms import CONTEXT, KNOWN_CONTEXTS

if TYPE_CHECKING:
    from rdflib import Graph

DEEPEST: Final = 64


def text_of(content: bytes) -> str:
    """As UTF-16 where it says so by its mark, else as UTF-8; what is neither becomes gaps."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def graph_of(text: str, notes: set[Note]) -> Graph | None:
    """The statements of a file; none, and a note, where it cannot be read."""
    try:
        if text.lstrip()[:1] in ("{", "["):
            return _json_graph(text, notes)
        return _parsed(text, "turtle")
    except RecursionError:
        notes.add(Note(Said.TOO_DEEP))
    except Exception as error:  # a parser's own, of many kinds; a file must not stop us
        logging.getLogger("footbridge.standards").info("not readable: %s", type(error).__name__)
        notes.add(Note(Said.NOT_READABLE))
    return None


def _json_graph(text: str, notes: set[Note]) -> Graph | None:
    told = json.loads(text, parse_float=_Number, parse_int=_Number, parse_constant=_Number)
    safe = _Safe(notes).without_addresses(told)
    nodes = [
        node for node in (safe if isinstance(safe, list) else [safe]) if isinstance(node, dict)
    ]
    if not all("@context" in node for node in nodes):
        notes.add(Note(Said.NO_CONTEXT))
    return _parsed(json.dumps(_explained(nodes)), "json-ld")


def _explained(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nodes with their contexts; those that name the standard's alone, or none, get it once
    for all of them, which is three times as fast."""
    plain, other = [], []
    for node in nodes:
        bare = {name: value for name, value in node.items() if name != "@context"}
        named = node.get("@context", [])
        if all(one is CONTEXT for one in named) and "@graph" not in node:
            plain.append(bare)
        else:
            other.append({"@context": named or CONTEXT, **bare})
    return [{"@context": CONTEXT, "@graph": plain}, *other]


def _parsed(text: str, form: str) -> Graph:
    import rdflib

    # A number stays as it was written: 412.50 is not 412.5.
    rdflib.NORMALIZE_LITERALS = False
    return rdflib.Graph().parse(data=text, format=form, publicID="urn:file:")


class _Number(str):
    """A number of JSON as it was written."""

    __slots__ = ()


class _Safe:
    """Takes every address of a context out of a document, and puts in what we know it says."""

    def __init__(self, notes: set[Note]) -> None:
        self.notes = notes

    def without_addresses(self, told: Any, depth: int = 0) -> Any:
        if depth > DEEPEST:
            raise RecursionError
        if isinstance(told, list):
            return [self.without_addresses(one, depth + 1) for one in told]
        if not isinstance(told, dict):
            return told
        kept: dict[str, Any] = {}
        for name, value in told.items():
            if name == "@context":
                kept[name] = self._context(value, depth)
            elif name != "@import":
                kept[name] = self.without_addresses(value, depth + 1)
                if isinstance(value, _Number) and name.endswith("hasNumericalValue"):
                    self.notes.add(Note(Said.NUMBER_NOT_TEXT, str(told.get("@id", "")), value))
        return kept

    def _context(self, value: Any, depth: int) -> list[Any]:
        found: list[Any] = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):  # it explains its words itself, and may name others within
                found.append(self.without_addresses(one, depth + 1))
            elif isinstance(one, str) and one in KNOWN_CONTEXTS:
                found.append(CONTEXT)
            elif one is not None:
                self.notes.add(Note(Said.UNKNOWN_CONTEXT, detail=str(one)[:200]))
        # What it names and we do not know is, as likely as not, an edition of the same.
        if not any(one is CONTEXT for one in found):
            found.insert(0, CONTEXT)
        return found
