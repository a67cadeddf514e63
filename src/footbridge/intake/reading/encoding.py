"""Which alphabet a text file was written in: found by looking at all of it, not only its start."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from charset_normalizer import from_bytes

from footbridge.intake.reading.said import Said, said, unreadable
from footbridge.intake.reading.source import Source

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20
ENOUGH_ODD_LINES = 200_000
HALF_READABLE = "footbridge-windows-bytes"

_VALID_UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = re.compile(rb"[A-Za-z]")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_NOT_IN_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to turn the bytes into text, and what to tell the person about it."""

    name: str
    errors: str = "strict"
    notes: tuple[Said, ...] = ()

    def open(self, source: Source) -> TextIO:
        """The file as text, line ends kept as they are."""
        return io.TextIOWrapper(source.open(), encoding=self.name, errors=self.errors, newline="")


def encoding_of(source: Source) -> Encoding:
    """Byte-order mark, then UTF-16 without one, then UTF-8, then the older alphabets."""
    head = source.head(1 << 16)
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return _checked(source, Encoding(name))
    _refuse_what_is_not_text(source, head)
    wide = _utf16_without_mark(head)
    if wide:
        return _checked(source, Encoding(wide))
    with source.open() as stream:
        if _is_utf8(stream):
            return Encoding("utf-8")
    return _older_alphabet(_lines_with_accents(source))


def _refuse_what_is_not_text(source: Source, head: bytes) -> None:
    if len(_CONTROLS.findall(head)) > max(8, len(head) // 50):
        raise unreadable(
            "“{name}” is not a list that can be read: it holds no text. "
            "Please save it as CSV or XLSX.",
            name=source.name,
        )


def _utf16_without_mark(head: bytes) -> str:
    """Western text in UTF-16 has a zero at every second byte; on which side tells the order."""
    pairs = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.4 * pairs and head[0::2].count(0) < 0.05 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.4 * pairs and head[1::2].count(0) < 0.05 * pairs:
        return "utf-16-be"
    return ""


def _checked(source: Source, encoding: Encoding) -> Encoding:
    """The mark promises an encoding; where the promise is broken, mend rather than fail."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    try:
        with source.open() as stream:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding(
            encoding.name,
            HALF_READABLE if encoding.name.startswith("utf-8") else "replace",
            (said("Some characters could not be read as {encoding}.", encoding=encoding.name),),
        )
    return encoding


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines_with_accents(source: Source) -> bytes:
    found = bytearray()
    with source.open() as stream:
        while len(found) < ENOUGH_ODD_LINES and (line := stream.readline(CHUNK)):
            if not line.isascii():
                found += line
    return bytes(found)


def _older_alphabet(odd_lines: bytes) -> Encoding:
    high = len(_HIGH.findall(odd_lines))
    if sum(map(len, _VALID_UTF8.findall(odd_lines))) >= 0.8 * high:
        return Encoding(
            "utf-8",
            HALF_READABLE,
            (said("Most of the file is UTF-8, but some characters were in an older alphabet."),),
        )
    name = _western(odd_lines)
    if high > 0.25 * (high + len(_LETTERS.findall(odd_lines))):
        best = from_bytes(odd_lines[:50_000]).best()
        name = best.encoding if best is not None else name
    return Encoding(name, "replace", (said("Read as {encoding} text.", encoding=name),))


def _western(odd_lines: bytes) -> str:
    return "latin-1" if _NOT_IN_WINDOWS_1252.search(odd_lines) else "cp1252"


def _as_windows_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as what they most likely are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252", errors="replace"), error.end


codecs.register_error(HALF_READABLE, _as_windows_bytes)
