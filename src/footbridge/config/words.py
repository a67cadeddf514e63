"""The words on screen: gathered from templates and code, kept in catalogues, compiled.

    python -m footbridge.config.words             refresh the catalogues
    python -m footbridge.config.words --compile   compile them (a running server needs only this)

Needs no gettext on the machine: Django turns a template into lines that look like code, and
Babel reads those as it reads Python.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
LANGUAGES = ("es", "fr")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "said": None,
    "unreadable": None,
    "lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str | tuple[str, ...], str, str | None, str, int]


def main(arguments: list[str]) -> int:
    if "--compile" not in arguments:
        refresh()
    compile_all()
    return 0


def refresh() -> None:
    """Bring each catalogue up to date with what the pages say now; translations are kept."""
    template = gather()
    for language in LANGUAGES:
        path = _catalogue(language)
        catalog = _read(path, language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(path, catalog)


def compile_all() -> None:
    """Write the compiled form beside each catalogue."""
    for language in LANGUAGES:
        path = _catalogue(language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, _read(path, language))


def gather() -> Catalog:
    """Every message of the package, from templates and code."""
    catalog = Catalog(project="Footbridge", fuzzy=False)
    for found, _function, context, place, line in _messages():
        catalog.add(found, locations=[(place, line)], context=context)
    return catalog


def missing(language: str) -> list[str]:
    """Messages that a language does not have yet."""
    known = _read(_catalogue(language), language)
    return [str(message.id) for message in gather() if message.id and not _has(known, message)]


def _has(known: Catalog, message: object) -> bool:
    found = known.get(message.id, message.context)  # type: ignore[attr-defined]
    texts = found.string if found else ""
    return all(texts) if isinstance(texts, (list, tuple)) else bool(texts)


def _messages() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*")):
        place = path.relative_to(PACKAGE).as_posix()
        if path.suffix in {".html", ".txt"} and "templates" in path.parts:
            source = _as_code(path)
        elif path.suffix == ".py" and path != Path(__file__):
            source = path.read_bytes()
        else:
            continue
        yield from _extract(source, place)


def _as_code(path: Path) -> bytes:
    from django.utils.translation.template import templatize

    return templatize(path.read_text(encoding="utf-8")).encode()


def _extract(source: bytes, place: str) -> Iterator[Message]:
    found: Any = extract_python(io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"})
    for line, function, arguments, _ in found:
        given = arguments if isinstance(arguments, tuple) else (arguments,)
        context, texts = _arranged(KEYWORDS[function], given)
        if all(isinstance(text, str) and text for text in texts):
            yield (texts if len(texts) > 1 else texts[0], function, context, place, line)


def _arranged(spec: object, given: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The context and the texts among a call's arguments."""
    if spec is None:
        return None, given[:1]
    context, texts = None, []
    for part in spec:  # type: ignore[attr-defined]
        if isinstance(part, tuple):
            context = given[part[0] - 1]
        else:
            texts.append(given[part - 1] if part <= len(given) else "")
    return context, tuple(texts)


def _catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="Footbridge", fuzzy=False)
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.fuzzy = False
    return catalog


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A fixed date: a catalogue changes only when its words do.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("wb") as file:
        write_po(
            file, catalog, omit_header=False, width=100, include_lineno=False, sort_by_file=True
        )


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footbridge.config.settings")
    django.setup()
    raise SystemExit(main(sys.argv[1:]))
