"""Reading a PDF back: its pages as text, and what it says of itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata

import pytest

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdfinfo") is None,
    reason="reads documents back with poppler's pdftotext and pdfinfo, which are not here",
)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it is read."""
    told = _run("pdftotext", "-raw", "-enc", "UTF-8", "-", "-", given=pdf)
    return told.split("\f")[:-1]


def squeezed(text: str) -> str:
    """Without spaces, marks that nobody sees, and hyphens, which a reader of PDF takes away where
    a line ends: what was broken is whole again."""
    shown = unicodedata.normalize("NFKC", text).replace("-", "")
    return "".join(c for c in shown if not c.isspace() and unicodedata.category(c) != "Cf")


def told_of_itself(pdf: bytes) -> dict[str, str]:
    """The document's own notes: title, tags, dates."""
    lines = _run("pdfinfo", "-", given=pdf).splitlines()
    return dict(re.split(r":\s*", line, maxsplit=1) for line in lines if ":" in line)  # type: ignore[misc]


def metadata(pdf: bytes) -> str:
    """The same as XMP, where a standard that is kept is declared."""
    return _run("pdfinfo", "-meta", "-", given=pdf)


def size_of_words(pdf: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Where each word stands on the first page: left, top, right, bottom in points."""
    told = _run("pdftotext", "-bbox", "-l", "1", "-", "-", given=pdf)
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', told
    )
    return {word: (float(a), float(b), float(c), float(d)) for a, b, c, d, word in found}


def _run(*command: str, given: bytes) -> str:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout.decode()
