"""What is said to the person about their file: a sentence that can be translated.

A `Said` is the English sentence itself, and it remembers the template and the values it was
made of, so that a door may look the template up in another language.
"""

from __future__ import annotations

from collections.abc import Callable

from footbridge.core.errors import DomainError


class Said(str):
    """A sentence for a person, with what a translator needs.

    >>> note = said("{count} cells were missing.", count=2)
    >>> note
    '2 cells were missing.'
    >>> note.template, note.values
    ('{count} cells were missing.', {'count': 2})
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The sentence in another language, with the sentences that are parts of it."""
        values = {
            name: value.translated(gettext) if isinstance(value, Said) else value
            for name, value in self.values.items()
        }
        return gettext(self.template).format(**values)

    def in_words_of(self, template: str) -> str:
        """The same facts in a translated template."""
        return template.format(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.template, self.values)


def said(template: str, **values: object) -> Said:
    """Fill the template and keep it beside the sentence."""
    sentence = Said(template.format(**values))
    sentence.template = template
    sentence.values = values
    return sentence


def _again(template: str, values: dict[str, object]) -> Said:
    return said(template, **values)


class UnreadableFile(DomainError):
    """A file that cannot be taken in as it is; the message says why and what to do."""

    code = "unreadable_file"
    status = 422


def unreadable(template: str, **values: object) -> UnreadableFile:
    """An error whose `said` attribute can be translated like any other sentence."""
    sentence = said(template, **values)
    error = UnreadableFile(sentence, field="file")
    error.message = sentence
    return error
