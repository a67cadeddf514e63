"""The words on screen: whole in every language, and none of them outside a translation."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType

import footbridge
from footbridge.config import words
from footbridge.web.pictures.sectors import SECTORS

PACKAGE = Path(footbridge.__file__).parent
TEMPLATES = sorted(
    path
    for folder in ("web/templates", "mail/templates")
    for path in (PACKAGE / folder).rglob("*")
    if path.suffix in {".html", ".txt"}
)
# For those who build pages, in English alone: no member ever sees it.
UNSEEN = {"web/templates/style/guide.html"}

GAP = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|&#?\w+;")
LETTERS = re.compile(r"[^\W\d_]")

# Words that two languages happen to spell alike.
SPELT_ALIKE = {
    "es": {
        "{why}",
        "%(n)s min",
        "%(name)s: %(title)s",
        "%(skill)s: %(story)s",
        "Considerable",
        "%(kind)s: %(title)s",
        "%(level)s: «%(title)s»",
        "%(place)s, %(country)s",
        "%(day)s, %(at)s",
        "%(day)s, %(time)s (%(zone)s)",
        "No",
        "Sector",
        "Token",
        "Tokens",
        "Troika",
        "World café",
        "sector",
    },
    "fr": {
        "%(n)s min",
        "Clause",
        "Contact",
        "Documents",
        "Messages",
        "Mission",
        "Note",
        "Version",
        "Version %(number)s",
        "Versions",
        "{why}",
        "%(place)s, %(country)s",
        "Client",
        "Conditions",
        "Distance",
        "%(day)s, %(at)s",
        "%(day)s, %(time)s (%(zone)s)",
        "%(n)s table",
        "%(n)s tables",
        "Date",
        "Questions",
        "%(minutes)d minutes",
        "%(minutes)s minute",
        "%(minutes)s minutes",
        "%(n)s minute",
        "%(n)s minutes",
        "%(title)s, %(minutes)s minute",
        "%(title)s, %(minutes)s minutes",
        "%(n)d organisation",
        "%(n)d organisations",
        "Cause",
        "Causes",
        "Description",
        "Latitude",
        "Longitude",
        "Notes",
        "Organisation",
        "Pages",
        "Programme",
        "Public",
        "Table",
        "Table %(number)d",
        "World café",
        "minutes",
        "urgent",
    },
}

NAMES = re.compile("Footbridge|Ana Ruiz|Ben Okafor|Chiara Conti")
SEEN_ATTRIBUTES = {
    "alt",
    "aria-description",
    "aria-label",
    "back-label",
    "caption",
    "example",
    "help",
    "label",
    "lede",
    "note",
    "placeholder",
    "term",
    "text",
    "title",
    "yes",
}


@pytest.fixture(scope="module")
def said() -> list[Message]:
    """Everything that pages, messages and errors can say, in English."""
    return [message for message in words.gather() if message.id]


def read(language: str) -> Catalog:
    path = words.LOCALE / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module", params=words.LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def forms(text: object) -> tuple[str, ...]:
    """The singular and the plural, or the one text."""
    return tuple(text) if isinstance(text, (list, tuple)) else (str(text),)


def pairs(said: list[Message], catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Each English text with each text that stands for it."""
    for message in said:
        if found := catalogue.get(message.id, message.context):
            english, translated = forms(message.id), forms(found.string)
            yield from zip(english, translated, strict=True)


def test_every_language_says_everything(said: list[Message], catalogue: Catalog) -> None:
    unsaid = [
        message.id
        for message in said
        if not (found := catalogue.get(message.id, message.context)) or not all(forms(found.string))
    ]
    assert unsaid == []


def test_a_plural_has_every_form_of_its_language(said: list[Message], catalogue: Catalog) -> None:
    short = [
        message.id
        for message in said
        if message.pluralizable
        and (found := catalogue.get(message.id, message.context))
        and len([text for text in forms(found.string) if text]) != catalogue.num_plurals
    ]
    assert short == []


def test_a_translation_fills_the_same_gaps(said: list[Message], catalogue: Catalog) -> None:
    wrong = [
        (english, text)
        for english, text in pairs(said, catalogue)
        if text and set(GAP.findall(english)) != set(GAP.findall(text))
    ]
    assert wrong == []


def test_a_translation_begins_and_ends_with_the_same_space(
    said: list[Message], catalogue: Catalog
) -> None:
    wrong = [
        text for english, text in pairs(said, catalogue) if text and edges(english) != edges(text)
    ]
    assert wrong == []


def edges(text: str) -> tuple[str, str]:
    """The white space before and after a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_nothing_is_half_sure(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_nothing_is_left_in_english(said: list[Message], catalogue: Catalog) -> None:
    alike = SPELT_ALIKE[str(catalogue.locale)]
    left = {english for english, text in pairs(said, catalogue) if english == text} - alike
    assert left == set()


@pytest.mark.parametrize("language", ["en", *words.LANGUAGES])
def test_the_signs_of_the_sectors_differ(language: str) -> None:
    catalogue = read(language) if language in words.LANGUAGES else None
    signs = set()
    for sector in SECTORS.values():
        found = catalogue.get(sector.word) if catalogue else None
        signs.add((str(found.string) if found else sector.word)[0])
    assert len(signs) == len(SECTORS)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_compiled_catalogue_speaks(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = words.LOCALE / language / "LC_MESSAGES" / "django.po"
    copy = tmp_path / language / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    monkeypatch.setattr(words, "LANGUAGES", (language,))
    words.compile_all()
    spoken = gettext.translation("django", tmp_path, [language])
    assert spoken.info()["language"] == language
    for message in read(language):
        if message.id and message.string and not message.pluralizable and not message.context:
            assert spoken.gettext(str(message.id)) == message.string


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_template_holds_bare_words(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() in UNSEEN:
        assert "English only" in path.read_text(encoding="utf-8")
        return
    assert list(bare_words(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{% translate 'Hello' %}</p>", []),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}, you", [", you"]),
        ('<c-empty title="Nothing here">{{ text }}</c-empty>', ["Nothing here"]),
        ('<a href="/find/" class="muted">{{ name }} · {{ place }}</a>', []),
        ("{# a remark #}{% comment %}another{% endcomment %}<script>let a</script>", []),
        ("<title>{{ title }} · Footbridge</title>", []),
    ],
)
def test_bare_words_are_seen(template: str, bare: list[str]) -> None:
    assert list(bare_words(template)) == bare


def bare_words(source: str) -> Iterator[str]:
    """What a reader would see of a template that no translation could change."""
    page = _Page()
    page.feed("".join(_untranslated(source)))
    page.close()
    for text in page.seen:
        if LETTERS.search(NAMES.sub("", text)):
            yield text


def _untranslated(source: str) -> Iterator[str]:
    """The text of a template between its tags, without what is translated or a remark."""
    inside = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.token_type is TokenType.BLOCK else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif name in ("blocktranslate", "blocktrans", "comment"):
            inside = name
        elif token.token_type is TokenType.TEXT:
            yield token.contents


class _Page(HTMLParser):
    """Gathers the texts and the attributes that someone reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag in ("script", "style")
        self.seen += [value for name, value in attrs if name in SEEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._code = False

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.seen.append(data.strip())
