"""From a template and plain values to the bytes of a PDF.

The values reach the template as JSON and are put on the page as text, so that nothing that
somebody is called can be taken for an instruction. A document is tagged for people who listen
(PDF/UA-1). That standard asks for every letter to have a shape; where no font at hand knows one,
the same page comes as a plain PDF, and the log says so without saying whose name it was.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
ACCESSIBLE: Final = "ua-1"

_log = logging.getLogger("footbridge.documents")


def typeset(template: str, data: Mapping[str, Any], *, language: str) -> bytes:
    """The document of one template, such as "badges", filled with these values.

    The fonts that are shipped are tried first and alone, so that a page looks the same on every
    machine; the machine's own only where a letter is missing. Raises typst.TypstError for a
    template that is wrong, never for a value.
    """
    inputs = {"data": _as_json(data), "language": _base(language)}
    try:
        return _compiled(_compiler(template, _own_fonts(), inputs), ACCESSIBLE)
    except typst.TypstError:
        compiler = _compiler(template, _with_system_fonts(), inputs)
    try:
        return _compiled(compiler, ACCESSIBLE)
    except typst.TypstError as error:
        scripts = ", ".join(sorted(scripts_without_font(error.diagnostic))) or "some"
    _log.warning("%s: no font has the letters of %s; made as a plain PDF.", template, scripts)
    return _compiled(compiler)


def scripts_without_font(diagnostic: str) -> set[str]:
    """The scripts, as Unicode names them, of letters that no font knows: what to install, and
    nothing of whose name it was.

    >>> sorted(scripts_without_font('the text `"김"` could not be displayed with font'))
    ['HANGUL']
    """
    letters = re.findall(r'the text `"(.)"`', diagnostic)
    names = (unicodedata.name(letter, "") for letter in letters)
    return {name.split()[0] for name in names if name}


def _as_json(data: Mapping[str, Any]) -> str:
    """Half of a character, which no encoding holds, becomes a question mark."""
    said = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return said.encode("utf-8", "replace").decode("utf-8")


def _base(language: str) -> str:
    """The language without its country, for hyphens, quotation marks and screen readers.

    >>> _base("pt-br"), _base("")
    ('pt', 'en')
    """
    found = re.match(r"[a-z]{2,3}(?![a-z])", language.lower())
    return found.group() if found else "en"


@cache
def _own_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@cache
def _with_system_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, font_paths=[str(FONTS)])


def _compiler(template: str, fonts: typst.Fonts, inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(
        input=TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=fonts, sys_inputs=inputs
    )


def _compiled(compiler: typst.Compiler, *standards: typst.PDFStandard) -> bytes:
    made = compiler.compile(format="pdf", pdf_standards=list(standards))
    assert isinstance(made, bytes)
    return made
