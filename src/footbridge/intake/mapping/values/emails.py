"""E-mail addresses: trimmed, unwrapped and, where the slip is plain, mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.reading.said import Said, said

_WRAPPED = re.compile(r"^(?P<name>[^<]*)<\s*(?P<address>[^<>]+?)\s*>$")
_VALID = re.compile(
    r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}", re.UNICODE
)
_BETWEEN = re.compile(r"[;|\n]|,(?=\s*\S+@)|\s+(?=\S+@)")
_SPOKEN_AT = re.compile(r"\s*[\[({]\s*(?:at|arroba|chez)\s*[\])}]\s*|\s+(?:at|arroba)\s+", re.I)
_SPOKEN_DOT = re.compile(r"\s*[\[({]\s*(?:dot|punto|point)\s*[\])}]\s*|\s+dot\s+", re.I)


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is written to, the key it is compared by, and a name found beside it."""

    address: str
    key: str
    name: str = ""


def email_key(address: str) -> str:
    """What two spellings of one mailbox have in common.

    >>> email_key("Ana.Ruiz@Example.ORG") == email_key(" ana.ruiz@example.org")
    True
    """
    return unicodedata.normalize("NFKC", address.strip()).casefold()


def read_email(text: str) -> Outcome[Address]:
    """The first address of a cell."""
    outcomes = read_emails(text)
    return outcomes[0] if outcomes else Outcome()


def read_emails(text: str) -> tuple[Outcome[Address], ...]:
    """Every address of a cell; `Name <a@b.org>` and `mailto:` are understood."""
    text = text.strip()
    if not text:
        return ()
    is_one = _WRAPPED.match(text) and text.count("@") == 1
    if is_one or not _BETWEEN.search(text):
        return (_read_one(text),)
    parts = [part.strip() for part in re.split(r"[;|\n]|,\s*(?=[^,]*@)", text)]
    if not all("@" in part for part in parts if part):
        return (_read_one(text),)
    return tuple(_read_one(part) for part in parts if part)


def _read_one(text: str) -> Outcome[Address]:
    wrapped = _WRAPPED.match(text)
    name = wrapped["name"].strip(" \"'") if wrapped else ""
    bare = wrapped["address"] if wrapped else text
    bare = re.sub(r"^mailto:", "", bare.strip(), flags=re.I).partition("?")[0]
    if _is_valid(bare):
        return Outcome(_address(bare, name))
    mended = _mended(bare)
    if _is_valid(mended):
        note = said("The address “{before}” was read as “{after}”.", before=bare, after=mended)
        return Outcome(_address(mended, name), note)
    return Outcome(refused=_why_not(bare))


def _address(address: str, name: str) -> Address:
    local, _, domain = address.rpartition("@")
    address = f"{local}@{domain.lower()}"
    return Address(address, email_key(address), name)


def _is_valid(address: str) -> bool:
    local = address.partition("@")[0]
    return (
        len(address) <= 254
        and bool(_VALID.fullmatch(address))
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
        and "*" not in address
    )


def _mended(address: str) -> str:
    """Slips that have one plain reading: spoken signs, a comma for a point, stray edges."""
    address = _SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", address))
    address = unicodedata.normalize("NFKC", address)
    address = re.sub(r"\s*([@.])\s*", r"\1", address).strip(" .,;:<>()[]'\"`")
    local, at, domain = address.rpartition("@")
    domain = re.sub(r"\.{2,}", ".", domain.replace(",", "."))
    return f"{local.rstrip('@')}{at}{domain}"


def _why_not(text: str) -> Said:
    if "*" in text:
        return said("The address “{text}” is masked.", text=text[:80])
    return said("“{text}” is not an e-mail address.", text=text[:80])
